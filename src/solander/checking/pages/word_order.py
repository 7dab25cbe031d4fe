"""The TEI's words, sorted by their pointers, beside the page's: the same, in order, each once, or what differs.

The promise: two texts agree exactly when their visible characters are the same in the same order, and no two words are
run together or cut apart. Only when they do not is anything costly done, and that is bounded.

Source: the design's first law.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from operator import itemgetter
from typing import NamedTuple, TypeAlias

from solander.checking.pages.tei_words import Piece
from solander.checking.pages.word_gaps import Gaps
from solander.checking.pages.words import APART, PERHAPS, Original, visible_length

PAIRS_COMPARED = 250_000
"""Up to this product of words two stretches are compared each with each; longer ones are first parted at landmarks."""

REPEATS_LOOKED_FOR = 200
"""How many stretches too many are looked up in the page, to tell a repeat from an invention."""

PLACES_LOOKED_UP = 40
"""For how many differences the place in the original is looked up; a report names fewer."""

LONG_CHARACTERS = 1 << 20
"""A longer text is parted into words piece by piece."""

WORDS_HELD_ONCE = 100_000
"""So many different words of a long text are known again."""


_Ranked: TypeAlias = tuple[int, int, tuple[int, int] | None]
"""Of a piece its rank, its place in the file, and between which characters its words may begin."""


class Stretch(NamedTuple):
    """Neighbouring words that stand on one side only."""

    words: tuple[str, ...]
    pointer: str
    """Where they stand (or stood) in the original."""
    line: int
    """The line of the TEI file by which they stand, or should."""


class Gap(NamedTuple):
    """Two words that are run together on one side."""

    before: str
    after: str
    pointer: str
    line: int


class Judgement:
    """What came of comparing; every list is in order."""

    __slots__ = (
        "added",
        "begins",
        "beside",
        "cut",
        "displaced",
        "joined",
        "lost",
        "ordered",
        "page_words",
        "pointerless",
        "tei_words",
        "unresolved",
    )

    def __init__(self) -> None:
        self.unresolved: list[Piece] = []
        """Pieces whose pointer names nothing in the original."""
        self.pointerless: list[Piece] = []
        """Pieces under no pointer."""
        self.beside: list[tuple[Piece, str]] = []
        """Pieces whose words stand elsewhere than their pointer says, with where they do."""
        self.begins: list[int] | None = None
        """Of each piece as the file has them, how many visible characters precede it; ``None`` where some differ."""
        self.lost: list[Stretch] = []
        self.added: list[Stretch] = []
        self.displaced: list[Stretch] = []
        """Words that the page has, but not there, or not that often."""
        self.joined: list[Gap] = []
        """Apart in the page, together in the TEI."""
        self.cut: list[Gap] = []
        """Together in the page, apart in the TEI."""
        self.ordered: list[Piece] = []
        """The pieces, sorted by their pointers."""
        self.page_words: list[bytes] = []
        """The page's words in UTF-8; where the page leaves it open whether an edge parts two words, as in the TEI."""
        self.tei_words: list[bytes] = []


def compare(original: Original, pieces: Sequence[Piece], fragment_of: Callable[[str], str | None]) -> Judgement:
    """Hold the words of a TEI against the page's: the same, in order, each once; and tell what is not so.

    Args:
        original: the page.
        pieces: the TEI's text, in the order of the file.
        fragment_of: makes of a pointer as written the fragment that points into this original, or ``None``.
    """
    judged = Judgement()
    ranked = _sort(original, pieces, fragment_of, judged)
    tei = _one_text(pieces, judged.ordered)
    judged.tei_words, judged.page_words = words_of(tei), words_of(page := original.marked)
    if judged.page_words == judged.tei_words:
        _look_beside(original, ranked, judged)
    elif (characters := _visible(page)) == _visible(tei):
        _compare_gaps(original, characters, Gaps(page), Gaps(tei), judged)
        if not (judged.joined or judged.cut):
            judged.page_words = judged.tei_words
        _look_beside(original, ranked, judged)
    else:
        _align(original, words_of(page, APART), words_of(tei, APART), judged)
    return judged


def _sort(
    original: Original, pieces: Sequence[Piece], fragment_of: Callable[[str], str | None], judged: Judgement
) -> list[_Ranked]:
    """Sort the pieces by rank, equal ranks in the order of the file."""
    found: dict[str, tuple[int, int, int] | None] = {"": None}
    ranked: list[_Ranked] = []
    rank = 0
    for index, piece in enumerate(pieces):
        pointer = piece.pointer
        if pointer not in found:
            fragment = fragment_of(pointer)
            found[pointer] = original.resolve(fragment) if fragment is not None else None
        place = found[pointer]
        if place is not None:
            rank, begin, end = place
            ranked.append((rank, index, (begin, end)))
        else:
            # Where nobody can tell, the piece stays with the one before it.
            (judged.unresolved if pointer else judged.pointerless).append(piece)
            ranked.append((rank, index, None))
    ranked.sort(key=itemgetter(0, 1))
    judged.ordered = [pieces[index] for _, index, _ in ranked]
    return ranked


