"""Locates the files that come with gdsim; no other module does."""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def root() -> Path:
    """The resources folder: inside the package when installed, beside it in a checkout."""
    package = Path(__file__).resolve().parent
    for folder in (package / "_resources", package.parent / "resources"):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"the resources of gdsim are missing beside {package}; install it anew")


def path(*parts: str) -> Path:
    """The path of a resource, for instance ``path("icons", "play.svg")``; it need not exist."""
    return root().joinpath(*parts)


def text(*parts: str) -> str:
    """The text of a resource, read as UTF-8."""
    return path(*parts).read_text(encoding="utf-8")
