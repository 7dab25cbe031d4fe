"""Any name that a file system takes survives being bagged, and bagit finds valid what it is right about."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
import unicodedata
from pathlib import Path

import bagit
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from tests.bagging.folders import contents

import solander
from solander.errors import PayloadRefused
from solander.pipeline import make_bag


def names() -> st.SearchStrategy[bytes]:
    """Whatever a file system takes for a name."""
    letters = st.text(st.characters(exclude_characters="/\0", exclude_categories=("Cs",)), min_size=1, max_size=40).map(
        lambda text: text.encode()[:255]
    )
    odd = st.sampled_from(
        [
            "%",
            "%0A",
            "100%25",
            "a%0ab",
            "\n",
            "a\r\nb",
            "a\nb\nc\nd",
            "* ",
            "*x",
            " x",
            "x ",
            "x\xa0",
            "\u2028",
            "a\u2028b",
            "\x85",
            "\ufeff",
            "~",
            "~root",
            "C:",
            "\\",
            "con",
            "é",
            "é",
            "\u202egnp.exe",
            "\x1b[31m",
            "-",
            "--into",
            "$(x)",
            "'",
            '"',
            ";",
            "\t",
            ". ",
            "...",
            ".hidden",
            "data",
            "bagit.txt",
            "manifest-md5.txt",
        ]
    ).map(str.encode)
    return (letters | odd).filter(lambda name: name not in (b"", b".", b".."))


def bagit_is_right_about(paths: list[str]) -> bool:
    """Whether bagit 1.9.0 can be asked about a payload with these paths.

    Its known faults: it reads no ``%25`` (LibraryOfCongress/bagit-python#157), and ``%0A`` no more than twice in a
    name; it breaks lines at U+2028 and its kin, and strips the white space at their ends; and of names that differ only
    in their normal form one hides the other.
    """
    breaks = "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
    return not any(
        "%" in path
        or "\n" in path
        or "\r" in path
        or any(one in path for one in breaks)
        or path != path.strip()
        or unicodedata.normalize("NFC", path) != path
        or "\ufeff" in path
        or not path.isprintable()
        for path in paths
    )


def refusals(source: Path, into: Path) -> set[str]:
    """Why no bag can be made of a source, if so; what was made is taken away."""
    try:
        shutil.rmtree(make_bag(source, into=into, bag_of_a_bag=True).path.parent)
    except PayloadRefused as refused:
        return {why.partition(":")[0] for _, why in refused.faults}
    return set()


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.lists(names(), max_size=2), names(), st.binary(max_size=20)), min_size=1, max_size=6))
@example([([], b"a%0Ab", b"1"), ([], b"a\nb\nc\nd", b"2"), ([], b"x ", b"3"), ([], "x\u00a0".encode(), b"4")])
@example([([], b"bagit.txt", b"no bag"), ([b"data"], b"x", b"")])
@example([([], b"100%25.txt", b"1"), ([b"*"], b" ", b"2"), ([], "\u2028".encode(), b""), ([], b"\\", b"")])
def test_any_name_that_a_file_system_takes_survives(files: list[tuple[list[bytes], bytes, bytes]]) -> None:
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        for folders, last, content in files:
            path = Path(os.fsdecode(b"/".join((os.fsencode(place / "source"), *folders, last))))
            with contextlib.suppress(OSError):
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
        (place / "source").mkdir(exist_ok=True)
        before = contents(place / "source")
        if refused := refusals(place / "source", place / "bags"):
            assert refused <= {"its name is not in UTF-8", "no manifest can hold its name"}
            assert not (place / "bags").exists()
            return
        made = make_bag(place / "source", into=place / "bags", bag_of_a_bag=True)
        report = solander.validate(made.path)
        assert not report.at_or_above("error"), report.findings
        out = solander.unbag(made.path, into=place / "out")
        assert out.path is not None
        assert contents(out.path) == before
        if bagit_is_right_about(list(before)) and before:
            assert bagit.Bag(str(made.path)).validate()


def test_what_bagit_makes_solander_finds_valid(source: Path, tmp_path: Path) -> None:
    (source / "1912" / "drafts" / "100%25.txt").unlink()
    shutil.copytree(source, tmp_path / "theirs")
    bagit.make_bag(str(tmp_path / "theirs"), checksums=["sha256"])
    assert solander.validate(tmp_path / "theirs").passed
    ours = make_bag(source, into=tmp_path / "bags", algorithms=["sha256"])
    manifests = [path / "manifest-sha256.txt" for path in (ours.path, tmp_path / "theirs")]
    assert len({tuple(sorted(path.read_text().splitlines())) for path in manifests}) == 1
    assert bagit.Bag(str(ours.path)).validate()
