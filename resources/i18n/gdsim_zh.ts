<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>AnglePlot</name>
    <message>
        <source>ΔL against the angle β</source>
        <translation>ΔL 随角 β 的变化</translation>
    </message>
    <message>
        <source>The change of the loss over a step of length r, predicted by the slope, by slope and curvature, and actual, for every angle β between the step and the gradient.</source>
        <translation>走长度为 r 的一步时损失的变化：由梯度预测的、由梯度和曲率预测的，以及实际的；横轴为这一步与梯度的夹角 β。</translation>
    </message>
</context>
<context>
    <name>ArithmeticText</name>
    <message>
        <source>Copy this line</source>
        <translation>复制此行</translation>
    </message>
    <message>
        <source>Copy the whole step</source>
        <translation>复制整步</translation>
    </message>
</context>
<context>
    <name>BasinLegend</name>
    <message>
        <source>How much of the basin map is done</source>
        <translation>吸引域图的完成进度</translation>
    </message>
    <message>
        <source>Stop here and keep the coarse map</source>
        <translation>停在这里，保留目前的粗略图</translation>
    </message>
    <message>
        <source>Compute the rest of the map</source>
        <translation>算完整幅吸引域图</translation>
    </message>
</context>
<context>
    <name>Basins</name>
    <message>
        <source>{count} more: {share}</source>
        <translation>其余 {count} 个：{share}</translation>
    </message>
    <message>
        <source>({point})</source>
        <translation>({point})</translation>
    </message>
    <message>
        <source>saddle ({point})</source>
        <translation>鞍点（{point}）</translation>
    </message>
    <message>
        <source>maximum ({point})</source>
        <translation>极大值点（{point}）</translation>
    </message>
    <message>
        <source>still moving</source>
        <translation>仍在移动</translation>
    </message>
    <message>
        <source>stopped elsewhere</source>
        <translation>停在别处</translation>
    </message>
    <message>
        <source>diverged</source>
        <translation>已发散</translation>
    </message>
    <message>
        <source>undefined</source>
        <translation>无定义</translation>
    </message>
</context>
<context>
    <name>BasinsPresenter</name>
    <message>
        <source>Each pixel is a start; darker means more steps. Click one to descend.</source>
        <translation>每个像素是一个起点；颜色越深，步数越多。点击即从该处开始下降。</translation>
    </message>
    <message>
        <source>At most {most} steps for each start.</source>
        <translation>每个起点最多计算 {most} 步。</translation>
    </message>
    <message>
        <source>Each pixel of the strip is a start; darker means more steps. Click one to descend.</source>
        <translation>色带中每个像素是一个起点；颜色越深，步数越多。点击即从该处开始下降。</translation>
    </message>
    <message>
        <source>The other parameters have their values at the start.</source>
        <translation>其余参数取起点处的值。</translation>
    </message>
</context>
<context>
    <name>CellTable</name>
    <message>
        <source>The first rows of the file</source>
        <translation>文件的前几行</translation>
    </message>
</context>
<context>
    <name>ChancePlot</name>
    <message>
        <source>Plot of the probability against the number of starts</source>
        <translation>概率随起点个数变化的曲线图</translation>
    </message>
    <message>
        <source>The sentence below says the same: p, its confidence interval, and the number of starts.</source>
        <translation>下方的句子给出同样内容：p、其置信区间和起点个数。</translation>
    </message>
</context>
<context>
    <name>ColumnChooser</name>
    <message>
        <source>Columns of the step table</source>
        <translation>步骤表的列</translation>
    </message>
</context>
<context>
    <name>ContourView</name>
    <message>
        <source>Landscape</source>
        <translation>损失地形</translation>
    </message>
    <message>
        <source>The loss over two parameters, with the path of the descent.</source>
        <translation>两个参数上的损失，以及下降的路径。</translation>
    </message>
    <message>
        <source>Direction of the step: turn it</source>
        <translation>这一步的方向：可转动</translation>
    </message>
    <message>
        <source>Stretched: {x} and {y} have different scales</source>
        <translation>图形经过拉伸：{x} 与 {y} 的比例尺不同</translation>
    </message>
