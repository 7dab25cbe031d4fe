"""Bags in archive files: each rule of serialization trips on its specimen, and the bag is judged as a folder is."""

from __future__ import annotations

import gzip
import random
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.files.archive_files import (
    bag_files,
    in_root,
    patched,
    pax,
    tar_bytes,
    tar_header,
    tar_member,
    tree_of,
    with_line,
    zip_bytes,
)

from solander.checking.bags.every_rule import check_bag
from solander.checking.bags.serialised import RULES, check_serialised
from solander.errors import NotABag, SolanderError
from solander.files.folder import Folder
from solander.files.serialised import find_serialised
from solander.files.serialising import FORMS, write_serialised
from solander.files.whole import write_folder
from solander.model.finding import Finding, Report
from solander.model.ports import Tree
from solander.packing import parse_bag
from solander.pipeline import fail_on_of, subjects, validate

FAULTS = Path(__file__).parents[1] / "faults"
BAGS = sorted(path for path in FAULTS.glob("*") if (path / "bagit.txt").exists() or path.name.startswith("BAG001"))
SUITE = Path(__file__).parents[3] / "shared" / "conformance" / "bagit"
ARCHIVE = Path(__file__).parents[2] / "archive"
SOUND = in_root(bag_files())


def judged(tree: Tree) -> list[Finding]:
    return check_bag(parse_bag(tree), tree)


def codes(path: Path, content: bytes) -> list[str]:
    """The rules of serialization that a file trips, and those of BagIt that it trips then."""
    tree = tree_of(path, content)
    found = judged(tree)
    return [one.code for one in (*check_serialised(tree.serialisation()), *found)]


def zip_with(*more: tuple[str, bytes]) -> bytes:
    return zip_bytes([*SOUND.items(), *more])


def test_a_sound_archive_file_has_no_findings(tmp_path: Path) -> None:
    for name, content in (
        ("bag.zip", zip_with()),
        ("bag.zip", zip_bytes(SOUND, packed=True)),
        ("bag.tar", tar_bytes(SOUND)),
        ("bag.tar.gz", gzip.compress(tar_bytes(SOUND), mtime=0)),
        ("bag.TGZ", gzip.compress(tar_bytes(SOUND), mtime=0)),
    ):
        assert codes(tmp_path / name, content) == [], name


def encrypted() -> bytes:
    # Without a tag manifest, for that could not list what nobody can read: BAG058 says that nothing protects it.
    files = {name: content for name, content in SOUND.items() if "tagmanifest" not in name}
    return with_line(zip_bytes({**files, "bag/note.txt": b"cipher"}), "bag/note.txt", 8, "<H", 1)


SPECIMENS = {
    "BAG070": ("bag.tar", tar_bytes(SOUND)[:-1024] + b"no header".ljust(512, b"!")),
    "BAG071": ("bag.zip", zip_with(("other/note.txt", b""))),
    "BAG072": ("bag.tar", tar_bytes(SOUND, tar_member("bag/../../evil", b"evil"))),
    "BAG073": ("bag.tar", tar_bytes(SOUND, tar_member("bag/data/a.txt", b"other words"))),
    "BAG074": ("bag.tar", tar_bytes(SOUND, tar_member("bag/data/b.txt", flag=b"1", link=b"bag/data/a.txt"))),
    "BAG075": ("bag.tar", tar_bytes(SOUND, pax(path="bag/data/" + "d/" * 2500 + "a") + tar_member("a"))),
    "BAG076": ("bag.zip", encrypted()),
    "BAG077": ("bag.zip", with_line(zip_with(), "bag/data/a.txt", 16, "<L", 7)),
    "BAG078": ("bag.zip", zip_with() + b"tail"),
    "BAG079": ("other.zip", zip_with()),
}


@pytest.mark.parametrize("code", SPECIMENS)
def test_a_specimen_trips_its_rule_and_no_other(tmp_path: Path, code: str) -> None:
    name, content = SPECIMENS[code]
    assert [one for one in codes(tmp_path / name, content) if (code, one) != ("BAG076", "BAG058")] == [code]


def test_every_rule_has_a_specimen() -> None:
    assert sorted(SPECIMENS) == [check.rule.code for check in RULES]


def facts(findings: list[Finding]) -> list[tuple[object, ...]]:
    return [(str(one.place), one.code, one.message, one.expected, one.found) for one in findings]


@pytest.mark.parametrize("bag", BAGS, ids=lambda path: path.name)
def test_a_bag_in_an_archive_file_has_the_findings_of_its_folder(bag: Path, tmp_path: Path) -> None:
    expected = facts(judged(Folder(bag)))
    for form in FORMS:
        tree = find_serialised(write_serialised(tmp_path / f"bag.{form}", Folder(bag), "bag", form))
        assert tree is not None
        assert facts(judged(tree)) == expected, form
        assert check_serialised(tree.serialisation()) == ()


