"""The tag files that BagIt itself defines: ``bagit.txt``, manifests, ``bag-info.txt``, ``fetch.txt``.

``format_manifest`` and ``parse_manifest`` undo each other for every path a bag may hold; ``format_bag_info`` and
``parse_bag_info`` for every list of labels and values. What cannot be read becomes a ``BagFault`` with its line.

Source: RFC 8493, sections 2.1.1 (``bagit.txt``), 2.1.3 and 2.2.1 (manifests), 2.2.2 (``bag-info.txt``), 2.2.3.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from solander.model.bag import VERSIONS, BagFault, BagInfo, FetchEntry, InfoField, Manifest, ManifestEntries
from solander.model.normal_forms import has_many_marks
from solander.packing.algorithms import DIGEST_DIGITS, algorithm_named, has_no_length
from solander.packing.lines import LINE_END, LINE_LIMIT, Lines
from solander.packing.lines import lines_of as lines_of
from solander.packing.paths import escape, misplaced, nul_met, read_path

BAGIT_TXT = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
"""What stands in the ``bagit.txt`` of every bag that is made here."""

MANIFEST_NAME = re.compile(r"(?P<tag>tag)?manifest-(?P<algorithm>[^/]+)\.txt")

_VERSIONS = {f"{major}.{minor}": (major, minor) for major, minor in VERSIONS}
_DECLARATION = re.compile(r"BagIt-Version: ([0-9]{1,9})\.([0-9]{1,9})")
# Names of character sets as RFC 2978 has them.
_ENCODING = re.compile(r"Tag-File-Character-Encoding: ([A-Za-z0-9][A-Za-z0-9!#$%&'+^_`{}~.:()-]{0,63})")
_LOOSE_LINE = re.compile(r"(BagIt-Version|Tag-File-Character-Encoding)[ \t]*:[ \t]*(\S*)[ \t]*")
_ENTRY = re.compile(r"([0-9A-Fa-f]+)[ \t]+(.+)", re.DOTALL)
_FETCH = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*:\S+)[ \t]+(-|[0-9]{1,18})[ \t]+(.+)", re.DOTALL)


_WITH_HOSTS = frozenset({"http", "https", "ftp", "ftps", "sftp"})


class Declaration(NamedTuple):
    """What ``bagit.txt`` says."""

    version: tuple[int, int] | None
    encoding: str | None
    """As written; ``None`` where it is not said."""


FAULT_LIMIT = 1000
"""Faults of one kind that are told of one file; of more, only how many there are."""


class _Notes:
    """Faults of one file, bounded: a file of nothing but bad lines must not fill the memory."""

    def __init__(self) -> None:
        self._kept: list[BagFault] = []
        self._counts: dict[str, int] = {}

    def add(self, fault: BagFault) -> None:
        count = self._counts[fault.kind] = self._counts.get(fault.kind, 0) + 1
        if count <= FAULT_LIMIT:
            self._kept.append(fault)

    def all(self, path: str) -> list[BagFault]:
        """What is told: the first of each kind, and how many more there are."""
        more = [
            BagFault(kind, path, None, f"and {count - FAULT_LIMIT:,} more lines of this kind")
            for kind, count in self._counts.items()
            if count > FAULT_LIMIT
        ]
        return self._kept + more


def blank_met(path: str, line: int) -> BagFault:
    """The fault of a line of a list on which nothing stands."""
    return BagFault("blank-line", path, line, "this line is blank; it is ignored")


def parse_bagit_txt(content: bytes) -> tuple[Declaration, list[BagFault]]:
    """Read ``bagit.txt``: exactly as RFC 8493 has it, in whatever version; what it means is understood all the same.

    Lines may end in LF, CR or CRLF, and the last one need not end: bags of the drafts have all of these.
    """
    faults: list[BagFault] = []

    def fault(line: int | None, message: str, found: str | None = None) -> None:
        faults.append(BagFault("bagit-txt-malformed", "bagit.txt", line, message, None, found))

    if content.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        fault(1, "it begins with a byte order mark, which it must not")
    text = content.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")
    if "\ufffd" in text:
        fault(None, "it is not in UTF-8")
    lines = list(lines_of(text))
    said: dict[str, str] = {}
    for number, line in enumerate(lines, 1):
        match = _LOOSE_LINE.fullmatch(line)
        if match is None:
            fault(number, "this line is neither the version nor the encoding", line[:80])
        elif match[1] in said:
            fault(number, f"{match[1]} is said twice", line[:80])
        else:
            said[match[1]] = match[2]
    for label in ("BagIt-Version", "Tag-File-Character-Encoding"):
        if label not in said:
            fault(None, f"{label} is missing")

    written = said.get("BagIt-Version")
    match = _DECLARATION.fullmatch(f"BagIt-Version: {written}")
    version = (int(match[1]), int(match[2])) if match else None
    if written is not None and match is None:
        fault(None, "the version is no two numbers with a dot between", written[:40])
    elif written is not None and written not in _VERSIONS:
        known = ", ".join(_VERSIONS)
        faults.append(BagFault("bagit-version-unknown", "bagit.txt", None, "this version is not known", known, written))
    if not faults:
        # Only once all else is well: one fault, one line.
        for number, (line, form) in enumerate(zip(lines, (_DECLARATION, _ENCODING), strict=True), 1):
            if form.fullmatch(line) is None:
                what = "BagIt has one space after the colon, no other white space, and the version first"
                fault(number, what, line[:80])
    return Declaration(version, said.get("Tag-File-Character-Encoding") or None), faults


def format_manifest(digests: Mapping[str, str]) -> bytes:
    """Write a manifest: two spaces between digest and path, sorted by path, LF at each end.

    Raises:
        ValueError: a path cannot stand in a manifest (see ``paths.escape``).
    """
    return "".join(f"{digests[path]}  {escape(path)}\n" for path in sorted(digests)).encode()


def parse_manifest(
    content: str | Iterable[str],
    path: str,
    *,
    version: tuple[int, int] = (1, 0),
    names: Mapping[str, str] | None = None,
) -> tuple[Manifest, list[BagFault]]:
    """Read a payload or tag manifest.

    Args:
        content: the file, decoded: whole, or in pieces of any length.
        path: its name, which says the algorithm and whether it is a tag manifest.
        version: the bag's; ``%25`` is an escape since 1.0.
        names: paths that are known already, each by itself: one that the manifest lists is then held in memory once.

    Raises:
        ValueError: ``path`` is no manifest's name.
    """
    name = MANIFEST_NAME.fullmatch(path)
    if name is None:
        raise ValueError(f"{path} is no manifest's name")
    algorithm, is_tag_manifest = algorithm_named(name["algorithm"]), bool(name["tag"])
    digits = DIGEST_DIGITS.get(algorithm or "")
    known = names or {}
    entries = ManifestEntries(digits)
    faults = _Notes()
    if algorithm is None:
        kind, what = "algorithm-unknown", "its digests cannot be checked"
        if has_no_length(name["algorithm"]):
            kind, what = "algorithm-without-length", "its digests have no fixed length, and cannot be compared"
        faults.add(BagFault(kind, path, None, what, ", ".join(DIGEST_DIGITS), name[2]))
    ordinary = ordinary_lines(digits, is_tag_manifest)
    lines = Lines((content,) if isinstance(content, str) else content)
    number = 0  # of the last line that was read
    for batch in lines.batches():
        digests, paths = _read_at_once(batch, ordinary)
        begun = 0
        for row in _odd_rows(digests, paths):
            _extend(entries, digests[begun:row], paths[begun:row], number + begun + 1, known)
            entry = _odd_entry(batch[row], path, number + row + 1, digits, is_tag_manifest, version, faults)
            if entry is not None:
                entries.add(known.get(entry[0], entry[0]), entry[1], number + row + 1)
            begun = row + 1
        _extend(entries, digests[begun:], paths[begun:], number + begun + 1, known)
        number += len(batch)
    if lines.is_unfinished:
        faults.add(BagFault("last-line-unfinished", path, number, "the last line has no end: the file may be cut off"))
    manifest = Manifest(
        path=path,
        algorithm=algorithm,
        algorithm_written=name["algorithm"],
        entries=entries,
        is_tag_manifest=is_tag_manifest,
    )
    return manifest, faults.all(path)


def ordinary_lines(digits: int | None, is_tag_manifest: bool) -> Callable[[str], list[tuple[str, str]]]:
    """What finds digest and path on nearly every line of nearly every manifest: only slashes and dots can be odd there.

    Of every other line it finds that there is one: two empty texts.
    """
    path = r"(?!data/)[A-Za-z0-9][^%\\\0:\n]{0,4000}" if is_tag_manifest else r"data/[^%\\\0\n]{1,4000}"
    digest = "(?!)" if digits is None else f"[0-9a-f]{{{digits}}}|[0-9A-F]{{{digits}}}"
    return re.compile(rf"^(?:({digest})[ \t]{{1,4000}}({path})|.*)$", re.MULTILINE).findall


def _read_at_once(
    batch: list[str], ordinary: Callable[[str], list[tuple[str, str]]]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Digests and paths of lines, by row; both are empty where a line is not of the ordinary form.

    To look at a million lines one by one takes three times as long.
    """
    digests, paths = zip(*ordinary("\n".join(batch)), strict=True)
    return digests, paths


