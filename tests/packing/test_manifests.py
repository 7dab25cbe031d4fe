"""Manifests: any path a bag may hold survives, and every line that is none is told."""

from __future__ import annotations

import hashlib
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.packing.told_faults import kinds

from solander.packing import tag_files
from solander.packing.lines import Lines
from solander.packing.paths import escape, unescape
from solander.packing.tag_files import (
    FAULT_LIMIT,
    format_manifest,
    lines_of,
    parse_manifest,
)

PART = st.text(st.characters(codec="utf-8", exclude_characters="/\0"), min_size=1, max_size=12).filter(
    lambda part: part not in (".", "..") and ".." not in part.split("\\")
)
PAYLOAD_PATHS = st.lists(PART, min_size=1, max_size=4).map(lambda parts: "data/" + "/".join(parts))
DIGESTS = st.binary(max_size=8).map(lambda content: hashlib.sha512(content).hexdigest())


@given(st.dictionaries(PAYLOAD_PATHS, DIGESTS, max_size=5))
def test_any_path_a_bag_may_hold_survives_a_manifest(digests: dict[str, str]) -> None:
    manifest, faults = parse_manifest(format_manifest(digests).decode(), "manifest-sha512.txt")
    assert manifest.digests() == digests
    assert faults == []
    assert [entry.line for entry in manifest.entries] == list(range(1, len(digests) + 1))


@given(st.text())
def test_escaping_is_undone_for_every_text(text: str) -> None:
    written = text.replace("%", "%25").replace("\n", "%0A").replace("\r", "%0D")
    assert unescape(written) == text


@given(st.text(max_size=300))
def test_no_text_is_too_odd_to_be_read_as_a_manifest(text: str) -> None:
    manifest, faults = parse_manifest(text, "tagmanifest-md5.txt")
    told: set[int | None] = {fault.line for fault in faults} | {entry.line for entry in manifest.entries}
    assert told >= {number for number, line in enumerate(lines_of(text), 1) if line}


@pytest.mark.parametrize(
    ("path", "written"),
    [
        ("data/100%.html", "data/100%25.html"),
        ("data/100%20.html", "data/100%2520.html"),
        ("data/a\nb\rc", "data/a%0Ab%0Dc"),
        ("data/a\r\nb", "data/a%0D%0Ab"),
        ("data/ends in a space ", "data/ends in a space "),
        ("data/北京\u2028.txt", "data/北京\u2028.txt"),
        ("data/back\\slash", "data/back\\slash"),
        ("data/~tilde", "data/~tilde"),
    ],
)
def test_only_three_characters_are_escaped(path: str, written: str) -> None:
    assert escape(path) == written
    assert unescape(written) == path


def test_before_1_0_a_percent_sign_stands_for_itself() -> None:
    assert unescape("data/100%25%0a", version=(0, 97)) == "data/100%25\n"


@pytest.mark.parametrize(
    "path",
    ["", " x", "\tx", "*x", "/x", "~x", "../x", "a/../x", "a\\..\\x", "C:x", "./x", "a//b", "a/", "a\0b", "\udcff"],
)
def test_a_path_that_no_manifest_can_hold_is_refused(path: str) -> None:
    with pytest.raises(ValueError):
        escape(path)


def test_a_manifest_is_sorted_and_has_two_spaces() -> None:
    assert format_manifest({"data/b": "22", "data/a": "11"}) == b"11  data/a\n22  data/b\n"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("between", [" ", "  ", "\t", " \t "])
def test_manifests_of_other_tools_are_read(end: str, between: str) -> None:
    digest = "0" * 32
    text = f"{digest}{between}data/a b{end}{digest.upper()}{between}./data//c{end}"
    manifest, faults = parse_manifest(text, "manifest-MD5.txt")
    assert manifest.digests() == {"data/a b": digest, "data/c": digest}
    assert kinds(faults) == [("path-not-normal", 2)]


def test_a_path_that_steps_back_within_the_bag_is_read_and_told() -> None:
    digest = "0" * 32
    text = f"{digest}  data/x/../a\n{digest}  data/../data/b\n{digest}  data/../../c\n{digest}  data/x/../../d\n"
    manifest, faults = parse_manifest(text, "manifest-md5.txt")
    assert [entry.path for entry in manifest.entries] == ["data/a", "data/b"]
    assert [kind for kind in kinds(faults) if kind[0] != "path-not-normal"] == [
        ("path-outside-bag", 3),
        ("path-in-wrong-list", 4),
    ]
    assert {line for kind, line in kinds(faults) if kind == "path-not-normal"} >= {1, 2}


@pytest.mark.parametrize("path", [".", "./", "data/..", "data/../", "x/./.."])
def test_the_bag_itself_is_no_file_of_a_manifest(path: str) -> None:
    manifest, faults = parse_manifest(f"{'0' * 32}  {path}\n", "tagmanifest-md5.txt")
    assert tuple(manifest.entries) == ()
    assert ("path-in-wrong-list", 1) in kinds(faults)


