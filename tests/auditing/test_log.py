"""What was checked is written down, a line a bag; what is no log is left alone, and a line that was cut passed over."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from datetime import timedelta
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.auditing.audits import AT, DAY, audit, bag, codes, harm, log, names

import solander
from solander.encoding.audit_line import format_audited, is_torn, parse_audited
from solander.errors import ArchiveError, NotABag, SourceMissing, UsageError
from solander.model.audit import LOG_NAME, OUTCOMES, Audited
from solander.model.provenance import Agent
from solander.pipeline import open_audit
from solander.pipeline.archives import auditing
from solander.profiles import SCHEMAS


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
