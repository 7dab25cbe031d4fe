"""Whatever comes in: a bag that is whole and tells what was wrong, or one line, the right status, and nothing left."""

import errno
import io
import json
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import bagit
import pytest
from lxml import etree

MEGABYTE = 1_000_000
WORDS = b"<p>The ferry leaves at seven, and it comes back at nine.</p>\n"


def nothing_left(folder: Path, *kept: Path) -> None:
    assert sorted(folder.iterdir()) == sorted(kept)


def one_line(err: str) -> None:
    assert err.count("\n") == 1, err
    assert err.startswith("solander: ")
    assert "Traceback" not in err


@pytest.mark.parametrize(
    ("name", "content", "hint"),
    [
        ("empty.html", b"", "the file is empty"),
        ("blank.html", b" \n\t\n", "the file is empty"),
        ("paper.html", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + b"x" * 500, "this is a PDF"),
        ("picture.html", b"\x89PNG\r\n\x1a\n" + bytes(200), "this is a PNG image"),
        ("binary.txt", bytes(range(256)) * 40, "this is binary data"),
        ("data.html", b'{"a": [1, 2]}', "this is JSON"),
        ("cut.html.gz", b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03", "cut short"),
    ],
)
def test_what_is_no_page_is_said_to_be_none(run, tmp_path: Path, name: str, content: bytes, hint: str):
    source = tmp_path / name
    source.write_bytes(content)
    ran = run("pack", source, "--into", tmp_path / "archive")
    assert (ran.status, ran.out) == (3, "")
    assert f"solander: {source}: " in ran.err
    assert hint in ran.err
    nothing_left(tmp_path, source)


def test_a_file_that_is_missing_is_said_to_be_missing(run, tmp_path: Path):
    ran = run("normalise", tmp_path / "missing.html")
    assert (ran.status, ran.out) == (3, "")
    one_line(ran.err)


def test_a_folder_without_a_page_and_a_folder_where_a_page_should_be(run, tmp_path: Path):
    ran = run("pack", tmp_path, "--into", tmp_path.with_name("archive"))
    assert ran.status == 3
    one_line(ran.err)
    ran = run("normalise", tmp_path)
    assert ran.status == 3
    one_line(ran.err)


def test_a_page_beyond_the_bound_is_refused_by_its_size(run, page: Path, tmp_path: Path):
    ran = run("pack", page, "--into", tmp_path / "archive", "--max-size", "100B")
    assert ran.status == 3
    assert "larger than the limit of 100 bytes (see --max-size)" in ran.err
    nothing_left(tmp_path, page)


class Endless(io.RawIOBase):
    """A stream that never ends."""

    taken = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:
        buffer[:] = b"a" * len(buffer)
        self.taken += len(buffer)
        return len(buffer)


def test_an_endless_standard_input_ends_at_the_bound(run, tmp_path: Path, monkeypatch):
    stream = Endless()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(stream)))
    ran = run("pack", "-", "--into", tmp_path / "archive", "--max-size", "5MB")
    assert ran.status == 3
    one_line(ran.err.splitlines(keepends=True)[0])
    assert stream.taken < 8 * MEGABYTE
    nothing_left(tmp_path)