CUTS = st.lists(st.integers(0, 300), max_size=6)


@given(st.text(st.sampled_from("ab \r\n\u2028\x85\f"), max_size=60), CUTS)
def test_lines_that_come_in_pieces_are_the_lines_of_the_whole(text: str, cuts: list[int]) -> None:
    edges = [0, *sorted(min(cut, len(text)) for cut in cuts), len(text)]
    lines = Lines([text[start:end] for start, end in itertools.pairwise(edges)])
    assert [line for batch in lines.batches() for line in batch] == list(lines_of(text))
    assert lines.is_unfinished == (text != "" and text[-1] not in "\r\n")


def test_a_line_without_end_is_told_and_not_held() -> None:
    good = "0" * 64 + "  data/a\n"
    endless = itertools.chain([good, "x"], itertools.repeat("y" * 1_000_000, 64), [good, good])
    manifest, faults = parse_manifest(endless, "manifest-sha256.txt")
    assert [(one.path, one.line) for one in manifest.entries] == [("data/a", 1), ("data/a", 3)]
    assert kinds(faults) == [("manifest-line-malformed", 2)]
    assert "longer than 1,048,576 characters" in faults[0].message


def _nothing_ordinary(text: str) -> list[tuple[str, str]]:
    return [("", "")] * (text.count("\n") + 1)


@pytest.mark.parametrize("manifest", ["manifest-sha256.txt", "tagmanifest-sha256.txt"])
def test_a_plain_line_and_an_odd_one_are_read_alike(manifest: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # Plain lines take a short way; what they come to must be what the long way makes of them.
    names = ["data/a", "data/a b", "data/.hidden", "data/x/./y", "data/x//y", "data/x/", "data/x/..", "data/..x",
             "data/x/../y", "data/100%25", "data/100%", "data/a%0Ab", "data/back\\..\\x", "data/~", "data/C:",
             "data/ x", "data/\t", "data/北京", "data/\0", "data/\u2028", "data/x/.", "data", "*data/a", "./data/a",
             "bag-info.txt", "metadata/x.xml", "a//b", "a/./b", "a/", "/x", ".hidden", "a:b", "x\\..\\y", "a%0Ab",
             "C:x", "~x", "../x", "a/../x"]  # fmt: skip
    text = "".join(f"{digest}{between}{name}\n" for name in names for digest in ("0a" * 32, "0A" * 32, "0a" * 31, "z")
                   for between in ("  ", " ", "\t", "   "))  # fmt: skip
    for version in ((0, 97), (1, 0)):
        short = parse_manifest(text, manifest, version=version)
        with monkeypatch.context() as patched:
            patched.setattr(tag_files, "ordinary_lines", lambda digits, is_tag_manifest: _nothing_ordinary)
            long = parse_manifest(text, manifest, version=version)
        assert (list(short[0].entries), short[1]) == (list(long[0].entries), long[1])
        assert len(short[0].entries) > 10


def test_every_bad_line_of_a_manifest_is_told() -> None:
    good = "0" * 64
    text = f"nothing\n{good}  data/a\n{good[:-1]}  data/b\n{good}\n"
    text += f"{good}  /etc/passwd\n{good}  bag-info.txt\n{good} *data/c"
    manifest, faults = parse_manifest(text, "manifest-sha256.txt")
    assert [(entry.path, entry.line) for entry in manifest.entries] == [("data/a", 2), ("data/c", 7)]
    assert sorted(kinds(faults), key=lambda one: (one[1] or 0, one[0])) == [
        ("manifest-line-malformed", 1),
        ("manifest-line-malformed", 3),
        ("manifest-line-malformed", 4),
        ("path-outside-bag", 5),
        ("path-in-wrong-list", 6),
        ("last-line-unfinished", 7),
        ("md5sum-mark", 7),
    ]


@pytest.mark.parametrize(
    ("name", "algorithm"),
    [("sha512", "sha512"), ("SHA-256", "sha256"), ("sha3-256", "sha3_256"), ("sha3_512", "sha3_512"),
     ("blake2b512", "blake2b"), ("blake2b", "blake2b"), ("shake_128", None), ("crc32", None)],
)  # fmt: skip
def test_an_algorithm_is_known_by_its_letters_and_digits(name: str, algorithm: str | None) -> None:
    manifest, faults = parse_manifest("", f"manifest-{name}.txt")
    assert manifest.algorithm == algorithm
    assert bool(faults) == (algorithm is None)


def test_a_file_of_nothing_but_bad_lines_is_told_of_within_bounds() -> None:
    _, faults = parse_manifest("bad\n" * 5000, "manifest-md5.txt")
    assert len(faults) == FAULT_LIMIT + 1
    assert faults[-1].message == "and 4,000 more lines of this kind"
