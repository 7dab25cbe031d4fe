"""Where the words of an original lead, beside where those of its TEI do.

The promise: each visible character of the page lead to one address or to none, and so does the same character of the
TEI. Compared are stretches, so that a link that TEI must part at a block is one with its page's.

Addresses are resolved here by themselves; of the two spellings of one, with octets encoded or not, none is preferred.

Source: HTML Standard, 4.6.1 (the ``a`` element) and 2.4.3 ("base URL"); RFC 3986, 5.2; TEI P5, att.pointing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple, TypeAlias
from urllib.parse import quote, unquote, urljoin

from solander.checking.addresses import is_uri_reference
from solander.checking.pages.decoding import REPLACEMENT
from solander.checking.pages.tei_words import Reference, References
from solander.checking.pages.tree import TreeOriginal
from solander.checking.pages.word_order import Judgement
from solander.model.anchors import anchor_id

BASE_CHARACTERS = 2_000
"""A longer base is nobody's address: what is resolved against it is not compared."""

ADDRESS_CHARACTERS = 16_000
"""A longer one is no address that anything leads to: the TEI has it as it was written alone."""

WRITTEN_CHARACTERS = 1_000_000
"""Of a longer address the TEI has the beginning."""

_EDGES = " \t\n\r\f"
_LEFT_OUT = ("", "?", "#", " ")
_BREAKS = str.maketrans("", "", "\t\n\r")
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_KEPT = "%-._~!$&'()*+,;=:@/?#[]"
_ORIGIN = re.compile(r"\Ahttps?://[^/?#]+")
_USUAL = re.compile(r"[^ ?#]*(?:\?[^ #]+)?(?:#[^ #]+)?\Z").match
_SCRIPTS = ("javascript:", "vbscript:", "livescript:")


class Led(NamedTuple):
    """A stretch of words that leads somewhere on one side, and elsewhere or nowhere on the other."""

    place: Callable[[], str]
    """Tells where it stands in the original: asked of few, for to find it takes time."""
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
        # HTML Standard, 4.2.3 ("frozen base URL"): a base of scripts or data says nothing.
        if not base or not base.strip(_EDGES) or base.strip().lower().startswith(("data:", "javascript:")):
            whole = uri
        else:
            whole = _joined(uri, base)
        known = whole is not None and len(whole) <= BASE_CHARACTERS and _ABSOLUTE.match(whole) is not None
        self._base = whole if known else None
        # What most addresses that are not whole only have put before them, where the base leaves it at that.
        origin = "".join(_ORIGIN.findall(whole)) if known and whole else ""
        folder = f"{(whole or '').partition('?')[0].partition('#')[0].rpartition('/')[0]}/"
        self._origin = origin if origin and _joined(whole, "/x") == f"{origin}/x" else ""
        self._folder = folder if self._origin and _joined(whole, "x") == f"{folder}x" else ""

    def resolved(self, written: str) -> str:
        """An address as it is meant; as it is written, where there is nothing to resolve it against."""
        # RFC 3986, 5.2.4: what has no segments of dots, no parameters and nothing empty behind a mark stays as it is.
        if (
            written.isprintable()
            and "/." not in written
            and "//" not in written
            and ";" not in written
            and "?#" not in written
            and written[-1:] not in _LEFT_OUT
        ):
            if written[0] == "/":
                if self._origin:
                    return self._origin + written
            elif self._folder and written[0] not in "?#. " and ":" not in written:
                return self._folder + written
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
        if one.written == written and target is not None and target == self.resolved(written):
            return True
        if one.written is not None and not _same(one.written, written):
            # A file in the bag stands for what was captured, and keeps the address by which it was.
            return (target or "").startswith("../media/") and _alike(one.written, self.resolved(written))
        if target is None:
            return len(written) > ADDRESS_CHARACTERS or self._is_nowhere(written)
        if target == written or target.startswith("../media/"):
            return True
        if target.startswith("#"):
            within = written[:1] == "#" and written.isprintable()
            fragment = written[1:] if within else self.resolved(written).partition("#")[2]
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


