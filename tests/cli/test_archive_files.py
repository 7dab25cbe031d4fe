"""What is said of archive files (zip, tar): of those that are empty or cut short, and where a folder is wanted."""

from __future__ import annotations

import os
import shutil
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.hostile.tar_files import FILES
from tests.hostile.zip_making import Zipped, members, zipped

from solander.pipeline import make_bag

NOTHING = "this is no bag: it has no bagit.txt, for there is nothing in this archive file"
FORMS = ("tar", "tar.gz", "zip")


def in_one_file(bag: Path, form: str, place: Path) -> Path:
    kind = {"tar": "tar", "tar.gz": "gztar", "zip": "zip"}[form]
    return Path(shutil.make_archive(str(place / bag.name), kind, bag.parent, bag.name))


def empty(path: Path, form: str) -> Path:
    if form == "zip":
        zipfile.ZipFile(path, "w").close()
    else:
        tarfile.open(path, "w:gz" if form == "tar.gz" else "w").close()
    return path


@pytest.mark.parametrize("form", FORMS)
def test_an_archive_file_with_nothing_in_it_is_said_to_be_so(run, tmp_path: Path, form: str) -> None:
    path = empty(tmp_path / f"bag.{form}", form)
    for command in ("validate", "verify", "show"):
        ran = run(command, path)
        assert (ran.status, ran.err) == (3, f"solander: {path}: {NOTHING}\n")


def test_an_archive_file_whose_members_all_lead_out_of_it_is_not_said_to_be_empty(run, tmp_path: Path) -> None:
    path = tmp_path / "bag.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("../bagit.txt", "BagIt-Version: 1.0\n")
    ran = run("bag", "unbag", path, "--into", tmp_path / "out")
    assert (ran.status, ran.err.count("\n")) == (3, 1)
    assert "it has no bagit.txt" in ran.err
    assert "nothing in this archive file" not in ran.err


@pytest.mark.parametrize("form", FORMS)
def test_a_file_of_no_bytes_that_is_named_as_an_archive_file_is_no_page(run, tmp_path: Path, form: str) -> None:
    path = tmp_path / f"bag.{form}"
    path.write_bytes(b"")
    ran = run("validate", path)
    assert ran.status == 3
    assert ran.err == f"solander: {path}: it is named as an archive file, and is empty: not a byte is in it\n"


def test_a_pipe_that_is_named_as_an_archive_file_is_said_to_be_one(run, tmp_path: Path) -> None:
    path = tmp_path / "bag.tar"
    os.mkfifo(path)
    ran = run("validate", path)
    assert ran.status == 3
    assert ran.err == f"solander: {path}: it is no regular file but a pipe, a socket or a device\n"


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("share", [0.1, 0.5, 0.7])
def test_of_an_archive_file_that_was_cut_short_nothing_is_said_to_lack(
    run, tmp_path: Path, bag: Path, form: str, share: float
) -> None:
    path = in_one_file(bag, form, tmp_path)
    # Not between two members of a tar file, nor in what fills its last block.
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * share) // 512 * 512 + 100])
    ran = run("validate", path)
    assert ran.status == 3
    assert "BAG070 serialised-unreadable" in ran.out
    assert "not all of its files are seen, and none was judged" in ran.out
    for word in ("no bag", "missing.txt", "is not there", "no such", "BAG071"):
        assert word not in ran.out + ran.err


def test_a_tar_file_cut_between_its_members_is_said_to_be_cut(run, tmp_path: Path, bag: Path) -> None:
    path = tmp_path / "bag.tar"
    with tarfile.open(path, "w") as file:
        file.add(bag / "README.txt", "bag/README.txt")
        end = file.offset
    path.write_bytes(path.read_bytes()[:end])
    ran = run("validate", path)
    assert ran.status == 3
    what = "this archive file cannot be read whole: it ends without the blocks of zeros that end a tar file"
    assert ran.err == f"solander: {path}: {what}; see: solander validate\n"


def test_a_tar_file_cut_within_its_first_block_is_named_as_one_and_none(run, tmp_path: Path, bag: Path) -> None:
    path = in_one_file(bag, "tar", tmp_path)
    path.write_bytes(path.read_bytes()[:300])
    ran = run("validate", path)
    assert ran.status == 3
    assert ran.err.endswith("its bytes are those of neither zip nor tar: it was cut short, or is no such\n")


