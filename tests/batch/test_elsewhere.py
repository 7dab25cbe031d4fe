"""Crawls and archives in S3 (SeaweedFS on loopback), and in a place that fsspec opens."""

import contextlib
import hashlib
import io
import os
import signal
import socket
import subprocess
import sys
import tarfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.batch.made_crawls import page, write_crawl
from tests.depositing.servers import s3_server

import solander
from solander.batch.running import run_batch
from solander.errors import ArchiveError, SourceError, UsageError
from solander.files.elsewhere import FileElsewhere, elsewhere, is_elsewhere
from solander.pipeline.shards.records import Records
from solander.pipeline.shards.shard import ShardConfig, process_shard, shard_name

AT = datetime(2026, 1, 1, tzinfo=UTC)
CONFIG = ShardConfig(at="2026-01-01T00:00:00Z")
_number = iter(range(10**6))


@pytest.fixture(scope="module")
def keys(tmp_path_factory) -> Iterator[dict[str, str]]:
    pytest.importorskip("obstore", reason="obstore is not installed")
    with s3_server(tmp_path_factory.mktemp("s3")) as port:
        yield {
            "AWS_ACCESS_KEY_ID": "KEEPER",
            "AWS_SECRET_ACCESS_KEY": "a-secret-of-ours",
            "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}",
            "AWS_REGION": "us-east-1",
        }


@pytest.fixture
def bucket(keys, monkeypatch) -> str:
    """A folder of its own in the bucket."""
    for name, value in keys.items():
        monkeypatch.setenv(name, value)
    return f"s3://boxes/{next(_number)}"


@pytest.fixture(params=["s3", "fsspec"])
def place(request, tmp_path) -> str:
    if request.param == "s3":
        return request.getfixturevalue("bucket")
    pytest.importorskip("fsspec", reason="fsspec is not installed")
    return f"file://{tmp_path}/elsewhere"


@pytest.fixture(scope="module")
def crawl(tmp_path_factory) -> Path:
    return write_crawl(tmp_path_factory.mktemp("crawl") / "harbour.warc.gz", [page(n) for n in range(6)])


@pytest.fixture(scope="module")
def here(tmp_path_factory, crawl) -> bytes:
    """The bag of the crawl, made on this machine."""
    folder = tmp_path_factory.mktemp("here")
    process_shard(crawl, folder, ShardConfig(at=CONFIG.at, form="tar"))
    return (folder / f"{shard_name(crawl)}.tar").read_bytes()


def put(place: str, content: bytes) -> str:
    elsewhere(place).replace(content)
    return place


def held(place: str) -> bytes | None:
    at = elsewhere(place)
    size = at.size_bytes()
    return None if size is None else at.read_at(0, size)


def test_a_crawl_elsewhere_makes_the_bag_that_it_makes_here(place, crawl, here, tmp_path):
    there = put(f"{place}/crawls/harbour.warc.gz", crawl.read_bytes())
    run = run_batch([there], f"{place}/archive", at=AT)
    assert not run.aside, run.aside
    (receipt,) = run.receipts.values()
    assert held(f"{place}/archive/{receipt.shard}.tar") == here
    with tarfile.open(fileobj=io.BytesIO(here)) as tar:
        tar.extractall(tmp_path / "bag", filter="data")
    assert solander.validate(tmp_path / "bag" / receipt.shard).at_or_above("error") == ()
    assert held(f"{place}/archive/batch-report.json")
    assert held(f"{place}/archive/.solander-batch/{receipt.shard}.json")
    assert held(f"{place}/archive/.solander-batch/run") is None


def test_a_crawl_elsewhere_becomes_a_bag_here(place, crawl, tmp_path):
    there = put(f"{place}/harbour.warc.gz", crawl.read_bytes())
    receipt = process_shard(there, tmp_path / "a", CONFIG)
    assert solander.validate(tmp_path / "a" / receipt.shard).at_or_above("error") == ()
    names = sorted(one.name for one in (tmp_path / "a").iterdir())
    assert names == [".solander-batch", receipt.shard], "what was laid here for the work is gone"


def test_running_it_again_elsewhere_is_harmless(place, crawl):
    first = process_shard(crawl, f"{place}/archive", CONFIG)
    before = held(f"{place}/archive/{first.shard}.tar")
    again = run_batch([str(crawl)], f"{place}/archive", at=AT)
    assert again.found_done == 1
    assert held(f"{place}/archive/{first.shard}.tar") == before


