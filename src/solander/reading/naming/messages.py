"""Which elements of a page are messages, by what they are called: comments, posts of a thread, answers, reviews.

A name proves little: ``comment`` is called what one reader wrote, and so are its parts (``comment-body``). So messages
are elements that share a name of such a word, several on a page, and of those the outer ones; of what microdata calls
a message, one is enough.

Promise: pure functions, in time linear in the survey; pages without comments, threads and reviews cost one look.

Source: TEI P5, 9.3.1 (``post``); schema.org, ``Comment``, ``Answer``, ``Question``, ``Review``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import Any, NamedTuple

from solander.model.anchors import anchor_id
from solander.reading.divisions import Draft, DraftLeaf
from solander.reading.naming.answering import Around, answers
from solander.reading.naming.message_days import day_in_head
from solander.reading.naming.zones import class_words
from solander.reading.survey import Survey

PROSE_CHARACTERS = 20
"""So long a line may be what somebody says; a shorter one is a name or a button."""

ITEM_TYPES = frozenset(
    ("Comment", "UserComments", "Answer", "Question", "Review", "UserReview", "DiscussionForumPosting")
)
"""What schema.org calls a message."""

_ENTRIES = frozenset(("post", "message", "question", "answer"))
"""What an entry of a blog or of a list of questions is called as well: messages in a thread alone."""

_WORDS = _ENTRIES | frozenset(
    [
        "comment",
        "reply",
        "review",
        "kommentar",
        "kommentti",
        "commentaire",
        "comentario",
        "comentari",
        "commento",
        "coment",
        "komentarz",
        "komentar",
        "koment",
        "reactie",
        "yorum",
        "otzyv",
        "opinia",
        "beitrag",
        "antwort",
        "reponse",
        "respuesta",
        "risposta",
        "bewertung",
        "recenzja",
        "recensione",
    ]
)
_STEMS = tuple(word for word in sorted(_WORDS) if not any(stem != word and stem in word for stem in _WORDS))
"""Of those words the ones that hold no other: where none of these stands, none of all does."""

_DIGITS = re.compile(r"[0-9]+")
_ROOTS = frozenset(("html", "body", "main", "frameset"))


class Message(NamedTuple):
    """An element that holds what somebody wrote."""

    element: int
    within: int
    """The element of the message that it answers; 0 where it answers none."""
    is_entry: bool
    """Whether an entry of a blog may be called so."""
    is_typed: bool
    """Whether microdata says so."""


class Messages(NamedTuple):
    """The messages of a page."""

    found: dict[int, Message]
    places: dict[str, int]
    """A block's pointer, and the innermost message that holds all of it; 0 for none."""
    parted: frozenset[str]
    """The pointers of the lists that hold several messages."""
    ids: dict[int, str]
    """The id of a message that links arrive at."""
    days: dict[int, str]
    """The day in the head of a message, wherever on the page it stands."""


def find_messages(
    drafts: Sequence[Draft | DraftLeaf], zones: Sequence[str], survey: Survey, thread: bool, together: str
) -> Messages | None:
    """Find the messages of a page that has any.

    Args:
        drafts: the page's; of those in which a message's id lies, it is taken out.
        zones: a zone a leaf.
        survey: the page's.
        thread: whether the page says that its text is a thread.
        together: all its classes, in lower case.
    """
    if not (thread or survey.item_types or "comments" in zones or "review" in together):
        return None
    distinct = set(survey.classes)
    present = [stem for stem in _STEMS if stem in together]
    names: dict[str, tuple[tuple[str, bool], ...]] = {}
    for classes in distinct if present else ():
        lowered = classes.lower()
        for stem in present:
            # Most classes have none of them: a look costs less than taking one apart.
            if stem in lowered:
                if named := _tokens(classes):
                    names[classes] = named
                break
    chosen = _chosen(survey, names)
    if len(chosen) < 2 or (thread and _asks_often(survey, chosen)):
        return None
    around = Around(survey.parents, chosen)
    answered, typed = answers(survey, chosen, around), survey.item_types
    found = {
        element: Message(element, answered.get(element, 0), element not in typed and _is_entry(own), element in typed)
        for element, own in chosen.items()
    }
    places: dict[str, int] = {}
    parted: set[str] = set()
    _place(drafts, survey, around, places, parted)
    days = {element: day for element in found if (day := day_in_head(_own_lines(element, survey, around)))}
    return Messages(found, places, frozenset(parted), _ids(drafts, survey, found), days)


