"""Files from spreadsheets and from all over the world: titles, classes, lines above the table."""

from __future__ import annotations

from pathlib import Path

import pytest

from gdsim.core.data.column_names import column_names, spelled_name
from gdsim.core.data.csv_dialect import DialectChoices
from gdsim.core.data.csv_preview import preview_csv
from gdsim.core.data.csv_reader import Table, read_csv
from gdsim.core.data.dataset import Dataset
from gdsim.core.data.table_source import TextSource, pasted
from gdsim.core.problem import Problem
from gdsim.core.run.dataset_source import table_of


def read(text: str) -> Table:
    return read_csv(pasted(text))


def columns(table: Table) -> dict[str, list[float]]:
    pairs = zip(table.columns, table.values, strict=True)
    return {column.spelled: values.tolist() for column, values in pairs}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # sep=, with which Excel names the delimiter
        ("sep=;\nx;y\n1;2\n2;4,1\n3;6\n", {"x": [1, 2, 3], "y": [2, 4.1, 6]}),
        ('"sep=,"\nx,y\n1,2\n3,4\n', {"x": [1, 3], "y": [2, 4]}),
        ("SEP=\\t\nx\ty\n1\t2\n3\t4\n", {"x": [1, 3], "y": [2, 4]}),
        ("sep=;\nCars\n\nx;y\n1;2,5\n2;4\n", {"x": [1, 2], "y": [2.5, 4]}),
        # lines above the titles
        (
            "Cars of 1970\n\nweight,mpg\n3504,18\n3693,15\n",
            {"weight": [3504, 3693], "mpg": [18, 15]},
        ),
        (
            "Cars,,\n,,\nweight,mpg,year\n3504,18,70\n",
            {"weight": [3504], "mpg": [18], "year": [70]},
        ),
        ("Cars,\nweight,mpg\n3504,18\n3693,15\n", {"weight": [3504, 3693], "mpg": [18, 15]}),
        ("Station: Bonn\nLat: 50.1\n\nt;T\n1;2,5\n2;3,5\n", {"t": [1, 2], "T": [2.5, 3.5]}),
        (
            "rows,4\nyear,2024\nx,y,z\n1,2,3\n4,5,6\n7,8,9\n",
            {"x": [1, 4, 7], "y": [2, 5, 8], "z": [3, 6, 9]},
        ),
        # titles that are not all there
        ("x,\n1,2\n3,4\n", {"x": [1, 3], "x2": [2, 4]}),
        (",x\n0,1\n1,3\n", {"x1": [0, 1], "x": [1, 3]}),
        ('"x" "y"\n"1" 1.5 2.5\n"2" 3.5 4.5\n', {"x1": [1, 2], "x": [1.5, 3.5], "y": [2.5, 4.5]}),
        ("x,y\n1,2,\n3,4,\n", {"x": [1, 3], "y": [2, 4]}),
        # dates in words
        (
            "city,when,temp\nBonn,May 1 2024,11\nBonn,May 2 2024,13\nUlm,May 3 2024,9\n",
            {"city": [0, 0, 1], "temp": [11, 13, 9]},
        ),
        (
            "Bonn,May 1 2024,11\nBonn,May 2 2024,13\nUlm,May 3 2024,9\n",
            {"x1": [0, 0, 1], "x3": [11, 13, 9]},
        ),
        ("when;temp\n1. Mai 2024;11,5\n2. Mai 2024;12\n3. Mai 2024;9\n", {"temp": [11.5, 12, 9]}),
        ("x y\n1,5 2,5\n3,5 4,5\n", {"x": [1.5, 3.5], "y": [2.5, 4.5]}),
        ("1,5 2,5\n3,5 4,5\n", {"x1": [1.5, 3.5], "x2": [2.5, 4.5]}),
        (
            "a;b;c\nHello, world;1,5;2\nFoo, bar;2,5;3\n",
            {"a": [1, 0], "b": [1.5, 2.5], "c": [2, 3]},
        ),
        # currency and percent signs
        ("price,sold\n$3504,12%\n$2100,18%\n", {"price": [3504, 2100], "sold": [0.12, 0.18]}),
        ("x;y\n1;1.234,50 €\n2;99,90 €\n", {"x": [1, 2], "y": [1234.5, 99.9]}),
        # classes
        ("x,label\n0.2,no\n0.9,yes\n0.7,Yes\n", {"x": [0.2, 0.9, 0.7], "label": [0, 1, 1]}),
        ("x,ok\n1,TRUE\n2,FALSE\n3,true\n", {"x": [1, 2, 3], "ok": [1, 0, 1]}),
        ("x;krank\n1,5;ja\n2;nein\n3;\n", {"x": [1.5, 2], "krank": [1, 0]}),
        ("x,test\n1,+\n2,-\n", {"x": [1, 2], "test": [1, 0]}),
        ("x,y\n1,是\n2,否\n", {"x": [1, 2], "y": [1, 0]}),
        (
            "x,kind\n1,setosa\n2,virginica\n3,versicolor\n4,setosa\n",
            {
                "x": [1, 2, 3, 4],
                "kind_setosa": [1, 0, 0, 1],
                "kind_versicolor": [0, 0, 1, 0],
                "kind_virginica": [0, 1, 0, 0],
            },
        ),
    ],
)
def test_a_table_is_read_as_it_was_meant(text: str, found: dict[str, list[float]]) -> None:
    assert columns(read(text)) == found


