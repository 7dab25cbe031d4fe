"""Every word of a good bag's own records is judged, or derived again, or said in docs/format.md to be neither.

Each is altered alone, by one who writes digests, sizes and manifests anew.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree
from tests.false_bags import PREMIS, TEI, renew, true_bag

import solander
from solander.pipeline import rederive

README = "README.txt"
RENEWED = ("messageDigest", "size")
"""What ``renew`` writes anew, so that nothing is altered."""

NEITHER = {
    PREMIS: {"agentVersion", "eventDetail of validation"},
    README: {"Made with", "WHAT THIS IS"},
    TEI: {"application", "label", "change"},
}
"""As the table of docs/format.md has it: versions of programs, how the judging came out, and a text that begins
otherwise than ours."""


def altered(word: str) -> str:
    """The word with one of its letters another."""
    at = max((at for at, letter in enumerate(word) if letter.isalnum()), key=lambda at: -abs(at - len(word) // 2))
    letter = word[at]
    other = str((int(letter) + 1) % 10) if letter.isascii() and letter.isdigit() else "b" if letter == "a" else "a"
    return word[:at] + other + word[at + 1 :]


def written(root: etree._Element) -> bytes:
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + etree.tostring(root, encoding="utf-8") + b"\n"


def in_xml(content: bytes, below: str) -> Iterator[tuple[str, bytes]]:
    """Each text and each attribute below an element, altered, by the name of what it stands in."""
    root = etree.fromstring(content)
    for element in root.iter("*"):
        if not any(etree.QName(one).localname == below for one in (element, *element.iterancestors())):
            continue
        name = etree.QName(element).localname
        if name == "eventDetail":
            name = f"{name} of {element.getparent().getparent().findtext('{*}eventType')}"
        if name in RENEWED:
            continue
        if text := (element.text or "").strip():
            element.text = altered(text)
            yield name, written(root)
            element.text = text
        for key, value in element.attrib.items():
            element.set(key, altered(value))
            yield name, written(root)
            element.set(key, value)


def in_lines(content: bytes) -> Iterator[tuple[str, bytes]]:
    """Each line altered, by what it begins with."""
    lines = content.decode().split("\n")
    for number, line in enumerate(lines):
        if line.strip():
            changed = [*lines[:number], altered(line), *lines[number + 1 :]]
            yield line.strip().split("   ")[0], "\n".join(changed).encode()


@pytest.mark.parametrize(("file", "below"), [(PREMIS, "premis"), (TEI, "teiHeader"), (README, "")])
def test_each_word_is_judged_or_derived_again_or_said_to_be_neither(file: str, below: str, tmp_path: Path) -> None:
    bag = true_bag(tmp_path / "archive")
    contents = {path: path.read_bytes() for path in bag.rglob("*") if path.is_file()}
    unseen, tried = set(), 0
    for name, content in in_xml(contents[bag / file], below) if below else in_lines(contents[bag / file]):
        (bag / file).write_bytes(content)
        tried += 1
        with contextlib.suppress(FileNotFoundError):  # where it is another name of a file
            renew(bag)
        if solander.validate(bag).findings == () and rederive(bag).report.findings == ():
            unseen.add(name)
        for path, was in contents.items():
            path.write_bytes(was)
    assert tried > 30
    assert unseen == NEITHER[file]
