"""Lists of bags: what was found, what has one value of a facet, and the values of a facet; and the page of search.

Source: docs/showing.md, "What is served" and "As files"; WCAG 2.2.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from itertools import groupby

from solander.model.catalogue import Found, Hit, Passage, Query, parted
from solander.viewing.bag_page import span
from solander.viewing.markup import escaped, in_a_line, quoted
from solander.viewing.room import FACET_NAMES, chart, page
from solander.viewing.ways import POLICY_OF_SEARCH, SERVED, WRITTEN, Ways, listed, value_of

LIST_NAMES = {
    "site": "By site",
    "year": "By year",
    "language": "By language",
    "type": "By type",
    "collection": "By crawl, page by page",
    "finding": "By findings at packing",
    "deposited": "By place of deposit",
    "audit": "By last audit",
}

SHELF_SIZE = 25
"""So many bags stand on a page that is a file."""

VALUES_SIZE = 200
"""So many values of a facet stand on a page that is a file."""


def results(query: Query, found: Found) -> bytes:
    """A list with its facets, of a server."""
    more = "More than " if found.has_more else ""
    number = (
        f"{more}{found.total:,} bags and pages" if more and found.pages else more + counted(found.total, found.pages)
    )
    chosen = "".join(
        f'<a href="{quoted(_address(query, without=one))}">{FACET_NAMES[one[0]]}: '
        f"<bdi>{escaped(in_a_line(one[1], 60))}</bdi> ×</a>\n"
        for one in query.facets
    )
    note = (
        '<p class="soft">The latest of them are listed and counted; narrow the search.</p>\n' if found.has_more else ""
    )
    hits = "".join(_hit(hit, SERVED, "") for hit in found.hits)
    pages = (found.total + query.size - 1) // query.size
    turns = ""
    if query.page > 1:
        turns += f'<a rel="prev" href="{quoted(_address(query, page=query.page - 1))}">Before</a>\n'
    if query.page < pages:
        turns += f'<a rel="next" href="{quoted(_address(query, page=query.page + 1))}">More</a>\n'

    def narrowed(kind: str, value: str) -> str:
        return _address(query, add=(kind, value))

    charts = "".join(
        chart(kind, [one for one in values if (kind, one[0]) not in query.facets], partial(narrowed, kind))
        for kind, values in found.facets
    )
    if not found.hits:
        note = _nothing(query, found)
    body = (
        f'<h1>{number}</h1>\n{f"""<div class="chosen">{chosen}</div>""" if chosen else ""}{note}'
        f'<div class="found"><aside aria-label="Narrow the list">{charts}</aside>\n'
        f'<div><ol class="hits" start="{(query.page - 1) * query.size + 1}">\n{hits}</ol>\n'
        f'{f"""<nav class="more" aria-label="Pages">{turns}</nav>""" if turns else ""}</div></div>\n'
    )
    return page(f"{query.words or 'All bags'}: {number}", body, ways=SERVED, up="./", words=query.words)


def _nothing(query: Query, found: Found) -> str:
    """What to do where a list has nothing to show."""
    if found.total:
        return f'<p>The list ends before this. <a href="{quoted(_address(query))}">It begins here</a>.</p>\n'
    told = "Nothing was found."
    if query.words:
        told += " All words must be there, and what stands in quotation marks as it stands; try fewer."
    without = f' · <a href="{quoted(listed(Query(query.words)))}">The same words everywhere</a>'
    return (
        f'<p>{told} <a href="{SERVED.everything()}">All bags</a>{without if query.facets and query.words else ""}</p>\n'
    )


def counted(total: int, pages: int = 0) -> str:
    """``3 bags and 1 page``: how many are in a list, and how many of them are pages of bags of many pages."""
    bags = total - pages
    told = [f"{bags:,} {'bag' if bags == 1 else 'bags'}"] if bags or not pages else []
    told += [f"{pages:,} {'page' if pages == 1 else 'pages'}"] if pages else []
    return " and ".join(told)


def shelf(
    kind: str, value: str, hits: Iterable[Hit], *, number: int, pages: int, total: int, pages_in: int = 0, up: str
) -> bytes:
    """A page of a list that is files.

    Args:
        kind: the facet; empty for all bags.
        value: of the facet.
        hits: those of this page.
        number: of this page, from 1.
        pages: how many there are.
        total: how many bags and pages of bags the list has.
        pages_in: how many of them are pages of bags.
        up: the way to the home page's folder.
    """
    name = f"{FACET_NAMES[kind]}: {value}" if kind else "All bags"
    shown = "".join(_hit(hit, WRITTEN, up) for hit in hits)
    many = counted(total, pages_in)
    back = f' · <a href="../index.html">All values of “{FACET_NAMES[kind]}”</a>' if kind else ""
    body = (
        f'<h1><bdi>{escaped(in_a_line(name, 120))}</bdi></h1>\n<p class="soft">{many}, the latest first{back}</p>\n'
        f'<ol class="hits" start="{(number - 1) * SHELF_SIZE + 1}">\n{shown}</ol>\n{turns(number, pages)}'
    )
    return page(f"{name}, {number} of {pages}" if pages > 1 else name, body, ways=WRITTEN, up=up)


def values_of(kind: str, values: Sequence[tuple[str, int]], *, number: int, pages: int) -> bytes:
    """A page of the values of a facet, with how many bags have each."""
    lines = chart(kind, values, lambda value: WRITTEN.chosen(kind, value).removeprefix(f"browse/{kind}/"))
    lines = lines or "<p>No bag has one.</p>\n"
    title = LIST_NAMES[kind]
    body = f"<h1>{title}</h1>\n{lines}{turns(number, pages)}"
    return page(f"{title}, {number} of {pages}" if pages > 1 else title, body, ways=WRITTEN, up="../../")


def turns(number: int, pages: int) -> str:
    """Links to the pages before and behind one that is a file."""
    parts = []
    if number > 1:
        parts.append(f'<a rel="prev" href="{file_of(number - 1)}">Before</a>\n')
    if number < pages:
        parts.append(f'<a rel="next" href="{file_of(number + 1)}">More</a>\n')
    return f'<nav class="more" aria-label="Pages">{"".join(parts)}</nav>\n' if parts else ""


def file_of(number: int) -> str:
    """The file of a page of a list."""
    return "index.html" if number == 1 else f"{number}.html"


def search_page(pages: int, bags: int, digits: int, kinds: Sequence[str]) -> bytes:
    """The page of search of an archive that is files: the one that has a script; without it, lists.

    Args:
        pages: how many bags, and pages of bags of many, can be found.
        bags: how many of them are bags.
        digits: how many digits the names of the index's parts have.
        kinds: the facets that have lists.
    """
    lists = "".join(f'<li><a href="browse/{kind}/index.html">{LIST_NAMES[kind]}</a></li>\n' for kind in kinds)
    body = (
        f'<h1 id="told" aria-live="polite" data-pages="{pages}" data-bags="{bags}" data-digits="{digits}">Search</h1>\n'
        "<noscript><p>Search needs a script of this site’s own, which is off here. Everything is in these lists:</p>"
        "</noscript>\n"
        '<ol class="hits" id="hits"></ol>\n'
        '<p><button id="more" hidden>More</button></p>\n'
        f'<section><h2>Lists</h2>\n<ul><li><a href="{WRITTEN.everything()}">All bags</a></li>\n{lists}</ul></section>\n'
    )
    head = '<script src="search.js" defer></script>\n'
    return page("Search", body, ways=WRITTEN, up="./", head=head, policy=POLICY_OF_SEARCH)


def bag_around(key: str) -> str:
    """The name of the bag of many pages in which a page is, that pages of several crawls can be told apart."""
    bag, page = parted(key)
    return "" if page is None else value_of(bag)


def captured(hit: Hit) -> str:
    """When it was captured, that captures of one page can be told apart; empty where that was not recorded."""
    return f"captured {span(hit.captured_at)}" if hit.captured_at else ""


def _hit(hit: Hit, ways: Ways, up: str) -> str:
    facts = [hit.creators, hit.date, hit.site, hit.language, captured(hit), bag_around(hit.key)]
    line = " · ".join(f"<bdi>{escaped(in_a_line(one, 80))}</bdi>" for one in facts if one)
    flags = ""
    if hit.is_damaged:
        flags += ' · <span class="bad">damaged</span>'
    if hit.errors:
        flags += f' · <span class="bad">{hit.errors:,} {"error" if hit.errors == 1 else "errors"}</span>'
    elif hit.warnings:
        flags += f' · <span class="warn">{hit.warnings:,} {"warning" if hit.warnings == 1 else "warnings"}</span>'
    said = f'<p dir="auto">{_marked(hit.passages)}</p>' if hit.passages else ""
    return (
        f'<li><a href="{up}{quoted(ways.bag(hit.key))}" dir="auto">{_marked(hit.title)}</a>\n'
        f'<p class="soft">{line}{flags}</p>{said}</li>\n'
    )


def _marked(passages: Iterable[Passage]) -> str:
    parts = []
    for is_hit, run in groupby(passages, key=lambda one: one.is_hit):
        words = _inner("".join(one.words for one in run))
        parts.append(f"<mark>{words}</mark>" if is_hit else words)
    return "".join(parts)


def _inner(words: str) -> str:
    """A piece of a line: its white space at the ends stays."""
    line = in_a_line(words)
    return escaped(f"{' ' if words[:1].isspace() else ''}{line}{' ' if line and words[-1:].isspace() else ''}")


def _address(
    query: Query, *, add: tuple[str, str] | None = None, without: tuple[str, str] | None = None, page: int = 1
) -> str:
    facets = tuple(one for one in (*query.facets, *((add,) if add else ())) if one != without)
    return listed(query._replace(facets=facets, page=page))
