"""How fast a catalogue is made and searched: bags of an archive, then many entries.

``python -m benchmarks.catalogue --entries 100000`` gives the entries straight to the public function that writes a
catalogue (``write_entries``): reading bags is measured by itself, on copies of the sample bags (``--bags``). With
``--pages-of 1000`` the entries are pages of bags of so many pages.
"""

import argparse
import resource
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "cataloguing"))
from collections.abc import Iterable, Iterator
from dataclasses import replace

from false_entries import entries

from solander.model.catalogue import CatalogueEntry, Query
from solander.model.identifiers import named
from solander.pipeline import catalogue, open_catalogue, write_entries

QUERIES = (
    "lamp",
    "keeper",
    "mark0000042",
    "茶馆",
    "茶",
    "灯塔",
    "あい",
    "가나다",
    "of",
    "the lamp",
    "lamp 茶",
    "ledger ferry",
)
FACETS = ((), (("site", "site7.example"),), (("year", "2001"), ("language", "en")))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=100_000)
    parser.add_argument("--bags", type=int, default=300)
    parser.add_argument("--pages-of", type=int, default=0)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        bags = Path(folder) / "archive"
        sources = sorted(Path("archive").glob("*/bagit.txt"))
        for number in range(asked.bags):
            shutil.copytree(sources[number % len(sources)].parent, bags / f"bag-{number:05d}")
        began, cpu = time.perf_counter(), time.process_time()
        catalogue(bags)
        told("bags read and catalogued", asked.bags, began, cpu)
        path = Path(folder) / "catalogue.sqlite"
        began, cpu = time.perf_counter(), time.process_time()
        write_entries(
            path, in_crawls(entries(asked.entries), asked.pages_of) if asked.pages_of else entries(asked.entries)
        )
        told("entries catalogued", asked.entries, began, cpu)
        print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB, "
              f"catalogue {path.stat().st_size / 1e6:.0f} MB")  # fmt: skip
        opened = open_catalogue(path)
        times: list[tuple[float, str]] = []
        for _ in range(5):
            for words in QUERIES:
                for facets in FACETS:
                    cpu = time.process_time()
                    opened.search(Query(words=words, facets=facets))
                    times.append((time.process_time() - cpu, f"{words} {facets}"))
        seconds = sorted(one for one, _ in times)
        print(f"search: median {statistics.median(seconds) * 1000:.1f} ms, "
              f"p95 {seconds[int(len(seconds) * 0.95)] * 1000:.1f} ms, worst {max(times)}")  # fmt: skip
        cpu = time.process_time()
        opened.tallies()
        print(f"home: {(time.process_time() - cpu) * 1000:.1f} ms")


def in_crawls(given: Iterable[CatalogueEntry], each: int) -> Iterator[CatalogueEntry]:
    """The same entries as pages of bags of so many pages, each behind its bag."""
    for number, entry in enumerate(given):
        crawl, page = divmod(number, each)
        name = f"crawl-{crawl:05d}"
        if not page:
            bag = replace(
                entry, name=name, identifier=named(name), text="", types=("Collection",), title=f"Crawl {crawl}"
            )
            yield bag
        yield replace(entry, name=name, kind="page", page=page + 1, codes=(), warnings=0, is_judged=False, files=0)


def told(what: str, count: int, began: float, cpu: float) -> None:
    wall, used = time.perf_counter() - began, time.process_time() - cpu
    print(f"{count:,} {what}: {count / used:,.0f} a second of CPU ({count / wall:,.0f} by the clock)")


if __name__ == "__main__":
    main()
