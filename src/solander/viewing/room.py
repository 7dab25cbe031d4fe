"""The pages of an archive that is shown: home, lists, a bag, a rule. No script is in them, and none could run.

Every address in them is relative to the page, so that the archive may stand anywhere on a host. What bags and their
pages say is characters, in a line, and cannot turn the direction of what surrounds it.

Source: issue 8, part 5; HTML Standard; WCAG 2.2.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import quote, urlencode

from solander.model.catalogue import Found, Hit, Passage, Query, Tallies
from solander.model.finding import Finding, Rule
from solander.viewing.markup import escaped, in_a_line, led_to, link, quoted

FACET_NAMES = {
    "site": "Site",
    "year": "Year",
    "language": "Language",
    "type": "Type",
    "finding": "Findings at packing",
    "deposited": "Deposited at",
    "audit": "Last audit",
}


def page(title: str, body: str, *, up: str, words: str = "", head: str = "") -> bytes:
    """A whole page.

    Args:
        title: plain text.
        body: HTML.
        up: the way to the home page, relative: ``./`` or ``../../``.
        words: what was sought last.
        head: HTML for the head.
    """
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f'<title>{quoted(in_a_line(title))}</title>\n<link rel="stylesheet" href="{up}style.css">\n'
        f"{head}</head>\n<body>\n"
        f'<a class="skip" href="#main">To the content</a>\n<header><a href="{up}">Archive</a>\n'
        f'<form action="{up}search" role="search"><input type="search" name="q" value="{quoted(words)}" '
        'aria-label="Search the archive"><button>Search</button></form></header>\n'
        f'<main id="main">\n{body}</main>\n'
        "<footer>Shown by Solander, read-only. Pages are kept copies; what they say is theirs.</footer>\n"
        "</body>\n</html>\n"
    ).encode("utf-8", "replace")


def home(name: str, tallies: Tallies) -> bytes:
    """The archive at a glance."""
    sound = tallies.bags - tallies.with_errors - tallies.with_warnings
    facts = (
        ("bags", f"{tallies.bags:,}"),
        ("files", f"{tallies.files:,}"),
        ("in all", size(tallies.size_bytes)),
        ("packed without a warning", f"{sound:,}"),
        ("with warnings", f"{tallies.with_warnings:,}"),
        ("with errors", f"{tallies.with_errors:,}"),
        ("damaged", f"{tallies.damaged:,}"),
    )
    rows = "".join(f"<div><dt>{what}</dt><dd>{number}</dd></div>\n" for what, number in facts)
    audit = f"Last audit {_moment(tallies.last_audit)}." if tallies.last_audit else "No audit is on record."
    charts = "".join(_chart(kind, values, ()) for kind, values in tallies.facets)
    body = (
        f'<h1><bdi>{escaped(in_a_line(name))}</bdi></h1>\n<dl class="facts">\n{rows}</dl>\n'
        f'<p class="soft">{audit} Catalogued {_moment(tallies.built_at)}. <a href="search">All bags</a></p>\n'
        f'<div class="charts">\n{charts}</div>\n'
    )
    return page(name, body, up="./")


def results(query: Query, found: Found) -> bytes:
    """A list with its facets."""
    more = "More than " if found.has_more else ""
    number = f"{more}{found.total:,} {'bag' if found.total == 1 and not more else 'bags'}"
    chosen = "".join(
        f'<a href="{quoted(_address(query, without=one))}">{FACET_NAMES[one[0]]}: '
        f"<bdi>{escaped(in_a_line(one[1], 60))}</bdi> ×</a>\n"
        for one in query.facets
    )
    note = (
        '<p class="soft">The latest of them are listed and counted; narrow the search.</p>\n' if found.has_more else ""
    )
    hits = "".join(_hit(hit) for hit in found.hits)
    pages = (found.total + query.size - 1) // query.size
    turns = ""
    if query.page > 1:
        turns += f'<a rel="prev" href="{quoted(_address(query, page=query.page - 1))}">Before</a>\n'
    if query.page < pages:
        turns += f'<a rel="next" href="{quoted(_address(query, page=query.page + 1))}">More</a>\n'
    charts = "".join(_chart(kind, values, query.facets, query) for kind, values in found.facets)
    body = (
        f'<h1>{number}</h1>\n{f"""<div class="chosen">{chosen}</div>""" if chosen else ""}{note}'
        f'<div class="found"><aside aria-label="Narrow the list">{charts}</aside>\n'
        f'<div><ol class="hits" start="{(query.page - 1) * query.size + 1}">\n{hits}</ol>\n'
        f'{f"""<nav class="more" aria-label="Pages">{turns}</nav>""" if turns else ""}</div></div>\n'
    )
    return page(f"{query.words or 'All bags'}: {number}", body, up="./", words=query.words)


def bag(
    about: Mapping[str, Any],
    files: Sequence[tuple[str, int]],
    *,
    story: Sequence[str],
    findings: Sequence[Finding],
    receipts: Sequence[tuple[str, str, str, str]],
    head: str,
) -> bytes:
    """One bag: what it is, where it came from, what was found, what is in it.

    Args:
        about: what the catalogue knows of it.
        files: names and sizes.
        story: how it was received, in sentences.
        findings: of the report at packing.
        receipts: target, state, day and address of each deposit.
        head: HTML for the head.
    """
    names = {name for name, _ in files}
    title = in_a_line(about["title"] or "A bag without a title")
    ways = [
        ("files/data/access/page.html", "Read the page", "data/access/page.html" in names),
        ("side-by-side", "Original and TEI side by side", "data/tei/page.xml" in names),
        ("files/data/tei/page.xml", "TEI", "data/tei/page.xml" in names),
        ("files/metadata/dc.xml", "Dublin Core", "metadata/dc.xml" in names),
        ("files/metadata/datacite.json", "DataCite", "metadata/datacite.json" in names),
        ("bag.zip", "The bag as a zip file", True),
        ("?format=json", "JSON", True),
    ]
    actions = "".join(f'<li><a href="{way}">{words}</a></li>\n' for way, words, is_there in ways if is_there)
    rows = [
        ("Title", about["title"]), ("By", about["creators"]), ("Date", about["date"]),
        ("Language", about["language"]), ("Address", about["uri"]), ("About", about["abstract"]),
        ("Identifier", about["identifier"]), ("Version", about["version"]),
        ("Packed", about["packed_on"]), ("Size", f"{size(about['size_bytes'])} in {about['files']:,} files"),
        ("Last audit", about["audit"] or "never"),
    ]  # fmt: skip
    told = "".join(f"<div><dt>{name}</dt><dd>{_said(str(value))}</dd></div>\n" for name, value in rows if value)
    parts = [f'<h1 dir="auto"><bdi>{escaped(title)}</bdi></h1>\n<ul class="actions">\n{actions}</ul>\n']
    if about["damage"]:
        lines = "".join(f"<li><bdi>{escaped(in_a_line(one))}</bdi></li>\n" for one in about["damage"])
        parts.append(f'<section class="bad"><h2>Damage</h2>\n<ul>{lines}</ul></section>\n')
    parts.append(f'<section><h2>Description</h2>\n<dl class="rows">\n{told}</dl></section>\n')
    if story:
        lines = "".join(f"<li><bdi>{escaped(in_a_line(one))}</bdi></li>\n" for one in story)
        parts.append(f'<section><h2>How it was received</h2>\n<ol class="line">{lines}</ol></section>\n')
    lines = "".join(_finding(one) for one in findings) or "<li>Nothing was found.</li>"
    parts.append(f"<section><h2>Report at packing</h2>\n<ul>{lines}</ul></section>\n")
    if receipts:
        lines = "".join(f"<li>{' · '.join(_said(one) for one in receipt if one)}</li>\n" for receipt in receipts)
        parts.append(f"<section><h2>Deposits</h2>\n<ul>{lines}</ul></section>\n")
    lines = "".join(
        f'<tr><td><a href="files/{quoted(quote(name.encode("utf-8", "surrogateescape")))}">'
        f'<bdi>{escaped(in_a_line(name))}</bdi></a></td><td class="n">{number:,}</td></tr>\n'
        for name, number in files[:2000]
    )
    more = f'<p class="soft">and {len(files) - 2000:,} more</p>' if len(files) > 2000 else ""
    parts.append(f'<section><h2>Files</h2>\n<table><tr><th scope="col">Name</th>'
                 f'<th scope="col" class="n">Bytes</th></tr>\n'
                 f"{lines}</table>{more}</section>\n")  # fmt: skip
    return page(title, "".join(parts), up="../../", head=head)


def rule(one: Rule) -> bytes:
    """What a rule means."""
    rows = (("What it finds", one.what), ("Why that matters", one.why), ("How to put it right", one.remedy),
            ("Severity", one.severity), ("Source", one.source))  # fmt: skip
    told = "".join(f"<div><dt>{name}</dt><dd>{escaped(value)}</dd></div>\n" for name, value in rows)
    return page(f"{one.code} {one.name}", f'<h1>{one.code} {one.name}</h1>\n<dl class="rows">{told}</dl>\n', up="../")


def refusal(status: str, why: str, up: str) -> bytes:
    """What is shown where nothing can be."""
    return page(status, f"<h1>{escaped(status)}</h1>\n<p>{escaped(why)}</p>\n", up=up)


def size(size_bytes: int) -> str:
    """A size for a person."""
    number, units = float(size_bytes), ["bytes", "kB", "MB", "GB", "TB"]
    while number >= 1000 and len(units) > 1:
        number /= 1000
        units.pop(0)
    return f"{number:,.0f} {units[0]}" if units[0] == "bytes" else f"{number:,.1f} {units[0]}"


def _hit(hit: Hit) -> str:
    facts = [hit.creators, hit.date, hit.site, hit.language]
    line = " · ".join(f"<bdi>{escaped(in_a_line(one, 80))}</bdi>" for one in facts if one)
    flags = ""
    if hit.is_damaged:
        flags += ' · <span class="bad">damaged</span>'
    if hit.errors:
        flags += f' · <span class="bad">{hit.errors:,} errors</span>'
    elif hit.warnings:
        flags += f' · <span class="warn">{hit.warnings:,} warnings</span>'
    said = f'<p dir="auto">{_marked(hit.passages)}</p>' if hit.passages else ""
    return (
        f'<li><a href="bags/{quoted(hit.key)}/" dir="auto">{_marked(hit.title)}</a>\n'
        f'<p class="soft">{line}{flags}</p>{said}</li>\n'
    )


def _marked(passages: Iterable[Passage]) -> str:
    return "".join(f"<mark>{_inner(one.words)}</mark>" if one.is_hit else _inner(one.words) for one in passages)


def _inner(words: str) -> str:
    """A piece of a line: its white space at the ends stays."""
    line = in_a_line(words)
    return escaped(f"{' ' if words[:1].isspace() else ''}{line}{' ' if line and words[-1:].isspace() else ''}")


def _chart(
    kind: str, values: Sequence[tuple[str, int]], chosen: Sequence[tuple[str, str]], query: Query | None = None
) -> str:
    values = [one for one in values if (kind, one[0]) not in chosen]
    if not values:
        return ""
    most = max(number for _, number in values)
    lines = "".join(
        f'<li><a href="{quoted(_address(query or Query(), add=(kind, value)))}">'
        f"<bdi>{escaped(in_a_line(value, 60))}</bdi>"
        f'</a><span>{number:,}</span><svg viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect class="rail" width="100" height="1"/>'
        f'<rect width="{max(100 * number // most, 1)}" height="1"/></svg></li>\n'
        for value, number in values
    )
    return f'<section><h2>{FACET_NAMES[kind]}</h2>\n<ul class="chart">\n{lines}</ul></section>\n'


def _address(
    query: Query, *, add: tuple[str, str] | None = None, without: tuple[str, str] | None = None, page: int = 1
) -> str:
    pairs = [("q", query.words)] if query.words else []
    pairs += [one for one in (*query.facets, *((add,) if add else ())) if one != without]
    pairs += [("page", str(page))] if page > 1 else []
    return f"search?{urlencode(pairs)}"


def _finding(one: Finding) -> str:
    kind = {"error": "bad", "warning": "warn"}.get(one.severity, "soft")
    place = escaped(in_a_line(one.place.path))
    code = quoted(in_a_line(one.code, 20))
    return (
        f'<li><span class="{kind}">{escaped(in_a_line(one.severity, 20))}</span> '
        f'<a href="../../rules/{quote(one.code[:20])}">{code}</a> <bdi>{escaped(in_a_line(one.message))}</bdi> '
        f"<code><bdi>{place}</bdi></code></li>\n"
    )


def _said(value: str) -> str:
    shown = f'<bdi dir="auto">{escaped(in_a_line(value, 600))}</bdi>'
    address = led_to(value)
    return link(address, shown) if address is not None else shown


def _moment(written: str) -> str:
    return f"{written[:10]}, {written[11:16]} UTC" if len(written) >= 16 else "never"
