"""Hostile bags: links, special files, and what is too large, too deep or too many."""

from __future__ import annotations

import os
import socket
import stat
from collections.abc import Callable
from pathlib import Path

from tests.hostile.making import (
    OXUM,
    POLICY,
    RFC,
    Case,
    Maker,
    bag,
    beside,
    digest,
    listing,
    manifest_of,
    put,
)


def link(name: str, target: str, *, to_fill: Maker | None = None) -> Maker:
    def make(folder: Path) -> None:
        if to_fill is not None:
            to_fill(folder)
        (folder / name).unlink(missing_ok=True)
        (folder / name).symlink_to(target)

    return make


def linked(name: str, target: str, content: bytes | None = None, **more: object) -> Maker:
    """A good bag with a link; where ``content`` is given, the manifest lists it by that."""
    after = link(name, target, to_fill=more.pop("to_fill", None))  # type: ignore[arg-type]
    if content is None:
        return bag(after=after, **more)  # type: ignore[arg-type]
    return listing(name, content, after=after, **more)


def _links() -> list[tuple[str, Maker, str, str, str]]:
    secret = beside("secret.txt")
    evil = beside("bag-evil/secret.txt")
    return [
        ("out of the bag, listed", linked("data/x", "../../secret.txt", b"secret", to_fill=secret),
         "invalid", "BAG004 BAG017", POLICY),
        ("out of the bag, not listed", linked("data/x", "../../secret.txt", to_fill=secret),
         "invalid", "BAG017", POLICY),
        ("to a sibling with the same prefix", linked("data/x", "../../bag-evil/secret.txt", b"secret", to_fill=evil),
         "invalid", "BAG004 BAG017", POLICY),
        ("out of the bag and back", linked("data/x", "../../bag/data/a.txt", b"a"), "invalid", "BAG004 BAG017", POLICY),
        ("absolute", linked("data/x", "/etc/passwd"), "invalid", "BAG017", POLICY),
        ("absolute to a folder", linked("data/x", "/"), "invalid", "BAG017", POLICY),
        ("to a device", linked("data/x", "/dev/zero", b""), "invalid", "BAG004 BAG017", POLICY),
        ("to itself", linked("data/x", "x", b""), "invalid", "BAG004 BAG017", POLICY),
        ("to each other", linked("data/x", "y", to_fill=link("data/y", "x")), "invalid", "BAG017", POLICY),
        ("to its own folder", linked("data/x", "."), "invalid", "BAG017", POLICY),
        ("to a folder above", linked("data/deep/x", ".."), "invalid", "BAG017", POLICY),
        ("to the bag", linked("data/x", ".."), "invalid", "BAG017", POLICY),
        ("to nothing", linked("data/x", "nowhere"), "invalid", "BAG017", POLICY),
        ("to nothing, listed", linked("data/x", "nowhere", b""), "invalid", "BAG004 BAG017", POLICY),
        ("to the manifest", linked("data/x", "../manifest-sha512.txt"), "invalid", "BAG017", POLICY),
        ("within the payload", linked("data/x", "a.txt"), "warning", "BAG046", POLICY),
        ("within the payload, listed", linked("data/x", "a.txt", b"a"), "warning", "BAG046", POLICY),
        ("within the payload, listed, another digest", linked("data/x", "a.txt", b"b"),
         "invalid", "BAG003 BAG046", RFC + "3"),
        ("within the payload, counted", linked("data/x", "a.txt", b"a", info=b"Payload-Oxum: 4.3\n"),
         "warning", "BAG046", POLICY),
        ("to a folder of the payload", linked("data/x", "deep"), "warning", "BAG046", POLICY),
        ("a file behind a link to a folder", listing("data/x/b.txt", b"bb", after=link("data/x", "deep")),
         "invalid", "BAG004", POLICY),
        ("instead of a listed file", bag(after=link("data/a.txt", "../../secret.txt", to_fill=secret)),
         "invalid", "BAG004 BAG017", POLICY),
        ("hiding a file that is not listed", bag({}, lines=A + b"  data/x\n", unlisted={"data/a.txt": b"a"},
         after=link("data/x", "a.txt")), "invalid", "BAG005", POLICY),
        ("a chain out of the bag", linked("data/x", "y", to_fill=link("data/y", "../../secret.txt")),
         "invalid", "BAG017", POLICY),
        ("a chain of fifty", bag(after=_chain), "invalid", "BAG017", POLICY),
        ("data itself", bag(after=_data_elsewhere), "invalid", "BAG017 BAG027", POLICY),
        ("bagit.txt", bag(after=_tag_file_elsewhere("bagit.txt")), "invalid", "BAG001 BAG017", POLICY),
        ("the manifest", bag(after=_tag_file_elsewhere("manifest-sha512.txt")), "invalid", "BAG009 BAG017", POLICY),
        ("bag-info.txt", bag(after=_tag_file_elsewhere("bag-info.txt")), "invalid", "BAG007 BAG017", POLICY),
        ("a tag file into the payload", linked("notes.txt", "data/a.txt"), "invalid", "BAG017", POLICY),
        ("fetch.txt", linked("fetch.txt", "/dev/zero"), "invalid", "BAG017", POLICY),
        ("a name that is no UTF-8", bag(after=_odd_target), "invalid", "BAG017", POLICY),
    ]  # fmt: skip


