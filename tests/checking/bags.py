"""Bags judged as they lie in a folder, and one bit of a file turned round."""

from __future__ import annotations

from pathlib import Path

from solander.checking.bags.every_rule import check_bag
from solander.files.folder import Folder
from solander.model.finding import Finding
from solander.packing import parse_bag


def judge(path: Path) -> list[Finding]:
    tree = Folder(path)
    return check_bag(parse_bag(tree), tree)


def errors(findings: list[Finding]) -> list[Finding]:
    return [one for one in findings if one.severity == "error"]


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
