"""What students type is read as mathematics where it has one meaning, and refused where not."""

from __future__ import annotations

import re
import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from trees import NAMES, trees

from gdsim.core.catalogue import entries as catalogue
from gdsim.core.catalogue.tasks import losses, tasks
from gdsim.core.formula.expression import Node
from gdsim.core.formula.latex import plain
from gdsim.core.formula.names import GREEK_LETTERS
from gdsim.core.formula.notation import parse
from gdsim.core.problem import Problem
from gdsim.core.typed.functions import MANY, REPLACED, WRITTEN
from gdsim.core.typed.problem_reading import read_problem
from gdsim.core.typed.reading import as_it_stands, read_typed

MEANT = {
    # functions by other names, without parentheses, with a power before the argument
    "ln x": "log(x)",
    "ln(x)": "log(x)",
    "LN(x)": "log(x)",
    "lnx + 1": "log(x) + 1",
    "x ln x": "x*log(x)",
    "xlnx": "x*log(x)",
    "ln|x|": "log(abs(x))",
    "ln sin x": "log(sin(x))",
    "lg x": "log(x)/log(10)",
    "log10(x)": "log(x)/log(10)",
    "log10 x": "log(x)/log(10)",
    "log_10(x)": "log(x)/log(10)",
    "log₁₀ x": "log(x)/log(10)",
    "log2 x": "log(x)/log(2)",
    "log2(x)^2": "(log(x)/log(2))^2",
    "log₂(x)": "log(x)/log(2)",
    "log(x, 3)": "log(x)/log(3)",
    "log_a(x)": "log(x)/log(a)",
    "arcsin(x) + arccos x + arctan(2x)": "asin(x) + acos(x) + atan(2x)",
    "tg(x)": "tan(x)",
    "tg²x": "tan(x)^2",
    "ctg(x) + cot(x)": "(1/tan(x)) + (1/tan(x))",
    "sec(x)csc(x)": "(1/cos(x))(1/sin(x))",
    "3sinx": "3sin(x)",
    "cosx": "cos(x)",
    "Sin(x)": "sin(x)",
    "sin x": "sin(x)",
    "sin 2x": "sin(2x)",
    "sin2x": "sin(2x)",
    "sin 2πx": "sin(2πx)",
    "sin ax": "sin(a*x)",
    "sinθ": "sin(θ)",
    "sin x cos x": "sin(x)*cos(x)",
    "sinxcosx": "sin(x)*cos(x)",
    "xsinx": "x*sin(x)",
    "xsin(x)": "x*sin(x)",
    "sin x^2": "sin(x^2)",
    "sin x / 2": "sin(x)/2",
    "sin x + 2": "sin(x) + 2",
    "sin²x": "sin(x)^2",
    "sin²(x)": "sin(x)^2",
    "sin^2(x)": "sin(x)^2",
    "sin^2 x + cos^2 x": "sin(x)^2 + cos(x)^2",
    "sin^{2}(x)": "sin(x)^2",
    "sin^n(x)": "sin(x)^n",
    "sin(ln x)": "sin(log(x))",
    "exp x": "exp(x)",
    "exp -x": "exp(-x)",
    "sqrt x": "sqrt(x)",
    "sgn(x)": "sign(x)",
    "cbrt(x)": "x^(1/3)",
    "ReLU(x) + LeakyReLU(x)": "relu(x) + leaky_relu(x)",
    "Max(x, 0)": "max(x, 0)",
    "ceil(x)": "(-floor(-x))",
    # signs
    "√x": "sqrt(x)",
    "2√x": "2sqrt(x)",
    "√x + √y": "sqrt(x) + sqrt(y)",
    "√θ₁": "sqrt(θ₁)",
    "√sin(x)": "sqrt(sin(x))",
    "√|x|": "sqrt(abs(x))",
    "∛x": "x^(1/3)",
    "∛(x + 1)": "(x + 1)^(1/3)",
    "½x": "(1/2)x",
    "½(x - 1)²": "(1/2)(x - 1)^2",
    "¾x": "(3/4)x",
    "|x|": "abs(x)",
    "|x - 1| + 2|y|": "abs(x - 1) + 2abs(y)",
    "||x| - 1|": "abs(abs(x) - 1)",
    "x|y|": "x*abs(y)",
    "⌊x⌋": "floor(x)",
    "[x - 1]^2": "(x - 1)^2",
    "{x - 1}^2": "(x - 1)^2",
    "xⁿ": "x^n",
    "e⁻ˣ": "e^(-x)",
    "x⁄2": "x/2",
    # LaTeX
    "x^{2}": "x^2",
    r"\frac{1}{2}x^2": "(1/2)x^2",
    r"\frac12 x^{2}": "(1/2)x^2",
    r"\frac{x^{2} + 1}{2}": "(x^2 + 1)/2",
    r"$\sqrt{x} + \sqrt[3]{y}$": "sqrt(x) + y^(1/3)",
    r"\left(x - 1\right)^2 + \left|y\right|": "(x - 1)^2 + abs(y)",
    r"\sin x \cdot \theta_{1}": "sin(x)*θ₁",
    r"\ln\left(x\right)": "log(x)",
    r"x_{12} + w_{jk}": "x_12 + w_jk",
    r"2\pi x": "2*pi*x",
    # what stands before the formula
    "y = x^2": "x^2",
    "f(x)=x^2": "x^2",
    "f(x, y) = x^2 + y^2": "x^2 + y^2",
    "L(θ) = (θ - 3)²": "(θ - 3)²",
    "L := x^2": "x^2",
    r"\mathcal{L} = x^2": "x^2",
    # constants and the logistic function
    "E^x": "e^x",
    "E^(-x^2)": "e^(-x^2)",
    "PI*x": "pi*x",
    "Pi x": "pi*x",
    "σ(x)": "sigmoid(x)",
    "σ(w*x + b)^2": "sigmoid(w*x + b)^2",
    "sigma(x)": "sigmoid(x)",
    # products of letters
    "2pix": "2*pi*x",
    "2xy": "2*x*y",
    "xy + x + y": "x*y + x + y",
    "ax^2+bx+c": "a*x^2+b*x+c",
    "abc": "a*b*c",
    "w1x1 + w2x2 + b": "w1*x1 + w2*x2 + b",
    "w_1x_1": "w1*x1",
    "theta0 + theta1x": "theta0 + theta1*x",
    "mux": "mu*x",
    "x2y": "x2*y",
}