def _own_lines(element: int, survey: Survey, around: Around) -> Iterator[str]:
    """The lines of a message that stand in none within it."""
    for leaf in range(survey.first[element], min(survey.last[element], len(survey.texts))):
        if around(survey.elements[leaf]) == element:
            yield survey.texts[leaf]


@lru_cache(maxsize=4096)
def _tokens(classes: str) -> tuple[tuple[str, bool], ...]:
    """The names of class and id that have a word for a message, digits aside, and whether they have no other word."""
    made: list[tuple[str, bool]] = []
    for written in classes.split()[:16]:
        words = class_words(written)
        if not _WORDS.isdisjoint(words):
            made.append((_DIGITS.sub("#", written.lower()), len(words) == 1))
    return tuple(made)


def tells_message(classes: str) -> bool:
    """Whether a name of class or id is of one word that tells a message: ``comment``, ``post-12``."""
    return any(alone for _, alone in _tokens(classes))


def _is_entry(names: Iterable[str]) -> bool:
    return not any(_WORDS - _ENTRIES & set(class_words(name)) for name in names)


def _asks_often(survey: Survey, chosen: dict[int, frozenset[str]]) -> bool:
    """Whether several questions are asked: what is often asked has its answer beside it, and is no thread."""
    asked = [element for element, own in chosen.items() if any(class_words(name) == ("question",) for name in own)]
    typed = sum(kind == "Question" for kind in survey.item_types.values())
    return len(asked) > 1 or typed > 1


def _chosen(survey: Survey, names: dict[str, tuple[tuple[str, bool], ...]]) -> dict[int, frozenset[str]]:
    """The elements that are messages, in order, each with the names that say so."""
    until = [0, *accumulate(map(PROSE_CHARACTERS.__le__, map(len, survey.texts)))]
    typed = survey.item_types
    bearers: dict[str, int] = {}
    called: dict[int, tuple[tuple[str, bool], ...]] = {}
    last_leaf = len(survey.texts)
    for element, classes in enumerate(survey.classes):
        if classes in names or element in typed:
            first, last = survey.first[element], min(survey.last[element], last_leaf)
            if until[last] > until[first] and survey.element_tags[element] not in _ROOTS:
                called[element] = names.get(classes, ())
                for name, _ in called[element]:
                    bearers[name] = bearers.get(name, 0) + 1
    exact = {name for named in called.values() for name, alone in named if alone and bearers[name] > 1}
    # One question has its answers; a name of several words counts where none of one does.
    exact |= {name for name in ("question", "answer") if name in bearers and ("answer" in exact or name == "answer")}
    wanted = exact or {name for name, count in bearers.items() if count > 1}
    own = {
        element: names_of
        for element, named in called.items()
        if (names_of := frozenset([name for name, _ in named if name in wanted])) or element in typed
    }
    return _outer(survey, _unwrapped(survey, own), bool(exact or typed))


def _outer(survey: Survey, own: dict[int, frozenset[str]], sure: bool) -> dict[int, frozenset[str]]:
    """Without the parts of messages: what stands alone of its name in each that is called otherwise."""
    around = Around(survey.parents, own)
    counts: dict[tuple[int, str], int] = {}
    holders: dict[int, int] = {}
    for element, names in own.items():
        holder = holders[element] = around(survey.parents[element])
        if holder:
            for name in names - own[holder]:
                counts[holder, name] = counts.get((holder, name), 0) + 1
    several = {name for (_, name), count in counts.items() if count > 1}
    if several and not sure:
        return {}
    return {
        element: names
        for element, names in own.items()
        if not holders[element]
        or element in survey.item_types
        or not names.isdisjoint(own[holders[element]])
        or not names.isdisjoint(several)
    }


