"""Patterns of paths: what they cover, and that none of them costs more than it may."""

from __future__ import annotations

import re
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solander.model.path_patterns import LENGTH_LIMIT, PARTS_LIMIT, PATTERN_LIMIT, PathPatterns

NAMES = st.text("ab.", min_size=1, max_size=3)
PATHS = st.lists(NAMES, min_size=1, max_size=5).map("/".join)
PARTS = st.text("ab*?", min_size=1, max_size=4)
PATTERNS = st.lists(PARTS, min_size=1, max_size=4).map("/".join)


@pytest.mark.parametrize(
    ("pattern", "path", "covered"),
    [
        ("*", "README.txt", True),
        ("*", "metadata/deep/dc.xml", True),
        ("data/*", "data/a", True),
        ("data/*", "data/a/b/c", True),
        ("data/*", "data", False),
        ("data/*", "dataset/a", False),
        ("data/*.xml", "data/a.xml", True),
        ("data/*.xml", "data/.xml", True),
        ("data/*.xml", "data/a/b.xml", False),
        ("data/**/*.xml", "data/b.xml", True),
        ("data/**/*.xml", "data/a/c/b.xml", True),
        ("data/**/x/*.xml", "data/a/x/b.xml", True),
        ("data/**/x/*.xml", "data/a/y/b.xml", False),
        ("**", "a/b/c", True),
        ("**/c", "a/b/c", True),
        ("**/c", "a/b/cc", False),
        ("*/*/c", "a/b/c", True),
        ("*/*/c", "a/c", False),
        ("a/b*", "a/bc/d", False),
        ("a?c", "abc", True),
        ("a?c", "a/c", False),
        ("[ab].txt", "b.txt", True),
        ("[ab].txt", "[ab].txt", True),
        ("[", "[", True),
        ("A/b", "a/b", False),
        ("a\n*", "a\nb", True),
        ("*a", "\udce9a", True),
    ],
)
def test_what_a_pattern_covers(pattern: str, path: str, covered: bool) -> None:
    assert PathPatterns([pattern]).cover(path) is covered


def by_definition(pattern: str, path: str) -> bool:
    """Whether a pattern covers a path, by trying every way."""
    wanted, names = pattern.split("/"), path.split("/")
    if wanted[-1] == "*":
        wanted.append("**")

    @cache
    def fits(at: int, name: int) -> bool:
        if at == len(wanted):
            return name == len(names)
        if wanted[at] == "**":
            return any(fits(at + 1, later) for later in range(name, len(names) + 1))
        letters = "".join(".*" if one == "*" else "." if one == "?" else re.escape(one) for one in wanted[at])
        return name < len(names) and re.fullmatch(letters, names[name]) is not None and fits(at + 1, name + 1)

    return pattern == path or fits(0, 0)


@given(pattern=PATTERNS, path=PATHS)
def test_a_pattern_covers_what_some_way_of_reading_it_covers(pattern: str, path: str) -> None:
    assert PathPatterns([pattern]).cover(path) is by_definition(pattern, path)


@given(path=PATHS)
def test_every_path_covers_itself_and_nothing_of_a_list_is_lost(path: str) -> None:
    assert PathPatterns([path]).cover(path)
    assert PathPatterns(["no/such", "*.no", path]).cover(path)
    assert not PathPatterns([]).cover(path)


@given(pattern=PATTERNS, path=PATHS)
def test_what_is_covered_within_a_folder_may_be_covered_there(pattern: str, path: str) -> None:
    folder, slash, _ = path.rpartition("/")
    if slash and PathPatterns([pattern]).cover(path):
        assert PathPatterns([pattern]).cover_within(f"{folder}/")


@pytest.mark.parametrize(
    ("folder", "pattern", "may"),
    [
        ("data/src/", "data/src/*", True),
        ("data/src/", "data/src/a/*", True),
        ("data/src/", "data/src", False),
        ("data/src/", "data/*.txt", False),
        ("data/src/", "data/**/a", True),
        ("data/src/", "data/src/a.txt", True),
        ("data/src/", "data/other/*", False),
    ],
)
def test_a_folder_is_allowed_where_something_in_it_is(folder: str, pattern: str, may: bool) -> None:
    assert PathPatterns([pattern]).cover_within(folder) is may


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("**/" * (PARTS_LIMIT - 1) + "x", "/".join("a" * 2000)),
        ("**/a/" * 20 + "b", "/".join("a" * 2000)),
        ("*a" * (LENGTH_LIMIT // 2 - 1) + "b", "a" * 4000),
        ("*?" * (LENGTH_LIMIT // 2 - 1) + "b", "a" * 4000),
        ("*" * (LENGTH_LIMIT - 1) + "b", "a" * 4000),
    ],
)
def test_no_pattern_is_a_trap(pattern: str, path: str) -> None:
    # It ends; a matcher that goes back over what asterisks took would not in the life of the sun.
    assert not PathPatterns([pattern[:LENGTH_LIMIT]]).cover(path)


@pytest.mark.parametrize(
    "patterns",
    [[f"{number}*" for number in range(PATTERN_LIMIT + 1)], ["a*" * LENGTH_LIMIT], ["*/" * PARTS_LIMIT + "a"]],
)
def test_more_than_any_profile_needs_is_refused(patterns: list[str]) -> None:
    with pytest.raises(ValueError, match="more than"):
        PathPatterns(patterns)


def test_names_without_a_wildcard_are_not_counted() -> None:
    assert PathPatterns(f"data/{number}" for number in range(10_000)).cover("data/9999")
