"""Audits: every bag has its turn, what was checked is written down, and what the log knows is held against the bags."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import solander
from solander.encoding.audit_line import format_audited, is_torn, parse_audited
from solander.errors import ArchiveError, NotABag, SourceMissing, UsageError
from solander.model.audit import LOG_NAME, OUTCOMES, Audited
from solander.model.provenance import Agent
from solander.pipeline import Checked, Work, auditing, make_bag, open_audit, update_bag
from solander.profiles import SCHEMAS

AT = datetime(2026, 1, 1, tzinfo=UTC)
DAY = timedelta(days=1)
NAMES = ["a", "b", "c", "d", "e"]


def bag(archive: Path, name: str, content: bytes | None = None) -> Path:
    source = archive.parent / "sources" / name
    source.mkdir(parents=True, exist_ok=True)
    (source / "letter.txt").write_bytes(content or name.encode())
    return make_bag(source, into=archive, name=name, at=AT).path


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    folder = tmp_path / "archive"
    for name in NAMES:
        bag(folder, name)
    return folder


def audit(archive: Path, at: datetime = AT, *, every: int = 90, **work: float | None) -> list[Checked]:
    with open_audit(archive, every_days=every, at=at) as one:
        return list(one.check(Work(**work)))  # type: ignore[arg-type]


def names(done: Iterable[Checked]) -> list[str]:
    return [one.line.bag for one in done if one.line is not None]


def codes(done: Iterable[Checked]) -> list[str]:
    return [finding.code for one in done for finding in one.report.at_or_above("warning")]


def log(archive: Path) -> list[dict]:
    return [json.loads(line) for line in (archive / LOG_NAME).read_text("utf-8").splitlines()]


def harm(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(bytes([content[0] ^ 1]) + content[1:])


# --------------------------------------------------------------------------------------------------------- the order


def test_bags_never_checked_come_first_and_then_those_that_were_not_for_longest(archive: Path):
    assert names(audit(archive, bags=2)) == ["a", "b"]
    assert names(audit(archive, AT + DAY, bags=1)) == ["c"]
    bag(archive, "aa")
    assert names(audit(archive, AT + 2 * DAY, every=0)) == ["aa", "d", "e", "a", "b", "c"]


def test_what_was_found_valid_is_passed_by_until_its_days_are_over(archive: Path):
    audit(archive)
    with open_audit(archive, at=AT + 90 * DAY - timedelta(seconds=1)) as one:
        assert (one.due, one.passed_by, one.left) == ((), 5, 0)
    assert names(audit(archive, AT + 90 * DAY)) == NAMES


def test_what_was_found_damaged_is_checked_in_every_run_and_keeps_no_other_waiting(archive: Path):
    harm(archive / "a/data/letter.txt")
    assert names(audit(archive, bags=1)) == ["a"]
    assert [names(audit(archive, AT + n * DAY, bags=2)) for n in (1, 2, 3)] == [["b", "c"], ["d", "e"], ["a"]]
    assert "BAG003" in codes(audit(archive, AT + 4 * DAY))


def test_a_moment_that_is_yet_to_come_proves_nothing(archive: Path):
    audit(archive, AT + 1000 * DAY)
    assert names(audit(archive)) == NAMES


@settings(max_examples=15)
@given(limits=st.lists(st.integers(1, 4), min_size=1, max_size=6))
def test_however_the_work_is_parted_no_bag_has_a_second_turn_before_each_had_its_first(tmp_path_factory, limits):
    archive = tmp_path_factory.getbasetemp() / "parted" / "archive"
    if not archive.exists():
        for name in NAMES:
            bag(archive, name)
    (archive / LOG_NAME).unlink(missing_ok=True)
    turns = [
        name for day, limit in enumerate(limits) for name in names(audit(archive, AT + day * DAY, every=0, bags=limit))
    ]
    assert turns == [NAMES[number % 5] for number in range(sum(limits))]


@pytest.mark.parametrize("work", [{"size_bytes": 1}, {"minutes": 0}])
def test_a_bound_ends_a_run_after_one_bag_at_least(archive: Path, work: dict):
    assert [names(audit(archive, **work)) for _ in range(3)] == [["a"], ["b"], ["c"]]


def test_bytes_are_those_of_the_bags_that_were_checked(archive: Path):
    size_bytes = sum(path.stat().st_size for path in (archive / "a").rglob("*") if path.is_file())
    assert names(audit(archive, size_bytes=size_bytes + 1)) == ["a", "b"]


# ----------------------------------------------------------------------------------------------------------- the log


def test_a_line_tells_what_was_checked_when_by_whom_and_what_came_of_it(archive: Path):
    harm(archive / "b/data/letter.txt")
    audit(archive, bags=2)
    schema = jsonschema.Draft202012Validator(json.loads(SCHEMAS.read("solander-audit.schema.json")))
    for line in log(archive):
        schema.validate(line)
    first, second = log(archive)
    manifest = archive / "a" / "tagmanifest-sha512.txt"
    assert first["manifests"] == {manifest.name: hashlib.sha256(manifest.read_bytes()).hexdigest()}
    assert (first["bag"], first["at"], first["outcome"], first["codes"]) == ("a", "2026-01-01T00:00:00Z", "passed", [])
    assert (second["bag"], second["outcome"], second["codes"]) == ("b", "failed", ["BAG003"])
    assert first["files"] == len([path for path in (archive / "a").rglob("*") if path.is_file()])
    assert first["agent"]["name"] == "solander"


def test_a_bag_in_an_archive_file_is_checked_as_it_stands(archive: Path):
    shutil.make_archive(str(archive / "z"), "zip", archive, "a")
    (line,) = [one for one in (audit(archive), log(archive))[1] if one["bag"] == "z.zip"]
    assert (line["outcome"], line["manifests"]) == ("passed", log(archive)[0]["manifests"])


def test_a_bag_that_is_made_anew_while_it_is_checked_is_neither_the_old_one_nor_the_new(archive: Path, monkeypatch):
    def validate(piece, **named):
        report = solander.validate(piece, **named)
        if piece.path.name == "b":
            shutil.rmtree(piece.path)
            bag(archive, "b", b"another letter")
        return report

    monkeypatch.setattr(auditing, "validate", validate)
    (one,) = [one for one in audit(archive) if one.report.unchecked]
    assert one.report.unchecked == (f"{archive}/b: it changed while it was checked",)
    assert [line["outcome"] for line in log(archive)] == ["passed", "unchecked", "passed", "passed", "passed"]
    monkeypatch.undo()
    assert names(audit(archive, AT + DAY)) == ["b"]


def test_a_folder_that_is_no_bag_is_told_in_every_run_and_not_written_down(archive: Path):
    (archive / "notes").mkdir()
    for _ in range(2):
        assert "BAG001" in codes(audit(archive))
    assert "notes" not in {line["bag"] for line in log(archive)}


@given(
    audited=st.builds(
        Audited,
        bag=st.text(min_size=1),
        identifier=st.none() | st.text(min_size=1),
        at=st.integers(-30_000_000_000, 200_000_000_000).map(lambda seconds: AT + timedelta(seconds=seconds)),
        outcome=st.sampled_from(OUTCOMES),
        codes=st.just(("BAG003",)),
        manifests=st.dictionaries(st.text(), st.text()).map(lambda one: tuple(sorted(one.items()))),
        files=st.integers(0),
        size_bytes=st.integers(0),
        agent=st.builds(lambda name, version: Agent(name, version), st.text(), st.text()),
    ),
    part=st.floats(0, 1),
)
def test_a_line_survives_and_its_beginning_is_known_for_one(audited: Audited, part: float):
    line = format_audited(audited)
    assert parse_audited(line) == audited
    assert line.count(b"\n") == 1
    assert not is_torn(line)
    cut = line[: int((len(line) - 2) * part)]
    assert is_torn(cut)
    assert is_torn(cut + b"\0" * 7)


def test_a_name_that_is_no_text_survives():
    name = os.fsdecode(b"caf\xe9")
    line = format_audited(Audited(bag=name, identifier=None, at=AT, outcome="passed", agent=Agent("a", "1")))
    assert parse_audited(line).bag == name


@pytest.mark.parametrize(
    "content",
    [
        b"<html></html>\n",
        b"{}\n",
        b"[]\n",
        b"3\n",
        b"\xff\xfe\n",
        b'{"schema": "urn:other", "bag": "a"}\n',
        b"[" * 100_000 + b"\n",
    ],
    ids=["html", "empty object", "list", "number", "bytes", "another schema", "depth"],
)
def test_a_log_that_is_none_stops_the_audit_and_is_left_as_it_is(archive: Path, content: bytes):
    audit(archive, bags=1)
    path = archive / LOG_NAME
    path.write_bytes(path.read_bytes() + content)
    before = path.read_bytes()
    with pytest.raises(ArchiveError, match="line 2 is no line of a log of audits"):
        audit(archive)
    assert path.read_bytes() == before


def test_a_whole_line_that_says_too_little_is_not_taken_for_one_that_was_cut(archive: Path):
    audit(archive, bags=1)
    (archive / LOG_NAME).write_text(json.dumps({**log(archive)[0], "outcome": "valid"}) + "\n")
    with pytest.raises(ArchiveError, match="no outcome"):
        audit(archive)


@pytest.mark.parametrize("make", [Path.mkdir, os.mkfifo, lambda path: path.symlink_to("/etc/passwd")])
def test_what_is_no_regular_file_is_no_log(archive: Path, make):
    make(archive / LOG_NAME)
    with pytest.raises(ArchiveError):
        audit(archive)


@pytest.mark.parametrize("cut", [1, 40, 200, -1])
def test_a_last_line_that_was_cut_is_passed_over_and_the_log_goes_on_below_it(archive: Path, cut: int):
    audit(archive, bags=2)
    path = archive / LOG_NAME
    first, second = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(first + second[:cut])
    # Without its line feed alone, a line has lost nothing.
    rest = ["c", "d", "e"] if cut == -1 else ["b", "c", "d", "e"]
    assert names(audit(archive, AT + DAY)) == rest
    assert path.read_bytes().startswith(first + second[:cut] + b"\n{")
    assert names(audit(archive, AT + 2 * DAY)) == []


def test_two_audits_of_one_archive_do_not_run_at_once(archive: Path):
    with open_audit(archive) as first:
        with pytest.raises(ArchiveError, match="another audit of this archive is under way"), open_audit(archive):
            pass
        assert len(names(first.check())) == 5
    with open_audit(archive) as second:
        assert second.due == ()


@pytest.mark.parametrize(("what", "error"), [("nothing", SourceMissing), ("a bag", UsageError), ("no bags", NotABag)])
def test_what_is_no_archive_is_refused_and_gets_no_log(archive: Path, what: str, error: type):
    place = {"nothing": archive / "nothing", "a bag": archive / "a", "no bags": archive.parent / "sources" / "a"}[what]
    with pytest.raises(error):
        audit(place)
    assert not (place / LOG_NAME).exists()


# ---------------------------------------------------------------------------------- what the log knows, and what is so


def test_a_valid_bag_that_was_made_anew_is_told_once(archive: Path):
    audit(archive)
    shutil.rmtree(archive / "b")
    bag(archive, "b", b"another letter")
    done = audit(archive, AT + 100 * DAY)
    (finding,) = [one for part in done for one in part.report.findings if one.code == "PRM017"]
    assert finding.place.path == f"{archive}/b/tagmanifest-sha512.txt"
    assert finding.expected == log(archive)[1]["manifests"]["tagmanifest-sha512.txt"]
    assert finding.found == hashlib.sha256((archive / "b/tagmanifest-sha512.txt").read_bytes()).hexdigest()
    assert [line["codes"] for line in log(archive)[5:]] == [[], ["PRM017"], [], [], []]
    assert codes(audit(archive, AT + 200 * DAY)) == []


def test_a_bag_with_another_algorithm_is_told_by_the_manifest_that_is_new(archive: Path):
    audit(archive)
    update_bag(archive / "a", add_algorithms=("sha256",), at=AT)
    found = [
        (one.place.path.rpartition("/")[2], one.expected)
        for part in audit(archive, every=0)
        for one in part.report.findings
        if one.code == "PRM017"
    ]
    assert ("tagmanifest-sha256.txt", "") in found


def test_a_bag_that_was_damaged_and_then_made_anew_is_held_against_the_one_that_was_valid(archive: Path):
    audit(archive)
    harm(archive / "a/data/letter.txt")
    assert codes(audit(archive, AT + DAY, every=0)) == ["BAG003"]
    shutil.rmtree(archive / "a")
    bag(archive, "a", b"forged")
    assert codes(audit(archive, AT + 2 * DAY)) == ["PRM017"]


def test_a_damaged_bag_is_told_as_damaged_and_not_as_changed(archive: Path):
    audit(archive)
    harm(archive / "a/tagmanifest-sha512.txt")
    assert "PRM017" not in codes(audit(archive, AT + 100 * DAY))


def test_an_archive_may_not_want_to_hear_of_bags_that_were_made_anew(archive: Path):
    audit(archive)
    (archive / "solander.toml").write_text('[check]\nignore = ["PRM017"]\n')
    shutil.rmtree(archive / "b")
    bag(archive, "b", b"another letter")
    assert "PRM017" not in codes(audit(archive, every=0))


def test_a_bag_that_is_gone_is_told_until_it_is_back_or_withdrawn(archive: Path):
    audit(archive)
    (archive / "c").rename(archive.parent / "c")
    for day in (1, 2):
        assert codes(audit(archive, AT + day * DAY)) == ["PRM018"]
    (archive.parent / "c").rename(archive / "c")
    assert codes(audit(archive, AT + 3 * DAY)) == []
    shutil.rmtree(archive / "c")
    with open_audit(archive, at=AT) as one:
        one.withdraw(["c"])
        assert codes(one.check()) == []
    assert codes(audit(archive, AT + 4 * DAY)) == []
    assert log(archive)[-1]["outcome"] == "withdrawn"


def test_an_archive_of_which_every_bag_is_gone_is_told_of_each(archive: Path):
    audit(archive)
    for name in NAMES:
        shutil.rmtree(archive / name)
    assert codes(audit(archive)) == ["PRM018"] * 5


def test_a_bag_that_comes_back_after_it_was_withdrawn_is_checked_and_held_against_what_it_was(archive: Path):
    audit(archive)
    shutil.rmtree(archive / "c")
    with open_audit(archive, at=AT) as one:
        one.withdraw(["c"])
    bag(archive, "c", b"another letter")
    done = audit(archive, AT + DAY)
    assert (names(done), codes(done)) == (["c"], ["PRM017"])


def test_what_stands_there_or_was_never_known_is_not_withdrawn(archive: Path):
    audit(archive)
    for name in ("a", "nothing"):
        with open_audit(archive) as one, pytest.raises(UsageError):
            one.withdraw(["b", name] if name == "nothing" else [name])
    assert {line["outcome"] for line in log(archive)} == {"passed"}


def test_a_bag_that_was_renamed_or_put_into_an_archive_file_is_not_missed(archive: Path):
    audit(archive)
    (archive / "a").rename(archive / "letters")
    shutil.make_archive(str(archive / "b"), "zip", archive, "b")
    shutil.rmtree(archive / "b")
    for day in (1, 2):
        assert "PRM018" not in codes(audit(archive, AT + day * DAY))


# ---------------------------------------------------------------------------------------------- killed, and interrupted

PROGRAM = """
import os, signal, sys
number, stop_at, half_of = (int(word) for word in sys.argv[1:4])
from solander.cli import main
import solander.cli.audit, solander.pipeline.auditing, solander.checking.bag
steps = lines = 0

