"""Settings that are stored between starts: geometry, language, theme, projector mode."""

from __future__ import annotations

from collections.abc import Container

from PySide6.QtCore import QByteArray, QSettings

from gdsim.app.language.languages import LANGUAGES


class Settings:
    """The stored settings, each with a default.

    ``language``: a key of ``LANGUAGES``, or ``system``;
    ``theme``: ``light``, ``dark`` or ``system``;
    ``geometry``: of the window, in Qt's own format; empty where nothing is stored.
    """

    def __init__(self) -> None:
        self._store = QSettings("gdsim", "gdsim")

    def forget(self) -> None:
        """Restore all defaults."""
        self._store.clear()

    @property
    def language(self) -> str:
        return self._choice("language", LANGUAGES)

    @language.setter
    def language(self, language: str) -> None:
        self._store.setValue("language", language)

    @property
    def theme(self) -> str:
        return self._choice("theme", ("light", "dark"))

    @theme.setter
    def theme(self, theme: str) -> None:
        self._store.setValue("theme", theme)

    def _choice(self, key: str, known: Container[str]) -> str:
        value = self._store.value(key)
        return value if isinstance(value, str) and value in known else "system"

    @property
    def projector(self) -> bool:
        """Whether projector mode is on, which replaces the theme."""
        return self._store.value("projector") in (True, "true")

    @projector.setter
    def projector(self, on: bool) -> None:
        self._store.setValue("projector", on)

    @property
    def geometry(self) -> QByteArray:
        return self._bytes("geometry")

    @geometry.setter
    def geometry(self, geometry: QByteArray) -> None:
        self._store.setValue("geometry", geometry)

    def splitter(self, name: str) -> QByteArray:
        """The stored sizes of a splitter, in Qt's own format; empty where there are none."""
        return self._bytes(f"splitter/{name}")

    def set_splitter(self, name: str, state: QByteArray) -> None:
        """Store the sizes of a splitter, in Qt's own format."""
        self._store.setValue(f"splitter/{name}", state)

    def _bytes(self, key: str) -> QByteArray:
        value = self._store.value(key)
        return value if isinstance(value, QByteArray) else QByteArray()