def _one_text(pieces: Sequence[Piece], ordered: Sequence[Piece]) -> str:
    hangs_on = {
        id(piece): pieces[index - 1] for index, piece in enumerate(pieces) if index and piece.marked[:1] != APART
    }
    if not hangs_on:
        return "".join([piece.marked for piece in ordered])
    parts: list[str] = []
    previous: Piece | None = None
    for piece in ordered:
        # What continues a word in the TEI continues it here only if nothing was sorted in between.
        if id(piece) in hangs_on and hangs_on[id(piece)] is not previous:
            parts.append(APART)
        parts.append(piece.marked)
        previous = piece
    return "".join(parts)


def words_of(marked: str, perhaps: str = "") -> list[bytes]:
    """The words of a marked text in UTF-8; ``perhaps`` is put where an inline element's edge may part two.

    Of a long text those that come back are held once: ten million words by themselves would take 500 MiB.
    """
    if len(marked) <= LONG_CHARACTERS:
        return _words_of(marked, perhaps)
    words: list[bytes] = []
    known: dict[bytes, bytes] = {}
    at = 0
    while at < len(marked):
        end = marked.rfind(APART, at, at + LONG_CHARACTERS) + 1 or marked.find(APART, at + LONG_CHARACTERS) + 1
        end = end or len(marked)
        if len(known) > WORDS_HELD_ONCE:
            known.clear()
        words += [known.setdefault(word, word) for word in _words_of(marked[at:end], perhaps)]
        at = end
    return words


def _words_of(marked: str, perhaps: str) -> list[bytes]:
    # `bytes.split` parts at ASCII white space, which is HTML's but for vertical tab; that is never in a marked text.
    words = marked.replace(PERHAPS, perhaps).encode().split()
    # A no-break space that stands alone, as it fills empty cells, is no word. `str.isspace` knows all of Unicode's.
    return [word for word in words if word[0] < 0x80 or not word.decode().isspace()]


def _visible(marked: str) -> bytes:
    return "".join(marked.replace(PERHAPS, "").split()).encode()


def _look_beside(original: Original, ranked: Sequence[_Ranked], judged: Judgement) -> None:
    """Find pieces whose words do not begin where their pointer says; only where all characters agree."""
    offset = 0
    judged.begins = begins = [0] * len(ranked)
    for piece, (_, index, span) in zip(judged.ordered, ranked, strict=True):
        length = visible_length(piece.marked)
        begins[index] = offset
        if span is not None and length and not span[0] <= offset < span[1]:
            judged.beside.append((piece, original.place(offset) if len(judged.beside) < PLACES_LOOKED_UP else ""))
        offset += length


def _compare_gaps(original: Original, characters: bytes, page: Gaps, tei: Gaps, judged: Judgement) -> None:
    joined = page.apart - tei.apart - tei.perhaps
    cut = tei.apart - page.apart - page.perhaps
    # A no-break space may go where words are apart anyhow, and only there.
    joined.update([at for at, spaces in page.spaces.items() if tei.spaces.get(at) != spaces and at not in tei.apart])
    cut.update(tei.spaces.keys() - page.spaces.keys())
    for offsets, gaps in ((joined, judged.joined), (cut, judged.cut)):
        lines = _Lines(judged.ordered)
        for at in sorted(offsets):
            before, after = characters[max(0, at - 60) : at].decode("utf-8", "ignore"), characters[at : at + 60]
            offset = len(characters[:at].decode())
            pointer = original.place(offset) if len(gaps) < PLACES_LOOKED_UP else ""
            gaps.append(Gap(before[-12:], after.decode("utf-8", "ignore")[:12], pointer, lines.at(offset)))


class _Lines:
    """On which line of the TEI a character stands; asked in rising order."""

    def __init__(self, ordered: Sequence[Piece]) -> None:
        self._pieces = iter(ordered)
        self._end = self._line = 0

    def at(self, offset: int) -> int:
        while self._end <= offset and (piece := next(self._pieces, None)) is not None:
            self._end += visible_length(piece.marked)
            self._line = piece.line
        return self._line


