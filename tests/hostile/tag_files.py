"""Hostile bags: ``bagit.txt``, ``bag-info.txt`` with ``Payload-Oxum``, manifests and ``fetch.txt`` in odd forms."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

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
    listing,
    manifest_of,
    put,
    respelt,
)

GOOD = declaration()
SHA512 = "manifest-sha512.txt"
VERSION, ENCODING = b"BagIt-Version: 1.0\n", b"Tag-File-Character-Encoding: UTF-8\n"


def _declarations() -> list[tuple[str, Maker, str, str, str]]:
    clause = RFC + "2.1.1"
    malformed = {
        "empty": b"",
        "version twice": VERSION + GOOD,
        "encoding twice": GOOD + ENCODING,
        "encoding twice, two ways": GOOD + b"Tag-File-Character-Encoding: UTF-16\n",
        "third line": GOOD + b"Contact-Name: A.\n",
        "blank third line": GOOD + b"\n",
        "blank line between": VERSION + b"\n" + ENCODING,
        "comment": b"# a bag\n" + GOOD,
        "other order": ENCODING + VERSION,
        "no version": ENCODING,
        "no encoding": VERSION,
        "byte order mark": b"\xef\xbb\xbf" + GOOD,
        "UTF-16": GOOD.decode().encode("utf-16"),
        "Arabic digits": "BagIt-Version: ١.٠\n".encode() + ENCODING,
        "superscript": "BagIt-Version: 1.⁰\n".encode() + ENCODING,
        "underscore": b"BagIt-Version: 0.9_7\n" + ENCODING,
        "one number": b"BagIt-Version: 1\n" + ENCODING,
        "no first number": b"BagIt-Version: .97\n" + ENCODING,
        "three numbers": b"BagIt-Version: 1.0.0\n" + ENCODING,
        "minus": b"BagIt-Version: -1.0\n" + ENCODING,
        "small letters": GOOD.lower().replace(b"utf-8", b"UTF-8"),
        "capitals": GOOD.upper(),
        "space before the colon": GOOD.replace(b":", b" :"),
        "no space": GOOD.replace(b": ", b":"),
        "two spaces": GOOD.replace(b": ", b":  "),
        "tab": GOOD.replace(b": ", b":\t"),
        "no-break space": GOOD.replace(b": ", b":\xc2\xa0"),
        "space at the end": GOOD.replace(b"1.0\n", b"1.0 \n"),
        "space before": b" " + GOOD,
        "NUL": GOOD.replace(b"1.0", b"1.0\0"),
        "one line by U+2028": GOOD.replace(b"\n", "\u2028".encode(), 1),
        "version folded": b"BagIt-Version:\n 1.0\n" + ENCODING,
        "before 1.0, other order": ENCODING + b"BagIt-Version: 0.97\n",
        "before 1.0, no space": b"BagIt-Version:0.97\n" + ENCODING,
    }
    unknown = ("0.92", "0.98", "0.9", "1.1", "2.0", "01.0", "1.00", "999999999.0")
    ends = {"CRLF": GOOD.replace(b"\n", b"\r\n"), "CR": GOOD.replace(b"\n", b"\r"), "no last end": GOOD[:-1]}
    return [
        *((name, bag(bagit=content), "invalid", "BAG002", clause) for name, content in malformed.items()),
        *((f"version {one}", bag(version=one), "invalid", "BAG026", clause) for one in unknown),
        *((name, bag(bagit=content), "valid", "", clause) for name, content in ends.items()),
        *((f"version {one}", bag(version=one), "valid", "", "drafts") for one in ("0.96", "0.97", "1.0")),
        *((f"version {one}", _package_info(one), "valid", "", "drafts") for one in ("0.93", "0.94", "0.95")),
        ("5,000 digits", bag(version="1." + "0" * 5000), "invalid", "BAG002", clause),
        ("65 KiB", bag(bagit=GOOD + b"x" * 65 * 1024), "unchecked", "BAG025", POLICY),
        ("a folder", bag(without=("bagit.txt",), after=lambda folder: (folder / "bagit.txt").mkdir()),
         "invalid", "BAG001", clause),
    ]  # fmt: skip


def _package_info(version: str) -> Maker:
    info = {"package-info.txt": f"Payload-Oxum: {OXUM}\n".encode()}
    return bag(version=version, tags=info)


def _info(value: str, label: str = "Payload-Oxum") -> Maker:
    return bag(info=f"{label}: {value}\n".encode())


def _metadata() -> list[tuple[str, Maker, str, str, str]]:
    clause = RFC + "2.2.2"
    malformed = {
        "empty": "",
        "underscore": "1_0.2",
        "superscripts": "³.²",
        "Arabic digits": "٣.٢",
        "fullwidth": "３．２",
        "5,000 digits": "3" * 5000 + ".2",
        "no dot": "3",
        "two dots": "3.2.0",
        "minus": "-3.2",
        "plus": "+3.2",
        "comma": "3,2",
        "hexadecimal": "0x3.2",
        "exponent": "3e0.2",
        "words": "3.2 (3 bytes)",
        "space within": "3. 2",
        "folded": "3.\n 2",
        "dot alone": ".",
        "no count": "3.",
        "unit": "3B.2",
    }
    return [
        ("Oxum: true", _info(OXUM), "valid", "", clause),
        ("Oxum: leading zeros", _info("0003.02"), "valid", "", POLICY),
        ("Oxum: label in small letters", _info(OXUM, "payload-oxum"), "valid", "", clause),
        ("Oxum: untrue in capitals", _info("4.2", "PAYLOAD-OXUM"), "invalid", "BAG015", clause),
        ("Oxum: other bytes", _info("4.2"), "invalid", "BAG015", clause),
        ("Oxum: other count", _info("3.3"), "invalid", "BAG015", clause),
        ("Oxum: twice", bag(info=b"Payload-Oxum: 3.2\nPayload-Oxum: 3.2\n"), "invalid", "BAG016", clause),
        ("Oxum: twice, one untrue", bag(info=b"Payload-Oxum: 3.2\nPAYLOAD-OXUM: 4.2\n"),
         "invalid", "BAG015 BAG016", clause),
        *((f"Oxum: {name}", _info(value), "invalid", "BAG016", clause) for name, value in malformed.items()),
        ("NUL in a value", bag(info=b"Contact-Name: A.\0\n"), "invalid", "BAG047", POLICY),
        ("NUL in a label", bag(info=b"Contact\0Name: A.\n"), "invalid", "BAG047", POLICY),
        ("no colon", bag(info=b"Contact-Name A. Keeper\n"), "invalid", "BAG021", clause),
        ("no label", bag(info=b": A. Keeper\n"), "invalid", "BAG021", clause),
        ("a continuation of nothing", bag(info=b" A. Keeper\n"), "invalid", "BAG021", clause),
        ("repeats", bag(info=b"Contact-Name: A.\nContact-Name: B.\ncontact-name: A.\n"), "valid", "", clause),
        ("folded by tabs", bag(info=b"Contact-Name: A.\n\tKeeper\n   of books\n"), "valid", "", clause),
        ("byte order mark", bag(info=b"\xef\xbb\xbfContact-Name: A.\n"), "warning", "BAG043", POLICY),
        ("no space after the colon", bag(info=b"Contact-Name:A.\n"), "warning", "BAG023", clause),
        ("space before the colon", bag(info=b"Contact-Name : A.\n"), "warning", "BAG023", clause),
        ("an empty value", bag(info=b"Contact-Name: \n"), "warning", "BAG022", clause),
        ("a date that is none", _info("2026-02-30", "Bagging-Date"), "warning", "BAG041", clause),
        ("a date twice", bag(info=b"Bagging-Date: 2026-01-01\n" * 2), "warning", "BAG042", clause),
        ("a profile that nobody knows", _info("https://a.example/p.json", "BagIt-Profile-Identifier"),
         "valid", "", POLICY),
        ("no bag-info.txt", bag(without=("bag-info.txt",), tag_edit=_without(b"bag-info.txt")), "valid", "", clause),
        ("a listed bag-info.txt that is not there", bag(without=("bag-info.txt",)), "invalid", "BAG007", RFC + "3"),
        ("an escape sequence in a value", bag(info=b"Contact-Name: \x1b]0;owned\x07\n"), "valid", "", POLICY),
    ]  # fmt: skip


def _without(name: bytes) -> Callable[[bytes], bytes]:
    return lambda listed: b"".join(line for line in listed.splitlines(True) if not line.endswith(b"  " + name + b"\n"))


def _both(second: bytes, version: str = "1.0", name: str = "manifest-sha256.txt") -> Maker:
    manifests = {"manifest-sha512.txt": manifest_of(PAYLOAD), name: second}
    return bag(version=version, manifests=manifests)


def _only(algorithm: str, hashlib_name: str | None = None, content: bytes | None = None) -> Maker:
    listed = manifest_of(PAYLOAD, hashlib_name or algorithm) if content is None else content
    return bag(manifests={f"manifest-{algorithm}.txt": listed})


def _manifests() -> list[tuple[str, Maker, str, str, str]]:
    clause, complete, names = RFC + "2.1.3", RFC + "3", RFC + "2.4"
    a, b = digest(b"a").encode(), digest(b"b").encode()
    one = manifest_of({"data/a.txt": b"a"}, "sha256")
    both = manifest_of(PAYLOAD, "sha256")
    odd = b"00ff  data/a.txt\n11ee  data/deep/b.txt\n"
    line = a + b"  data/a.txt\n"
    return [
        ("none", bag(without=(SHA512,), tag_edit=_without(SHA512.encode())),
         "invalid", "BAG009", clause),
        ("a folder of that name", bag(without=(SHA512,), tag_edit=_without(SHA512.encode()), after=_folder),
         "invalid", "BAG009", clause),
        ("empty payload", bag({}), "valid", "", RFC + "2.1.2"),
        ("empty manifest, full payload", bag({}, unlisted=PAYLOAD), "invalid", "BAG005", complete),
        ("twins", bag(lines=line), "invalid", "BAG011", clause),
        ("twins before 1.0", bag(version="0.97", lines=line), "warning", "BAG012", POLICY),
        ("twins that differ", bag(lines=b + b"  data/a.txt\n"), "invalid", "BAG011", clause),
        ("twins that differ before 1.0", bag(version="0.97", lines=b + b"  data/a.txt\n"), "invalid", "BAG011", clause),
        ("twins by ./", bag(lines=a + b"  ./data/a.txt\n"), "invalid", "BAG011", clause),
        ("twins by ..", bag(lines=a + b"  data/deep/../a.txt\n"), "invalid", "BAG011", clause),
        ("second manifest", _both(both), "valid", "", clause),
        ("second manifest empty", _both(b""), "invalid", "BAG020", clause),
        ("second manifest lacks a file", _both(one), "invalid", "BAG020", clause),
        ("second manifest lacks a file before 1.0", _both(one, "0.97"), "valid", "", "draft-kunze-bagit-14, 2.1.3"),
        ("second manifest disagrees", _both(manifest_of({**PAYLOAD, "data/a.txt": b"x"}, "sha256")),
         "invalid", "BAG003", complete),
        ("comment", bag(edit=lambda listed: b"# made by hand\n" + listed), "invalid", "BAG010", POLICY),
        ("digest without a path", bag(lines=a + b"\n"), "invalid", "BAG010", POLICY),
        ("digest with spaces for a path", bag(lines=a + b"   \n"), "invalid", "", POLICY),
        ("path without a digest", bag(lines=b"data/a.txt\n"), "invalid", "BAG010", clause),
        ("no white space between", bag(lines=a + b"data/a.txt\n"), "invalid", "BAG010", clause),
        ("digest too short", bag(edit=lambda listed: listed[1:]), "invalid", "BAG010", names),
        ("digest too long", bag(edit=lambda listed: b"0" + listed), "invalid", "BAG010", names),
        ("digest that is no hexadecimal", bag(edit=lambda listed: b"g" + listed[1:]), "invalid", "BAG010", names),
        ("digest in fullwidth digits", bag(edit=lambda listed: "０".encode() + listed[1:]), "invalid", "BAG010", names),
        ("digest in capitals", bag(edit=lambda listed: _in_capitals(listed)), "valid", "", names),
        ("digest in both cases", bag(edit=lambda listed: _in_capitals(listed[:9]) + listed[9:]),
         "warning", "BAG035", POLICY),
        ("blank line", bag(edit=lambda listed: listed.replace(b"\n", b"\n\n")), "warning", "BAG048", POLICY),
        ("line of spaces", bag(lines=b" \t \n"), "warning", "BAG048", POLICY),
        ("byte order mark", bag(edit=lambda listed: b"\xef\xbb\xbf" + listed), "warning", "BAG043", POLICY),
        ("asterisk", bag(edit=lambda listed: listed.replace(b"  ", b" *")), "warning", "BAG032", RFC + "2.1.3"),
        ("asterisk and ./", respelt("*./data/a.txt"), "warning", "BAG032 BAG033", POLICY),
        ("tabs", bag(edit=lambda listed: listed.replace(b"  ", b"\t")), "valid", "", clause),
        ("many spaces", bag(edit=lambda listed: listed.replace(b"  ", b" " * 40)), "valid", "", clause),
        ("space before", bag(edit=lambda listed: b" " + listed), "invalid", "BAG010", clause),
        ("CRLF", bag(edit=lambda listed: listed.replace(b"\n", b"\r\n")), "valid", "", clause),
        ("CR", bag(edit=lambda listed: listed.replace(b"\n", b"\r")), "valid", "", clause),
        ("last line without an end", bag(edit=lambda listed: listed[:-1]), "warning", "BAG036", POLICY),
        ("another digest", bag({**PAYLOAD}, edit=lambda listed: listed.replace(a, b)), "invalid", "BAG003", complete),
        ("a file is missing", bag(without=("data/a.txt",)), "invalid", "BAG004", complete),
        ("a file too many", bag(unlisted={"data/c.txt": b""}), "invalid", "BAG005", complete),
        ("no data folder", bag({}, after=lambda folder: (folder / "data").rmdir()), "invalid", "BAG027", RFC + "2.1.2"),
        *((f"{name} alone", _only(name), "warning", "BAG040", POLICY) for name in ("md5", "sha1")),
        *((f"{name} alone", _only(name),
         "valid", "", names) for name in ("sha224", "sha256", "sha384", "blake2b", "blake2s")),
        *((f"{name} alone", _only(name, f"sha3_{name[4:]}"),
         "valid", "", names) for name in ("sha3224", "sha3256", "sha3384", "sha3512")),
        ("name in capitals", _only("SHA256", "sha256"), "warning", "BAG063", names),
        ("name with a hyphen", _only("sha-256", "sha256"), "warning", "BAG063", names),
        ("md5 beside sha512", _both(manifest_of(PAYLOAD, "md5"), name="manifest-md5.txt"), "valid", "", names),
        ("unknown algorithm alone", _only("whirlpool", content=odd), "unchecked", "BAG019", POLICY),
        ("unknown algorithm beside", _both(odd, name="manifest-whirlpool.txt"), "warning", "BAG044", POLICY),
        ("unknown algorithm of a tag manifest",
         bag(protected=False, tags={"tagmanifest-crc32.txt": b"0f  bagit.txt\n"}),
         "invalid", "BAG019", POLICY),
        ("shake alone", _only("shake_128", content=odd), "unchecked", "BAG045", POLICY),
        ("shake beside", _both(odd, name="manifest-shake256.txt"), "invalid", "BAG045", POLICY),
        ("no algorithm in the name", bag(tags={"manifest-.txt": b""}), "valid", "", RFC + "2.1.3"),
        ("no tag manifest", bag(protected=False), "warning", "BAG058", POLICY),
        ("a tag file that is not protected", bag(unlisted={"notes.txt": b""}), "warning", "BAG008", POLICY),
        ("a tag file that was changed", bag(after=lambda folder: put(folder, "bag-info.txt", b"A: b\n")),
         "invalid", "BAG006", complete),
        ("the tag manifest lists itself", bag(tag_lines=a + b"  tagmanifest-sha512.txt\n"),
         "invalid", "BAG030", RFC + "2.2.1"),
        ("the tag manifest leaves out the manifest", bag(tag_edit=_without(b"manifest-sha512.txt")),
         "invalid", "BAG031", RFC + "2.2.1"),
        ("the tag manifest leaves out the manifest, before 1.0",
         bag(version="0.97", tag_edit=_without(b"manifest-sha512.txt")), "warning", "BAG008", POLICY),
        ("a missing tag file", listing("data/a.txt", version="0.97", tag_lines=a + b"  notes.txt\n"),
         "invalid", "BAG007", complete),
    ]  # fmt: skip


def _folder(folder: Path) -> None:
    put(folder, "manifest-sha512.txt/x", b"")


def _in_capitals(listed: bytes) -> bytes:
    return b"".join(line[:128].upper() + line[128:] for line in listed.splitlines(True))


def _fetch(line: str, **more: object) -> Maker:
    return bag(tags={"fetch.txt": line.encode()}, **more)  # type: ignore[arg-type]


def _fetches() -> list[tuple[str, Maker, str, str, str]]:
    clause = RFC + "2.2.3"
    url = "https://archive.example/a"
    second = {
        "manifest-sha512.txt": manifest_of(PAYLOAD),
        "manifest-sha256.txt": manifest_of({"data/a.txt": b"a"}, "sha256"),
    }
    private = (
        *("http://127.0.0.1/a", "http://localhost/a", "http://[::1]/a", "http://10.1.2.3/a", "http://192.168.0.1/a"),
        *("http://169.254.169.254/latest/meta-data", "http://2130706433/a", "http://0x7f000001/a", "http://printer/a"),
        *("http://[::ffff:127.0.0.1]/a", "ftp://172.16.0.1/a", "http://a.b.internal/a"),
    )
    return [
        ("the file is there", _fetch(f"{url} 1 data/a.txt\n"), "valid", "", clause),
        ("length not said", _fetch(f"{url} - data/a.txt\n"), "valid", "", clause),
        ("tabs", _fetch(f"{url}\t1\tdata/a.txt\n"), "valid", "", clause),
        ("the file is not there", _fetch(f"{url} 1 data/a.txt\n", without=("data/a.txt",)),
         "invalid", "BAG004", RFC + "3"),
        ("another length", _fetch(f"{url} 7 data/a.txt\n"), "warning", "BAG055", POLICY),
        ("outside data", _fetch(f"{url} - notes.txt\n"), "invalid", "BAG014", clause),
        ("over a tag file", _fetch(f"{url} - manifest-sha512.txt\n"), "invalid", "BAG014", RFC + "5.2"),
        ("over bagit.txt by ..", _fetch(f"{url} - data/../bagit.txt\n"), "invalid", "BAG014", RFC + "5.1"),
        ("out of the bag", _fetch(f"{url} - ../outside.txt\n"), "invalid", "BAG013", RFC + "5.1"),
        ("out of the bag within data", _fetch(f"{url} - data/../../outside.txt\n"), "invalid", "BAG013", RFC + "5.1"),
        ("absolute", _fetch(f"{url} - /etc/cron.d/x\n"), "invalid", "BAG013", RFC + "5.1"),
        ("home", _fetch(f"{url} - ~/.ssh/authorized_keys\n"), "invalid", "BAG013", RFC + "5.1"),
        ("not in a manifest", _fetch(f"{url} - data/c.txt\n"), "invalid", "BAG029", clause),
        ("not in every manifest", _fetch(f"{url} - data/deep/b.txt\n", manifests=second), "invalid", "BAG029", clause),
        ("two fields", _fetch(f"{url} data/a.txt\n"), "invalid", "BAG028", clause),
        ("one field", _fetch(f"{url}\n"), "invalid", "BAG028", clause),
        ("comment", _fetch(f"# from the web\n{url} 1 data/a.txt\n"), "invalid", "BAG028", clause),
        ("negative length", _fetch(f"{url} -1 data/a.txt\n"), "invalid", "BAG028", clause),
        ("length in superscripts", _fetch(f"{url} ¹ data/a.txt\n"), "invalid", "BAG028", clause),
        ("length of 5,000 digits", _fetch(f"{url} {'1' * 5000} data/a.txt\n"), "invalid", "BAG028", clause),
        ("no scheme", _fetch("archive.example/a 1 data/a.txt\n"), "invalid", "BAG028", clause),
        ("no host", _fetch("http:///a 1 data/a.txt\n"), "invalid", "BAG028", clause),
        ("half an address", _fetch("http://[::1/a 1 data/a.txt\n"), "invalid", "BAG028", clause),
        ("space in the address", _fetch("https://archive.example/a b 1 data/a.txt\n"), "invalid", "BAG028", clause),
        ("escape sequence in the address", _fetch(f"{url}\x1b[2J 1 data/a.txt\n"), "invalid", "BAG028", clause),
        ("NUL in the path", _fetch(f"{url} 1 data/a.txt\0\n"), "invalid", "BAG047", POLICY),
        ("a local file", _fetch("file:///etc/passwd 1 data/a.txt\n"), "invalid", "BAG054", RFC + "5.2"),
        ("a local file in capitals", _fetch("FILE:/etc/passwd 1 data/a.txt\n"), "invalid", "BAG054", RFC + "5.2"),
        ("blank line", _fetch(f"{url} 1 data/a.txt\n\n"), "warning", "BAG048", POLICY),
        ("./ in the path", _fetch(f"{url} 1 ./data/a.txt\n"), "warning", "BAG033", POLICY),
        ("a name that Windows cannot hold", _fetch(f"{url} - data/NUL\n", lines=digest(b"").encode() + b"  data/NUL\n"),
         "invalid", "BAG004 BAG049", POLICY),
        ("empty", _fetch(""), "valid", "", POLICY),
        ("byte order mark", _fetch(f"\ufeff{url} 1 data/a.txt\n"), "warning", "BAG043", POLICY),
        *((f"a private host: {one}", _fetch(f"{one} 1 data/a.txt\n"),
         "warning", "BAG056", RFC + "5.2") for one in private),
        ("no scheme, but a network path", _fetch("//archive.example/a 1 data/a.txt\n"), "invalid", "BAG028", clause),
        ("a length in Arabic digits", _fetch(f"{url} \u0661 data/a.txt\n"), "invalid", "BAG028", clause),
        ("a length with a sign", _fetch(f"{url} +1 data/a.txt\n"), "invalid", "BAG028", clause),
        ("a Windows path", _fetch(f"{url} 1 C:\\data\\a.txt\n"), "invalid", "BAG013", RFC + "5.1"),
        ("the payload folder itself", _fetch(f"{url} - data/\n"), "invalid", "BAG014", clause),
        ("out of the bag by a line end", _fetch(f"{url} - data/%0A/../../../x\n"), "invalid", "BAG013", RFC + "5.1"),
        ("a private host with a name and a port", _fetch("https://someone@10.0.0.1:8080/a 1 data/a.txt\n"),
         "warning", "BAG056", RFC + "5.2"),
        ("a password in the address", _fetch("https://someone:word@archive.example/a 1 data/a.txt\n"),
         "warning", "BAG061", POLICY),
        ("an empty password", _fetch("https://someone:@archive.example/a 1 data/a.txt\n"), "warning", "BAG061", POLICY),
        ("a port that there is not", _fetch("https://archive.example:99999/a 1 data/a.txt\n"),
         "warning", "BAG060", POLICY),
        ("a port of 5,000 digits", _fetch(f"https://archive.example:{'9' * 5000}/a 1 data/a.txt\n"),
         "warning", "BAG060", POLICY),
        ("a port of letters", _fetch("https://archive.example:http/a 1 data/a.txt\n"), "warning", "BAG060", POLICY),
        ("a script for an address", _fetch("javascript:alert(1) 1 data/a.txt\n"), "warning", "BAG060", POLICY),
        ("the content for an address", _fetch("data:,a 1 data/a.txt\n"), "warning", "BAG060", POLICY),
        ("twice", _fetch(f"{url} 1 data/a.txt\n{url} 1 data/a.txt\n"), "warning", "BAG062", POLICY),
        ("twice in two ways", _fetch(f"{url} 1 data/a.txt\n{url} 1 data/x/../a.txt\n"),
         "warning", "BAG033 BAG062", POLICY),
        ("a link-local host, IPv6", _fetch("http://[fe80::1]/a 1 data/a.txt\n"), "warning", "BAG056", RFC + "5.2"),
        ("a host of an octal number", _fetch("http://0177.0.0.1/a 1 data/a.txt\n"), "warning", "BAG056", RFC + "5.2"),
        ("a private host behind a dot", _fetch("http://localhost./a 1 data/a.txt\n"), "warning", "BAG056", RFC + "5.2"),
        ("a private host in full-width digits", _fetch("http://\uff11\uff12\uff17.0.0.1/a 1 data/a.txt\n"),
         "warning", "BAG056", RFC + "5.2"),
        ("a private host with ideographic stops", _fetch("http://127\u30020\u30020\u30021/a 1 data/a.txt\n"),
         "warning", "BAG056", RFC + "5.2"),
        ("a private host by 6to4", _fetch("http://[2002:7f00:1::]/a 1 data/a.txt\n"), "warning", "BAG056", RFC + "5.2"),
        ("a host of the open net", _fetch("https://192.0.2.1.example/a 1 data/a.txt\n"), "valid", "", POLICY),
    ]  # fmt: skip


CASES = (
    *(Case(row[0], "bagit.txt", *row[1:]) for row in _declarations()),
    *(Case(row[0], "bag-info.txt", *row[1:]) for row in _metadata()),
    *(Case(row[0], "manifests", *row[1:]) for row in _manifests()),
    *(Case(row[0], "fetch.txt", *row[1:]) for row in _fetches()),
)