</context>
<context>
    <name>Core</name>
    <message>
        <source>there is no function {key}; known: {known}</source>
        <translation>没有名为 {key} 的函数；可用：{known}</translation>
    </message>
    <message>
        <source>there is no optimizer {key}; known: {known}</source>
        <translation>没有名为 {key} 的优化器；可用：{known}</translation>
    </message>
    <message>
        <source>there is no schedule {key}; known: {known}</source>
        <translation>没有名为 {key} 的学习率调度；可用：{known}</translation>
    </message>
    <message>
        <source>the learning rate names {name}, which has no number; known schedules: {known}</source>
        <translation>学习率里的 {name} 没有给出数值；可用的学习率调度：{known}</translation>
    </message>
    <message>
        <source>the rule names {name}, which has no number</source>
        <translation>更新规则中的 {name} 没有给定数值</translation>
    </message>
    <message>
        <source>the rule has no use for {name}; it needs: {known}</source>
        <translation>更新规则中没有用到 {name}；需要的有：{known}</translation>
    </message>
    <message>
        <source>the rule is given as text: lines divided by semicolons</source>
        <translation>更新规则以文本给出：各行用分号隔开</translation>
    </message>
    <message>
        <source>the learning rate must be a finite number, not {value}</source>
        <translation>学习率必须是有限的数，而不是 {value}</translation>
    </message>
    <message>
        <source>the learning rate must be greater than 0, not {value}</source>
        <translation>学习率必须大于 0，而不是 {value}</translation>
    </message>
    <message>
        <source>the tolerance ε must be greater than 0</source>
        <translation>容差 ε 必须大于 0</translation>
    </message>
    <message>
        <source>the number of steps must be between 1 and {most}</source>
        <translation>步数必须在 1 到 {most} 之间</translation>
    </message>
    <message>
        <source>{place}: {reason}</source>
        <translation>{place}：{reason}</translation>
    </message>
    <message>
        <source>{optimizer} has no hyperparameter {name}; it has: {known}</source>
        <translation>{optimizer} 没有超参数 {name}；它的超参数为：{known}</translation>
    </message>
    <message>
        <source>there is no stop rule {key}; known: {known}</source>
        <translation>没有名为 {key} 的停止准则；可用：{known}</translation>
    </message>
    <message>
        <source>the number at column {column} is too large to compute with</source>
        <translation>第 {column} 列的数太大，无法计算</translation>
    </message>
    <message>
        <source>division by zero at column {column}</source>
        <translation>第 {column} 列的除数为零</translation>
    </message>
    <message>
        <source>the number at column {column} is not defined in the reals</source>
        <translation>第 {column} 列的数在实数范围内没有定义</translation>
    </message>
    <message>
        <source>{symbol} at column {column} is not part of the notation</source>
        <translation>第 {column} 列的 {symbol} 不是可用的记号</translation>
    </message>
    <message>
        <source>the formula is empty</source>
        <translation>公式为空</translation>
    </message>
    <message>
        <source>the formula has {length} characters; at most {most} are read</source>
        <translation>公式有 {length} 个字符，最多只能有 {most} 个</translation>
    </message>
    <message>
        <source>the formula has more than {most} operations</source>
        <translation>公式中的运算超过 {most} 个</translation>
    </message>
    <message>
        <source>{text} is not a name</source>
        <translation>{text} 不能用作名称</translation>
    </message>
    <message>
        <source>{symbol} at column {column} is not part of the notation; write abs(…)</source>
        <translation>第 {column} 列的 {symbol} 不是可用的记号；绝对值请写作 abs(…)</translation>
    </message>
    <message>
        <source>{symbol} at column {column} lacks an operand</source>
        <translation>第 {column} 列的 {symbol} 缺少运算对象</translation>
    </message>
    <message>
        <source>unknown name {name} at column {column}; known: {known}</source>
        <translation>第 {column} 列的名称 {name} 未知；可用：{known}</translation>
    </message>
    <message>
        <source>an operator is missing before {symbol} at column {column}</source>
        <translation>第 {column} 列的 {symbol} 之前缺少运算符</translation>
    </message>
    <message>
        <source>the parenthesis closed at column {column} was never opened</source>
        <translation>第 {column} 列的右括号没有对应的左括号</translation>
    </message>
    <message>
        <source>the formula is nested more than {most} deep at column {column}</source>
        <translation>公式在第 {column} 列处的嵌套超过 {most} 层</translation>
    </message>
    <message>
        <source>the formula ends at column {column}, but something must follow</source>
        <translation>公式在第 {column} 列处结束，后面缺少内容</translation>
    </message>
    <message>
        <source>unknown function ln at column {column}; the natural logarithm is log</source>
        <translation>第 {column} 列的函数 ln 未知；自然对数写作 log</translation>
    </message>
    <message>
        <source>unknown function {name} at column {column}; known: {known}</source>
        <translation>第 {column} 列的函数 {name} 未知；可用：{known}</translation>
    </message>
    <message>
        <source>{name} at column {column} is not a name</source>
        <translation>第 {column} 列的 {name} 不能用作名称</translation>
    </message>
    <message>
        <source>unknown name {name} at column {column}; a product is written {product}</source>
        <translation>第 {column} 列的名称 {name} 未知；乘积写作 {product}</translation>
    </message>
    <message>
        <source>{name} at column {column} needs its argument in parentheses</source>
        <translation>第 {column} 列的 {name} 后面须用括号括住自变量</translation>
    </message>
    <message>
        <source>{name} at column {column} takes two or more arguments</source>
        <translation>第 {column} 列的 {name} 需要两个或更多自变量</translation>
    </message>
    <message>
        <source>{name} at column {column} takes one argument</source>
        <translation>第 {column} 列的 {name} 只有一个自变量</translation>
    </message>
    <message>
        <source>the parenthesis opened at column {column} is never closed</source>
        <translation>第 {column} 列的左括号没有对应的右括号</translation>
    </message>
    <message>
        <source>{name} would be a parameter of its own; the product is written {product}</source>
        <translation>{name} 会被当作一个单独的参数；乘积写作 {product}</translation>
    </message>
    <message>
        <source>{text} at column {column} can be read in two ways; write {first} or {second}</source>
        <translation>第 {column} 列的 {text} 有两种读法；请写作 {first} 或 {second}</translation>
    </message>
    <message>
        <source>{name} at column {column} is not part of the notation; write {instead}</source>
        <translation>第 {column} 列的 {name} 不是可用的记号；请写作 {instead}</translation>
    </message>
    <message>
        <source>{name} at column {column} is not needed: the loss is that of one row, and gdsim takes the mean over the rows; write {instead}</source>
        <translation>第 {column} 列的 {name} 是多余的：这里写的是单个样本的损失，gdsim 会自动对所有样本取平均；请写作 {instead}</translation>
    </message>
    <message>
        <source>the factorial at column {column} has no derivative; write a number for it, such as 6 for 3!</source>
        <translation>第 {column} 列的阶乘没有导数；请直接写出数值，例如 3! 写作 6</translation>
    </message>
    <message>
        <source>the norm at column {column} is to be written out, such as sqrt(x^2 + y^2)</source>
        <translation>第 {column} 列的范数请展开写出，例如 sqrt(x^2 + y^2)</translation>
    </message>
    <message>
        <source>{symbol} at column {column} is not part of the notation; a sum is written as sum(j, 1, 4, a_j*x^j)</source>
        <translation>第 {column} 列的 {symbol} 不是可用的记号；求和请写作 sum(j, 1, 4, a_j*x^j)</translation>
    </message>
    <message>
        <source>brackets, as at column {column}, are not used for an index; write it as in x1 or x_1</source>
        <translation>第 {column} 列的方括号不能表示下标；下标请写作 x1 或 x_1</translation>
    </message>
    <message>
        <source>the bar at column {column} has no second bar; write abs(…)</source>
        <translation>第 {column} 列的竖线没有配对；绝对值请写作 abs(…)</translation>
    </message>
    <message>
        <source>the equals sign at column {column} makes this an equation; type only the formula to be minimised, such as x^2 + y^2</source>
        <translation>第 {column} 列的等号使它成为方程；请只输入要最小化的公式，例如 x^2 + y^2</translation>
    </message>
    <message>
        <source>{name} would be learned, and the loss falls without end along it; make it a constant, or write a number in its place</source>
        <translation>{name} 会被当作参数来学习，而损失沿着它可以无限下降；请把它设为常数，或直接写成数值</translation>
    </message>
    <message>
        <source>the formula has no value with {constants}</source>
        <translation>当 {constants} 时公式没有值</translation>
    </message>
    <message>
        <source>{name} cannot be both a parameter and a constant</source>
        <translation>{name} 不能既是参数又是常数</translation>
    </message>
    <message>
        <source>{name} cannot be both a constant and a column</source>
        <translation>{name} 不能既是常数又是数据列</translation>
    </message>
    <message>
        <source>{name} is given as a constant, but no formula uses it</source>
        <translation>{name} 被设为常数，但公式中没有用到它</translation>
    </message>
    <message>
        <source>the formula has no parameter, so nothing can be minimised</source>
        <translation>公式中没有参数，没有可以最小化的量</translation>
    </message>
    <message>
        <source>the formula has {count} parameters; gdsim takes at most {most}</source>
        <translation>公式有 {count} 个参数，最多只能有 {most} 个</translation>
    </message>
    <message>
        <source>the rule has no line</source>
        <translation>更新规则为空</translation>
    </message>
    <message>
        <source>the rule has more than {most} lines</source>
        <translation>更新规则超过 {most} 行</translation>
    </message>
    <message>
        <source>a line of a rule has the form name = formula</source>
        <translation>更新规则的每一行应写作“名称 = 公式”</translation>
    </message>
    <message>
        <source>{name} already has a fixed meaning in every rule</source>
        <translation>{name} 在更新规则中有固定的含义</translation>
    </message>
    <message>
        <source>{name} cannot be both state and hyperparameter</source>
        <translation>{name} 不能既是状态又是超参数</translation>
    </message>
    <message>
        <source>only the last line may assign theta</source>
        <translation>只有最后一行可以给 theta 赋值</translation>
    </message>
    <message>
        <source>the last line must assign theta, not {name}</source>
        <translation>最后一行必须给 theta 赋值，而不是给 {name}</translation>
    </message>
    <message>
        <source>{text} does not have the form name = number</source>
        <translation>“{text}”应写作“名称 = 数值”</translation>
    </message>
    <message>
        <source>undefined at t = {t}: the loss is {value}</source>
        <translation>t = {t} 时无定义：损失为 {value}</translation>
    </message>
    <message>
        <source>undefined at t = {t}: the gradient is not finite</source>
        <translation>t = {t} 时无定义：梯度不是有限值</translation>
    </message>
    <message>
        <source>undefined at t = {t}: the update is not finite</source>
        <translation>t = {t} 时无定义：更新量不是有限值</translation>
    </message>
    <message>
        <source>undefined at t = {t}: the next point is not finite</source>
        <translation>t = {t} 时无定义：下一点不是有限值</translation>
    </message>
    <message>
        <source>undefined at t = {t}: what the optimizer remembers is not finite</source>
        <translation>t = {t} 时无定义：优化器的状态量不是有限值</translation>
    </message>
    <message>
        <source>diverged at t = {t}: {quantity} grew from {first} to {value} and still rises</source>
        <translation>t = {t} 时发散：{quantity} 从 {first} 增大到 {value}，且仍在增大</translation>
    </message>
    <message>
        <source>diverged at t = {t}: {quantity} fell from {first} to {value} and still falls</source>
        <translation>t = {t} 时发散：{quantity} 从 {first} 减小到 {value}，且仍在减小</translation>
    </message>
    <message>
        <source>{t} (end of epoch {epoch})</source>
        <translation>{t}（第 {epoch} 轮结束）</translation>
    </message>
    <message>
        <source>the loss rose in {rises} of the last {updates} updates: η·λₘₐₓ = {product}, and above 2 gradient descent overshoots</source>
        <translation>最近 {updates} 次更新中损失上升了 {rises} 次：η·λₘₐₓ = {product}，大于 2 时梯度下降会越过极小点</translation>
    </message>
    <message>
        <source>{end}; {more}</source>
        <translation>{end}；{more}</translation>
    </message>
    <message>
        <source>only data can be standardised: give data, or a task of the catalogue</source>
        <translation>只有数据才能标准化：请给出数据，或选目录中的学习任务</translation>
    </message>
    <message>
        <source>{quantity} over the epoch</source>
        <translation>整轮的 {quantity}</translation>
    </message>
    <message>
        <source>{quantity} over all rows</source>
        <translation>全部样本上的 {quantity}</translation>
    </message>
    <message>
        <source>each epoch would end with {rows} rows in each of {count} descents, which takes too long: choose fewer descents</source>
        <translation>每轮结束时要让 {count} 个下降同时使用 {rows} 个样本，耗时过长：请减少下降个数</translation>
    </message>
    <message>
        <source>stopped at t = {t} at a saddle: {quantity} = {value} &lt; ε = {epsilon}; the loss falls along {direction}</source>
        <translation>t = {t} 时停在鞍点：{quantity} = {value} &lt; ε = {epsilon}；沿 {direction} 方向损失下降</translation>
    </message>
    <message>
        <source>stopped at t = {t} at a maximum: {quantity} = {value} &lt; ε = {epsilon}; the loss falls in every direction</source>
        <translation>t = {t} 时停在极大值点：{quantity} = {value} &lt; ε = {epsilon}；沿任何方向损失都下降</translation>
    </message>
    <message>
        <source>stopped at t = {t} on flat ground: {quantity} = {value} &lt; ε = {epsilon}; there is no slope to follow</source>
        <translation>t = {t} 时停在平坦区域：{quantity} = {value} &lt; ε = {epsilon}；这里没有坡度可循</translation>
    </message>
    <message>
        <source>stopped at t = {t} at a point of unknown kind: {quantity} = {value} &lt; ε = {epsilon}</source>
        <translation>t = {t} 时停止，该点的类型未知：{quantity} = {value} &lt; ε = {epsilon}</translation>
    </message>
    <message>
        <source>stopped at t = {t}, but not at a minimum: {quantity} = {value} &lt; ε = {epsilon}; {left}</source>
        <translation>t = {t} 时停止，但不在极小值点：{quantity} = {value} &lt; ε = {epsilon}；{left}</translation>
    </message>
    <message>
        <source>stopped at t = {t}, but not at a minimum: {quantity} = {value} &lt; ε = {epsilon} because η is small; {left}</source>
        <translation>t = {t} 时停止，但不在极小值点：{quantity} = {value} &lt; ε = {epsilon}，原因是 η 太小；{left}</translation>
    </message>
    <message>
        <source>stopped at t = {t}, but not at a minimum: {quantity} = {value} &lt; ε = {epsilon}, which ε allows; {left}</source>
        <translation>t = {t} 时停止，但不在极小值点：{quantity} = {value} &lt; ε = {epsilon}，ε 允许在此停止；{left}</translation>
    </message>
    <message>
        <source>stopped at t = {t}, but not at a minimum: {quantity} = {value} &lt; ε = {epsilon} because the schedule has made η small; {left}</source>
        <translation>t = {t} 时停止，但不在极小值点：{quantity} = {value} &lt; ε = {epsilon}，原因是学习率调度使 η 变小；{left}</translation>
    </message>
    <message>
        <source>stopped at t = {t}, but not at a minimum: {quantity} = {value} &lt; ε = {epsilon} because the weight decay cancels the step; {left}</source>
        <translation>t = {t} 时停止，但不在极小值点：{quantity} = {value} &lt; ε = {epsilon}，原因是权重衰减抵消了这一步；{left}</translation>
    </message>
    <message>
        <source>stopped at t = {t}, but not at a minimum: {quantity} = {value} &lt; ε = {epsilon} because of what the optimizer remembers; {left}</source>
        <translation>t = {t} 时停止，但不在极小值点：{quantity} = {value} &lt; ε = {epsilon}，原因在于优化器的状态量；{left}</translation>
    </message>
    <message>
        <source>the loss still falls: ‖∇L‖ = {slope}</source>
        <translation>损失仍在下降：‖∇L‖ = {slope}</translation>
    </message>
    <message>
        <source>the minimum of the local parabola is {distance} away</source>
        <translation>距局部二次模型的极小值点 {distance}</translation>
    </message>
    <message>
        <source>step limit reached at t = {t}: no stop rule was met; {point}</source>
        <translation>t = {t} 时达到步数上限：未满足停止准则；{point}</translation>
    </message>
    <message>
        <source>the point is {distance} from a minimum</source>
        <translation>该点距极小值点 {distance}</translation>
    </message>
    <message>
        <source>the point is a minimum</source>
        <translation>该点是极小值点</translation>
    </message>
    <message>
        <source>the point is a saddle</source>
        <translation>该点是鞍点</translation>
    </message>
    <message>
        <source>the point is a maximum</source>
        <translation>该点是极大值点</translation>
    </message>
    <message>
        <source>the point is flat ground</source>
        <translation>该点在平坦区域</translation>
    </message>
    <message>
        <source>the kind of this point is unknown</source>
        <translation>该点的类型未知</translation>
    </message>
    <message>
        <source>undefined at t = {t}: {what}</source>
        <translation>t = {t} 时无定义：{what}</translation>
    </message>
    <message>
        <source>division by {first}, at {point}</source>
        <translation>除以 {first}，在 {point} 处</translation>
    </message>
    <message>
        <source>{first} to the power {second} has no value, at {point}</source>
        <translation>{first} 的 {second} 次方没有值，在 {point} 处</translation>
    </message>
    <message>
        <source>{operation} has no value for {first}, at {point}</source>
        <translation>{operation} 在 {first} 时没有值，在 {point} 处</translation>
    </message>
    <message>
        <source>{operation} has no value for {first} and {second}, at {point}</source>
        <translation>{operation} 在 {first} 和 {second} 时没有值，在 {point} 处</translation>
    </message>
    <message>
        <source>the Hessian has no value here</source>
        <translation>此处黑塞矩阵没有值</translation>
    </message>
    <message>
        <source>the Hessian has no inverse here, because the loss does not curve along {direction}</source>
        <translation>此处黑塞矩阵不可逆，因为损失沿 {direction} 方向没有曲率</translation>
    </message>
    <message>
        <source>{name} is given twice</source>
        <translation>{name} 给出了两次</translation>
    </message>
    <message>
        <source>the learning rate must be greater than 0; at the first update it is {value}</source>
        <translation>学习率必须大于 0；第一次更新时它是 {value}</translation>
    </message>
    <message>
        <source>{name} at column {column} is given and cannot be assigned</source>
        <translation>第 {column} 列的 {name} 是给定的量，不能赋值</translation>
    </message>
    <message>
        <source>{name} at column {column} is a hyperparameter and cannot be assigned</source>
        <translation>第 {column} 列的 {name} 是超参数，不能赋值</translation>
    </message>
    <message>
        <source>the powers of this formula go beyond {most}</source>
        <translation>公式的幂次超过 {most}</translation>
    </message>
    <message>
        <source>the formula is too large to be differentiated</source>
        <translation>公式过于庞大，无法求导</translation>
    </message>
    <message>
        <source>this formula has no derivative that can be computed in the reals</source>
        <translation>这个公式没有可在实数范围内计算的导数</translation>
    </message>
    <message>
        <source>a number in the derivative is too large to compute with</source>
        <translation>导数中有的数太大，无法计算</translation>
    </message>
    <message>
        <source>the formula is nested too deep to be differentiated</source>
        <translation>公式嵌套过深，无法求导</translation>
    </message>
    <message>
        <source>numbers in the start: {given}; parameters of the function: {count} ({names})</source>
        <translation>起点有 {given} 个数，而函数有 {count} 个参数（{names}）</translation>
    </message>
    <message>
        <source>converged at t = {t}: {quantity} = {value} &lt; ε = {epsilon}</source>
        <translation>t = {t} 时收敛：{quantity} = {value} &lt; ε = {epsilon}</translation>
    </message>
    <message>
        <source>step limit reached at t = {t}: no stop rule was met</source>
        <translation>t = {t} 时达到步数上限：未满足停止准则</translation>
    </message>
    <message>
        <source>diverged at t = {t}: the loss is {value}</source>
        <translation>t = {t} 时发散：损失为 {value}</translation>
    </message>
    <message>
        <source>diverged at t = {t}: the gradient is not finite</source>
        <translation>t = {t} 时发散：梯度不是有限值</translation>
    </message>
    <message>
        <source>diverged at t = {t}: the update is not finite</source>
        <translation>t = {t} 时发散：更新量不是有限值</translation>
    </message>
    <message>
        <source>diverged at t = {t}: the next point is not finite</source>
        <translation>t = {t} 时发散：下一点不是有限值</translation>
    </message>
    <message>
        <source>diverged at t = {t}: what the optimizer remembers is not finite</source>
        <translation>t = {t} 时发散：优化器的状态量不是有限值</translation>
    </message>
    <message>
        <source>stopped by the user at t = {t}</source>
        <translation>t = {t} 时由用户停止</translation>
    </message>
    <message>
        <source>line {line}: {sentence}</source>
        <translation>第 {line} 行：{sentence}</translation>
    </message>
    <message>
        <source>the data have no column</source>
        <translation>数据中没有列</translation>
    </message>
    <message>
        <source>the data have more than {most} columns</source>
        <translation>数据超过 {most} 列</translation>
    </message>
    <message>
        <source>the columns of the data differ in length</source>
        <translation>数据各列的长度不同</translation>
    </message>
    <message>
        <source>the data have no row</source>
        <translation>数据中没有行</translation>
    </message>
    <message>
        <source>the data have more than {most} rows</source>
        <translation>数据超过 {most} 行</translation>
    </message>
    <message>
        <source>a data set has a name and columns of numbers</source>
        <translation>数据集应有名称和若干数值列</translation>
    </message>
    <message>
        <source>{text} cannot be the name of a column</source>
        <translation>{text} 不能用作列名</translation>
    </message>
    <message>
        <source>column {name} holds a value that is not a finite number</source>
        <translation>列 {name} 中有不是有限数的值</translation>
    </message>
    <message>
        <source>{name} cannot be both a parameter and a column</source>
        <translation>{name} 不能既是参数又是数据列</translation>
    </message>
    <message>
        <source>the formula of the prediction cannot use the prediction</source>
        <translation>预测公式不能引用预测值自身</translation>
    </message>
    <message>
        <source>the loss does not use the prediction</source>
        <translation>损失函数没有用到预测值 prediction</translation>
    </message>
    <message>
        <source>the loss uses the prediction, but there is no formula for the prediction</source>
        <translation>损失函数用到预测值 prediction，却没有给出它的公式</translation>
    </message>
    <message>
        <source>a prediction needs data with which it can be compared</source>
        <translation>有预测公式就需要有数据与之比较</translation>
    </message>
    <message>
        <source>batches need data: there are no rows to take them from</source>
        <translation>没有数据就无法取批次</translation>
    </message>
    <message>
        <source>a batch has at least one row</source>
        <translation>一个批次至少有一行</translation>
    </message>
    <message>
        <source>the file {name} cannot be read</source>
        <translation>无法读取文件 {name}</translation>
    </message>
    <message>
        <source>the file is larger than {most} MB</source>
        <translation>文件大于 {most} MB</translation>
    </message>
    <message>
        <source>the file is empty</source>
        <translation>文件为空</translation>
    </message>
    <message>
        <source>the file is not text</source>
        <translation>该文件不是文本文件</translation>
    </message>
    <message>
        <source>the file is neither UTF-8 nor GB18030 text</source>
        <translation>文件既不是 UTF-8 也不是 GB18030 编码的文本</translation>
    </message>
    <message>
        <source>the file cannot be read as {encoding}</source>
        <translation>文件无法按 {encoding} 编码读取</translation>
    </message>
    <message>
        <source>the file has titles, but no row of numbers</source>
        <translation>文件只有标题，没有数值行</translation>
    </message>
    <message>
        <source>the file has only one column; data need at least an input and a target</source>
        <translation>文件只有一列；数据至少需要一列输入和一列目标</translation>
    </message>
    <message>
        <source>a quotation mark is not closed before line {number}</source>
        <translation>到第 {number} 行为止有引号未闭合</translation>
    </message>
    <message>
        <source>the file has more than {most} rows</source>
        <translation>文件超过 {most} 行</translation>
    </message>
    <message>
        <source>no row of the file holds numbers in all of these columns</source>
        <translation>文件中没有任何一行在这些列上都是数值</translation>
    </message>
    <message>
        <source>no column of the file holds numbers</source>
        <translation>文件中没有数值列</translation>
    </message>
    <message>
        <source>{name} at column {column} takes two arguments</source>
        <translation>第 {column} 列的 {name} 需要两个自变量</translation>
    </message>
    <message>
        <source>{name} at column {column} takes one or two arguments</source>
        <translation>第 {column} 列的 {name} 需要一个或两个自变量</translation>
    </message>
    <message>
        <source>sum at column {column} begins with the name of its index, as in sum(j, 1, 4, a_j*x^j)</source>
        <translation>第 {column} 列的 sum 应以求和指标的名称开头，例如 sum(j, 1, 4, a_j*x^j)</translation>
    </message>
    <message>
        <source>sum at column {column} takes an index, its first and last value, and the term</source>
        <translation>第 {column} 列的 sum 需要求和指标、它的初值与终值，以及通项</translation>
    </message>
    <message>
        <source>the bounds of sum at column {column} must be whole numbers from 0 to {most}</source>
        <translation>第 {column} 列的 sum 的上下限必须是 0 到 {most} 之间的整数</translation>
    </message>
    <message>
        <source>sum at column {column} has no term</source>
        <translation>第 {column} 列的 sum 没有任何一项</translation>
    </message>
    <message>
        <source>the comma at column {column} is only for the arguments of a function; decimals are written with a point</source>
        <translation>第 {column} 列的逗号只用于分隔函数的自变量；小数点请写作“.”</translation>
    </message>
    <message>
        <source>no function and no learning task is called {key}; known: {known}</source>
        <translation>没有名为 {key} 的函数或学习任务；可用：{known}</translation>
    </message>
    <message>
        <source>each update would use {rows} rows in each of {count} descents, which takes too long: choose a smaller batch, or fewer descents</source>
        <translation>每次更新要让 {count} 个下降同时使用 {rows} 个样本，耗时过长：请选较小的批大小，或减少下降个数</translation>
    </message>
    <message>
        <source>the schedule has no η₀ that could be varied: write eta0 in its formula</source>
        <translation>此学习率调度中没有可改变的 η₀：请在公式中写入 eta0</translation>
    </message>
    <message>
        <source>{key} is a key of the catalogue; with data the loss of a row is a formula, such as (prediction - y)^2</source>
        <translation>{key} 是内置目录中的名称；有数据时，单个样本的损失要写成公式，例如 (prediction - y)^2</translation>
    </message>
    <message>
        <source>the data have no column {name}; if you do not mean {meant}, give the parameter a less similar name</source>
        <translation>数据中没有名为 {name} 的列；如果不是想写 {meant}，请给这个参数换一个不那么相近的名字</translation>
    </message>
    <message>
        <source>the loss names {name}, but the data have only these columns: {columns}</source>
        <translation>损失中的 {name} 不是数据的列；现有的列：{columns}</translation>
    </message>
    <message>
        <source>the prediction uses no column of the data; the columns are: {columns}</source>
        <translation>模型没有用到数据的任何一列；现有的列：{columns}</translation>
    </message>
    <message>
        <source>the formulas use no column of the data; the columns are: {columns}</source>
        <translation>公式没有用到数据的任何一列；现有的列：{columns}</translation>
    </message>
    <message>
        <source>{sentence}; in formulas the columns are called {columns}</source>
        <translation>{sentence}；各列在公式中的名称：{columns}</translation>
    </message>
    <message>
        <source>column {name} of the file does not hold numbers</source>
        <translation>文件中的列 {name} 不是数值</translation>
    </message>
    <message>
        <source>there is no file {path}</source>
        <translation>文件 {path} 不存在</translation>
    </message>
    <message>
        <source>{path} is a folder, not a file</source>
        <translation>{path} 是文件夹，不是文件</translation>
    </message>
    <message>
        <source>the file has more than {most} columns</source>
        <translation>文件超过 {most} 列</translation>
    </message>
    <message>
        <source>no column of the file holds numbers: line {line} says {cell}</source>
        <translation>文件中没有数值列：第 {line} 行为{cell}</translation>
    </message>
    <message>
        <source>column {name} of the file does not hold numbers: line {line} says {cell}</source>
        <translation>文件的列 {name} 不是数值：第 {line} 行为{cell}</translation>
    </message>
    <message>
        <source>column {name} of the file holds {count} kinds of text; each has a column of its own, 1 for that kind and 0 for the others: {columns}</source>
        <translation>文件的列 {name} 含有 {count} 类文字；每一类各成一列，属于该类为 1，其他为 0：{columns}</translation>
    </message>
    <message>
        <source>line {line} says {cell}, which may be {one} or {other}: say whether a point or a comma precedes the decimals</source>
        <translation>第 {line} 行的{cell}可能是 {one}，也可能是 {other}：请指明小数点是点号还是逗号</translation>
    </message>
    <message>
        <source>the row before line {line} is too long to be read</source>
        <translation>第 {line} 行之前的一行太长，无法读取</translation>
    </message>
    <message>
        <source>there is no encoding {name}; usual ones are utf-8, gb18030, cp1252 and utf-16</source>
        <translation>没有编码 {name}；常用的有 utf-8、gb18030、cp1252 和 utf-16</translation>
    </message>
    <message>
        <source>there is no standard input to read from</source>
        <translation>没有可读取的标准输入</translation>
    </message>
    <message>
        <source>there is no text on the clipboard</source>
        <translation>剪贴板中没有文字</translation>
    </message>
    <message>
        <source>reading {name} needs openpyxl: pip install &apos;gdsim[xlsx]&apos;, or save the table as CSV</source>
        <translation>读取 {name} 需要 openpyxl：运行 pip install &apos;gdsim[xlsx]&apos;，或将表格另存为 CSV</translation>
    </message>
    <message>
        <source>{name} is a document of another kind: save the table as .xlsx or as CSV</source>
        <translation>{name} 是其他类型的文档：请将表格另存为 .xlsx 或 CSV</translation>
    </message>
    <message>
        <source>{path} is a pipe or a device, not a file</source>
        <translation>{path} 是管道或设备，不是文件</translation>
    </message>
    <message>
        <source>{path} is the file that the data are read from; write to another one</source>
        <translation>{path} 是正在读取的数据文件；请写入另一个文件</translation>
    </message>
    <message>
        <source>there is already a file {path}; --force replaces it</source>
        <translation>文件 {path} 已存在；用 --force 替换</translation>
    </message>
    <message>
        <source>length of the next step</source>
        <translation>下一步的步长</translation>
    </message>
    <message>
        <source>The next step is short.</source>
        <translation>下一步的步长很小。</translation>
    </message>
    <message>
        <source>length of the gradient</source>
        <translation>梯度的范数</translation>
    </message>
    <message>
        <source>The slope is small.</source>
        <translation>梯度很小。</translation>
    </message>
    <message>
        <source>change of the loss</source>
        <translation>损失的变化</translation>
    </message>
    <message>
        <source>The loss hardly changed in the last update.</source>
        <translation>上一次更新中损失几乎没有变化。</translation>
    </message>
    <message>
        <source>the loss itself</source>
        <translation>损失本身</translation>
    </message>
    <message>
        <source>The loss itself is small.</source>
        <translation>损失本身很小。</translation>
    </message>
    <message>
        <source>only at the step limit</source>
        <translation>仅在步数上限处停止</translation>
    </message>
    <message>
        <source>ε is not used; the descent runs until the step limit.</source>
        <translation>不使用 ε；下降一直进行到步数上限。</translation>
    </message>
    <message>
        <source>stop rule met at t = {t}: {quantity} = {value} &lt; ε = {epsilon}</source>
        <translation>t = {t} 时满足停止准则：{quantity} = {value} &lt; ε = {epsilon}</translation>
    </message>
    <message>
        <source>the loss is given as text: a key of the catalogue or a formula</source>
        <translation>损失函数须以文本给出：目录中的名称或一个公式</translation>
    </message>
    <message>
        <source>the start must be one number for each parameter</source>
        <translation>起点须为每个参数各给出一个数</translation>
    </message>
    <message>
        <source>the learning rate is given as a number or as a formula of t</source>
        <translation>学习率须为一个数或关于 t 的公式</translation>
    </message>
    <message>
        <source>{place} must be a finite number</source>
        <translation>{place} 必须是有限的数</translation>
    </message>
    <message>
        <source>the seed must be a whole number from 0 to {most}</source>
        <translation>随机种子必须是 0 到 {most} 之间的整数</translation>
    </message>
    <message>
        <source>the data are columns of numbers by name, or the path of a CSV file</source>
        <translation>数据须为按名称给出的数值列，或一个 CSV 文件的路径</translation>
    </message>
    <message>
        <source>crossentropy learns classes 0 and 1; column {name} goes from {low} to {high}</source>
        <translation>crossentropy 用于学习类别 0 与 1；列 {name} 的取值却从 {low} 到 {high}</translation>
    </message>
