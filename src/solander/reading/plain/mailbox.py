"""Several messages in one plain text, each a post with its day, its id and which other it answers.

A mailbox begins each with a line of its own ("From ann@… Mon Mar  4 10:11:12 2019"); a digest has a rule of dashes
above each. What a message quotes or passes on, head and all, has neither, and stays within it.

Source: RFC 4155, appendix A (mbox); RFC 1153 (digests); RFC 5322, 3.6.4 (``Message-ID``, ``In-Reply-To``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from solander.model.page import Block, Division, plain
from solander.reading.plain.lines import SENTENCE_END, Line
from solander.reading.plain.mail import ENVELOPE, NAMED, message_head
from solander.reading.plain.moments import sent_moment

_RULE = re.compile(r"-{20,80}\Z")
_DASHES = "-" * 20
_FROM = "From "
_HEAD_LINES = 200
_ID = re.compile(r"<[^<>\s]{1,200}>")
_DEPTH = 100
_HEADLINE_CHARACTERS = 120


def messages_of(lines: Sequence[Line], text: str) -> list[int]:
    """The lines with which messages begin; none where they are fewer than two.

    Args:
        lines: all of them.
        text: of which they are.
    """
    if _DASHES not in text and not (lines and lines[0].text.startswith(_FROM)):
        return []  # as nearly all texts
    by_envelope = [at for at, line in enumerate(lines) if line.text.startswith(_FROM) and _begins(lines, at)]
    if by_envelope:
        return by_envelope if len(by_envelope) > 1 and by_envelope[0] == 0 else []
    if not any(line.text.startswith(_DASHES) for line in lines):
        return []
    by_rule = [
        at
        for at, line in enumerate(lines)
        if at
        and lines[at - 1].text.startswith(_DASHES)
        and _RULE.match(lines[at - 1].text)
        and NAMED.match(line.text)
        and _head_at(lines, at)
    ]
    return by_rule if len(by_rule) > 1 else []


def _begins(lines: Sequence[Line], at: int) -> bool:
    line = lines[at]
    return (
        (not at or line.gap) and not line.indent and ENVELOPE.match(line.text) is not None and _head_at(lines, at) > 0
    )


def _head_at(lines: Sequence[Line], at: int) -> int:
    return message_head(lines[at : at + _HEAD_LINES])


def posts_of(messages: Sequence[tuple[Sequence[Line], tuple[Block, ...]]]) -> tuple[Block, ...]:
    """The messages as posts.

    Args:
        messages: the lines of each, and the blocks that they were read as.
    """
    posts: list[Block] = []
    known: dict[str, tuple[str, int]] = {}
    for number, (lines, blocks) in enumerate(messages, 1):
        fields = _fields(lines)
        name = f"message-{number}"
        said = {"name": name}
        if when := sent_moment(fields.get("date", "")):
            said["when"] = when
        above = [*_ID.findall(fields.get("in-reply-to", "")), *reversed(_ID.findall(fields.get("references", "")))]
        answered, depth = next((known[one] for one in above if one in known), ("", -1))
        if answered:
            said |= {"answers": answered, "depth": str(min(_DEPTH, depth + 1))}
        if written := _ID.search(fields.get("message-id", "")):
            known.setdefault(written[0], (name, depth + 1))
        posts.append(Block("post", f"char={lines[0].begin},{lines[-1].end}", blocks, said))
    return tuple(posts)


def headline_of(divisions: Sequence[Division]) -> Division | None:
    """What stands above all messages, its first line as its headline if it is a line and no sentence."""
    first = divisions[0].blocks[0] if divisions and divisions[0].blocks else None
    if first is None or first.kind != "paragraph" or first.attributes or divisions[0].zone != "main":
        return None
    if len(written := plain(first)) > _HEADLINE_CHARACTERS or SENTENCE_END.search(written):
        return None
    return Division("main", (first._replace(kind="heading", attributes={"level": "1"}), *divisions[0].blocks[1:]))


def _fields(lines: Sequence[Line]) -> Mapping[str, str]:
    fields: dict[str, str] = {}
    name = ""
    for line in lines[: _head_at(lines, 0)]:
        if line.indent and name:
            fields[name] += f" {line.text}"
        elif match := NAMED.match(line.text):
            name = match["name"].lower()
            fields.setdefault(name, line.text[match.end() :])
    return fields