LITERAL = [
    "mass^2 + width^2",
    "second + maximum",
    "theta + eta*lambda + psi1",
    "(1 - x)^2 + 100(y - x²)²",
    "1/2x",
    "2πx",
    "x^2y",
    "e^x + e^-x",
    "e^pi",
    "√(x + 1)",
    "x sin(y)",
    "σ*x + σ^2",
    "floor(x)",
    "leaky_relu(x, 0.1)",
    "sum(jj, 1, 3, a_jj*x^jj)",
    "sum(j, 1, 2, sum(k, 1, 2, w_jk*x_k))",
    "x_max + v_hat",
    "1E3x",
    "ｘ＾２",
]


@pytest.mark.parametrize(("typed", "meant"), MEANT.items())
def test_what_has_one_meaning_is_read(typed: str, meant: str) -> None:
    reading = read_typed(typed)
    read, expected = parse(reading.text), parse(meant)
    assert plain(read.root) == plain(expected.root)
    assert read.names == expected.names
    assert not reading.is_literal


@pytest.mark.parametrize("typed", MEANT)
def test_a_reading_reads_as_itself(typed: str) -> None:
    reading = read_typed(typed)
    assert read_typed(reading.text, parse(reading.text).names).is_literal


@pytest.mark.parametrize("typed", LITERAL)
def test_the_notation_is_left_as_it_stands(typed: str) -> None:
    reading = read_typed(typed)
    assert reading.is_literal
    assert reading.text == typed


