"""PAG: is every word of the page in the TEI, in order, each once, where its pointer says.

The checker shares nothing with the reader: it decodes and parses for itself, and sorts the TEI's words by pointers.
What the original shows at all is judged by ``shown``, what reading met by ``met``, where the words lead by ``leading``.
Source: the design's first law; TEI P5, ``att.global.source``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import NamedTuple
from urllib.parse import unquote

from solander.checking.pages.contained_page import Unfound, is_container, page_within
from solander.checking.pages.decoding import REPLACEMENT
from solander.checking.pages.leading import LEADING_RULES, Leading, check_leading
from solander.checking.pages.met import PAGE_RULES, check_page
from solander.checking.pages.originals import read_original
from solander.checking.pages.shown import SHOWN_RULES, check_shown
from solander.checking.pages.tei_words import Piece, References, read_tei_words
from solander.checking.pages.telling import LAW, bounded, in_words, quoted
from solander.checking.pages.word_order import Gap, Judgement, Stretch, compare, words_of
from solander.checking.pages.words import Original
from solander.checking.rules import Check, Fault, rule, run
from solander.model.finding import Finding, Place

__all__ = (
    "PAGE_RULES",
    "RULES",
    "WORD_RULES",
    "Compared",
    "Ledger",
    "WordCheck",
    "check_page",
    "check_words",
)


class Ledger(NamedTuple):
    """The words on both sides, counted; white space parts words, so that Chinese is counted by phrases."""

    page: int
    """Words that a reader of the original sees."""
    main: int
    """Words in the TEI's ``body``: the text proper."""
    boilerplate: int
    """Words in ``front`` and ``back``."""
    left_out: tuple[tuple[str, int], ...]
    """Elements with text that no reader sees, by name: ``script``, ``style`` … and how many."""
    gaps: tuple[tuple[str, int], ...] = ()
    """What the TEI says it lacks, by reason: ``image``, ``form`` … and how many; no words of the page are among it."""
    replaced: int = 0
    """Visible characters that XML cannot hold, for which U+FFFD stands."""
    undecoded: int = 0
    """U+FFFD among the visible characters: bytes that fit no character, or the page's own."""
    leading: tuple[tuple[str, int], ...] = ()
    """What was held against the TEI besides words, ``links`` and ``things-shown``, and how many the page has."""

    @property
    def counts(self) -> tuple[tuple[str, int], ...]:
        """The numbers by name, as ``Report.counts`` has them."""
        words = (("words", self.page), ("words-main", self.main), ("words-boilerplate", self.boilerplate))
        return (
            *words,
            *((f"left-out-{name}", count) for name, count in self.left_out),
            *((f"gaps-{name}", count) for name, count in self.gaps),
            ("characters-replaced", self.replaced),
            ("characters-undecoded", self.undecoded),
            *self.leading,
        )


class WordCheck(NamedTuple):
    """What came of comparing a TEI file with its original."""

    findings: tuple[Finding, ...]
    ledger: Ledger | None
    """``None`` where nothing could be compared."""
    unchecked: tuple[str, ...] = ()
    """Why nothing could be compared, a line each: "not checked" is never "valid"."""


class Compared(NamedTuple):
    """The subject of the rules about words."""

    path: str
    """The TEI file."""
    original_name: str
    judged: Judgement
    ledger: Ledger


def check_words(
    original: bytes,
    *,
    original_name: str,
    media_type: str,
    charset: str,
    tei: bytes,
    path: str,
    within: Mapping[str, str] | None = None,
    uri: str | None = None,
) -> WordCheck:
    """Compare a TEI file's words, and where they lead, with those of the original that it was made from.

    Args:
        original: the bytes as received, as they stand in ``data/original/``; unpacked here if the name ends in ``.gz``.
        original_name: their name there, which the TEI's pointers must bear.
        media_type: ``text/plain``, ``application/xhtml+xml``, or anything else for HTML.
        charset: the canonical name of the Encoding Standard, as recorded when the page was read.
        tei: the TEI file.
        path: its name, for the findings.
        within: of an original that holds its page with others, how the page is found in it.
        uri: the page's address; without it, nobody can tell what its relative addresses mean, and their spelling alone
            is compared.
    """
    page = _read(original, original_name, media_type, charset, within or {})
    if isinstance(page, str):
        return WordCheck((), None, (f"{path}: its words were not compared: {page}",))
    gaps: dict[str, int] = {}
    references = References()
    pieces = read_tei_words(tei, gaps, references)
    if isinstance(pieces, str):
        return WordCheck((), None, (f"{path}: its words were not compared: {pieces}",))
    fragment_of = partial(_fragment, original_name)
    judged = compare(page, pieces, fragment_of)
    leading = Leading(path, page, uri, references, gaps.get("image", 0), judged, fragment_of)
    found, counts = check_leading(leading)
    compared = Compared(path, original_name, judged, _ledger(page, judged, gaps)._replace(leading=counts))
    shown = check_shown(path, original_name, page, compared.ledger.page)
    return WordCheck((*run(COMPARED_RULES, compared), *found, *shown), compared.ledger)