def _odd_rows(digests: tuple[str, ...], paths: tuple[str, ...]) -> list[int]:
    """The rows of a batch that must be looked at one by one."""
    text = "\n".join(paths)
    odd = ("/.", "//", "/\n")
    if any(one in text for one in odd) or text.endswith("/"):
        return [row for row, path in enumerate(paths) if not path or "/." in path or "//" in path or path.endswith("/")]
    return [row for row, digest in enumerate(digests) if not digest] if "" in digests else []


def _extend(
    entries: ManifestEntries, digests: tuple[str, ...], paths: tuple[str, ...], line: int, known: Mapping[str, str]
) -> None:
    """Add the entries of lines that follow one another from ``line`` on."""
    one_each = map(known.get, paths, paths) if known else paths
    entries.extend(one_each, bytes.fromhex("".join(digests)), range(line, line + len(paths)))


def _odd_entry(
    line: str,
    path: str,
    number: int,
    digits: int | None,
    is_tag_manifest: bool,
    version: tuple[int, int],
    faults: _Notes,
) -> tuple[str, str] | None:
    """Path and digest of a line of any form, with what is odd about it noted; ``None`` where it has none to go by."""
    if not line.strip(" \t"):
        faults.add(blank_met(path, number))
        return None
    match = _ENTRY.fullmatch(line) if len(line) <= LINE_LIMIT else None
    if match is None:
        what = "this line is not a digest, white space and a path"
        if len(line) > LINE_LIMIT:
            what = f"this line is longer than {LINE_LIMIT:,} characters; it was not read"
        faults.add(BagFault("manifest-line-malformed", path, number, what, None, line[:160]))
        return None
    digest, written = match[1], match[2]
    if digits is not None and len(digest) != digits:
        what = f"the digest has {len(digest)} digits"
        faults.add(BagFault("manifest-line-malformed", path, number, what, f"{digits} digits", digest[:160]))
        return None
    if digest != digest.lower() and digest != digest.upper():
        what = "the digest mixes capitals and small letters, which no tool does: it may be damaged"
        faults.add(BagFault("digest-case-mixed", path, number, what, digest.lower(), digest))
    read, notes = read_path(written, path, number, version=version)
    for note in notes:
        faults.add(note)
    if read is None:
        return None
    wrong = misplaced(read, path, number, is_payload=not is_tag_manifest)
    if wrong is not None:
        faults.add(wrong)
        return None
    return read, digest