def test_in_an_archive_what_was_cut_short_is_not_said_to_be_no_bag(run, tmp_path: Path, bag: Path) -> None:
    cut = in_one_file(bag, "tar", bag.parent)
    # Within a block: between two members a file that ends says nothing of what is lacking.
    cut.write_bytes(cut.read_bytes()[: cut.stat().st_size // 2 // 512 * 512 + 100])
    empty(bag.parent / "nothing.zip", "zip")
    ran = run("validate", bag.parent)
    assert ran.status == 3
    assert "BAG070 serialised-unreadable" in ran.out
    assert f"nothing.zip: {NOTHING}" in ran.err
    assert "no bag" not in ran.out


@pytest.mark.parametrize(("form", "how"), [("tar", "tar -xf"), ("tar.gz", "tar -xf"), ("zip", "unzip")])
def test_what_cannot_be_changed_in_an_archive_file_is_to_be_unpacked_and_it_is_said_how(
    run, tmp_path: Path, bag: Path, form: str, how: str
) -> None:
    path = in_one_file(bag, form, tmp_path)
    ran = run("bag", "update", path)
    assert ran.status == 3
    assert ran.err.endswith(f"for it is an archive file; unpack it first: {how} {path}\n")
    assert ran.err.count("\n") == 1


@pytest.mark.parametrize("form", FORMS)
def test_a_view_is_made_of_a_bag_in_one_file_as_of_its_folder(run, tmp_path: Path, bag: Path, form: str) -> None:
    path = in_one_file(bag, form, tmp_path)
    ran = run("view", path)
    assert (ran.status, ran.err.count("\n")) == (3, 1)
    assert ran.err.endswith(f"its view goes into a file: solander view {path} --to view.html\n")
    assert run("view", path, "--to", tmp_path / "one.html").status == 0
    assert run("view", bag, "--to", tmp_path / "two.html").status == 0
    assert (tmp_path / "one.html").read_bytes() == (tmp_path / "two.html").read_bytes()


@pytest.fixture
def letters(tmp_path: Path) -> Path:
    folder = tmp_path / "letters"
    folder.mkdir()
    (folder / "may.txt").write_bytes(b"Dear Ines,\n")
    (folder / "june.bin").write_bytes(bytes(range(256)) * 900)
    return folder


@pytest.mark.parametrize("form", FORMS)
def test_a_payload_comes_out_of_an_archive_file_verified(run, tmp_path: Path, letters: Path, form: str) -> None:
    path = make_bag(letters, into=tmp_path / "made", serialise=form).path
    ran = run("bag", "unbag", path, "--into", tmp_path / "out")
    assert (ran.status, ran.out) == (0, f"{tmp_path}/out/letters\n")
    for name in ("may.txt", "june.bin"):
        assert (tmp_path / "out" / "letters" / name).read_bytes() == (letters / name).read_bytes()


def flipped(content: bytes) -> bytes:
    return content.replace(b"Dear Ines", b"Dear Anna")


def cut(content: bytes) -> bytes:
    return content[: len(content) // 2]


@pytest.mark.parametrize("harm", [flipped, cut])
def test_nothing_comes_out_of_an_archive_file_that_is_damaged(
    run, tmp_path: Path, letters: Path, harm: Callable[[bytes], bytes]
) -> None:
    path = make_bag(letters, into=tmp_path / "made", serialise="tar").path
    assert path is not None
    path.write_bytes(harm(path.read_bytes()))
    ran = run("bag", "unbag", path, "--into", tmp_path / "out")
    assert ran.status in (1, 3)
    assert not (tmp_path / "out").exists()


def with_member(path: Path, name: str, kind: bytes) -> None:
    """Add what is no file to a tar file."""
    member = tarfile.TarInfo(name)
    member.type, member.linkname = kind, "/etc/hostname"
    with tarfile.open(path, "a") as archive:
        archive.addfile(member)


@pytest.mark.parametrize(("kind", "code"), [(tarfile.SYMTYPE, "BAG017"), (tarfile.FIFOTYPE, "BAG018")])
def test_what_is_not_laid_open_of_an_archive_file_is_judged_all_the_same(
    run, tmp_path: Path, letters: Path, kind: bytes, code: str
) -> None:
    path = make_bag(letters, into=tmp_path / "made", serialise="tar").path
    assert path is not None
    with_member(path, "letters/data/other", kind)
    ran = run("bag", "unbag", path, "--into", tmp_path / "out")
    assert ran.status == 1
    assert f"letters.tar!/data/other  {code}" in ran.err
    assert not (tmp_path / "out").exists()
    assert run("bag", "unbag", path, "--into", tmp_path / "out", "--keep-damaged").status == 1
    assert sorted(one.name for one in (tmp_path / "out" / "letters").iterdir()) == ["june.bin", "may.txt"]


@pytest.mark.parametrize("more", [(), ("--keep-damaged",)])
def test_what_may_have_been_cut_off_is_not_said_to_be_missing_where_a_payload_is_taken_out(
    run, tmp_path: Path, letters: Path, more: tuple[str, ...]
) -> None:
    path = make_bag(letters, into=tmp_path / "made", serialise="tar").path
    assert path is not None
    with tarfile.open(path) as archive:
        begins = {one.name: one.offset for one in archive.getmembers()}
    assert begins["letters/bagit.txt"] < begins["letters/data/may.txt"]
    # Compressed, and not flushed any more behind what comes before the letter of May.
    packer = zlib.compressobj(wbits=31)
    cut_off = packer.compress(path.read_bytes()[: begins["letters/data/may.txt"]]) + packer.flush(zlib.Z_SYNC_FLUSH)
    path = tmp_path / "letters.tar.gz"
    path.write_bytes(cut_off)
    ran = run("bag", "unbag", path, "--into", tmp_path / "out", *more)
    assert ran.status == 3
    assert "not all of its files are seen, and none was judged" in ran.err
    assert "BAG004" not in ran.err
    assert (tmp_path / "out").exists() is bool(more)


def test_a_place_that_is_taken_is_named_as_it_is_and_not_as_one_within_the_archive_file(
    run, tmp_path: Path, letters: Path
) -> None:
    path = make_bag(letters, into=tmp_path / "made", serialise="zip").path
    (tmp_path / "out" / "letters").mkdir(parents=True)
    ran = run("bag", "unbag", path, "--into", tmp_path / "out")
    assert ran.status == 3
    assert ran.err.startswith(f"solander: {tmp_path}/out/letters: something else has this name")


CLOSED = {
    "encrypted": ({"flags": 1}, "are encrypted", ", which asks for its password, and"),
    "by AES": ({"flags": 1, "method": 99}, "are encrypted", ", which asks for its password, and"),
    "LZMA": ({"method": 14}, "are compressed by LZMA (method 14)", ", and"),
    "PPMd": ({"method": 98}, "are compressed by PPMd (method 98)", ", and"),
    "unheard of": ({"method": 77}, "are compressed by another method (method 77)", ", and"),
}


@pytest.mark.parametrize("case", CLOSED)
def test_a_zip_file_whose_bag_nobody_can_read_here_is_told_in_one_line_without_conclusions(run, tmp_path, case: str):
    change, why, key = CLOSED[case]
    path = tmp_path / "bag.zip"
    path.write_bytes(zipped(members({name.removeprefix("bag/"): change for name in FILES})))
    line = (
        f"solander: {path}: {len(FILES)} of {len(FILES)} files in this zip file {why}, bagit.txt among them, and are "
        f"not read here: nothing can be said of its bag; take it out with 7z x bag.zip{key} validate the folder\n"
    )
    ran = run("validate", path)
    assert (ran.status, ran.err) == (3, line)
    assert "BAG" not in ran.out
    assert ran.out.count("\n") <= 1
    ran = run("bag", "unbag", path, "--into", tmp_path / "out")
    assert (ran.status, ran.out, ran.err) == (3, "", line)


def test_where_a_bag_says_what_it_is_its_closed_files_are_told_one_by_one(run, tmp_path: Path) -> None:
    path = tmp_path / "bag.zip"
    path.write_bytes(zipped(members({"data/a.txt": {"method": 14}})))
    ran = run("validate", path)
    assert ran.status == 3
    assert "!/data/a.txt  BAG025" in ran.out


def test_what_a_mac_put_beside_a_bag_goes_by_the_remedy_that_is_told(run, tmp_path: Path) -> None:
    path = tmp_path / "bag.zip"
    path.write_bytes(zipped([*members(), Zipped(b"__MACOSX/bag/._a.txt", b"x")]))
    assert "BAG071" in run("validate", path).out
    told = run("explain", "BAG071").out
    assert "zip -d bag.zip '__MACOSX/*'" in told


@pytest.mark.parametrize(
    ("name", "how"),
    [("t.tar.zst", "tar --zstd -xf"), ("a b.TZST", "tar --zstd -xf"), ("t.tar.lz4", "tar -xaf"), ("t.7z", "7z x")],
)
def test_of_an_archive_file_that_is_not_read_it_is_said_which_are_and_what_unpacks_it(run, tmp_path, name, how) -> None:
    path = tmp_path / name
    path.write_bytes(b"\x28\xb5\x2f\xfd" + bytes(60))
    ran = run("validate", path)
    assert ran.status == 3
    named = f"'{name}'" if " " in name else name
    assert ran.err == (
        f"solander: {path}: by its name this is an archive file, and of these zip, tar, tar.gz, tar.bz2 and tar.xz are "
        f"read; unpack it: {how} {named}, and validate the folder\n"
    )