TWO_WAYS = {
    "sin x/2": ("sin(x)/2", "sin(x/2)"),
    "ln x*y": ("log(x)*y", "log(x*y)"),
    "sin x y": ("sin(x)*y", "sin(x*y)"),
    "sin x θ": ("sin(x)*θ", "sin(x*θ)"),
    "sinxy": ("sin(x)*y", "sin(x*y)"),
    "sin^-1(x)": ("asin(x)", "1/sin(x)"),
    "sin⁻¹(x)": ("asin(x)", "1/sin(x)"),
    "√2x": ("sqrt(2)*x", "sqrt(2*x)"),
    "√xy": ("sqrt(x)*y", "sqrt(x*y)"),
    "√x²": ("sqrt(x)^2", "sqrt(x^2)"),
    "√x(y + 1)": ("sqrt(x)*(…)", "sqrt(x*(…))"),
    "2½x": ("(2 + 1/2)", "2*1/2"),
    "E*x": ("e", "E1"),
    "e^kt": ("^(k*t)", "^k*t"),
    "e^-2x": ("^(-2*x)", "^-2*x"),
    "e^θx": ("^(θ*x)", "^θ*x"),
    "x^ab": ("^(a*b)", "^a*b"),
    "σ(x) + σ": ("sigmoid(…)", "σ*(…)"),
}


@pytest.mark.parametrize(("typed", "ways"), TWO_WAYS.items())
def test_what_has_two_meanings_is_asked(typed: str, ways: tuple[str, str]) -> None:
    with pytest.raises(Problem) as caught:
        read_typed(typed)
    assert "can be read in two ways" in str(caught.value)
    assert (caught.value.fields["first"], caught.value.fields["second"]) == ways
    assert 1 <= (caught.value.column or 0) <= len(typed)


REFUSED = {
    "x!": "the factorial at column 2 has no derivative; write a number for it, such as 6 for 3!",
    "‖x‖": "the norm at column 1 is to be written out, such as sqrt(x^2 + y^2)",
    "||x||": "the norm at column 1 is to be written out, such as sqrt(x^2 + y^2)",
    "|x": "the bar at column 1 has no second bar; write abs(…)",
    "x[0]": "brackets, as at column 2, are not used for an index; write it as in x1 or x_1",
    "asinh(x)": "asinh at column 1 is not part of the notation; write log(x + sqrt(x^2 + 1))",
    "1 + round(x)": "round at column 5 is not part of the notation; write floor(x + 1/2)",
    "∑x": "∑ at column 1 is not part of the notation; a sum is written as sum(j, 1, 4, a_j*x^j)",
    r"\foo x": r"\foo at column 1 is not part of the notation",
    "ln": "ln at column 1 needs its argument in parentheses",
    "2 + tg": "tg at column 5 needs its argument in parentheses",
    "y = y + 1": (
        "the equals sign at column 3 makes this an equation; type only the formula to be"
        " minimised, such as x^2 + y^2"
    ),
    "x^2 = 4": (
        "the equals sign at column 5 makes this an equation; type only the formula to be"
        " minimised, such as x^2 + y^2"
    ),
    # refused by the notation: the column is that of what was typed
    "2xy + ln x + )": ") at column 14 lacks an operand",
    r"\frac{1}{2}x + @": "@ at column 16 is not part of the notation",
    "z = 2xy +": "the formula ends at column 10, but something must follow",
}


@pytest.mark.parametrize(("typed", "sentence"), REFUSED.items())
def test_the_rest_is_refused_with_what_to_type(typed: str, sentence: str) -> None:
    with pytest.raises(Problem) as caught:
        read_typed(typed)
    assert str(caught.value).startswith(sentence)
    stated = re.search(r"at column (\d+)", str(caught.value))
    assert stated is not None
    assert caught.value.column == int(stated[1])


