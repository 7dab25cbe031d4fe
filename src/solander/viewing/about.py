"""What a view says of the page: where it came from and when, how that can be checked, and its description.

Every value stands in an element of its own (``bdi``), and none of it can turn the direction of what surrounds it.

Source: DCMI Metadata Terms (2020-01-20); docs/design.md, sections 4 and 6; docs/format.md, "View".
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from solander.model.addresses import host_of
from solander.model.bag_layout import ORIGINAL_FOLDER, PROVENANCE_NAME, REPORT_NAME, TEI_NAME, TERMS_NAME
from solander.model.capture import Capture, written_moment
from solander.model.description import ELEMENTS, Description, Statement
from solander.model.document import Imprint
from solander.model.page import Page
from solander.viewing.markup import MIDDLE, escaped, in_a_line, led_to, link, quoted

_ADDRESS_CHARACTERS = 500
_VALUE_CHARACTERS = 600


class Beside(NamedTuple):
    """The files of its bag that a view names."""

    tei: str = TEI_NAME
    record: str = TERMS_NAME
    is_linked: bool = True
    """Whether the view stands in the bag, at ``data/access/``, so that ways lead from it to them."""
    entry: str = ""
    """The way to what an archive that is shown tells of the page; empty where the view stands by itself."""


IN_ITS_BAG = Beside()


def banner(
    description: Description, capture: Capture, at: datetime, title: str | None, beside: Beside = IN_ITS_BAG
) -> str:
    """The lines above the text: that this is a copy, of what, received and packed when.

    Args:
        title: what stands above the text as its name; ``None`` where the text says it itself.
        beside: where the view stands.
    """
    host = host_of(capture.uri or "")
    received = f"received {_moment(capture.captured_at)}" if capture.captured_at else "received at an unknown time"
    facts = (
        "Kept copy of a web page",
        f"from <b><bdi>{escaped(in_a_line(host, 100))}</bdi></b>" if host else "from an unknown address",
        received,
        f"packed {written_moment(at)[:10]}",
        '<a href="#about">source and checks</a>',
        *((f'<a href="{quoted(beside.entry)}">its entry in the archive</a>',) if beside.entry else ()),
    )
    line = f" <i>{MIDDLE}</i> ".join(facts)
    out = f'<header class="banner" data-ours lang="en" dir="ltr">\n<p class="facts">{line}</p>\n'
    if title is not None:
        out += f'<p class="name" lang="" dir="auto">{escaped(title)}</p>\n'
        by = [*description.values("creator")[:4], *filter(None, (description.first("date"),))]
        if by:
            said = f" {MIDDLE} ".join(f"<bdi>{escaped(in_a_line(one, 100))}</bdi>" for one in by)
            out += f'<p class="by">{said}</p>\n'
    return f"{out}</header>\n"


def card(description: Description, beside: Beside = IN_ITS_BAG) -> str:
    """The description: the statements that were chosen, in the order of Dublin Core, each with its evidence."""
    chosen = [one for element in ELEMENTS for one in description.statements if one.chosen and one.element == element]
    rows = "".join(f"<div><dt>{_term(one)}</dt><dd>{_value(one)}</dd></div>\n" for one in chosen)
    return (
        f'<section class="card" data-ours id="description">\n<h2>Description</h2>\n<dl>\n{rows}</dl>\n'
        f'<p class="small">Dublin Core, as in {_file(beside.record, beside)}; '
        "in grey what each statement was taken from.</p>\n</section>\n"
    )


def sources(capture: Capture, at: datetime, imprint: Imprint, page: Page, beside: Beside = IN_ITS_BAG) -> str:
    """Where the page came from, and how anybody can check that it is what it was."""
    original = f"{ORIGINAL_FOLDER}{capture.original_name}"
    address = _address(capture.uri) if capture.uri else "not recorded"
    rows: list[tuple[str, str]] = [
        ("Address", address),
        *(("Reached through", _address(one)) for one in capture.origin.redirects if one != capture.uri),
        ("Received", _moment(capture.captured_at) if capture.captured_at else "not recorded"),
        ("Packed", _moment(at)),
        (
            "Kept by",
            f"<bdi>{escaped(in_a_line(imprint.organization))}</bdi>" if imprint.organization else "not recorded",
        ),
        ("Original", f"<code>{original}</code>, {len(capture.original):,} bytes, read as {escaped(page.charset.name)}"),
        ("SHA-256 of it", f'<code class="digest">{capture.sha256}</code>'),
        ("Identifier", f"<code>{capture.identifier}</code>"),
        ("Text in TEI", _file(beside.tei, beside)),
        ("What was done", _file(PROVENANCE_NAME, beside)),
        ("What was checked", _file(REPORT_NAME, beside)),
    ]
    return (
        '<section class="card" data-ours id="about">\n<h2>Source and checks</h2>\n'
        f"<dl>\n{_rows(rows)}</dl>\n"
        '<p class="small">This view was made from the original when it was packed. It has the words of the page, and '
        "none of its scripts, pictures and styles. A second reader counted the words against the original: the file "
        "named last tells what was found. The original is kept as evidence; opened in a browser, it would do what "
        "it did on the web.</p>\n</section>\n"
    )


def _file(name: str, beside: Beside) -> str:
    if not beside.is_linked:
        return f"<code>{name}</code>"
    way = f"../{name.removeprefix('data/')}" if name.startswith("data/") else f"../../{name}"
    return f'<a href="{way}">{name}</a>'


def _rows(rows: Iterable[tuple[str, str]]) -> str:
    return "".join(f"<div><dt>{name}</dt><dd>{value}</dd></div>\n" for name, value in rows)


def _term(one: Statement) -> str:
    return f"{one.element} <small>{escaped(in_a_line(one.refinement, 40))}</small>" if one.refinement else one.element


def _value(one: Statement) -> str:
    address = led_to(one.value)
    shown = escaped(in_a_line(one.value, _VALUE_CHARACTERS))
    said = link(address, shown) if address is not None else f'<bdi dir="auto">{shown}</bdi>'
    return f"{said} <small>{escaped(in_a_line(one.evidence.detail, 80))}</small>"


def _address(uri: str) -> str:
    shown = escaped(in_a_line(uri, _ADDRESS_CHARACTERS))
    address = led_to(uri)
    return link(address, shown) if address is not None else f"<bdi>{shown}</bdi>"


def _moment(at: datetime) -> str:
    written = written_moment(at)
    return f"{written[:10]}, {written[11:16]} UTC"