def _read(original: bytes, name: str, media_type: str, charset: str, within: Mapping[str, str]) -> Original | str:
    if not is_container(name):
        return read_original(original, name, media_type, charset)
    content = page_within(original, name, within)
    return content.why if isinstance(content, Unfound) else read_original(content, "page", media_type, charset)


def _fragment(original_name: str, pointer: str) -> str | None:
    address, _, fragment = pointer.partition("#")
    if address.rpartition("/")[2] != original_name:
        return None
    return unquote(fragment) if "%" in fragment else fragment


def _ledger(page: Original, judged: Judgement, gaps: dict[str, int]) -> Ledger:
    main = len(words_of("".join([piece.marked for piece in judged.ordered if piece.part == "body"])))
    return Ledger(
        page=len(judged.page_words),
        main=main,
        boilerplate=len(judged.tei_words) - main,
        left_out=tuple(sorted(page.left_out.items())),
        gaps=tuple(sorted((re.sub(r"[^A-Za-z0-9]+", "-", name), count) for name, count in gaps.items())),
        replaced=page.replaced,
        undecoded=page.marked.count(REPLACEMENT) - page.replaced,
    )


# ------------------------------------------------------------------------------------------------ how a fault is told


def _stretch(path: str, message: str) -> Callable[[Stretch], Fault]:
    def tell(stretch: Stretch) -> Fault:
        what = message.format(words=in_words(len(stretch.words)), pointer=stretch.pointer)
        return Fault(Place(path, stretch.line or None), f"{what}: “{quoted(stretch.words)}”")

    return tell


def _piece(path: str, message: str) -> Callable[[Piece], Fault]:
    def tell(piece: Piece) -> Fault:
        words = piece.marked.split()
        return Fault(Place(path, piece.line or None), f"{message}: “{quoted(words)}”", found=piece.pointer or None)

    return tell


# ---------------------------------------------------------------------------------------------------- rules for words


@rule("PAG001", "words-lost", severity="error", source=LAW)
def words_lost(compared: Compared) -> Iterator[Fault]:
    """Words that a reader of the original sees stand nowhere in the TEI.

    Why: the archive promises the whole page; a text with a hole in it is worse than none, because nobody looks twice.

    Remedy: make the TEI anew from the original; if the words are lost again, report the page as a fault of Solander.
    """
    lost = compared.judged.lost
    tell = _stretch(compared.path, "{words} at {pointer} are not in the TEI")
    total = in_words(sum(len(stretch.words) for stretch in lost))
    yield from bounded(lost, tell, f"words are lost at {{}} more places, {total} in all")


@rule("PAG002", "words-added", severity="error", source=LAW)
def words_added(compared: Compared) -> Iterator[Fault]:
    """The TEI holds words that a reader of the original does not see.

    Why: what the page does not say must not be ascribed to it.

    Remedy: take the words out, or keep them as a note of the editor in the header; if Solander wrote them, report it.
    """
    tell = _stretch(compared.path, "{words} by {pointer} are not in the page")
    yield from bounded(compared.judged.added, tell, "words are added at {} more places")


