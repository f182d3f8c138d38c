"""The versions of the dependencies: bounded above, and named where they were tried."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

PROJECT = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text("utf-8"))
ALLOWED = [
    Requirement(text)
    for text in (
        *PROJECT["project"]["dependencies"],
        *PROJECT["project"]["optional-dependencies"]["xlsx"],
    )
]


def pinned(group: str) -> dict[str, Version]:
    """The versions of a dependency group, each given exactly."""
    found = {}
    for text in PROJECT["dependency-groups"][group]:
        requirement = Requirement(text)
        (bound,) = requirement.specifier
        assert bound.operator == "=="
        found[canonicalize_name(requirement.name)] = Version(bound.version)
    return found


def bounds(requirement: Requirement) -> dict[str, Version]:
    return {bound.operator: Version(bound.version) for bound in requirement.specifier}


@pytest.mark.parametrize("requirement", ALLOWED, ids=str)
def test_the_next_major_version_is_not_allowed(requirement: Requirement) -> None:
    found = bounds(requirement)
    assert found[">="] < found["<"]
    assert found["<"].major <= found[">="].major + 1


@pytest.mark.parametrize("group", ["tested", "lowest"])
def test_each_dependency_has_one_version_that_is_allowed(group: str) -> None:
    versions = pinned(group)
    assert set(versions) == {canonicalize_name(requirement.name) for requirement in ALLOWED}
    for requirement in ALLOWED:
        assert versions[canonicalize_name(requirement.name)] in requirement.specifier


def test_the_lowest_versions_are_the_lower_bounds() -> None:
    versions = pinned("lowest")
    for requirement in ALLOWED:
        lowest = versions[canonicalize_name(requirement.name)]
        assert lowest == bounds(requirement)[">="]
