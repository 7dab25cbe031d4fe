"""A crawl may be as long as it likes: of a page that is done, nothing is kept but where its bag stands."""

from __future__ import annotations

import functools
import gc
import sys
import weakref
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.batch.made_crawls import write_crawl

from solander.capturing import record_table
from solander.cli.pack_tally import Tally
from solander.pipeline import pack_all
from solander.pipeline.pages.accessioning import BATCH

AT = datetime(2026, 1, 1, tzinfo=UTC)
WARM, MORE = 2 * BATCH, 4 * BATCH


def page(number: int) -> bytes:
    return (
        "<!DOCTYPE html><html lang=en><meta charset=utf-8><title>The light</title><body><main><h1>The light</h1>"
        f"<p>The keeper wrote into the ledger that a boat came in before the winter.</p></main><!-- {number} -->"
    ).encode()


def forget_what_is_bounded() -> None:
    """Empty the caches, which hold so much and no more."""
    for one in gc.get_objects():
        if isinstance(one, type(functools.lru_cache(len))) and one.__module__.startswith("solander"):
            one.cache_clear()
    gc.collect()


def test_nothing_is_kept_of_a_page_that_is_done_but_the_names_of_its_bag(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # What is kept at hand up to a bound is full before the counting begins.
    monkeypatch.setattr(record_table, "LATELY", 50)
    source = write_crawl(tmp_path / "crawl.warc.gz", [page(number) for number in range(WARM + MORE)])
    values, blocks = list[int](), list[int]()
    with closing(Tally(is_json=False)) as tally:
        for outcome in pack_all([str(source)], into=tmp_path / "archive", at=AT):
            tally.add(outcome)
            del outcome
            if tally.pages in (WARM, WARM + MORE):
                forget_what_is_bounded()
                # Of its cursors a database keeps up to two hundred such references, gone or not.
                values.append(sum(type(one) is not weakref.ref for one in gc.get_objects()))
                blocks.append(sys.getallocatedblocks())
    assert tally.packed == WARM + MORE
    assert values[1] - values[0] < MORE / 2, "fewer than one value that can hold others, for each page"
    assert blocks[1] - blocks[0] < 12 * MORE, "no more than a few texts, for each page"