def test_a_fifo_is_refused_and_never_waited_for(run, tmp_path: Path):
    fifo = tmp_path / "page.html"
    os.mkfifo(fifo)
    ran = run("pack", fifo, "--into", tmp_path / "archive")
    assert ran.status == 3
    assert "no regular file" in ran.err
    nothing_left(tmp_path, fifo)
    assert run("validate", fifo).status == 3


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("lying", b'<meta charset="utf-8"><title>Fa\xe7ade</title><p>Une fa\xe7ade \xe0 c\xf4t\xe9 de la mer.</p>'),
        ("utf-16-marked", "<title>Fähre</title><p>Die Fähre fährt um sieben.</p>".encode("utf-16")),
        ("utf-16-unmarked", "<title>Fähre</title><p>Die Fähre fährt um sieben.</p>".encode("utf-16-le")),
        ("nul", b"<title>A</title><p>One\x00 word \x01\x02\x0b and \x7f another.</p>"),
        ("controls", "<title>A</title><p>Next\x85 line, \ufffe none, \ud7ff last.</p>".encode()),
        ("frames", b"<title>A</title><frameset cols='1,2'><frame src=a><frame src=b></frameset>"),
        ("deep", b"<title>A</title>" + b"<div>" * 10_000 + b"one word" + b"</div>" * 10_000),
        ("deep-inline", b"<title>A</title><p>" + b"<b>" * 10_000 + b"one word"),
        ("wide", b"<title>A</title>" + b"<p>word</p>" * 20_000),
        ("unclosed", b"<title>A</title><table><tr><td><p>one<table><td><ul><li>two"),
        ("attributes", b"<title>A</title><p " + b" ".join(b"a%d=1" % n for n in range(5000)) + b">word</p>"),
        ("no-words", b"<title></title><img src=a>"),
        ("entities", b"<title>&lt;&amp;</title><p>&#0; &#x110000; &#xD800; &nosuch; &lt;p&gt; ]]></p>"),
    ],
)  # fmt: skip
def test_a_page_however_strange_becomes_a_whole_bag(run, tmp_path: Path, name: str, content: bytes):
    source = tmp_path / f"{name}.html"
    source.write_bytes(content)
    ran = run("pack", source, "--into", tmp_path / "archive", "--at", "2026-01-01T00:00:00Z")
    # What would cost too much to check is kept and said to be unchecked.
    assert ran.status in ((3,) if "not checked: " in ran.err else (0, 1)), ran.err
    assert "Traceback" not in ran.err
    bag = Path(ran.out.strip())
    assert (bag / "data/original/page.html").read_bytes() == content
    assert bagit.Bag(str(bag)).validate()
    assert run("verify", "--rederive", bag).status == 0
    report = json.loads((bag / "metadata/validation.json").read_bytes())
    assert [one for one in report["findings"] if one["severity"] == "error"] == []


def test_fifty_megabytes_are_refused_in_one_line_where_less_was_allowed(run, fifty_megabytes: Path, tmp_path: Path):
    ran = run("pack", fifty_megabytes, "--into", tmp_path / "archive", "--max-size", "20MB")
    assert (ran.status, ran.out) == (3, "")
    one_line(ran.err)
    nothing_left(tmp_path, fifty_megabytes)


def test_fifty_megabytes_become_a_whole_bag(run, fifty_megabytes: Path, tmp_path: Path):
    ran = run("pack", fifty_megabytes, "--into", tmp_path / "archive")
    assert ran.status == 0, ran.err
    report = json.loads((Path(ran.out.strip()) / "metadata/validation.json").read_bytes())
    assert report["passed"]
    assert report["counts"]["words"] == 20_001


@pytest.fixture
def fifty_megabytes(tmp_path: Path) -> Path:
    """A page that is mostly data in scripts, as the largest pages are."""
    source = tmp_path / "large.html"
    data = b"<script>let data = '" + b"0123456789" * 100_000 + b"'</script>"
    source.write_bytes(
        b"<!doctype html><title>Large</title><h1>Large</h1>"
        + b"".join(b"<p>" + b"word " * 400 + b"</p>" + data for _ in range(50))
    )
    assert source.stat().st_size > 50_000_000
    return source


def test_pages_in_old_encodings_are_read_as_what_they_are(run, shared: Path, tmp_path: Path):
    """Most of them declare another encoding than theirs, or none; read wrongly, their letters would be no words."""
    pages = sorted((shared / "corpora/saved-html/legacy-charset").iterdir())
    for page in pages:
        ran = run("normalise", page)
        assert ran.status == 0, (page, ran.err)
        text = "".join(etree.fromstring(ran.out.encode()).itertext())
        assert not re.search("Ã[¤¶¼Ÿ©³]|Ä[™…]|[\x80-\x9f]", text), page
        # A page whose bytes fit no encoding as a whole keeps a mark for each that does not fit.
        assert text.count("\ufffd") <= len(text) / 1000, page


def test_the_archive_may_not_lie_within_what_is_packed(run, page: Path, tmp_path: Path):
    ran = run("pack", tmp_path, "--into", tmp_path / "archive")
    assert ran.status == 3
    assert "choose another --into" in ran.err
    one_line(ran.err)
    nothing_left(tmp_path, page)


