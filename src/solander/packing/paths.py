"""Paths as manifests write them: three escapes, and no way out of the bag.

Source: RFC 8493, sections 2.1.3 (escapes), 5.1 (paths that leave the bag) and 6.1 (other systems' paths).
"""

from __future__ import annotations

import re

from solander.model.bag import PAYLOAD_FOLDER, BagFault

# RFC 8493, 2.1.3: LF, CR and "%" are escaped, and only those. Unquoting every %XX would turn "100%20.html", a legal
# name, into another file. Before 1.0 "%" stood for itself.
_ESCAPES = {"%": "%25", "\n": "%0A", "\r": "%0D"}
_ESCAPED = re.compile(r"%(?:25|0[AaDd])")
_ESCAPED_BEFORE_1 = re.compile(r"%0[AaDd]")
_BARE_PERCENT = re.compile(r"%(?!25|0[AaDd])")
_DECODED = {"%25": "%", "%0A": "\n", "%0D": "\r"}
_ELSEWHERE = re.compile(r"[/\\~]|[A-Za-z]:")


def escape(path: str) -> str:
    """Write a path for a manifest.

    Raises:
        ValueError: no manifest can hold the path: it is no UTF-8, not relative and normal, or begins as a manifest's
            separator, ``md5sum``'s mark or a shortcut does.
    """
    if not path.isprintable():
        path.encode()  # a lone surrogate stands for a byte that is no UTF-8: UnicodeEncodeError is a ValueError
    if not path or path[0] in " \t*" or "\0" in path or _leaves(path) or _normal(path) != path:
        raise ValueError(f"no manifest can hold the path {path!r}")
    return re.sub("[%\n\r]", lambda character: _ESCAPES[character[0]], path)


def unescape(written: str, *, version: tuple[int, int] = (1, 0)) -> str:
    """Read a path of a manifest; ``escape`` undone."""
    pattern = _ESCAPED if version >= (1, 0) else _ESCAPED_BEFORE_1
    return pattern.sub(lambda found: _DECODED[found[0].upper()], written)


def read_path(written: str, path: str, line: int, *, version: tuple[int, int]) -> tuple[str | None, list[BagFault]]:
    """Read a path as written in ``path`` at ``line``, and say what is odd about it; ``None`` if it leaves the bag."""
    faults: list[BagFault] = []
    if path.endswith(".txt") and "manifest-" in path and written.startswith("*"):
        what = "the path has the asterisk that md5sum and similar programs print; it is ignored"
        faults.append(BagFault("md5sum-mark", path, line, what, None, written[:160]))
        written = written[1:]
    if version >= (1, 0) and _BARE_PERCENT.search(written):
        what = "a percent sign is not written as %25; it is taken for itself"
        faults.append(BagFault("percent-unescaped", path, line, what, None, written[:160]))
    decoded = unescape(written, version=version)
    if "\0" in decoded:
        return None, [*faults, nul_met(path, line)]
    if not decoded or _leaves(decoded):
        what = "the path leads out of the bag; nothing was looked for there"
        faults.append(BagFault("path-outside-bag", path, line, what, None, written[:160]))
        return None, faults
    normal = _normal(decoded)
    if normal != decoded:
        what = "the path is not in its shortest form"
        faults.append(BagFault("path-not-normal", path, line, what, normal[:160], written[:160]))
    if not normal:
        what = "the path is that of the bag itself, and of no file"
        return None, [*faults, BagFault("path-in-wrong-list", path, line, what, None, written[:160])]
    return normal, faults


def nul_met(path: str, line: int) -> BagFault:
    """The fault of a line of a tag file that has a NUL, which no name and no text has."""
    what = "a NUL character, which no name and no text has: the file may be damaged"
    return BagFault("nul-in-tag-file", path, line, what)


def misplaced(read: str, path: str, line: int, *, is_payload: bool) -> BagFault | None:
    """The fault of a path that stands in the wrong kind of list; ``None`` if it stands well."""
    if read.startswith(PAYLOAD_FOLDER) == is_payload:
        return None
    kind, where = ("payload", "in data/") if is_payload else ("tag", "outside data/")
    return BagFault("path-in-wrong-list", path, line, f"it lists {kind} files, which lie {where}", None, read[:160])


def _leaves(path: str) -> bool:
    """Whether a path begins elsewhere, or climbs out of the bag on its way, even if it would come back."""
    if _ELSEWHERE.match(path) is not None:
        return True
    if ".." not in path:
        return False
    depth = 0
    for part in path.split("/"):
        if part == "..":
            depth -= 1
            if depth < 0:
                return True
        # Backslashes part folders on Windows: ".." is looked for between those too.
        elif "\\" in part and ".." in part.split("\\"):
            return True
        elif part not in ("", "."):
            depth += 1
    return False


def _normal(path: str) -> str:
    """A path that does not leave the bag, in its shortest form."""
    if "//" not in path and "/." not in path and not path.startswith("./") and not path.endswith("/"):
        return path if path != "." else ""
    kept: list[str] = []
    for part in path.split("/"):
        if part == "..":
            kept.pop()
        elif part not in ("", "."):
            kept.append(part)
    return "/".join(kept)