def reached():
    global steps
    steps += 1
    if steps == stop_at:
        os.kill(os.getpid(), number)

def count(event, arguments):
    if event in ("open", "os.scandir"):
        reached()

def around(function):
    def call(*arguments, **named):
        reached()
        result = function(*arguments, **named)
        reached()
        return result
    return call

def write(file, content, write=os.write):
    global lines
    lines += bytes(content).startswith(b'{"schema"')
    if lines == half_of:
        write(file, bytes(content)[: len(content) // 2])
        os.kill(os.getpid(), signal.SIGKILL)
    return write(file, content)

os.fsync, os.write = around(os.fsync), write
sys.addaudithook(count)
status = main(sys.argv[4:])
print(steps)
sys.exit(status)
"""


def ran(archive: Path, *, number: int = 9, stop_at: int = 0, half_of: int = 0) -> subprocess.CompletedProcess[str]:
    words = [str(number), str(stop_at), str(half_of), "audit", str(archive), "--at", "2026-01-01T00:00:00Z"]
    command = [sys.executable, "-c", PROGRAM, *words, "--threads", "1"]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)


def test_killed_at_any_moment_the_next_run_goes_on_with_the_bag_that_was_in_hand(archive: Path):
    whole = ran(archive)
    assert whole.returncode == 0, whole.stderr
    steps = int(whole.stdout.split()[-1])
    reached = set()
    for tenth in range(11):
        number = signal.SIGINT if tenth % 3 == 1 else signal.SIGKILL
        (archive / LOG_NAME).unlink(missing_ok=True)
        stopped = ran(archive, number=number, stop_at=max(1, steps * tenth // 10))
        assert stopped.returncode == (130 if number == signal.SIGINT else -number), stopped.stderr
        before = [line["bag"] for line in log(archive)] if (archive / LOG_NAME).exists() else []
        assert before == NAMES[: len(before)]
        assert names(audit(archive)) == NAMES[len(before) :]
        assert [line["bag"] for line in log(archive)] == NAMES
        reached.add(len(before))
    assert len(reached) >= 4


def test_killed_in_the_middle_of_a_line_it_loses_that_line_alone(archive: Path):
    assert ran(archive, half_of=3).returncode == -signal.SIGKILL
    content = (archive / LOG_NAME).read_bytes()
    assert content.count(b"\n") == 2
    assert not content.endswith(b"\n")
    assert names(audit(archive)) == ["c", "d", "e"]
    assert (archive / LOG_NAME).read_bytes().startswith(content + b"\n")


def test_no_bag_is_changed_and_nothing_but_the_log_is_written(archive: Path):
    def state() -> list[tuple]:
        found = sorted(archive.rglob("*"))
        return [(path, path.stat().st_ino, path.stat().st_mtime_ns) for path in found if path.name != LOG_NAME]

    before = state()
    audit(archive)
    assert state() == before
