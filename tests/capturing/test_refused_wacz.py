"""WACZ files of which nothing can be read: in one line, why, and what to do."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from tests.capturing.test_odd_records import run
from tests.false_crawls import record


def refusal(tmp_path: Path, name: str, content: bytes, flags: int = 0, method: int = 0) -> str:
    path = tmp_path / "crawl.wacz"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr(name, content)
    whole = bytearray(path.read_bytes())
    entry = whole.find(b"PK\x01\x02")
    whole[entry + 8] |= flags
    whole[entry + 10] = method
    path.write_bytes(whole)
    bags, (refused,) = run(path, tmp_path / "archive")
    assert bags == []
    assert "\n" not in refused
    return refused


@pytest.mark.parametrize(("flags", "method", "why"), [(1, 0, "it is encrypted"), (0, 99, "it is packed by method 99")])
def test_a_member_that_cannot_be_unpacked_is_told_in_words(tmp_path: Path, flags: int, method: int, why: str) -> None:
    said = refusal(tmp_path, "archive/data.warc", record(), flags, method)
    assert said.endswith(f"archive/data.warc: it cannot be read ({why}); write the file anew")


@pytest.mark.parametrize("name", ["good.wacz", "folder/archive/data.warc.gz", "archive/inner.wacz"])
def test_records_in_another_place_are_named(tmp_path: Path, name: str) -> None:
    assert refusal(tmp_path, name, record()).endswith(f"it holds {name}: unpack it, and name what is in it")


def test_a_file_without_records_gets_no_such_advice(tmp_path: Path) -> None:
    assert refusal(tmp_path, "pages/pages.jsonl", b"{}").endswith(
        "there is no file of records in it (archive/*.warc.gz)"
    )
