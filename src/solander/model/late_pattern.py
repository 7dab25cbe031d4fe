"""Patterns that most pages never need: each is compiled when it is first asked, and not when its module is loaded.

A third of the time in which one page is read by itself went into compiling patterns, half of them for nothing.

Promise: whoever has one sees a compiled pattern; that it is a right one is for a test to see, which asks them all.
"""

from __future__ import annotations

import re
from typing import Any, cast

_METHODS = ("search", "match", "fullmatch", "findall", "finditer", "split", "sub", "subn")


class LatePattern:
    """A pattern as it is written; from the first question on its methods are those of the compiled one."""

    def __init__(self, pattern: str, flags: int) -> None:
        self._written, self._flags = pattern, flags

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        # Only what is not there yet is asked for here: so no later question takes this way.
        compiled = re.compile(self._written, self._flags)
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


def late(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """A pattern as ``re.compile`` gives it, compiled when it is first asked for anything."""
    return cast("re.Pattern[str]", LatePattern(pattern, flags))
