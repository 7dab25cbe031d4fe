"""A folder read as a bag: whatever is wrong with it is a value, never an exception."""

from __future__ import annotations

import codecs
import encodings
import pkgutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from solander.errors import ArchiveError
from solander.model.bag import Bag
from solander.model.ports import Entry, Hashed, Wanted
from solander.packing import parse, parse_bag
from solander.packing.parse import NO_CHARSETS
from solander.packing.tag_files import BAGIT_TXT


class Held:
    """A tree held in memory."""

    name = "held"

    def __init__(self, files: Mapping[str, bytes], refused: tuple[str, ...] = (), chunk_bytes: int = 10**6) -> None:
        self.files, self.refused, self.chunk_bytes = files, refused, chunk_bytes

    def entries(self) -> Iterator[Entry]:
        for path, content in self.files.items():
            yield Entry(path, "file", len(content))
        if "." in self.refused:
            raise ArchiveError(Path("held/shut"), "no permission to read it")

    def chunks(self, path: str) -> Iterator[bytes]:
        content = self.read(path, 10**9)
        for start in range(0, len(content), self.chunk_bytes):
            yield content[start : start + self.chunk_bytes]

    def hashed(self, wanted: Sequence[Wanted]) -> Iterator[Hashed]:
        raise AssertionError("who reads what a bag says of itself reads no payload")

    def read(self, path: str, limit_bytes: int) -> bytes:
        if path in self.refused:
            raise ArchiveError(Path("held") / path, "no permission to read it")
        return self.files[path]


def read(refused: tuple[str, ...] = (), **files: bytes) -> Bag:
    named = {name.replace("_", "-") + ".txt": content for name, content in files.items()}
    return parse_bag(Held(named, refused))


def kinds(bag: Bag) -> list[tuple[str, str, int | None]]:
    return [(fault.kind, fault.path, fault.line) for fault in bag.faults]


def test_nothing_at_all_is_no_bag() -> None:
    bag = read()
    assert kinds(bag) == [("bagit-txt-missing", "bagit.txt", None)]
    assert (bag.version, bag.rules_version, bag.manifests, bag.info.fields) == (None, (1, 0), (), ())


def test_entries_and_manifests_are_in_order_whatever_the_folder_does() -> None:
    bag = read(tagmanifest_md5=b"", manifest_sha512=b"", bagit=BAGIT_TXT, manifest_md5=b"")
    assert [entry.path for entry in bag.entries] == sorted(entry.path for entry in bag.entries)
    assert [one.path for one in bag.manifests] == ["manifest-md5.txt", "manifest-sha512.txt"]
    assert [one.path for one in bag.tag_manifests] == ["tagmanifest-md5.txt"]


def test_metadata_before_0_96_stands_in_package_info() -> None:
    declaration = b"BagIt-Version: 0.95\nTag-File-Character-Encoding: UTF-8\n"
    bag = read(bagit=declaration, package_info=b"A: 1\n", bag_info=b"A: 2\n")
    assert (bag.info.pairs, bag.info_path) == ((("A", "1"),), "package-info.txt")


@pytest.mark.parametrize(
    "encoding",
    [
        "UTF-16",
        "ISO-8859-1",
        "Shift_JIS",
        "windows-1252",
        "UTF-32",
        "us-ascii",
        "UTF-7",
        "cp1006",
        "mac-cyrillic",
        "ISO_8859-1:1987",
        "HZ-GB-2312",
        "iso2022_jp_2",
    ],
)
def test_tag_files_are_read_in_the_encoding_that_the_bag_names(encoding: str) -> None:
    declaration = f"BagIt-Version: 1.0\nTag-File-Character-Encoding: {encoding}\n".encode()
    bag = read(bagit=declaration, bag_info="A: plain\nB: words\n".encode(encoding))
    assert bag.info.pairs == (("A", "plain"), ("B", "words"))
    assert bag.faults == ()


@pytest.mark.parametrize(
    "encoding",
    [
        "rot13",
        "zlib_codec",
        "idna",
        "unicode_escape",
        "raw_unicode_escape",
        "punycode",
        "undefined",
        "charmap",
        "mbcs",
        "oem",
        "base64",
        "hex",
        "x-none",
        "os",
    ],
)
def test_what_is_no_character_encoding_is_told(encoding: str) -> None:
    declaration = f"BagIt-Version: 1.0\nTag-File-Character-Encoding: {encoding}\n".encode()
    bag = read(bagit=declaration, bag_info=b"A: words\n")
    assert kinds(bag) == [("bagit-txt-malformed", "bagit.txt", None)]
    assert bag.info.pairs == (("A", "words"),)


def test_bytes_that_fit_no_character_are_told_with_their_line() -> None:
    bag = read(bagit=BAGIT_TXT, bag_info=b"A: 1\nB: Andr\xe9\n")
    assert kinds(bag) == [("tag-file-undecodable", "bag-info.txt", 2)]
    assert bag.info.pairs == (("A", "1"), ("B", "Andr\ufffd"))


