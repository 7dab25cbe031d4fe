"""Blocks -> posts: what readers wrote, each message by itself, in its own order.

A message is known by what its element is called (``messages``), or else by its place: of elements side by side of one
name, each with several blocks of which one has sentences, each is a message; so is an item of a list of them. Nothing
moves and nothing is left out; what stands between messages stays between them. An answer that stands within another
message is a message behind it, and says what it answers.

Source: TEI P5, 9.3.1 (``post``; a post never holds another) and 9.3.1.2 (``replyTo``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import accumulate, groupby, islice

from solander.model.anchors import anchor_id
from solander.model.page import TEXT_KINDS, Block, Division, Inline, InlineContent, leaves, plain
from solander.reading.dateline import find_dates
from solander.reading.dividing.called_posts import CalledPosts, says, when_told
from solander.reading.naming.message_days import day_in_head
from solander.reading.naming.messages import PROSE_CHARACTERS, Messages
from solander.reading.naming.zones import class_words
from solander.reading.survey import Survey

LABEL_CHARACTERS = 60
"""A line so short that does not end a sentence is a name, a date or a button."""

THREAD_POSTS = 3
"""A page on which so many elements are called posts, and that is called a forum, is a thread."""

_HOLDERS = frozenset(("div", "li", "article", "section", "tr", "tbody", "table", "dl", "dd", "details"))
_SENTENCE_ENDS = frozenset(".!?。！？…")
_LIST_LOOKS = frozenset(("ordered", "rend", "lang", "dir"))
"""What may be said of a list that is no more than its messages."""
_NAME_MARKS = frozenset(("link", "bold", "strong", "person", "italic", "emphasis"))
_DIGITS = re.compile(r"[0-9]+")
_STEP = re.compile(r"([^/\[\]]+)(?:\[\d+\])?\Z")
_THREAD_WORDS = frozenset(("forum", "thread", "topic", "phpbb", "vbulletin", "discourse", "question", "discussion"))
_POST_WORDS = frozenset(("post", "comment", "message", "reply", "answer"))
_ANSWER_WORDS = frozenset(("comment", "reply", "answer"))
_THREAD_TYPES = frozenset(("QAPage", "DiscussionForumPosting"))


def is_thread(survey: Survey, zones: Sequence[str], distinct: Iterable[str], together: str) -> bool:
    """Whether a page says, by its classes or its JSON-LD, that its text is a thread of messages.

    Words of classes do not say it alone, for a blog has posts, topics and threads of comments as well: half of the text
    proper stands in elements of one name side by side.

    Args:
        survey: the page's.
        zones: a zone a leaf.
        distinct: each of its classes once.
        together: all of them, in lower case.
    """
    if not _THREAD_TYPES.isdisjoint(survey.json_ld_types):
        return True
    # A word of a class stands in it as written: most pages have none of these, and no class need be taken apart.
    if not any(word in together for word in _THREAD_WORDS) or all(
        _THREAD_WORDS.isdisjoint(class_words(names)) for names in distinct
    ):
        # Where comments are most of the text proper, they were found to go on with what was asked (``discussions``).
        return any(word in together for word in _ANSWER_WORDS) and _in_messages(survey, zones, _ANSWER_WORDS, 3)
    called = (names for names in survey.classes if names and not _POST_WORDS.isdisjoint(class_words(names)))
    if len(list(islice(called, THREAD_POSTS))) < THREAD_POSTS:
        return False
    return _in_messages(survey, zones, _POST_WORDS)


def _in_messages(survey: Survey, zones: Sequence[str], called: frozenset[str], parts: int = 2) -> bool:
    """Whether a half of the text proper, or a third, stands in elements of one name that tells messages."""
    texts = zip(survey.texts, zones, strict=True)
    main = [0, *accumulate(len(text) if zone == "main" else 0 for text, zone in texts)]
    held: dict[str, int] = {}
    ends: dict[str, int] = {}
    counts: dict[str, int] = {}
    for names, first, end in zip(survey.classes, survey.first, survey.last, strict=True):
        last = min(end, len(zones))
        if not names or main[last] == main[first] or not called.intersection(class_words(names)):
            continue
        for written in names.split():
            if called.isdisjoint(class_words(written)):
                continue
            name = _DIGITS.sub("#", written)
            if first >= ends.get(name, 0):
                held[name] = held.get(name, 0) + main[last] - main[first]
                counts[name], ends[name] = counts.get(name, 0) + 1, last
    return any(counts[name] > 1 and parts * words >= main[-1] for name, words in held.items())


def posted(divisions: tuple[Division, ...], thread: bool, messages: Messages | None = None) -> tuple[Division, ...]:
    """Make posts of the messages in comments, and in the text proper of a page that is a thread or has reviews."""
    called = CalledPosts(messages, thread) if messages is not None else None
    made: list[Division] = []
    mains = [division.blocks for division in divisions if division.zone == "main"]
    named = called.posts(mains, "main") if called is not None else None
    parts = iter(named) if named is not None else None
    blocks = [block for part in mains for block in part]
    place = _thread(blocks) if thread and named is None else None
    for division in divisions:
        if division.zone == "comments":
            found = called.posts([division.blocks], "comments", _listed) if called is not None else None
            division = division._replace(blocks=tuple(found[0] if found else _posts(division.blocks, 0)))
        elif division.zone == "main" and parts is not None:
            division = division._replace(blocks=tuple(next(parts)))
        elif division.zone == "main" and place is not None:
            division = division._replace(blocks=tuple(_parts_of_thread(division.blocks, *place)))
        made.append(division)
    return _answering(made)


def _answering(divisions: Sequence[Division]) -> tuple[Division, ...]:
    """Name the posts that others answer, and say in each answer which it answers and how deep it stands."""
    posts = [block for division in divisions for block in division.blocks if block.kind == "post"]
    if not posts:
        return tuple(divisions)
    answered = {post.attributes["answers"] for post in posts if post.attributes and "answers" in post.attributes}
    names: dict[str, str] = {}
    depths: dict[str, int] = {}
    seen: set[str] = set()
    number = 0
    made: list[Division] = []
    for division in divisions:
        blocks: list[Block] = []
        for block in division.blocks:
            if block.kind == "post":
                said = dict(block.attributes or {})
                # The parts of a message that lies in several divisions are one post.
                message = said.pop("message", block.source)
                number += not message or message not in seen
                seen.add(message)
                above = said.pop("answers", "")
                if above in names:
                    said["answers"] = names[above]
                    depths[message] = depths[above] + 1
                    said["depth"] = str(depths[message])
                if message in answered:
                    name = anchor_id(said.get("id", ""))
                    if name is None:
                        name = said["name"] = names.get(message) or f"post.{number}"
                    names.setdefault(message, name)
                    depths.setdefault(message, 0)
                block = block._replace(attributes=said or None)
            blocks.append(block)
        made.append(division._replace(blocks=tuple(blocks)))
    return tuple(made)


def _thread(blocks: Sequence[Block]) -> tuple[list[str], frozenset[str]] | None:
    """Where the messages of a thread stand: the steps that their pointers share, and the steps that part them.

    Who wrote a message, and when, mostly stands outside the text proper, so that nothing but its place is known.
    """
    left = [(_steps(block), block) for block in blocks]
    depth = 0
    while left:
        steps: dict[str, list[tuple[list[str], Block]]] = {}
        for path, block in left:
            if len(path) > depth:
                steps.setdefault(path[depth], []).append((path, block))
        named: dict[str, list[str]] = {}
        for step, held in steps.items():
            name = _STEP.match(step)
            if name is not None and name[1] in _HOLDERS and says([block for _, block in held]):
                named.setdefault(name[1], []).append(step)
        most = max(named.values(), key=len, default=[])
        if len(most) > 1:
            return left[0][0][:depth], frozenset(most)
        left = max(steps.values(), key=len, default=[])
        depth += 1
    return None


def _parts_of_thread(blocks: Sequence[Block], shared: list[str], parting: frozenset[str]) -> list[Block]:
    depth = len(shared)

    def message(block: Block) -> str:
        path = _steps(block)
        return path[depth] if len(path) > depth and path[:depth] == shared and path[depth] in parting else ""

    made: list[Block] = []
    for step, group in groupby(blocks, message):
        held = list(group)
        made.extend([_post(held, f"xpath({'/'.join((*shared, step))})")] if step else held)
    return made


def _posts(blocks: Sequence[Block], depth: int) -> list[Block]:
    """Find messages among blocks whose pointers have so many steps in common."""
    if len(blocks) < 2:
        return _listed(blocks)
    paths = [_steps(block) for block in blocks]
    shortest = min(map(len, paths))
    # What the first and the last of them by spelling share, all share.
    low, high = min(paths), max(paths)
    while depth < shortest and low[depth] == high[depth]:
        depth += 1
    if all(len(path) <= depth for path in paths):
        return _listed(blocks)
    at = 0
    groups: list[tuple[str, list[Block]]] = []
    for step, alike in groupby(paths, lambda path: path[depth] if len(path) > depth else ""):
        end = at + len(list(alike))
        groups.append((step, list(blocks[at:end])))
        at = end
    messages = _messages(groups)
    found: list[Block] = []
    for number, (step, group) in enumerate(groups):
        if number in messages:
            found.extend(_message(group, f"xpath({'/'.join((*paths[0][:depth], step))})", depth + 1))
        else:
            found.extend(_posts(group, depth + 1) if step else _listed(group))
    return found


def _messages(groups: Sequence[tuple[str, list[Block]]]) -> set[int]:
    """Which groups of blocks are messages side by side."""
    named: dict[str, list[int]] = {}
    for number, (step, group) in enumerate(groups):
        name = _STEP.match(step)
        if name is not None and name[1] in _HOLDERS and _is_message(group):
            named.setdefault(name[1], []).append(number)
    return {number for numbers in named.values() if len(numbers) > 1 for number in numbers}


def _is_message(blocks: Sequence[Block]) -> bool:
    """Whether there is a name, a date or a button, and something said."""
    lines = 0
    labelled = says = False
    for leaf in leaves(tuple(blocks)):
        if line := plain(leaf):
            lines += 1
            labelled = labelled or (len(line) < LABEL_CHARACTERS and line[-1] not in _SENTENCE_ENDS)
            says = says or len(line) >= PROSE_CHARACTERS
            if labelled and says and lines > 1:
                return True
    return False


def _is_signed(leaf: Block) -> bool:
    """Whether a line says something and bears a name that is marked, and a day."""
    if leaf.kind not in TEXT_KINDS or not says((leaf,)):
        return False
    whole: InlineContent = leaf.content  # type: ignore[assignment]
    content = [part for part in whole if isinstance(part, Inline) or part.strip()]
    if len(content) < 2 or not any(isinstance(part, Inline) and part.kind in _NAME_MARKS for part in content):
        return False
    return bool(when_told((leaf,))) or next(find_dates(plain(leaf)), None) is not None


def _message(blocks: list[Block], source: str, depth: int) -> list[Block]:
    """One message; and behind it those that stand at its end."""
    inner = _posts(blocks, depth)
    first = next((at for at, block in enumerate(inner) if block.kind == "post"), len(inner))
    if 0 < first < len(inner) and all(block.kind == "post" for block in inner[first:]):
        return [_post(inner[:first], source), *_answers(inner[first:], source)]
    return [_post(blocks, source)]


def _listed(blocks: Sequence[Block]) -> list[Block]:
    made: list[Block] = []
    for block in blocks:
        made.extend(_of_list(block) if block.kind == "list" else (block,))
    return made


def _of_list(block: Block) -> list[Block]:
    """The messages of a list, if its items are such; else the list."""
    items: list[Block] = [item for item in block.content if isinstance(item, Block)]
    if not items or not _LIST_LOOKS.issuperset(block.attributes or ()) or sum(map(_item_says, items)) * 2 < len(items):
        return [block]
    made: list[Block] = []
    for item in items:
        parts: list[Block] = list(item.content)  # type: ignore[arg-type]
        if item.kind != "item" or (item.attributes and "value" in item.attributes) or not parts:
            return [block]
        answers = _of_list(parts[-1]) if parts[-1].kind == "list" else []
        if len(parts) > 1 and answers and answers[0].kind == "post":
            made.extend((_post(parts[:-1], item.source, item), *_answers(answers, item.source)))
        else:
            made.append(_post(parts, item.source, item))
    return made


def _item_says(item: Block) -> bool:
    if item.kind != "item":
        return False
    parts: tuple[Block, ...] = item.content  # type: ignore[assignment]
    return _is_message(parts) or (len(parts) == 1 and _is_signed(parts[0]))


def _post(blocks: Sequence[Block], source: str, holder: Block | None = None) -> Block:
    attributes = dict(holder.attributes or {}) if holder is not None else {}
    if when := when_told(blocks) or day_in_head(map(plain, leaves(tuple(blocks)))):
        attributes["when"] = when
    return Block("post", source, tuple(blocks), attributes or None)


def _answers(posts: Iterable[Block], source: str) -> list[Block]:
    """Posts behind another, which they answer unless they answer one of themselves."""
    return [
        post._replace(attributes={"answers": source, **(post.attributes or {})}) if post.kind == "post" else post
        for post in posts
    ]


def _steps(block: Block) -> list[str]:
    path = block.source.removeprefix("xpath(").removesuffix(")")
    if block.kind in TEXT_KINDS and "/text()[" in path:
        path = re.sub(r"/text\(\)\[\d+\]\Z", "", path)
    return path.split("/")
