"""Names of zip members: in the encoding that their program wrote, whether it says so or not."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from solander.files.zip_tree import ZipTree

UNIX, MAC, DOS = 3, 19, 0
LETTER = "bag/data/été à l'île.txt"


class Written(zipfile.ZipInfo):
    """A member whose name stands in the file as given bytes, without the flag of UTF-8."""

    encoding = "utf-8"

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802 - the library's own name
        return self.filename.encode(self.encoding), self.flag_bits & ~0x800


def names(path: Path, name: str, made_by: int, encoding: str) -> list[str]:
    member = Written(name)
    member.create_system, member.encoding = made_by, encoding
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(member, b"words")
    return [entry.path for entry in ZipTree(path).entries() if entry.kind == "file"]


@pytest.mark.parametrize("made_by", [UNIX, MAC])
def test_names_of_unix_and_the_mac_are_utf_8_though_no_flag_says_so(tmp_path: Path, made_by: int) -> None:
    assert names(tmp_path / "bag.zip", LETTER, made_by, "utf-8") == [LETTER.partition("/")[2]]


@pytest.mark.parametrize(("made_by", "encoding"), [(DOS, "cp437"), (UNIX, "cp437")])
def test_what_is_no_utf_8_is_the_old_code_page(tmp_path: Path, made_by: int, encoding: str) -> None:
    assert names(tmp_path / "bag.zip", LETTER, made_by, encoding) == [LETTER.partition("/")[2]]


def test_what_dos_made_is_the_old_code_page_whatever_its_bytes_may_be_else(tmp_path: Path) -> None:
    assert names(tmp_path / "bag.zip", "bag/é.txt", DOS, "utf-8") == ["├⌐.txt"]