_Stretch: TypeAlias = tuple[int, int, int]
"""Between which visible characters words lead somewhere, and which of the links they are."""


def differences(page: TreeOriginal, judged: Judgement, led: References, addresses: Addresses) -> tuple[int, list[Led]]:
    """How many links with words the page has, and which of them are others in the TEI.

    Args:
        page: the original.
        judged: what came of comparing it with the TEI; the same characters on both sides.
        led: the links of the TEI.
        addresses: of the page.
    """
    hrefs = [href.strip(_EDGES) for _, href in page.links]
    numbers = [number for number, _ in page.links]
    links = led.links
    ours = _merged(_flat(page.spans(numbers)), hrefs.__getitem__)
    theirs = _merged(_runs(led, judged.begins or ()), lambda which: links[which][:2])
    found: list[Led] = []
    i = j = 0
    while i < len(ours) or j < len(theirs):
        mine = ours[i] if i < len(ours) else None
        other = theirs[j] if j < len(theirs) else None
        if mine is not None and other is not None and mine[:2] == other[:2]:
            href, one = hrefs[mine[2]], links[other[2]]
            if (one.written is not None or one.target != href) and not addresses.agree(href, one):
                found.append(Led(partial(page.place_of, numbers[mine[2]]), one.line, href, address_shown(one)))
            i, j = i + 1, j + 1
        elif other is None or (mine is not None and mine[:2] < other[:2]):
            assert mine is not None  # noqa: S101
            found.append(Led(partial(page.place_of, numbers[mine[2]]), 0, hrefs[mine[2]], None))
            i += 1
        else:
            one = links[other[2]]
            found.append(Led(partial(page.place, other[0]), one.line, None, address_shown(one)))
            j += 1
    return len(ours), found


def address_shown(one: Reference) -> str:
    """What a finding calls the address of a reference."""
    return one.target or one.written or ""


def _flat(spans: Sequence[tuple[int, int]]) -> list[_Stretch]:
    """Stretches that lie in one another, as XML lets links do, parted so that each character is in the innermost."""
    flat: list[_Stretch] = []
    last = 0
    for which, (begin, end) in enumerate(spans):
        if begin < last:
            break
        last = end
        flat.append((begin, end, which))
    else:
        return flat
    flat, around, at = [], list[tuple[int, int]](), 0
    for which, (begin, end) in enumerate((*spans, (1 << 62, 1 << 62))):
        while around and around[-1][0] <= begin:
            last, open_ = around.pop()
            if at < last:
                flat.append((at, last, open_))
                at = last
        if around and at < begin:
            flat.append((at, begin, around[-1][1]))
        at = max(at, begin)
        if begin < end:
            around.append((end, which))
    return flat


def _merged(stretches: Sequence[_Stretch], address: Callable[[int], object]) -> list[_Stretch]:
    """Neighbours that lead to one address as one."""
    merged: list[_Stretch] = []
    first = last = before = -1
    for begin, end, which in stretches:
        if begin == last and (which == before or address(which) == address(before)):
            merged[-1] = (first, last := end, before := which)
        elif begin < end:
            merged.append((first := begin, last := end, before := which))
    return merged


def _runs(led: References, begins: Sequence[int]) -> list[_Stretch]:
    """Where the words that lead somewhere in the TEI stand in the page."""
    runs: list[_Stretch] = []
    piece, at, offset = -1, 1, 0
    strings: list[str] = []
    for number, string, which in led.runs:
        if number != piece:
            piece, at, offset, strings = number, 1, begins[number], led.strings[number]
        while at < string:
            offset += len("".join(strings[at].split()))
            at += 2
        begin, at = offset, string + 2
        offset += len("".join(strings[string].split()))
        runs.append((begin, offset, which))
    runs.sort()
    return runs
