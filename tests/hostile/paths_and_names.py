"""Hostile bags: paths that lead elsewhere, names that deceive or break, encodings that are none."""

from __future__ import annotations

import unicodedata
from pathlib import Path

from tests.hostile.making import (
    PAYLOAD,
    POLICY,
    RFC,
    Case,
    Maker,
    bag,
    beside,
    declaration,
    digest,
    encoded,
    listing,
    manifest_of,
    named,
    put,
    respelt,
    written,
)

SECRET = b"secret"


def _paths() -> list[tuple[str, Maker, str, str, str]]:
    out = beside("outside.txt")
    evil = beside("bag-evil/secret.txt")
    a = digest(b"a").encode()
    return [
        ("absolute", listing("/etc/passwd"), "invalid", "BAG013", RFC + "5.1"),
        ("absolute in the tag manifest", bag(tag_lines=a + b"  /etc/passwd\n"), "invalid", "BAG013", RFC + "5.1"),
        ("out by ..", listing("../outside.txt", SECRET, after=out), "invalid", "BAG013", RFC + "5.1"),
        ("out by .. within data", listing("data/../../outside.txt", SECRET, after=out),
         "invalid", "BAG013", RFC + "5.1"),
        ("out by .. and back", listing("../bag/data/a.txt"), "invalid", "BAG013", RFC + "5.1"),
        ("out by .. in the tag manifest", bag(tag_lines=a + b"  ../outside.txt\n"), "invalid", "BAG013", RFC + "5.1"),
        ("sibling with the same prefix", listing("../bag-evil/secret.txt", SECRET, after=evil),
         "invalid", "BAG013", RFC + "5.1"),
        ("out behind a line end", listing("data/%0A/../../../outside.txt"), "invalid", "BAG013", RFC + "5.1"),
        ("out by .. between backslashes", listing("data/x\\..\\..\\..\\outside.txt"), "invalid", "BAG013", RFC + "5.1"),
        ("encoded ..", listing("data/%2e%2e/%2e%2e/outside.txt", SECRET, after=out),
         "invalid", "BAG004 BAG034", RFC + "2.1.3"),
        ("encoded slash", listing("data/..%2f..%2foutside.txt", SECRET, after=out),
         "invalid", "BAG004 BAG034", RFC + "2.1.3"),
        ("home", listing("~/secret"), "invalid", "BAG013", RFC + "5.1"),
        ("home of another", listing("~root/secret"), "invalid", "BAG013", RFC + "5.1"),
        ("drive", listing("C:\\secret"), "invalid", "BAG013", RFC + "5.1"),
        ("drive with slashes", listing("c:/secret"), "invalid", "BAG013", RFC + "5.1"),
        ("UNC", listing("\\\\server\\share\\secret"), "invalid", "BAG013", RFC + "5.1"),
        ("./ before", respelt("./data/a.txt"), "warning", "BAG033", POLICY),
        ("./ within", respelt("data/./a.txt"), "warning", "BAG033", POLICY),
        ("two slashes", respelt("data//a.txt"), "warning", "BAG033", POLICY),
        (".. that stays in data", respelt("data/deep/../a.txt"), "warning", "BAG033", POLICY),
        (".. that stays in the bag", respelt("data/../data/a.txt"), "warning", "BAG033", POLICY),
        (".. to a tag file", listing("data/../bag-info.txt"), "invalid", "BAG014", RFC + "2.1.3"),
        (".. to the bag itself", listing("data/.."), "invalid", "BAG014", RFC + "2.1.3"),
        ("the data folder", listing("data/"), "invalid", "BAG014", RFC + "2.1.3"),
        ("a folder", listing("data/deep"), "invalid", "BAG004", RFC + "3"),
        ("a file as a folder", listing("data/a.txt/b"), "invalid", "BAG004", RFC + "3"),
        ("a slash after a file", respelt("data/a.txt/"), "warning", "BAG033", POLICY),
        ("NUL", listing("data/a\0b.txt"), "invalid", "BAG047", POLICY),
        ("NUL after a good name", listing("data/a.txt\0.png"), "invalid", "BAG047", POLICY),
        ("a name too long", listing("data/" + "x" * 300), "invalid", "BAG004", RFC + "3"),
        ("a path too long", listing("data" + "/x" * 3000), "invalid", "BAG004", RFC + "3"),
        ("a tag file in the payload manifest", listing("bag-info.txt"), "invalid", "BAG014", RFC + "2.1.3"),
        ("a payload file in the tag manifest only", bag(unlisted={"data/c.txt": b"a"}, tag_lines=a + b"  data/c.txt\n"),
         "invalid", "BAG005 BAG014", RFC + "2.1.3"),
        ("data in capitals", listing("DATA/a.txt"), "invalid", "BAG014", RFC + "2.1.2"),
        ("a sibling of data", bag(tags={"database/x": b"a"}, lines=a + b"  database/x\n"),
         "invalid", "BAG014", RFC + "2.1.3"),
    ]  # fmt: skip


