"""The pages of an archive that is shown: their frame, the home page, a rule. No script is in them, and none could run.

Every address in them is relative to the page, so that the archive may stand anywhere on a host. What bags and their
pages say is characters, in a line, and cannot turn the direction of what surrounds it.

Source: docs/showing.md, "What is served" and "As files"; HTML Standard; WCAG 2.2.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import partial

from solander.model.catalogue import VALUES_SHOWN, Tallies
from solander.model.finding import Rule
from solander.viewing.markup import escaped, in_a_line, quoted
from solander.viewing.ways import Ways

FACET_NAMES = {
    "site": "Site",
    "year": "Year",
    "language": "Language",
    "type": "Type",
    "collection": "Pages of a crawl",
    "finding": "Findings at packing",
    "deposited": "Deposited at",
    "audit": "Last audit",
}


def page(
    title: str, body: str, *, ways: Ways, up: str, words: str = "", head: str = "", policy: str | None = None
) -> bytes:
    """A whole page.

    Args:
        title: plain text.
        body: HTML.
        ways: where the other pages stand.
        up: the way to the home page's folder, relative: ``./`` or ``../../``.
        words: what was sought last.
        head: HTML for the head.
        policy: what the page says of its own policy, if it is another than that of ``ways``.
    """
    said = ways.policy if policy is None else policy
    governed = f'<meta http-equiv="Content-Security-Policy" content="{quoted(said)}">\n' if said else ""
    referrer = '<meta name="referrer" content="no-referrer">\n' if said else ""
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n{governed}'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n{referrer}'
        '<meta name="color-scheme" content="light dark">\n'
        f'<title>{quoted(in_a_line(title))}</title>\n<link rel="stylesheet" href="{up}style.css">\n'
        f"{head}</head>\n<body>\n"
        f'<a class="skip" href="#main">To the content</a>\n<header><a href="{up}{ways.home()}">Archive</a>\n'
        f'<form action="{up}{ways.search()}" role="search"><input type="search" name="q" value="{quoted(words)}" '
        'aria-label="Search the archive"><button>Search</button></form></header>\n'
        f'<main id="main">\n{body}</main>\n'
        "<footer>Shown by Solander, read-only. Pages are kept copies; what they say is theirs.</footer>\n"
        "</body>\n</html>\n"
    ).encode("utf-8", "replace")


def home(name: str, tallies: Tallies, *, ways: Ways, feed: str) -> bytes:
    """The archive at a glance; ``feed`` is the address of its newest."""
    sound = tallies.bags - tallies.with_errors - tallies.with_warnings
    facts = (
        ("bags", f"{tallies.bags:,}"),
        *([("pages in bags of many", f"{tallies.pages:,}")] if tallies.pages else []),
        ("files", f"{tallies.files:,}"),
        ("in all", size(tallies.size_bytes)),
        ("packed without a warning", f"{sound:,}"),
        ("with warnings", f"{tallies.with_warnings:,}"),
        ("with errors", f"{tallies.with_errors:,}"),
        ("damaged", f"{tallies.damaged:,}"),
    )
    rows = "".join(f"<div><dt>{what}</dt><dd>{number}</dd></div>\n" for what, number in facts)
    audit = f"Last audit {_moment(tallies.last_audit)}." if tallies.last_audit else "No audit is on record."
    charts = "".join(
        chart(kind, values, partial(ways.chosen, kind), whole=_whole(kind, values, ways))
        for kind, values in tallies.facets
    )
    body = (
        f'<h1><bdi>{escaped(in_a_line(name))}</bdi></h1>\n<dl class="facts">\n{rows}</dl>\n'
        f'<p class="soft">{audit} Catalogued {_moment(tallies.built_at)}. <a href="./{ways.everything()}">All bags</a>'
        f' · <a href="{feed}" type="application/atom+xml">The newest, as a feed</a></p>\n'
        f'<div class="charts">\n{charts}</div>\n'
    )
    told = {"@context": "https://schema.org", "@type": "DataCatalog", "name": in_a_line(name)}
    head = f'<link rel="alternate" type="application/atom+xml" title="The newest" href="{feed}">\n{data_block(told)}'
    return page(name, body, ways=ways, up="./", head=head)


def rule(one: Rule, *, ways: Ways) -> bytes:
    """What a rule means."""
    rows = (("What it finds", one.what), ("Why that matters", one.why), ("How to put it right", one.remedy),
            ("Severity", one.severity), ("Source", one.source))  # fmt: skip
    told = "".join(f"<div><dt>{name}</dt><dd>{escaped(value)}</dd></div>\n" for name, value in rows)
    body = f'<h1>{one.code} {one.name}</h1>\n<dl class="rows">{told}</dl>\n'
    return page(f"{one.code} {one.name}", body, ways=ways, up="../")


def refused(said: str, why: str, ways_on: Sequence[tuple[str, str]], *, ways: Ways, up: str) -> bytes:
    """What is not to be had: why, and where to go on; the search stands above, as everywhere.

    Args:
        said: what is the matter, in short.
        why: in a sentence.
        ways_on: addresses from the home page, and what is there, the nearest first.
        ways: where the other pages stand.
        up: the way to the home page's folder, relative.
    """
    links = "".join(f'<li><a href="{up}{quoted(way)}">{escaped(words)}</a></li>\n' for way, words in ways_on)
    reason = in_a_line(why)
    body = (
        f"<h1>{escaped(said)}</h1>\n<p><bdi>{escaped(f'{reason[:1].upper()}{reason[1:]}.')}</bdi></p>\n"
        f"<ul>\n{links}</ul>\n"
    )
    return page(said, body, ways=ways, up=up)


def data_block(value: object) -> str:
    """A value of JSON-LD for a page's head: data, which no browser runs, and out of which nothing can come."""
    written = json.dumps(value, ensure_ascii=True, indent=1)
    for letter in "<>&":
        written = written.replace(letter, f"\\u{ord(letter):04x}")
    return f'<script type="application/ld+json">\n{written}\n</script>\n'


