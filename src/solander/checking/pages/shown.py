"""PAG: whether the original shows what its bytes hold.

Reader and checker follow one standard, and where that lets words be swallowed, neither has them. These rules go by a
look at the markup that follows no standard.

Source: the design's first law; HTML Standard, 13.2.5 (tokenization).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from solander.checking.pages.html_original import HtmlOriginal
from solander.checking.pages.markup_look import SHADOW_TREE, Swallowed, swallowed, words_in
from solander.checking.pages.telling import LAW, PLACES_NAMED, in_words
from solander.checking.pages.words import Original
from solander.checking.rules import Check, Fault, rule, run
from solander.model.bag_layout import ORIGINAL_FOLDER
from solander.model.finding import Finding, Place

PLAINLY = 3
"""How many words a look at the markup must find: one or two may be left of a tag that is not written as it should."""


class Shown(NamedTuple):
    """The subject: an original as the checker read it."""

    path: str
    """The TEI file."""
    original_name: str
    original: Original
    words: int
    """How many words it shows."""
    swallowed: tuple[Swallowed, ...]
    """What a look at its markup finds to swallow words."""

    def place(self, line: int | None = None) -> Place:
        """A place in the original."""
        return Place(f"{ORIGINAL_FOLDER}{self.original_name}", line)


@rule("PAG006", "page-without-words", severity="warning", source=LAW)
def page_without_words(shown: Shown) -> Iterator[Fault]:
    """The original holds no word that a reader could see.

    Why: such a page is often the empty shell of an application whose text came later, by script.

    Remedy: capture the page with a browser, after its scripts have run, and pack that.
    """
    if not shown.words and words_in(shown.original.written) < PLAINLY:
        yield Fault(Place(shown.path), f"{shown.original_name} shows no words")


@rule("PAG016", "words-swallowed", severity="warning", source="HTML Standard, 13.2.2 (parse errors)")
def words_swallowed(shown: Shown) -> Iterator[Fault]:
    """Something in the page does not end where it should, and swallows words behind it.

    Why: by the standard these words are part of a script, a title or a comment; no browser shows them either, but
    whoever wrote the page meant them to be read.

    Remedy: look at the original from that line on; if the capture was cut off or damaged, capture the page again.
    """
    found = [one for one in shown.swallowed if one.by != SHADOW_TREE]
    for one in found[:PLACES_NAMED]:
        yield Fault(shown.place(one.line), f"{one.by} swallows {in_words(one.words)} from here on")
    if len(found) > PLACES_NAMED:
        words = in_words(sum(one.words for one in found[PLACES_NAMED:]))
        more = len(found) - PLACES_NAMED
        yield Fault(shown.place(found[PLACES_NAMED].line), f"{words} are swallowed at {more} more places")


@rule("PAG017", "words-unread", severity="error", source=LAW)
def words_unread(shown: Shown) -> Iterator[Fault]:
    """The page was read as one without words, but its markup plainly holds some.

    Why: reader and checker agree that there is nothing; a person who opens the file sees that there is.

    Remedy: look for what swallows them (another finding may name it); say the right media type or charset, or capture
    the page again.
    """
    if not shown.words and (words := words_in(shown.original.written)) >= PLAINLY:
        yield Fault(shown.place(), f"no word was read, but {words} stand outside tags, comments and scripts")


@rule("PAG018", "shadow-tree-left-out", severity="warning", source="HTML Standard, 4.12.3 (shadowrootmode)")
def shadow_tree_left_out(shown: Shown) -> Iterator[Fault]:
    """A template asks for a shadow tree where there can be none; its words are not in the TEI.

    Why: browsers do not show them either, but whoever wrote the page meant them to be read.

    Remedy: none is needed for the original, which keeps them; look there at what the template was to show.
    """
    found = [one for one in shown.swallowed if one.by == SHADOW_TREE]
    made = shown.original.shadow_trees if isinstance(shown.original, HtmlOriginal) else 0
    if len(found) > made:
        line = found[0].line if not made else None
        words = in_words(sum(one.words for one in found)) + (" in it and others" if made else "")
        yield Fault(shown.place(line), f"{len(found) - made} of {len(found)} shadow trees cannot be made: {words}")


def check_shown(path: str, original_name: str, original: Original, words: int) -> list[Finding]:
    """Judge what an original shows; ``words`` is how many of them the checker read."""
    # What is well-formed XML, or no markup, swallows nothing.
    found = swallowed(original.written) if isinstance(original, HtmlOriginal) else ()
    return run(SHOWN_RULES, Shown(path, original_name, original, words, tuple(found)))


SHOWN_RULES: tuple[Check[[Shown]], ...] = (page_without_words, words_swallowed, words_unread, shadow_tree_left_out)
"""The rules for what an original shows."""
