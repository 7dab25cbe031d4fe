"""How a hostile bag is made: a good one, and what is done to it.

``bag`` gives a maker: a function that lays a bag into an empty folder. What is not asked for is as it should be, so
that each case is wrong in one way only.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

Maker = Callable[[Path], None]
"""Makes a bag of an empty folder."""

RFC = "RFC 8493, "
POLICY = "policy"
"""Where RFC 8493 leaves room: docs/format.md, "How bags from elsewhere are judged"."""


class Case(NamedTuple):
    """One bag and the judgement that it must have."""

    name: str
    group: str
    make: Maker
    verdict: str
    """``valid``: no finding above a remark. ``warning``: these warnings, no others, and no error. ``invalid``: these
    findings and perhaps others, among them an error. ``unchecked``: the same, and something could not be checked."""
    codes: str
    """Codes of rules, parted by spaces."""
    clause: str
    """Of RFC 8493, or ``policy``."""


def digest(content: bytes, algorithm: str = "sha512") -> str:
    return hashlib.new(algorithm, content, usedforsecurity=False).hexdigest()


def manifest_of(files: Mapping[str, bytes], algorithm: str = "sha512", *, escaped: bool = True) -> bytes:
    lines = (f"{digest(content, algorithm)}  {written(path) if escaped else path}\n" for path, content in files.items())
    return "".join(lines).encode("utf-8", "surrogateescape")


def written(path: str) -> str:
    return path.replace("%", "%25").replace("\n", "%0A").replace("\r", "%0D")


def declaration(version: str = "1.0", encoding: str = "UTF-8") -> bytes:
    return f"BagIt-Version: {version}\nTag-File-Character-Encoding: {encoding}\n".encode()


def put(folder: Path, path: str, content: bytes) -> None:
    place = os.fsencode(folder) + b"/" + os.fsencode(path)
    os.makedirs(os.path.dirname(place), exist_ok=True)  # noqa: PTH103, PTH120 - names that are no UTF-8
    with open(place, "wb") as file:  # noqa: PTH123
        file.write(content)


PAYLOAD = {"data/a.txt": b"a", "data/deep/b.txt": b"bb"}
OXUM = "3.2"
"""``Payload-Oxum`` of ``PAYLOAD``."""


def bag(
    payload: Mapping[str, bytes] = PAYLOAD,
    *,
    bagit: bytes | None = None,
    version: str = "1.0",
    encoding: str = "UTF-8",
    info: bytes = b"Contact-Name: A. Keeper\n",
    manifests: Mapping[str, bytes] | None = None,
    lines: bytes = b"",
    edit: Callable[[bytes], bytes] | None = None,
    tags: Mapping[str, bytes] | None = None,
    tag_lines: bytes = b"",
    tag_edit: Callable[[bytes], bytes] | None = None,
    protected: bool = True,
    without: tuple[str, ...] = (),
    unlisted: Mapping[str, bytes] | None = None,
    after: Maker | None = None,
) -> Maker:
    """Make a maker of a bag.

    Args:
        payload: what ``manifest-sha512.txt`` lists.
        bagit: ``bagit.txt``, if it is not that of ``version`` and ``encoding``.
        manifests: payload manifests by name, instead of that of sha512.
        lines: more lines of ``manifest-sha512.txt``.
        edit: what becomes of ``manifest-sha512.txt`` thereafter.
        tags: more tag files, all of them listed.
        tag_lines, tag_edit: the same for ``tagmanifest-sha512.txt``.
        protected: whether there is a tag manifest.
        without: files that are listed and not there.
        unlisted: files that no manifest lists.
        after: what is done when all is there.
    """

    def make(folder: Path) -> None:
        listed = manifest_of(payload) + lines
        files = {
            "bagit.txt": declaration(version, encoding) if bagit is None else bagit,
            "bag-info.txt": info,
            **(manifests if manifests is not None else {"manifest-sha512.txt": edit(listed) if edit else listed}),
            **(tags or {}),
        }
        if protected:
            listed = manifest_of(files) + tag_lines
            files["tagmanifest-sha512.txt"] = tag_edit(listed) if tag_edit else listed
        (folder / "data").mkdir(parents=True)
        for path, content in {**payload, **files, **(unlisted or {})}.items():
            if path not in without:
                put(folder, path, content)
        if after is not None:
            after(folder)

    return make


def encoded(encoding: str, *, declared: str | None = None) -> Maker:
    """A bag whose tag files are in an encoding."""
    name = "data/café.txt" if encoding.casefold() not in ("shift_jis", "cp1251", "ascii") else "data/cafe.txt"
    payload = {name: b"a"}
    return bag(
        payload,
        bagit=declaration(encoding=declared or encoding),
        info="Contact-Name: A. Keeper\n".encode(encoding),
        manifests={"manifest-sha512.txt": manifest_of(payload).decode().encode(encoding)},
        tag_edit=lambda listed: listed.decode().encode(encoding),
    )


def listing(path: str, content: bytes = b"a", **more: object) -> Maker:
    """A good bag whose payload manifest has one line more."""
    line = f"{digest(content)}  {path}\n".encode("utf-8", "surrogateescape")
    return bag(lines=line, **more)  # type: ignore[arg-type]


def respelt(path: str, **more: object) -> Maker:
    """A good bag whose payload manifest spells ``data/a.txt`` in another way."""
    return bag(edit=lambda listed: listed.replace(b"  data/a.txt", f"  {path}".encode()), **more)  # type: ignore[arg-type]


def named(name: str, content: bytes = b"a") -> Maker:
    """A good bag with a payload file of that name."""
    return bag({**PAYLOAD, f"data/{name}": content})


def beside(name: str, content: bytes = b"secret") -> Maker:
    """Put a file beside the bag, where none but a path that leads out of it arrives."""
    return lambda folder: put(folder.parent, name, content)