def test_a_bag_whose_receipt_was_not_sent_any_more_is_read_for_it(place, crawl):
    first = process_shard(crawl, f"{place}/archive", CONFIG)
    elsewhere(f"{place}/archive/.solander-batch/{first.shard}.json").remove()
    assert Records(f"{place}/archive").receipt(first.shard) is None
    assert process_shard(crawl, f"{place}/archive", CONFIG) == first


def test_what_is_there_under_the_name_of_a_bag_is_not_written_over(place, crawl):
    name = shard_name(crawl)
    put(f"{place}/archive/{name}.tar", b"something else")
    with pytest.raises(ArchiveError):
        process_shard(crawl, f"{place}/archive", CONFIG)
    assert held(f"{place}/archive/{name}.tar") == b"something else"


def test_nothing_is_created_where_something_stands(place):
    at = elsewhere(f"{place}/one")
    assert at.create(b"first")
    assert not at.create(b"second")
    assert held(f"{place}/one") == b"first"


def test_a_file_in_parts_is_whole_and_takes_no_name_that_is_taken(place, tmp_path):
    (tmp_path / "large").write_bytes(bytes(range(256)) * (40 << 12))
    at = elsewhere(f"{place}/large")
    assert at.create_from(tmp_path / "large")
    assert not at.create_from(tmp_path / "large")
    with FileElsewhere(f"{place}/large") as file:
        read = hashlib.sha256(b"".join(file.chunks())).digest()
    assert read == hashlib.sha256((tmp_path / "large").read_bytes()).digest()


def test_the_settings_of_an_archive_elsewhere_hold(place, crawl):
    put(f"{place}/archive/solander.toml", b'organization = "County Archive"\n')
    receipt = process_shard(crawl, f"{place}/archive", CONFIG)
    assert b"Source-Organization: County Archive" in (held(f"{place}/archive/{receipt.shard}.tar") or b"")


def test_what_is_larger_than_may_lie_here_is_refused_by_its_name(place, crawl, tmp_path):
    there = put(f"{place}/harbour.warc.gz", crawl.read_bytes())
    with pytest.raises(SourceError, match=r"harbour\.warc\.gz: larger than the 1,000 bytes"):
        process_shard(there, tmp_path / "a", ShardConfig(at=CONFIG.at, spool_bytes=1000))
    assert not (tmp_path / "a").exists()


def test_what_is_not_there_is_told_in_one_line(place, tmp_path):
    run = run_batch([f"{place}/absent.warc.gz"], tmp_path / "a", at=AT)
    (aside,) = run.aside.values()
    assert "absent.warc.gz: there is no such file" in aside.reason
    assert "\n" not in aside.reason


def test_a_storage_that_does_not_answer_sets_the_shard_aside(bucket, crawl, tmp_path, monkeypatch):
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "not-the-secret")
    with pytest.raises(ArchiveError, match="it was not reached, or refused") as raised:
        process_shard(crawl, f"{bucket}/archive", CONFIG)
    assert "\n" not in str(raised.value)
    assert "not-the-secret" not in str(raised.value)


@pytest.mark.parametrize("moment", ["begun", "bag stands", "receipt given"])
def test_a_run_that_is_killed_goes_on_in_s3(bucket, keys, crawl, here, moment, tmp_path):
    command = [sys.executable, "-m", "solander.cli", "batch", str(crawl), "--into", f"{bucket}/archive"]
    command += ["--at", "2026-01-01T00:00:00Z", "--quiet"]
    environment = os.environ | keys | {"TMPDIR": str(tmp_path)}
    name = f"{bucket}/archive/{shard_name(crawl)}.tar"
    awaited = f"{bucket}/archive/.solander-batch/{shard_name(crawl)}.json" if moment == "receipt given" else name
    run = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, start_new_session=True)
    while run.poll() is None:
        if (moment == "begun" and list(tmp_path.glob(".solander-*.tmp"))) or held(awaited) is not None:
            break
        time.sleep(0.01)
    # It may have come to its end by itself meanwhile.
    with contextlib.suppress(ProcessLookupError):
        os.killpg(run.pid, signal.SIGKILL)
    run.wait()
    assert subprocess.run(command, env=environment, stdout=subprocess.DEVNULL).returncode == 0
    assert held(name) == here
    assert not list(tmp_path.glob(".solander-*.tmp")), "the next run clears what the killed one left here"