@given(
    st.text(max_size=12),
    st.sampled_from(
        ["UTF-8", "UTF-16", "UTF-32-LE", "UTF-7", "Shift_JIS", "GB18030", "ISO-2022-JP", "HZ", "ISO-8859-1"]
    ),
    st.binary(max_size=3),
    st.integers(1, 9),
)
@example(words="", encoding="UTF-32-LE", odd=b"\x00\n", chunk=1)
def test_a_manifest_is_read_alike_in_pieces_of_any_size(words: str, encoding: str, odd: bytes, chunk: int) -> None:
    line = f"{'0' * 32}  data/{words}\n".encode(encoding, "replace")
    files = {
        "bagit.txt": f"BagIt-Version: 1.0\nTag-File-Character-Encoding: {encoding}\n".encode(),
        "manifest-md5.txt": line + odd + line,
    }
    whole, pieces = (parse_bag(Held(files, (), size)) for size in (10**6, chunk))
    assert whole.faults == pieces.faults
    assert [list(one.entries) for one in whole.manifests] == [list(one.entries) for one in pieces.manifests]


def test_a_manifest_beyond_its_bound_is_never_valid(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parse, "MANIFEST_LIMIT_BYTES", 100)
    lines = b"".join(b"%032x  data/%d\n" % (number, number) for number in range(9))
    bag = parse_bag(Held({"bagit.txt": BAGIT_TXT, "manifest-md5.txt": lines}, (), 40))
    assert ("file-unreadable", "manifest-md5.txt", None) in kinds(bag)


def test_what_cannot_be_read_is_told_and_the_rest_is_read() -> None:
    bag = read((".", "bagit.txt", "bag-info.txt"), bagit=BAGIT_TXT, bag_info=b"A: 1\n", manifest_md5=b"")
    assert [kind for kind, _, _ in kinds(bag)] == ["file-unreadable"] * 3
    assert len(bag.manifests) == 1


@given(
    st.dictionaries(st.sampled_from(["bagit", "bag_info", "manifest_md5", "tagmanifest_sha1", "fetch"]), st.binary())
)
def test_no_bytes_are_too_odd_for_a_tag_file(files: dict[str, bytes]) -> None:
    bag = read(**files)
    given = {name.replace("_", "-") + ".txt" for name in files}
    assert [one.path for one in bag.entries] == sorted(given)
    # What could be read is a manifest; what could not is told of, by its own name.
    assert all(one.path in given | {"bagit.txt"} for one in bag.faults)
    for path, manifests in (("manifest-md5.txt", bag.manifests), ("tagmanifest-sha1.txt", bag.tag_manifests)):
        assert [one.path for one in manifests] == [path] * (path in given)
        (content,) = [files[name] for name in files if f"{name.replace('_', '-')}.txt" == path] or [b""]
        assert not content.strip() or any(len(one.entries) for one in manifests) or path in {f.path for f in bag.faults}


def text_encodings() -> list[str]:
    """Every codec of the standard library that it calls one of text."""
    names = (one.name for one in pkgutil.iter_modules(encodings.__path__) if one.name not in ("aliases", "mbcs", "oem"))
    found = {codec.name for codec in map(codecs.lookup, names) if codec._is_text_encoding}
    return sorted(name for name in found if name.replace("_", "-") not in NO_CHARSETS)


@pytest.mark.parametrize("encoding", text_encodings())
def test_every_encoding_of_text_is_read(encoding: str) -> None:
    text = "A: plain\nB: words\n"
    bag = parse_bag(Held({"bagit.txt": declared(encoding), "bag-info.txt": text.encode(encoding)}))
    assert (bag.info.pairs, bag.faults) == ((("A", "plain"), ("B", "words")), ())


def declared(encoding: str) -> bytes:
    return f"BagIt-Version: 1.0\nTag-File-Character-Encoding: {encoding}\n".encode()


@given(st.sampled_from(text_encodings()), st.binary(max_size=60), st.booleans())
def test_no_bytes_are_too_odd_for_any_encoding(encoding: str, content: bytes, readable: bool) -> None:
    if readable:
        content += "A: plain\n".encode(encoding)
    bag = parse_bag(Held(dict.fromkeys(("bag-info.txt", "manifest-md5.txt", "fetch.txt"), content)
                         | {"bagit.txt": declared(encoding)}))  # fmt: skip
    assert all(fault.path != "bagit.txt" for fault in bag.faults)


@pytest.mark.parametrize("encoding", ["utf-16-be", "utf-32-be"])
def test_without_a_byte_order_mark_the_first_byte_is_the_greatest(encoding: str) -> None:
    bag = parse_bag(Held({"bagit.txt": declared(encoding[:6]), "bag-info.txt": "A: 1\n".encode(encoding)}))
    assert (bag.info.pairs, bag.faults) == ((("A", "1"),), ())