NFC, NFD = (unicodedata.normalize(form, "data/café.txt") for form in ("NFC", "NFD"))


def _names() -> list[tuple[str, Maker, str, str, str]]:
    two = {NFC: b"a", NFD: b"b"}
    latin = {"data/caf\udce9.txt": b"a"}
    return [
        ("percent", named("100%.txt"), "valid", "", RFC + "2.1.3"),
        ("percent that is not escaped", bag({"data/100%.txt": b"a"}, edit=lambda _: _raw("data/100%.txt")),
         "warning", "BAG034", POLICY),
        ("an escape in a name", named("a%0Ab.txt"), "valid", "", RFC + "2.1.3"),
        ("an escaped escape in a name", named("a%250Ab.txt"), "valid", "", RFC + "2.1.3"),
        ("an escape that is none", bag({"data/a%20b": b"a"}, edit=lambda _: _raw("data/a%20b")),
         "warning", "BAG034", POLICY),
        ("another name behind %20", bag({"data/a b": b"a"}, edit=lambda _: _raw("data/a%20b")),
         "invalid", "BAG004 BAG005", RFC + "2.1.3"),
        ("percent before 1.0", _old("data/100%.txt", "data/100%.txt"), "valid", "", "draft-kunze-bagit-14, 2.1.3"),
        ("%25 before 1.0", _old("data/100%25.txt", "data/100%25.txt"), "valid", "", "draft-kunze-bagit-14, 2.1.3"),
        ("line end before 1.0", _old("data/a\nb.txt", "data/a%0Ab.txt"),
         "warning", "BAG052", "draft-kunze-bagit-14, 2.1.3"),
        ("line end", named("a\nb.txt"), "warning", "BAG052", POLICY),
        ("line end in small letters", bag({"data/a\nb": b"a"}, edit=lambda _: _raw("data/a%0ab")),
         "warning", "BAG052", POLICY),
        ("carriage return", named("a\rb"), "warning", "BAG052", POLICY),
        ("three line ends", named("\n\n\n"), "warning", "BAG052", POLICY),
        ("a line end that is not escaped", bag({"data/a\nb": b"a"}, edit=lambda _: _raw("data/a\nb")),
         "invalid", "BAG010", RFC + "2.1.3"),
        ("line separator", named("a\u2028b"), "warning", "BAG052", POLICY),
        ("next line", named("a\x85b"), "warning", "BAG052", POLICY),
        ("form feed", named("a\x0cb"), "warning", "BAG052", POLICY),
        ("escape sequence", named("\x1b[31mred\x1b[0m"), "warning", "BAG052", POLICY),
        ("delete", named("a\x7f"), "warning", "BAG052", POLICY),
        ("no-break space at the end", named("a\xa0"), "valid", "", RFC + "2.1.3"),
        ("ideographic space at the end", named("a\u3000"), "valid", "", RFC + "2.1.3"),
        ("space at the end", named("a "), "warning", "BAG050", POLICY),
        ("dot at the end", named("a."), "warning", "BAG050", POLICY),
        ("three dots", named("..."), "warning", "BAG050", POLICY),
        ("a folder with a dot at the end", named("folder./a.txt"), "warning", "BAG050", POLICY),
        ("tab within", named("a\tb"), "warning", "BAG052", POLICY),
        ("CON", named("CON"), "warning", "BAG049", POLICY),
        ("nul.txt", named("nul.txt"), "warning", "BAG049", POLICY),
        ("a folder aux", named("aux/a.txt"), "warning", "BAG049", POLICY),
        ("LPT1.tar.gz", named("LPT1.tar.gz"), "warning", "BAG049", POLICY),
        ("console.txt", named("console.txt"), "valid", "", POLICY),
        ("right-to-left override", named("\u202egnp.exe"), "warning", "BAG051", POLICY),
        ("isolate", named("a\u2066b\u2069"), "warning", "BAG051", POLICY),
        ("Hebrew", named("שלום.txt"), "valid", "", POLICY),
        ("backslash", named("folder\\a.txt"), "warning", "BAG053", POLICY),
        ("a dash before", named("-rf"), "valid", "", RFC + "2.1.3"),
        ("an asterisk before", named("*.txt"), "valid", "", RFC + "2.1.3"),
        ("emoji", named("📦.txt"), "valid", "", RFC + "2.1.3"),
        ("fullwidth slash", named("a／b"), "valid", "", RFC + "2.1.3"),
        ("a payload name that is no UTF-8", bag(unlisted=latin), "invalid", "BAG005", RFC + "3"),
        ("a payload name that is no UTF-8, listed", bag(latin), "invalid", "BAG005 BAG024", RFC + "2.1.1"),
        ("a tag file's name that is no UTF-8", bag(unlisted={"caf\udce9.txt": b"a"}), "warning", "BAG008", POLICY),
        ("another normal form on disk", bag({NFC: b"a"}, without=(NFC,), unlisted={NFD: b"a"}),
         "warning", "BAG038", RFC + "6.1"),
        ("another normal form in the manifest", bag({NFD: b"a"}, without=(NFD,), unlisted={NFC: b"a"}),
         "warning", "BAG038", RFC + "6.1"),
        ("another normal form and another content", bag({NFC: b"a"}, without=(NFC,), unlisted={NFD: b"b"}),
         "invalid", "BAG003 BAG038", RFC + "3"),
        ("an unlisted twin in NFD", bag({NFC: b"a"}, unlisted={NFD: b"a"}), "invalid", "BAG005", RFC + "3"),
        ("an unlisted twin in NFC", bag({NFD: b"a"}, unlisted={NFC: b"a"}), "invalid", "BAG005", RFC + "3"),
        ("twins, both listed", bag(two), "warning", "BAG037", RFC + "6.1"),
        ("twins, both listed, one there", bag(two, without=(NFD,)), "invalid", "BAG004", RFC + "3"),
        ("case twins", bag({"data/A": b"a", "data/a": b"b"}), "warning", "BAG037", RFC + "6.1"),
        ("an unlisted case twin", bag({"data/A": b"a"}, unlisted={"data/a": b"b"}), "invalid", "BAG005", RFC + "3"),
        ("another case on disk", bag({"data/A": b"a"}, without=("data/A",), unlisted={"data/a": b"a"}),
         "invalid", "BAG004 BAG005", RFC + "3"),
        ("a file left by a system", named(".DS_Store"), "warning", "BAG039", RFC + "6.1"),
        ("an empty folder", bag(after=lambda folder: (folder / "data" / "empty").mkdir()), "warning", "BAG057", POLICY),
        ("an empty folder without the payload", bag(after=lambda folder: (folder / "metadata").mkdir()),
         "warning", "BAG057", POLICY),
    ]  # fmt: skip


