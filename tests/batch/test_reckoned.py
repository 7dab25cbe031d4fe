"""What a crawl is reckoned to cost: a million pages in small; no clock is asked."""

import random
import sys
from dataclasses import replace
from pathlib import Path

import pytest

sys.path[:0] = [str(Path(__file__).parents[2])]

from benchmarks.scaling.costs import PRICES, in_a_week, on_machine, read_prices, requests, simulated, tables
from benchmarks.scaling.made import DECILES_BYTES, drawn_size, made_page, write_shard
from benchmarks.scaling.model import MEASURED, Model, simulate
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


# ------------------------------------------------------------------------------------------------------------ in money


def test_the_documentation_has_the_tables_that_the_model_gives():
    """Whoever changes a price or the model writes them again: python -m benchmarks.scaling model."""
    told = (Path(__file__).parents[2] / "docs/scale.md").read_text("utf-8")
    prices = read_prices()
    assert tables(prices) in told
    assert f"{prices.stated_on:%-d %B %Y}" in told


def test_the_reader_s_own_prices_are_what_is_reckoned_by(tmp_path):
    own = tmp_path / "own.toml"
    own.write_text(PRICES.read_text("utf-8").replace("hour = 0.40", "hour = 0.80"), "utf-8")
    before, after = ({one.name: one for one in read_prices(path).machines} for path in (PRICES, own))
    name = "AWS m7i.2xlarge"
    assert on_machine(after[name], 5_000).money == pytest.approx(2 * on_machine(before[name], 5_000).money)
    assert on_machine(after["Azure D8s v5"], 5_000) == on_machine(before["Azure D8s v5"], 5_000)


def test_a_machine_twice_as_fast_takes_half_the_time_and_money():
    one = read_prices().machines[0]
    slow, fast = on_machine(one, 5_000), on_machine(replace(one, speed=2.0), 5_000)
    assert fast.hours == pytest.approx(slow.hours / 2)
    assert fast.money == pytest.approx(slow.money / 2)


def test_of_a_machine_with_little_memory_not_all_processors_work():
    one = replace(read_prices().machines[0], processors=32, memory_gibibytes=4)
    assert one.workers == 10


def test_as_many_machines_are_taken_as_end_within_a_week():
    for one in read_prices().machines:
        bill = in_a_week(one, 14_300)
        assert bill.hours <= 7 * 24
        assert bill.money == pytest.approx(bill.hours * bill.machines * one.hour)
        assert bill.machines == 1 or bill.hours * bill.machines / (bill.machines - 1) > 7 * 24


def test_bags_as_one_file_are_written_by_fewer_requests_than_as_folders():
    found = simulated(5_000, 2)
    tar, reads = requests(found, form="tar")
    folders, same_reads = requests(found, form="folder")
    assert reads == same_reads
    assert folders > tar + 5_000 - found.shards