</context>
<context>
    <name>CurveView</name>
    <message>
        <source>Loss curve</source>
        <translation>损失曲线</translation>
    </message>
    <message>
        <source>The loss along one parameter, with the points of the descent.</source>
        <translation>单个参数上的损失，以及下降经过的各点。</translation>
    </message>
</context>
<context>
    <name>Data</name>
    <message>
        <source>of {rows}</source>
        <translation>共 {rows} 个样本</translation>
    </message>
    <message>
        <source>epoch {epoch}, batch {batch} of {batches}</source>
        <translation>第 {epoch} 轮，第 {batch}/{batches} 批</translation>
    </message>
    <message>
        <source>all rows</source>
        <translation>全部样本</translation>
    </message>
    <message>
        <source>batch {size}</source>
        <translation>批大小 {size}</translation>
    </message>
    <message>
        <source>Only this batch: {size} of {rows} rows ({position})</source>
        <translation>仅本批的损失地形：{rows} 个样本中的 {size} 个（{position}）</translation>
    </message>
    <message>
        <source>Landscape of {size} of the {rows} rows, chosen at random</source>
        <translation>由随机抽取的 {size} 个样本（共 {rows} 个）绘出的损失地形</translation>
    </message>
    <message>
        <source>Curve: all rows; points: each at the loss of its own batch</source>
        <translation>曲线：全部样本；各点：位于其自身批次的损失处</translation>
    </message>
    <message>
        <source>{rows}; points: each at the loss of its own batch</source>
        <translation>{rows}；各点：位于其自身批次的损失处</translation>
    </message>
    <message>
        <source>the loss of {size} of the {rows} rows, chosen at random</source>
        <translation>损失只取自 {rows} 个样本中随机抽取的 {size} 个</translation>
    </message>
</context>
<context>
    <name>DataPresenter</name>
    <message>
        <source>In the units of the file: {parameters}</source>
        <translation>按文件中的单位：{parameters}</translation>
    </message>
    <message>
        <source>Least squares: {parameters}</source>
        <translation>最小二乘：{parameters}</translation>
    </message>
    <message>
        <source>Click in the plot to add at least one point of each class</source>
        <translation>请在图中为每个类别至少点击一个点</translation>
    </message>
    <message>
        <source>Click in the plot to add at least two points</source>
        <translation>请在图中至少点击两个点</translation>
    </message>
</context>
<context>
    <name>DataSection</name>
    <message>
        <source>Your own formula…</source>
        <translation>自定义公式…</translation>
    </message>
    <message>
        <source>Below, type the loss of one row as a formula of prediction and the columns.</source>
        <translation>在下方用 prediction 和各列写出单个样本的损失。</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>批大小</translation>
    </message>
    <message>
        <source>Model ŷ</source>
        <translation>模型 ŷ</translation>
    </message>
    <message>
        <source>Loss of one row</source>
        <translation>单个样本的损失</translation>
    </message>
    <message>
        <source>Standardise</source>
        <translation>标准化</translation>
    </message>
    <message>
        <source>Scale each input to mean 0 and standard deviation 1, and see how the contours change</source>
        <translation>使每个输入的均值为 0、标准差为 1；看看等高线会怎样变化</translation>
    </message>
    <message>
        <source>Rows used by each update</source>
        <translation>每次更新所用的样本</translation>
    </message>
    <message>
        <source>How many rows each update uses; in an epoch each row is used once, in random order</source>
        <translation>每次更新使用多少个样本；每一轮中各样本按随机顺序恰好使用一次</translation>
    </message>
    <message>
        <source>all rows</source>
        <translation>全部样本</translation>
    </message>
    <message>
        <source>Batch gradient descent</source>
        <translation>批量梯度下降</translation>
    </message>
    <message>
        <source>1 row</source>
        <translation>1 个样本</translation>
    </message>
    <message>
        <source>Stochastic gradient descent</source>
        <translation>随机梯度下降</translation>
    </message>
    <message>
        <source>32 rows</source>
        <translation>32 个样本</translation>
    </message>
    <message>
        <source>Mini-batch gradient descent</source>
        <translation>小批量梯度下降</translation>
    </message>
    <message>
        <source>64 rows</source>
        <translation>64 个样本</translation>
    </message>
    <message>
        <source>Your own number…</source>
        <translation>自定义个数…</translation>
    </message>
    <message>
        <source>Type any number of rows.</source>
        <translation>输入任意样本数。</translation>
    </message>
    <message>
        <source>Rows per update</source>
        <translation>每次更新的样本数</translation>
    </message>
    <message>
        <source>How many rows each update uses</source>
        <translation>每次更新使用多少个样本</translation>
    </message>
    <message>
        <source>Landscape of this batch</source>
        <translation>本批的损失地形</translation>
    </message>
    <message>
        <source>The landscape that this step uses: the loss of only the rows of its batch</source>
        <translation>本步所用的损失地形：只含本批样本的损失</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>What the model predicts for a row: a formula of columns and parameters</source>
        <translation>模型对一个样本的预测：由各列和参数构成的公式</translation>
    </message>
    <message>
        <source>Such as theta0 + theta1*x</source>
        <translation>例如 theta0 + theta1*x</translation>
    </message>
    <message>
        <source>The loss is the mean of this over the rows</source>
        <translation>损失是它对所有样本的平均</translation>
    </message>
</context>
<context>
    <name>DataView</name>
    <message>
        <source>{column} (standardised)</source>
        <translation>{column}（标准化）</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>The rows of the data, and the model&apos;s predictions at the shown step.</source>
        <translation>各样本，以及所示步的模型对它们的预测。</translation>
    </message>
    <message>
        <source>{drawn} of {rows} rows are drawn, chosen at random</source>
        <translation>随机抽取 {rows} 个样本中的 {drawn} 个绘出</translation>
    </message>
    <message>
        <source>class {label}</source>
        <translation>类别 {label}</translation>
    </message>
    <message>
        <source>boundary: ŷ = {middle}</source>
        <translation>决策边界：ŷ = {middle}</translation>
    </message>
    <message>
        <source>colours from {low} to {high}</source>
        <translation>颜色从 {low} 到 {high}</translation>
    </message>
    <message>
        <source>row; where ŷ = y it has the colour of the map</source>
        <translation>样本；ŷ = y 时与底色相同</translation>
    </message>
    <message>
        <source>row</source>
        <translation>样本</translation>
    </message>
    <message>
        <source>model ŷ</source>
        <translation>模型 ŷ</translation>
    </message>
    <message>
        <source>residual</source>
        <translation>残差</translation>
    </message>
    <message>
        <source>rows of this step</source>
        <translation>本步所用的样本</translation>
    </message>
</context>
<context>
    <name>DialPanel</name>
    <message>
        <source>Any direction: turn the arrow on the landscape</source>
        <translation>任意方向：在地形图上转动箭头</translation>
    </message>
    <message>
        <source>Same as this step</source>
        <translation>与本步相同</translation>
    </message>
    <message>
        <source>Set r = ‖Δθ‖ and the direction of Δ again</source>
        <translation>恢复 r = ‖Δθ‖ 和 Δ 的方向</translation>
    </message>
    <message>
        <source>Length r of the step</source>
        <translation>步长 r</translation>
    </message>
    <message>
        <source>Angle β to the gradient, degrees</source>
        <translation>与梯度的夹角 β（度）</translation>
    </message>
    <message>
        <source>How long the step is; Enter applies it</source>
        <translation>这一步的长度；按回车键生效</translation>
    </message>
    <message>
        <source>Length r on a log scale</source>
        <translation>步长 r（对数刻度）</translation>
    </message>
    <message>
        <source>The angle between step and gradient, 0 to 360 degrees; Enter applies it</source>
        <translation>这一步与梯度的夹角，0 到 360 度；按回车键生效</translation>
    </message>
    <message>
        <source>Angle β on a slider</source>
        <translation>夹角 β 滑块</translation>
    </message>
</context>
<context>
    <name>Editing</name>
    <message>
        <source>A usual learning rate of {name} for this function is η = {eta}.</source>
        <translation>{name}用于此函数时，常用的学习率为 η = {eta}。</translation>
    </message>
</context>
<context>
    <name>Ends</name>
    <message>
        <source>rule met</source>
        <translation>已满足准则</translation>
    </message>
    <message>
        <source>step limit</source>
        <translation>步数上限</translation>
    </message>
    <message>
        <source>diverged</source>
        <translation>发散</translation>
    </message>
    <message>
        <source>undefined</source>
        <translation>无定义</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>converged</source>
        <translation>收敛</translation>
    </message>
    <message>
        <source>saddle</source>
        <translation>鞍点</translation>
    </message>
    <message>
        <source>maximum</source>
        <translation>极大值点</translation>
    </message>
    <message>
        <source>flat ground</source>
        <translation>平坦区域</translation>
    </message>
    <message>
        <source>no minimum</source>
        <translation>非极小值点</translation>
    </message>
    <message>
        <source>unknown point</source>
        <translation>类型未知</translation>
    </message>
</context>
<context>
    <name>Exporting</name>
    <message>
        <source>Export the steps</source>
        <translation>导出各步数据</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Comma-separated values (*.csv)</source>
        <translation>逗号分隔值（*.csv）</translation>
    </message>
    <message>
        <source>{path} could not be written: {reason}</source>
        <translation>无法写入 {path}：{reason}</translation>
    </message>
</context>
<context>
    <name>FormulaField</name>
    <message>
        <source>{typed} is read as {formula}</source>
        <translation>{typed} 读作 {formula}</translation>
    </message>