def test_saved_pages_are_not_sent_away_one_by_one(bucket, tmp_path):
    (tmp_path / "saved").mkdir()
    (tmp_path / "saved/one.html").write_bytes(page(1))
    run = run_batch([str(tmp_path / "saved")], f"{bucket}/archive", at=AT)
    (aside,) = run.aside.values()
    assert "solander deposit" in aside.reason


@pytest.mark.parametrize("wrong", ["s3://", "nosuchthing://a/b"])
def test_a_place_that_cannot_be_is_a_misuse(wrong):
    with pytest.raises(UsageError):
        elsewhere(wrong)


def test_what_went_away_while_it_was_read_is_told_by_its_name(place):
    with FileElsewhere(put(f"{place}/one", b"words")) as file:
        elsewhere(f"{place}/one").remove()
        with pytest.raises(SourceError, match="one: it was not reached"):
            file.read_at(0, 5)


@pytest.mark.parametrize("wrong", ["ftp://keeper:s3same@host/a", "simplecache::sftp://keeper:s3same@host/a",
                                   "s3://KEY:s3same@bucket/a", "ftp://keeper:a/s3same@host/a",
                                   "ftp://keeper:a#s3same@host/a", "ftp://keeper:12@s3same@host/a"])  # fmt: skip
def test_a_password_in_the_name_of_a_place_is_refused_and_not_told(wrong):
    with pytest.raises(UsageError, match="environment") as raised:
        elsewhere(wrong)
    assert "s3same" not in str(raised.value)


@pytest.mark.parametrize("right", ["s3://bucket/a:b@c", "s3://bucket/a@b", "memory://a/b:c@d", "memory://[::1]:80/a@b"])
def test_what_is_no_password_is_none(right):
    pytest.importorskip("obstore", reason="obstore is not installed")
    pytest.importorskip("fsspec", reason="fsspec is not installed")
    assert elsewhere(right).name == right


@pytest.fixture
def odd_server():
    """A file system whose server answers as some do; its files are those of ``memory://``."""
    fsspec = pytest.importorskip("fsspec", reason="fsspec is not installed")
    from fsspec.implementations.memory import MemoryFileSystem

    class Odd(MemoryFileSystem):
        protocol = "odd"

        @classmethod
        def _strip_protocol(cls, path):
            return MemoryFileSystem._strip_protocol(path.replace("odd://", "memory://").partition("?")[0])

        def cat_file(self, path, start=None, end=None, **kwargs):
            return super().cat_file(path)

        def info(self, path, **kwargs):
            if "refused" in path:
                raise OSError("403, message='no', url='odd://refused?signature=s3same'")
            return super().info(path, **kwargs) | ({"size": None} if "unsized" in path else {})

    fsspec.register_implementation("odd", Odd, clobber=True)
    memory = fsspec.filesystem("memory")
    for name in ("whole", "unsized"):
        memory.pipe_file(f"/{name}", b"0123456789")
    yield
    for name in ("whole", "unsized"):
        memory.rm_file(f"/{name}")


def test_a_server_that_sends_no_parts_is_not_read_as_if_it_did(odd_server):
    with FileElsewhere("odd://whole") as file:
        assert file.read_at(0, 10) == b"0123456789"
        with pytest.raises(SourceError, match="whole: its server sends no parts"):
            file.read_at(5, 5)


def test_what_has_no_known_size_is_not_taken_for_empty(odd_server):
    with pytest.raises(SourceError, match="unsized: its server does not say how large"):
        FileElsewhere("odd://unsized")


def test_what_was_not_reached_is_not_told_to_be_absent():
    pytest.importorskip("aiohttp", reason="aiohttp is not installed")
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))  # and does not listen
        with pytest.raises(SourceError, match="it was not reached"):
            FileElsewhere(f"http://127.0.0.1:{nobody.getsockname()[1]}/a.warc.gz")


def test_what_opens_a_place_is_told_nowhere(odd_server):
    with pytest.raises(SourceError, match="refused") as raised:
        FileElsewhere("odd://refused?signature=s3same")
    assert "s3same" not in str(raised.value)


def test_a_path_is_no_place_elsewhere():
    assert [is_elsewhere(one) for one in ("a/b.warc.gz", "/a:/b", "C:\\a", Path("s3://a"))] == [False] * 4
    assert is_elsewhere("s3://bucket/key")
    assert is_elsewhere("simplecache::s3://bucket/key")
