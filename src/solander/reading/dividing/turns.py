"""Turns of a conversation: "Q: … A: …", "Moderator: …" become speeches, where it is plain that they are turns.

Labels alone prove nothing ("Price: 5", "Price: 7"): most of what they stand before must be sentences, and two labels
must come back, or be known for questions and answers. What stands between two turns belongs to the first of them.

Source: TEI P5 4.12.0, 7.2.2 (``sp`` and ``speaker``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Iterator, Sequence
from itertools import pairwise

from solander.model.late_pattern import late
from solander.model.page import LINE_KINDS, Block, Inline, InlineContent, plain
from solander.reading.dividing.turn_labels import ALONE, CAPITALS, CHAT, COLON, Label, label_at, marked_label

TURNS = 4
"""So few turns are a conversation; of known labels two are."""

REACH_BLOCKS = 12
"""How many blocks may stand between two turns and still be the first speaker's."""

_SENTENCE_END = late(r"[.!?。！？…][\"'”’»)\]]*\Z")


def turns(
    blocks: Sequence[Block],
    edges: Sequence[int],
    part: Callable[[str, str], tuple[str, str]],
    names: Container[str] = (),
) -> Iterator[list[Block]]:
    """Put the turns of a conversation into speeches; no word moves.

    Args:
        blocks: those of the text proper.
        edges: from where to where they stand together, in order; no speech reaches over one.
        part: gives of a block's pointer and the label it begins with the pointers of the label and of the rest.
        names: pointers of blocks that are the name of who speaks, and nothing else.

    Yields:
        The blocks between two edges: a speech holds what its speaker says.
    """
    labels = [_label(block) if block.kind in LINE_KINDS else None for block in blocks]
    fields = _field_names(blocks)
    labels = [label if label and label.name not in fields else None for label in labels] if fields else labels
    form = _conversation([(at, label, plain(blocks[at])) for at, label in enumerate(labels) if label])
    also = _also_speaking(labels, form)
    labels = [label if label and (label.form == form or label.name in also) else None for label in labels]
    alone = [at for at, block in enumerate(blocks) if names and block.kind in LINE_KINDS and block.source in names]
    for at in alone:
        labels[at] = Label(plain(blocks[at]), "", ALONE)
    for begin, limit in pairwise(edges):
        found: list[Block] = []
        at = begin
        while at < limit:
            label = labels[at]
            if label is None:
                found.append(blocks[at])
                at += 1
            else:
                end = _end(blocks, labels, at, limit)
                is_said = label.form != ALONE or end > at + 1
                found.append(_speech(blocks[at:end], label, part) if is_said else blocks[at])
                at = end
        yield found


def _label(block: Block) -> Label | None:
    """What a block begins with, if it has the form of a label and is a word of its own.

    A word that goes on behind the colon, as Chinese is written, must not be cut in two: then a mark's edge parts them.
    """
    text = plain(block)
    label = label_at(text)
    bold = _bold_opening(block.content)  # type: ignore[arg-type]
    if bold and (label is None or len(label.written) > len(bold) + 1):
        # What follows a name in bold may have a colon of its own.
        label = marked_label(bold) or label
    if label is None or (end := len(label.written)) >= len(text):
        return None
    opens = block.content[0]
    if not (opens[:1].strip() if isinstance(opens, str) else _size(opens)):  # type: ignore[arg-type]
        return None  # an image, or a space, stands before the words
    content: InlineContent = block.content  # type: ignore[assignment]
    # A space that does not break holds together what stands about it.
    is_apart = (text[end] == " " and _behind(content, label.written) != "\xa0") or _ends_a_mark(content, end)
    return label if is_apart else None


def _field_names(blocks: Sequence[Block]) -> frozenset[str]:
    """What fields are called in the forms and heads between the blocks: who speaks is called otherwise."""
    terms = (part for block in blocks if block.kind == "glossary" for part in block.content if isinstance(part, Block))
    said = (plain(term) for term in terms if term.kind == "term" and term.content)
    return frozenset(name.rstrip(" :：").casefold() for name in said if name.endswith((":", "：")))


def _bold_opening(content: InlineContent) -> str:
    """The words in bold that open a block; empty where they are a link, too, or nothing stands behind them."""
    opens = content[0]
    if isinstance(opens, str) or opens.kind not in ("bold", "strong") or len(content) < 2:
        return ""
    if any(isinstance(part, Inline) and part.kind in ("link", "image") for part in opens.content):
        return ""
    return plain(Block("text", "", opens.content))


