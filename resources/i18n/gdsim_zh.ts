<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
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
        <source>Start point: drag it</source>
        <translation>起点：可拖动</translation>
    </message>
    <message>
        <source>Stretched: {x} and {y} have different scales</source>
        <translation>图形经过拉伸：{x} 与 {y} 的比例尺不同</translation>
    </message>
    <message>
        <source>The point is outside the view</source>
        <translation>当前点在视野之外</translation>
    </message>
</context>
<context>
    <name>Controller</name>
    <message>
        <source>Something went wrong inside gdsim; standard error has the details</source>
        <translation>gdsim 内部出错；详情见标准错误输出</translation>
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
        <source>the learning rate must be a finite number, not {value}</source>
        <translation>学习率必须是有限的数，而不是 {value}</translation>
    </message>
    <message>
        <source>the learning rate must be greater than 0, not {value}</source>
        <translation>学习率必须大于 0，而不是 {value}</translation>
    </message>
    <message>
        <source>the start has {given} numbers; the function has {count} parameters: {names}</source>
        <translation>起点有 {given} 个数，而函数有 {count} 个参数：{names}</translation>
    </message>
    <message>
        <source>the tolerance ε must be greater than 0</source>
        <translation>终止阈值 ε 必须大于 0</translation>
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
        <translation>没有名为 {key} 的终止准则；可用：{known}</translation>
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
        <source>{symbol} at column {column} has nothing to work on</source>
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
        <source>the closing parenthesis at column {column} has no partner</source>
        <translation>第 {column} 列的右括号没有对应的左括号</translation>
    </message>
    <message>
        <source>the comma at column {column} is only for min and max; decimals are written with a point</source>
        <translation>第 {column} 列的逗号只能用于 min 和 max；小数点请写作“.”</translation>
    </message>
    <message>
        <source>the formula is nested more than {most} deep at column {column}</source>
        <translation>公式在第 {column} 列处的嵌套超过 {most} 层</translation>
    </message>
    <message>
        <source>the formula ends at column {column} where something is missing</source>
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
        <source>the formula has no parameter to descend along</source>
        <translation>公式中没有参数，无法进行下降</translation>
    </message>
    <message>
        <source>the formula has {count} parameters; at most {most} can be descended along</source>
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
        <source>{name} has a meaning of its own in every rule</source>
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
        <source>converged at t = {t}: {quantity} = {value} &lt; ε = {epsilon}</source>
        <translation>t = {t} 时收敛：{quantity} = {value} &lt; ε = {epsilon}</translation>
    </message>
    <message>
        <source>step limit reached at t = {t}: no stop rule was met</source>
        <translation>t = {t} 时达到步数上限：未满足终止准则</translation>
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
        <source>stopped by the user at t = {t}</source>
        <translation>t = {t} 时由用户停止</translation>
    </message>
    <message>
        <source>line {line}: {sentence}</source>
        <translation>第 {line} 行：{sentence}</translation>
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
    <name>Editing</name>
    <message>
        <source>{name} usually starts here at η = {eta}.</source>
        <translation>{name}在这里通常取 η = {eta}。</translation>
    </message>
