"""Turns of a conversation: "Q: … A: …", "Moderator: …" become speeches, where it is plain that they are turns.

Labels alone prove nothing ("Price: 5", "Price: 7"): most of what they stand before must be sentences, and two labels
must come back, or be known for questions and answers. What stands between two turns belongs to the first of them.

Source: TEI P5 4.12.0, 7.2.2 (``sp`` and ``speaker``).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from solander.model.page import Block, Inline, InlineContent, plain

TURNS = 4
"""So few turns are a conversation; of known labels two are."""

REACH_BLOCKS = 12
"""How many blocks may stand between two turns and still be the first speaker's."""

_LABEL = re.compile(r"(?P<label>(?P<words>[^\W\d_][^:：.!?。！？\n]{0,48})[:：])")
_ASKS = frozenset(
    word
    for words in (
        "q a question answer interviewer interviewee moderator frage antwort f réponse r pregunta respuesta domanda",
        "risposta pergunta resposta p pytanie odpowiedź вопрос ответ в о 问 答 問 記者 记者",
    )
    for word in words.split()
)
_SENTENCE_END = re.compile(r"[.!?。！？…][\"'”’»)\]]*\Z")
_LEAVES = frozenset(("paragraph", "text"))


def label_of(text: str) -> str | None:
    """The label that a line of words begins with, colon and all, if it has the form of one and words behind it."""
    match = _LABEL.match(text)
    if match is None or len(match["words"].split()) > 6 or not text[match.end() : match.end() + 1].isspace():
        return None
    first = match["words"][0]
    return match["label"] if first.isupper() or first.lower() == first.upper() else None


def is_known_label(label: str) -> bool:
    """Whether a label is known for a question or an answer."""
    return label.strip(" :：.").casefold() in _ASKS


def turns(
    blocks: Sequence[Block], edges: Sequence[int], part: Callable[[str, str], tuple[str, str]]
) -> Iterator[list[Block]]:
    """Put the turns of a conversation into speeches; no word moves.

    Args:
        blocks: those of the text proper.
        edges: from where to where they stand together, in order; no speech reaches over one.
        part: gives of a block's pointer and the label it begins with the pointers of the label and of the rest.

    Yields:
        The blocks between two edges: a speech holds what its speaker says.
    """
    labels = [_label(block) if block.kind in _LEAVES else None for block in blocks]
    converse = _converse(blocks, labels)
    for begin, limit in pairwise(edges):
        found: list[Block] = []
        at = begin
        while at < limit:
            label = labels[at]
            if label is None or not converse:
                found.append(blocks[at])
                at += 1
            else:
                end = _end(blocks, labels, at, limit)
                found.append(_speech(blocks[at:end], label, part))
                at = end
        yield found


def _label(block: Block) -> str | None:
    """What a block begins with, if it has the form of a label and is a word of its own.

    A word that goes on behind the colon, as Chinese is written, must not be cut in two: then a mark's edge parts them.
    """
    text = plain(block)
    match = _LABEL.match(text)
    if match is None or len(match["words"].split()) > 6 or match.end() >= len(text):
        return None
    opens = block.content[0]
    if not (opens[:1].strip() if isinstance(opens, str) else _size(opens)):  # type: ignore[arg-type]
        return None  # an image, or a space, stands before the words
    if text[match.end()] != " " and not _ends_a_mark(block.content, match.end()):  # type: ignore[arg-type]
        return None
    first = match["words"][0]
    return match["label"] if first.isupper() or first.lower() == first.upper() else None


def _ends_a_mark(content: InlineContent, characters: int) -> bool:
    """Whether an edge of a mark stands behind so many characters."""
    at = 0
    for part in content:
        at += len(part) if isinstance(part, str) else _size(part)
        if at >= characters:
            return at == characters
    return False


def _converse(blocks: Sequence[Block], labels: Sequence[str | None]) -> bool:
    spoken = [(label, plain(block)) for block, label in zip(blocks, labels, strict=True) if label]
    counts = Counter(label.casefold() for label, _ in spoken)
    known = sum(count for label, count in counts.items() if label.strip(" :：.").casefold() in _ASKS)
    if len(counts) < 2 or not (len(spoken) >= TURNS or known >= 2):
        return False
    sentences = sum(_SENTENCE_END.search(text) is not None and len(text) > len(label) + 8 for label, text in spoken)
    if 3 * sentences < 2 * len(spoken):
        return False
    if known >= 2:
        return True
    # Two who speak in turn: one label that comes back is a rubric ("Tip: …"), and what lies far apart no talk.
    back = [count for count in counts.values() if count > 1]
    places = [at for at, label in enumerate(labels) if label]
    near = places[-1] - places[0] < 4 * len(places)
    return len(back) > 1 and 4 * sum(back) >= 3 * len(spoken) and near


def _end(blocks: Sequence[Block], labels: Sequence[str | None], at: int, limit: int) -> int:
    """Where a turn ends: at the next, if nothing but paragraphs lies between; else behind its own block."""
    for end in range(at + 1, min(limit, at + 2 + REACH_BLOCKS)):
        if labels[end] is not None:
            return end
        if blocks[end].kind not in _LEAVES or not plain(blocks[end]):
            break
    return at + 1


def _speech(blocks: Sequence[Block], label: str, part: Callable[[str, str], tuple[str, str]]) -> Block:
    first = blocks[0]
    speaker, words = _parted(first.content, len(label))  # type: ignore[arg-type]
    of_label, of_rest = part(first.source, label)
    parts = (
        Block("speaker", of_label, speaker, first.attributes),
        first._replace(source=of_rest, content=words),
        *blocks[1:],
    )
    return Block("speech", first.source, parts)


def _parted(content: InlineContent, characters: int) -> tuple[InlineContent, InlineContent]:
    """Part a leaf's content behind so many characters of its words; marks that reach over are on both sides."""
    before: list[Inline | str] = []
    left = characters
    for at, part in enumerate(content):
        size = len(part) if isinstance(part, str) else _size(part)
        if size <= left:
            before.append(part)
            left -= size
            if not left:
                return tuple(before), tuple(_lead(content[at + 1 :]))
        elif isinstance(part, str):
            return (*before, part[:left]), tuple(_lead((part[left:], *content[at + 1 :])))
        else:
            inner, rest = _parted(part.content, left)
            return (*before, part._replace(content=inner)), tuple(
                _lead((part._replace(content=rest), *content[at + 1 :]) if rest else content[at + 1 :])
            )
    return tuple(before), ()


def _size(part: Inline) -> int:
    if part.kind == "break":
        return 1
    return sum(len(inner) if isinstance(inner, str) else _size(inner) for inner in part.content)


def _lead(content: InlineContent) -> Iterator[Inline | str]:
    """Content without the white space and the breaks at its head."""
    begun = False
    for part in content:
        if not begun and isinstance(part, str):
            part = part.lstrip(" \t\n")
            if not part:
                continue
        elif not begun and isinstance(part, Inline) and part.kind == "break":
            continue
        begun = True
        yield part
