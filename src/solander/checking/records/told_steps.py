"""The files, events and programs of a record of what was done, each as lines that can be held against another's.

It is read as XML: how it is set out, which prefixes it writes and what stands in its remarks makes no difference, so
that no other telling can hide in a remark, and a keeper's program may have written it anew.

Source: PREMIS Data Dictionary 3.0, entities Object, Event and Agent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

_NAMESPACE = "{http://www.loc.gov/premis/v3}"
_KINDS = ("object", "event", "agent")

_OF_THE_DAY = ("fixity", "size")
_OF_THE_JUDGEMENT = ("eventDetailInformation", "eventOutcomeInformation")
"""What is set aside of each file, event and program, and of the event of judging besides."""
_VERSIONS = (
    re.compile(r"(?<=turbohtml )[^\s;]+(?=;)"),
    re.compile(r"(?<=\Asolander )\S+(?=\Z)"),
)


class Step(NamedTuple):
    """One file, event or program."""

    name: str
    """What a person calls it."""
    identifier: str
    """By which other parts of the record lead to it, without the version of a program."""
    lines: tuple[str, ...]
    """Elements and values in their order, without what is set aside."""
    places: tuple[int | None, ...]
    """In which line of the record each of ``lines`` begins, from 1."""


def told_steps(root: Any) -> list[Step]:
    """What a record tells, in its order.

    Args:
        root: its root element (lxml).
    """
    return [_step(one) for one in root if _name(one) in _KINDS]


def _step(element: Any) -> Step:
    kind = next((_text(one) for one in element if _name(one) == "eventType"), None)
    identifier = next((_value(one) for one in element.iter() if _name(one).endswith("IdentifierValue")), "")
    rows = list(_rows(element, (*_OF_THE_DAY, *(_OF_THE_JUDGEMENT if kind == "validation" else ()))))
    name = f"the event {kind!r}" if kind is not None else repr(identifier.strip())
    return Step(name, identifier, tuple(line for line, _ in rows), tuple(place for _, place in rows))


def _rows(element: Any, set_aside: tuple[str, ...]) -> Iterator[tuple[str, int | None]]:
    """The lines of an element, each with its place; it nests no deeper than the parser lets it."""
    name, place = _name(element), element.sourceline
    attributes = "".join(f' {key.rpartition("}")[2]}="{value}"' for key, value in sorted(element.items()))
    inner = [one for one in element if isinstance(one.tag, str)]
    if not inner:
        # Of a version it counts that there is one.
        value = "" if name == "agentVersion" and _text(element) else _value(element)
        yield f"<{name}{attributes}>{value}</{name}>", place
        return
    yield f"<{name}{attributes}>", place
    if loose := "".join((element.text or "", *(one.tail or "" for one in element))).strip():
        yield loose, place
    for one in inner:
        if _name(one) not in set_aside:
            yield from _rows(one, set_aside)
    yield f"</{name}>", place


def _name(element: Any) -> str:
    """An element's name: of one that is not of PREMIS with its name space; of a remark none."""
    return element.tag.removeprefix(_NAMESPACE) if isinstance(element.tag, str) else ""


def _value(element: Any) -> str:
    """Its text, without the versions of programs."""
    text = _text(element)
    for pattern in _VERSIONS:
        text = pattern.sub("", text)
    return text


def _text(element: Any) -> str:
    # Text in pieces, for remarks may stand in it; what they say is no part of it.
    return "".join((element.text or "", *(one.tail or "" for one in element)))
