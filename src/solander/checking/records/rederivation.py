"""RED rules: a bag holds what its own original says, read again.

What is derived again bears the version of today's Solander: ``appInfo`` and ``revisionDesc`` are set aside before the
bytes are compared, and nothing else is.

Source: docs/design.md, section 1, law 3.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from solander.checking.rules import Fault, rule
from solander.model.finding import Place

LAW = "DESIGN, law 3: the same capture, options, version and moment give the same bytes"

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
    there = {block: None for _, block in _blocks(recorded)}
    names = {name: block for name, block in _blocks(recorded) if name}
    for name, block in _blocks(derived):
        if block in there:
            continue
        found = names.get(name)
        if found is None:
            yield Fault(Place(path), f"nothing is told of {name}")
            continue
        ours, theirs = block.split("\n"), found.split("\n")
        at = next((row for row, (one, other) in enumerate(zip(ours, theirs, strict=False)) if one != other), None)
        expected, told = ("(it ends here)",) * 2 if at is None else (ours[at].strip(), theirs[at].strip())
        if at is None:
            longer = max(ours, theirs, key=len)[min(len(ours), len(theirs))].strip()
            expected, told = (longer, told) if len(ours) > len(theirs) else (expected, longer)
        expected, told = _around_difference(expected, told)
        yield Fault(Place(path), f"this is not what was done, of {name}", expected, told)


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
    path: str, recorded: Mapping[str, Sequence[str]], derived: Mapping[str, str | None]
) -> Iterator[Fault]:
    """``bag-info.txt`` says of the capture something else than the original does: who captured it, by which redirects.

    Why: a person and a catalogue read here where a page came from, and nothing else in the bag says it so plainly.

    Remedy: check the bag's fixity, and put the field back as it is expected; a bag of another version of Solander may
    have fields that this one does not write.
    """
    for label, expected in derived.items():
        found = recorded.get(label, ())
        if tuple(found) != ((expected,) if expected else ()):
            told = " and ".join(found) or "no such field"
            yield Fault(Place(path), f"{label} is not what the original says", expected or "no such field", told)


_MADE_WITH = re.compile(rb"(?<=\n  Made with   )[^\n]*")
"""The program that wrote the bag: another field tells it, too."""
_BLOCK = re.compile(r"<(object|event|agent)\b.*?</\1>", re.DOTALL)
_NAME = re.compile(r"<(?:object|event|agent)IdentifierValue>(.*?)<")
_KIND = re.compile(r"<eventType>(.*?)<")
_OF_THE_DAY = (
    re.compile(r"\s*<(fixity)>.*?</\1>", re.DOTALL),
    re.compile(r"\s*<(size)>.*?</\1>"),
    re.compile(r"(?<=turbohtml )[^\s;<]+(?=;)"),
    re.compile(r"(?<=>solander )[^\s<]+(?=<)"),
    re.compile(r"(?<=<agentVersion>)[^<]+(?=<)"),
)
_OF_THE_JUDGEMENT = (
    re.compile(r"<(eventDetailInformation)>.*?</\1>", re.DOTALL),
    re.compile(r"<(eventOutcomeInformation)>.*?</\1>", re.DOTALL),
)
"""What is set aside of each file, event and program, and of the event of judging besides."""


def _blocks(premis: bytes) -> Iterator[tuple[str, str]]:
    """The files, events and programs of a record, each by what a person calls it, without what is set aside."""
    for match in _BLOCK.finditer(premis.decode("utf-8", "replace")):
        block, kind = match[0], _KIND.search(match[0])
        of_this = _OF_THE_JUDGEMENT if kind is not None and kind[1] == "validation" else ()
        for pattern in (*_OF_THE_DAY, *of_this):
            block = pattern.sub("", block)
        name = _NAME.search(block)
        yield f"the event {kind[1]!r}" if kind is not None else repr(name[1]) if name is not None else "", block


PAGE_RULES = (tei_not_rederived, record_not_rederived, identifier_not_rederived, evidence_not_rederived)
TELLING_RULES = (provenance_not_rederived, readme_not_rederived, capture_field_not_rederived)
RULES = (*PAGE_RULES, *TELLING_RULES)


def _first_difference(
    path: str, recorded: bytes, derived: bytes, of_recorded: _Spans, of_derived: _Spans
) -> Iterator[Fault]:
    """Compare two files line by line, without the spans of each that are set aside."""
    ours, theirs = _without(derived, of_derived).split(b"\n"), _without(recorded, of_recorded).split(b"\n")
    if ours == theirs:
        return
    at = next((number for number, (one, other) in enumerate(zip(theirs, ours, strict=False)) if one != other), None)
    if at is None:
        at = min(len(ours), len(theirs))
    line = _line_in_full(recorded, at, of_recorded)
    expected, found = _around_difference(_line(ours, at), _line(theirs, at))
    yield Fault(Place(path, line), "this is not what the original says", expected, found)


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


def _line(lines: list[bytes], at: int) -> str:
    return lines[at].decode("utf-8", "replace").strip() if at < len(lines) else "(the file ends here)"


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
