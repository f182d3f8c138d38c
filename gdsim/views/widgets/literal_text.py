"""Text from files and from the user, for tool tips and message boxes, which guess at markup."""

from __future__ import annotations

import re

_MARKUP = re.compile(r"<[A-Za-z/!?]|&lt;")


def literal(text: str) -> str:
    """The text in a form that Qt shows letter by letter, ``<b>`` and ``<img …>`` included.

    Labels need no such form: they are told to take their text as plain.
    """
    if _MARKUP.search(text) is None:
        return text
    from html import escape  # rarely needed, and it takes 3 ms

    return f"<qt>{escape(text)}</qt>".replace("\n", "<br>")
