"""Count where the main text of real pages does not stand in one piece, whatever drew its borders.

    python -m benchmarks.main_content.coherence CORPORA [--pages 60] [--show FAULT]

Judges only what ``read_page`` gives: blocks in the order of the source, each with its division and its pointer. The
pages are a fixed sample of each corpus, by the SHA-256 of their names. ``--show`` names the pages and the words of one
fault, to read them; nothing is tuned to a page.

================ ====================================================================================================
fault            what is counted
================ ====================================================================================================
list-parted      lists of which some items are main text and others not
heading-bare     headings in the main text with nothing under them there, where what follows them on the page is not
heading-outside  headings outside whose paragraphs, in the same element, are main text
piece-outside    runs of at most two leaves outside, with main text before and after them in the same element
piece-inside     runs of at most two leaves of main text, with what is not before and after them in the same element
h1-outside       pages with text whose ``h1`` stand all outside
================ ====================================================================================================
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from solander.model.capture import Capture
from solander.model.page import Block, Page, leaves, plain
from solander.reading import read_page

CORPORA = ("aeb", "wcxb_dev", "trafilatura_eval", "daniel")
FAULTS = ("list-parted", "heading-bare", "heading-outside", "piece-outside", "piece-inside", "h1-outside")

_ITEM = re.compile(r"(.*/(?:ul|ol|dl|menu|dir|select)\[\d+\])/[^/]+\Z")
_APART = frozenset(("nav", "aside", "header", "footer", "form", "dialog"))


class Piece(NamedTuple):
    """A leaf with words: where it stands, and in which part of the text."""

    main: bool
    level: int
    """Of a heading, 1 to 6; else 0."""
    parent: str
    """The path of the element that holds the leaf's element."""
    words: str


class Fault(NamedTuple):
    """One fault of a page."""

    name: str
    words: str


def pieces(page: Page) -> list[Piece]:
    """The leaves of a page that have words."""
    found: list[Piece] = []
    for division in page.divisions:
        for leaf in leaves(division.blocks):
            words = plain(leaf)
            if words:
                level = int((leaf.attributes or {}).get("level", "0")) if leaf.kind == "heading" else 0
                found.append(Piece(division.zone == "main", level, _path(leaf).rpartition("/")[0], words))
    return found


def faults(page: Page) -> Iterator[Fault]:
    """Every fault of a page."""
    found = pieces(page)
    yield from _lists(page)
    yield from _headings(found)
    runs = [(main, list(run)) for main, run in groupby(found, lambda piece: piece.main)]
    for index, (main, run) in enumerate(runs):
        words = " | ".join(piece.words[:60] for piece in run)
        if len(run) > 2 or any(piece.level for piece in run):
            continue
        if 0 < index < len(runs) - 1:
            before, after = runs[index - 1][1][-1].parent, runs[index + 1][1][0].parent
            if before == after and all(_plainly_within(piece.parent, before) for piece in run):
                yield Fault("piece-inside" if main else "piece-outside", words)
    if found and any(piece.main for piece in found):
        first = [piece for piece in found if piece.level == 1]
        if first and not any(piece.main for piece in first):
            yield Fault("h1-outside", " | ".join(piece.words[:60] for piece in first))


def _headings(found: list[Piece]) -> Iterator[Fault]:
    for index, piece in enumerate(found):
        if not piece.level:
            continue
        after = found[index + 1] if index + 1 < len(found) else None
        if piece.main and after is not None and not after.main and _bare(found, index):
            yield Fault("heading-bare", piece.words[:80])
        elif not piece.main and after is not None and after.main and not after.level and after.parent == piece.parent:
            yield Fault("heading-outside", piece.words[:80])


def _bare(found: list[Piece], index: int) -> bool:
    """Whether a heading's section, as far as its own element holds it, has words and none in the main text."""
    heading = found[index]
    section: list[Piece] = []
    for piece in found[index + 1 :]:
        if 0 < piece.level <= heading.level or not _within(piece.parent, heading.parent):
            break
        section.append(piece)
    # Beside a headline, in its own element, stand a date and buttons; what it heads stands elsewhere.
    if section and heading.level > 1:
        return not any(piece.main for piece in section)
    below = next((piece for piece in found[index + 1 :] if piece.main), None)
    return below is None or 0 < below.level <= heading.level


def _lists(page: Page) -> Iterator[Fault]:
    sides: dict[str, set[bool]] = {}
    for division in page.divisions:
        for block in _blocks(division.blocks):
            if block.kind in ("list", "glossary"):
                for child in block.content:
                    if isinstance(child, Block) and (held := _ITEM.match(_path(child))):
                        sides.setdefault(held[1], set()).add(division.zone == "main")
    for path, found in sides.items():
        if len(found) > 1:
            yield Fault("list-parted", path[-80:])


def _blocks(blocks: Iterable[Block]) -> Iterator[Block]:
    stack = list(blocks)
    while stack:
        block = stack.pop()
        yield block
        stack.extend(child for child in block.content if isinstance(child, Block))


def _path(block: Block) -> str:
    return re.sub(r"/text\(\)\[\d+\]\Z", "", block.source.removeprefix("xpath(").removesuffix(")"))


def _within(path: str, holder: str) -> bool:
    return path == holder or path.startswith(f"{holder}/")


def _plainly_within(path: str, holder: str) -> bool:
    """Whether nothing between the two says that it is no text of the page."""
    steps = path.removeprefix(holder).split("/")
    return _within(path, holder) and not any(step.partition("[")[0] in _APART for step in steps)


def sample(corpora: Path, corpus: str, pages: int) -> list[Path]:
    """The same pages each time, whatever stands beside them in the folder."""
    names = json.loads((corpora / corpus / "gold.json").read_bytes())
    there = [path for name in names if (path := corpora / corpus / f"{name}.html.gz").exists()]
    return sorted(there, key=lambda path: hashlib.sha256(path.name.encode()).digest())[:pages]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--pages", type=int, default=60, help="of each corpus")
    parser.add_argument("--show", choices=FAULTS)
    options = parser.parse_args()
    together: Counter[str] = Counter()
    print(f"{'corpus':18}{'pages':>6}", *(f"{name:>16}" for name in FAULTS))
    for corpus in CORPORA:
        counts: Counter[str] = Counter()
        touched: Counter[str] = Counter()
        paths = sample(options.corpora, corpus, options.pages)
        for path in paths:
            found = list(faults(read_page(Capture.of_bytes(gzip.decompress(path.read_bytes())))))
            counts.update(fault.name for fault in found)
            touched.update({fault.name for fault in found})
            for fault in found:
                if fault.name == options.show:
                    print(f"    {path.name[:40]:40}  {fault.words}")
        together += counts
        print(f"{corpus:18}{len(paths):6}", *(f"{f'{counts[name]} ({touched[name]} pages)':>16}" for name in FAULTS))
    print(f"{'all':24}", *(f"{together[name]:16}" for name in FAULTS))


if __name__ == "__main__":
    main()