def test_an_archive_that_is_a_file_is_left_as_it_is(run, page: Path, tmp_path: Path):
    archive = tmp_path / "archive"
    archive.write_text("a list of ferries")
    ran = run("pack", page, "--into", archive)
    assert ran.status == 3
    one_line(ran.err)
    assert archive.read_text() == "a list of ferries"


def test_a_name_that_is_taken_is_not_given_away(run, bag: Path, page: Path, tmp_path: Path):
    other = tmp_path / "other"
    (other / bag.name).mkdir(parents=True)
    (other / bag.name / "notes.txt").write_text("mine")
    ran = run("pack", page, "--uri", "https://harbour.example/ferry", "--into", other)
    assert ran.status == 3
    assert "something else has this name" in ran.err
    assert (other / bag.name / "notes.txt").read_text() == "mine"
    nothing_left(other, other / bag.name)


def test_a_bag_that_does_not_tell_how_it_was_made_is_not_packed_beside(run, bag: Path, page: Path, tmp_path: Path):
    (bag / "metadata/description.json").unlink()
    other = tmp_path / "other.html"
    other.write_bytes(page.read_bytes() + b"<p>More.</p>")
    ran = run("pack", page, other, "--captured-at", "2026-01-01T00:00:00Z", "--into", bag.parent)
    assert ran.status == 0
    ran = run("pack", page, "--uri", "https://harbour.example/ferry", "--into", bag.parent)
    assert ran.status == 3
    assert "does not tell how it was made" in ran.err
    assert len(list(bag.parent.iterdir())) == 3