@rule("PAG003", "words-out-of-order", severity="error", source=LAW)
def words_out_of_order(compared: Compared) -> Iterator[Fault]:
    """Words of the page stand in the TEI in another order, or more often, than in the page.

    Why: sorted by their pointers, the words of the TEI are the words of the page; otherwise pointers or words lie.

    Remedy: make the TEI anew from the original; if it comes out so again, report the page as a fault of Solander.
    """
    tell = _stretch(compared.path, "{words} by {pointer} are out of order or repeated")
    yield from bounded(compared.judged.displaced, tell, "words are out of order or repeated at {} more places")


@rule("PAG004", "pointer-to-nothing", severity="error", source="TEI P5, att.global.source")
def pointer_to_nothing(compared: Compared) -> Iterator[Fault]:
    """A pointer of the text names no place in the original.

    Why: the pointer is a block's birth certificate: by it anybody can look up what the page says.

    Remedy: make the TEI anew from the original that stands beside it.
    """
    tell = _piece(compared.path, f"no place in {compared.original_name} is named so")
    yield from bounded(compared.judged.unresolved, tell, "{} more pointers name nothing")


@rule("PAG005", "word-boundary-moved", severity="error", source=LAW)
def word_boundary_moved(compared: Compared) -> Iterator[Fault]:
    """Two words of the page are one in the TEI, or one word is two.

    Why: a search finds neither, and counts of words are wrong; the characters alone do not show it.

    Remedy: make the TEI anew from the original; if it comes out so again, report the page as a fault of Solander.
    """

    def tell(gap: tuple[str, Gap]) -> Fault:
        how, (before, after, pointer, line) = gap
        return Fault(Place(compared.path, line or None), f"“…{before}” and “{after}…” at {pointer} {how}")

    joined = [("are apart in the page, together in the TEI", gap) for gap in compared.judged.joined]
    cut = [("are together in the page, apart in the TEI", gap) for gap in compared.judged.cut]
    yield from bounded(joined + cut, tell, "{} more boundaries of words differ")


@rule("PAG007", "pointer-beside-its-words", severity="error", source="TEI P5, att.global.source")
def pointer_beside_its_words(compared: Compared) -> Iterator[Fault]:
    """A pointer names a place in the original, but the words under it come from elsewhere.

    Why: the pointer is a block's birth certificate; one that leads to other words is a false one.

    Remedy: make the TEI anew from the original that stands beside it.
    """

    def tell(beside: tuple[Piece, str]) -> Fault:
        piece, place = beside
        words = quoted(piece.marked.split())
        found = piece.pointer.partition("#")[2]
        return Fault(Place(compared.path, piece.line or None), f"these words stand elsewhere: “{words}”", place, found)

    yield from bounded(compared.judged.beside, tell, "{} more pointers lead to other words")


@rule("PAG008", "words-without-pointer", severity="error", source="TEI P5, att.global.source")
def words_without_pointer(compared: Compared) -> Iterator[Fault]:
    """Text of the TEI stands under no pointer into the original.

    Why: without one nobody can tell where in the page the words were, or whether they were there at all.

    Remedy: make the TEI anew from the original.
    """
    tell = _piece(compared.path, "no pointer says where these words come from")
    yield from bounded(compared.judged.pointerless, tell, "words stand under no pointer at {} more places")


@rule("PAG010", "main-text-empty", severity="warning", source="TEI P5, 4.6 and 4.7 (front, body, back)")
def main_text_empty(compared: Compared) -> Iterator[Fault]:
    """The page has words, but none of them was taken for the text proper.

    Why: readers and machines turn to ``body`` for the text; here they find nothing.

    Remedy: look at the page: a list of links or a form may have no text of its own; otherwise report it.
    """
    if compared.ledger.page and not compared.ledger.main:
        yield Fault(Place(compared.path), f"all {in_words(compared.ledger.page)} stand in front or back")


COMPARED_RULES: tuple[Check[[Compared]], ...] = (
    words_lost,
    words_added,
    words_out_of_order,
    pointer_to_nothing,
    word_boundary_moved,
    pointer_beside_its_words,
    words_without_pointer,
    main_text_empty,
)
"""The rules that have both sides before them."""

WORD_RULES: tuple[Check[...], ...] = (*COMPARED_RULES, *LEADING_RULES, *SHOWN_RULES)
"""The rules of ``check_words``."""

RULES: tuple[Check[...], ...] = (*WORD_RULES, *PAGE_RULES)
"""All PAG rules."""
