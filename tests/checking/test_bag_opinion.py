"""The second opinion: where bagit and we disagree, both verdicts are named; what would harm it is not handed to it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import solander
from solander.checking.bags.opinion import RULES, Verdicts, check_opinion
from solander.files.folder import Folder
from solander.files.serialising import write_serialised
from solander.files.whole import write_folder
from solander.model.bag import Bag, BagInfo
from solander.model.finding import Report
from solander.model.opinion import INVALID, VALID, Opinion
from solander.packing import lay_out, parse_bag


def bag_of(folder: Path, *paths: str, algorithms: tuple[str, ...] = ("sha256",)) -> Path:
    payload = [(path, path.encode()) for path in paths]
    return write_folder(folder, "bag", lay_out(info=BagInfo(), payload=payload, algorithms=algorithms))


def opinions(report: Report) -> list[str]:
    return [one.code for one in report.findings if one.code in {check.rule.code for check in RULES}]


def state(folder: Path) -> dict[str, tuple[int, ...]]:
    found = {}
    for path in (folder, *folder.rglob("*")):
        status = path.lstat()
        found[str(path)] = (status.st_mode, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
    return found


def test_where_both_agree_nothing_is_found_and_the_report_names_bagit(tmp_path: Path) -> None:
    bag = bag_of(tmp_path, "data/a", "data/ü/b c.txt")
    before = state(bag)
    report = solander.validate(bag, second_opinion=True)
    assert (report.passed, report.findings) == (True, ())
    assert {"BAG092", "BAG093"} <= set(report.rules)
    (judge,) = report.schemas
    assert (judge.name, judge.engine) == ("bagit", f"bagit {judge.version}")
    assert len(judge.sha256) == 64
    assert dict(report.counts)["second-opinions"] == 1
    assert state(bag) == before


def test_nobody_is_asked_unless_a_second_opinion_is_wanted(tmp_path: Path) -> None:
    report = solander.validate(bag_of(tmp_path, "data/100%"))
    assert not report.findings
    assert not report.schemas
    assert not {"BAG092", "BAG093"} & set(report.rules)


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        (
            "data/100%.txt",
            "(bagit-python#157); the file is data/100%.txt: rename it, and make the bag anew",
        ),
        ("data/a%0Ab", "bagit-python#157"),
        ("data/a\nb\nc\nd", "no more than twice"),
        ("data/x ", "strips white space"),
        ("data/x\u00a0", "strips white space"),
        ("data/a\u2028b", "U+2028"),
    ],
)
def test_a_bag_that_bagit_alone_refuses_trips_bag092_and_the_fault_is_named(
    tmp_path: Path, name: str, fault: str
) -> None:
    bag = bag_of(tmp_path, name)
    assert solander.validate(bag).passed
    report = solander.validate(bag, second_opinion=True)
    assert opinions(report) == ["BAG092"]
    (found,) = report.at_or_above("error")
    assert (found.place.path, found.expected) == (str(bag), "valid")
    assert found.found is not None
    assert found.found.startswith("invalid: ")
    assert found.found.isprintable()
    assert found.message.startswith("bagit 1.")
    assert fault in found.message
    assert found.message.isprintable()


def test_faults_that_no_name_of_a_file_shows_are_named_too(tmp_path: Path) -> None:
    linked = bag_of(tmp_path, "data/a")
    (linked / "data" / "link").symlink_to("a")
    (tmp_path / "other").mkdir()
    odd = bag_of(tmp_path / "other", "data/a", algorithms=("sha3_256",))
    for bag, fault in ((linked, "takes links for files"), (odd, "by hashlib's names")):
        report = solander.validate(bag, second_opinion=True)
        assert opinions(report) == ["BAG092"]
        assert fault in next(one.message for one in report.findings if one.code == "BAG092")


def lacking_manifest(folder: Path) -> Path:
    """A bag of 1.0 whose second manifest lists nothing; no tag manifest, so that nothing else is wrong."""
    bag = bag_of(folder, "data/a", algorithms=("sha512", "sha256"))
    for path in bag.glob("tagmanifest-*"):
        path.unlink()
    (bag / "manifest-sha256.txt").write_bytes(b"")
    return bag


def test_a_bag_that_bagit_alone_passes_trips_bag093_beside_our_error(tmp_path: Path) -> None:
    report = solander.validate(lacking_manifest(tmp_path), second_opinion=True)
    assert opinions(report) == ["BAG093"]
    assert {one.code for one in report.at_or_above("error")} == {"BAG020"}
    (found,) = (one for one in report.findings if one.code == "BAG093")
    assert (found.severity, found.expected, found.found) == ("warning", "invalid: BAG020", "valid")
    assert "does not ask that every manifest lists every payload file" in found.message


def test_where_both_refuse_nothing_is_added(tmp_path: Path) -> None:
    bag = bag_of(tmp_path, "data/a")
    (bag / "data" / "a").write_bytes(b"b")
    report = solander.validate(bag, second_opinion=True)
    assert not opinions(report)
    assert dict(report.counts)["second-opinions"] == 1


@pytest.mark.parametrize("harm", ["link", "pipe", "outside"])
def test_what_bagit_would_hang_on_or_follow_is_not_handed_to_it(
    tmp_path: Path, harm: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    bag = bag_of(tmp_path, "data/a")
    if harm == "link":
        (bag / "data" / "link").symlink_to("/etc/passwd")
    elif harm == "pipe":
        (bag / "data" / "a").unlink()
        os.mkfifo(bag / "data" / "a")
    else:
        with (bag / "manifest-sha256.txt").open("a") as manifest:
            manifest.write(f"{'0' * 64}  ../bag-evil/secret\n")

    def refuse(*_: object, **__: object) -> Opinion:
        raise AssertionError("bagit was asked")

    monkeypatch.setattr("solander.pipeline.bags.second_opinion.ask_bagit", refuse)
    report = solander.validate(bag, second_opinion=True)
    assert report.at_or_above("error")
    assert not opinions(report)
    assert dict(report.counts)["second-opinions-lacking"] == 1
    assert not report.unchecked


def test_a_bag_that_passes_here_and_stops_bagit_with_a_traceback_is_unchecked(tmp_path: Path) -> None:
    bag = bag_of(tmp_path, "data/a")
    # A blank line of fetch.txt is a warning here; bagit-python 1.9.0 unpacks it into three values.
    (bag / "fetch.txt").write_bytes(b"\n")
    assert solander.validate(bag).passed
    report = solander.validate(bag, second_opinion=True)
    assert not report.passed
    assert not opinions(report)
    (line,) = report.unchecked
    assert line.startswith(f"{bag}: second opinion: bagit came to no verdict: it stopped with ValueError")


def test_a_bag_in_an_archive_file_is_not_asked_about_and_that_is_said(tmp_path: Path) -> None:
    bag = bag_of(tmp_path, "data/a")
    file = write_serialised(tmp_path / "bag.zip", Folder(bag), "bag", "zip")
    assert solander.validate(file).passed
    report = solander.validate(file, second_opinion=True)
    assert not report.passed
    assert not report.findings
    (line,) = report.unchecked
    assert "bagit was not asked" in line


@pytest.mark.parametrize("mode", ["fast", "completeness"])
def test_a_second_opinion_is_one_on_the_whole_bag(tmp_path: Path, mode: str) -> None:
    with pytest.raises(ValueError, match="whole bag"):
        solander.validate(bag_of(tmp_path, "data/a"), mode=mode, second_opinion=True)


@pytest.mark.parametrize("own", [(), ("BAG003",)])
@pytest.mark.parametrize("verdict", [VALID, INVALID, None])
def test_a_finding_is_made_where_and_only_where_two_verdicts_differ(own: tuple[str, ...], verdict: str | None) -> None:
    second = Opinion("bagit", "1.9.0", "0" * 64, verdict, "as it says")
    found = check_opinion(Verdicts(Bag(name="bag"), own, second))
    expected = {((), INVALID): ["BAG092"], (("BAG003",), VALID): ["BAG093"]}
    assert [one.code for one in found] == expected.get((own, verdict or ""), [])


def test_a_bag_without_odd_names_that_bagit_refuses_is_no_known_fault(tmp_path: Path) -> None:
    bag = parse_bag(Folder(bag_of(tmp_path, "data/plain")))
    (found,) = check_opinion(Verdicts(bag, (), Opinion("bagit", "1.9.0", "0" * 64, INVALID, "for \x1b[31m")))
    assert "known fault" not in found.message
    assert found.found == "invalid: for \\x1b[31m"
