"""Blocks -> posts, where the elements that hold messages are called so (``messages``).

What stands in a message and in none within it is its post; of what stands behind an answer within it, a post of its own
if it says anything. A list of messages gives its items. Nothing moves.

Source: TEI P5, 9.3.1 (``post``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby, takewhile
from typing import NamedTuple

from solander.model.page import Block, Inline, InlineContent, leaves, plain
from solander.reading.naming.messages import PROSE_CHARACTERS, Messages

LEADING_LEAVES = 4
"""Among so many leaves of a message its date is looked for."""

_SENTENCE_ENDS = frozenset(".!?。！？…")
_LIST_LOOKS = frozenset(("ordered", "rend", "lang", "dir"))


class _Placed(NamedTuple):
    """A block with where it stands."""

    message: int
    """The innermost message that holds it; 0 for none."""
    block: Block
    item: Block | None
    """The item that it was taken from."""
    division: int


class CalledPosts:
    """Makes the posts of one page."""

    __slots__ = ("known", "messages", "thread")

    def __init__(self, messages: Messages, thread: bool) -> None:
        self.messages, self.thread = messages, thread
        self.known: set[int] = set()
        """The messages that have become posts."""

    def posts(
        self,
        divisions: Sequence[Sequence[Block]],
        zone: str,
        others: Callable[[Sequence[Block]], Sequence[Block]] = tuple,
    ) -> list[list[Block]] | None:
        """The blocks of divisions that are written one behind the other, those of messages in posts.

        Args:
            divisions: the blocks of each. Of a message that lies in several each has a part, alike but for its blocks.
            zone: theirs.
            others: what is to be made of blocks that stand in no message.

        Returns:
            The blocks of each division; ``None`` where no two messages are found, and no answer to another.
        """
        runs = list(self._runs(divisions))
        posts = [self._is_post(run, zone) for run in runs]
        found = {run[0].message for run, is_post in zip(runs, posts, strict=True) if is_post}
        if len(found) < 2 and self.known.isdisjoint(found):
            return None
        made: list[list[Block]] = [[] for _ in divisions]
        for run, is_post in zip(runs, posts, strict=True):
            message = run[0].message
            if is_post and (message not in self.known or _goes_on(run)):
                said, source = self._said(run)
                for division, part in groupby(run, lambda one: one.division):
                    made[division].append(Block("post", source, tuple([one.block for one in part]), said))
            else:
                for division, part in groupby(run, lambda one: one.division):
                    held = [_of_item(one) for one in part]
                    made[division].extend(held if message else others(held))
        return made

    def _is_post(self, run: Sequence[_Placed], zone: str) -> bool:
        message, blocks = run[0].message, [one.block for one in run]
        if not message or not says(blocks):
            return False
        if zone == "comments" or self.thread:
            return True
        # An entry of a blog or a teaser has a day as well: its title leads elsewhere.
        if self.messages.found[message].is_entry or any(_is_led(block) for block in blocks):
            return False
        return bool(when_told(blocks)) or self.messages.found[message].is_typed

    def _runs(self, divisions: Sequence[Sequence[Block]]) -> Iterator[list[_Placed]]:
        """Blocks of one message side by side."""
        placed = [one for number, blocks in enumerate(divisions) for one in self._flat(blocks, None, number)]
        for at, one in enumerate(placed):
            if one.message < 0:
                near = (*placed[max(0, at - 1) : at], *placed[at + 1 : at + 2])
                placed[at] = one._replace(message=_nearest(one.block, near))
        for _, run in groupby(placed, lambda one: one.message):
            yield list(run)

    def _flat(self, blocks: Sequence[Block], item: Block | None, division: int) -> Iterator[_Placed]:
        for block in blocks:
            if block.kind == "list" and block.source in self.messages.parted and _may_open(block):
                for inner in block.content:
                    yield from self._flat(inner.content, inner, division)  # type: ignore[union-attr, arg-type]
            else:
                yield _Placed(self.messages.places.get(block.source, -1), block, item, division)

    def _said(self, run: Sequence[_Placed]) -> tuple[dict[str, str], str]:
        """What is said of a post, its message by number among that, and its pointer."""
        (message, _, item, _), blocks = run[0], [one.block for one in run]
        source = _around(blocks)
        said = dict(item.attributes or {}) if item is not None else {}
        # What goes on behind an answer may have the very pointer of what it goes on, and is none that is answered.
        said["message"] = str(message) if message not in self.known else ""
        if message not in self.known:
            if name := self.messages.ids.get(message):
                said["id"] = name
            if above := self._above(message):
                said["answers"] = str(above)
            if day := self.messages.days.get(message):
                said["when"] = day
            self.known.add(message)
        if when := when_told(blocks):
            said["when"] = when
        return said, source

    def _above(self, message: int) -> int:
        """The message that one answers, 0 for none; what says nothing itself answers for those within it."""
        above = self.messages.found[message].within
        while above and above not in self.known:
            above = self.messages.found[above].within
        return above


def says(blocks: Sequence[Block]) -> bool:
    """Whether a line is long enough to say something; a heading is not what anybody says."""
    return any(leaf.kind != "heading" and len(plain(leaf)) >= PROSE_CHARACTERS for leaf in leaves(tuple(blocks)))


def when_told(blocks: Sequence[Block]) -> str:
    """The first day that the head of a message tells in mark-up."""
    for number, leaf in enumerate(leaves(tuple(blocks))):
        if number >= LEADING_LEAVES:
            break
        stack = [part for part in reversed(leaf.content) if isinstance(part, Inline)]
        while stack:
            part = stack.pop()
            if part.kind == "date" and part.attributes and part.attributes.get("when"):
                return part.attributes["when"]
            stack.extend(inner for inner in reversed(part.content) if isinstance(inner, Inline))
    return ""


def _goes_on(run: Sequence[_Placed]) -> bool:
    """Whether there is a sentence: behind an answer stand mostly the buttons of what it answers."""
    lines = map(plain, leaves(tuple([one.block for one in run])))
    return any(len(line) >= PROSE_CHARACTERS and line[-1] in _SENTENCE_ENDS for line in lines)


def _is_led(block: Block) -> bool:
    """Whether a block is a heading that is but a link."""
    if block.kind != "heading":
        return False
    content: InlineContent = block.content  # type: ignore[assignment]
    return all(part.kind == "link" if isinstance(part, Inline) else not part.strip() for part in content)


def _may_open(block: Block) -> bool:
    return _LIST_LOOKS.issuperset(block.attributes or ()) and all(
        isinstance(item, Block) and item.kind == "item" and "value" not in (item.attributes or ())
        for item in block.content
    )


def _of_item(one: _Placed) -> Block:
    """A block that stood in an item which is none any more: what was said of the item is said of it."""
    if one.item is None or not one.item.attributes:
        return one.block
    return one.block._replace(attributes={**one.item.attributes, **(one.block.attributes or {})})


def _nearest(block: Block, near: Iterable[_Placed]) -> int:
    """The message of a block without words: that of the neighbour with which its pointer shares more."""
    told = [one for one in near if one.message >= 0]
    return max(told, key=lambda one: len(_shared((one.block, block)))).message if told else 0


def _around(blocks: Sequence[Block]) -> str:
    """A pointer to what holds all of some blocks."""
    if len(blocks) == 1:
        return blocks[0].source
    return f"xpath({'/'.join(_shared(blocks))})"


def _shared(blocks: Sequence[Block]) -> list[str]:
    """The steps that the pointers of blocks begin with."""
    paths = [block.source.removeprefix("xpath(").removesuffix(")").split("/") for block in blocks]
    # What the first and the last of them by spelling share, all share.
    pairs = zip(min(paths), max(paths), strict=False)
    return [step for step, _ in takewhile(lambda pair: pair[0] == pair[1], pairs)]