def format_bag_info(info: BagInfo) -> bytes:
    """Write ``bag-info.txt``: one line a field, unfolded, in the order given.

    Raises:
        ValueError: a label is empty or has a colon, a label or value has a line end, a NUL or white space about it.
    """
    for label, value in info.pairs:
        if not label or ":" in label or label != label.strip() or value != value.strip(" \t"):
            raise ValueError(f"bag-info.txt cannot hold the field {label!r}: {value!r}")
        if LINE_END.search(label + value) or "\0" in label + value:
            raise ValueError(f"bag-info.txt cannot hold a line end or a NUL in {label!r}: {value!r}")
    return "".join(f"{label}: {value}\n" for label, value in info.pairs).encode()


def parse_bag_info(
    content: str, path: str = "bag-info.txt", *, version: tuple[int, int] = (1, 0)
) -> tuple[BagInfo, list[BagFault]]:
    """Read ``bag-info.txt``: folded lines are joined by a space; order and repeats are kept."""
    fields: list[tuple[str, list[str], int]] = []
    faults = _Notes()
    for number, line in enumerate(lines_of(content), 1):
        if "\0" in line:
            faults.add(nul_met(path, number))
        if not line.strip(" \t"):
            continue
        if line[0] in " \t" and fields:
            fields[-1][1].append(line.strip(" \t"))
            continue
        label, colon, value = line.partition(":")
        if not colon or not label.strip(" \t"):
            what = "this line is not a label, a colon and a value"
            faults.add(BagFault("bag-info-line-malformed", path, number, what, None, line[:160]))
            continue
        if version >= (1, 0) and (label != label.strip(" \t") or (value and value[0] not in " \t")):
            what = "BagIt 1.0 has no white space before the colon and one space after it"
            faults.add(BagFault("bag-info-separator", path, number, what, None, line[:160]))
        fields.append((label.strip(" \t"), [value.strip(" \t")], number))
    read = (InfoField(label, " ".join(filter(None, parts)), number) for label, parts, number in fields)
    return BagInfo(fields=tuple(read)), faults.all(path)


