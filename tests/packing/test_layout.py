"""The layout of a bag: complete, the same every time, and legible without a program."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import bagit
import pytest

from solander.checking.bag import check_bag
from solander.files import Folder
from solander.model.bag import BagInfo, InfoField
from solander.packing import lay_out, parse_bag
from solander.packing.layout import with_oxum
from solander.whole import write_folder

INFO = BagInfo.of([("External-Description", "A page"), ("Web-Capture-URI", "https://example.org/a")])
PAYLOAD = [("data/tei/page.xml", b"<TEI/>"), ("data/original/page.html", b"<p>Words")]
TAGS = [("metadata/premis.xml", b"<premis/>"), ("metadata/dc.xml", b"<dc/>")]


def files(**changes: object) -> dict[str, bytes]:
    return dict(lay_out(**{"info": INFO, "payload": PAYLOAD, "tag_files": TAGS, **changes}))  # type: ignore[arg-type]


def test_a_bag_has_every_file_that_makes_it_one() -> None:
    assert list(files()) == [
        "README.txt",
        "bag-info.txt",
        "bagit.txt",
        "data/original/page.html",
        "data/tei/page.xml",
        "manifest-sha512.txt",
        "metadata/dc.xml",
        "metadata/premis.xml",
        "tagmanifest-sha512.txt",
    ]


def test_the_order_in_which_files_are_given_does_not_matter() -> None:
    assert files() == files(payload=PAYLOAD[::-1], tag_files=TAGS[::-1])


def test_the_size_of_the_payload_is_reckoned_and_never_believed() -> None:
    assert files()["bag-info.txt"].endswith(b"Payload-Oxum: 14.2\n")
    info = BagInfo.of([("A", "1"), ("payload-oxum", "9.9"), ("B", "2"), ("Payload-Oxum", "8.8")])
    assert with_oxum(info, [3, 4]).pairs == (("A", "1"), ("Payload-Oxum", "7.2"), ("B", "2"))


@pytest.mark.parametrize("algorithms", [("sha512",), ("sha512", "md5"), ("sha256", "sha384", "sha3_256", "blake2b")])
def test_what_is_laid_out_is_a_valid_bag(tmp_path: Path, algorithms: tuple[str, ...]) -> None:
    tree = Folder(write_folder(tmp_path, "bag", files(algorithms=algorithms).items()))
    bag = parse_bag(tree)
    assert check_bag(bag, tree) == []
    assert {one.algorithm for one in bag.manifests} == {one.algorithm for one in bag.tag_manifests} == set(algorithms)


def test_the_second_opinion_finds_it_valid(tmp_path: Path) -> None:
    bag = bagit.Bag(str(write_folder(tmp_path, "bag", files(algorithms=("sha512", "md5")).items())))
    assert bag.validate()
    assert bag.version_info == (1, 0)
    assert bag.info["Payload-Oxum"] == "14.2"


@pytest.mark.skipif(shutil.which("sha512sum") is None, reason="there is no sha512sum")
def test_what_the_readme_says_works(tmp_path: Path) -> None:
    bag = write_folder(tmp_path, "bag", files().items())
    told = [line.split() for line in (bag / "README.txt").read_text().splitlines() if "--check" in line]
    assert len(told) == 2
    for command in told:
        assert subprocess.run(command, cwd=bag, capture_output=True, check=True).stdout.count(b": OK\n") >= 2


def test_the_readme_tells_what_is_there_and_nothing_else() -> None:
    text = files()["README.txt"].decode()
    assert "A page" in text
    assert "https://example.org/a" in text
    assert "metadata/dc.xml" in text
    assert "data/media" not in text
    assert "data/media" in files(payload=[*PAYLOAD, ("data/media/a.png", b"")])["README.txt"].decode()


@pytest.mark.parametrize(
    "changes",
    [
        {"payload": [("page.html", b"")]},
        {"payload": [("data/../page.html", b"")]},
        {"payload": [("data/\udcff", b"")]},
        {"payload": [("data/a", b""), ("data/a", b"")]},
        {"tag_files": [("data/a", b"")]},
        {"tag_files": [("bagit.txt", b"")]},
        {"tag_files": [("manifest-md5.txt", b"")]},
        {"tag_files": [("README.txt", b"")]},
        {"algorithms": ()},
        {"algorithms": ("crc32",)},
        {"info": BagInfo(fields=(InfoField("A", "two\nlines"),))},
    ],
)
def test_what_is_no_bag_is_a_mistake_of_the_caller(changes: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        files(**changes)
