"""The error for bad input: one sentence that can be translated."""

from __future__ import annotations

from pathlib import PurePath

from gdsim.core.plain_text import plain_text


class Problem(ValueError):
    """Bad input, described in one plain sentence.

    Parameters
    ----------
    template : the English sentence with ``{named}`` fields. It must be a string literal where it is
        raised, because the app layer finds the translation by this text.
    column : the position in the text, counted from 1; None where there is no single position.
    fields : the values of the other fields of the template. Texts may come from a file or from the
        user, and lose the characters that act on a terminal (:func:`plain_text`).
    """

    def __init__(self, template: str, *, column: int | None = None, **fields: object) -> None:
        self.template = template
        self.column = column
        self.line: int | None = None
        self.fields: dict[str, object] = {
            name: plain_text(str(value)) if isinstance(value, str | PurePath) else value
            for name, value in fields.items()
        }
        if column is not None:
            self.fields["column"] = column
        super().__init__(template)

    def at_line(self, line: int) -> Problem:
        """The same problem with the line of a longer text it is on, counted from 1."""
        self.line = line
        return self

    def at_column(self, column: int) -> Problem:
        """The same problem, known to be at another column of the text that was typed."""
        self.column = column
        self.fields["column"] = column
        return self

    def __str__(self) -> str:
        sentence = self.template.format(**self.fields)
        return sentence if self.line is None else f"line {self.line}: {sentence}"