def parse_fetch(content: str, *, version: tuple[int, int] = (1, 0)) -> tuple[tuple[FetchEntry, ...], list[BagFault]]:
    """Read ``fetch.txt``; nothing is fetched."""
    entries: list[FetchEntry] = []
    faults = _Notes()
    for number, line in enumerate(lines_of(content), 1):
        if not line.strip(" \t"):
            faults.add(blank_met("fetch.txt", number))
            continue
        match = _FETCH.fullmatch(line)
        if match is None or not _is_source(match[1]):
            what = "this line is not an address, a size and a path"
            faults.add(BagFault("fetch-line-malformed", "fetch.txt", number, what, None, line[:160]))
            continue
        read, notes = read_path(match[3], "fetch.txt", number, version=version)
        for note in notes:
            faults.add(note)
        if read is None:
            continue
        wrong = misplaced(read, "fetch.txt", number, is_payload=True)
        if wrong is not None:
            faults.add(wrong)
            continue
        entries.append(FetchEntry(match[1], None if match[2] == "-" else int(match[2]), read, number))
    return tuple(entries), faults.all("fetch.txt")


def _is_source(url: str) -> bool:
    """Whether something could be fetched by an address; what else is odd about it is for whoever fetches.

    It has no control character and, where its scheme has hosts, one that can be read.
    """
    from urllib.parse import urlsplit  # late: few bags have anything to fetch

    if has_many_marks(url):
        return False  # ``urlsplit`` would put them in order (``model.normal_forms``)
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return False
    return url.isprintable() and (bool(host) or parts.scheme not in _WITH_HOSTS)
