"""Tag files: what is written is read again, whatever it says; what cannot be read is told with its line."""

from __future__ import annotations

import hashlib
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solander.model.bag import BagFault, BagInfo, InfoField
from solander.packing import tag_files
from solander.packing.lines import Lines
from solander.packing.paths import escape, unescape
from solander.packing.tag_files import (
    BAGIT_TXT,
    FAULT_LIMIT,
    format_bag_info,
    format_manifest,
    lines_of,
    parse_bag_info,
    parse_bagit_txt,
    parse_fetch,
    parse_manifest,
)

PART = st.text(st.characters(codec="utf-8", exclude_characters="/\0"), min_size=1, max_size=12).filter(
    lambda part: part not in (".", "..") and ".." not in part.split("\\")
)
PAYLOAD_PATHS = st.lists(PART, min_size=1, max_size=4).map(lambda parts: "data/" + "/".join(parts))
DIGESTS = st.binary(max_size=8).map(lambda content: hashlib.sha512(content).hexdigest())
VALUES = st.text(st.characters(codec="utf-8", exclude_characters="\r\n\0"), max_size=40).map(
    lambda text: text.strip(" \t")
)
LABELS = st.text(st.characters(codec="utf-8", exclude_characters="\r\n\0:"), max_size=20).map(str.strip).filter(bool)


def kinds(faults: list[BagFault]) -> list[tuple[str, int | None]]:
    return [(fault.kind, fault.line) for fault in faults]


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


@given(st.text(max_size=300))
def test_no_text_is_too_odd_to_be_read_as_metadata_or_to_fetch(text: str) -> None:
    info, faults = parse_bag_info(text)
    lines = list(lines_of(text))
    # A line says one thing and has one fault of form, or is none; that it has a NUL is told besides.
    assert len(info.fields) + len(faults) <= 2 * len(lines) + sum("\0" in line for line in lines)
    parse_fetch(text)


@given(st.binary(max_size=200))
def test_no_bytes_are_too_odd_to_be_read_as_a_declaration(content: bytes) -> None:
    declaration, faults = parse_bagit_txt(content)
    assert faults or declaration.version is not None


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


def test_a_line_on_which_nothing_stands_is_told_in_lists_and_in_no_metadata() -> None:
    assert kinds(parse_manifest("\n \t\n", "manifest-md5.txt")[1]) == [("blank-line", 1), ("blank-line", 2)]
    assert kinds(parse_fetch("\n")[1]) == [("blank-line", 1)]
    assert parse_bag_info("A: 1\n\nB: 2\n")[1] == []


def test_a_nul_is_told_wherever_it_stands() -> None:
    digest = "0" * 32
    assert kinds(parse_manifest(f"{digest}  data/a\0b\n", "manifest-md5.txt")[1]) == [("nul-in-tag-file", 1)]
    assert kinds(parse_bag_info("A: 1\nB: \0\n")[1]) == [("nul-in-tag-file", 2)]
    assert kinds(parse_fetch("https://a.example/ - data/a\0\n")[1]) == [("nul-in-tag-file", 1)]


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
            patched.setattr(tag_files, "_ordinary", lambda digits, is_tag_manifest: _nothing_ordinary)
            long = parse_manifest(text, manifest, version=version)
        assert (list(short[0].entries), short[1]) == (list(long[0].entries), long[1])
        assert len(short[0].entries) > 10


@pytest.mark.parametrize("labels", [1, 200_000])
def test_any_number_of_labels_is_read(labels: int) -> None:
    info, faults = parse_bag_info("".join(f"Label-{number}: {number}\n" for number in range(labels)))
    assert (len(info.fields), faults) == (labels, [])


def test_a_value_folded_any_number_of_times_is_one_value() -> None:
    info, faults = parse_bag_info("Long: 0\n" + " more\n" * 400_000)
    assert (info.pairs, faults) == ((("Long", "0" + " more" * 400_000),), [])


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


@given(st.lists(st.tuples(LABELS, VALUES), max_size=6))
def test_labels_and_values_come_back_in_order_with_their_repeats(pairs: list[tuple[str, str]]) -> None:
    info = BagInfo(fields=tuple(InfoField(label, value) for label, value in pairs))
    read, faults = parse_bag_info(format_bag_info(info).decode())
    assert read.pairs == tuple(pairs)
    assert faults == []


def test_folded_lines_are_joined_and_lines_counted() -> None:
    text = "Contact-Name: A.\n\tKeeper\n  of books\ncontact-name: B\r\nEmpty:\nno colon\n: no label\n"
    info, faults = parse_bag_info(text)
    assert info.fields == (
        InfoField("Contact-Name", "A. Keeper of books", 1),
        InfoField("contact-name", "B", 4),
        InfoField("Empty", "", 5),
    )
    assert info.values("CONTACT-NAME") == ("A. Keeper of books", "B")
    assert kinds(faults) == [("bag-info-line-malformed", 6), ("bag-info-line-malformed", 7)]


