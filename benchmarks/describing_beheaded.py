"""How often text and marks tell the author and the day that a page's head tells too, when the head is taken away.

    python -m benchmarks.describing_beheaded CORPORA [--no-marks]

Pages with a creator or a date by hand are few, and most have it in their head as well: what is read from lines and
marks is seldom put to the test. Here the head's own statements (JSON-LD, ``meta``) are the gold, or that by hand where
the head is silent, and then all of them are left out but titles and the site's name. Only the sites of the development
part are read, of every corpus. ``--no-marks`` leaves out microdata, RDFa, classes, ``rel`` and ``time`` as well.

A creator counts only where a line of the page names all of its persons; ``said`` are pages without one in the gold for
which somebody was named.
"""

from __future__ import annotations

import argparse
import dataclasses
import gzip
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from benchmarks.describing import is_right, part_of
from solander.describing import describe
from solander.describing.lines import Lines
from solander.describing.names.no_names import is_bodys, is_generic
from solander.describing.names.people import looks_personal
from solander.model.capture import Capture
from solander.model.description import Description
from solander.model.page import Page
from solander.reading import read_page

HEAD = ("meta", "json-ld", "open-graph")
KEPT = frozenset(("og:title", "og:site_name", "twitter:title", "application-name"))
MARKS = frozenset(("microdata", "rdfa", "class", "rel", "time"))


def beheaded(page: Page, *, marks: bool) -> Page:
    """The page without what its head says of it, and perhaps without marks in its body."""
    kept = [
        one
        for one in page.signals
        if one.origin != "json-ld" and (one.origin != "meta" or one.name in KEPT) and (marks or one.origin not in MARKS)
    ]
    return dataclasses.replace(page, signals=tuple(kept))


def told(page: Page, found: Description, by_hand: dict[str, str]) -> dict[str, str]:
    """What the head tells of creator and date, else the gold by hand."""
    gold: dict[str, str] = {}
    creators = [one for one in found.of("creator") if one.chosen]
    if creators and all(
        one.evidence.origin in HEAD and looks_personal(one.value) and not (is_bodys(one.value) or is_generic(one.value))
        for one in creators
    ):
        gold["creator"] = "; ".join(one.value for one in creators)
    elif by_hand.get("author"):
        gold["creator"] = by_hand["author"]
    dates = [one for one in found.of("date") if one.chosen and one.refinement in (None, "issued")]
    if dates and dates[0].evidence.origin in HEAD:
        gold["date"] = dates[0].value
    elif by_hand.get("date"):
        gold["date"] = by_hand["date"]
    return gold


def developed(corpora: Path) -> Iterator[tuple[str, dict[str, str], Capture]]:
    """Each page of the development part: its corpus, what is said of it by hand, and its bytes."""
    for folder in sorted(path.parent for path in corpora.glob("*/gold.json")):
        for name, gold in json.loads((folder / "gold.json").read_text(encoding="utf-8")).items():
            path = folder / f"{name}.html.gz"
            if part_of(gold, name) == "development" and path.exists():
                with gzip.open(path) as stream:
                    yield folder.name, gold, Capture.of_bytes(stream.read(), uri=gold.get("url"), captured_at=None)


def main() -> None:
    """Print a line for each corpus and element."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--no-marks", action="store_true")
    options = parser.parse_args()
    counts: dict[tuple[str, str], Counter[str]] = {}
    for corpus, by_hand, capture in developed(options.corpora):
        page = read_page(capture)
        gold = told(page, describe(page, capture), by_hand)
        found = describe(beheaded(page, marks=not options.no_marks), capture)
        lines = Lines(page)
        text = "\n".join(map(lines.text, range(len(lines))))
        for element in ("creator", "date"):
            count = counts.setdefault((corpus, element), Counter())
            values = found.values(element)
            if element not in gold:
                count.update(without=1, said=bool(values))
            elif element == "date" or all(name in text for name in gold["creator"].split("; ")):
                count.update(pages=1, right=is_right(element, gold[element], values), silent=not values)
    for (corpus, element), count in sorted(counts.items()):
        exact = count["right"] / max(1, count["pages"])
        said = f"{count['said']}/{count['without']}"
        print(f"{corpus:18} {element:8} {exact:6.3f} {count['pages']:6} silent {count['silent']:4} said {said}")


if __name__ == "__main__":
    main()
