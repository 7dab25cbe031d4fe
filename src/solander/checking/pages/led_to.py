"""Where the words of an original lead, beside where those of its TEI do.

The promise: each visible character of the page lead to one address or to none, and so does the same character of the
TEI. Compared are stretches, so that a link that TEI must part at a block is one with its page's.

Addresses are resolved here by themselves; of the two spellings of one, with octets encoded or not, none is preferred.

Source: HTML Standard, 4.6.1 (the ``a`` element) and 2.4.3 ("base URL"); RFC 3986, 5.2; TEI P5, att.pointing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple
from urllib.parse import quote, unquote, urljoin

from solander.checking.addresses import is_uri_reference
from solander.checking.pages.decoding import REPLACEMENT
from solander.checking.pages.tei_words import Piece, Reference, References
from solander.checking.pages.tree import TreeOriginal
from solander.checking.pages.word_order import Judgement
from solander.checking.pages.words import visible_length
from solander.model.anchors import anchor_id

BASE_CHARACTERS = 2_000
"""A longer base is nobody's address: what is resolved against it is not compared."""

ADDRESS_CHARACTERS = 16_000
"""A longer one is no address that anything leads to: the TEI has it as it was written alone."""

WRITTEN_CHARACTERS = 1_000_000
"""Of a longer address the TEI has the beginning."""

_EDGES = " \t\n\r\f"
_BREAKS = str.maketrans("", "", "\t\n\r")
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_KEPT = "%-._~!$&'()*+,;=:@/?#[]"
_ORIGIN = re.compile(r"\Ahttps?://[^/?#]+")
_PLAIN = re.compile(r"(?:/(?!\.)[A-Za-z0-9_=+&,~.-]*)+\Z").match
_USUAL = re.compile(r"[^ ?#]*(?:\?[^ #]+)?(?:#[^ #]+)?\Z").match
_SCRIPTS = ("javascript:", "vbscript:", "livescript:")


class Led(NamedTuple):
    """A stretch of words that leads somewhere on one side, and elsewhere or nowhere on the other."""

    place: str
    """Where it stands in the original."""
    line: int
    """The line of the TEI on which the link begins; 0 where it has none."""
    page: str | None
    """The address that the page has."""
    tei: str | None
    """The address that the TEI has."""


class Addresses:
    """Says whether an address of the TEI is one that the page has."""

    def __init__(self, uri: str | None, base: str | None) -> None:
        """Take the page's address, if it is known, and what its ``base`` says."""
        self._page = (uri or "").partition("#")[0]
        whole = _joined(uri, base) if base and base.strip(_EDGES) else uri
        known = whole is not None and len(whole) <= BASE_CHARACTERS and _ABSOLUTE.match(whole) is not None
        self._base = whole if known else None
        self._origin = "".join(_ORIGIN.findall(whole)) if known and whole else ""

    def resolved(self, written: str) -> str:
        """An address as it is meant; as it is written, where there is nothing to resolve it against."""
        # What most addresses of a page are that are not whole.
        if self._origin and written[:1] == "/" and written[:2] != "//" and _PLAIN(written):
            return self._origin + written
        return _joined(self._base, written)

    def key(self, written: str) -> str:
        """By which an address that the page has written so is found again."""
        return _decoded(written if _ABSOLUTE.match(written) else self.resolved(written))

    def key_of(self, one: Reference) -> str:
        """By which what the TEI shows is found again: as the page wrote it, for a file may have taken its place."""
        return self.key((one.target if one.written is None else one.written) or "")

    def agree(self, written: str, one: Reference) -> bool:
        """Whether a reference is what becomes of an address that the page has written so."""
        written = written.strip(_EDGES)
        target = one.target
        if one.written is not None and not _same(one.written, written):
            # A file in the bag stands for what was captured, and keeps the address by which it was.
            return (target or "").startswith("../media/") and _alike(one.written, self.resolved(written))
        if target is None:
            return len(written) > ADDRESS_CHARACTERS or self._is_nowhere(written)
        if target == written or target.startswith("../media/"):
            return True
        if target.startswith("#"):
            fragment = self.resolved(written).partition("#")[2]
            return target[1:] in (anchor_id(fragment), anchor_id(unquote(fragment))) or _alike(target, written)
        if self._base is None and not _ABSOLUTE.match(written):
            return not written or one.written is not None or _alike(target, written)
        return _alike(target, self.resolved(written)) or (
            _ABSOLUTE.match(written) is not None and _alike(target, written)
        )

    def _is_nowhere(self, written: str) -> bool:
        """Whether an address leads to nothing that TEI could name."""
        plain = written.translate(_BREAKS).lower().lstrip("".join(map(chr, range(33))))
        meant = written if _ABSOLUTE.match(written) else self.resolved(written)
        if not plain or plain.startswith(("#", *_SCRIPTS)) or (self._page and meant.startswith(f"{self._page}#")):
            return True
        # Characters that an address may not hold are encoded; what then is none, names nothing.
        return not is_uri_reference(quote(_FORBIDDEN.sub(REPLACEMENT, meant), safe=_KEPT))