def _raw(path: str) -> bytes:
    return manifest_of({path: b"a"}, escaped=False)


def _old(path: str, as_written: str) -> Maker:
    return bag({path: b"a"}, version="0.97", edit=lambda _: _raw(as_written))


TEXT = ("UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "UTF-7", "ISO-8859-1", "windows-1252", "Shift_JIS", "cp1251")
NO_TEXT = (
    *("rot13", "idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "charmap", "zlib_codec"),
    *("base64", "hex", "bz2", "uu", "quopri", "mbcs", "oem", "x-none", "../utf_8", "os", "UTF-8\x00", ""),
)


def _encodings() -> list[tuple[str, Maker, str, str, str]]:
    rows = [(f"text: {name}", encoded(name), "valid", "", RFC + "2.1.1") for name in TEXT]
    rows += [
        (f"no text: {name!a}", bag(bagit=declaration(encoding=name)), "invalid", "BAG002", RFC + "2.1.1")
        for name in NO_TEXT
    ]
    latin = "Contact-Name: André\n".encode("latin-1")
    return [
        *rows,
        ("Latin-1 that is said to be UTF-8", bag(info=latin), "invalid", "BAG024", RFC + "2.1.1"),
        ("UTF-8 that is said to be ASCII", bag(encoding="ascii", info="Contact-Name: André\n".encode()),
         "invalid", "BAG024", RFC + "2.1.1"),
        ("UTF-8 that is said to be UTF-16", bag(encoding="UTF-16"), "invalid", "BAG010", RFC + "2.1.1"),
        ("UTF-16 that is said to be UTF-8", encoded("UTF-16", declared="UTF-8"), "invalid", "BAG024", RFC + "2.1.1"),
        ("UTF-16LE that is said to be UTF-8", encoded("UTF-16LE", declared="UTF-8"), "invalid", "BAG047", POLICY),
        ("a lone surrogate in UTF-8", bag(info=b"Contact-Name: \xed\xa0\x80\n"), "invalid", "BAG024", RFC + "2.1.1"),
        ("an overlong slash in UTF-8", bag(lines=digest(b"a").encode() + b"  data/..\xc0\xaf..\xc0\xafx\n"),
         "invalid", "BAG024", RFC + "2.1.1"),
    ]  # fmt: skip


def _more() -> list[tuple[str, Maker, str, str, str]]:
    marks, reversed_marks = "data/a\u0323\u0301", "data/a\u0301\u0323"
    syllable, letters = "data/\uac00", "data/\u1100\u1161"
    return [
        ("carriage return and line end", named("a\r\nb"), "warning", "BAG052", POLICY),
        ("a line of a manifest for a name", named(digest(b"a") + "  data"), "valid", "", RFC + "2.1.3"),
        ("an escaped escaped percent", named("%2525"), "valid", "", RFC + "2.1.3"),
        ("255 bytes", named("é" * 127), "valid", "", RFC + "2.1.3"),
        ("COM with a superscript", named("COM¹.txt"), "warning", "BAG049", POLICY),
        ("CON before a space and a dot", named("con .txt"), "warning", "BAG049", POLICY),
        ("Hangul letters listed, syllable on disk", bag({letters: b"a"}, without=(letters,), unlisted={syllable: b"a"}),
         "warning", "BAG038", RFC + "6.1"),
        ("an unlisted twin with its marks reversed", bag({marks: b"a"}, unlisted={reversed_marks: b"a"}),
         "invalid", "BAG005", RFC + "3"),
        ("twins: K and the kelvin sign", bag({"data/\u212a": b"a", "data/K": b"b"}), "warning", "BAG037", POLICY),
        ("twins: ß and SS", bag({"data/ß": b"a", "data/SS": b"b"}), "warning", "BAG037", POLICY),
        ("out by .. in UTF-7", bag(encoding="UTF-7", lines=digest(b"a").encode() + b"  +AC4ALg-/x\n"),
         "invalid", "BAG013", RFC + "5.1"),
        ("100,000 folders and back", listing("data/" + "a/../" * 100_000 + "a.txt"), "invalid", "BAG011", POLICY),
        ("two parts by a no-break space", bag(edit=lambda listed: listed.replace(b"  ", b"\xc2\xa0")),
         "invalid", "BAG010", RFC + "2.1.3"),
        ("lines by U+0085", bag(edit=lambda listed: listed.replace(b"\n", b"\xc2\x85")),
         "invalid", "BAG004 BAG005", RFC + "2.1.3"),
    ]  # fmt: skip


def _hidden(folder: Path) -> None:
    put(folder, "data/.hidden/.file", b"a")


CASES = (
    *(Case(row[0], "paths", *row[1:]) for row in _paths()),
    *(Case(row[0], "names", *row[1:]) for row in _names()),
    *(Case(row[0], "names", *row[1:]) for row in _more()),
    *(Case(row[0], "encodings", *row[1:]) for row in _encodings()),
    Case("an unlisted hidden file", "names", bag(after=_hidden), "invalid", "BAG005", RFC + "3"),
    Case(
        "written and read are one",
        "names",
        bag({**PAYLOAD, "data/a%\n%25\r": b"a"}),
        "warning",
        "BAG052",
        RFC + "2.1.3",
    ),
)
assert written("a%\n") == "a%25%0A"
