"""What is the same or nearly the same in two shards is told and dropped from none."""

import csv
import hashlib
import json
import random

from tests.batch.asked import AT
from tests.batch.made_crawls import page, write_crawl

from solander.batch.running import run_batch, run_value
from solander.cli import main
from solander.pipeline.shards.compared import compare_shards
from solander.pipeline.shards.records import Records
from solander.pipeline.shards.shard import page_line


def test_parts_of_a_run_write_no_table_of_their_own(tmp_path):
    crawls = [
        write_crawl(tmp_path / f"{name}.warc.gz", [page(1), page(n)], first=n) for n, name in ((10, "a"), (20, "b"))
    ]
    for number in (1, 2):
        run_batch([str(one) for one in crawls], tmp_path / "a", at=AT, part=(number, 2))
    assert not (tmp_path / "a/same-pages.csv").exists()
    assert run_batch([str(one) for one in crawls], tmp_path / "a", at=AT).across.same == 1
    assert (tmp_path / "a/same-pages.csv").exists()


def test_where_something_was_found_it_is_said_how_to_see_it(tmp_path, capfd):
    sound = write_crawl(tmp_path / "sound.warc.gz", [page(1)])
    assert main(["batch", str(sound), "--into", str(tmp_path / "a")]) == 0
    assert "which, and why" not in capfd.readouterr().err
    cut = tmp_path / "cut.warc.gz"
    content = write_crawl(tmp_path / "whole.warc.gz", [page(1), page(2)]).read_bytes()
    cut.write_bytes(content[:-200])
    assert main(["batch", str(cut), "--into", str(tmp_path / "my box")]) == 0
    told = capfd.readouterr().err
    assert ", 1 not made, " in told
    assert told.endswith(f"which, and why: solander validate '{tmp_path / 'my box'}'\n")
    assert main(["validate", str(tmp_path / "my box")]) == 0
    assert "COL001 page-not-made" in capfd.readouterr().out


def test_what_is_nearly_in_two_shards_is_told_of_the_later_and_dropped_from_none(tmp_path):
    one = write_crawl(tmp_path / "one.warc.gz", [page(1), page(2), page(2, changed=1)])
    two = write_crawl(tmp_path / "two.warc.gz", [page(3), page(2, changed=2), page(1)], first=10)
    run = run_batch([str(one), str(two)], tmp_path / "a", at=AT)
    assert run.across == (1, 1)
    with (tmp_path / "a/alike-pages.csv").open(newline="") as file:
        (found,) = csv.DictReader(file)
    assert (found["shard"][:3], found["item"], found["like-shard"][:3], found["like-item"]) == ("two", "2", "one", "2")
    assert (found["uri"], found["like-uri"]) == ("https://harbour.example/mole/11", "https://harbour.example/mole/2")
    assert int(found["bits"]) <= 3
    assert json.loads((tmp_path / "a/batch-report.json").read_bytes())["totals"]["alike_across"] == 1
    assert "alike-pages.csv" in (tmp_path / "a/batch-report.html").read_text()
    assert run.total("pages") == 6


def test_no_pair_of_nearly_the_same_pages_in_two_shards_is_missed(tmp_path):
    """Held against comparing each with each."""
    draw = random.Random(9)
    kinds = [draw.getrandbits(64) for _ in range(12)]
    pages = []
    for number in range(240):
        sketch = draw.choice(kinds)
        for bit in draw.sample(range(64), draw.randrange(6)):
            sketch ^= 1 << bit
        pages.append((f"shard-{number // 60}", number % 60 + 1, sketch))
    records = Records(tmp_path)
    for shard in sorted({one[0] for one in pages}):
        lines = [page_line(hashlib.sha256(repr(one).encode()).hexdigest(), one[1], "https://a.example/", one[2])
                 for one in pages if one[0] == shard]  # fmt: skip
        records.write(f".solander-batch/{shard}.pages", b"".join(lines))
    wanted = []
    for at, (shard, item, sketch) in enumerate(pages):
        near = [one for one in pages[:at] if one[0] != shard and (one[2] ^ sketch).bit_count() <= 3]
        wanted += [(shard, str(item), near[0][0], str(near[0][1]))] if near else []
    assert compare_shards(records, {one[0] for one in pages}) == (0, len(wanted))
    with (tmp_path / "alike-pages.csv").open(newline="") as file:
        found = [(one["shard"], one["item"], one["like-shard"], one["like-item"]) for one in csv.DictReader(file)]
    assert found == wanted
    assert 50 < len(wanted) < 240


def test_what_stands_in_two_shards_is_told_of_both_and_dropped_from_none(tmp_path):
    one = write_crawl(tmp_path / "one.warc.gz", [page(1), page(2), page(2)])
    two = write_crawl(tmp_path / "two.warc.gz", [page(3), page(2)], first=10)
    run = run_batch([str(one), str(two)], tmp_path / "a", at=AT)
    assert run.across.same == 1
    with (tmp_path / "a/same-pages.csv").open(newline="") as file:
        found = list(csv.DictReader(file))
    assert [(one["shard"][:3], one["item"]) for one in found] == [("one", "2"), ("two", "2")]
    assert json.loads((tmp_path / "a/batch-report.json").read_bytes())["totals"]["same_across"] == 1
    assert "same-pages.csv" in (tmp_path / "a/batch-report.html").read_text()
    assert run_value(run)["totals"]["pages"] == 5
