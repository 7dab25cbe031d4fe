"""A WACZ file of several files of records: each is read, whatever the others are, or told."""

from __future__ import annotations

import gzip
import json
import zipfile
from pathlib import Path

import pytest
from tests.capturing.crawls import AT, HOST
from tests.false_crawls import message, record

from solander.capturing.libraries import zstd
from solander.errors import SolanderError
from solander.pipeline.requests import Request
from solander.pipeline.sources.captures import find_captures

PAGE = "<!DOCTYPE html><meta charset=utf-8><title>Tide {0}</title><p>The tide of day {0} was {0} feet high at the mole."


def page(number: int) -> bytes:
    return record(message(PAGE.format(number).encode()), number=number, WARC_Target_URI=f"{HOST}/{number}")


def packed(*records: bytes) -> bytes:
    return b"".join(gzip.compress(one, mtime=0) for one in records)


def with_dictionary(seed: int, *records: bytes) -> bytes:
    learnt = zstd().train_dict([PAGE.format(number * seed).encode() for number in range(300)], 2_000)
    frames = b"".join(zstd().compress(one, zstd_dict=learnt) for one in records)
    return b"\x5d\x2a\x4d\x18" + len(learnt.dict_content).to_bytes(4, "little") + learnt.dict_content + frames


def found(tmp_path: Path, members: dict[str, bytes], *pages: str) -> tuple[list[str], list[str]]:
    """The addresses of the pages in a file of these members, and what was told."""
    path = tmp_path / "crawl.wacz"
    with zipfile.ZipFile(path, "w") as file:
        for name, content in members.items():
            file.writestr(name, content)
        lines = [json.dumps({"format": "json-pages-1.0"}), *(json.dumps({"url": one}) for one in pages)]
        file.writestr("pages/pages.jsonl", "\n".join(lines))
    captures = [one.capture for one in find_captures(path, Request.of(at=AT))]
    told = [str(one).removeprefix(f"{path}: ") for one in captures if isinstance(one, SolanderError)]
    return [one.uri for one in captures if not isinstance(one, SolanderError)], told


BOTH = [f"{HOST}/1", f"{HOST}/2"]


@pytest.mark.parametrize(
    "members",
    [
        {"archive/a.warc": page(1), "archive/b.warc.gz": packed(page(2))},
        {"archive/a.warc.gz": packed(page(1)), "archive/part/b.warc.gz": packed(page(2))},
        {"archive/a.warc.zst": with_dictionary(1, page(1)), "archive/b.warc.zst": with_dictionary(7, page(2))},
        {"archive/a.warc": page(1)[:-4], "archive/b.warc": page(2)},
    ],
)
def test_all_of_its_files_are_read(tmp_path: Path, members: dict[str, bytes]) -> None:
    assert found(tmp_path, members) == (BOTH, [])


@pytest.mark.parametrize("harm", [page(3)[:-60], packed(page(3))[:-40]])
def test_what_is_cut_off_in_one_file_costs_nothing_of_the_next(tmp_path: Path, harm: bytes) -> None:
    for begin, end in ((page(1), page(2)), (packed(page(1)), packed(page(2))), (packed(page(1)), page(2))):
        members = {"archive/a.warc": begin + harm, "archive/b.warc": end}
        if (begin[:1] == b"W") is (harm[:1] == b"W"):
            uris, told = found(tmp_path, members)
            assert (uris, len(told)) == (BOTH, 1)


@pytest.mark.parametrize("name", ["b.warc.gz", "archive/b.arc", "indexes/b.warc", "b.wacz"])
def test_records_that_stand_elsewhere_are_told_and_the_others_are_read(tmp_path: Path, name: str) -> None:
    uris, told = found(tmp_path, {"archive/a.warc": page(1), name: page(2)})
    assert uris == BOTH[:1]
    assert told == [
        f"{name}: it is no WARC file in archive/, and nothing of it was packed; unpack it, and name it by itself"
    ]


def test_pages_are_found_however_their_list_writes_them(tmp_path: Path) -> None:
    records = record(number=1, WARC_Target_URI=f"{HOST}/") + record(number=2, WARC_Target_URI=f"{HOST}/%C3%A4")
    listed = ("https://harbour.example", "HTTPS://Harbour.example/ä#quay")
    assert found(tmp_path, {"archive/a.warc": records}, *listed) == ([f"{HOST}/", f"{HOST}/%C3%A4"], [])
