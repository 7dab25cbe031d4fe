"""How often title, date and creator are exactly those of the gold, by corpus and part.

    python -m benchmarks.describing CORPORA [--errors title|date|creator]

A corpus is a folder with ``gold.json`` and ``<id>.html.gz``; those whose gold has none of the three are passed over.
Sites, not pages, are dealt out by the SHA-256 of their name: six of ten to ``development``, whose errors may be looked
at (``--errors`` prints no others), the rest to ``evaluation``, which only judges.

Exact: equal after NFKC, without case, white space collapsed. Several creators are compared as a set, for one corpus
joins them by commas and another by "and". ``silent``: nothing was said although the gold has a value; ``said``: pages
without a value in the gold for which something was stated, which is no error by itself: the gold has gaps.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from solander.describing import describe
from solander.model.capture import Capture
from solander.model.description import Description
from solander.reading import read_page

ELEMENTS = {"title": "title", "date": "date", "creator": "author"}
"""Each element that is judged, and the gold's name for it."""

ANY_DATE = "any date"
"""The day of publication or, on a page that names none, that of the last change: the gold does not tell them apart."""

_ARCHIVED = re.compile(r"web\.archive\.org/web/[^/]+/(?:https?://)?([^/]+)")
_BETWEEN_NAMES = re.compile(r"\s*(?:[,;&]|\band\b|\bund\b)\s*")


class Judged(NamedTuple):
    """One page, described."""

    corpus: str
    name: str
    part: str
    gold: dict[str, Any]
    description: Description


def part_of(gold: dict[str, Any], name: str) -> str:
    """To which part a page's site belongs: ``development`` or ``evaluation``."""
    address = gold.get("url") or name
    archived = _ARCHIVED.search(address)
    host = archived[1] if archived else urlsplit(address).hostname or name
    digest = hashlib.sha256(host.lower().removeprefix("www.").encode()).digest()
    return "development" if digest[0] < 0.6 * 256 else "evaluation"


class Captured(NamedTuple):
    """One page, with its gold description."""

    corpus: str
    name: str
    part: str
    gold: dict[str, Any]
    capture: Capture


def judged_captures(corpora: Path) -> Iterator[Captured]:
    """Every page of the corpora that have a gold description."""
    for folder in sorted(path.parent for path in corpora.glob("*/gold.json")):
        golds: dict[str, dict[str, Any]] = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
        if not any(gold.get(key) for gold in golds.values() for key in ELEMENTS.values()):
            continue
        for name, gold in golds.items():
            with gzip.open(folder / f"{name}.html.gz") as stream:
                capture = Capture.of_bytes(stream.read(), uri=gold.get("url"), captured_at=None)
            yield Captured(folder.name, name, part_of(gold, name), gold, capture)


def judged_pages(corpora: Path) -> Iterator[Judged]:
    """Describe each of them."""
    for one in judged_captures(corpora):
        yield Judged(*one[:4], describe(read_page(one.capture), one.capture))


def is_right(element: str, wanted: str, found: tuple[str, ...]) -> bool:
    """Whether what stands in the record is what the gold has."""
    if element in ("date", ANY_DATE):
        return found[:1] == (wanted[:10],)
    if element == "title":
        return [folded(value) for value in found[:1]] == [folded(wanted)]
    return folded(wanted) == folded("; ".join(found)) or _names(wanted) == _names("; ".join(found))


def folded(text: str) -> str:
    """NFKC, without case, white space collapsed."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _names(text: str) -> frozenset[str]:
    return frozenset(name for name in _BETWEEN_NAMES.split(folded(text)) if name)


def main() -> None:
    """Print a line for each corpus, part and element."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--errors", choices=sorted(ELEMENTS))
    options = parser.parse_args()
    counts: dict[tuple[str, str, str], Counter[str]] = {}
    for page in judged_pages(options.corpora):
        for element, key in {**ELEMENTS, ANY_DATE: "date"}.items():
            count = counts.setdefault((page.corpus, page.part, element), Counter())
            wanted, found = page.gold.get(key), page.description.values(element)
            if element == ANY_DATE:
                found = page.description.values("date") or page.description.values("modified")
            if not wanted:
                count.update(without=1, said=bool(found))
                continue
            right = is_right(element, wanted, found)
            count.update(pages=1, right=right, silent=not found)
            if options.errors == element and not right and page.part == "development":
                evidence = page.description.of(element)[:1]
                print(
                    f"{page.corpus} {page.name}\n  gold  {wanted}\n  found {found} {evidence and evidence[0].evidence}"
                )
    print(f"{'corpus':18} {'part':12} {'element':8} {'exact':>6} {'pages':>6} {'silent':>7} {'said':>9}")
    for (corpus, part, element), count in sorted(counts.items()):
        exact = count["right"] / max(1, count["pages"])
        said = f"{count['said']}/{count['without']}"
        print(f"{corpus:18} {part:12} {element:8} {exact:6.3f} {count['pages']:6} {count['silent']:7} {said:>9}")


if __name__ == "__main__":
    main()