WITHOUT_PRIVILEGE = """
import ctypes, sys
# Root may write anywhere by two capabilities; without them it is held to permissions as anybody is.
libc = ctypes.CDLL(None, use_errno=True)
header = (ctypes.c_uint32 * 2)(0x20080522, 0)
data = (ctypes.c_uint32 * 6)()
assert libc.capget(header, data) == 0
data[0] &= ~((1 << 1) | (1 << 2))
assert libc.capset(header, data) == 0
from solander.cli import main
sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.parametrize("exists", [True, False])
def test_without_permission_to_write_nothing_is_written(page: Path, tmp_path: Path, exists: bool):
    above = tmp_path / "above"
    archive = above if exists else above / "archive"
    above.mkdir(mode=0o555)
    ran = subprocess.run(
        [sys.executable, "-c", WITHOUT_PRIVILEGE, "pack", page, "--into", archive], capture_output=True, text=True
    )
    assert (ran.returncode, ran.stdout) == (3, "")
    assert "no permission to write" in ran.stderr
    one_line(ran.stderr)
    nothing_left(above)


def test_without_permission_to_read_a_page_is_said_to_be_unreadable(page: Path, tmp_path: Path):
    page.chmod(0)
    ran = subprocess.run(
        [sys.executable, "-c", WITHOUT_PRIVILEGE, "pack", page, "--into", tmp_path / "archive"],
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 3
    assert "permission denied" in ran.stderr
    nothing_left(tmp_path, page)


@pytest.fixture
def small_disk(tmp_path: Path, monkeypatch) -> Iterator[Path]:
    """A file system of 16 kB: a true one where the system lets us mount it, else one that pretends."""
    small = tmp_path / "small"
    small.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", small], capture_output=True)
    if mounted.returncode == 0:
        yield small
        subprocess.run(["umount", small], check=True)
        return
    written = [0]
    write = os.write

    def fill(file: int, content) -> int:
        written[0] += len(content)
        if written[0] > 16_384:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return write(file, content)

    monkeypatch.setattr(os, "write", fill)
    yield small


def test_a_disk_that_fills_up_leaves_nothing_behind(run, page: Path, small_disk: Path):
    ran = run("pack", page, "--into", small_disk / "archive")
    assert (ran.status, ran.out) == (3, "")
    assert "the disk is full; nothing was kept" in ran.err
    nothing_left(small_disk)


def test_another_file_system_than_the_pages_is_no_matter(run, page: Path):
    here = page.stat().st_dev
    others = [
        one
        for one in (Path("/dev/shm"), Path(__file__).parent)
        if os.access(one, os.W_OK) and one.stat().st_dev != here
    ]
    assert others, "there is no second file system to write to"
    other = others[0]
    with tempfile.TemporaryDirectory(dir=other) as archive:
        assert run("pack", page, "--into", archive).status == 0


def test_two_that_pack_the_same_page_at_once_make_one_bag(page: Path, tmp_path: Path, outside):
    runs = [outside("pack", page, "--into", tmp_path / "archive", "--at", "2026-01-01T00:00:00Z") for _ in range(3)]
    results = [(one.communicate(timeout=120), one.returncode) for one in runs]
    assert [status for _, status in results] == [0, 0, 0]
    assert len({out for (out, _), _ in results}) == 1
    (bag,) = (tmp_path / "archive").iterdir()
    assert bagit.Bag(str(bag)).validate()


def test_two_that_say_different_things_at_once_make_two_versions(page: Path, tmp_path: Path, outside):
    runs = [outside("pack", page, "--into", tmp_path / "archive", "--title", f"Ferry {n}") for n in range(2)]
    assert [(one.communicate(timeout=120), one.returncode)[1] for one in runs] == [0, 0]
    versions = sorted(path.joinpath("bag-info.txt").read_text().partition("Bag-Version: ")[2][0]
                      for path in (tmp_path / "archive").iterdir())  # fmt: skip
    assert versions == ["1", "2"]


def test_a_reader_that_goes_away_is_not_complained_of(page: Path, outside):
    page.write_bytes(page.read_bytes() + WORDS * 20_000)
    process = outside("normalise", page, "--quiet")
    assert process.stdout is not None
    process.stdout.read(10)
    process.stdout.close()
    assert process.stderr is not None
    assert process.stderr.read() == b""
    assert process.wait(timeout=120) == 141
    process.stderr.close()


def test_a_standard_input_that_is_closed_is_an_unreadable_source(page: Path, tmp_path: Path):
    command = f"exec {sys.executable} -m solander.cli pack - --into {tmp_path}/archive <&-"
    ran = subprocess.run(["bash", "-c", command], capture_output=True, text=True)
    assert ran.returncode == 3
    one_line(ran.stderr)
    nothing_left(tmp_path, page)


def test_the_program_runs_outside_the_main_thread(run, page: Path):
    statuses: list[int] = []
    thread = threading.Thread(target=lambda: statuses.append(run("normalise", page, "--quiet").status))
    thread.start()
    thread.join()
    assert statuses == [0]


CLOSED = """
import os, sys, tempfile
from solander.cli import main
# Whoever one becomes may not be allowed to read Python's own files: what will be wanted is imported before.
with tempfile.TemporaryDirectory() as folder:
    main(["pack", "page.html", "--into", folder + "/archive"])
    main(["normalise", folder + "/missing"])
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
sys.stderr.write("----\\n")
os.setgroups([]); os.setgid(65534); os.setuid(65534)
raise SystemExit(main(sys.argv[1:]))
"""


@pytest.mark.skipif(os.getuid() != 0, reason="only root can make a folder that another may not enter")
@pytest.mark.parametrize(
    "words",
    [
        ["pack", "page.html", "--into", "closed/a"],
        ["pack", "page.html", "--into", "closed"],
        ["pack", "closed/page.html", "--into", "open"],
        ["normalise", "closed/page.html"],
    ],
    ids=" ".join,
)
def test_a_folder_that_one_may_not_enter_is_one_line(tmp_path: Path, page: Path, words: list[str]):
    for folder in (tmp_path, *tmp_path.parents[:3]):
        if folder != Path(tempfile.gettempdir()):
            folder.chmod(0o755)
    page.rename(tmp_path / "page.html")
    (tmp_path / "closed").mkdir(mode=0o700)
    ran = subprocess.run(
        [sys.executable, "-c", CLOSED, *words], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 3, ran.stderr
    one_line(ran.stderr.partition("----\n")[2])
    nothing_left(tmp_path, tmp_path / "page.html", tmp_path / "closed")


@pytest.mark.parametrize("name", ["a" * 300, "a" * 5000, "a/" * 3000])
def test_a_name_that_is_too_long_is_one_line(run, tmp_path: Path, page: Path, name: str):
    for words in (["pack", page, "--into", tmp_path / name], ["pack", tmp_path / name, "--into", tmp_path / "archive"]):
        ran = run(*words)
        assert (ran.status, ran.out) == (3, "")
        one_line("".join(line for line in ran.err.splitlines(keepends=True) if line.startswith("solander:")))
    nothing_left(tmp_path, page)


@pytest.mark.parametrize("name", ["page", "page.html", "page.txt", "page.jpg"])
@pytest.mark.parametrize("size", [400, 5_000])
def test_random_bytes_become_no_bag(run, tmp_path: Path, name: str, size: int):
    some = random.Random(9)
    for number in range(20):
        source = tmp_path / f"{number}{name}"
        source.write_bytes(some.randbytes(size))
        ran = run("pack", source, "--into", tmp_path / "archive")
        assert (ran.status, ran.out) == (3, ""), number
    assert not (tmp_path / "archive").exists()


def test_a_number_beyond_all_settings_is_a_misuse_of_them(run, page: Path, tmp_path: Path):
    (tmp_path / "archive").mkdir()
    (tmp_path / "archive/solander.toml").write_text("a = " + "9" * 5_000)
    ran = run("pack", page, "--into", tmp_path / "archive")
    assert (ran.status, ran.out) == (2, "")
    assert "longer than any setting" in ran.err
    one_line(ran.err)


@pytest.mark.parametrize("into", ["archive", "../other"])
def test_a_working_directory_that_is_gone_is_one_line(page: Path, tmp_path: Path, into: str):
    command = (
        f"mkdir gone && cd gone && rmdir ../gone && exec {sys.executable} -m solander.cli pack {page} --into {into}"
    )
    ran = subprocess.run(["bash", "-c", command], cwd=tmp_path, capture_output=True, text=True)
    assert (ran.returncode, ran.stdout) == (3, "")
    one_line(ran.stderr)
    nothing_left(tmp_path, page)


def test_where_no_file_may_be_written_the_bag_is_what_could_not_be_written(page: Path, tmp_path: Path):
    command = f"ulimit -f 0; exec {sys.executable} -m solander.cli pack {page} --into {tmp_path}/archive"
    ran = subprocess.run(["bash", "-c", command], capture_output=True, text=True)
    assert (ran.returncode, ran.stdout) == (3, "")
    assert "nothing was kept" in ran.stderr
    one_line(ran.stderr)
    nothing_left(tmp_path, page)


SLOW_START = """
import os, signal, sys
class Slow:
    # The first import that the command line asks for is when somebody loses patience.
    def find_spec(self, name, path=None, target=None):
        if name == "solander.cli.guard":
            os.kill(os.getpid(), int(sys.argv.pop()))
        return None
