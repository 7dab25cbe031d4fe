"""Processor time a page of each stage, over the pages of a folder: ``python benchmarks/stages.py FOLDER [PAGES]``."""

import sys
import time
from collections import defaultdict
from datetime import UTC, datetime

from solander.capturing import find_sources, read_capture
from solander.checking.pages.every_word import check_words
from solander.checking.tei.meaning import check_tei
from solander.describing import describe
from solander.encoding import encode_tei
from solander.profiles import SCHEMAS
from solander.reading import read_page


def main(folder: str, most: int) -> None:
    """Print a line a stage: milliseconds a page."""
    at = datetime(2026, 1, 1, tzinfo=UTC)
    spent: dict[str, float] = defaultdict(float)
    whole: list[float] = []
    sources = find_sources([folder])[:most]

    def lap(stage: str, since: float) -> float:
        now = time.process_time()
        spent[stage] += now - since
        return now

    for source in sources:
        clock = time.process_time()
        capture = read_capture(source)
        begun = clock = lap("capture", clock)
        page = read_page(capture)
        clock = lap("read", clock)
        description = describe(page, capture)
        clock = lap("describe", clock)
        tei = encode_tei(page, description, capture, at=at).content
        clock = lap("encode", clock)
        whole.append(clock - begun)
        check_words(
            capture.original,
            original_name=capture.original_name,
            media_type=capture.media_type,
            charset=page.charset.name,
            tei=tei,
            path="data/tei/page.xml",
        )
        clock = lap("check words", clock)
        check_tei(tei, "data/tei/page.xml", SCHEMAS)
        lap("check TEI", clock)
    for stage, seconds in spent.items():
        print(f"{stage:12} {1000 * seconds / len(sources):8.2f} ms a page")
    whole.sort()
    rank = int(0.99 * len(whole))
    print(f"{len(sources)} pages; page to TEI: {len(whole) / sum(whole):.0f} a second, p99 {1000 * whole[rank]:.0f} ms")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 200)
