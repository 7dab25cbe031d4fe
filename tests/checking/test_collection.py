"""A bag of many pages that was harmed, and its checksums written anew: each rule sees its harm, and no other does."""

import hashlib
import shutil
from pathlib import Path

import pytest
from tests.batch.made_crawls import page, write_crawl

import solander
from solander.model.item import tei_name
from solander.pipeline.shards.shard import ShardConfig, process_shard, shard_name

INDEX = "metadata/items.csv"


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sound")
    crawl = write_crawl(folder / "crawl.warc.gz", [page(1), page(2), page(1)])
    process_shard(crawl, folder / "archive", ShardConfig(at="2026-01-01T00:00:00Z"))
    return folder / "archive" / shard_name(crawl)


def edit(path: Path, old: bytes, new: bytes, times: int = 1) -> None:
    content = path.read_bytes()
    assert old in content
    path.write_bytes(content.replace(old, new, times))


def edit_both(bag, old, new, old_record, new_record):
    edit(bag / INDEX, old, new)
    edit(bag / "metadata/items/0000.xml", old_record, new_record)


def unmade(bag):
    """As it would be, had the second page not been readable."""
    (bag / tei_name(2)).unlink()
    content = (bag / INDEX).read_bytes().decode().split("\r\n")
    fields = content[2].split(",")
    fields[4:] = ["", "", "", "", "", "", "", "0", "", "", "", "", "it could not be read"]
    content[2] = ",".join(fields)
    (bag / INDEX).write_bytes("\r\n".join(content).encode())
    edit(bag / "bag-info.txt", b"Web-Capture-Pages: 3", b"Web-Capture-Pages: 2")


HARM = {
    "COL001": unmade,
    "COL002": lambda bag: edit(bag / INDEX, b",,\r\n", b",,,,\r\n"),
    "COL003": lambda bag: edit_both(bag, b"\r\n2,", b"\r\n7,", b'n="2"', b'n="7"'),
    "COL004": lambda bag: (bag / tei_name(2)).unlink(),
    "COL005": lambda bag: shutil.copy(bag / tei_name(2), bag / tei_name(4)),
    "COL006": lambda bag: edit(bag / INDEX, b"urn:uuid:00000000-0000-4000-8000-000000000002", b"urn:uuid:of-nobody"),
    "COL007": lambda bag: edit(bag / INDEX, *digest_of_second(bag)),
    "COL008": lambda bag: edit(bag / INDEX, b",1,,,\r\n", b",,,,\r\n"),
    "COL009": lambda bag: edit(bag / "metadata/items/0000.xml", b"Ledger 2", b"Ledger 3"),
    "COL010": lambda bag: edit(bag / "bag-info.txt", b"Web-Capture-Pages: 3", b"Web-Capture-Pages: 4"),
}


def sum_up_again(bag):
    """New manifests, as whoever hides a harm would write them."""
    names = sorted(str(path.relative_to(bag)) for path in bag.rglob("*") if path.is_file())
    sizes = [(bag / name).stat().st_size for name in names if name.startswith("data/")]
    info = (bag / "bag-info.txt").read_text("utf-8").partition("Payload-Oxum")[0]
    (bag / "bag-info.txt").write_text(f"{info}Payload-Oxum: {sum(sizes)}.{len(sizes)}\n", "utf-8")

    def lines(chosen):
        return "".join(f"{hashlib.sha512((bag / name).read_bytes()).hexdigest()}  {name}\n" for name in chosen)

    (bag / "manifest-sha512.txt").write_text(lines(name for name in names if name.startswith("data/")))
    tags = [name for name in names if not name.startswith(("data/", "tagmanifest"))]
    (bag / "tagmanifest-sha512.txt").write_text(lines(tags))


def digest_of_second(bag):
    digest = (bag / INDEX).read_bytes().split(b"\r\n")[2].split(b",")[5]
    return digest, digest[::-1]


def test_a_sound_bag_has_no_finding(sound):
    assert {one.severity for one in solander.validate(sound).findings} <= {"info"}


@pytest.mark.parametrize("code", HARM)
def test_each_harm_is_seen_by_its_rule_alone(sound, tmp_path, code):
    bag = tmp_path / sound.name
    shutil.copytree(sound, bag)
    HARM[code](bag)
    sum_up_again(bag)
    found = {one.code for one in solander.validate(bag).at_or_above("warning")}
    # What else a bag says of the file that was altered is said by the rules of provenance.
    assert found - {"PRM008", "PRM015", "PRM022"} == {code}