def test_titles_with_blanks_signs_and_numbers_become_names() -> None:
    titles = ["Test 1", "mpg 2019", "IE-1", "Verbrauch (l/100 km)", "Größe/Länge", "θ_1"]
    names = column_names(titles)
    spelled = [spelled_name(*pair) for pair in zip(names, titles, strict=True)]
    assert spelled == ["Test_1", "mpg_2019", "IE_1", "Verbrauch_l_100_km", "Grosse_Lange", "theta1"]
    # Formulas do not distinguish the two spellings.
    table = table_of_text("Test 1,mpg 2019\n1,20\n2,22\n", "(prediction - mpg_2019)^2", "a*Test_1")
    assert [column.name for column in table.columns] == ["Test1", "mpg2019"]


def table_of_text(text: str, loss: str, prediction: str) -> Table:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "table.csv"
        file.write_text(text, encoding="utf-8")
        return table_of(file, loss, prediction)


SQUARED = "(prediction - y)^2"


@pytest.mark.parametrize(
    ("text", "prediction", "sentence"),
    [
        (
            "kind,x,y\na,1,2\nb,2,3\nc,3,4\na,4,5\n",
            "w*kind",
            "column kind of the file holds 3 kinds of text; each has a column of its own, 1 for"
            " that kind and 0 for the others: kind_a, kind_b, kind_c",
        ),
        (
            "note,x,y\na,1,2\nb,2,3\nc,3,4\n",
            "w*note",
            "column note of the file does not hold numbers: line 2 says “a”",
        ),
        (
            "x,y\n5 km,1\n6 km,2\n7 km,3\n",
            "w*x",
            "column x of the file does not hold numbers: line 2 says “5 km”",
        ),
        (
            "a,b\nc,d\ne,f\ng,h\n",
            "w*x",
            "no column of the file holds numbers: line 2 says “c”",
        ),
    ],
)
def test_a_column_that_cannot_be_read_is_named_with_its_first_cell(
    text: str, prediction: str, sentence: str
) -> None:
    with pytest.raises(Problem) as caught:
        table_of_text(text, SQUARED, prediction)
    assert str(caught.value) == sentence


def test_a_class_of_several_kinds_is_one_column_in_formulas() -> None:
    text = "kind,y\na,1\nb,2\nc,3\na,4\n"
    table = table_of_text(text, SQUARED, "w*kind_a + b")
    assert columns(table) == {"y": [1, 2, 3, 4], "kind_a": [1, 0, 0, 1]}


def test_classes_keep_their_names() -> None:
    table = read("x,label\n0.2,no\n0.9,yes\n")
    data = table.dataset()
    assert dict(data.classes) == {"label": ("no", "yes")}
    assert Dataset.from_values(data.as_values()) == data
    assert dict(Dataset.from_values(data.as_values()).classes) == {"label": ("no", "yes")}
    plain = Dataset(data.name, data.columns)
    assert plain != data
    assert "classes" not in plain.as_values()


@pytest.mark.parametrize(
    "classes", [{"z": ["a", "b"]}, {"x": ["a"]}, {"x": ["a", 2]}, ["x"], {"x": "ab"}]
)
def test_classes_of_a_document_that_are_no_pairs_of_names_are_refused(classes: object) -> None:
    with pytest.raises(Problem, match="a data set has a name and columns of numbers"):
        Dataset.from_values({"name": "d", "columns": {"x": [1.0]}, "classes": classes})


def test_a_third_kind_that_comes_late_is_left_out_and_quoted() -> None:
    table = read("x,label\n" + "0.2,no\n0.9,yes\n" * 5_000 + "1,maybe\n")
    assert table.left_out == 1
    assert table.first_left_out is not None
    assert (table.first_left_out.text, table.first_left_out.line) == ("maybe", 10_002)


def test_the_preview_shows_what_is_read() -> None:
    preview = preview_csv(pasted('area,label,note\n"1,024",no,a\n"1,410,500.5",yes,b\n950,no,c\n'))
    shown = [[preview.text_at(row, place)[0] for place in range(3)] for row in range(3)]
    assert shown == [["1024", "no = 0", "a"], ["1410500.5", "yes = 1", "b"], ["950", "no = 0", "c"]]
    doubtful = preview_csv(pasted("x;y\n950;1\n1.024;2\n"))
    assert [doubtful.text_at(row, 0)[0] for row in range(2)] == ["950", "1.024"]


def test_what_somebody_has_chosen_is_not_guessed_at() -> None:
    text = "Measured\nby hand;1\n5;6\n7;8\n"
    choices = DialectChoices(above=1, has_header=False, delimiter=";")
    preview = preview_csv(pasted(text), choices)
    assert (preview.dialect.above, preview.dialect.has_header) == (1, False)
    assert preview.rows[0] == ("by hand", "1")
    assert preview_csv(pasted(text)).rows[0] == ("5", "6")
    with pytest.raises(Problem, match="there is no encoding klingon"):
        preview_csv(pasted(text), DialectChoices(encoding="klingon"))


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-8", "gb18030", "ascii", "utf-7"])
def test_an_encoding_that_is_not_that_of_the_file_is_one_sentence(encoding: str) -> None:
    source = TextSource("table.csv", content="x,y\n1,2\n3,\xe4\n".encode("latin-1"))
    sentences = "cannot be read as", "only one column", "is empty", "no row"
    with pytest.raises(Problem) as caught:
        read_csv(source, DialectChoices(encoding=encoding))
    assert any(sentence in str(caught.value) for sentence in sentences)