def chart(kind: str, values: Sequence[tuple[str, int]], address: Callable[[str], str], *, whole: str = "") -> str:
    """How often each value of a facet is met.

    Args:
        kind: the facet.
        values: with their counts.
        address: of the list of a value.
        whole: the address of all values, where these are not all.
    """
    if not values:
        return ""
    most = max(number for _, number in values)
    lines = "".join(
        f'<li><a href="{quoted(address(value))}"><bdi>{escaped(in_a_line(value, 60))}</bdi>'
        f'</a><span>{number:,}</span><svg viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect class="rail" width="100" height="1"/>'
        f'<rect width="{max(100 * number // most, 1)}" height="1"/></svg></li>\n'
        for value, number in values
    )
    all_of_them = f'<p class="soft"><a href="{whole}">All of them</a></p>\n' if whole else ""
    return f'<section><h2>{FACET_NAMES[kind]}</h2>\n<ul class="chart">\n{lines}</ul>\n{all_of_them}</section>\n'


def size(size_bytes: int) -> str:
    """A size for a person."""
    number, units = float(size_bytes), ["bytes", "kB", "MB", "GB", "TB"]
    while number >= 1000 and len(units) > 1:
        number /= 1000
        units.pop(0)
    return f"{number:,.0f} {units[0]}" if units[0] == "bytes" else f"{number:,.1f} {units[0]}"


def _whole(kind: str, values: Sequence[tuple[str, int]], ways: Ways) -> str:
    # A server lists the values of what was found; files are all there is.
    return f"browse/{kind}/index.html" if ways.policy and len(values) >= VALUES_SHOWN else ""


def _moment(written: str) -> str:
    return f"{written[:10]}, {written[11:16]} UTC" if len(written) >= 16 else "never"