def _chain(folder: Path) -> None:
    for number in range(50):
        (folder / f"data/{number}").symlink_to(f"{number + 1}" if number < 49 else "a.txt")


def _data_elsewhere(folder: Path) -> None:
    (folder / "data").rename(folder.parent / "elsewhere")
    (folder / "data").symlink_to("../elsewhere")


def _tag_file_elsewhere(name: str) -> Maker:
    def make(folder: Path) -> None:
        (folder / name).rename(folder.parent / "elsewhere")
        (folder / name).symlink_to("../elsewhere")

    return make


def _odd_target(folder: Path) -> None:
    os.symlink(b"caf\xe9\x1b[31m", os.fsencode(folder) + b"/data/x")  # noqa: PTH211 - a target that is no UTF-8


def pipe(name: str) -> Maker:
    def make(folder: Path) -> None:
        (folder / name).unlink(missing_ok=True)
        os.mkfifo(folder / name)

    return make


def device(name: str, major: int, minor: int) -> Maker:
    """A device node; only root can make one."""

    def make(folder: Path) -> None:
        os.mknod(folder / name, 0o666 | stat.S_IFCHR, os.makedev(major, minor))

    return make


def _listening(folder: Path) -> None:
    # The name of a socket has at most 107 bytes, whatever the folder's has.
    here = os.open(".", os.O_RDONLY | os.O_DIRECTORY)
    os.chdir(folder / "data")
    try:
        with socket.socket(socket.AF_UNIX) as one:
            one.bind("x")
    finally:
        os.fchdir(here)
        os.close(here)


def _specials() -> list[tuple[str, Maker, str, str, str]]:
    zero, random = device("data/x", 1, 5), device("data/x", 1, 9)
    return [
        ("a pipe", bag(after=pipe("data/x")), "invalid", "BAG018", POLICY),
        ("a pipe that is listed", listing("data/x", b"", after=pipe("data/x")), "invalid", "BAG004 BAG018", POLICY),
        ("a pipe as bagit.txt", bag(after=pipe("bagit.txt")), "invalid", "BAG001 BAG018", POLICY),
        ("a pipe as the manifest", bag(after=pipe("manifest-sha512.txt")), "invalid", "BAG009 BAG018", POLICY),
        ("a pipe as bag-info.txt", bag(after=pipe("bag-info.txt")), "invalid", "BAG007 BAG018", POLICY),
        ("a pipe as fetch.txt", bag(after=pipe("fetch.txt")), "invalid", "BAG018", POLICY),
        ("a pipe as a tag file", bag(after=pipe("notes.txt")), "invalid", "BAG018", POLICY),
        ("a pipe behind a link", bag(after=link("data/y", "x", to_fill=pipe("data/x"))),
         "invalid", "BAG017 BAG018", POLICY),
        ("a socket", bag(after=_listening), "invalid", "BAG018", POLICY),
        ("a socket that is listed", listing("data/x", b"", after=_listening), "invalid", "BAG004 BAG018", POLICY),
        ("a device without an end", bag(after=zero), "invalid", "BAG018", POLICY),
        ("a device without an end, listed", listing("data/x", b"", after=zero), "invalid", "BAG004 BAG018", POLICY),
        ("a device of random bytes, listed", listing("data/x", b"", after=random), "invalid", "BAG004 BAG018", POLICY),
    ]  # fmt: skip


TEBIBYTE = 1 << 40


def sparse(name: str) -> Maker:
    def make(folder: Path) -> None:
        put(folder, name, b"")
        os.truncate(folder / name, TEBIBYTE)

    return make


def deep(depth: int) -> Maker:
    """A good bag with a file below so many folders."""

    def make(folder: Path) -> None:
        path = "data" + "/d" * depth + "/a.txt"
        bag({}, edit=lambda _: manifest_of({path: b"a"}))(folder)
        at = os.open(folder / "data", os.O_RDONLY | os.O_DIRECTORY)
        for _ in range(depth):
            os.mkdir("d", dir_fd=at)
            below = os.open("d", os.O_RDONLY | os.O_DIRECTORY, dir_fd=at)
            os.close(at)
            at = below
        file = os.open("a.txt", os.O_WRONLY | os.O_CREAT, 0o644, dir_fd=at)
        os.write(file, b"a")
        os.close(file)
        os.close(at)

    return make


