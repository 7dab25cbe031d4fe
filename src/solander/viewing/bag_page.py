"""The page of a bag: what it is, where it came from, what was found, where it was deposited, what is in it.

Source: docs/showing.md, "What is served" and "As files"; Signposting, "FAIR Signposting Profile", level 1.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from solander.model.bag_layout import REPORT_NAME
from solander.model.catalogue import SignedLink
from solander.model.finding import Finding
from solander.viewing.markup import escaped, in_a_line, led_to, link, quoted
from solander.viewing.room import data_block, page, size
from solander.viewing.ways import Ways

FILES_BYTES, FINDINGS_BYTES = 40_000, 30_000
"""Of the lists of files and findings in a page, so that none is heavy; the bag itself and its report have them all."""

_UP = "../../"


def bag(
    about: Mapping[str, Any],
    files: Sequence[tuple[str, int]],
    *,
    ways: Ways,
    actions: Sequence[tuple[str, str]],
    address: Callable[[str], str | None],
    story: Sequence[str],
    findings: Sequence[Finding],
    receipts: Sequence[tuple[str, str, str, str]],
    links: Sequence[SignedLink],
    described: Mapping[str, Any],
    versions: Sequence[tuple[str, int]] = (),
) -> bytes:
    """Write it.

    Args:
        about: what the catalogue knows of it.
        files: names and sizes.
        ways: where the other pages stand.
        actions: addresses of what can be done with it, and what each is called.
        address: of a file, from here; ``None`` for one that is not to be had alone.
        story: how it was received, in sentences.
        findings: of the report at packing.
        receipts: target, state, day and address of each deposit.
        links: what signposts say of it.
        described: the same as JSON-LD.
        versions: addresses and numbers of the other versions of its object, by number.
    """
    title = in_a_line(about["title"] or "A bag without a title")
    parts = [
        _opening(about, title, actions, versions),
        _description(about),
        _history(story, versions),
        _report(findings, ways),
        _deposits(receipts),
        _files(files, address),
    ]
    head = "".join(
        f'<link rel="{one.relation}" href="{quoted(one.target)}"'
        f"{f' type={chr(34)}{quoted(one.media_type)}{chr(34)}' if one.media_type else ''}>\n"
        for one in links
    )
    return page(title, "".join(parts), ways=ways, up=_UP, head=head + data_block(described))


def _opening(
    about: Mapping[str, Any],
    title: str,
    actions: Sequence[tuple[str, str]],
    versions: Sequence[tuple[str, int]],
) -> str:
    """Its title, what can be done with it, and what a reader is to be warned of."""
    ways_on = "".join(f'<li><a href="{quoted(way)}">{words}</a></li>\n' for way, words in actions)
    parts = [f'<h1 dir="auto"><bdi>{escaped(title)}</bdi></h1>\n<ul class="actions">\n{ways_on}</ul>\n']
    if versions and versions[-1][1] > about["version"]:
        way, number = versions[-1]
        latest = f'<a href="{quoted(way)}">version {number:,}</a>'
        parts.append(f'<p class="warn">This is version {about["version"]:,}; the latest is {latest}.</p>\n')
    if about["damage"]:
        lines = "".join(f"<li><bdi>{escaped(in_a_line(one))}</bdi></li>\n" for one in about["damage"])
        parts.append(f'<section class="bad"><h2>Damage</h2>\n<ul>{lines}</ul></section>\n')
    return "".join(parts)


def _description(about: Mapping[str, Any]) -> str:
    rows = [
        ("Title", about["title"]), ("By", about["creators"]), ("Date", about["date"]),
        ("Language", about["language"]), ("Address", about["uri"]), ("About", about["abstract"]),
        ("Identifier", about["identifier"]), ("Version", about["version"]),
        ("Captured", span(about["captured_at"])), ("Packed", about["packed_on"]),
        ("Size", f"{size(about['size_bytes'])} in {about['files']:,} files"),
        ("Digest of its manifests", about["digest"]), ("Last audit", about["audit"] or "never"),
    ]  # fmt: skip
    told = "".join(f"<div><dt>{name}</dt><dd>{said(str(value))}</dd></div>\n" for name, value in rows if value)
    return f'<section><h2>Description</h2>\n<dl class="rows">\n{told}</dl></section>\n'


def _history(story: Sequence[str], versions: Sequence[tuple[str, int]]) -> str:
    """The other versions of its object, and how it was received."""
    parts: list[str] = []
    if versions:
        lines = "".join(f'<li><a href="{quoted(way)}">Version {number:,}</a></li>\n' for way, number in versions)
        parts.append(f"<section><h2>Other versions</h2>\n<ul>{lines}</ul></section>\n")
    if story:
        lines = "".join(f"<li><bdi>{escaped(in_a_line(one))}</bdi></li>\n" for one in story)
        parts.append(f'<section><h2>How it was received</h2>\n<ol class="line">{lines}</ol></section>\n')
    return "".join(parts)


def _report(findings: Sequence[Finding], ways: Ways) -> str:
    lines, left_out = _within((_finding(one, ways) for one in findings), len(findings), FINDINGS_BYTES)
    more = f'<p class="soft">and {left_out:,} more: see {REPORT_NAME}</p>\n' if left_out else ""
    lines = lines or "<li>Nothing was found.</li>"
    return f"<section><h2>Report at packing</h2>\n<ul>{lines}</ul>{more}</section>\n"


def _deposits(receipts: Sequence[tuple[str, str, str, str]]) -> str:
    if not receipts:
        return ""
    lines = "".join(f"<li>{' · '.join(said(one) for one in receipt if one)}</li>\n" for receipt in receipts)
    return f"<section><h2>Deposits</h2>\n<ul>{lines}</ul></section>\n"


def _files(files: Sequence[tuple[str, int]], address: Callable[[str], str | None]) -> str:
    rows_of_files = (
        f'<tr><td>{_file(name, address(name))}</td><td class="n">{number:,}</td></tr>\n' for name, number in files
    )
    lines, left_out = _within(rows_of_files, len(files), FILES_BYTES)
    more = f'<p class="soft">and {left_out:,} more: see the manifests</p>' if left_out else ""
    heads = '<tr><th scope="col">Name</th><th scope="col" class="n">Bytes</th></tr>\n'
    return f"<section><h2>Files</h2>\n<table>{heads}{lines}</table>{more}</section>\n"


def _within(lines: Iterable[str], count: int, limit_bytes: int) -> tuple[str, int]:
    """As many lines as there is room for, and how many of ``count`` are left out."""
    out: list[str] = []
    room = limit_bytes
    for line in lines:
        room -= len(line.encode("utf-8", "replace"))
        if room < 0:
            break
        out.append(line)
    return "".join(out), count - len(out)


def span(moments: str) -> str:
    """A moment, or two with a slash between them, as a person reads it."""
    return " – ".join(one.replace("T", " ").replace("Z", " UTC") for one in moments.split("/"))


def said(value: str) -> str:
    """A value for a person, a link where it leads to the web."""
    shown = f'<bdi dir="auto">{escaped(in_a_line(value, 600))}</bdi>'
    address = led_to(value)
    return link(address, shown) if address is not None else shown


def path_of(name: str) -> str:
    """A file's name in an address."""
    return quote(name.encode("utf-8", "surrogateescape"))


def _file(name: str, address: str | None) -> str:
    shown = f"<bdi>{escaped(in_a_line(name))}</bdi>"
    return f'<a href="{quoted(address)}">{shown}</a>' if address is not None else shown


def _finding(one: Finding, ways: Ways) -> str:
    kind = {"error": "bad", "warning": "warn"}.get(one.severity, "soft")
    place = escaped(in_a_line(one.place.path))
    code = quoted(in_a_line(one.code, 20))
    return (
        f'<li><span class="{kind}">{escaped(in_a_line(one.severity, 20))}</span> '
        f'<a href="{_UP}{quoted(ways.rule(one.code[:20]))}">{code}</a> <bdi>{escaped(in_a_line(one.message))}</bdi> '
        f"<code><bdi>{place}</bdi></code></li>\n"
    )