def test_white_space_about_a_colon_is_told_since_1_0() -> None:
    text = "A: 1\nB:2\nC : 3\nD:   4\n"
    info, faults = parse_bag_info(text)
    assert info.pairs == (("A", "1"), ("B", "2"), ("C", "3"), ("D", "4"))
    assert kinds(faults) == [("bag-info-separator", 2), ("bag-info-separator", 3)]
    assert parse_bag_info(text, version=(0, 97))[1] == []


@pytest.mark.parametrize(
    "pair", [("", "x"), ("a:b", "x"), ("a\n", "x"), ("a", "x\ny"), ("a", " x"), (" a", "x"), ("a", "\0"), ("\0", "x")]
)
def test_what_bag_info_cannot_hold_is_refused(pair: tuple[str, str]) -> None:
    with pytest.raises(ValueError, match="cannot hold"):
        format_bag_info(BagInfo(fields=(InfoField(*pair),)))


def test_a_value_made_for_bag_info_is_one_harmless_line() -> None:
    info = BagInfo.of([("Title", "Two\nlines\u2028and\x85more\x1b[31m \x00"), ("None", None), ("Blank", "\n ")])
    assert info.pairs == (("Title", "Two lines and more[31m"),)


def test_our_declaration_is_read_as_1_0() -> None:
    declaration, faults = parse_bagit_txt(BAGIT_TXT)
    assert (declaration.version, declaration.encoding, faults) == ((1, 0), "UTF-8", [])


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xef\xbb\xbfBagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
        b"BagIt-Version: 1.0\n",
        b"Tag-File-Character-Encoding: UTF-8\n",
        b"Tag-File-Character-Encoding: UTF-8\nBagIt-Version: 1.0\n",
        b"BagIt-Version : 1.0\nTag-File-Character-Encoding: UTF-8\n",
        b"BagIt-Version:  1.0\nTag-File-Character-Encoding: UTF-8\n",
        b"BagIt-Version: 1.0 \nTag-File-Character-Encoding: UTF-8\n",
        b"BagIt-Version: .97\nTag-File-Character-Encoding: UTF-8\n",
        b"BagIt-Version: 0.9_7\nTag-File-Character-Encoding: UTF-8\n",
        "BagIt-Version: ١.٠\nTag-File-Character-Encoding: UTF-8\n".encode(),
        b"BagIt-Version: 1.0\nBagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
        b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\nMore: x\n",
        b"BagIt-Version: 1.0\n\nTag-File-Character-Encoding: UTF-8\n",
        b"BagIt-Version: 9.9\nTag-File-Character-Encoding: UTF-8\n",
        b"BagIt-Version: 01.0\nTag-File-Character-Encoding: UTF-8\n",
        b"BagIt-Version: 1.00\nTag-File-Character-Encoding: UTF-8\n",
        b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n\n",
        b"bagit-version: 1.0\ntag-file-character-encoding: UTF-8\n",
    ],
)
def test_a_declaration_that_is_not_as_the_standard_has_it_is_told(content: bytes) -> None:
    assert parse_bagit_txt(content)[1]


@pytest.mark.parametrize("version", ["0.93", "0.94", "0.95", "0.96", "0.97", "1.0"])
@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
def test_a_declaration_of_every_version_may_have_any_line_ends_and_nothing_else(version: str, end: str) -> None:
    for text in (
        f"BagIt-Version: {version}{end}Tag-File-Character-Encoding: UTF-16{end}",
        f"BagIt-Version: {version}{end}Tag-File-Character-Encoding: UTF-16",
    ):
        declaration, faults = parse_bagit_txt(text.encode())
        assert (declaration.encoding, faults) == ("UTF-16", [])
        assert declaration.version is not None
        assert "{}.{}".format(*declaration.version) == version
    for loose in (" : ", ":", ":  ", ":\t"):
        declaration, faults = parse_bagit_txt(text.replace(": ", loose).encode())
        # What it means is understood all the same: the rest of the bag is judged by it.
        assert (declaration.encoding, bool(faults)) == ("UTF-16", True)


def test_lines_to_fetch_are_read_and_judged() -> None:
    text = (
        "https://example.org/a%20b 12 data/a b\n"
        "https://example.org/c - data/c\n"
        "nonsense\n"
        "https://example.org/d - ../d\n"
        "https://example.org/e x data/e\n"
        "https://example.org/f - manifest-sha512.txt\n"
    )
    entries, faults = parse_fetch(text)
    assert [(one.path, one.size_bytes, one.line) for one in entries] == [("data/a b", 12, 1), ("data/c", None, 2)]
    assert kinds(faults) == [
        ("fetch-line-malformed", 3),
        ("path-outside-bag", 4),
        ("fetch-line-malformed", 5),
        ("path-in-wrong-list", 6),
    ]


def test_a_file_of_nothing_but_bad_lines_is_told_of_within_bounds() -> None:
    _, faults = parse_manifest("bad\n" * 5000, "manifest-md5.txt")
    assert len(faults) == FAULT_LIMIT + 1
    assert faults[-1].message == "and 4,000 more lines of this kind"