def lines(make: Callable[[], bytes]) -> Maker:
    """A bag with these lines more in its manifest; they are made when the bag is, and not kept."""
    return lambda folder: bag(lines=make())(folder)


def info(make: Callable[[], bytes]) -> Maker:
    """A bag with this ``bag-info.txt``."""
    return lambda folder: bag(info=make())(folder)


def fetch(make: Callable[[], bytes]) -> Maker:
    """A bag with this ``fetch.txt``."""
    return lambda folder: bag(tags={"fetch.txt": make()})(folder)


A = digest(b"a").encode()
LONG = 64 * 1024 * 1024


def _sizes() -> list[tuple[str, Maker, str, str, str]]:
    clause = RFC + "2.2.2"
    return [
        ("1 TiB, listed, larger than Payload-Oxum", _sparse_listed, "invalid", "BAG015 BAG091", POLICY),
        ("1 TiB, not listed", bag(after=sparse("data/x")), "invalid", "BAG005", RFC + "3"),
        ("1 TiB of a tag file", bag(after=sparse("notes.txt")), "warning", "BAG008", POLICY),
        ("1 TiB of bagit.txt", bag(after=sparse("bagit.txt"), protected=False), "unchecked", "BAG025", POLICY),
        ("a line of 64 MiB in a manifest", lines(lambda: b"a" * LONG), "invalid", "BAG010", POLICY),
        ("a path of 64 MiB in a manifest", lines(lambda: A + b"  data/" + b"x" * LONG), "invalid", "", POLICY),
        ("a line of 64 MiB in bag-info.txt", info(lambda: b"Contact-Name: " + b"a" * LONG), "valid", "", POLICY),
        ("a line of 64 MiB in fetch.txt", fetch(lambda: b"a" * LONG), "invalid", "BAG028", POLICY),
        ("a manifest of 64 MiB of NUL", lines(lambda: b"\0" * LONG), "invalid", "BAG010", POLICY),
        ("900 folders deep", deep(900), "valid", "", POLICY),
        ("1,500 folders deep", deep(1500), "valid", "", POLICY),
        ("3,000 folders deep", deep(3000), "unchecked", "BAG025", POLICY),
        ("a million lines of a manifest", lines(_missing), "invalid", "BAG004", RFC + "3"),
        ("a hundred thousand twins", lines(lambda: (A + b"  data/a.txt\n") * 100_000), "invalid", "BAG011",
         RFC + "2.1.3"),
        ("a hundred thousand comments", lines(lambda: b"# no path\n" * 100_000), "invalid", "BAG010", POLICY),
        ("a million blank lines", lines(lambda: b"\n" * 1_000_000), "warning", "BAG048", POLICY),
        ("two hundred thousand labels", info(_labels), "valid", "", clause),
        ("two hundred thousand repeats", info(lambda: b"Contact-Name: x\n" * 200_000), "valid", "", clause),
        ("a value folded 400,000 times", info(lambda: b"A: x\n" + b" x\n" * 400_000), "valid", "", clause),
        ("a hundred thousand lines to fetch", fetch(lambda: b"https://a.example/a 1 data/a.txt\n" * 100_000),
         "warning", "BAG062", RFC + "2.2.3"),
        ("three hundred links through each other", bag(after=_many_links), "invalid", "BAG017", POLICY),
        ("two thousand empty folders", bag(after=_empty_folders), "warning", "BAG057", POLICY),
        ("two hundred algorithms", bag(tags={f"manifest-x{one}.txt": b"00  data/a.txt\n" for one in range(200)}),
         "invalid", "BAG020 BAG044", POLICY),
    ]  # fmt: skip


def _missing() -> bytes:
    """Lines of files that are not there."""
    return b"".join(b"%s  data/missing/%07d\n" % (A, number) for number in range(1_000_000))


def _labels() -> bytes:
    return b"".join(b"Label-%d: x\n" % number for number in range(200_000))


def _sparse_listed(folder: Path) -> None:
    path = "data/x"
    listing(path, b"", info=f"Payload-Oxum: {OXUM}\n".encode(), after=sparse(path))(folder)


def _many_links(folder: Path) -> None:
    for number in range(300):
        (folder / f"data/{number}").symlink_to(f"{(number + 1) % 300}/" * 40)


def _empty_folders(folder: Path) -> None:
    for number in range(2000):
        (folder / f"data/{number:04}").mkdir()


CASES = (
    *(Case(row[0], "links", *row[1:]) for row in _links()),
    *(Case(row[0], "special files", *row[1:]) for row in _specials()),
    *(Case(row[0], "sizes", *row[1:]) for row in _sizes()),
)