</context>
<context>
    <name>Exporting</name>
    <message>
        <source>Export the steps</source>
        <translation>导出各步数据</translation>
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
    <name>FunctionSection</name>
    <message>
        <source>Your own formula…</source>
        <translation>自定义公式…</translation>
    </message>
    <message>
        <source>Type any formula in the field below; its parameters are found by themselves.</source>
        <translation>在下方输入任意公式，其中的参数会自动识别。</translation>
    </message>
    <message>
        <source>Function</source>
        <translation>函数</translation>
    </message>
    <message>
        <source>The loss function whose minimum is sought</source>
        <translation>要求最小值的损失函数</translation>
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
</context>
<context>
    <name>Futures</name>
    <message>
        <source>can go on</source>
        <translation>可继续</translation>
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
        <source>Line before</source>
        <translation>上一行</translation>
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
        <source>Ctrl+Shift+C</source>
        <translation>Ctrl+Shift+C</translation>
    </message>
    <message>
        <source>Copy this step</source>
        <translation>复制本步</translation>
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
</context>
<context>
    <name>LandscapePanel</name>
    <message>
        <source>Landscape</source>
        <translation>损失地形</translation>
    </message>
    <message>
        <source>Slice through the shown point:</source>
        <translation>过当前点的截面：</translation>
    </message>
    <message>
        <source>Parameter along the horizontal axis</source>
        <translation>横轴上的参数</translation>
    </message>
    <message>
        <source>Parameter along the vertical axis</source>
        <translation>纵轴上的参数</translation>
    </message>
    <message>
        <source>The other parameters stay as they are at the shown point</source>
        <translation>其余参数保持当前点的值不变</translation>
    </message>
    <message>
        <source>Reset the view</source>
        <translation>重置视图</translation>
    </message>
    <message>
        <source>Reset the view (0)</source>
        <translation>重置视图（0）</translation>
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
        <source>Loss</source>
        <translation>损失</translation>
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
        <source>Line before</source>
        <translation>上一行</translation>
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
        <source>As the system</source>
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
    <name>NumbersText</name>
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
        <source>Use it</source>
        <translation>采用</translation>
    </message>
    <message>
        <source>Set η to this value</source>
        <translation>将 η 设为此值</translation>
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
        <source>Line before</source>
        <translation>上一行</translation>
    </message>
    <message>
        <source>Line before (Shift+←)</source>
        <translation>上一行（Shift+←）</translation>
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
        <source>No stop rule but the step limit → move on</source>
        <translation>除步数上限外无终止准则 → 继续</translation>
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
        <source>paused: the recording has reached the {size} GB it may take</source>
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
        <source>guesses: {count}, mean error {mean} ‖Δθ‖</source>
        <translation>预测 {count} 次，平均误差 {mean} ‖Δθ‖</translation>
    </message>
    <message>
        <source>Click where θ will land at t = {t}</source>
        <translation>请点击 t = {t} 时 θ 将到达的位置</translation>
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
        <source>What the rule remembers for each parameter, as name = value at the start</source>
        <translation>更新规则为每个参数记住的量，以“名称 = 初始值”写出</translation>
    </message>
    <message>
        <source>One assignment a line; the last one assigns theta. Ctrl+Enter applies the rule.</source>
        <translation>每行一个赋值，最后一行给 theta 赋值。按 Ctrl+回车键生效。</translation>
    </message>
    <message>
        <source>The rule is applied to each parameter by itself. It may use theta, g (the slope), t (1 at the first update), eta, newton (the entry of H⁻¹∇L), and the names above.</source>
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
        <source>Forget the edits and close</source>
        <translation>放弃修改并关闭</translation>
    </message>
</context>
<context>
    <name>RunsView</name>
    <message>
        <source>Futures</source>
        <translation>分支</translation>
    </message>
    <message>
        <source>Go back, change a setting and go on: the run branches from exactly that state, and the future that was left stays here and as a faint line.</source>
        <translation>回到较早的一步，改变某项设置，再继续：运行会恰好从那个状态分出新的分支，原来的分支保留在这里，并在图上显示为淡线。</translation>
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
        <translation>终止 t</translation>
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
        <source>Take up again</source>
        <translation>改走此分支</translation>
    </message>
    <message>
        <source>Go on with the chosen future; this one is kept instead</source>
        <translation>改走选中的分支；现在的分支则保留下来</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Drop the chosen future</source>
        <translation>移除选中的分支</translation>
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
    <name>StopSection</name>
    <message>
        <source>Tolerance ε</source>
        <translation>终止阈值 ε</translation>
    </message>
    <message>
        <source>The descent ends when the quantity below falls under ε; Enter applies it</source>
        <translation>下方的量小于 ε 时下降结束；按回车键生效</translation>
    </message>
    <message>
        <source>Tolerance ε on a log scale</source>
        <translation>终止阈值 ε（对数刻度）</translation>
    </message>
    <message>
        <source>Stop rule</source>
        <translation>终止准则</translation>
    </message>
    <message>
        <source>What is compared with ε before each update</source>
        <translation>每次更新之前与 ε 比较的量</translation>
    </message>
    <message>
        <source>stop when ‖Δθ‖ &lt; ε</source>
        <translation>当 ‖Δθ‖ &lt; ε 时停止</translation>
    </message>
    <message>
        <source>The next step is short.</source>
        <translation>下一步的步长很小。</translation>
    </message>
    <message>
        <source>stop when ‖∇L‖ &lt; ε</source>
        <translation>当 ‖∇L‖ &lt; ε 时停止</translation>
    </message>
    <message>
        <source>The slope is small.</source>
        <translation>梯度很小。</translation>
    </message>
    <message>
        <source>stop when |Lₜ − Lₜ₋₁| &lt; ε</source>
        <translation>当 |Lₜ − Lₜ₋₁| &lt; ε 时停止</translation>
    </message>
    <message>
        <source>The loss hardly changed in the last update.</source>
        <translation>上一次更新中损失几乎没有变化。</translation>
    </message>
    <message>
        <source>stop when L &lt; ε</source>
        <translation>当 L &lt; ε 时停止</translation>
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
        <source>ε is not used; the descent goes on to the step limit.</source>
        <translation>不使用 ε；下降一直进行到步数上限。</translation>
    </message>
    <message>
        <source>At most this many steps</source>
        <translation>步数上限</translation>
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
    <name>StudyPanel</name>
    <message>
        <source>Ways of looking at this step</source>
        <translation>查看本步的方式</translation>
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
</TS>
