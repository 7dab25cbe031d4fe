"""Hostile bags: forms that are nearly right, and names, hosts and links that are not what they seem."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from tests.hostile.links_and_sizes import A, link, linked, pipe
from tests.hostile.making import (
    OXUM,
    PAYLOAD,
    POLICY,
    RFC,
    Case,
    Maker,
    bag,
    declaration,
    digest,
    encoded,
    manifest_of,
    named,
    put,
)

GOOD = declaration()
VERSION, ENCODING = b"BagIt-Version: 1.0\n", b"Tag-File-Character-Encoding: UTF-8\n"


def _declarations() -> list[tuple[str, Maker, str, str, str]]:
    clause = RFC + "2.1.1"
    malformed = {
        "LF and CR in turn": GOOD.replace(b"\n", b"\n\r"),
        "form feed behind": GOOD.replace(b"1.0", b"1.0\x0c"),
        "vertical tab for a line end": GOOD.replace(b"\n", b"\x0b", 1),
        "next line for a line end": GOOD.replace(b"\n", b"\xc2\x85", 1),
        "zero-width space before": "\u200b".encode() + GOOD,
        "word joiner within": GOOD.replace(b"BagIt-", "BagIt\u2060-".encode()),
        "a Cyrillic letter": GOOD.replace(b"B", "В".encode(), 1),
        "a full-width colon": GOOD.replace(b":", "：".encode(), 1),
        "a non-breaking hyphen": GOOD.replace(b"BagIt-", "BagIt\u2011".encode()),
        "one capital less": GOOD.replace(b"-Version", b"-version"),
        "a comma for the dot": GOOD.replace(b"1.0", b"1,0"),
        "a version in quotes": GOOD.replace(b"1.0", b'"1.0"'),
        "a v before the version": GOOD.replace(b"1.0", b"v1.0"),
        "a version twice in one line": GOOD.replace(b"1.0", b"1.0 0.97"),
        "the end of a text under DOS": GOOD + b"\x1a",
        "bytes that are no UTF-8": GOOD.replace(b"1.0", b"1.0\xff"),
        "UTF-16LE": GOOD.decode().encode("utf-16-le"),
        "EBCDIC": GOOD.decode().encode("cp037"),
        "a line end alone": b"\n",
        "two good declarations": GOOD + GOOD,
        "a lone CR between two LF": VERSION + b"\r" + ENCODING,
    }
    names = {
        "in quotes": b'"UTF-8"',
        "with a non-breaking hyphen": "UTF\u20118".encode(),
        "with an en dash": "UTF\u20138".encode(),
        "in full-width letters": "ＵＴＦ－８".encode(),
        "with a dotless i": "ıso-8859-1".encode(),
        "with a long s": "UTF-8\u017f".encode(),
        "of 60,000 letters": b"x" * 60_000,
        "of 60,000 dots": b"." * 60_000,
        "of a module": b"aliases",
        "of a module below": b"utf_8.codecs",
        "two names": b"UTF-8, UTF-16",
        "with a comment": b"UTF-8 # of course",
        "a media type": b"text/plain; charset=UTF-8",
    }  # fmt: skip
    ends = {"CR and then CRLF": VERSION[:-1] + b"\r" + ENCODING[:-1] + b"\r\n"}
    return [
        *((name, bag(bagit=content), "invalid", "BAG002", clause) for name, content in malformed.items()),
        *((f"an encoding {name}", bag(bagit=GOOD.replace(b"UTF-8", content)), "invalid", "BAG002", clause)
          for name, content in names.items()),
        *((name, bag(bagit=content), "valid", "", clause) for name, content in ends.items()),
        *((f"an encoding {name}", encoded(name), "valid", "", clause)
          for name in ("cp037", "cp500", "gb18030", "utf8")),
        *((f"an encoding of escapes: {name}", _ascii_in(name), "valid", "", clause)
          for name in ("iso2022_jp", "iso2022_kr", "hz")),
    ]  # fmt: skip


def _ascii_in(encoding: str) -> Maker:
    return bag(
        bagit=declaration(encoding=encoding),
        edit=lambda listed: listed.decode().encode(encoding),
        tag_edit=lambda listed: listed.decode().encode(encoding),
    )


def _info(content: str) -> Maker:
    return bag(info=content.encode())


def _metadata() -> list[tuple[str, Maker, str, str, str]]:
    clause = RFC + "2.2.2"
    return [
        ("Oxum: behind a tab", _info(f"Payload-Oxum:\t{OXUM}\n"), "valid", "", clause),
        ("Oxum: untrue, with a space before the colon", _info("Payload-Oxum : 4.2\n"),
         "invalid", "BAG015 BAG023", clause),
        ("Oxum: untrue, and the file ends there", _info("Payload-Oxum: 4.2"), "invalid", "BAG015", clause),
        ("Oxum: in a line that goes on", _info("Contact-Name: A.\n Payload-Oxum: 9.9\n"), "valid", "", clause),
        ("Oxum: with a non-breaking hyphen", _info("Payload\u2011Oxum: 9.9\n"), "valid", "", POLICY),
        ("Oxum: behind a zero-width space", _info("\u200bPayload-Oxum: 9.9\n"), "valid", "", POLICY),
        ("Oxum: a full-width dot", _info("Payload-Oxum: 3．2\n"), "invalid", "BAG016", clause),
        ("Oxum: behind a no-break space", _info(f"Payload-Oxum: \u00a0{OXUM}\n"), "invalid", "BAG016", clause),
        ("Oxum: a no-break space behind", _info(f"Payload-Oxum: {OXUM}\u00a0\n"), "invalid", "BAG016", clause),
        ("Oxum: 4,400 digits of zero and the truth", _info(f"Payload-Oxum: {'0' * 4400}{OXUM}\n"),
         "valid", "", POLICY),
        ("Oxum: 2 to the 64th more", _info(f"Payload-Oxum: {2**64 + 3}.2\n"), "invalid", "BAG016", POLICY),
        ("Oxum: in package-info.txt of 1.0", bag(tags={"package-info.txt": b"Payload-Oxum: 9.9\n"}),
         "valid", "", clause),
        ("Oxum: in bag-info.txt below", bag(tags={"metadata/bag-info.txt": b"Payload-Oxum: 9.9\n"}),
         "valid", "", clause),
        ("a moment for a date", _info("Bagging-Date: 2026-01-01T00:00:00Z\n"), "warning", "BAG041", clause),
        ("a date of one digit", _info("Bagging-Date: 2026-1-1\n"), "warning", "BAG041", clause),
        ("a date in Arabic digits", _info("Bagging-Date: ٢٠٢٦-٠١-٠١\n"), "warning", "BAG041", clause),
        ("a date of the year 0", _info("Bagging-Date: 0000-01-01\n"), "warning", "BAG041", clause),
        ("nothing in it", _info(""), "valid", "", clause),
        ("a byte order mark alone", _info("\ufeff"), "warning", "BAG043", POLICY),
        ("a line separator in a value", _info("Contact-Name: A.\u2028Payload-Oxum: 9.9\n"), "valid", "", clause),
        ("a form feed in a value", _info("Contact-Name: A.\x0cPayload-Oxum: 9.9\n"), "valid", "", clause),
        ("a colon in a value", _info("Contact-Name: A: b: c\n"), "valid", "", clause),
        ("a colon for a label", _info("::\n"), "invalid", "BAG021", clause),
        ("CR for line ends", _info("Contact-Name: A.\rContact-Email: a@a.example\r"), "valid", "", clause),
        ("labels that are dangerous elsewhere", _info("__class__: x\nconstructor: y\n../x: z\n"), "valid", "", clause),
    ]  # fmt: skip


def _manifests() -> list[tuple[str, Maker, str, str, str]]:
    clause, complete = RFC + "2.1.3", RFC + "3"
    good, lying = manifest_of(PAYLOAD), manifest_of({**PAYLOAD, "data/a.txt": b"x"})
    inner = {"bagit.txt": GOOD, "manifest-md5.txt": b"", "fetch.txt": b"file:///etc/passwd - data/x\n"}
    return [
        ("the same algorithm under two names, one lies",
         bag(manifests={"manifest-sha512.txt": good, "manifest-SHA-512.txt": lying}), "invalid", "BAG003", complete),
        ("in capitals", bag(manifests={"MANIFEST-SHA512.TXT": good}), "invalid", "BAG009", clause),
        ("form feed between", bag(edit=lambda listed: listed.replace(b"  ", b"\x0c")), "invalid", "BAG010", clause),
        ("vertical tab between", bag(edit=lambda listed: listed.replace(b"  ", b"\x0b")), "invalid", "BAG010", clause),
        ("space behind a path", bag(edit=lambda listed: listed.replace(b"a.txt\n", b"a.txt \n")),
         "invalid", "BAG004 BAG005", clause),
        ("tab behind a path", bag(edit=lambda listed: listed.replace(b"a.txt\n", b"a.txt\t\n")),
         "invalid", "BAG004 BAG005", clause),
        ("form feed behind a path", bag(edit=lambda listed: listed.replace(b"a.txt\n", b"a.txt\x0c\n")),
         "invalid", "BAG004 BAG005", clause),
        ("as BSD prints it", bag(edit=lambda _: b"SHA512 (data/a.txt) = " + A + b"\n"), "invalid", "BAG010", clause),
        ("as md5sum escapes it", bag({"data/a\\b": b"a"}, edit=lambda listed: b"\\" + listed.replace(b"\\", b"\\\\")),
         "invalid", "BAG010", clause),
        ("0x before a digest", bag(edit=lambda listed: b"0x" + listed), "invalid", "BAG010", clause),
        ("a digest in base64", bag(lines=b"TWFu" * 32 + b"  data/a.txt\n"), "invalid", "BAG010", clause),
        ("sha256 under the name of sha512", bag(edit=lambda _: manifest_of(PAYLOAD, "sha256")),
         "invalid", "BAG010", RFC + "2.4"),
        ("an escape of two parts", bag({"data/a%0A": b"a"}, edit=lambda _: _line("data/a%250A")), "valid", "", clause),
        ("an escape that is cut", bag({"data/a%": b"a"}, edit=lambda _: _line("data/a%")), "warning", "BAG034", POLICY),
        ("%25 of a file that has it not, before 1.0",
         bag({"data/a%": b"a"}, version="0.97", edit=lambda _: _line("data/a%25")),
         "invalid", "BAG004 BAG005", "draft-kunze-bagit-14, 2.1.3"),
        ("a zero-width space in a path", bag(edit=lambda listed: listed.replace(b"a.txt", "a\u200b.txt".encode())),
         "invalid", "BAG004 BAG005", clause),
        ("a Cyrillic letter in a path", bag(edit=lambda listed: listed.replace(b"a.txt", "а.txt".encode())),
         "invalid", "BAG004 BAG005", clause),
        ("a file of no bytes with the digest of a space",
         bag({"data/a": b""}, edit=lambda _: manifest_of({"data/a": b" "})), "invalid", "BAG003", complete),
        ("a bag in the payload",
         bag({f"data/{name}": content for name, content in inner.items()}), "valid", "", clause),
        ("manifests below", bag(tags={"metadata/manifest-sha512.txt": lying, "metadata/tagmanifest-md5.txt": b"x"}),
         "valid", "", clause),
        ("data is a file", bag({}, after=_data_a_file), "invalid", "BAG027", RFC + "2.1.2"),
        ("the tag manifest lists a folder", bag(tags={"metadata/x": b"a"}, tag_lines=A + b"  metadata\n"),
         "invalid", "BAG007", complete),
        ("the tag manifest lists what is not there", bag(tag_lines=A + b"  fetch.txt\n"),
         "invalid", "BAG007", complete),
        ("a tag file of two lists, one lies",
         bag(tag_edit=lambda listed: listed.replace(digest(GOOD).encode(), digest(b"x").encode())),
         "invalid", "BAG006", complete),
        ("the tag manifest alone lies in UTF-16", bag(tag_edit=lambda listed: listed.decode().encode("utf-16")),
         "invalid", "BAG024", RFC + "2.1.1"),
    ]  # fmt: skip


def _line(path: str) -> bytes:
    return A + b"  " + path.encode() + b"\n"


def _data_a_file(folder: Path) -> None:
    (folder / "data").rmdir()
    put(folder, "data", b"a")


def _fetch(line: str, **more: object) -> Maker:
    return bag(tags={"fetch.txt": line.encode()}, **more)  # type: ignore[arg-type]


PRIVATE = (
    *("http://0/a", "http://127.1/a", "http://100.64.0.1/a", "http://192.0.2.1/a", "http://224.0.0.1/a"),
    *("http://[::]/a", "http://[::127.0.0.1]/a", "http://[64:ff9b::7f00:1]/a", "http://[fec0::1]/a"),
    *("http://[fc00::1]/a", "http://[fe80::1%25eth0]/a", "http://[::ffff:0:7f00:1]/a", "http://[2001::1]/a"),
    *("http://[2001:db8::1]/a", "http://LOCALHOST/a", "http://a.LocalHost./a", "http://%6cocalhost/a"),
    *("http://①②⑦.0.0.1/a", "http://0x7F.0.0.1/a", "http://017700000001/a", "http://255.255.255.255/a"),
    *("http://[64:ff9b:1::a00:1]/a", "http://[::ffff:10.0.0.1]/a", "http://a.home.arpa/a"),
)
LENGTHS = ("1.0", "1e0", "0x1", "--", "—", "1_0", "1,0", "∞", "1B", "'1'", "-0")


def _fetches() -> list[tuple[str, Maker, str, str, str]]:
    clause = RFC + "2.2.3"
    url = "https://archive.example/a"
    spaced = {"data/a b.txt": b"a"}
    percent = {"data/100%.txt": b"a"}
    return [
        *((f"a private host: {one}", _fetch(f"{one} 1 data/a.txt\n"), "warning", "BAG056", RFC + "5.2")
          for one in PRIVATE),
        *((f"a length of {one}", _fetch(f"{url} {one} data/a.txt\n"), "invalid", "BAG028", clause) for one in LENGTHS),
        ("a length with zeros before", _fetch(f"{url} 0001 data/a.txt\n"), "valid", "", clause),
        ("a length of nothing", _fetch(f"{url} 0 data/a.txt\n"), "warning", "BAG055", POLICY),
        ("a scheme and a host in capitals", _fetch("HTTPS://ARCHIVE.EXAMPLE/a 1 data/a.txt\n"), "valid", "", clause),
        ("by FTP", _fetch("ftp://archive.example/a 1 data/a.txt\n"), "valid", "", clause),
        ("a space in a path", _fetch(f"{url} 1 data/a b.txt\n", payload=spaced), "valid", "", clause),
        ("a percent in a path", _fetch(f"{url} 1 data/100%25.txt\n", payload=percent), "valid", "", clause),
        ("a space behind a path", _fetch(f"{url} 1 data/a.txt \n"), "invalid", "BAG029", clause),
        ("a backslash for a slash", _fetch(f"{url} 1 data\\a.txt\n"), "invalid", "BAG014", clause),
        ("port 0", _fetch("https://archive.example:0/a 1 data/a.txt\n"), "warning", "BAG060", POLICY),
        ("port 0 with zeros", _fetch("https://archive.example:0000/a 1 data/a.txt\n"), "warning", "BAG060", POLICY),
        ("a port in Arabic digits", _fetch("https://archive.example:٨٠/a 1 data/a.txt\n"),
         "warning", "BAG060", POLICY),
        ("a local file behind a space", _fetch(" file:///etc/passwd 1 data/a.txt\n"), "invalid", "", clause),
        ("CR for line ends", _fetch(f"{url} 1 data/a.txt\r{url}2 2 data/deep/b.txt\r"), "valid", "", clause),
        ("not protected", bag(unlisted={"fetch.txt": f"{url} 1 data/a.txt\n".encode()}), "warning", "BAG008", POLICY),
        ("over the tag manifest", _fetch(f"{url} - tagmanifest-sha512.txt\n"), "invalid", "BAG014", RFC + "5.2"),
        ("a file below", bag(tags={"metadata/fetch.txt": b"file:///etc/passwd - ../x\n"}), "valid", "", clause),
    ]  # fmt: skip


def _links() -> list[tuple[str, Maker, str, str, str]]:
    return [
        ("to a folder with a slash behind", linked("data/x", "deep/"), "warning", "BAG046", POLICY),
        ("to a file with a slash behind", linked("data/x", "a.txt/"), "invalid", "BAG017", POLICY),
        ("to a file with a slash behind, listed", linked("data/x", "a.txt/", b"a"), "invalid", "BAG004 BAG017", POLICY),
        ("to a file with /. behind", linked("data/x", "a.txt/."), "invalid", "BAG017", POLICY),
        ("through a file", linked("data/x", "a.txt/../a.txt"), "invalid", "BAG017", POLICY),
        ("out of data and in again", linked("data/x", "../data/a.txt"), "warning", "BAG046", POLICY),
        ("through a link and up", linked("data/x", "y/../a.txt", to_fill=link("data/y", "deep")),
         "warning", "BAG046", POLICY),
        ("among the tag files", bag(tags={"metadata/y": b"a"}, after=link("metadata/x", "y")),
         "invalid", "BAG017", POLICY),
        ("a folder of tag files", bag(after=link("metadata", "data")), "invalid", "BAG017", POLICY),
        ("to the standard input", linked("data/x", "/proc/self/fd/0", b""), "invalid", "BAG004 BAG017", POLICY),
        ("to a path too long", linked("data/x", "d/" * 2000 + "a.txt"), "invalid", "BAG017", POLICY),
        ("a name of escapes", linked("data/\x1b[2J", "a.txt"), "warning", "BAG046 BAG052", POLICY),
        ("hard, within the payload", bag({**PAYLOAD, "data/c": b"a"}, after=_hard("data/c", "data/a.txt")),
         "valid", "", POLICY),
        ("hard, to a tag file", bag({"data/c": GOOD}, after=_hard("data/c", "bagit.txt")), "valid", "", POLICY),
    ]  # fmt: skip


def _hard(name: str, target: str) -> Maker:
    def make(folder: Path) -> None:
        (folder / name).unlink()
        (folder / name).hardlink_to(folder / target)

    return make


def _block_device(folder: Path) -> None:
    os.mknod(folder / "data" / "x", 0o600 | stat.S_IFBLK, os.makedev(7, 0))


def long_and_deep(folder: Path) -> None:
    path = "data" + "/ddd" * 1900 + "/a.txt"
    bag({}, edit=lambda _: manifest_of({path: b"a"}))(folder)
    at = os.open(folder / "data", os.O_RDONLY | os.O_DIRECTORY)
    for _ in range(1900):
        os.mkdir("ddd", dir_fd=at)
        below = os.open("ddd", os.O_RDONLY | os.O_DIRECTORY, dir_fd=at)
        os.close(at)
        at = below
    file = os.open("a.txt", os.O_WRONLY | os.O_CREAT, 0o644, dir_fd=at)
    os.write(file, b"a")
    os.close(file)
    os.close(at)


CASES = (
    *(Case(f"odd: {row[0]}", "bagit.txt", *row[1:]) for row in _declarations()),
    *(Case(f"odd: {row[0]}", "bag-info.txt", *row[1:]) for row in _metadata()),
    *(Case(f"odd: {row[0]}", "manifests", *row[1:]) for row in _manifests()),
    *(Case(f"odd: {row[0]}", "fetch.txt", *row[1:]) for row in _fetches()),
    *(Case(f"odd: {row[0]}", "links", *row[1:]) for row in _links()),
    Case("odd: a pipe among the tag files", "special files", bag(tags={"metadata/y": b"a"}, after=pipe("metadata/x")),
         "invalid", "BAG018", POLICY),
    Case("odd: a block device", "special files", bag(after=_block_device), "invalid", "BAG018", POLICY),
    Case("odd: a path longer than the system takes", "sizes", long_and_deep, "valid", "", POLICY),
    *(Case(f"odd: {name}", "names", named(name), verdict, codes, POLICY) for name, verdict, codes in (
        ("a\u200bb", "valid", ""), ("\u200f", "warning", "BAG051"), ("\ufeffa", "valid", ""),
        ("a\u2029b", "warning", "BAG052"), ("\x01", "warning", "BAG052"), (" a", "valid", ""),
        ("~", "valid", ""), ("C:", "valid", ""), ("a:b", "valid", ""), ("CONIN$", "warning", "BAG049"),
        ("com9.", "warning", "BAG049 BAG050"), ("..a", "valid", ""), ("\U000e0041", "valid", ""),
        ("Thumbs.db", "warning", "BAG039"), ("a\u061cb", "warning", "BAG051"), ("\U0010ffff", "valid", ""),
    )),
)  # fmt: skip