def _align(original: Original, page: list[bytes], tei: list[bytes], judged: Judgement) -> None:
    """Find which words are lost, added and displaced; words that an inline element may part are given parted."""
    lines, around = _Lines(judged.ordered), list[tuple[int, int]]()
    page_offsets, tei_offsets = _offsets(page), _offsets(tei)
    lost, added = list[Stretch](), list[Stretch]()
    for a0, a1, b0, b1 in _differences(page, tei):
        if b"".join(page[a0:a1]) == b"".join(tei[b0:b1]):
            continue
        pointer = original.place(page_offsets[a0]) if len(lost) + len(added) < PLACES_LOOKED_UP else ""
        line = lines.at(tei_offsets[b0])
        if a1 > a0:
            lost.append(Stretch(_strings(page[a0:a1]), pointer, line))
        if b1 > b0:
            added.append(Stretch(_strings(tei[b0:b1]), pointer, line))
            around.append((b0, b1))
    missing = Counter(word for stretch in lost for word in stretch.words)
    for looked, (stretch, (b0, b1)) in enumerate(zip(added, around, strict=True)):
        wanted = Counter(stretch.words)
        length = b1 - b0
        if wanted <= missing:
            missing -= wanted
            judged.displaced.append(stretch)
        elif tei[b0:b1] in (tei[max(0, b0 - length) : b0], tei[b1 : b1 + length]) or (
            looked < REPEATS_LOOKED_FOR and _holds(page, tei[b0:b1])
        ):
            judged.displaced.append(stretch)
        else:
            judged.added.append(stretch)
    for stretch in lost:
        rest: list[str] = []
        for word in stretch.words:
            if missing[word] > 0:
                missing[word] -= 1
                rest.append(word)
        if rest:
            judged.lost.append(stretch._replace(words=tuple(rest)))


def _holds(words: Sequence[bytes], stretch: Sequence[bytes]) -> bool:
    first, length = stretch[0], len(stretch)
    return any(word == first and words[index : index + length] == stretch for index, word in enumerate(words))


def _offsets(words: Sequence[bytes]) -> list[int]:
    offsets, offset = [0], 0
    for word in words:
        offset += visible_length(word.decode())
        offsets.append(offset)
    return offsets


def _strings(words: Sequence[bytes]) -> tuple[str, ...]:
    return tuple([word.decode("utf-8", "replace") for word in words])


def _differences(left: Sequence[bytes], right: Sequence[bytes]) -> Iterator[tuple[int, int, int, int]]:
    """Stretches that differ, as ``a0, a1, b0, b1``, in order."""
    a0, b0 = 0, 0
    for a1, b1 in (*_landmarks(left, right), (len(left), len(right))):
        yield from _within(left, right, a0, a1, b0, b1)
        a0, b0 = a1, b1


def _landmarks(left: Sequence[bytes], right: Sequence[bytes]) -> list[tuple[int, int]]:
    """Words that each side has once, as many as stand in the same order on both: the longest rising run."""
    if len(left) * len(right) <= PAIRS_COMPARED:
        return []
    in_left, in_right = Counter(left), Counter(right)
    place = {word: index for index, word in enumerate(right) if in_right[word] == 1}
    pairs = [(index, place[word]) for index, word in enumerate(left) if in_left[word] == 1 and word in place]
    return _longest_rising(pairs)


def _longest_rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    # Patience sorting: the last card of each pile, and for each card the one below it in the pile before.
    tops: list[int] = []
    cards: list[int] = []
    below: list[int] = []
    for card, (_, value) in enumerate(pairs):
        pile = bisect_left(tops, value)
        below.append(cards[pile - 1] if pile else -1)
        if pile == len(tops):
            tops.append(value)
            cards.append(card)
        else:
            tops[pile], cards[pile] = value, card
    rising: list[tuple[int, int]] = []
    card = cards[-1] if cards else -1
    while card >= 0:
        rising.append(pairs[card])
        card = below[card]
    return rising[::-1]


def _within(
    left: Sequence[bytes], right: Sequence[bytes], a0: int, a1: int, b0: int, b1: int
) -> Iterator[tuple[int, int, int, int]]:
    while a0 < a1 and b0 < b1 and left[a0] == right[b0]:
        a0, b0 = a0 + 1, b0 + 1
    while a0 < a1 and b0 < b1 and left[a1 - 1] == right[b1 - 1]:
        a1, b1 = a1 - 1, b1 - 1
    if a0 == a1 and b0 == b1:
        return
    if a0 == a1 or b0 == b1 or (a1 - a0) * (b1 - b0) > PAIRS_COMPARED:
        yield a0, a1, b0, b1
        return
    matcher = SequenceMatcher(None, left[a0:a1], right[b0:b1], autojunk=False)
    for kind, p0, p1, q0, q1 in matcher.get_opcodes():
        if kind != "equal":
            yield a0 + p0, a0 + p1, b0 + q0, b0 + q1