def _behind(content: InlineContent, written: str) -> str:
    """The character behind a label, as the page has it."""
    left = len("".join(written.split()))
    for character in _characters(content):
        if not left:
            return character
        left -= not character.isspace()
    return ""


def _reach(content: InlineContent, written: str) -> int:
    """How many characters of a content a label takes: several that are blank stand in it as one space."""
    left = len("".join(written.split()))
    if isinstance(content[0], str) and content[0].startswith(written):
        return len(written)  # as nearly all
    reach = 0
    for character in _characters(content):
        if not left:
            break
        reach += 1
        left -= not character.isspace()
    return reach


def _characters(content: InlineContent) -> Iterator[str]:
    for part in content:
        if isinstance(part, str):
            yield from part
        elif part.kind == "break":
            yield "\n"
        else:
            yield from _characters(part.content)


def _ends_a_mark(content: InlineContent, characters: int) -> bool:
    """Whether an edge of a mark stands behind so many characters."""
    at = 0
    for part in content:
        at += len(part) if isinstance(part, str) else _size(part)
        if at >= characters:
            return at == characters
    return False


def _conversation(spoken: Sequence[tuple[int, Label, str]]) -> str | None:
    """The form of the labels that begin turns of one conversation; ``None`` where there is none.

    Args:
        spoken: what has the form of a turn, in order: where it stands, its label, and all of its text.
    """
    forms = Counter(label.form for _, label, _ in spoken)
    return next(
        (form for form, _ in forms.most_common() if _are_turns([one for one in spoken if one[1].form == form])), None
    )


def _also_speaking(labels: Sequence[Label | None], form: str | None) -> frozenset[str]:
    """Who else speaks where questions and answers have their letters: in court, names in capitals that come back."""
    both = [label for label in labels if label and label.form in (CAPITALS, COLON)]
    if form not in (CAPITALS, COLON) or len({label.name for label in both if label.is_known}) < 2:
        return frozenset()
    counts = Counter(label.name for label in both if label.written.isupper())
    return frozenset(name for name, count in counts.items() if count > 1)


def _are_turns(spoken: Sequence[tuple[int, Label, str]]) -> bool:
    counts = Counter(label.name for _, label, _ in spoken)
    known = sum(label.is_known for _, label, _ in spoken)
    if len(counts) < 2 or not (len(spoken) >= TURNS or known >= 2):
        return False
    is_chat = spoken[0][1].form == CHAT
    sentences = sum(_is_sentence(label, text) for _, label, text in spoken)
    if not is_chat and 3 * sentences < 2 * len(spoken):
        return False
    if known >= 2:
        return True
    # Two who speak in turn: one label that comes back is a rubric ("Tip: …"), and what lies far apart no talk.
    back = [count for count in counts.values() if count > 1]
    near = spoken[-1][0] - spoken[0][0] < 4 * len(spoken)
    return (len(back) > 1 or (is_chat and bool(back))) and 4 * sum(back) >= 3 * len(spoken) and near


def _is_sentence(label: Label, text: str) -> bool:
    return _SENTENCE_END.search(text) is not None and len(text) > len(label.written) + 8


def _end(blocks: Sequence[Block], labels: Sequence[Label | None], at: int, limit: int) -> int:
    """Where a turn ends: at the next, if nothing but paragraphs lies between; else behind its own block."""
    label = labels[at]
    if label is not None and label.form == ALONE:
        end = at + 1
        while end < limit and blocks[end].kind in LINE_KINDS and labels[end] is None:
            end += 1
        return end
    for end in range(at + 1, min(limit, at + 2 + REACH_BLOCKS)):
        if labels[end] is not None:
            return end
        if blocks[end].kind not in LINE_KINDS or not plain(blocks[end]):
            break
    return at + 1


def _speech(blocks: Sequence[Block], label: Label, part: Callable[[str, str], tuple[str, str]]) -> Block:
    first = blocks[0]
    if label.form == ALONE:
        return Block("speech", first.source, (first._replace(kind="speaker"), *blocks[1:]))
    speaker, words = _parted(first.content, _reach(first.content, label.written))  # type: ignore[arg-type]
    of_label, of_rest = part(first.source, label.written)
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