sys.meta_path.insert(0, Slow())
from solander.cli import main
sys.exit(main())
"""


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGINT, signal.SIGTERM], ids=lambda one: one.name)
def test_a_program_that_is_asked_to_end_as_it_starts_ends_in_good_order(
    page: Path, tmp_path: Path, number: signal.Signals
):
    ran = subprocess.run(
        [sys.executable, "-c", SLOW_START, "pack", page, "--into", tmp_path / "archive", str(int(number))],
        capture_output=True,
        text=True,
    )
    assert (ran.returncode, ran.stdout) == (128 + number, "")
    assert "nothing unfinished was left behind" in ran.stderr
    one_line(ran.stderr)
    nothing_left(tmp_path, page)


@pytest.mark.parametrize("closed", ["metadata", "data", "data/original", "data/tei"])
def test_nothing_below_a_folder_that_one_may_not_enter_is_said_to_be_missing(bag: Path, closed: str):
    (bag / closed).chmod(0)
    try:
        ran = subprocess.run(
            [sys.executable, "-c", WITHOUT_PRIVILEGE, "validate", bag, "--json"], capture_output=True, text=True
        )
    finally:
        (bag / closed).chmod(0o755)
    assert ran.returncode == 3, ran.stderr
    found = json.loads(ran.stdout)["findings"]
    assert {one["code"] for one in found if one["severity"] == "error"} == {"BAG025"}
