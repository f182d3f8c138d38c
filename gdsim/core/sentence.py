"""A sentence of the core as a template and its fields, so that the app can translate it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Sentence:
    """A template with ``{named}`` fields, and what stands in them.

    Parameters
    ----------
    template : the English text, by which its translation is found.
    fields : numbers and names as text, or parts that are to be translated in their turn.
    """

    template: str
    fields: Mapping[str, str | Sentence] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.template.format(**{name: str(value) for name, value in self.fields.items()})
