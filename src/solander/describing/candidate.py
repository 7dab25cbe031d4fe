"""Candidates: statements that may come to stand in the record, each with its rank beneath the kind of its evidence."""

from __future__ import annotations

import re
from typing import NamedTuple

from solander.describing.kinds import Kind
from solander.model.description import Evidence, Statement
from solander.model.page import one_line

VALUE_CHARACTERS = 2_000
"""No statement is longer; an abstract of more is cut at a word."""

_LEADING = frozenset(("rights", "relation", "identifier", "source"))
# What a script or the page itself stands for, in an address's place, leads nobody anywhere.
_LEADS_NOWHERE = re.compile(r"(?:java|vb|live)\s?script\s?:|(?:data|about|blob):\S|#[\w-]*\Z", re.IGNORECASE)


class Candidate(NamedTuple):
    """A statement on trial."""

    statement: Statement
    kind: Kind
    """What it was read from; rules ask for this, never for the words of the evidence."""
    name: str = ""
    """The page's own name for that, where it has one: ``citation_author``, a class, the words of a label."""
    preference: int = 0
    """Among evidence of one kind, the lower is the stronger: ``citation_author`` before ``parsely-author``."""
    noise: bool = False
    """Kept because the page says it, never chosen: ``admin`` as an author, an address for a name."""
    person: bool = False
    """The page calls it a person outright: a site may bear her name."""

    labelled: bool = False
    """The words before it say what it is: "Published on", before a mark for a time."""

    @property
    def strength(self) -> tuple[int, int]:
        """To sort by, the strongest first; what is equal keeps the order of the page."""
        return self.kind.rank, self.preference

    @property
    def mark(self) -> tuple[Kind, str]:
        """What it was read from, by name: two candidates of one mark were said in the same way."""
        return self.kind, self.name

    def valued(self, value: str) -> Candidate:
        """The same, of another value: of a part, or of what is seen of it."""
        return self._replace(statement=self.statement._replace(value=value))


def candidate(
    element: str,
    value: str,
    kind: Kind,
    source: str = "",
    *,
    name: str = "",
    refinement: str | None = None,
    language: str | None = None,
    preference: int = 0,
    noise: bool = False,
    person: bool = False,
) -> Candidate:
    """Make a candidate of what was read: white space collapsed, length bounded, not chosen yet."""
    value = one_line(value[: 2 * VALUE_CHARACTERS])
    if len(value) > VALUE_CHARACTERS:
        value = value[:VALUE_CHARACTERS].rsplit(" ", 1)[0]
    if element == "publisher":
        # What parted the name from a title is no part of it: "Harbour Observer -".
        value = value.strip(" -–—|·•:") or value
    evidence = Evidence(kind.origin, kind.detail(name), source)
    # "{geo_placename}", "<%= title %>", "[[author]]": a template that was not filled in.
    noise = noise or value.startswith(("{", "<%", "[[", "%%", "$"))
    noise = noise or (element in _LEADING and _LEADS_NOWHERE.match(value) is not None)
    statement = Statement(element, value, evidence, language, refinement, False)
    return Candidate(statement, kind, name, preference, noise, person)