def _unwrapped(survey: Survey, own: dict[int, frozenset[str]]) -> dict[int, frozenset[str]]:
    """Without what holds all others of its name, and these are several: so the whole is called, too."""
    bearers: dict[str, list[int]] = {}
    for element, names in own.items():
        for name in names:
            bearers.setdefault(name, []).append(element)
    wraps = {
        first
        for first, *others in bearers.values()
        if len(others) > 1 and first not in survey.item_types and survey.first[others[-1]] < survey.last[first]
    }
    return {element: names for element, names in own.items() if element not in wraps}


def _place(
    drafts: Sequence[Draft | DraftLeaf], survey: Survey, around: Around, places: dict[str, int], parted: set[str]
) -> None:
    """Tell of each block which message holds it, and of lists whether they hold several."""
    stack: list[tuple[Draft | DraftLeaf, int]] = [(draft, 0) for draft in drafts]
    while stack:
        draft, above = stack.pop()
        if draft.first >= min(draft.last, len(survey.texts)):
            continue
        last = min(draft.last, len(survey.texts))
        message = around(survey.elements[draft.first])
        if isinstance(draft, DraftLeaf):
            places.setdefault(draft.leaf.source, message)
            continue
        within = 0
        if draft.kind == "list":
            within = _list_element(survey, survey.elements[draft.first], above)
            message = around(within) if within else message
        while message and survey.last[message] < last:
            message = around(survey.parents[message])
        places[draft.source] = message
        if within and any(around(survey.elements[leaf]) != message for leaf in range(draft.first, last)):
            parted.add(draft.source)
            stack.extend((part, within) for item in draft.children if isinstance(item, Draft) for part in item.children)


def _list_element(survey: Survey, element: int, above: int) -> int:
    """The outermost list that an element stands in, within another; 0 where there is none."""
    found = 0
    while element > above:
        if survey.element_tags[element] in ("ul", "ol"):
            found = element
        element = survey.parents[element]
    return found


def _ids(drafts: Sequence[Draft | DraftLeaf], survey: Survey, found: Iterable[int]) -> dict[int, str]:
    """Take the ids of messages out of their first lines, which may stand in another part of the text."""
    wanted = {survey.first[element]: element for element in reversed(list(found)) if survey.classes[element]}
    ids: dict[int, str] = {}
    for draft in _leaves(drafts):
        element = wanted.get(draft.first)
        if element is None or draft.first == draft.last:
            continue
        name = survey.classes[element].rpartition(" ")[2]
        content = tuple(
            [
                part
                for part in draft.leaf.content
                if isinstance(part, str) or part.kind != "anchor" or (part.attributes or {}).get("id") != name
            ]
        )
        if len(content) < len(draft.leaf.content) and anchor_id(name):
            draft.leaf = draft.leaf._replace(content=content)  # type: ignore[arg-type]
            ids[element] = name
    return ids


def _leaves(drafts: Sequence[Draft | DraftLeaf]) -> Iterator[DraftLeaf]:
    stack = list(reversed(drafts))
    while stack:
        draft = stack.pop()
        if isinstance(draft, DraftLeaf):
            yield draft
        else:
            stack.extend(reversed(draft.children))


def said_of_message(survey: Survey, element: int, attributes: Mapping[str, Any]) -> None:
    """Note what an element's attributes say of it as a message: its type, how deep it stands."""
    written = attributes.get("itemtype")
    named = " ".join(written) if isinstance(written, list) else str(written or "")
    name = named.strip().rpartition("/")[2]
    if name in ITEM_TYPES:
        survey.item_types[element] = name
    depth = str(attributes.get("data-depth") or "").strip()
    if depth.isascii() and depth.isdigit() and len(depth) < 4:
        survey.depths[element] = int(depth)
