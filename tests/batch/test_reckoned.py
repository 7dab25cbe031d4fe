"""What a crawl is reckoned to cost: a million pages in small; no clock is asked."""

import random
import sys
from pathlib import Path

import pytest

sys.path[:0] = [str(Path(__file__).parents[2])]

from benchmarks.scaling import DECILES_BYTES, MEASURED, Model, drawn_size, made_page, simulate, write_shard
from warcio.archiveiterator import ArchiveIterator

FREE = Model(start_seconds=0, page_seconds=1, megabyte_seconds=0, file_megabyte_seconds=0, tei_share=0)


def test_every_page_is_reckoned_once():
    found = simulate(5_000, 4, FREE)
    assert found.core_hours == pytest.approx(5_000 / 3600)
    assert found.pages == 5_000


def test_ten_times_the_pages_cost_ten_times_as_much():
    small, large = (simulate(number, 8, MEASURED, shard_bytes=10**8) for number in (5_000, 50_000))
    assert large.core_hours == pytest.approx(10 * small.core_hours, rel=0.05)
    assert large.file_bytes == pytest.approx(10 * small.file_bytes, rel=0.05)


def test_workers_share_the_work_but_for_the_last_files():
    one, eight = (simulate(20_000, workers, MEASURED, shard_bytes=10**8) for workers in (1, 8))
    assert one.idle_share == pytest.approx(0)
    assert one.core_hours == eight.core_hours
    assert one.hours / 8 <= eight.hours < one.hours / 7


def test_more_workers_than_files_are_idle():
    """Where it stops being linear: no file is worked on by two."""
    few = simulate(2_000, 1000, MEASURED)
    assert few.shards < 10
    assert few.idle_share > 0.9


def test_the_same_seed_draws_the_same_crawl():
    assert simulate(1_000, 2, MEASURED) == simulate(1_000, 2, MEASURED)
    assert simulate(1_000, 2, MEASURED, seed=2).file_bytes != simulate(1_000, 2, MEASURED).file_bytes


def test_drawn_sizes_have_the_deciles_that_were_measured():
    draw = random.Random(5)
    sizes = sorted(drawn_size(draw) for _ in range(20_000))
    for number in range(1, 10):
        assert sizes[2_000 * number] == pytest.approx(DECILES_BYTES[number], rel=0.1)


def test_a_made_file_holds_what_was_asked_for(tmp_path):
    shard = write_shard(tmp_path / "a.warc.gz", (made_page(n, 30_000) for n in range(5)), 1_000_000, 50_000)
    with shard.open("rb") as file:
        kinds = [one.http_headers.get_header("Content-Type") for one in ArchiveIterator(file)]
    assert (kinds.count("text/html"), kinds.count("image/png")) == (5, 20)
    assert 25_000 < len(made_page(1, 30_000)) < 36_000
