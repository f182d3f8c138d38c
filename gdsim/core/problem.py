"""What is wrong with something a person typed, as one sentence that can be translated."""

from __future__ import annotations


class Problem(ValueError):
    """Bad input, said in one plain sentence.

    Parameters
    ----------
    template : the English sentence with ``{named}`` fields. It is a literal wherever it is raised,
        because the app layer finds its translation by it.
    column : where in the text, counted from 1, or None where there is no one place.
    fields : the values of the template's other fields.
    """

    def __init__(self, template: str, *, column: int | None = None, **fields: object) -> None:
        self.template = template
        self.column = column
        self.line: int | None = None
        self.fields: dict[str, object] = dict(fields)
        if column is not None:
            self.fields["column"] = column
        super().__init__(template)

    def at_line(self, line: int) -> Problem:
        """The same problem, known to be on this line (counted from 1) of a longer text."""
        self.line = line
        return self

    def __str__(self) -> str:
        sentence = self.template.format(**self.fields)
        return sentence if self.line is None else f"line {self.line}: {sentence}"
