"""Every sentence that the core can say, marked for translation.

The core has no Qt and says its sentences in English; a test compares this list with the core's
source, so that none is missing and none is stale.
"""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

SENTENCES = (
    QT_TRANSLATE_NOOP("Core", "there is no function {key}; known: {known}"),
    QT_TRANSLATE_NOOP("Core", "there is no optimizer {key}; known: {known}"),
    QT_TRANSLATE_NOOP("Core", "there is no schedule {key}; known: {known}"),
    QT_TRANSLATE_NOOP(
        "Core", "the learning rate names {name}, which has no number; known schedules: {known}"
    ),
    QT_TRANSLATE_NOOP("Core", "the rule names {name}, which has no number"),
    QT_TRANSLATE_NOOP("Core", "the rule has no use for {name}; it needs: {known}"),
    QT_TRANSLATE_NOOP("Core", "the rule is given as text: lines divided by semicolons"),
    QT_TRANSLATE_NOOP("Core", "the formula is nested too deep to be differentiated"),
    QT_TRANSLATE_NOOP("Core", "the formula is too large to be differentiated"),
    QT_TRANSLATE_NOOP("Core", "the learning rate must be a finite number, not {value}"),
    QT_TRANSLATE_NOOP("Core", "the learning rate must be greater than 0, not {value}"),
    QT_TRANSLATE_NOOP(
        "Core", "numbers in the start: {given}; parameters of the function: {count} ({names})"
    ),
    QT_TRANSLATE_NOOP("Core", "the tolerance ε must be greater than 0"),
    QT_TRANSLATE_NOOP("Core", "the number of steps must be between 1 and {most}"),
    QT_TRANSLATE_NOOP("Core", "{place}: {reason}"),
    QT_TRANSLATE_NOOP("Core", "{optimizer} has no hyperparameter {name}; it has: {known}"),
    QT_TRANSLATE_NOOP("Core", "there is no stop rule {key}; known: {known}"),
    QT_TRANSLATE_NOOP("Core", "the number at column {column} is too large to compute with"),
    QT_TRANSLATE_NOOP("Core", "division by zero at column {column}"),
    QT_TRANSLATE_NOOP("Core", "the number at column {column} is not defined in the reals"),
    QT_TRANSLATE_NOOP("Core", "{symbol} at column {column} is not part of the notation"),
    QT_TRANSLATE_NOOP("Core", "the formula is empty"),
    QT_TRANSLATE_NOOP("Core", "the formula has {length} characters; at most {most} are read"),
    QT_TRANSLATE_NOOP("Core", "the formula has more than {most} operations"),
    QT_TRANSLATE_NOOP("Core", "{text} is not a name"),
    QT_TRANSLATE_NOOP(
        "Core", "{symbol} at column {column} is not part of the notation; write abs(…)"
    ),
    QT_TRANSLATE_NOOP("Core", "{symbol} at column {column} lacks an operand"),
    QT_TRANSLATE_NOOP("Core", "unknown name {name} at column {column}; known: {known}"),
    QT_TRANSLATE_NOOP("Core", "an operator is missing before {symbol} at column {column}"),
    QT_TRANSLATE_NOOP("Core", "the parenthesis closed at column {column} was never opened"),
    QT_TRANSLATE_NOOP(
        "Core",
        "the comma at column {column} is only for the arguments of a function;"
        " decimals are written with a point",
    ),
    QT_TRANSLATE_NOOP("Core", "the formula is nested more than {most} deep at column {column}"),
    QT_TRANSLATE_NOOP("Core", "the formula ends at column {column}, but something must follow"),
    QT_TRANSLATE_NOOP(
        "Core", "unknown function ln at column {column}; the natural logarithm is log"
    ),
    QT_TRANSLATE_NOOP("Core", "unknown function {name} at column {column}; known: {known}"),
    QT_TRANSLATE_NOOP("Core", "{name} at column {column} is not a name"),
    QT_TRANSLATE_NOOP(
        "Core", "unknown name {name} at column {column}; a product is written {product}"
    ),
    QT_TRANSLATE_NOOP("Core", "{name} at column {column} needs its argument in parentheses"),
    QT_TRANSLATE_NOOP("Core", "{name} at column {column} takes two or more arguments"),
    QT_TRANSLATE_NOOP("Core", "{name} at column {column} takes one argument"),
    QT_TRANSLATE_NOOP("Core", "{name} at column {column} takes two arguments"),
    QT_TRANSLATE_NOOP("Core", "{name} at column {column} takes one or two arguments"),
    QT_TRANSLATE_NOOP(
        "Core",
        "sum at column {column} begins with the name of its index, as in sum(j, 1, 4, a_j*x^j)",
    ),
    QT_TRANSLATE_NOOP(
        "Core", "sum at column {column} takes an index, its first and last value, and the term"
    ),
    QT_TRANSLATE_NOOP(
        "Core", "the bounds of sum at column {column} must be whole numbers from 0 to {most}"
    ),
    QT_TRANSLATE_NOOP("Core", "sum at column {column} has no term"),
    QT_TRANSLATE_NOOP("Core", "the parenthesis opened at column {column} is never closed"),
    QT_TRANSLATE_NOOP(
        "Core", "{name} would be a parameter of its own; the product is written {product}"
    ),
    QT_TRANSLATE_NOOP(
        "Core",
        "{text} at column {column} can be read in two ways; write {first} or {second}",
    ),
    QT_TRANSLATE_NOOP(
        "Core", "{name} at column {column} is not part of the notation; write {instead}"
    ),
    QT_TRANSLATE_NOOP(
        "Core",
        "{name} at column {column} is not needed: the loss is that of one row, and gdsim takes the"
        " mean over the rows; write {instead}",
    ),
    QT_TRANSLATE_NOOP(
        "Core",
        "the factorial at column {column} has no derivative; write a number for it, such as 6"
        " for 3!",
    ),
    QT_TRANSLATE_NOOP(
        "Core", "the norm at column {column} is to be written out, such as sqrt(x^2 + y^2)"
    ),
    QT_TRANSLATE_NOOP(
        "Core",
        "{symbol} at column {column} is not part of the notation; a sum is written as"
        " sum(j, 1, 4, a_j*x^j)",
    ),
    QT_TRANSLATE_NOOP(
        "Core",
        "brackets, as at column {column}, are not used for an index; write it as in x1 or x_1",
    ),
    QT_TRANSLATE_NOOP("Core", "the bar at column {column} has no second bar; write abs(…)"),
    QT_TRANSLATE_NOOP(
        "Core",
        "the equals sign at column {column} makes this an equation; type only the formula to"
        " be minimised, such as x^2 + y^2",
    ),
    QT_TRANSLATE_NOOP(
        "Core",
        "{name} would be learned, and the loss falls without end along it; make it a constant, or"
        " write a number in its place",
    ),
    QT_TRANSLATE_NOOP("Core", "the formula has no value with {constants}"),
    QT_TRANSLATE_NOOP("Core", "{name} cannot be both a parameter and a constant"),
    QT_TRANSLATE_NOOP("Core", "{name} cannot be both a constant and a column"),
    QT_TRANSLATE_NOOP("Core", "{name} is given as a constant, but no formula uses it"),
    QT_TRANSLATE_NOOP("Core", "the formula has no parameter, so nothing can be minimised"),
    QT_TRANSLATE_NOOP("Core", "the formula has {count} parameters; gdsim takes at most {most}"),
    QT_TRANSLATE_NOOP("Core", "{name} is given twice"),
    QT_TRANSLATE_NOOP("Core", "the rule has no line"),
    QT_TRANSLATE_NOOP("Core", "the rule has more than {most} lines"),
    QT_TRANSLATE_NOOP("Core", "a line of a rule has the form name = formula"),
    QT_TRANSLATE_NOOP("Core", "{name} already has a fixed meaning in every rule"),
    QT_TRANSLATE_NOOP("Core", "{name} cannot be both state and hyperparameter"),
    QT_TRANSLATE_NOOP("Core", "only the last line may assign theta"),
    QT_TRANSLATE_NOOP("Core", "the last line must assign theta, not {name}"),
    QT_TRANSLATE_NOOP("Core", "{text} does not have the form name = number"),
    QT_TRANSLATE_NOOP(
        "Core", "the learning rate must be greater than 0; at the first update it is {value}"
    ),
    QT_TRANSLATE_NOOP("Core", "{name} at column {column} is given and cannot be assigned"),
    QT_TRANSLATE_NOOP(
        "Core", "{name} at column {column} is a hyperparameter and cannot be assigned"
    ),
    QT_TRANSLATE_NOOP("Core", "the powers of this formula go beyond {most}"),
    QT_TRANSLATE_NOOP("Core", "this formula has no derivative that can be computed in the reals"),
    QT_TRANSLATE_NOOP("Core", "a number in the derivative is too large to compute with"),
    QT_TRANSLATE_NOOP("Core", "no function and no learning task is called {key}; known: {known}"),
    QT_TRANSLATE_NOOP("Core", "the data have no column"),
    QT_TRANSLATE_NOOP("Core", "the data have more than {most} columns"),
    QT_TRANSLATE_NOOP("Core", "the columns of the data differ in length"),
    QT_TRANSLATE_NOOP("Core", "the data have no row"),
    QT_TRANSLATE_NOOP("Core", "the data have more than {most} rows"),
    QT_TRANSLATE_NOOP("Core", "a data set has a name and columns of numbers"),
    QT_TRANSLATE_NOOP("Core", "{text} cannot be the name of a column"),
    QT_TRANSLATE_NOOP("Core", "column {name} holds a value that is not a finite number"),
    QT_TRANSLATE_NOOP("Core", "{name} cannot be both a parameter and a column"),
    QT_TRANSLATE_NOOP("Core", "the formula of the prediction cannot use the prediction"),
    QT_TRANSLATE_NOOP(
        "Core", "crossentropy learns classes 0 and 1; column {name} goes from {low} to {high}"
    ),
    QT_TRANSLATE_NOOP("Core", "the loss does not use the prediction"),
    QT_TRANSLATE_NOOP(
        "Core", "the loss uses the prediction, but there is no formula for the prediction"
    ),
    QT_TRANSLATE_NOOP("Core", "a prediction needs data with which it can be compared"),
    QT_TRANSLATE_NOOP("Core", "batches need data: there are no rows to take them from"),
    QT_TRANSLATE_NOOP("Core", "a batch has at least one row"),
    QT_TRANSLATE_NOOP(
        "Core",
        "{key} is a key of the catalogue; with data the loss of a row is a formula, such as"
        " (prediction - y)^2",
    ),
    QT_TRANSLATE_NOOP(
        "Core",
        "the data have no column {name}; if you do not mean {meant}, give the parameter a less"
        " similar name",
    ),
    QT_TRANSLATE_NOOP(
        "Core", "the loss names {name}, but the data have only these columns: {columns}"
    ),
    QT_TRANSLATE_NOOP(
        "Core", "the prediction uses no column of the data; the columns are: {columns}"
    ),
    QT_TRANSLATE_NOOP("Core", "the formulas use no column of the data; the columns are: {columns}"),
    QT_TRANSLATE_NOOP("Core", "{sentence}; in formulas the columns are called {columns}"),
    QT_TRANSLATE_NOOP("Core", "column {name} of the file does not hold numbers"),
    QT_TRANSLATE_NOOP("Core", "there is no file {path}"),
    QT_TRANSLATE_NOOP("Core", "{path} is a folder, not a file"),
    QT_TRANSLATE_NOOP("Core", "the file {name} cannot be read"),
    QT_TRANSLATE_NOOP("Core", "the file is larger than {most} MB"),
    QT_TRANSLATE_NOOP("Core", "the file is empty"),
    QT_TRANSLATE_NOOP("Core", "the file is not text"),
    QT_TRANSLATE_NOOP("Core", "the file is neither UTF-8 nor GB18030 text"),
    QT_TRANSLATE_NOOP("Core", "the file cannot be read as {encoding}"),
    QT_TRANSLATE_NOOP("Core", "the file has titles, but no row of numbers"),
    QT_TRANSLATE_NOOP(
        "Core", "the file has only one column; data need at least an input and a target"
    ),
    QT_TRANSLATE_NOOP("Core", "a quotation mark is not closed before line {number}"),
    QT_TRANSLATE_NOOP("Core", "the file has more than {most} rows"),
    QT_TRANSLATE_NOOP("Core", "the file has more than {most} columns"),
    QT_TRANSLATE_NOOP("Core", "no row of the file holds numbers in all of these columns"),
    QT_TRANSLATE_NOOP("Core", "no column of the file holds numbers"),
    QT_TRANSLATE_NOOP("Core", "no column of the file holds numbers: line {line} says {cell}"),
    QT_TRANSLATE_NOOP(
        "Core", "column {name} of the file does not hold numbers: line {line} says {cell}"
    ),
    QT_TRANSLATE_NOOP(
        "Core",
        "column {name} of the file holds {count} kinds of text; each has a column of its own,"
        " 1 for that kind and 0 for the others: {columns}",
    ),
    QT_TRANSLATE_NOOP(
        "Core",
        "line {line} says {cell}, which may be {one} or {other}: say whether a point or a comma"
        " precedes the decimals",
    ),
    QT_TRANSLATE_NOOP("Core", "the row before line {line} is too long to be read"),
    QT_TRANSLATE_NOOP(
        "Core", "there is no encoding {name}; usual ones are utf-8, gb18030, cp1252 and utf-16"
    ),
    QT_TRANSLATE_NOOP("Core", "there is no standard input to read from"),
    QT_TRANSLATE_NOOP("Core", "there is no text on the clipboard"),
    QT_TRANSLATE_NOOP(
        "Core",
        "reading {name} needs openpyxl: pip install 'gdsim[xlsx]', or save the table as CSV",
    ),
    QT_TRANSLATE_NOOP(
        "Core", "{name} is a document of another kind: save the table as .xlsx or as CSV"
    ),
    QT_TRANSLATE_NOOP("Core", "{path} is a pipe or a device, not a file"),
    QT_TRANSLATE_NOOP(
        "Core", "{path} is the file that the data are read from; write to another one"
    ),
    QT_TRANSLATE_NOOP("Core", "there is already a file {path}; --force replaces it"),
    QT_TRANSLATE_NOOP("Core", "length of the next step"),
    QT_TRANSLATE_NOOP("Core", "The next step is short."),
    QT_TRANSLATE_NOOP("Core", "length of the gradient"),
    QT_TRANSLATE_NOOP("Core", "The slope is small."),
    QT_TRANSLATE_NOOP("Core", "change of the loss"),
    QT_TRANSLATE_NOOP("Core", "The loss hardly changed in the last update."),
    QT_TRANSLATE_NOOP("Core", "the loss itself"),
    QT_TRANSLATE_NOOP("Core", "The loss itself is small."),
    QT_TRANSLATE_NOOP("Core", "only at the step limit"),
    QT_TRANSLATE_NOOP("Core", "ε is not used; the descent runs until the step limit."),
    QT_TRANSLATE_NOOP("Core", "stop rule met at t = {t}: {quantity} = {value} < ε = {epsilon}"),
    QT_TRANSLATE_NOOP("Core", "converged at t = {t}: {quantity} = {value} < ε = {epsilon}"),
    QT_TRANSLATE_NOOP("Core", "step limit reached at t = {t}: no stop rule was met"),
    QT_TRANSLATE_NOOP("Core", "diverged at t = {t}: the loss is {value}"),
    QT_TRANSLATE_NOOP("Core", "diverged at t = {t}: the gradient is not finite"),
    QT_TRANSLATE_NOOP("Core", "diverged at t = {t}: the update is not finite"),
    QT_TRANSLATE_NOOP("Core", "diverged at t = {t}: the next point is not finite"),
    QT_TRANSLATE_NOOP("Core", "diverged at t = {t}: what the optimizer remembers is not finite"),
    QT_TRANSLATE_NOOP("Core", "undefined at t = {t}: the loss is {value}"),
    QT_TRANSLATE_NOOP("Core", "undefined at t = {t}: the gradient is not finite"),
    QT_TRANSLATE_NOOP("Core", "undefined at t = {t}: the update is not finite"),
    QT_TRANSLATE_NOOP("Core", "undefined at t = {t}: the next point is not finite"),
    QT_TRANSLATE_NOOP("Core", "undefined at t = {t}: what the optimizer remembers is not finite"),
    QT_TRANSLATE_NOOP("Core", "stopped by the user at t = {t}"),
    QT_TRANSLATE_NOOP(
        "Core", "diverged at t = {t}: {quantity} grew from {first} to {value} and still rises"
    ),
    QT_TRANSLATE_NOOP(
        "Core", "diverged at t = {t}: {quantity} fell from {first} to {value} and still falls"
    ),
    QT_TRANSLATE_NOOP("Core", "{t} (end of epoch {epoch})"),
    QT_TRANSLATE_NOOP(
        "Core",
        "the loss rose in {rises} of the last {updates} updates: η·λₘₐₓ = {product}, and above 2"
        " gradient descent overshoots",
    ),
    QT_TRANSLATE_NOOP("Core", "{end}; {more}"),
    QT_TRANSLATE_NOOP(
        "Core", "only data can be standardised: give data, or a task of the catalogue"
    ),
    QT_TRANSLATE_NOOP("Core", "{quantity} over the epoch"),
    QT_TRANSLATE_NOOP("Core", "{quantity} over all rows"),
    QT_TRANSLATE_NOOP(
        "Core",
        "each epoch would end with {rows} rows in each of {count} descents, which takes too long:"
        " choose fewer descents",
    ),
    QT_TRANSLATE_NOOP(
        "Core",
        "each update would use {rows} rows in each of {count} descents, which takes too long:"
        " choose a smaller batch, or fewer descents",
    ),
    QT_TRANSLATE_NOOP(
        "Core", "the schedule has no η₀ that could be varied: write eta0 in its formula"
    ),
    QT_TRANSLATE_NOOP("Core", "line {line}: {sentence}"),
    QT_TRANSLATE_NOOP("Core", "the loss is given as text: a key of the catalogue or a formula"),
    QT_TRANSLATE_NOOP("Core", "the start must be one number for each parameter"),
    QT_TRANSLATE_NOOP("Core", "the learning rate is given as a number or as a formula of t"),
    QT_TRANSLATE_NOOP("Core", "{place} must be a finite number"),
    QT_TRANSLATE_NOOP("Core", "the seed must be a whole number from 0 to {most}"),
    QT_TRANSLATE_NOOP("Core", "the data are columns of numbers by name, or the path of a CSV file"),
    QT_TRANSLATE_NOOP(
        "Core",
        "stopped at t = {t} at a saddle: {quantity} = {value} < ε = {epsilon}; the loss falls"
        " along {direction}",
    ),
    QT_TRANSLATE_NOOP(
        "Core",
        "stopped at t = {t} at a maximum: {quantity} = {value} < ε = {epsilon}; the loss falls"
        " in every direction",
    ),
    QT_TRANSLATE_NOOP(
        "Core",
        "stopped at t = {t} on flat ground: {quantity} = {value} < ε = {epsilon}; there is no"
        " slope to follow",
    ),
    QT_TRANSLATE_NOOP(
        "Core",
        "stopped at t = {t} at a point of unknown kind: {quantity} = {value} < ε = {epsilon}",
    ),
    QT_TRANSLATE_NOOP(
        "Core",
        "stopped at t = {t}, but not at a minimum: {quantity} = {value} < ε = {epsilon}; {left}",
    ),
    QT_TRANSLATE_NOOP(
        "Core",
        "stopped at t = {t}, but not at a minimum: {quantity} = {value} < ε = {epsilon}"
        " because η is small; {left}",
    ),
    QT_TRANSLATE_NOOP(
        "Core",
        "stopped at t = {t}, but not at a minimum: {quantity} = {value} < ε = {epsilon}, which"
        " ε allows; {left}",
    ),
    QT_TRANSLATE_NOOP(
        "Core",
        "stopped at t = {t}, but not at a minimum: {quantity} = {value} < ε = {epsilon}"
        " because the schedule has made η small; {left}",
    ),
    QT_TRANSLATE_NOOP(
        "Core",
        "stopped at t = {t}, but not at a minimum: {quantity} = {value} < ε = {epsilon}"
        " because the weight decay cancels the step; {left}",
    ),
    QT_TRANSLATE_NOOP(
        "Core",
        "stopped at t = {t}, but not at a minimum: {quantity} = {value} < ε = {epsilon}"
        " because of what the optimizer remembers; {left}",
    ),
    QT_TRANSLATE_NOOP("Core", "the loss still falls: ‖∇L‖ = {slope}"),
    QT_TRANSLATE_NOOP("Core", "the minimum of the local parabola is {distance} away"),
    QT_TRANSLATE_NOOP("Core", "step limit reached at t = {t}: no stop rule was met; {point}"),
    QT_TRANSLATE_NOOP("Core", "the point is {distance} from a minimum"),
    QT_TRANSLATE_NOOP("Core", "the point is a minimum"),
    QT_TRANSLATE_NOOP("Core", "the point is a saddle"),
    QT_TRANSLATE_NOOP("Core", "the point is a maximum"),
    QT_TRANSLATE_NOOP("Core", "the point is flat ground"),
    QT_TRANSLATE_NOOP("Core", "the kind of this point is unknown"),
    QT_TRANSLATE_NOOP("Core", "undefined at t = {t}: {what}"),
    QT_TRANSLATE_NOOP("Core", "division by {first}, at {point}"),
    QT_TRANSLATE_NOOP("Core", "{first} to the power {second} has no value, at {point}"),
    QT_TRANSLATE_NOOP("Core", "{operation} has no value for {first}, at {point}"),
    QT_TRANSLATE_NOOP("Core", "{operation} has no value for {first} and {second}, at {point}"),
    QT_TRANSLATE_NOOP("Core", "the Hessian has no value here"),
    QT_TRANSLATE_NOOP(
        "Core",
        "the Hessian has no inverse here, because the loss does not curve along {direction}",
    ),
)