@pytest.mark.parametrize("name", sorted(WRITTEN))
def test_every_function_of_one_argument_can_stand_bare(name: str) -> None:
    applied = parse(read_typed(f"{name}(x)").text)
    assert parse(read_typed(f"{name} x").text).root == applied.root
    assert parse(read_typed(f"{name.upper()}(x)").text).root == applied.root
    if not name[-1].isdigit() and name != "log_e":
        assert parse(read_typed(f"2{name}x").text).root == parse(f"2*({plain(applied.root)})").root
    assert parse(read_typed(f"{name}²(x)").text).names == ("x",)


@pytest.mark.parametrize(("name", "instead"), REPLACED.items())
def test_every_replacement_can_be_typed(name: str, instead: str) -> None:
    with pytest.raises(Problem, match="is not part of the notation; write"):
        read_typed(f"{name}(x)")
    assert parse(instead).names


@pytest.mark.parametrize("name", ["xy", "sin2", "log2", "E", "ab", "sinx", "mean", "y_hat", "sec"])
def test_a_known_name_stays_whole(name: str) -> None:
    assert read_typed(f"2{name} + 1", [name]).is_literal


@pytest.mark.parametrize("name", sorted({*GREEK_LETTERS.values()} - {"pi"}))
def test_a_greek_name_stays_whole(name: str) -> None:
    if name == "Pi":
        return  # as in other programs, π
    assert parse(read_typed(f"3{name}^2 + {name}1").text).names == (name, f"{name}1")


FUNCTION_NAMES = {*WRITTEN, *MANY, "ln"}


@settings(derandomize=True, deadline=None, max_examples=400)
@given(word=st.text(string.ascii_letters, min_size=1, max_size=3))
def test_a_short_word_never_becomes_a_parameter(word: str) -> None:
    """It is a product of letters or a function, or asked about, but for the names of letters."""
    try:
        names = parse(read_typed(f"{word} + 1").text).names
    except Problem:
        return
    assert all(len(name) == 1 or name in GREEK_LETTERS.values() for name in names)
    assert "E" not in names


@pytest.mark.parametrize("key", catalogue.functions())
def test_a_function_of_the_catalogue_reads_as_it_stands(key: str) -> None:
    entry = catalogue.functions()[key]
    assert read_typed(entry.loss, (*entry.parameters, *entry.constants)).is_literal


@pytest.mark.parametrize("key", tasks())
def test_a_task_of_the_catalogue_reads_as_it_stands(key: str) -> None:
    task = tasks()[key]
    reading = read_problem(task.formula, task.prediction, task.data.names)
    assert not reading.rewritten


def test_the_losses_of_the_catalogue_read_as_they_stand() -> None:
    for loss in losses().values():
        assert not read_problem(loss.of("y"), "a*x + b", ["x", "y"]).rewritten


@settings(derandomize=True, deadline=None, max_examples=300)
@given(tree=trees)
def test_a_written_tree_reads_as_it_stands(tree: Node) -> None:
    text = plain(tree)
    assert read_typed(text, NAMES).text == text


def reads_or_refuses(text: str) -> None:
    problem = refusal(text)
    if problem is not None:
        assert "\n" not in str(problem)
        assert len(str(problem)) < 300
        assert problem.column is None or 0 <= problem.column <= len(text) + 1


def refusal(text: str) -> Problem | None:
    try:
        reading = read_typed(text)
    except Problem as problem:
        return problem
    if not reading.is_literal:
        assert parse(reading.text).names is not None
        assert len(reading.columns) == len(reading.text) + 1
    return None


