"""A pattern that is compiled late says what one compiled at once says, and each that there is can be compiled."""

from __future__ import annotations

import importlib
import pkgutil
import re

import pytest

import solander
from solander.model import late_pattern
from solander.model.late_pattern import LatePattern, late

WRITTEN = r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})|x+"


@pytest.mark.parametrize("text", ["", "on 7.12., XX", "12.1.", "xxx"])
def test_it_answers_as_a_pattern_compiled_at_once(text: str) -> None:
    # Of each question a pattern of its own is asked first.
    at_once = re.compile(WRITTEN, re.IGNORECASE)
    assert late(WRITTEN, re.IGNORECASE).findall(text) == at_once.findall(text)
    assert late(WRITTEN, re.IGNORECASE).split(text) == at_once.split(text)
    assert late(WRITTEN, re.IGNORECASE).subn("-", text) == at_once.subn("-", text)
    for method in ("search", "match", "fullmatch"):
        found, expected = (getattr(one, method)(text) for one in (late(WRITTEN, re.IGNORECASE), at_once))
        assert (found and found.groupdict()) == (expected and expected.groupdict())
    assert [one.span() for one in late(WRITTEN).finditer(text)] == [one.span() for one in re.finditer(WRITTEN, text)]


def test_it_is_compiled_at_the_first_question_and_once(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[str] = []

    class Counting:
        @staticmethod
        def compile(pattern: str, flags: int) -> re.Pattern[str]:
            compiled.append(pattern)
            return re.compile(pattern, flags)

    monkeypatch.setattr(late_pattern, "re", Counting)
    one = late(WRITTEN)
    assert compiled == []
    assert one.search("7.12.")
    assert not one.match("a")
    assert one.sub("", "x") == ""
    assert compiled == [WRITTEN]


def test_every_late_pattern_of_the_program_is_one() -> None:
    found = 0
    for module in pkgutil.walk_packages(solander.__path__, "solander."):
        if module.name.endswith("__main__"):
            continue
        for value in vars(importlib.import_module(module.name)).values():
            if isinstance(value, LatePattern):
                found += 1
                assert re.compile(value.pattern, value.flags)
    assert found > 50
