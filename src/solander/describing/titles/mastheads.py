"""What a page links back to: the first page of its site, or of the journal within it that the page is one of.

Content management systems make of the site's name a link, and often a heading: "Harbour Notes" above every entry. A
heading that leads above the page names what the page is in, and never the page.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from urllib.parse import urlsplit

from solander.describing.lines import Lines
from solander.describing.titles.by_rules import bare, fold
from solander.describing.word_list import words_of
from solander.model.page import Block, Inline, plain

LINKS = 200
"""So many links of one line are looked at."""

HEADINGS = 30
"""So many headings of a page are."""

_CHARACTERS = 200
# Behind these stands the page itself once more: its second leaf, its printed form, its readers' words.
_SAME_PAGE = words_of("page amp print comments comment feed replies trackback embed seite pagina story article")
_INDEX = ("index.html", "index.htm", "index.php", "default.aspx", "index.asp", "index.shtml")


def is_first_page(target: str) -> bool:
    """Whether an address is a host and nothing behind it; there are many links, so that it is not taken apart."""
    return target.count("/") == (3 if target.endswith("/") else 2) and "?" not in target and "#" not in target


def links_of(block: Block) -> Iterator[Inline]:
    """The first links of a line."""
    return islice(_links(block), LINKS)


def target_of(link: Inline) -> str:
    """Where a link leads."""
    return (link.attributes or {}).get("target", "")


def name_of(link: Inline) -> str:
    """What a link is called: by its words, else by its picture's."""
    return words_of_link(link) or picture_of(link)


def words_of_link(link: Inline) -> str:
    """A link's words."""
    return plain(Block("text", "", link.content)).strip()


def picture_of(link: Inline) -> str:
    """What the picture in a link is called; empty without one."""
    pictures = (one for one in link.content if isinstance(one, Inline) and one.kind == "image")
    return next(((one.attributes or {}).get("alt", "") for one in pictures), "")


def heading_sites(lines: Lines, uri: str | None) -> frozenset[str]:
    """The names of what a page is in, folded: headings that are links above it.

    Args:
        lines: the page's.
        uri: where the page was; without it nothing is known to be above it.
    """
    found: set[str] = set()
    for number in lines.headings[:HEADINGS] if uri else ():
        text = lines.text(number)
        if not 1 < len(text) <= _CHARACTERS:
            continue
        for link in links_of(lines.blocks[number]):
            if leads_above(target_of(link), uri or "") and bare(words_of_link(link)) == bare(text):
                found.add(fold(text))
    return frozenset(found)


def leads_above(target: str, uri: str) -> bool:
    """Whether an address is a first page above another: the site's, or a folder's with more than one below it.

    Args:
        target: where a link leads, with its host.
        uri: where the page was.
    """
    try:
        above, page = urlsplit(target), urlsplit(uri)
    except ValueError:
        return False
    if above.query or above.fragment or _host(above.netloc) != _host(page.netloc) or not above.netloc:
        return False
    outer, inner = _folders(above.path), _folders(page.path)
    if inner[: len(outer)] != outer:
        return False
    rest = inner[len(outer) :]
    if not rest or not outer:
        return len(outer) <= 1 and bool(rest or page.query)
    return len(outer) == 1 and len(rest) > 1 and rest[0] not in _SAME_PAGE


def _host(written: str) -> str:
    return written.lower().removeprefix("www.")


def _folders(path: str) -> list[str]:
    parts = [part for part in path.split("/") if part]
    return parts[:-1] if parts and parts[-1].lower() in _INDEX else parts


def _links(block: Block) -> Iterator[Inline]:
    stack: list[Inline | str | Block] = list(reversed(block.content))
    while stack:
        part = stack.pop()
        if isinstance(part, str):
            continue
        if part.kind == "link" and isinstance(part, Inline):
            yield part
        else:
            stack.extend(reversed(part.content))
