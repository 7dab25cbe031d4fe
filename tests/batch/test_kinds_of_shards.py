"""A WACZ file and a list of addresses are shards, too; what was captured twice becomes a revisit."""

import csv
import gzip
from pathlib import Path

import pytest
from tests.batch.asked import CONFIG
from tests.batch.made_crawls import page
from tests.batch.made_wacz import write_wacz
from tests.live.loopback_site import serving
from warcio.archiveiterator import ArchiveIterator

import solander
from solander.batch.running import run_batch
from solander.capturing.joining import Joining
from solander.errors import UsageError
from solander.pipeline.shards.parts import parts_of_list
from solander.pipeline.shards.records import Records
from solander.pipeline.shards.shard import ShardConfig, process_shard

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
        patch.setattr("solander.pipeline.shards.pages.make_bag", killed)
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