</context>
<context>
    <name>FunctionSection</name>
    <message>
        <source>Your own formula…</source>
        <translation>自定义公式…</translation>
    </message>
    <message>
        <source>Type any formula in the field below; gdsim finds its parameters.</source>
        <translation>在下方输入任意公式，其中的参数会自动识别。</translation>
    </message>
    <message>
        <source>Function</source>
        <translation>函数</translation>
    </message>
    <message>
        <source>Make {name} a constant</source>
        <translation>将 {name} 设为常数</translation>
    </message>
    <message>
        <source>{name} is a parameter. Press to hold it constant.</source>
        <translation>{name} 是参数。按下可将其固定为常数。</translation>
    </message>
    <message>
        <source>The loss function to be minimised</source>
        <translation>要最小化的损失函数</translation>
    </message>
    <message>
        <source>Formula of the loss</source>
        <translation>损失函数的公式</translation>
    </message>
    <message>
        <source>The loss as written on the board, such as (x - 1)^2 + 2y^2; Enter applies it</source>
        <translation>像板书一样写出损失函数，例如 (x - 1)^2 + 2y^2；按回车键生效</translation>
    </message>
    <message>
        <source>Type a formula, such as x^2 + y^2</source>
        <translation>输入公式，例如 x^2 + y^2</translation>
    </message>
    <message>
        <source>Start (drag it on the plot)</source>
        <translation>起点（可在图上拖动）</translation>
    </message>
    <message>
        <source>Random start</source>
        <translation>随机起点</translation>
    </message>
    <message>
        <source>Start from a random point (R)</source>
        <translation>从随机的一点出发（R）</translation>
    </message>
    <message>
        <source>Where the descent starts; it can be dragged on the plot too</source>
        <translation>下降的起点；也可在图上拖动</translation>
    </message>
    <message>
        <source>Your own points…</source>
        <translation>自己点出数据点…</translation>
    </message>
    <message>
        <source>Click in an empty plot to add points; gdsim fits a line to them.</source>
        <translation>在空白图中点击添加点，gdsim 用直线拟合。</translation>
    </message>
    <message>
        <source>Your own points of two classes…</source>
        <translation>自己点出两类数据点…</translation>
    </message>
    <message>
        <source>Click in an empty plot to add points of two classes.</source>
        <translation>在空白图中点击添加两个类别的点。</translation>
    </message>
    <message>
        <source>Loss of one row</source>
        <translation>单个样本的损失</translation>
    </message>
    <message>
        <source>The loss of one row as a formula of prediction and the columns; Enter applies it</source>
        <translation>用 prediction 和各列写出的单个样本的损失；按回车键生效</translation>
    </message>
    <message>
        <source>Such as (prediction - y)^2</source>
        <translation>例如 (prediction - y)^2</translation>
    </message>
    <message>
        <source>Your own data…</source>
        <translation>自己的数据…</translation>
    </message>
    <message>
        <source>Open a table of numbers from a file; gdsim proposes a first model for it.</source>
        <translation>从文件打开数值表；gdsim 会给出一个初始模型。</translation>
    </message>
</context>
<context>
    <name>Futures</name>
    <message>
        <source>can be continued</source>
        <translation>可继续</translation>
    </message>
    <message>
        <source>{name}, η = {eta}</source>
        <translation>{name}，η = {eta}</translation>
    </message>
</context>
<context>
    <name>FuturesView</name>
    <message>
        <source>Futures</source>
        <translation>分支</translation>
    </message>
    <message>
        <source>Go back, change a setting and go on: the run branches from exactly that state. The steps that followed before are kept in this list and as a faint line.</source>
        <translation>回到较早的一步，改变某项设置，再继续：运行会恰好从那个状态分出新的分支。原来的后续各步保留在此列表中，并在图上显示为淡线。</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>From t</source>
        <translation>起始 t</translation>
    </message>
    <message>
        <source>To t</source>
        <translation>结束 t</translation>
    </message>
    <message>
        <source>L at the end</source>
        <translation>最终 L</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Futures of this run</source>
        <translation>本次运行的分支</translation>
    </message>
    <message>
        <source>Continue this one</source>
        <translation>改走此分支</translation>
    </message>
    <message>
        <source>Go on with the chosen future; the present one is kept in its place</source>
        <translation>改走选中的分支；现在的分支则保留下来</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Remove the chosen future</source>
        <translation>移除选中的分支</translation>
    </message>
</context>
<context>
    <name>HelpDialog</name>
    <message>
        <source>Keys</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>空格</translation>
    </message>
    <message>
        <source>Play, pause</source>
        <translation>播放、暂停</translation>
    </message>
    <message>
        <source>→ or PgDn</source>
        <translation>→ 或 PgDn</translation>
    </message>
    <message>
        <source>One step</source>
        <translation>前进一步</translation>
    </message>
    <message>
        <source>← or PgUp</source>
        <translation>← 或 PgUp</translation>
    </message>
    <message>
        <source>One step back</source>
        <translation>后退一步</translation>
    </message>
    <message>
        <source>Shift+→</source>
        <translation>Shift+→</translation>
    </message>
    <message>
        <source>Next line of the rule</source>
        <translation>规则的下一行</translation>
    </message>
    <message>
        <source>Shift+←</source>
        <translation>Shift+←</translation>
    </message>
    <message>
        <source>Previous line of the rule</source>
        <translation>规则的上一行</translation>
    </message>
    <message>
        <source>[ and ]</source>
        <translation>[ 和 ]</translation>
    </message>
    <message>
        <source>Previous, next step at which the loss rose</source>
        <translation>上一次、下一次损失上升的步骤</translation>
    </message>
    <message>
        <source>P</source>
        <translation>P</translation>
    </message>
    <message>
        <source>Predict, then reveal</source>
        <translation>先预测，再揭晓</translation>
    </message>
    <message>
        <source>Home</source>
        <translation>Home</translation>
    </message>
    <message>
        <source>Back to the start</source>
        <translation>回到起点</translation>
    </message>
    <message>
        <source>End</source>
        <translation>End</translation>
    </message>
    <message>
        <source>Run to the end</source>
        <translation>运行到底</translation>
    </message>
    <message>
        <source>+ and −</source>
        <translation>+ 和 −</translation>
    </message>
    <message>
        <source>Faster, slower</source>
        <translation>加快、减慢</translation>
    </message>
    <message>
        <source>R</source>
        <translation>R</translation>
    </message>
    <message>
        <source>A random start</source>
        <translation>随机起点</translation>
    </message>
    <message>
        <source>0 or double-click</source>
        <translation>0 或双击</translation>
    </message>
    <message>
        <source>Show the whole plot again</source>
        <translation>重新显示整幅图</translation>
    </message>
    <message>
        <source>Wheel, drag</source>
        <translation>滚轮、拖动</translation>
    </message>
    <message>
        <source>Zoom and move a plot</source>
        <translation>缩放、平移图形</translation>
    </message>
    <message>
        <source>L</source>
        <translation>L</translation>
    </message>
    <message>
        <source>Loss on a log scale</source>
        <translation>损失用对数坐标</translation>
    </message>
    <message>
        <source>Ctrl+Tab</source>
        <translation>Ctrl+Tab</translation>
    </message>
    <message>
        <source>Next tab</source>
        <translation>下一个选项卡</translation>
    </message>
    <message>
        <source>Ctrl+Shift+C</source>
        <translation>Ctrl+Shift+C</translation>
    </message>
    <message>
        <source>Copy this step</source>
        <translation>复制本步</translation>
    </message>
    <message>
        <source>Ctrl+V</source>
        <translation>Ctrl+V</translation>
    </message>
    <message>
        <source>Open data copied from a spreadsheet</source>
        <translation>打开从电子表格复制的数据</translation>
    </message>
    <message>
        <source>F11</source>
        <translation>F11</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>全屏</translation>
    </message>
    <message>
        <source>F1</source>
        <translation>F1</translation>
    </message>
    <message>
        <source>This list</source>
        <translation>显示此列表</translation>
    </message>
    <message>
        <source>Ctrl+O</source>
        <translation>Ctrl+O</translation>
    </message>
    <message>
        <source>Open a data file; you can also drop it on the window</source>
        <translation>打开数据文件；也可直接拖入窗口</translation>
    </message>
    <message>
        <source>D</source>
        <translation>D</translation>
    </message>
    <message>
        <source>Switch between data and loss</source>
        <translation>切换数据与损失</translation>
    </message>
    <message>
        <source>F5</source>
        <translation>F5</translation>
    </message>
    <message>
        <source>Projector mode: large type, thick lines</source>
        <translation>投影模式：大字号、粗线条</translation>
    </message>
    <message>
        <source>S</source>
        <translation>S</translation>
    </message>
    <message>
        <source>In projector mode on a small screen: switch between the setup, and loss and step</source>
        <translation>投影模式下屏幕较小时：切换设置，或损失与本步</translation>
    </message>
</context>
<context>
    <name>HowFar</name>
    <message>
        <source>Converges</source>
        <translation>收敛</translation>
    </message>
    <message>
        <source>Converges slowly</source>
        <translation>收敛缓慢</translation>
    </message>
    <message>
        <source>Zig-zags</source>
        <translation>锯齿形振荡</translation>
    </message>
    <message>
        <source>Oscillates and converges</source>
        <translation>衰减振荡</translation>
    </message>
    <message>
        <source>Oscillates for ever</source>
        <translation>等幅振荡</translation>
    </message>
    <message>
        <source>Diverges</source>
        <translation>发散</translation>
    </message>
    <message>
        <source>The loss curves downwards in some direction</source>
        <translation>黑塞矩阵有负曲率方向</translation>
    </message>
    <message>
        <source>Converges to a point that is no minimum</source>
        <translation>收敛到并非极小值点的驻点</translation>
    </message>
    <message>
        <source>No curvature</source>
        <translation>没有曲率</translation>
    </message>
    <message>
        <source>No Newton step</source>
        <translation>没有牛顿步</translation>
    </message>
    <message>
        <source>No prediction for this optimizer</source>
        <translation>无法预测这种优化器</translation>
    </message>
    <message>
        <source>No prediction here</source>
        <translation>此处无法预测</translation>
    </message>
    <message>
        <source>It comes ten times closer in about {steps} steps.</source>
        <translation>大约每 {steps} 步，距离缩短到十分之一。</translation>
    </message>
    <message>
        <source>{product} ≤ 1: no step overshoots.</source>
        <translation>{product} ≤ 1：每一步都不会越过极小值点。</translation>
    </message>
    <message>
        <source>{product} ≤ 1: no step overshoots, but in the flattest direction a step leaves 1 − η·λ = {factor} of the distance.</source>
        <translation>{product} ≤ 1：每一步都不会越过极小值点，但在曲率最小的方向上，一步之后距离仍剩 1 − η·λ = {factor} 倍。</translation>
    </message>
    <message>
        <source>{product} lies between 1 and 2: along the steepest direction every step lands on the other side.</source>
        <translation>{product} 介于 1 和 2 之间：在曲率最大的方向上，每一步都落到对面。</translation>
    </message>
    <message>
        <source>{product}: along the steepest direction every step lands just as far away on the other side.</source>
        <translation>{product}：在曲率最大的方向上，每一步都落到对面同样远的地方。</translation>
    </message>
    <message>
        <source>{product} &gt; 2: along the steepest direction every step lands on the other side, farther away than before.</source>
        <translation>{product} &gt; 2：在曲率最大的方向上，每一步都落到对面，而且比原来更远。</translation>
    </message>
    <message>
        <source>{lowest} {value} &lt; 0: along this direction the loss curves downwards, and each step multiplies the distance from the stationary point by 1 − η·λ = {factor}.</source>
        <translation>{lowest} {value} &lt; 0：沿这个方向损失向下弯曲，每一步都使到驻点的距离乘以 1 − η·λ = {factor}。</translation>
    </message>
    <message>
        <source>The update&apos;s largest eigenvalue has the size ρ {size} &lt; 1.</source>
        <translation>更新矩阵的谱半径 ρ {size} &lt; 1。</translation>
    </message>
    <message>
        <source>The update&apos;s largest eigenvalue has the size ρ {size}, just below 1.</source>
        <translation>更新矩阵的谱半径 ρ {size}，仅略小于 1。</translation>
    </message>
    <message>
        <source>ρ {size} &lt; 1, but along {along} the step overshoots: it changes sides at nearly every update.</source>
        <translation>谱半径 ρ {size} &lt; 1，但在 {along} 的方向上越过极小值点：几乎每次更新都换到另一侧。</translation>
    </message>
    <message>
        <source>ρ {size} &lt; 1: it goes through the minimum and back, about {wave} steps for one oscillation, and each oscillation is smaller.</source>
        <translation>谱半径 ρ {size} &lt; 1：越过极小值点再返回，来回一次约 {wave} 步，振幅逐次减小。</translation>
    </message>
    <message>
        <source>ρ = 1: the oscillations along {along} neither shrink nor grow.</source>
        <translation>谱半径 ρ = 1：在 {along} 的方向上，振幅既不减小也不增大。</translation>
    </message>
    <message>
        <source>ρ {size} &gt; 1: in the long run each step multiplies the distance along {along} by ρ.</source>
        <translation>谱半径 ρ {size} &gt; 1：长远来看，每一步都使 {along} 方向上的距离乘以 ρ。</translation>
    </message>
    <message>
        <source>Along {along} &lt; 0 the loss curves downwards, and in the long run each step multiplies the distance from the stationary point by ρ {size}.</source>
        <translation>在 {along} &lt; 0 的方向上损失向下弯曲，长远来看，每一步都使到驻点的距离乘以 ρ {size}。</translation>
    </message>
    <message>
        <source>ρ {size} &lt; 1: this rule converges to the stationary point of the local quadratic, although the loss curves downwards along {along} &lt; 0.</source>
        <translation>谱半径 ρ {size} &lt; 1：该规则收敛到局部二次模型的驻点，尽管损失在 {along} &lt; 0 的方向上向下弯曲。</translation>
    </message>
    <message>
        <source>The Hessian is zero here: the local quadratic is a plane, and it falls along −∇L however long the step is.</source>
        <translation>此处黑塞矩阵为零：局部二次模型是一个平面，沿 −∇L 无论走多远，该模型的值都下降。</translation>
    </message>
    <message>
        <source>The Hessian is singular here, so its inverse and the Newton step do not exist.</source>
        <translation>此处黑塞矩阵奇异，逆矩阵不存在，因而没有牛顿步。</translation>
    </message>
    <message>
        <source>Its step is not a linear function of the gradient and the state, so curvature alone does not predict it. 2/λₘₐₓ is the limit of plain gradient descent.</source>
        <translation>它的更新量不是梯度和状态的线性函数，仅凭曲率无法预测。2/λₘₐₓ 是普通梯度下降的上限。</translation>
    </message>
    <message>
        <source>The Hessian or the rule is not finite at this point.</source>
        <translation>此处黑塞矩阵或规则中的数不是有限的。</translation>
    </message>
    <message>
        <source>With this rule no η is stable here.</source>
        <translation>用该规则，此处没有稳定的 η。</translation>
    </message>
    <message>
        <source>With this rule every η is stable here.</source>
        <translation>用该规则，此处任何 η 都稳定。</translation>
    </message>
    <message>
        <source>With this rule η is stable here up to {limit}.</source>
        <translation>用该规则，此处 η 小于 {limit} 时稳定。</translation>
    </message>
    <message>
        <source>The loss is a quadratic: this holds everywhere.</source>
        <translation>损失是二次函数，这一结论处处成立。</translation>
    </message>
    <message>
        <source>This holds as long as the loss curves as it does here.</source>
        <translation>只要损失的曲率与此处相同，这一结论就成立。</translation>
    </message>
    <message>
        <source>η and the rule are taken as at this step.</source>
        <translation>η 与规则按这一步的取值计算。</translation>
    </message>
    <message>
        <source>tangent</source>
        <translation>切线</translation>
    </message>
    <message>
        <source>chosen η {value}</source>
        <translation>所选 η {value}</translation>
    </message>
    <message>
        <source>best η {value}</source>
        <translation>最佳 η {value}</translation>
    </message>
    <message>
        <source>L rises from η {value}</source>
        <translation>从 η {value} 起 L 上升</translation>
    </message>
    <message>
        <source>L undefined from η {value}</source>
        <translation>从 η {value} 起 L 无定义</translation>
    </message>
    <message>
        <source>The gradient is zero here: there is no direction to step along.</source>
        <translation>此处梯度为零，没有可走的方向。</translation>
    </message>
    <message>
        <source>The loss, its gradient or η is not finite here.</source>
        <translation>此处损失、梯度或 η 不是有限的数。</translation>
    </message>
    <message>
        <source>The slope is so small here that rounding hides how the loss changes along it.</source>
        <translation>此处梯度太小，损失沿该方向的变化被舍入误差掩盖。</translation>
    </message>
    <message>
        <source>The curve follows −η∇L; the Δ of this optimizer is different.</source>
        <translation>曲线沿 −η∇L 方向；该优化器的更新量 Δ 与此不同。</translation>
    </message>
    <message>
        <source>Computing the second derivatives …</source>
        <translation>正在计算二阶导数……</translation>
    </message>
    <message>
        <source>no limit for η: the Hessian is not finite here</source>
        <translation>η 没有上限可言：此处黑塞矩阵不是有限的</translation>
    </message>
    <message>
        <source>no limit for η: nothing curves upwards here</source>
        <translation>η 无上限：此处没有向上弯曲的方向</translation>
    </message>
    <message>
        <source>2/λₘₐₓ = {rate}, but it curves downwards too</source>
        <translation>2/λₘₐₓ = {rate}，但也有向下弯曲的方向</translation>
    </message>
    <message>
        <source>stable below {limit}; plain descent: 2/λₘₐₓ = {rate}</source>
        <translation>小于 {limit} 时稳定；普通梯度下降：2/λₘₐₓ = {rate}</translation>
    </message>
    <message>
        <source>stable below 2/λₘₐₓ = {rate} at this step</source>
        <translation>在这一步，小于 2/λₘₐₓ = {rate} 时稳定</translation>
    </message>
    <message>
        <source>stable below 2/λₘₐₓ = {rate} for plain descent</source>
        <translation>普通梯度下降小于 2/λₘₐₓ = {rate} 时稳定</translation>
    </message>
    <message>
        <source>computing 2/λₘₐₓ …</source>
        <translation>正在计算 2/λₘₐₓ……</translation>
    </message>
    <message>
        <source>The curve follows −η∇L over all rows; this step uses only the rows of its batch.</source>
        <translation>曲线沿全部样本的 −η∇L 方向；这一步只依据本批次的样本。</translation>
    </message>
