"""What a person states for ``bag-info.txt``: fields one by one, or a file of them; order and repeats are kept.

Source: RFC 8493, section 2.2.2.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TypeAlias

from solander.errors import UsageError
from solander.files.named import read_whole
from solander.model.bag import BagInfo
from solander.packing.tag_files import parse_bag_info

INFO_LIMIT_BYTES = 16 * 1024 * 1024

Info: TypeAlias = Sequence[tuple[str, str]]
"""Labels and values, in order, repeats and all."""

TagInfo: TypeAlias = Sequence[tuple[str, str, str]]
"""Names of tag files, labels and values, in order, repeats and all."""


def read_tag_info(fields: Sequence[str]) -> TagInfo:
    """Fields of other tag files, each written ``aptrust-info.txt/Title: Letters``.

    Raises:
        UsageError: one is not written so.
    """
    found: list[tuple[str, str, str]] = []
    for field in fields:
        before, colon, value = field.partition(":")
        path, slash, label = before.rpartition("/")
        if not colon or not slash:
            raise UsageError(f"{field!r} is no field of a tag file; write it as 'FILE/Label: value'")
        found.append((path.strip(), label.strip(), value.strip()))
    return found


def read_info(fields: Sequence[str] = (), file: str | Path | None = None) -> Info:
    """The fields of a file that is written as ``bag-info.txt`` is, and then those that are given one by one.

    Raises:
        ArchiveError: the file could not be read.
        UsageError: a field has no colon, or a line of the file is no field.
    """
    found: list[tuple[str, str]] = []
    if file is not None:
        try:
            text = read_whole(Path(file), INFO_LIMIT_BYTES).decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise UsageError(f"{file}: it is not in UTF-8") from error
        # Loosely, as before 1.0: white space about a colon is no reason to refuse what a person wrote.
        info, faults = parse_bag_info(text, str(file), version=(0, 97))
        if faults:
            raise UsageError(f"{file}:{faults[0].line}: {faults[0].message}")
        found += info.pairs
    for field in fields:
        label, colon, value = field.partition(":")
        if not colon:
            raise UsageError(f"{field!r} is no field; write it as 'Label: value'")
        found.append((label.strip(), value.strip()))
    return found


def checked_info(info: Info, path: str = "bag-info.txt") -> BagInfo:
    """Metadata as a person stated it, in order.

    Raises:
        UsageError: a label or a value is none, or is reckoned and not stated.
    """
    for label, value in info:
        if not label.strip() or ":" in label or label != label.strip() or not label.isprintable():
            raise UsageError(f"{label!r} is no label for {path}")
        if label.casefold() == "payload-oxum" and path == "bag-info.txt":
            raise UsageError("Payload-Oxum is reckoned, and not stated")
        if not value.strip():
            raise UsageError(f"{label}: it has no value; leave it out, or say it")
    return BagInfo.of(info)
