"""The layout of a bag: complete, the same every time, and legible without a program."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import bagit
import pytest

from solander.checking.bags.every_rule import check_bag
from solander.files.folder import Folder
from solander.files.whole import write_folder
from solander.model.bag import BagInfo, InfoField
from solander.model.description import Description, Evidence, Statement
from solander.model.identifiers import PROFILE_IDENTIFIER
from solander.packing import lay_out, parse_bag
from solander.packing.layout import with_oxum

INFO = BagInfo.of(
    [
        ("BagIt-Profile-Identifier", PROFILE_IDENTIFIER),
        ("Bag-Version", "2"),
        ("Previous-Bag", "2024-a-page-01234567"),
        ("Web-Capture-URI", "https://example.org/a"),
    ]
)
SAID = Evidence("meta", "said")
DESCRIBED = Description(
    statements=(
        Statement("title", "A page", SAID),
        Statement("creator", "Ines Okafor", SAID),
        Statement("creator", "Ida Berg", SAID),
        Statement("date", "2024-03-01", SAID, refinement="issued"),
        Statement("rights", "CC BY 4.0", SAID),
    )
)
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
    text = files(description=DESCRIBED)["README.txt"].decode()
    assert "https://example.org/a" in text
    assert "metadata/dc.xml" in text
    assert "data/media" not in text
    assert "data/media" in files(payload=[*PAYLOAD, ("data/media/a.png", b"")])["README.txt"].decode()


def test_the_readme_tells_what_a_person_asks_first() -> None:
    text = files(description=DESCRIBED)["README.txt"].decode()
    for label, said in (
        ("Title", "A page"),
        ("Author", "Ines Okafor; Ida Berg"),
        ("Date", "2024-03-01"),
        ("Rights", "CC BY 4.0"),
        ("Version", "2, after the bag 2024-a-page-01234567"),
    ):
        assert re.search(rf"^  {label} +{re.escape(said)}$", text, re.MULTILINE), label
    # Of a page that says nothing, that is what is said.
    bare = files(info=BagInfo.of([("Bag-Version", "1")]))["README.txt"].decode()
    assert re.search(r"^  Title +none: the page does not say one$", bare, re.MULTILINE)
    assert re.search(r"^  Author +not known$", bare, re.MULTILINE)
    assert re.search(r"^  Version +1$", bare, re.MULTILINE)


def test_the_readme_explains_the_pointers_and_the_profile() -> None:
    text = files()["README.txt"].decode()
    assert "#xpath(" in text
    assert "#char=" in text
    assert PROFILE_IDENTIFIER in text
    assert "is no address" in text
    assert (
        "is no address" not in files(info=BagInfo.of([("BagIt-Profile-Identifier", "urn:x:1")]))["README.txt"].decode()
    )


@pytest.mark.parametrize(
    ("algorithms", "told"),
    [
        (("sha3_256", "sha512"), "sha512sum --check manifest-sha512.txt"),
        (("sha3_384",), "openssl dgst -sha3-384 data/tei/page.xml"),
        (("blake2b",), "b2sum --check manifest-blake2b512.txt"),
    ],
)
def test_the_command_that_the_readme_gives_is_a_real_one(algorithms: tuple[str, ...], told: str) -> None:
    text = files(algorithms=algorithms)["README.txt"].decode()
    assert f"    {told}\n" in text
    assert "a program for" not in text


@pytest.mark.parametrize("algorithm", ["sha3_256", "sha3_512", "blake2s"])
@pytest.mark.skipif(shutil.which("openssl") is None, reason="there is no openssl")
def test_a_checksum_that_is_compared_by_hand_is_the_one_in_the_list(tmp_path: Path, algorithm: str) -> None:
    bag = write_folder(tmp_path, "bag", files(algorithms=(algorithm,)).items())
    (command,) = [line.split() for line in (bag / "README.txt").read_text().splitlines() if "openssl dgst" in line]
    shown = subprocess.run(command, cwd=bag, capture_output=True, check=True, text=True).stdout.split()[-1]
    assert shown in next(bag.glob("manifest-*.txt")).read_text()


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