HARMS = ("delete", "flip", "shorten", "lengthen", "add", "copy")


def harm(bag: Path, how: str, chance: random.Random) -> None:
    files = sorted(path for path in bag.rglob("*") if path.is_file())
    if not files:
        return
    path = chance.choice(files)
    content = bytearray(path.read_bytes())
    if how == "delete":
        path.unlink()
    elif how == "flip" and content:
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
        path.write_bytes(content)
    elif how == "shorten":
        path.write_bytes(content[:-1])
    elif how == "lengthen":
        path.write_bytes(content + b"\n")
    elif how == "add":
        (path.parent / chance.choice(["late", "Thumbs.db", "é", "e\u0301", "NUL.txt", "a b", "100%"])).write_bytes(b"")
    elif how == "copy":
        (path.parent / "MANIFEST-md5.txt").write_bytes(content)


@settings(max_examples=60)
@given(bag=st.sampled_from(BAGS), hows=st.lists(st.sampled_from(HARMS), max_size=4), seed=st.integers(0, 1 << 30))
def test_whatever_is_wrong_with_a_bag_is_found_in_a_folder_and_in_an_archive_file_alike(
    bag: Path, hows: list[str], seed: int
) -> None:
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(shutil.copytree(bag, Path(name) / "bag"))
        for how in hows:
            harm(folder, how, chance)
        expected = facts(judged(Folder(folder)))
        for form in FORMS:
            made = write_serialised(Path(name) / f"bag.{form}", Folder(folder), "bag", form)
            tree = find_serialised(made)
            assert tree is not None
            assert facts(judged(tree)) == expected


def suite() -> list[Path]:
    return sorted(path for path in SUITE.glob("v*/*/*") if path.is_dir())


@pytest.mark.skipif(not SUITE.is_dir(), reason="../shared is not here")
@pytest.mark.parametrize("bag", suite(), ids=lambda path: "/".join(path.parts[-3:]))
def test_the_conformance_suite_is_judged_alike_in_archive_files(bag: Path, tmp_path: Path) -> None:
    expected = facts(judged(Folder(bag)))
    for form in FORMS:
        tree = find_serialised(write_serialised(tmp_path / f"bag.{form}", Folder(bag), "bag", form))
        assert tree is not None
        assert facts(judged(tree)) == expected