</context>
<context>
    <name>HowFarView</name>
    <message>
        <source>How far</source>
        <translation>步长分析</translation>
    </message>
    <message>
        <source>How long a step may be here</source>
        <translation>此处一步可以走多远</translation>
    </message>
</context>
<context>
    <name>LandscapePanel</name>
    <message>
        <source>Landscape</source>
        <translation>损失地形</translation>
    </message>
    <message>
        <source>Ways of looking at the landscape</source>
        <translation>查看损失地形的方式</translation>
    </message>
    <message>
        <source>Contour</source>
        <translation>等高线</translation>
    </message>
    <message>
        <source>The loss as colours and iso-lines</source>
        <translation>用颜色和等高线表示损失</translation>
    </message>
    <message>
        <source>Surface</source>
        <translation>曲面</translation>
    </message>
    <message>
        <source>The loss as heights, to be turned with the mouse</source>
        <translation>用高度表示损失，可用鼠标转动</translation>
    </message>
    <message>
        <source>Basins</source>
        <translation>吸引域</translation>
    </message>
    <message>
        <source>Each pixel is a starting point, in the colour of the point that the descent reaches</source>
        <translation>每个像素是一个起点，颜色表示它最终到达的点</translation>
    </message>
    <message>
        <source>Reset the view</source>
        <translation>重置视图</translation>
    </message>
    <message>
        <source>Reset the view (0)</source>
        <translation>重置视图（0）</translation>
    </message>
    <message>
        <source>Curve</source>
        <translation>曲线</translation>
    </message>
    <message>
        <source>The loss as a curve</source>
        <translation>用曲线表示损失</translation>
    </message>
</context>
<context>
    <name>LandscapePlot</name>
    <message>
        <source>Start point: drag it</source>
        <translation>起点：可拖动</translation>
    </message>
    <message>
        <source>The point is outside the view</source>
        <translation>当前点在视野之外</translation>
    </message>
</context>
<context>
    <name>LossCard</name>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>Loss or data</source>
        <translation>损失或数据</translation>
    </message>
    <message>
        <source>The loss against the number of steps (D: data)</source>
        <translation>损失随步数的变化（D：数据）</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>The data, and what the model predicts at the shown step (D: loss)</source>
        <translation>数据，以及所示步的模型对它们的预测（D：损失）</translation>
    </message>
</context>
<context>
    <name>LossLegend</name>
    <message>
        <source>loss of each step&apos;s rows</source>
        <translation>每步所用样本的损失</translation>
    </message>
    <message>
        <source>loss of all rows</source>
        <translation>全部样本的损失</translation>
    </message>