@settings(derandomize=True, deadline=None, max_examples=400)
@given(text=st.text(max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    reads_or_refuses(text)


PIECES = (
    "x y θ σ( e E pi 2 1.5 ( ) + - * / ^ ** ² ⁻¹ √ ∛ ½ | ‖ ! = sin ln x log2 ( { } [ ] _ \\frac{ \\"
    " \\sqrt \\theta sinx xy abc w1x1 , max( sum(j,1,2, ŷ y_hat mean( ⌊ ⌋ ∑ ⁿ ₁ \\left| $ E^ exp"
).split(" ")


@settings(derandomize=True, deadline=None, max_examples=800)
@given(pieces=st.lists(st.sampled_from(PIECES), max_size=16))
def test_any_jumble_is_read_or_refused(pieces: list[str]) -> None:
    reads_or_refuses("".join(pieces))
    reads_or_refuses(" ".join(pieces))


@pytest.mark.parametrize("piece", ["ln(", "√", "\\sqrt", "\\sqrt{", "sin ", "|", "(", "{", "⌊x"])
def test_endless_nesting_is_refused(piece: str) -> None:
    with pytest.raises(Problem):
        parse(read_typed(piece * (4_000 // len(piece))).text)


# with data


def of_row(loss: str, prediction: str | None = "a + b*x") -> str:
    return read_problem(loss, prediction, ["x", "y", "mpg"]).loss.text


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("(ŷ - y)²", "(prediction - y)²"),
        ("(y_hat - y)^2", "(prediction - y)^2"),
        ("(mpg_hat - mpg)^2", "(prediction - mpg)^2"),
        ("(yhat - y)^2", "(prediction - y)^2"),
        ("(pred - y)^2", "(prediction - y)^2"),
        ("|ŷ - y|", "abs(prediction - y)"),
        ("L = (prediction - y)^2", "(prediction - y)^2"),
        ("bce(ŷ, y)", "crossentropy(prediction, y)"),
    ],
)
def test_the_value_of_the_model_has_many_names(typed: str, meant: str) -> None:
    assert of_row(typed) == meant


@pytest.mark.parametrize(
    "typed",
    ["mean((ŷ - y)^2)", "1/n*sum((ŷ - y)^2)", "Σ((ŷ - y)^2)", "average((ŷ - y)^2)/2"],
)
def test_a_mean_over_rows_is_not_to_be_typed(typed: str) -> None:
    with pytest.raises(Problem) as caught:
        of_row(typed)
    assert "gdsim takes the mean over the rows; write (ŷ - y)^2" in unhatted(str(caught.value))


def unhatted(text: str) -> str:
    import unicodedata

    return unicodedata.normalize("NFC", text)


@pytest.mark.parametrize("penalty", ["lambda*b^2", "λb²", "λ|b|", "k(a^2 + b^2)", "b^2λ/2"])
def test_the_weight_of_a_penalty_is_not_learned(penalty: str) -> None:
    with pytest.raises(Problem, match="would be learned, and the loss falls without end along it"):
        of_row(f"(prediction - y)^2 + {penalty}")


@pytest.mark.parametrize("loss", ["(prediction - y)^2 + 0.1b^2", "(prediction - y)^2 + (c - 1)^2"])
def test_other_names_of_a_loss_are_learned(loss: str) -> None:
    assert of_row(loss) == loss.replace("b²", "b^2")


def test_a_constant_in_a_penalty_is_none_that_is_learned() -> None:
    loss = "(prediction - y)^2 + lambda*b^2"
    reading = read_problem(loss, "a + b*x", ["x", "y"], constants=["lambda"])
    assert reading.loss.is_literal


def test_what_has_been_read_is_not_read_again() -> None:
    reading = read_problem("(prediction - y)²", as_it_stands("e^2x + xy"), ["x", "y"])
    assert reading.texts == ("(prediction - y)²", "e^2x + xy")


def test_a_model_may_begin_with_its_name() -> None:
    reading = read_problem("(prediction - y)^2", "y = ax + b", ["x", "y"])
    assert reading.texts == ("(prediction - y)^2", "a*x + b")
    assert [each.typed for each in reading.rewritten] == ["y = ax + b"]