def within(report: Report, place: str, mark: str) -> list[tuple[str, str, str]]:
    """Findings with their places as the bag itself has them."""
    return [
        (str(one.place).removeprefix(place).removeprefix(mark), one.code, one.message)
        for one in report.findings
        if one.code != "BAG079"
    ]


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A bag that Solander made, alone in a folder."""
    (tmp_path / "alone").mkdir()
    source = sorted(path for path in ARCHIVE.iterdir() if path.is_dir())[0]
    return Path(shutil.copytree(source, tmp_path / "alone" / source.name))


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("harmed", [None, "data/tei/page.xml", "metadata/dc.xml", "metadata/premis.xml"])
def test_our_own_bag_is_judged_by_every_rule_in_an_archive_file_too(own: Path, form: str, harmed: str | None) -> None:
    if harmed:
        (own / harmed).write_bytes((own / harmed).read_bytes().replace(b"Keeper", b"Reaper").replace(b">2", b">3"))
    made = write_serialised(own.parent / f"{own.name}.{form}", Folder(own), own.name, form)
    folder, archive_file = validate(own), validate(made)
    assert within(archive_file, str(made), "!/") == within(folder, str(own), "/")
    assert set(archive_file.rules) - set(folder.rules) == {check.rule.code for check in RULES}
    assert set(folder.rules) <= set(archive_file.rules)
    assert archive_file.counts == folder.counts
    assert archive_file.passed == folder.passed == (harmed is None)


def test_places_in_an_archive_file_stand_behind_its_name(tmp_path: Path) -> None:
    path = tmp_path / "bag.zip"
    content = zip_with()
    path.write_bytes(content.replace(b"bag/data/a.txtwords", b"bag/data/a.txtwerds") + b"tail")
    places = [(one.code, str(one.place)) for one in validate(path).findings]
    assert places == [
        ("BAG078", str(path)),
        ("BAG077", f"{path}!/data/a.txt"),
        ("BAG003", f"{path}!/manifest-sha512.txt:1"),
    ]


@pytest.mark.parametrize("code", ["BAG070", "BAG075", "BAG076"])
def test_what_was_not_read_is_never_valid(tmp_path: Path, code: str) -> None:
    name, content = SPECIMENS[code]
    (tmp_path / name).write_bytes(content)
    report = validate(tmp_path / name)
    assert report.unchecked
    assert not report.passed


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("book.epub", zip_bytes({"mimetype": b"application/epub+zip", "OEBPS/a.xhtml": b""})),
        ("pages.zip", zip_bytes({"pages/a.html": b"<p>Words"})),
        ("empty.zip", zip_bytes({})),
        ("nested.zip", zip_bytes(in_root(SOUND, "above"))),
        ("pages.tar", tar_bytes({"pages/a.html": b"<p>Words"})),
        ("pages.tgz", gzip.compress(tar_bytes({"pages/a.html": b"<p>Words"}), mtime=0)),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_an_archive_file_that_holds_no_bag_is_said_to_be_none(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(NotABag):
        validate(tmp_path / name)


def test_an_archive_file_that_is_cut_off_is_a_finding_and_no_bag_of_another_kind(tmp_path: Path) -> None:
    for name, content in (("bag.zip", zip_with()[:300]), ("bag.tar", tar_bytes(SOUND)[:300])):
        (tmp_path / name).write_bytes(content)
    assert "BAG070" in {one.code for one in validate(tmp_path / "bag.zip").findings}
    # Less than one header is left: nothing tells that it was a tar file.
    with pytest.raises(SolanderError):
        validate(tmp_path / "bag.tar")


def test_a_compressed_page_is_still_a_page(tmp_path: Path, material: Path) -> None:
    path = tmp_path / "page.html.gz"
    path.write_bytes(gzip.compress((material / "lighthouse.html").read_bytes()))
    assert [one.kind for one in subjects(path)] == ["page"]


def test_an_archive_may_hold_bags_in_archive_files_beside_folders(tmp_path: Path) -> None:
    write_folder(tmp_path, "folder", bag_files().items())
    (tmp_path / "bag.zip").write_bytes(zip_with())
    (tmp_path / "pages.zip").write_bytes(zip_bytes({"pages/a.html": b""}))
    (tmp_path / "words.tar").write_bytes(b"words")
    (tmp_path / "notes.txt").write_bytes(b"words")
    (tmp_path / "link.zip").symlink_to("bag.zip")
    found = [(one.path.name, one.kind) for one in subjects(tmp_path)]
    assert found[1:] == [("bag.zip", "serialised"), ("folder", "bag"), ("pages.zip", "stray"), ("words.tar", "stray")]
    report = validate(tmp_path)
    strays = [(one.code, one.place.path) for one in report.findings]
    assert strays == [("BAG001", f"{tmp_path}/pages.zip/bagit.txt"), ("BAG001", f"{tmp_path}/words.tar/bagit.txt")]
    assert fail_on_of(subjects(tmp_path)) == "error"


def test_a_folder_of_archive_files_alone_is_judged(tmp_path: Path) -> None:
    (tmp_path / "bag.zip").write_bytes(zip_with())
    assert dict(validate(tmp_path).counts)["bags"] == 1
    (tmp_path / "bag.zip").write_bytes(zip_bytes({"pages/a.html": b""}))
    with pytest.raises(NotABag):
        validate(tmp_path)


def test_in_an_archive_of_ours_a_bag_in_an_archive_file_must_name_our_profile_too(tmp_path: Path) -> None:
    (tmp_path / "solander.toml").write_text("")
    (tmp_path / "bag.zip").write_bytes(zip_with())
    assert [one.code for one in validate(tmp_path).findings] == ["PRF001"]


def test_warnings_of_serialization_may_be_passed_over(tmp_path: Path) -> None:
    (tmp_path / "solander.toml").write_text('[check]\nignore = ["BAG078", "BAG079"]\n')
    (tmp_path / "other.zip").write_bytes(zip_with() + b"tail")
    assert [one.code for one in validate(tmp_path / "other.zip").findings] == ["PRF001"]


def test_hostile_members_stand_in_messages_harmlessly(tmp_path: Path) -> None:
    content = tar_bytes(SOUND, pax(path="/\x1b[31m\u202e\n") + tar_member("a"), tar_header(b"\xff/../x"))
    tree = tree_of(tmp_path / "bag.tar", content)
    found = check_serialised(tree.serialisation())
    assert len(found) >= 2
    for one in found:
        assert one.message.isprintable()
        one.message.encode()


def test_validating_changes_no_byte(tmp_path: Path) -> None:
    for name, content in SPECIMENS.values():
        (tmp_path / name).write_bytes(content)
        before = (tmp_path / name).stat()
        validate(tmp_path / name)
        after = (tmp_path / name).stat()
        assert (before.st_mtime_ns, before.st_size, before.st_ino) == (after.st_mtime_ns, after.st_size, after.st_ino)
        assert (tmp_path / name).read_bytes() == content
        assert [one.name for one in tmp_path.iterdir()] == [name]
        (tmp_path / name).unlink()


def test_a_zip_file_whose_local_header_is_encrypted_alone_is_told(tmp_path: Path) -> None:
    content = zip_with()
    (tmp_path / "bag.zip").write_bytes(patched(content, content.index(b"bag/data/a.txt") - 30 + 6, b"\x01"))
    assert [one.code for one in validate(tmp_path / "bag.zip").findings] == ["BAG025"]
