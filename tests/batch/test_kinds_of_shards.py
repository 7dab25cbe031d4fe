"""A WACZ file, a list of addresses and a folder of saved pages are shards, too; what is the same is told."""

import csv
import gzip
import hashlib
import json
import random
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.batch.made_crawls import page, tree, write_crawl
from tests.batch.made_wacz import write_wacz
from tests.live.loopback_site import serving
from warcio.archiveiterator import ArchiveIterator

import solander
from solander.batch.running import run_batch, run_value
from solander.capturing.joining import Joining
from solander.cli import main
from solander.cli.guard import guarded
from solander.errors import ArchiveError, UsageError
from solander.pipeline.shard_parts import parts_of_list
from solander.pipeline.shard_records import Records
from solander.pipeline.shards import ShardConfig, page_line, process_shard
from solander.pipeline.shards_compared import compare_shards

AT = datetime(2026, 1, 1, tzinfo=UTC)
CONFIG = ShardConfig(at="2026-01-01T00:00:00Z")
HTML = {"Content-Type": "text/html; charset=utf-8"}
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20


def rows(bag: Path) -> list[dict[str, str]]:
    with (bag / "metadata/items.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def records(warc: Path) -> list[tuple[str, str, bytes]]:
    with warc.open("rb") as file:
        return [
            (one.rec_type, one.rec_headers.get_header("WARC-Target-URI") or "", one.raw_stream.read())
            for one in ArchiveIterator(file, no_record_parse=True)
        ]


# ------------------------------------------------------------------------------------------------------------ WACZ


def test_a_wacz_becomes_one_bag_that_holds_it_as_it_was(tmp_path):
    wacz = write_wacz(tmp_path / "Harbour.wacz", [page(1), page(2), page(1)])
    receipt = process_shard(wacz, tmp_path / "a", CONFIG)
    bag = tmp_path / "a" / receipt.shard
    assert (receipt.pages, receipt.the_same) == (3, 1)
    assert (bag / "data/original/capture.wacz").read_bytes() == wacz.read_bytes()
    assert solander.validate(bag).at_or_above("warning") == ()
    assert (bag / rows(bag)[0]["tei"]).read_bytes().count(b"../original/capture.wacz") > 0


# ------------------------------------------------------------------------------------------------------- addresses


@pytest.fixture
def site():
    shared = HTML | {"X-Answered": "yes"}
    answers = {
        **{f"/{n}": (200, shared, page(n) + b'<img src="/lamp.png" alt="">') for n in (1, 2)},
        "/twin": (200, shared, page(1) + b'<img src="/lamp.png" alt="">'),
        "/lamp.png": (200, {"Content-Type": "image/png"}, PICTURE),
        "/robots.txt": (200, {"Content-Type": "text/plain"}, b"User-agent: *\nDisallow: /closed\n"),
        "/closed": (200, shared, page(9)),
    }
    with serving(lambda path: answers.get(path, (404, {}, b"nothing here"))) as one:
        yield one


def archive_of_a_keeper(folder: Path) -> Path:
    folder.mkdir()
    (folder / "solander.toml").write_text('contact_email = "keeper@museum.example"\n')
    return folder


def test_a_list_is_captured_into_one_bag_and_what_is_there_twice_becomes_a_revisit(site, tmp_path):
    archive, listed = archive_of_a_keeper(tmp_path / "a"), tmp_path / "Lamps.txt"
    listed.write_text("".join(f"{site.address}{path}\n" for path in ("/1", "/2", "/twin", "/closed", "/gone")))
    run = run_batch([], archive, lists=[str(listed)], allows_loopback=True)
    assert not run.aside, run.aside
    (receipt,) = run.receipts.values()
    assert (receipt.pages, receipt.not_made, receipt.the_same) == (3, 0, 1)
    assert [one.partition("robots.txt")[1] or "404" in one for one in receipt.not_had] == ["robots.txt", True]
    bag = archive / receipt.shard
    told = records(bag / "data/original/capture.warc.gz")
    revisits = [uri.removeprefix(site.address) for kind, uri, _ in told if kind == "revisit"]
    assert sorted(revisits) == ["/lamp.png", "/lamp.png", "/robots.txt", "/robots.txt", "/twin"]
    assert sum(PICTURE in block for _, _, block in told) == 1
    assert [one["same-as"] for one in rows(bag)] == ["", "", "1"]
    assert solander.validate(bag).at_or_above("error") == ()
    assert solander.validate(bag / "data/original/capture.warc.gz").at_or_above("warning") == ()
    # What was captured on the way lies in the bag and nowhere else.
    assert not list((archive / ".solander-batch/captured").glob("*"))


def test_what_was_captured_is_not_asked_for_again_by_a_run_that_goes_on(site, tmp_path, monkeypatch):
    archive, listed = archive_of_a_keeper(tmp_path / "a"), tmp_path / "list.txt"
    listed.write_text(f"{site.address}/1\n{site.address}/2\n")
    (part,) = parts_of_list(str(listed), Records(archive))
    config = ShardConfig(at="2026-01-01T00:00:00Z", allows_loopback=True)

    class Killed(BaseException):
        pass

    def killed(*_: object, **__: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr("solander.pipeline.shard_pages.make_bag", killed)
        with pytest.raises(Killed):
            process_shard(part, archive, config)
    asked = len(site.asked)
    receipt = process_shard(part, archive, config)
    assert len(site.asked) == asked
    assert receipt.pages == 2


def test_a_password_in_a_list_stands_nowhere_in_the_archive(site, tmp_path):
    archive, listed = archive_of_a_keeper(tmp_path / "a"), tmp_path / "list.txt"
    closed = site.address.replace("://", "://keeper:s3same@")
    listed.write_text(f"{site.address}/1\n{closed}/2\n")
    run = run_batch([], archive, lists=[str(listed)], allows_loopback=True)
    (receipt,) = run.receipts.values()
    assert receipt.pages == 1
    assert ["password" in one for one in receipt.not_had] == [True]
    assert not [one for one in site.asked if one.startswith("/2")]
    for one in archive.rglob("*"):
        content = one.read_bytes() if one.is_file() else b""
        assert b"s3same" not in (gzip.decompress(content) if one.suffix == ".gz" else content), one


def test_all_addresses_of_a_host_are_in_one_shard(tmp_path):
    listed = tmp_path / "list.txt"
    hosts = [f"https://{name}.example" for name in ("a", "b", "c")]
    listed.write_text("".join(f"{host}/{n}\n" for n in range(3) for host in hosts))
    (tmp_path / "archive").mkdir()
    parts = parts_of_list(str(listed), Records(tmp_path / "archive"), per_shard=4)
    held = [set(Path(part).read_text().split()) for part in parts]
    assert [len(one) for one in held] == [3, 3, 3]
    assert all(len({address.rsplit("/", 1)[0] for address in one}) == 1 for one in held)


def test_nobody_is_asked_before_the_archive_says_by_whom(site, tmp_path):
    listed = tmp_path / "list.txt"
    listed.write_text(f"{site.address}/1\n")
    with pytest.raises(UsageError, match="contact_email"):
        run_batch([], tmp_path / "a", lists=[str(listed)], allows_loopback=True)
    assert not site.asked
    assert not (tmp_path / "a").exists()


def test_what_differs_in_its_coding_is_no_revisit():
    """The same bytes under another Content-Encoding are another content."""
    from tests.false_crawls import record

    def whole(number: int, field: bytes) -> bytes:
        import gzip

        block = b"HTTP/1.1 200 OK\r\n" + field + b"Content-Length: 4\r\n\r\nabcd"
        return gzip.compress(record(block, number=number), mtime=0)

    joining = Joining()
    plain, other, again = (joining.add(whole(n, f)) for n, f in ((1, b""), (2, b"Content-Encoding: x\r\n"), (3, b"")))
    assert joining.revisits == 1
    assert (plain, other) == (whole(1, b""), whole(2, b"Content-Encoding: x\r\n"))
    assert again != whole(3, b"")


# ----------------------------------------------------------------------------------------------------- saved pages


def saved(folder: Path, number: int) -> Path:
    folder.mkdir()
    for n in range(number):
        (folder / f"page-{n}.html").write_bytes(page(n))
    return folder


def test_a_folder_becomes_bags_of_one_page_by_slices(tmp_path):
    folder = saved(tmp_path / "saved", 5)
    (folder / "empty.html").write_bytes(b"")
    write_crawl(folder / "crawl.warc.gz", [page(7)])
    run = run_batch([str(folder)], tmp_path / "a", at=AT, jobs=2, per_shard=3)
    assert not run.aside, run.aside
    assert len(run.sources) == 3
    assert sorted(len(one.bags) for one in run.receipts.values()) == [0, 2, 3]
    assert sum(one.pages for one in run.receipts.values()) == 6
    assert [why for one in run.receipts.values() for why in one.not_had if "empty" in why]
    assert solander.validate(tmp_path / "a").at_or_above("error") == ()
    before = tree(tmp_path / "a")
    assert run_batch([str(folder)], tmp_path / "a", at=AT, per_shard=3).found_done == 3
    assert tree(tmp_path / "a") == before


def test_slices_make_the_bags_that_packing_makes(tmp_path):
    folder = saved(tmp_path / "saved", 3)
    run_batch([str(folder)], tmp_path / "a", at=AT, per_shard=2)
    list(solander.pipeline.pack_all([str(one) for one in sorted(folder.iterdir())], into=tmp_path / "b", at=AT))
    ours = {name: held for name, held in tree(tmp_path / "a").items() if not name.startswith((".", "same"))}
    assert ours == {name: held for name, held in tree(tmp_path / "b").items() if not name.startswith(".")}


def test_a_page_that_could_not_be_had_is_told_and_stands_in_the_status(tmp_path, capfd):
    folder = saved(tmp_path / "saved", 2)
    command = ["batch", str(folder), "--at", "2026-01-01T00:00:00Z", "--quiet", "--into"]
    assert guarded([*command, str(tmp_path / "a")]) in (0, 1)
    (folder / "empty.html").write_bytes(b"")
    for _ in range(2):
        assert guarded([*command, str(tmp_path / "b")]) == 3
        told = capfd.readouterr()
        assert len(told.out.split()) in (2, 4)
        assert "empty.html" in told.err


def test_a_fault_of_ours_in_a_process_is_told_with_its_name(tmp_path, monkeypatch):
    (tmp_path / "sitecustomize.py").write_text(
        "import solander.batch\n"
        "def broken(*_): raise LookupError('the shelf is bare')\n"
        "solander.batch.process_shard = broken\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    crawl = write_crawl(tmp_path / "a.warc.gz", [page(1)])
    (aside,) = run_batch([str(crawl)], tmp_path / "a", at=AT).aside.values()
    assert aside.reason == "a fault of ours: LookupError: the shelf is bare"
    assert aside.attempts == 2


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (["saved", "--into", "a", "--form", "tar"], 2),
        (["saved", "--into", "saved/in"], 3),
        (["--list", "list.txt", "--into", "a"], 2),
        (["s3://", "--into", "a"], 2),
        (["ftp://keeper:s3same@host/a.warc.gz", "--into", "a"], 2),
        (["nosuchthing://a/b.warc.gz", "--into", "a"], 2),
        (["saved", "--into", "a", "--shard", "2/1"], 2),
    ],
)
def test_what_cannot_be_asked_for_is_a_misuse_and_leaves_nothing(tmp_path, monkeypatch, capfd, words, status):
    monkeypatch.chdir(tmp_path)
    saved(tmp_path / "saved", 1)
    Path("list.txt").write_text("https://example.org/\n")
    before = sorted(tmp_path.rglob("*"))
    assert guarded(["batch", *words]) == status
    told = capfd.readouterr()
    assert told.err.count("\n") == 1
    assert "s3same" not in told.err
    assert sorted(tmp_path.rglob("*")) == before


def test_folders_of_one_name_lose_no_page(tmp_path):
    for name, first in (("north", 0), ("south", 10)):
        (tmp_path / name / "saved").mkdir(parents=True)
        (tmp_path / name / "saved" / "page.html").write_bytes(page(first))
    run = run_batch([str(tmp_path / one / "saved") for one in ("north", "south")], tmp_path / "a", at=AT)
    assert len(run.sources) == 2
    assert run.total("pages") == 2


def test_a_list_of_any_name_has_parts(tmp_path):
    for name in ("a" * 240, "Wörter? & mehr", ".."):
        records = Records(tmp_path / "archive")
        listed = tmp_path / f"{name}.txt"
        listed.write_text("https://example.org/1\n")
        (part,) = parts_of_list(str(listed), records)
        assert Path(part).read_text() == "https://example.org/1\n"


@pytest.mark.parametrize(
    "content", [b"{}", b"[1]", b'["page.html"]', b'["https://example.org/"]', b"[" * 9999, b"\xff"]
)
def test_what_is_no_part_of_a_folder_is_set_aside_with_what_to_do(tmp_path, content):
    (tmp_path / "letter.pages").write_bytes(content)
    with pytest.raises(ArchiveError, match=r"no part of a folder.*name the folder"):
        process_shard(tmp_path / "letter.pages", tmp_path / "a", CONFIG)


def test_what_cannot_be_removed_is_told_in_one_line(tmp_path):
    records = Records(tmp_path)
    records.remove("absent")
    (tmp_path / "folder").mkdir()
    with pytest.raises(ArchiveError, match="folder"):
        records.remove("folder")


@pytest.mark.parametrize("content", [b"[]", b"1", b"{", b"[" * 9999])
def test_what_is_no_receipt_of_a_shard_is_said_so(tmp_path, content):
    records = Records(tmp_path)
    records.write(".solander-batch/one.json", content)
    with pytest.raises(ArchiveError, match=r"no receipt of a shard.*remove it"):
        records.receipt("one")


# ------------------------------------------------------------------------------------------------- across shards


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
