"""Three columns: the original as a browser shows it, the TEI as it is read, the TEI as it is written.

They are linked block by block through the pointers. The original stands in a frame without scripts, forms, windows or
a name of its own, under the policy of this page, which lets nothing be fetched; what a policy does not govern (a
connection that is opened beforehand) is taken out of its markup.

Source: HTML Standard, 4.8.5 (``iframe``: ``sandbox``, ``srcdoc``); CSP 3, 6.1; Resource Hints.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from zlib import crc32

from solander.model.capture import Capture
from solander.model.description import Description
from solander.model.document import Document
from solander.model.page import Page
from solander.viewing.markup import escaped, in_a_line, quoted
from solander.viewing.style import SIDE_BY_SIDE_STYLE, STYLE
from solander.viewing.text import view_text
from solander.viewing.view import NAMESPACE, head, language_of

# Only tags match: in the text of what is written here "<" is escaped.
_BLOCK = re.compile(r'(<[a-z0-9]+ id="b[0-9a-f]{8}(?:-[0-9]+)?" data-from="([^"]*)"[^>]*>)')
_POINTER = re.compile(r' source="([^"#]*#([^"]*))"')
_LINK = re.compile(r"<link(?=[\s/>])", re.IGNORECASE)
_STEP_OF_TEXT = re.compile(r"/text\(\)\[[0-9]+\]\Z")
_SHOWN = (
    "<style>:target{outline:3px solid #c2702e;outline-offset:2px;scroll-margin:4em}</style>"
    '<meta http-equiv="x-dns-prefetch-control" content="off">'
    '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
    "style-src 'unsafe-inline'; img-src data:\">"
)


def view_side_by_side(
    page: Page,
    description: Description,
    capture: Capture,
    tei: Document,
    *,
    markup: str,
    places: Mapping[str, int],
    entry: str = "",
) -> Document:
    """Write the three columns; the same values give the same bytes.

    Args:
        page: what was read of the capture.
        description: what is said of it.
        capture: the original.
        tei: as it is written.
        markup: the original as characters.
        entry: the way to what an archive that is shown tells of the page.
        places: where in ``markup`` each place begins, by XPath: behind the name of its start tag.
    """
    text = view_text(page.divisions)
    is_plain = capture.media_type == "text/plain"
    original = _plain(markup, text.html) if is_plain else _marked(markup, places, text.html)
    known = frozenset(places)
    read = _BLOCK.sub(lambda block: block[1] + _links(html.unescape(block[2]), known, is_plain), text.html)
    language, direction = language_of(page, description)
    title = in_a_line(description.first("title") or "A page without a title")
    way = f'<p data-ours><a href="{quoted(entry)}">Its entry in the archive</a></p>\n' if entry else ""
    policy = "style-src 'unsafe-inline'; img-src data:"
    content = (
        f'{head(f"{title} (side by side)", policy, STYLE + SIDE_BY_SIDE_STYLE)}<body class="beside">\n'
        f'<h1 class="unseen" data-ours>{escaped(title)}, side by side</h1>\n'
        '<section aria-labelledby="original"><h2 id="original" data-ours>Original, without scripts and network</h2>\n'
        f'<iframe name="original" title="The original" sandbox="" referrerpolicy="no-referrer" '
        f'srcdoc="{quoted(original)}"></iframe></section>\n'
        '<section aria-labelledby="read"><h2 id="read" data-ours>TEI, as it is read</h2>\n'
        f"{way}<main{language}{direction}>\n{read}</main></section>\n"
        '<section aria-labelledby="written"><h2 id="written" data-ours>TEI, as it is written</h2>\n'
        f'<pre class="tei" lang="">{_tei(tei)}</pre></section>\n'
        "</body>\n</html>\n"
    )
    return Document(name="side-by-side.html", namespace=NAMESPACE, content=content.encode("utf-8", "replace"))


def _crc(place: str) -> str:
    return f"{crc32(place.encode('utf-8', 'replace')):08x}"


def _element(place: str, known: frozenset[str]) -> str | None:
    """The nearest element around a place that has a tag of its own in the markup."""
    place = _STEP_OF_TEXT.sub("", place)
    while place and place not in known:
        place = place.rpartition("/")[0]
    return place or None


def _links(place: str, known: frozenset[str], is_plain: bool) -> str:
    target = place if is_plain else _element(place, known)
    pointer = place if is_plain else f"xpath({place})"
    there = (
        f'<a class="to" href="about:srcdoc#o{_crc(target)}" target="original" aria-label="in the original">◂</a>'
        if target
        else ""
    )
    return f'{there}<a class="to" href="#s{_crc(pointer)}" aria-label="in the TEI">▸</a>'


def _places_in(text: str) -> list[str]:
    return [html.unescape(block[2]) for block in _BLOCK.finditer(text)]


def _marked(markup: str, places: Mapping[str, int], text: str) -> str:
    """The original with an id at each element that a block came from, before any that it bears itself."""
    known = frozenset(places)
    sought = {element for place in _places_in(text) if (element := _element(place, known))}
    parts: list[str] = []
    done = 0
    for offset, place in sorted((places[element], element) for element in sought):
        if offset > done or not done:
            parts += [markup[done:offset], f' id="o{_crc(place)}"']
            done = offset
    parts.append(markup[done:])
    # "basefont" may stand where "link" may, and does nothing.
    return _SHOWN + _LINK.sub("<basefont", "".join(parts))


def _plain(markup: str, text: str) -> str:
    """A plain text with an id at each position that a block begins at (RFC 5147)."""
    offsets = {int(match[1]): place for place in _places_in(text) if (match := re.match(r"char=([0-9]+)", place))}
    parts: list[str] = []
    done = 0
    for offset in sorted(offsets):
        parts += [escaped(markup[done:offset]), f'<span id="o{_crc(offsets[offset])}"></span>']
        done = offset
    return f'{_SHOWN}<pre style="white-space:pre-wrap">{"".join(parts)}{escaped(markup[done:])}</pre>'


def _tei(tei: Document) -> str:
    """The TEI as characters, each pointer a link to its block as it is read."""
    met: set[str] = set()

    def linked(pointer: re.Match[str]) -> str:
        # Escaped twice: as XML has it, and as characters of this page.
        fragment = html.unescape(html.unescape(pointer[2]))
        name = _crc(fragment)
        identity = "" if name in met else f' id="s{name}"'
        met.add(name)
        return f' source="<a{identity} href="#b{name}">{pointer[1]}</a>"'

    return _POINTER.sub(linked, escaped(tei.content.decode()))
