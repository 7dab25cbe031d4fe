"""RED rules: a bag holds what its own original says, read again.

What is derived again bears the version of today's Solander: ``appInfo`` and ``revisionDesc`` are set aside before the
bytes are compared, and nothing else is.

Source: DESIGN, section 1, law 3.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from solander.checking.rules import Fault, rule
from solander.model.finding import Place

LAW = "DESIGN, law 3: the same capture, options, version and moment give the same bytes"

# Our own canonical bytes: no comment or CDATA section can hold these marks, and text has its "<" escaped. In a bag
# that somebody altered they may stand anywhere: then the rest differs, which is what is to be found.
_SET_ASIDE = re.compile(rb"[ \t]*<(appInfo|revisionDesc)>.*?</\1>\n?", re.DOTALL)


@rule("RED001", "tei-not-rederived", severity="error", source=LAW)
def tei_not_rederived(path: str, recorded: bytes, derived: bytes) -> Iterator[Fault]:
    """The TEI is not what comes of the original when it is read again.

    Why: the TEI is worth keeping because anybody can make it again from the bytes beside it. A difference means that
    the TEI or the original was changed after packing, or that another version of Solander reads this page in another
    way; the report names both versions.

    Remedy: check the bag's fixity first. If that is whole and the versions differ, derive with the version that made
    the bag; if the new text is the better one, pack the page again, which makes the next version of the bag.
    """
    yield from _first_difference(path, recorded, derived)


@rule("RED002", "record-not-rederived", severity="error", source=LAW)
def record_not_rederived(path: str, recorded: bytes, derived: bytes) -> Iterator[Fault]:
    """A Dublin Core record is not what comes of the original and the recorded statements.

    Why: a repository shows the record and keeps the page; the two must not drift apart.

    Remedy: to correct a description, pack the page again with the corrected statements (--title, --creator …), which
    makes the next version of the bag; do not edit the record in the bag.
    """
    yield from _first_difference(path, recorded, derived)


@rule("RED003", "identifier-not-rederived", severity="error", source="DESIGN, section 4: identity")
def identifier_not_rederived(path: str, recorded: str, derived: str) -> Iterator[Fault]:
    """External-Identifier is not the name that follows from the original's bytes, its address and its moment.

    Why: the identifier is reckoned from what is kept, so that two bags with one name hold the same page.

    Remedy: check the bag's fixity; if bag-info.txt was edited by hand, put the old identifier back.
    """
    if recorded != derived:
        yield Fault(Place(path), "the identifier is not that of this page", derived, recorded or "none")


RULES = (tei_not_rederived, record_not_rederived, identifier_not_rederived)


def _first_difference(path: str, recorded: bytes, derived: bytes) -> Iterator[Fault]:
    ours, theirs = _SET_ASIDE.sub(b"", derived).split(b"\n"), _SET_ASIDE.sub(b"", recorded).split(b"\n")
    if ours == theirs:
        return
    at = next((number for number, (one, other) in enumerate(zip(theirs, ours, strict=False)) if one != other), None)
    if at is None:
        at = min(len(ours), len(theirs))
    line = _line_in_full(recorded, at)
    yield Fault(Place(path, line), "this is not what the original says", _line(ours, at), _line(theirs, at))


def _line(lines: list[bytes], at: int) -> str:
    return lines[at].decode("utf-8", "replace").strip() if at < len(lines) else "(the file ends here)"


def _line_in_full(content: bytes, at: int) -> int:
    """The number, from 1, in the whole file of the line that is number ``at`` once parts were set aside."""
    set_aside = 0
    for match in _SET_ASIDE.finditer(content):
        if content.count(b"\n", 0, match.start()) - set_aside > at:
            break
        set_aside += match.group().count(b"\n")
    return at + set_aside + 1
