"""RED rules: a bag holds what its own original says, read again.

What is derived again bears the version of today's Solander: ``appInfo`` and ``revisionDesc`` are set aside before the
bytes are compared, and nothing else is.

Source: docs/design.md, section 1, law 3.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from types import MappingProxyType
from typing import TypeAlias

from solander.checking.records.told_steps import Step, told_steps
from solander.checking.rules import Fault, rule
from solander.model.finding import Place

LAW = "DESIGN, law 3: the same capture, options, version and moment give the same bytes"

_ENDS = "(it ends here)"
"""What stands where there is nothing more to compare."""

_BEFORE, _AFTER = 50, 80
"""How many characters are shown of a line before and from the first that differs."""

# Our own canonical bytes: no comment or CDATA section can hold these marks, and text has its "<" escaped. In a bag that
# somebody altered they may stand anywhere: only the first of each is set aside, and only in the header, so that nothing
# can be hidden in one more.
_SET_ASIDE = tuple(
    re.compile(rb"[ \t]*<%b>.*?</%b>\n?" % (name, name), re.DOTALL) for name in (b"appInfo", b"revisionDesc")
)
_END_OF_HEADER = b"</teiHeader>"

_Spans: TypeAlias = list[tuple[int, int]]


@rule("RED001", "tei-not-rederived", severity="error", source=LAW)
def tei_not_rederived(path: str, recorded: bytes, derived: bytes) -> Iterator[Fault]:
    """The TEI is not what comes of the original when it is read again.

    Why: the TEI is worth keeping because anybody can make it again from the bytes beside it. A difference means that
    the TEI or the original was changed after packing, or that another version of Solander reads this page in another
    way; the report names both versions.

    Remedy: check the bag's fixity first. If that is whole and the versions differ, derive with the version that made
    the bag; if the new text is the better one, pack the page again, which makes the next version of the bag.
    """
    yield from _first_difference(path, recorded, derived, _set_aside(recorded), _set_aside(derived))


@rule("RED002", "record-not-rederived", severity="error", source=LAW)
def record_not_rederived(path: str, recorded: bytes, derived: bytes) -> Iterator[Fault]:
    """A Dublin Core record is not what comes of the original and the recorded statements.

    Why: a repository shows the record and keeps the page; the two must not drift apart.

    Remedy: to correct a description, pack the page again with the corrected statements (--title, --creator …), which
    makes the next version of the bag; do not edit the record in the bag.
    """
    yield from _first_difference(path, recorded, derived, [], [])


@rule("RED003", "identifier-not-rederived", severity="error", source="DESIGN, section 4: identity")
def identifier_not_rederived(path: str, recorded: str, derived: str) -> Iterator[Fault]:
    """External-Identifier is not the name that follows from the original's bytes, its address and its moment.

    Why: the identifier is reckoned from what is kept, so that two bags with one name hold the same page.

    Remedy: check the bag's fixity; if bag-info.txt was edited by hand, put the old identifier back.
    """
    if recorded != derived:
        yield Fault(Place(path), "the identifier is not that of this page", derived, recorded or "none")


@rule("RED004", "evidence-not-rederived", severity="warning", source=LAW)
def evidence_not_rederived(path: str, recorded: bytes, derived: bytes) -> Iterator[Fault]:
    """The description in full is not what comes of the original: another evidence, or another statement that lost.

    Why: ``description.json`` tells why each statement was chosen and what it was chosen over. Whoever weighs a title or
    a date goes by it, and neither the TEI nor the records repeat it, so that an altered evidence would show nowhere.

    Remedy: check the bag's fixity first. If that is whole and the versions differ, another version of Solander finds
    other evidence on this page; pack the page again to have it in the next version of the bag.
    """
    yield from _first_difference(path, recorded, derived, [], [])


@rule("RED005", "provenance-not-rederived", severity="warning", source=f"{LAW}; PREMIS 3.0, entities Object and Event")
def provenance_not_rederived(path: str, recorded: bytes, derived: bytes) -> Iterator[Fault]:
    """The record of what was done to the page lacks a file, an event or a program of the making, or tells of
    it otherwise.

    Why: formats, names, events and what each used and made follow from the page and its options. Nothing else in the
    bag repeats them, so that an altered one would show nowhere. Sizes, digests and moments other rules hold against the
    files; versions of programs, and how the judgement at packing came out, hang on the day and are set aside; events
    that a keeper added are the keeper's.

    Remedy: check the bag's fixity first. If that is whole and the versions differ, another version of Solander tells of
    its work in other words; pack the page again to have them in the next version of the bag.
    """
    # Late: whoever derives no record again reads none.
    from solander.checking.grammars.relax_ng import parse_xml

    parsed = parse_xml(recorded)
    if parsed.fault is not None:
        place = Place(path, parsed.fault.line, parsed.fault.column)
        yield Fault(place, f"what was done cannot be read: {parsed.fault.message}")
        return
    told, ours = told_steps(parsed.root), told_steps(parse_xml(derived).root)
    there = {step.lines for step in told}
    # Of two of one kind that one is meant whose identifier is right.
    named = {step.name: step for step in told} | {step.identifier: step for step in told}
    for step in ours:
        if step.lines in there:
            continue
        found = named.get(step.identifier) or named.get(step.name)
        if found is None:
            yield Fault(Place(path), f"nothing is told of {step.name}")
            continue
        expected, other, line = _first_row(step, found)
        yield Fault(Place(path, line), f"this is not what was done, of {step.name}", expected, other)


@rule("RED006", "readme-not-rederived", severity="warning", source=LAW)
def readme_not_rederived(path: str, recorded: bytes, derived: bytes) -> Iterator[Fault]:
    """``README.txt`` begins as Solander's does, and is not what comes of the bag.

    Why: whoever has no program for such bags goes by this text; a wrong command or a wrong path in it leads astray.

    Remedy: check the bag's fixity first. A text of your own may begin otherwise, and is left alone; if the versions
    differ, another version of Solander explains the bag in other words.
    """
    first = derived.partition(b"\n")[0]
    if recorded.startswith(first + b"\n"):
        of_recorded, of_derived = ([one.span() for one in _MADE_WITH.finditer(text)] for text in (recorded, derived))
        yield from _first_difference(path, recorded, derived, of_recorded[:1], of_derived[:1])


@rule("RED007", "capture-field-not-rederived", severity="warning", source="RFC 8493, 2.2.2; DESIGN, law 3")
def capture_field_not_rederived(
    path: str,
    recorded: Mapping[str, Sequence[str]],
    derived: Mapping[str, str | None],
    lines: Mapping[str, int | None] = MappingProxyType({}),
) -> Iterator[Fault]:
    """``bag-info.txt`` says of the capture something else than the original does: who captured it, by which redirects;
    of a bag of many pages, which file it was made of, how many pages from when to when, and who packed it when.

    Why: a person and a catalogue read here where a page came from, and nothing else in the bag says it so plainly.

    Remedy: check the bag's fixity, and put the field back as it is expected; a bag of another version of Solander may
    have fields that this one does not write. A keeper who has a bag of many pages anew says so by solander bag update,
    which dates it.
    """
    for label, expected in derived.items():
        found = recorded.get(label, ())
        if tuple(found) != ((expected,) if expected else ()):
            told = " and ".join(found) or "no such field"
            place = Place(path, lines.get(label))
            yield Fault(place, f"{label} is not what {_FOLLOWS}", expected or "no such field", told)


_FOLLOWS = "follows from the original and the record of the making"
_MADE_WITH = re.compile(rb"(?<=\n  Made with   )[^\n]*")
"""The program that wrote the bag: another field tells it, too."""

PAGE_RULES = (tei_not_rederived, record_not_rederived, identifier_not_rederived, evidence_not_rederived)
TELLING_RULES = (provenance_not_rederived, readme_not_rederived, capture_field_not_rederived)
RULES = (*PAGE_RULES, *TELLING_RULES)


def _first_row(ours: Step, theirs: Step) -> tuple[str, str, int | None]:
    """Where two tellings of one thing differ first: what is expected, what is told, and in which line."""
    pairs = zip_longest(ours.lines, theirs.lines, fillvalue=_ENDS)
    at, (expected, told) = next((at, pair) for at, pair in enumerate(pairs) if pair[0] != pair[1])
    return *_around_difference(expected, told), theirs.places[min(at, len(theirs.places) - 1)]


def _first_difference(
    path: str, recorded: bytes, derived: bytes, of_recorded: _Spans, of_derived: _Spans
) -> Iterator[Fault]:
    """Compare two files line by line, without the spans of each that are set aside."""
    ours, theirs = _without(derived, of_derived), _without(recorded, of_recorded)
    if ours == theirs:
        return
    # Neither is parted into lines: of what is all line ends that would take a hundred times its size.
    same = _alike_bytes(ours, theirs)
    shorter = min(len(ours), len(theirs))
    if same == shorter and max(ours, theirs, key=len)[same : same + 1] == b"\n":
        # The line that ends with the shorter one is the same in both.
        start, at = same + 1, ours.count(b"\n", 0, same) + 1
    else:
        start, at = ours.rfind(b"\n", 0, same) + 1, ours.count(b"\n", 0, same)
    line = _line_in_full(recorded, at, of_recorded)
    expected, found = _around_difference(_line(ours, start), _line(theirs, start))
    yield Fault(Place(path, line), "this is not what the original says", expected, found)


def _alike_bytes(one: bytes, other: bytes) -> int:
    """How many bytes two files begin with alike."""
    least, most = 0, min(len(one), len(other))
    while least < most:
        half = (least + most + 1) // 2
        least, most = (half, most) if one[least:half] == other[least:half] else (least, half - 1)
    return least


def _set_aside(tei: bytes) -> _Spans:
    """Where, from first to last, the parts lie that name the programs and the moment of the making."""
    end = tei.find(_END_OF_HEADER)
    found = [pattern.search(tei, 0, max(end, 0)) for pattern in _SET_ASIDE]
    spans = sorted(one.span() for one in found if one is not None)
    # One within the other is no TEI: the outer alone is set aside.
    return spans[:1] if len(spans) > 1 and spans[1][0] < spans[0][1] else spans


def _without(content: bytes, spans: _Spans) -> bytes:
    for start, end in reversed(spans):
        content = content[:start] + content[end:]
    return content


def _line(content: bytes, start: int) -> str:
    """The line that begins at a byte."""
    if start > len(content):
        return "(the file ends here)"
    end = content.find(b"\n", start)
    return content[start : len(content) if end < 0 else end].decode("utf-8", "replace").strip()


def _around_difference(expected: str, found: str) -> tuple[str, str]:
    """Two values, both cut to what stands around the first character that differs: a line may be a whole chapter."""
    if max(len(expected), len(found)) <= _BEFORE + _AFTER:
        return expected, found
    same = next((at for at, (one, other) in enumerate(zip(expected, found, strict=False)) if one != other), None)
    if same is None:
        same = min(len(expected), len(found))
    start = max(0, same - _BEFORE)
    # From the beginning of a word, if there is one.
    start = (start and expected.find(" ", start, same) + 1) or start
    first, second = (
        ("…" if start else "") + value[start : same + _AFTER] + ("…" if len(value) > same + _AFTER else "")
        for value in (expected, found)
    )
    return first, second


def _line_in_full(content: bytes, at: int, spans: _Spans) -> int:
    """The number, from 1, in the whole file of the line that is number ``at`` once parts were set aside."""
    set_aside = 0
    for start, end in spans:
        if content.count(b"\n", 0, start) - set_aside > at:
            break
        set_aside += content.count(b"\n", start, end)
    return at + set_aside + 1