def _joined(base: str | None, written: str) -> str:
    written = written.strip(_EDGES).translate(_BREAKS)
    try:
        return urljoin(base, written) if base else written
    except ValueError:
        return written


def _same(one: str, written: str) -> bool:
    if one == written:
        return True
    written = _FORBIDDEN.sub(REPLACEMENT, written)
    if len(written) > WRITTEN_CHARACTERS and one.endswith("…"):
        return written.startswith(one[:-1])
    return "".join(one.split()) == "".join(written.split())


def _alike(one: str, other: str) -> bool:
    """Whether two addresses differ by no more than which octets are encoded."""
    return one == other or _decoded(one) == _decoded(other)


def _decoded(address: str) -> str:
    if "%" not in address and address.isascii() and address.isprintable() and _USUAL(address):
        return address
    # A mark behind which nothing follows says nothing; programs that join addresses leave it out.
    return "".join(_FORBIDDEN.sub(REPLACEMENT, unquote(address)).split()).replace("?#", "#").rstrip("?#")


# -------------------------------------------------------------------------------------------------------- stretches


class _Stretch(NamedTuple):
    begin: int
    end: int
    which: int


def differences(
    page: TreeOriginal, pieces: Sequence[Piece], judged: Judgement, led: References, addresses: Addresses
) -> tuple[int, list[Led]]:
    """How many links with words the page has, and which of them are others in the TEI.

    Args:
        page: the original.
        pieces: of the TEI, in the order of the file.
        judged: what came of comparing them; the same characters on both sides.
        led: the links of the TEI.
        addresses: of the page.
    """
    # What is there without a value is empty.
    anchors = [(number, (said["href"] or "").strip(_EDGES)) for number, said in page.pointing if "href" in said]
    written = [(number, href) for number, href in anchors if page.names[page.tags[number]] == "a"]
    ours = _merged(_flat([(*page.span(number), at) for at, (number, _) in enumerate(written)]), [h for _, h in written])
    offsets = {id(piece): begin for piece, begin in zip(judged.ordered, judged.begins or (), strict=True)}
    links = led.links
    theirs = _merged(_runs(pieces, offsets, led), [(one.target, one.written) for one in links])
    found: list[Led] = []
    i = j = 0
    while i < len(ours) or j < len(theirs):
        mine = ours[i] if i < len(ours) else None
        other = theirs[j] if j < len(theirs) else None
        if mine is not None and other is not None and mine[:2] == other[:2]:
            number, href = written[mine.which]
            one = links[other.which]
            if (one.written is not None or one.target != href) and not addresses.agree(href, one):
                found.append(Led(page.place_of(number), one.line, href, address_shown(one)))
            i, j = i + 1, j + 1
        elif other is None or (mine is not None and mine[:2] < other[:2]):
            assert mine is not None  # noqa: S101
            number, href = written[mine.which]
            found.append(Led(page.place_of(number), 0, href, None))
            i += 1
        else:
            one = links[other.which]
            found.append(Led(page.place(other.begin), one.line, None, address_shown(one)))
            j += 1
    return len(ours), found


def address_shown(one: Reference) -> str:
    """What a finding calls the address of a reference."""
    return one.target or one.written or ""


def _flat(spans: Sequence[tuple[int, int, int]]) -> list[_Stretch]:
    """Stretches that lie in one another, as XML lets links do, parted so that each character is in the innermost."""
    if all(one[1] <= other[0] for one, other in pairwise(spans)):
        return list(map(_Stretch._make, spans))
    flat: list[_Stretch] = []
    around: list[tuple[int, int]] = []
    at = 0
    for begin, end, which in (*spans, (1 << 62, 1 << 62, -1)):
        while around and around[-1][0] <= begin:
            last, open_ = around.pop()
            if at < last:
                flat.append(_Stretch(at, last, open_))
                at = last
        if around and at < begin:
            flat.append(_Stretch(at, begin, around[-1][1]))
        at = max(at, begin)
        if begin < end:
            around.append((end, which))
    return flat


def _merged(stretches: Sequence[_Stretch], addresses: Sequence[object]) -> list[_Stretch]:
    """Neighbours that lead to one address as one."""
    merged: list[_Stretch] = []
    for one in stretches:
        if merged and merged[-1].end == one.begin and addresses[merged[-1].which] == addresses[one.which]:
            merged[-1] = _Stretch(merged[-1].begin, one.end, one.which)
        elif one.begin < one.end:
            merged.append(one)
    return merged


def _runs(pieces: Sequence[Piece], offsets: dict[int, int], led: References) -> list[_Stretch]:
    runs: list[_Stretch] = []
    piece, at, offset = -1, 0, 0
    marked = ""
    for number, begin, end, which in led.runs:
        if number != piece:
            piece, at, offset = number, 0, offsets[id(pieces[number])]
            marked = pieces[number].marked
        if begin > at:
            offset += visible_length(marked[at:begin])
        first, at = offset, end
        offset += visible_length(marked[begin:end])
        runs.append(_Stretch(first, offset, which))
    runs.sort()
    return runs