</context>
<context>
    <name>LossView</name>
    <message>
        <source>Loss plot</source>
        <translation>损失图</translation>
    </message>
    <message>
        <source>The loss against the number of steps.</source>
        <translation>损失随步数的变化。</translation>
    </message>
    <message>
        <source>Log scale</source>
        <translation>对数坐标</translation>
    </message>
    <message>
        <source>Show the loss on a logarithmic axis</source>
        <translation>用对数坐标轴显示损失</translation>
    </message>
    <message>
        <source>Previous step at which the loss rose</source>
        <translation>上一次损失上升的步骤</translation>
    </message>
    <message>
        <source>Next step at which the loss rose</source>
        <translation>下一次损失上升的步骤</translation>
    </message>
    <message>
        <source>▲ marks each step at which the loss rose</source>
        <translation>▲ 标出损失上升的每一步</translation>
    </message>
    <message>
        <source>▲ rises: {count}</source>
        <translation>▲ 上升 {count} 次</translation>
    </message>
    <message>
        <source>Log scale: the line breaks where L ≤ 0</source>
        <translation>对数坐标：L ≤ 0 处曲线断开</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>gdsim – gradient descent, step by step</source>
        <translation>gdsim – 逐步演示梯度下降</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>编辑(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Run</source>
        <translation>运行(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>Play or pause</source>
        <translation>播放或暂停</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>单步前进</translation>
    </message>
    <message>
        <source>Step back</source>
        <translation>单步后退</translation>
    </message>
    <message>
        <source>Next line of the rule</source>
        <translation>规则的下一行</translation>
    </message>
    <message>
        <source>Previous line of the rule</source>
        <translation>规则的上一行</translation>
    </message>
    <message>
        <source>Previous step at which the loss rose</source>
        <translation>上一次损失上升的步骤</translation>
    </message>
    <message>
        <source>Next step at which the loss rose</source>
        <translation>下一次损失上升的步骤</translation>
    </message>
    <message>
        <source>Predict, then reveal</source>
        <translation>先预测，再揭晓</translation>
    </message>
    <message>
        <source>Back to the start</source>
        <translation>回到起点</translation>
    </message>
    <message>
        <source>Run to the end</source>
        <translation>运行到底</translation>
    </message>
    <message>
        <source>Faster</source>
        <translation>加快</translation>
    </message>
    <message>
        <source>Slower</source>
        <translation>减慢</translation>
    </message>
    <message>
        <source>Random start</source>
        <translation>随机起点</translation>
    </message>
    <message>
        <source>Reset the view</source>
        <translation>重置视图</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>全屏</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>Paste data from a spreadsheet</source>
        <translation>粘贴电子表格中的数据</translation>
    </message>
    <message>
        <source>Export the steps as CSV…</source>
        <translation>将各步导出为 CSV…</translation>
    </message>
    <message>
        <source>Copy this step</source>
        <translation>复制本步</translation>
    </message>
    <message>
        <source>Loss on a log scale</source>
        <translation>损失用对数坐标</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Same as the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>Loss or data</source>
        <translation>损失或数据</translation>
    </message>
    <message>
        <source>Open data…</source>
        <translation>打开数据…</translation>
    </message>
    <message>
        <source>Loss and step, or setup</source>
        <translation>损失与本步，或设置</translation>
    </message>
    <message>
        <source>Projector mode</source>
        <translation>投影模式</translation>
    </message>
</context>
<context>
    <name>NumberField</name>
    <message>
        <source>Type a number, such as 0.1 or 1e-3.</source>
        <translation>请输入一个数，例如 0.1 或 1e-3。</translation>
    </message>
    <message>
        <source>The comma is unclear: write {grouped} or {decimal}.</source>
        <translation>逗号的含义不明确：请写作 {grouped} 或 {decimal}。</translation>
    </message>
    <message>
        <source>“{text}” is not a number.</source>
        <translation>“{text}”不是数。</translation>
    </message>
    <message>
        <source>The number must be finite.</source>
        <translation>必须是有限的数。</translation>
    </message>
    <message>
        <source>The number must be whole.</source>
        <translation>必须是整数。</translation>
    </message>
    <message>
        <source>The number must be greater than {limit}.</source>
        <translation>必须大于 {limit}。</translation>
    </message>
    <message>
        <source>The number must be at least {limit}.</source>
        <translation>不能小于 {limit}。</translation>
    </message>
    <message>
        <source>The number must be at most {limit}.</source>
        <translation>不能大于 {limit}。</translation>
    </message>
</context>
<context>
    <name>OpenDataDialog</name>
    <message>
        <source>input</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>target</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>Open data: {file}</source>
        <translation>打开数据：{file}</translation>
    </message>
    <message>
        <source>Separated by</source>
        <translation>分隔符</translation>
    </message>
    <message>
        <source>Decimals</source>
        <translation>小数点</translation>
    </message>
    <message>
        <source>Encoding</source>
        <translation>编码</translation>
    </message>
    <message>
        <source>Lines to skip</source>
        <translation>跳过的行数</translation>
    </message>
    <message>
        <source>Target</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>Inputs</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>comma ,</source>
        <translation>逗号 ,</translation>
    </message>
    <message>
        <source>semicolon ;</source>
        <translation>分号 ;</translation>
    </message>
    <message>
        <source>tab</source>
        <translation>制表符</translation>
    </message>
    <message>
        <source>bar |</source>
        <translation>竖线 |</translation>
    </message>
    <message>
        <source>blanks</source>
        <translation>空格</translation>
    </message>
    <message>
        <source>The sign between two cells</source>
        <translation>两个单元格之间的符号</translation>
    </message>
    <message>
        <source>The sign before the decimals</source>
        <translation>小数部分之前的符号</translation>
    </message>
    <message>
        <source>Lines above the table, which are not read</source>
        <translation>表格上方不读取的行数</translation>
    </message>
    <message>
        <source>How letters are stored in the file</source>
        <translation>文件中文字的存储方式</translation>
    </message>
    <message>
        <source>The column that the model predicts</source>
        <translation>模型要预测的列</translation>
    </message>
    <message>
        <source>The columns that the model computes it from</source>
        <translation>用来作预测的列</translation>
    </message>
    <message>
        <source>First row holds titles</source>
        <translation>首行为标题</translation>
    </message>
    <message>
        <source>Otherwise the columns are called x₁, x₂, …</source>
        <translation>否则各列依次命名为 x₁、x₂……</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>粘贴</translation>
    </message>
    <message>
        <source>Paste from a spreadsheet</source>
        <translation>从电子表格粘贴</translation>
    </message>
    <message>
        <source>Read the cells copied from a spreadsheet (Ctrl+V)</source>
        <translation>读取从电子表格复制的单元格（Ctrl+V）</translation>
    </message>
    <message>
        <source>Another file…</source>
        <translation>换一个文件…</translation>
    </message>
    <message>
        <source>Another file</source>
        <translation>换一个文件</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Open these data</source>
        <translation>打开这些数据</translation>
    </message>
    <message>
        <source>Close without opening</source>
        <translation>关闭而不打开</translation>
    </message>
    <message>
        <source>Reading the file</source>
        <translation>正在读取文件</translation>
    </message>
    <message>
        <source>Stop reading</source>
        <translation>停止读取</translation>
    </message>
    <message>
        <source>Read the file from its beginning</source>
        <translation>从头读取文件</translation>
    </message>
</context>
<context>
    <name>Opening</name>
    <message>
        <source>Open data</source>
        <translation>打开数据</translation>
    </message>
    <message>
        <source>Tables (*.csv *.tsv *.txt *.dat *.xlsx);;All files (*)</source>
        <translation>表格 (*.csv *.tsv *.txt *.dat *.xlsx);;所有文件 (*)</translation>
    </message>
    <message>
        <source>clipboard</source>
        <translation>剪贴板</translation>
    </message>
    <message>
        <source>Line {line} says {cell}. Which number is meant?</source>
        <translation>第 {line} 行为{cell}。它是哪个数？</translation>
    </message>
    <message>
        <source>Choose at least one input and a target</source>
        <translation>请至少选择一列输入和一列目标</translation>
    </message>
    <message>
        <source>Rows: {rows}, none left out</source>
        <translation>共 {rows} 行，全部完整</translation>
    </message>
    <message>
        <source>Rows: {rows}; left out because a cell is not a number: {left_out}, first in line {line}: {cell}</source>
        <translation>共 {rows} 行；因单元格不是数值而略去：{left_out}，首个在第 {line} 行：{cell}</translation>
    </message>
    <message>
        <source>Rows: {rows}; left out because a number is missing: {left_out}, first in line {line}</source>
        <translation>共 {rows} 行；另有 {left_out} 行因缺少数值而略去，首个在第 {line} 行</translation>
    </message>
    <message>
        <source>Target: {name}, 1 for {kind} and 0 for every other kind</source>
        <translation>目标：{name}，{kind} 为 1，其他各类为 0</translation>
    </message>
    <message>
        <source>Target: {name}, 0 for {low} and 1 for {high}</source>
        <translation>目标：{name}，{low} 为 0，{high} 为 1</translation>
    </message>
    <message>
        <source>Target: {name}</source>
        <translation>目标：{name}</translation>
    </message>
</context>
<context>
    <name>OptimizerSection</name>
    <message>
        <source>Your own rule…</source>
        <translation>自定义规则…</translation>
    </message>
    <message>
        <source>Write the update as lines of text.</source>
        <translation>用几行文字写出更新规则。</translation>
    </message>
    <message>
        <source>Optimizer</source>
        <translation>优化器</translation>
    </message>
    <message>
        <source>The rule that turns the gradient into a step</source>
        <translation>由梯度得出每一步的更新规则</translation>
    </message>
    <message>
        <source>A hyperparameter; a change applies from the shown step on</source>
        <translation>超参数；改动从当前这一步起生效</translation>
    </message>
    <message>
        <source>Edit the rule…</source>
        <translation>编辑规则…</translation>
    </message>
    <message>
        <source>Change this optimizer&apos;s lines, or write your own</source>
        <translation>修改此优化器的各行，或自己编写</translation>
    </message>
    <message>
        <source>Use this η</source>
        <translation>采用此 η</translation>
    </message>
    <message>
        <source>Set η to this value</source>
        <translation>将 η 设为此值</translation>
    </message>
</context>
<context>
    <name>OrderPanel</name>
    <message>
        <source>Order n</source>
        <translation>阶数 n</translation>
    </message>
    <message>
        <source>Order of the Taylor polynomial</source>
        <translation>泰勒多项式的阶数</translation>
    </message>
    <message>
        <source>Up to which power of θ − θₜ the polynomial goes</source>
        <translation>多项式展开到 θ − θₜ 的几次幂</translation>
    </message>
</context>
<context>
    <name>OwnData</name>
    <message>
        <source>Save the points</source>
        <translation>保存数据点</translation>
    </message>
</context>
<context>
    <name>PhaseStrip</name>
    <message>
        <source>initialise</source>
        <translation>初始化</translation>
    </message>
    <message>
        <source>gradient</source>
        <translation>求梯度</translation>
    </message>
    <message>
        <source>update rule</source>
        <translation>更新规则</translation>
    </message>
    <message>
        <source>satisfied?</source>
        <translation>满足？</translation>
    </message>
    <message>
        <source>move</source>
        <translation>移动</translation>
    </message>
    <message>
        <source>The phases of one update</source>
        <translation>一次更新的各个阶段</translation>
    </message>
    <message>
        <source>Next line of the rule</source>
        <translation>规则的下一行</translation>
    </message>
    <message>
        <source>Next line of the rule (Shift+→)</source>
        <translation>规则的下一行（Shift+→）</translation>
    </message>
    <message>
        <source>Previous line of the rule</source>
        <translation>规则的上一行</translation>
    </message>
    <message>
        <source>Previous line of the rule (Shift+←)</source>
        <translation>规则的上一行（Shift+←）</translation>
    </message>
</context>
<context>
    <name>Phrases</name>
    <message>
        <source>One parameter</source>
        <translation>一个参数</translation>
    </message>
    <message>
        <source>Bowls</source>
        <translation>碗形</translation>
    </message>
    <message>
        <source>Saddles</source>
        <translation>鞍形</translation>
    </message>
    <message>
        <source>Valleys</source>
        <translation>山谷</translation>
    </message>
    <message>
        <source>Many minima</source>
        <translation>多个极小值</translation>
    </message>
    <message>
        <source>Plateaus</source>
        <translation>平坦区域</translation>
    </message>
    <message>
        <source>More parameters</source>
        <translation>更多参数</translation>
    </message>
    <message>
        <source>Own rule</source>
        <translation>自定义规则</translation>
    </message>
    <message>
        <source>t = {t}</source>
        <translation>t = {t}</translation>
    </message>
    <message>
        <source>t = {t} → {next}</source>
        <translation>t = {t} → {next}</translation>
    </message>
    <message>
        <source>Only the step limit ends this run → move on</source>
        <translation>只在步数上限处停止 → 继续</translation>
    </message>
    <message>
        <source>{quantity}: tested at the end of the epoch, at t = {t} → move on</source>
        <translation>{quantity}：在本轮结束（t = {t}）时检验 → 继续</translation>
    </message>
    <message>
        <source>{quantity}: there is no earlier step to compare with → move on</source>
        <translation>{quantity}：没有更早的一步可供比较 → 继续</translation>
    </message>
    <message>
        <source>{quantity} = {value} ≥ ε = {epsilon} → move on</source>
        <translation>{quantity} = {value} ≥ ε = {epsilon} → 继续</translation>
    </message>
    <message>
        <source>paused: the recorded steps have reached the limit of {size} GB</source>
        <translation>已暂停：记录已达到 {size} GB 的上限</translation>
    </message>
    <message>
        <source>moving</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>, </source>
        <translation>，</translation>
    </message>
    <message>
        <source>predictions: {count}, mean error {mean} ‖Δθ‖</source>
        <translation>预测 {count} 次，平均误差 {mean} ‖Δθ‖</translation>
    </message>
    <message>
        <source>Click where θ will land at t = {t}</source>
        <translation>请点击 t = {t} 时 θ 将到达的位置</translation>
    </message>
    <message>
        <source>Adam without bias correction</source>
        <translation>不作偏差修正的 Adam</translation>
    </message>
    <message>
        <source>Data: regression</source>
        <translation>数据：回归</translation>
    </message>
    <message>
        <source>Data: classification</source>
        <translation>数据：分类</translation>
    </message>
    <message>
        <source>Data: small networks</source>
        <translation>数据：小型神经网络</translation>
    </message>
</context>
<context>
    <name>PlaneChoice</name>
    <message>
        <source>PC {n}</source>
        <translation>主方向 {n}</translation>
    </message>
    <message>
        <source>direction {n}</source>
        <translation>方向 {n}</translation>
    </message>
    <message>
        <source>the last point</source>
        <translation>最后一点</translation>
    </message>
    <message>
        <source>Slice through {place} along two random directions, each group of parameters ({groups}) scaled to its size at t = {t}</source>
        <translation>过{place}、沿两个随机方向的截面；各组参数（{groups}）按 t = {t} 时的大小缩放</translation>
    </message>
    <message>
        <source>Slice through {place} along {x} and {y}</source>
        <translation>过{place}、沿 {x} 与 {y} 的截面</translation>
    </message>
    <message>
        <source>Slice through {place} along the principal directions of the earlier path</source>
        <translation>过{place}、沿先前路径主方向的截面</translation>
    </message>
    <message>
        <source>Slice through {place} along the path&apos;s two principal directions, which explain {share} % of its movement ({first} + {second})</source>
        <translation>过{place}、沿路径两个主方向的截面，可解释其移动的 {share} %（{first} + {second}）</translation>
    </message>
    <message>
        <source>The path has no principal directions: slice through {place} along {x} and {y}</source>
        <translation>路径没有主方向：过{place}、沿 {x} 与 {y} 的截面</translation>
    </message>
</context>
<context>
    <name>PointsHeader</name>
    <message>
        <source>Add points</source>
        <translation>添加点</translation>
    </message>
    <message>
        <source>Each click in the plot adds a row to the data; points can be dragged</source>
        <translation>每次点击图中位置都会添加一个样本；点可以拖动</translation>
    </message>
    <message>
        <source>Undo the last change of the points</source>
        <translation>撤销对点的上一次更改</translation>
    </message>
    <message>
        <source>Undo the last change of the points (Del)</source>
        <translation>撤销对点的上一次更改（Del）</translation>
    </message>
    <message>
        <source>Save the points</source>
        <translation>保存数据点</translation>
    </message>
    <message>
        <source>Save the points as CSV</source>
        <translation>将数据点保存为 CSV</translation>
    </message>
    <message>
        <source>Class that a click adds</source>
        <translation>点击所添加的类别</translation>
    </message>
    <message>
        <source>A click adds class {label}; the right button adds the other</source>
        <translation>点击添加类别 {label}；右键添加另一类别</translation>
    </message>
</context>
<context>
    <name>QuantityPlot</name>
    <message>
        <source>Plot of the quantity that the stop rule tests</source>
        <translation>停止准则所检验的量的曲线图</translation>
    </message>
    <message>
        <source>What the stop rule compares with ε, against the number of steps.</source>
        <translation>停止准则与 ε 比较的量随步数的变化。</translation>
    </message>
    <message>
        <source>Log scale: the line breaks where it is not above 0</source>
        <translation>对数坐标：不大于 0 处曲线断开</translation>
    </message>
</context>
<context>
    <name>Race</name>
    <message>
        <source>All first-order optimizers</source>
        <translation>全部一阶优化器</translation>
    </message>
    <message>
        <source>Each with a learning rate that suits it</source>
        <translation>各用适合自己的 η</translation>
    </message>
    <message>
        <source>With and without momentum</source>
        <translation>有无动量之比</translation>
    </message>
    <message>
        <source>Momentum and Nesterov against gradient descent</source>
        <translation>动量法和 Nesterov 动量法对比梯度下降法</translation>
    </message>
    <message>
        <source>Adam with and without bias correction</source>
        <translation>Adam 有无偏差修正之比</translation>
    </message>
    <message>
        <source>m and v start at zero: see what correcting for that changes</source>
        <translation>m 和 v 从零开始：看修正这一偏差有何作用</translation>
    </message>
    <message>
        <source>Three learning rates</source>
        <translation>三种学习率</translation>
    </message>
    <message>
        <source>The selected run with η/4, η and 4η</source>
        <translation>所选运行分别取 η/4、η 和 4η</translation>
    </message>
    <message>
        <source>Newton against the other optimizers</source>
        <translation>牛顿法对其余各法</translation>
    </message>
    <message>
        <source>Counting the cost of its Hessian</source>
        <translation>计入黑塞矩阵的代价</translation>
    </message>
    <message>
        <source>Gradient descent, momentum, AdaGrad, RMSprop, Adam</source>
        <translation>梯度下降、动量、AdaGrad、RMSprop、Adam</translation>
    </message>
    <message>
        <source>The five optimizers of most courses</source>
        <translation>多数课程讲授的五种优化器</translation>
    </message>
    <message>
        <source>All rows, one row, 32, 64</source>
        <translation>全部样本、1 个、32 个、64 个</translation>
    </message>
    <message>
        <source>Batch, stochastic and mini-batch gradient descent</source>
        <translation>批量、随机与小批量梯度下降</translation>
    </message>
    <message>
        <source>No run has converged ({rule}) by t = {t}.</source>
        <translation>到 t = {t} 为止，还没有运行收敛（{rule}）。</translation>
    </message>
    <message>
        <source>First to converge ({rule}): {names} at t = {t}.</source>
        <translation>最先收敛（{rule}）：{names}，t = {t}。</translation>
    </message>
    <message>
        <source>batches of {count}</source>
        <translation>批大小 {count}</translation>
    </message>
    <message>
        <source>seed {seed}</source>
        <translation>种子 {seed}</translation>
    </message>
    <message>
        <source>moving</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>no. {place}</source>
        <translation>第 {place} 名</translation>
    </message>
    <message>
        <source>Choose a line-up or add runs: all start on this function and keep the same t. The setup panel and the other tabs follow the selected run.</source>
        <translation>选择一组预设或添加运行：它们都在这个函数上出发，并始终处于同一 t。设置面板和其他选项卡跟随所选的运行。</translation>
    </message>
    <message>
        <source>Fewest gradient evaluations: not decided yet.</source>
        <translation>梯度计算次数最少：尚无定论。</translation>
    </message>
    <message>
        <source>Fewest gradient evaluations: {names}, {count}.</source>
        <translation>梯度计算次数最少：{names}，{count} 次。</translation>
    </message>
    <message>
        <source>its own stop rule</source>
        <translation>各自的停止准则</translation>
    </message>
</context>
<context>
    <name>RaceView</name>
    <message>
        <source>Race</source>
        <translation>竞赛</translation>
    </message>
    <message>
        <source>Only the selected run</source>
        <translation>只留所选的运行</translation>
    </message>
    <message>
        <source>Show on the plots</source>
        <translation>在图上显示</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>Orange</source>
        <translation>橙色</translation>
    </message>
    <message>
        <source>Sky blue</source>
        <translation>天蓝色</translation>
    </message>
    <message>
        <source>Pink</source>
        <translation>粉紫色</translation>
    </message>
    <message>
        <source>Yellow</source>
        <translation>黄色</translation>
    </message>
    <message>
        <source>Vermilion</source>
        <translation>朱红色</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>绿色</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>蓝色</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>How it is drawn; untick it to hide it</source>
        <translation>它在图上的画法；取消勾选即可隐藏</translation>
    </message>
    <message>
        <source>t</source>
        <translation>t</translation>
    </message>
    <message>
        <source>The shown step of this run</source>
        <translation>这次运行所显示的步</translation>
    </message>
    <message>
        <source>L</source>
        <translation>L</translation>
    </message>
    <message>
        <source>The loss there</source>
        <translation>该处的损失</translation>
    </message>
    <message>
        <source>‖∇L‖</source>
        <translation>‖∇L‖</translation>
    </message>
    <message>
        <source>The length of the gradient there</source>
        <translation>该处梯度的范数</translation>
    </message>
    <message>
        <source># ∇L</source>
        <translation># ∇L</translation>
    </message>
    <message>
        <source>Gradient evaluations so far: one per step. A rule that uses the Hessian counts one more for each parameter, because each column of the Hessian is the derivative of ∇L along one parameter.</source>
        <translation>至今的梯度计算次数：每步一次。用到黑塞矩阵的规则，每个参数另计一次，因为黑塞矩阵的每一列都是 ∇L 沿一个参数的导数。</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>The state of the run at the shown t; after it met its stop rule, its rank</source>
        <translation>运行在所示 t 的状态；满足停止准则之后，显示其名次</translation>
    </message>
    <message>
        <source>Runs of the race</source>
        <translation>竞赛中的运行</translation>
    </message>
    <message>
        <source>Line-up</source>
        <translation>预设</translation>
    </message>
    <message>
        <source>Start a prepared race</source>
        <translation>开始一场预设的竞赛</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Add a run with another optimizer, from the same start</source>
        <translation>添加一次从同一起点出发、使用另一优化器的运行</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Add a run like the selected one, to change it from here on</source>
        <translation>添加一次与所选相同的运行，以便从这里起改动它</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Remove the selected run from the race</source>
        <translation>把所选的运行移出竞赛</translation>
    </message>
    <message>
        <source>Own start</source>
        <translation>独立起点</translation>
    </message>
    <message>
        <source>Its start moves alone; otherwise all starts of the race move together</source>
        <translation>它的起点单独移动；否则各次运行的起点一起移动</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>Colour, start and name of the selected run</source>
        <translation>所选运行的颜色、起点与名称</translation>
    </message>
</context>
<context>
    <name>RateSection</name>
    <message>
        <source>Your own formula of t…</source>
        <translation>自定义 t 的公式…</translation>
    </message>
    <message>
        <source>Type any formula of t below.</source>
        <translation>在下方输入 t 的任意公式。</translation>
    </message>
    <message>
        <source>Learning rate η</source>
        <translation>学习率 η</translation>
    </message>
    <message>
        <source>How far a step goes along the gradient: 0.1, 1e-3; Enter applies it</source>
        <translation>每一步沿梯度走多远：0.1、1e-3；按回车键生效</translation>
    </message>
    <message>
        <source>Learning rate η on a log scale</source>
        <translation>学习率 η（对数刻度）</translation>
    </message>
    <message>
        <source>Schedule of η</source>
        <translation>η 的调度</translation>
    </message>
    <message>
        <source>How η changes with the step t</source>
        <translation>η 随步数 t 如何变化</translation>
    </message>
    <message>
        <source>A constant of the schedule</source>
        <translation>学习率调度中的常数</translation>
    </message>
    <message>
        <source>η as a formula of t</source>
        <translation>η 关于 t 的公式</translation>
    </message>
    <message>
        <source>η as a formula of the step t, such as 0.1/(1 + 0.01t); Enter applies it</source>
        <translation>η 关于步数 t 的公式，例如 0.1/(1 + 0.01t)；按回车键生效</translation>
    </message>
    <message>
        <source>Type a formula of t</source>
        <translation>输入 t 的公式</translation>
    </message>
</context>
<context>
    <name>Rates</name>
    <message>
        <source>converged at {place}</source>
        <translation>收敛于 {place}</translation>
    </message>
    <message>
        <source>stopped at {place}</source>
        <translation>停在{place}</translation>
    </message>
    <message>
        <source>stopped elsewhere</source>
        <translation>停在别处</translation>
    </message>
    <message>
        <source>step limit</source>
        <translation>步数上限</translation>
    </message>
    <message>
        <source>diverged</source>
        <translation>已发散</translation>
    </message>
    <message>
        <source>undefined</source>
        <translation>无定义</translation>
    </message>
    <message>
        <source>still running</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>η = {rate}: {how}, t = {steps}</source>
        <translation>η = {rate}：{how}，t = {steps}</translation>
    </message>
    <message>
        <source>η = {rate}: {how}, t = {steps}, L = {loss}</source>
        <translation>η = {rate}：{how}，t = {steps}，L = {loss}</translation>
    </message>
    <message>
        <source>{note}. Click to use this η</source>
        <translation>{note}。点击即采用此 η</translation>
    </message>
    <message>
        <source>limit of this rule = {rate}</source>
        <translation>此规则的上限 = {rate}</translation>
    </message>
    <message>
        <source>Fewest steps: {steps} at η = {rate}.</source>
        <translation>步数最少：{steps} 步，η = {rate}。</translation>
    </message>
    <message>
        <source>Every η of this range diverges.</source>
        <translation>此范围内的 η 全都发散。</translation>
    </message>
    <message>
        <source>No η of this range has met the stop rule yet.</source>
        <translation>此范围内还没有 η 满足停止准则。</translation>
    </message>
    <message>
        <source>No η of this range meets the stop rule within the step limit.</source>
        <translation>此范围内没有 η 在步数上限内满足停止准则。</translation>
    </message>
    <message>
        <source>{highest} at the minimum ({point}).</source>
        <translation>{highest} 取自极小值点 ({point})。</translation>
    </message>
    <message>
        <source>{highest} at the lowest point reached, ({point}).</source>
        <translation>{highest} 取自到达的最低点 ({point})。</translation>
    </message>
    <message>
        <source>1/{highest} and 2/{highest} are for plain gradient descent, not for this rule.</source>
        <translation>1/{highest} 和 2/{highest} 适用于普通梯度下降，不适用于此规则。</translation>
    </message>
    <message>
        <source>○ step limit.</source>
        <translation>○ 达到步数上限。</translation>
    </message>
    <message>
        <source>Colour: the point reached.</source>
        <translation>颜色：到达的点。</translation>
    </message>
    <message>
        <source>At most {most} steps for each η.</source>
        <translation>每个 η 最多计算 {most} 步。</translation>
    </message>
    <message>
        <source>The largest η must exceed the smallest.</source>
        <translation>最大的 η 必须大于最小的 η。</translation>
    </message>
</context>
<context>
    <name>RatesView</name>
    <message>
        <source>Rates</source>
        <translation>学习率扫描</translation>
    </message>
    <message>
        <source>η from</source>
        <translation>η 从</translation>
    </message>
    <message>
        <source>to</source>
        <translation>到</translation>
    </message>
    <message>
        <source>values</source>
        <translation>个数</translation>
    </message>
    <message>
        <source>Smallest learning rate</source>
        <translation>最小学习率</translation>
    </message>
    <message>
        <source>Largest learning rate</source>
        <translation>最大学习率</translation>
    </message>
    <message>
        <source>Number of learning rates</source>
        <translation>学习率的个数</translation>
    </message>
    <message>
        <source>The smallest η of the sweep; Enter applies it</source>
        <translation>扫描中最小的 η；按回车键生效</translation>
    </message>
    <message>
        <source>The largest η of the sweep; Enter applies it</source>
        <translation>扫描中最大的 η；按回车键生效</translation>
    </message>
    <message>
        <source>How many values of η, each the same multiple of the one before; Enter applies it</source>
        <translation>按等比取多少个 η；按回车键生效</translation>
    </message>
    <message>
        <source>How much of the sweep is done</source>
        <translation>扫描的进度</translation>
    </message>
    <message>
        <source>Stop the sweep here</source>
        <translation>扫描到此为止</translation>
    </message>
    <message>
        <source>Compute the rest of the sweep</source>
        <translation>把扫描算完</translation>
    </message>
    <message>
        <source>Ways of looking at the sweep</source>
        <translation>查看扫描的方式</translation>
    </message>
    <message>
        <source>Plots</source>
        <translation>曲线</translation>
    </message>
    <message>
        <source>Loss and steps against η</source>
        <translation>损失和步数随 η 的变化</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>图示</translation>
    </message>
    <message>
        <source>The first steps with eight of the learning rates</source>
        <translation>其中八个学习率的最初几步</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>表格</translation>
    </message>
    <message>
        <source>The same in numbers; Enter uses the η of a row</source>
        <translation>同样内容的数值；按回车键采用该行的 η</translation>
    </message>
    <message>
        <source>final L</source>
        <translation>最终 L</translation>
    </message>
    <message>
        <source>steps</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>Plot of the final loss against η</source>
        <translation>最终损失随 η 变化的曲线图</translation>
    </message>
    <message>
        <source>Plot of the steps to ε against η</source>
        <translation>达到 ε 所需步数随 η 变化的曲线图</translation>
    </message>
    <message>
        <source>The table holds the same in numbers. Click a point to use its η.</source>
        <translation>表格以数值给出同样内容。点击一个点即采用它的 η。</translation>
    </message>
    <message>
        <source>diverges</source>
        <translation>发散</translation>
    </message>
    <message>
        <source>The sweep in numbers</source>
        <translation>扫描的数值</translation>
    </message>
    <message>
        <source>how it ended</source>
        <translation>结局</translation>
    </message>
</context>
<context>
    <name>Rises</name>
    <message>
        <source>▲ t = {t} → {next}: the loss rose by {rise}</source>
        <translation>▲ t = {t} → {next}：损失上升 {rise}</translation>
    </message>
    <message>
        <source>{what}: {why}</source>
        <translation>{what}；{why}</translation>
    </message>
    <message>
        <source>the step was not downhill, ∇L·Δ = {first} &gt; 0</source>
        <translation>这一步不是下降方向，∇L·Δ = {first} &gt; 0</translation>
    </message>
    <message>
        <source>the second-order term outweighed the first, ∇L·Δ = {first}, ½ΔᵀHΔ = {second}</source>
        <translation>二阶项超过了一阶项，∇L·Δ = {first}，½ΔᵀHΔ = {second}</translation>
    </message>
    <message>
        <source>the terms of higher order made it rise; the first two predicted a decrease, ∇L·Δ = {first}, ½ΔᵀHΔ = {second}</source>
        <translation>由三阶及更高阶项造成；前两项预测损失下降，∇L·Δ = {first}，½ΔᵀHΔ = {second}</translation>
    </message>
    <message>
        <source>this is within rounding error; the first two terms predicted a decrease, ∇L·Δ = {first}, ½ΔᵀHΔ = {second}</source>
        <translation>这在舍入误差以内；前两项预测损失下降，∇L·Δ = {first}，½ΔᵀHΔ = {second}</translation>
    </message>
    <message>
        <source>the next batch has other rows, and each loss is the mean over its own batch</source>
        <translation>下一批的样本不同，每个损失都只是本批样本的平均</translation>
    </message>
</context>
<context>
    <name>RuleEditor</name>
    <message>
        <source>The optimizer&apos;s rule</source>
        <translation>优化器的更新规则</translation>
    </message>
    <message>
        <source>Hyperparameters</source>
        <translation>超参数</translation>
    </message>
    <message>
        <source>State at the start</source>
        <translation>初始状态</translation>
    </message>
    <message>
        <source>Rule, line by line</source>
        <translation>逐行的更新规则</translation>
    </message>
    <message>
        <source>Numbers that can be changed in the panel, as name = value, with commas between</source>
        <translation>可在面板中修改的数，写作“名称 = 数值”，以逗号分隔</translation>
    </message>
    <message>
        <source>What the rule keeps for each parameter from step to step, as name = value at the start</source>
        <translation>更新规则为每个参数逐步保存的量，以“名称 = 初始值”写出</translation>
    </message>
    <message>
        <source>One assignment a line; the last one assigns theta. Ctrl+Enter applies the rule.</source>
        <translation>每行一个赋值，最后一行给 theta 赋值。按 Ctrl+回车键生效。</translation>
    </message>
    <message>
        <source>The rule is applied to each parameter separately. It may use theta, g (the slope), t (1 at the first update), eta, newton (the entry of H⁻¹∇L), and the names above.</source>
        <translation>更新规则分别用于每个参数。可以使用 theta、g（该参数的偏导数）、t（第一次更新时为 1）、eta、newton（H⁻¹∇L 的相应分量），以及上面给出的名称。</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>应用</translation>
    </message>
    <message>
        <source>Use this rule from the shown step on (Ctrl+Enter)</source>
        <translation>从当前这一步起使用此规则（Ctrl+回车键）</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>放弃</translation>
    </message>
    <message>
        <source>Close without keeping the changes</source>
        <translation>放弃修改并关闭</translation>
    </message>
</context>
<context>
    <name>SliceSelector</name>
    <message>
        <source>Two parameters</source>
        <translation>两个参数</translation>
    </message>
    <message>
        <source>The other parameters stay as they are at the point</source>
        <translation>其余参数取该点处的值</translation>
    </message>
    <message>
        <source>Principal directions</source>
        <translation>主方向</translation>
    </message>
    <message>
        <source>The two directions along which the path moves most</source>
        <translation>路径移动最多的两个方向</translation>
    </message>
    <message>
        <source>Random directions</source>
        <translation>随机方向</translation>
    </message>
    <message>
        <source>Two random directions; in each group of parameters they are as long as θ is in that group</source>
        <translation>随机的两个方向，在各组参数上的长度与 θ 在该组的长度相同</translation>
    </message>
    <message>
        <source>The picture changes as the point moves</source>
        <translation>图像随当前点移动而变化</translation>
    </message>
    <message>
        <source>Shown point</source>
        <translation>当前点</translation>
    </message>
    <message>
        <source>Last point</source>
        <translation>最后一点</translation>
    </message>
    <message>
        <source>The picture stands still while the recorded run is played</source>
        <translation>播放已记录的过程时图像保持不动</translation>
    </message>
    <message>
        <source>Directions of the slice</source>
        <translation>截面的方向</translation>
    </message>
    <message>
        <source>Which two directions of the parameters&apos; space are shown</source>
        <translation>显示参数空间中的哪两个方向</translation>
    </message>
    <message>
        <source>Point of the slice</source>
        <translation>截面经过的点</translation>
    </message>
    <message>
        <source>Through which point of the path the slice goes</source>
        <translation>截面经过路径上的哪一点</translation>
    </message>
    <message>
        <source>Parameter along the horizontal axis</source>
        <translation>横轴参数</translation>
    </message>
    <message>
        <source>Parameter along the vertical axis</source>
        <translation>纵轴参数</translation>
    </message>
    <message>
        <source>Draw others</source>
        <translation>换一组</translation>
    </message>
    <message>
        <source>Other random directions</source>
        <translation>换一组随机方向</translation>
    </message>
    <message>
        <source>Draw two other random directions</source>
        <translation>重新抽取两个随机方向</translation>
    </message>
    <message>
        <source>The path and the arrows are projected onto the slice</source>
        <translation>路径与箭头投影到截面上显示</translation>
    </message>
</context>
<context>
    <name>SliceView</name>
    <message>
        <source>The loss along −∇L</source>
        <translation>沿 −∇L 的损失</translation>
    </message>
    <message>
        <source>The loss after one plain gradient step, for each learning rate τ.</source>
        <translation>取任意学习率 τ 走一步普通梯度下降后的损失。</translation>
    </message>
</context>
<context>
    <name>StartAdvice</name>
    <message>
        <source>Proposed start: at zeros the slope is 0.</source>
        <translation>建议的起点：在原点处斜率为 0。</translation>
    </message>
    <message>
        <source>Proposed start: at zeros all hidden units are alike and would stay so.</source>
        <translation>建议的起点：参数全为 0 时所有隐藏单元相同，并会一直相同。</translation>
    </message>
    <message>
        <source>Proposed start: at zeros the loss or its slope has no value.</source>
        <translation>建议的起点：参数全为 0 时损失或其斜率没有值。</translation>
    </message>
    <message>
        <source>This start is a stationary point: the slope is 0 there.</source>
        <translation>该起点是驻点：此处斜率为 0。</translation>
    </message>
    <message>
        <source>Hidden units start alike here, so they stay alike: give them different values.</source>
        <translation>隐藏单元的初值相同，因此会一直相同：请给它们不同的值。</translation>
    </message>
</context>
<context>
    <name>Starts</name>
    <message>
        <source>Best: L = {loss}, from ({start})</source>
        <translation>最优：L = {loss}，起点 ({start})</translation>
    </message>
    <message>
        <source>No start has stopped at a minimum.</source>
        <translation>没有起点停在极小值点。</translation>
    </message>
    <message>
        <source>Global minimum L = {loss}:</source>
        <translation>全局最小值 L = {loss}：</translation>
    </message>
    <message>
        <source>Lowest minimum found, L = {loss}:</source>
        <translation>找到的最低极小值 L = {loss}：</translation>
    </message>
    <message>
        <source>{minimum} none of {count} starts, {sure} interval up to p = {high}.</source>
        <translation>{minimum}{count} 个起点都未到达，{sure} 置信区间的上限为 p = {high}。</translation>
    </message>
    <message>
        <source>{minimum} p = {share}, {sure} interval {low} to {high}.</source>
        <translation>{minimum}p = {share}，{sure} 置信区间 {low} 至 {high}。</translation>
    </message>
    <message>
        <source>{said} With {starts} starts it is {sure} sure.</source>
        <translation>{said}取 {starts} 个起点即有 {sure} 的把握。</translation>
    </message>
    <message>
        <source>Only the first {most} are drawn.</source>
        <translation>图上只画前 {most} 个。</translation>
    </message>
    <message>
        <source>At most {most} steps for each start.</source>
        <translation>每个起点最多计算 {most} 步。</translation>
    </message>
</context>
<context>
    <name>StartsView</name>
    <message>
        <source>Starts</source>
        <translation>多起点</translation>
    </message>
    <message>
        <source>Random starts</source>
        <translation>随机起点</translation>
    </message>
    <message>
        <source>Number of random starts</source>
        <translation>随机起点的个数</translation>
    </message>
    <message>
        <source>How many random starts to choose inside the initial view; Enter applies it</source>
        <translation>在初始视图内随机取多少个起点；按回车键生效</translation>
    </message>
    <message>
        <source>Other starts</source>
        <translation>换一批起点</translation>
    </message>
    <message>
        <source>Choose the same number of other random starts (Enter)</source>
        <translation>再随机取同样多的起点（回车键）</translation>
    </message>
    <message>
        <source>Use the best start</source>
        <translation>取最优起点</translation>
    </message>
    <message>
        <source>Descend from the start with the lowest loss</source>
        <translation>从最终损失最低的起点开始下降</translation>
    </message>
    <message>
        <source>How much of the descents is done</source>
        <translation>各次下降的进度</translation>
    </message>
    <message>
        <source>Stop the descents here</source>
        <translation>各次下降到此为止</translation>
    </message>
    <message>
        <source>Compute the rest of the descents</source>
        <translation>把各次下降算完</translation>
    </message>
    <message>
        <source>Where the starts end</source>
        <translation>各起点的终点</translation>
    </message>
    <message>
        <source>Enter or a double click descends from a row&apos;s best start</source>
        <translation>按回车键或双击，从该行最优的起点开始下降</translation>
    </message>
    <message>
        <source>point reached</source>
        <translation>到达的点</translation>
    </message>
    <message>
        <source>final L</source>
        <translation>最终 L</translation>
    </message>
    <message>
        <source>starts</source>
        <translation>起点数</translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message>
        <source>paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>moving</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>converged</source>
        <translation>已收敛</translation>
    </message>
    <message>
        <source>step limit</source>
        <translation>步数上限</translation>
    </message>
    <message>
        <source>undefined</source>
        <translation>无定义</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>diverged</source>
        <translation>已发散</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>出错</translation>
    </message>
</context>
<context>
    <name>StepLayer</name>
    <message>
        <source>{vector}, projected</source>
        <translation>{vector}（投影）</translation>
    </message>
</context>
<context>
    <name>StepReadout</name>
    <message>
        <source>This step</source>
        <translation>本步</translation>
    </message>
    <message>
        <source>The rule with the numbers of this step</source>
        <translation>代入本步数值的更新规则</translation>
    </message>
    <message>
        <source>Ctrl+C copies the whole step</source>
        <translation>按 Ctrl+C 复制整步</translation>
    </message>
</context>
<context>
    <name>StepTab</name>
    <message>
        <source>This step</source>
        <translation>本步</translation>
    </message>
</context>
<context>
    <name>StepTable</name>
    <message>
        <source>Steps</source>
        <translation>步骤</translation>
    </message>
    <message>
        <source>Rows copied: {count}</source>
        <translation>已复制 {count} 行</translation>
    </message>
    <message>
        <source>Only the first {count} rows were copied; a file takes all</source>
        <translation>只复制了前 {count} 行；导出到文件则包含全部</translation>
    </message>
    <message>
        <source>Hide {column}</source>
        <translation>隐藏 {column}</translation>
    </message>
    <message>
        <source>Show all columns</source>
        <translation>显示所有列</translation>
    </message>
    <message>
        <source>Columns…</source>
        <translation>列…</translation>
    </message>
    <message>
        <source>Rows: {count}</source>
        <translation>共 {count} 行</translation>
    </message>
    <message>
        <source>Table of the steps</source>
        <translation>步骤表</translation>
    </message>
    <message>
        <source>Each row is a step. Ctrl+← and Ctrl+→ go from column to column.</source>
        <translation>每行是一步。按 Ctrl+← 和 Ctrl+→ 在各列之间移动。</translation>
    </message>
    <message>
        <source>Select all rows</source>
        <translation>选择所有行</translation>
    </message>
    <message>
        <source>Choose the columns that are shown</source>
        <translation>选择要显示的列</translation>
    </message>
    <message>
        <source>Copy rows</source>
        <translation>复制所选行</translation>
    </message>
    <message>
        <source>Copy the selected rows, tab-separated and with all digits (Ctrl+C)</source>
        <translation>复制选中的行，以制表符分隔并保留全部数字（Ctrl+C）</translation>
    </message>
</context>
<context>
    <name>StopRules</name>
    <message>
        <source>stop when {condition}</source>
        <translation>当 {condition} 时停止</translation>
    </message>
</context>
<context>
    <name>StopSection</name>
    <message>
        <source>Tolerance ε</source>
        <translation>容差 ε</translation>
    </message>
    <message>
        <source>The descent ends when the quantity below falls under ε; Enter applies it</source>
        <translation>下方的量小于 ε 时下降结束；按回车键生效</translation>
    </message>
    <message>
        <source>Tolerance ε on a log scale</source>
        <translation>容差 ε（对数刻度）</translation>
    </message>
    <message>
        <source>Stop rule</source>
        <translation>停止准则</translation>
    </message>
    <message>
        <source>What is compared with ε before each update</source>
        <translation>每次更新之前与 ε 比较的量</translation>
    </message>
    <message>
        <source>t ≤</source>
        <translation>t ≤</translation>
    </message>
    <message>
        <source>Step limit</source>
        <translation>步数上限</translation>
    </message>
    <message>
        <source>The descent ends after this many updates at the latest</source>
        <translation>最多更新这么多次，下降便结束</translation>
    </message>
</context>
<context>
    <name>Stopping</name>
    <message>
        <source>It has not stopped yet</source>
        <translation>尚未停止</translation>
    </message>
    <message>
        <source>This step is not revealed yet.</source>
        <translation>这一步尚未揭晓。</translation>
    </message>
    <message>
        <source>At t = {t}: {sentence}</source>
        <translation>t = {t} 时：{sentence}</translation>
    </message>
    <message>
        <source>{rule} (current)</source>
        <translation>{rule}（生效中）</translation>
    </message>
    <message>
        <source>not yet</source>
        <translation>尚未</translation>
    </message>
    <message>
        <source>not within these {count} steps</source>
        <translation>这 {count} 步内不会</translation>
    </message>
</context>
<context>
    <name>StoppingView</name>
    <message>
        <source>Stopping</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Stop rule</source>
        <translation>停止准则</translation>
    </message>
    <message>
        <source>Would stop at</source>
        <translation>会停在</translation>
    </message>
    <message>
        <source>Quantity</source>
        <translation>比较的量</translation>
    </message>
    <message>
        <source>Quantity on the plot</source>
        <translation>图中的量</translation>
    </message>
    <message>
        <source>The rule whose quantity is plotted; the run does not change</source>
        <translation>选择画出哪条准则的量；运行不受影响</translation>
    </message>
    <message>
        <source>Where each stop rule would have stopped</source>
        <translation>各停止准则会停在何处</translation>
    </message>
    <message>
        <source>Click a rule to plot its quantity, a step to go there (or press Enter)</source>
        <translation>点击准则可画出它的量，点击步数可跳到该步（或按回车键）</translation>
    </message>
</context>
<context>
    <name>SurfaceView</name>
    <message>
        <source>Stretched: {x} and {y} have different scales</source>
        <translation>图形经过拉伸：{x} 与 {y} 的比例尺不同</translation>
    </message>
    <message>
        <source>The point is outside the view</source>
        <translation>当前点在视野之外</translation>
    </message>
    <message>
        <source>Surface</source>
        <translation>曲面</translation>
    </message>
    <message>
        <source>The loss over two parameters as a surface, with the path of the descent.</source>
        <translation>两个参数上的损失曲面，以及下降的路径。</translation>
    </message>
    <message>
        <source>Log height</source>
        <translation>对数高度</translation>
    </message>
    <message>
        <source>Heights by the logarithm of the loss; the colours stay as they are</source>
        <translation>高度取损失的对数；颜色不变</translation>
    </message>
    <message>
        <source>Drag to turn, wheel to zoom, double-click to reset</source>
        <translation>拖动旋转，滚轮缩放，双击复位</translation>
    </message>
</context>
<context>
    <name>TabPanel</name>
    <message>
        <source>Ways of looking at what is shown</source>
        <translation>查看当前内容的方式</translation>
    </message>
    <message>
        <source>What the tabs are about</source>
        <translation>选项卡的主题</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>单步</translation>
    </message>
    <message>
        <source>About the shown step</source>
        <translation>关于当前这一步</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>About the whole run</source>
        <translation>关于整次运行</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>About many runs at once</source>
        <translation>同时比较多次运行</translation>
    </message>
</context>
<context>
    <name>Taylor</name>
    <message>
        <source>First order</source>
        <translation>一阶</translation>
    </message>
    <message>
        <source>Second order</source>
        <translation>二阶</translation>
    </message>
    <message>
        <source>Order {n}</source>
        <translation>{n} 阶</translation>
    </message>
    <message>
        <source>Actual</source>
        <translation>实际</translation>
    </message>
    <message>
        <source>The step leads to where the loss or a derivative is not a finite number.</source>
        <translation>这一步到达的地方，损失或某个导数不是有限的数。</translation>
    </message>
    <message>
        <source>The loss changes by less than the rounding error.</source>
        <translation>损失的变化小于舍入误差，无法分辨。</translation>
    </message>
    <message>
        <source>This step does not point downhill: ∇L·Δ &gt; 0.</source>
        <translation>这一步不指向下降方向：∇L·Δ &gt; 0。</translation>
    </message>
    <message>
        <source>The slope predicts a decrease, but the curvature outweighs it and the loss rises: the step is too long.</source>
        <translation>按梯度应当下降，但曲率项超过了它，损失反而上升：这一步太长。</translation>
    </message>
    <message>
        <source>Slope and curvature predict a decrease, yet the loss rises: the step leaves the region that they describe.</source>
        <translation>按梯度和曲率应当下降，损失却上升：这一步走出了它们所能描述的范围。</translation>
    </message>
    <message>
        <source>The slope alone is right to within 1 %: over so short a step the landscape is nearly a plane.</source>
        <translation>仅凭梯度，误差就在 1 % 以内：这一步很短，地形近似于一个平面。</translation>
    </message>
    <message>
        <source>The predictions by slope and by curvature are both somewhat off: terms of higher order matter here.</source>
        <translation>梯度和曲率的预测都有些偏差：此处高阶项不可忽略。</translation>
    </message>
    <message>
        <source>Neither slope nor curvature predicts this step: it is too long for a local model.</source>
        <translation>梯度和曲率都无法预测这一步：对局部模型来说，这一步太长。</translation>
    </message>
    <message>
        <source>The slope alone is far off; the curvature explains most of the difference.</source>
        <translation>仅凭梯度相差很远；曲率解释了大部分差异。</translation>
    </message>
    <message>
        <source>The slope alone is off by {first}; with the curvature the prediction is right.</source>
        <translation>仅凭梯度，误差为 {first}；加上曲率，预测准确。</translation>
    </message>
    <message>
        <source>The slope alone is off by {first}, slope and curvature together by {second}.</source>
        <translation>仅凭梯度，误差为 {first}；梯度加曲率，误差为 {second}。</translation>
    </message>
    <message>
        <source>The run has ended here: Δ is the step that was not made.</source>
        <translation>运行到此结束：Δ 是没有走的那一步。</translation>
    </message>
    <message>
        <source>Computing the second derivatives …</source>
        <translation>正在计算二阶导数……</translation>
    </message>
    <message>
        <source>This step is not revealed yet.</source>
        <translation>这一步尚未揭晓。</translation>
    </message>
    <message>
        <source>∇L is not finite here, so no angle can be measured to it.</source>
        <translation>此处 ∇L 不是有限的，无法度量与它的夹角。</translation>
    </message>
    <message>
        <source>∇L = 0 here: the slope predicts no change in any direction; β counts from the horizontal axis.</source>
        <translation>此处 ∇L = 0：按梯度预测，任何方向上都没有变化；β 从横轴量起。</translation>
    </message>
    <message>
        <source>In the plane of {x} and {y} through θₜ; β counts from the part of ∇L that lies in it.</source>
        <translation>在过 θₜ 的 {x}、{y} 平面内；β 从 ∇L 在该平面内的分量量起。</translation>
    </message>
    <message>
        <source>Here a derivative is not a finite number: there is no such polynomial.</source>
        <translation>此处某个导数不是有限的数：不存在这样的多项式。</translation>
    </message>
    <message>
        <source>The polynomial ends at order {n}: the next derivative of this formula is too long to write down.</source>
        <translation>多项式止于 {n} 阶：这个公式的下一阶导数太长，无法写出。</translation>
    </message>
    <message>
        <source>{step}, the loss over all rows</source>
        <translation>{step}，全部样本上的损失</translation>
    </message>
</context>
<context>
    <name>TaylorDerivation</name>
    <message>
        <source>Why −∇L is the steepest way down</source>
        <translation>为什么 −∇L 是下降最快的方向</translation>
    </message>
    <message>
        <source>Show or hide the derivation</source>
        <translation>显示或隐藏推导</translation>
    </message>
    <message>
        <source>Close to θ the landscape is nearly a plane, its tangent plane:</source>
        <translation>在 θ 附近，地形近似于一个平面，即切平面：</translation>
    </message>
    <message>
        <source>So a step Δ changes the loss by nearly the scalar product of gradient and step, where β is the angle between the two:</source>
        <translation>因此走一步 Δ，损失的变化近似等于梯度与 Δ 的内积，其中 β 是两者的夹角：</translation>
    </message>
    <message>
        <source>Among all steps of the same length only cos β differs. It is least at β = 180°, so the loss falls most where Δ points along −∇L:</source>
        <translation>步长相同时，不同的只有 cos β。β = 180° 时它最小，所以 Δ 沿 −∇L 方向时损失下降最多：</translation>
    </message>
    <message>
        <source>That is the step of gradient descent; the change that it predicts is:</source>
        <translation>这就是梯度下降的一步；它预测的变化是：</translation>
    </message>
    <message>
        <source>The plane is only an approximation: the curvature term grows with ‖Δθ‖², and a step that is too long overshoots:</source>
        <translation>平面只是近似：曲率项随 ‖Δθ‖² 增大，这一步太长就会越过极小值点：</translation>
    </message>
</context>
<context>
    <name>TaylorTable</name>
    <message>
        <source>change of L</source>
        <translation>L 的变化</translation>
    </message>
    <message>
        <source>error</source>
        <translation>误差</translation>
    </message>
    <message>
        <source>Predicted minus actual change, and the same as a share of the actual change</source>
        <translation>预测值减实际值，及其占实际变化的比例</translation>
    </message>
</context>
<context>
    <name>TaylorView</name>
    <message>
        <source>Taylor</source>
        <translation>泰勒</translation>
    </message>
    <message>
        <source>What slope and curvature predict for this step, and what actually happens</source>
        <translation>梯度和曲率对这一步的预测，以及实际的结果</translation>
    </message>
    <message>
        <source>Ctrl+C copies it</source>
        <translation>按 Ctrl+C 复制</translation>
    </message>
</context>
<context>
    <name>TransportBar</name>
    <message>
        <source>Step</source>
        <translation>单步</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>Back to the start</source>
        <translation>回到起点</translation>
    </message>
    <message>
        <source>Back to the start (Home)</source>
        <translation>回到起点（Home）</translation>
    </message>
    <message>
        <source>One step back</source>
        <translation>后退一步</translation>
    </message>
    <message>
        <source>One step back (← or PgUp)</source>
        <translation>后退一步（← 或 PgUp）</translation>
    </message>
    <message>
        <source>One step</source>
        <translation>前进一步</translation>
    </message>
    <message>
        <source>One step (→ or PgDn)</source>
        <translation>前进一步（→ 或 PgDn）</translation>
    </message>
    <message>
        <source>Run to the end</source>
        <translation>运行到底</translation>
    </message>
    <message>
        <source>Run to the end (End)</source>
        <translation>运行到底（End）</translation>
    </message>
    <message>
        <source>Speed (+ and −)</source>
        <translation>速度（+ 和 −）</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>时间轴</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>播放</translation>
    </message>
    <message>
        <source>Pause (Space)</source>
        <translation>暂停（空格）</translation>
    </message>
    <message>
        <source>Play (Space)</source>
        <translation>播放（空格）</translation>
    </message>
    <message>
        <source>Drag or click to show an earlier step</source>
        <translation>拖动或点击以查看先前的步骤</translation>
    </message>
    <message>
        <source>The run ends after {limit} steps at the latest</source>
        <translation>运行最多 {limit} 步</translation>
    </message>
    <message>
        <source>t = {shown} of {last}</source>
        <translation>t = {shown} / {last}</translation>
    </message>
    <message>
        <source>max</source>
        <translation>最快</translation>
    </message>
    <message>
        <source>1 step/s</source>
        <translation>1 步/秒</translation>
    </message>
    <message>
        <source>1 step in {seconds} s</source>
        <translation>{seconds} 秒/步</translation>
    </message>
    <message>
        <source>{speed} steps/s</source>
        <translation>{speed} 步/秒</translation>
    </message>
</context>
<context>
    <name>TransportPresenter</name>
    <message>
        <source>gdsim has a fault of its own; standard error has the details</source>
        <translation>gdsim 内部出错；详情见标准错误输出</translation>
    </message>
</context>
<context>
    <name>WorkProgress</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
</context>
<context>
    <name>_Row</name>
    <message>
        <source>Constant {name}</source>
        <translation>常数 {name}</translation>
    </message>
    <message>
        <source>Make {name} a parameter</source>
        <translation>将 {name} 设为参数</translation>
    </message>
    <message>
        <source>The value of the constant {name}; Enter applies it</source>
        <translation>常数 {name} 的值；按 Enter 生效</translation>
    </message>
    <message>
        <source>Drag it and watch how the function changes</source>
        <translation>拖动并观察函数如何变化</translation>
    </message>
    <message>
        <source>{name} is a constant. Press to make it a parameter that is learned.</source>
        <translation>{name} 是常数。按下可将其设为待学习的参数。</translation>
    </message>
</context>
</TS>
