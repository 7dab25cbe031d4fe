"""Bags that other programs made are named by the tag manifest that they have, whatever its algorithm."""

from __future__ import annotations

import hashlib
from pathlib import Path

import bagit
import pytest

import solander
from solander.errors import NotABag
from solander.pipeline import DepositRequest, deposit
from solander.pipeline.bag_digest import bag_digest


def digest_of(path: Path) -> str:
    return f"sha512:{hashlib.sha512(path.read_bytes()).hexdigest()}"


def made_elsewhere(folder: Path, *algorithms: str) -> Path:
    folder.mkdir(parents=True)
    (folder / "letter.txt").write_text("Dear all")
    bagit.make_bag(str(folder), checksums=list(algorithms))
    return folder


@pytest.mark.parametrize("algorithm", ["sha3_256", "sha3_512", "blake2b", "sha512", "md5"])
def test_a_bag_of_any_algorithm_that_is_read_can_be_deposited(tmp_path: Path, algorithm: str) -> None:
    bag = made_elsewhere(tmp_path / "bags" / "letters", algorithm)
    assert solander.validate(bag).passed
    assert bag_digest(bag) == digest_of(bag / f"tagmanifest-{algorithm}.txt")
    done = deposit(bag, DepositRequest(to=f"dir:{tmp_path / 'storage'}"))
    assert done.receipt.bag_digest == bag_digest(bag)


@pytest.mark.parametrize(
    ("there", "strongest"),
    [
        (("md5", "sha3_512"), "sha3_512"),
        (("sha1", "blake2s"), "blake2s"),
        (("sha3_512", "sha256"), "sha256"),
        (("md5", "sha1"), "sha1"),
    ],
)
def test_of_several_the_strongest_names_the_bag(tmp_path: Path, there: tuple[str, ...], strongest: str) -> None:
    bag = made_elsewhere(tmp_path / "letters", *there)
    assert bag_digest(bag) == digest_of(bag / f"tagmanifest-{strongest}.txt")


@pytest.mark.parametrize(
    "written", ["tagmanifest-SHA-256.txt", "tagmanifest-sha3512.txt", "tagmanifest-blake2b512.txt"]
)
def test_an_algorithm_is_known_however_it_is_written(tmp_path: Path, written: str) -> None:
    bag = made_elsewhere(tmp_path / "letters", "sha256")
    (bag / "tagmanifest-sha256.txt").rename(bag / written)
    assert bag_digest(bag) == digest_of(bag / written)


@pytest.mark.parametrize("written", ["tagmanifest-whirlpool.txt", "tagmanifest-.txt", "old-tagmanifest-md5.txt"])
def test_what_cannot_be_checked_binds_nothing(tmp_path: Path, written: str) -> None:
    bag = made_elsewhere(tmp_path / "letters", "sha256")
    (bag / "tagmanifest-sha256.txt").rename(bag / written)
    with pytest.raises(NotABag, match="nothing binds it"):
        bag_digest(bag)
