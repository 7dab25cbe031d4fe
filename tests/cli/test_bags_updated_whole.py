"""Nothing that a bag had goes unsaid when it is brought up to date or emptied: links, and lists nobody can renew."""

from __future__ import annotations

from pathlib import Path

import bagit
import pytest
from tests.hostile.making import PAYLOAD, Maker, bag, manifest_of

import solander
from solander.errors import UsageError
from solander.pipeline import unbag, update_bag

WHIRLPOOL = b"".join(b"00ff  %s\n" % path.encode() for path in PAYLOAD)


def _with_links(folder: Path) -> None:
    """A listed link to a file, and links that no manifest can list: to a folder, and to a file by another link."""
    (folder / "data" / "again.txt").unlink()
    (folder / "data" / "again.txt").symlink_to("deep/b.txt")
    (folder / "data" / "too").symlink_to("deep")


def made(place: Path, maker: Maker) -> Path:
    folder = place / "bag"
    folder.mkdir()
    maker(folder)
    return folder


@pytest.fixture
def linked(tmp_path: Path) -> Path:
    return made(tmp_path, bag({**PAYLOAD, "data/again.txt": b"bb"}, after=_with_links))


def test_links_within_the_payload_are_there_and_listed_after_an_update(linked: Path) -> None:
    before = {path: path.readlink() for path in linked.rglob("*") if path.is_symlink()}
    assert update_bag(linked, add_algorithms=["sha256"]).was_updated
    assert {path: path.readlink() for path in linked.rglob("*") if path.is_symlink()} == before
    listed = manifest_of({**PAYLOAD, "data/again.txt": b"bb"}, "sha256").splitlines()
    assert sorted((linked / "manifest-sha256.txt").read_bytes().splitlines()) == sorted(listed)
    report = solander.validate(linked)
    assert [one.code for one in report.findings] == ["BAG046", "BAG046"]
    bagit.Bag(str(linked)).validate()  # which counts a listed link in Payload-Oxum


def test_links_that_were_not_copied_out_are_counted(linked: Path, tmp_path: Path, run) -> None:
    done = unbag(linked, into=tmp_path / "out")
    assert (done.files, done.links) == (2, 2)
    ran = run("bag", "unbag", str(linked), "--into", str(tmp_path / "again"))
    assert "2 files, 3 B, verified; without 2 symbolic links\n" in ran.err


@pytest.mark.parametrize("name", ["manifest-whirlpool.txt", "tagmanifest-whirlpool.txt"])
def test_a_manifest_that_cannot_be_renewed_is_given_up_by_name_alone(tmp_path: Path, name: str) -> None:
    manifests = {"manifest-sha512.txt": manifest_of(PAYLOAD)} | ({name: WHIRLPOOL} if name[0] == "m" else {})
    folder = made(
        tmp_path, bag(manifests=manifests, unlisted={} if name[0] == "m" else {name: b"00ff  manifest-sha512.txt\n"})
    )
    content = (folder / name).read_bytes()
    with pytest.raises(UsageError, match=f"renew the digests of {name}.*--drop-algorithm whirlpool"):
        update_bag(folder, info=[("Contact-Name", "B")])
    assert (folder / name).read_bytes() == content
    assert update_bag(folder, info=[("Contact-Name", "B")], drop_algorithms=["whirlpool"]).was_updated
    assert not (folder / name).exists()
    report = solander.validate(folder)
    assert report.passed
    assert report.findings == ()


def test_an_update_opens_nothing_to_those_who_could_not_read_it(tmp_path: Path) -> None:
    folder = made(tmp_path, bag(tags={"metadata/notes.txt": b"private"}))
    modes = {"bag-info.txt": 0o600, "bagit.txt": 0o640, "data/deep": 0o2710, "data/a.txt": 0o400, "metadata": 0o500}
    for name, mode in modes.items():
        (folder / name).chmod(mode)
    before = {path: path.stat().st_mode for path in folder.rglob("*")}
    folder.chmod(0o700)
    assert update_bag(folder, add_algorithms=["sha256"]).was_updated
    after = {path: path.stat().st_mode for path in folder.rglob("*")}
    assert {path: after[path] for path in before} == before
    assert folder.stat().st_mode & 0o777 == 0o700
    # What is new is as the declaration is.
    assert {after[path] & 0o777 for path in after.keys() - before.keys()} == {0o640}
    assert [path.name for path in tmp_path.iterdir()] == ["bag"]
