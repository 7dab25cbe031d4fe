"""PAG: is the view for reading what it says it is: the words of the TEI, and what comes of the original again.

The view is parsed as a browser does, by a parser that had no part in writing it. Its text is what stands in ``main``;
what Solander says there of its own stands in elements with ``data-ours``, and is no word of the page.

Source: the design's first law and its third; HTML Standard, 13.2 (parsing).
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from solander.checking.grammars.relax_ng import safe_parser
from solander.checking.opened.parsed_copy import OpenedCopy, open_copy
from solander.checking.pages.tei_words import NAMESPACE, NOT_THE_PAGES, read_tei_words
from solander.checking.pages.telling import LAW, bounded, in_words, quoted
from solander.checking.pages.words import PERHAPS, WHITE_SPACE
from solander.checking.rules import Check, Fault, rule, run
from solander.model.finding import Finding, Place

VIEW_MARK = "data-ours"
"""The attribute of elements in which nothing of the page stands."""

_BLOCKS = frozenset(
    (
        *("article", "blockquote", "br", "caption", "dd", "details", "div", "dl", "dt", "figcaption", "figure"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "main", "ol", "p", "pre", "section", "summary", "table"),
        *("tbody", "td", "tfoot", "th", "thead", "tr", "ul"),
    )
)
_ALIKE_WORDS = 50_000
"""So many words are compared one by one; of more, only what stands before and behind the first that differs."""
_NEAR_WORDS = 400


class ViewCheck(NamedTuple):
    """What came of comparing a view with the TEI."""

    findings: tuple[Finding, ...]
    unchecked: tuple[str, ...] = ()


class Viewed(NamedTuple):
    """The subject of the rule about words."""

    path: str
    view: list[str]
    tei: list[str]


def check_view(view: bytes, path: str, tei: bytes, opened: OpenedCopy | None = None) -> ViewCheck:
    """Compare the words of a view with those of the TEI.

    Args:
        view: the view.
        path: its name, for the findings.
        tei: the TEI that stands beside it.
        opened: the same view, if it was parsed before; words are taken out of it.
    """
    text = _text_of_view(opened or open_copy(view))
    if isinstance(text, str):
        return ViewCheck((), (f"{path}: its words were not compared: {text}",))
    if _alike(text, tei):
        return ViewCheck(())
    pieces = read_tei_words(tei)
    if isinstance(pieces, str):
        return ViewCheck((), (f"{path}: its words were not compared: the TEI: {pieces}",))
    words = _split("".join(_strings(text)))
    marked = "".join([piece.marked for piece in pieces]).replace(PERHAPS, "")
    return ViewCheck(tuple(run(VIEW_RULES, Viewed(path, words, _split(marked)))))


def read_view_words(content: bytes) -> list[str] | str:
    """The words of a view's text, in their order; or in one line why there are none to read."""
    text = _text_of_view(open_copy(content))
    return text if isinstance(text, str) else _split("".join(_strings(text)))


def _text_of_view(opened: OpenedCopy) -> Any:
    """The element ``main`` of a view, without what Solander says there; or in one line why there is none to read."""
    if opened.why is not None:
        return opened.why
    texts = opened.tree.css("main")
    if len(texts) != 1:
        return f"it has {len(texts)} elements main, where one holds the text"
    for node in texts[0].css(f"[{VIEW_MARK}]"):
        node.decompose()
    for node in texts[0].css("br"):
        node.replace_with(" ")
    return texts[0]


def _alike(view: Any, tei: bytes) -> bool:
    """Whether both have the same words where Solander writes a line end between blocks: nearly all have.

    Measured: reading both element by element takes four times as long.
    """
    from lxml import etree

    try:
        text = etree.fromstring(tei, safe_parser(remarks=False)).find(f"{NAMESPACE}text")
    except etree.XMLSyntaxError:
        return False
    if text is None:
        return False
    etree.strip_elements(text, *(NAMESPACE + name for name in NOT_THE_PAGES), with_tail=False)
    for element in text.iter(f"{NAMESPACE}lb", f"{NAMESPACE}addrLine"):
        element.tail = f" {element.tail or ''}"
    ours, theirs = _spaced("".join(text.itertext())), _spaced(view.text(deep=True))
    # Of one and the same text no list of words need be made; a long one has millions.
    return ours == theirs or _split(ours) == _split(theirs)


def _strings(root: Any) -> Iterator[str]:
    """The text within an element, a space at the edges of blocks; without recursion, for a view may be anybody's."""
    opened: list[tuple[Any, str]] = []
    node = root
    while node is not None:
        tag: str = node.tag or ""
        edge = " " if tag in _BLOCKS else ""
        if tag == "-text":
            yield node.text_content
        elif tag[:1] not in ("-", "_", ""):
            yield edge
            child = node.first_child
            if child is not None:
                opened.append((node, edge))
                node = child
                continue
            yield edge
        node = node.next if opened else None
        while node is None and opened:
            node, edge = opened.pop()
            yield edge
            node = node.next if opened else None


def _spaced(marked: str) -> str:
    # Not `split()`: a no-break space is a character of its word.
    for space in WHITE_SPACE[1:]:
        marked = marked.replace(space, " ")
    while "  " in marked:
        marked = marked.replace("  ", " ")
    return marked.strip(" ")


def _split(marked: str) -> list[str]:
    return [word for word in _spaced(marked).split(" ") if word and not word.isspace()]


@rule("PAG090", "view-words-differ", severity="error", source=LAW)
def view_words_differ(viewed: Viewed) -> Iterator[Fault]:
    """The view for reading has not the words of the TEI, each once and in the same order.

    Why: most readers will see the view and nothing else; what it leaves out or adds they take for the page's.

    Remedy: pack the page again, which makes the view anew; if it differs again, report the page as a fault of Solander.
    """
    tei, view = viewed.tei, viewed.view
    if tei == view:
        return
    start = next((at for at, (one, other) in enumerate(zip(tei, view, strict=False)) if one != other), None)
    first = min(len(tei), len(view)) if start is None else start
    if max(len(tei), len(view)) - first > _ALIKE_WORDS:
        tei, view = tei[first : first + _NEAR_WORDS], view[first : first + _NEAR_WORDS]
        message = "the words differ from here on"
        yield Fault(Place(viewed.path), message, quoted(tei), quoted(view))
        return
    matcher = SequenceMatcher(None, tei[first:], view[first:], autojunk=True)
    differing = [(a, b, c, d) for kind, a, b, c, d in matcher.get_opcodes() if kind != "equal"]

    def tell(stretch: tuple[int, int, int, int]) -> Fault:
        a, b, c, d = stretch
        ours, theirs = tei[first + a : first + b], view[first + c : first + d]
        what = f"{in_words(len(ours))} of the TEI, {in_words(len(theirs))} of the view differ"
        return Fault(Place(viewed.path), what, quoted(ours) or "nothing", quoted(theirs) or "nothing")

    yield from bounded(differing, tell, "words differ at {} more places")


@rule("PAG091", "view-not-rederived", severity="error", source="DESIGN, law 3: the same capture gives the same bytes")
def view_not_rederived(path: str, recorded: bytes, derived: bytes) -> Iterator[Fault]:
    """The view for reading is not what comes of the original when it is read again.

    Why: whoever reads the view trusts that nothing was put in between: no word, no link, no style that hides one.

    Remedy: check the bag's fixity first. If that is whole and the versions of Solander differ, a later one shows the
    page in another way: derive with the version that made the bag, or pack the page again for its next version.
    """
    if recorded == derived:
        return
    ours, theirs = derived.split(b"\n"), recorded.split(b"\n")
    at = next((number for number, (one, other) in enumerate(zip(theirs, ours, strict=False)) if one != other), None)
    if at is None:
        at = min(len(ours), len(theirs))
    expected, found = (_around(lines, at, others) for lines, others in ((ours, theirs), (theirs, ours)))
    yield Fault(Place(path, at + 1), "this is not what the original says", expected, found)


def _around(lines: list[bytes], at: int, others: list[bytes]) -> str:
    """A line, cut to what stands around the first character in which it differs from the other."""
    line, other = (side[at].decode("utf-8", "replace") if at < len(side) else "" for side in (lines, others))
    if at >= len(lines):
        return "(the file ends here)"
    same = next((number for number, pair in enumerate(zip(line, other, strict=False)) if pair[0] != pair[1]), 0)
    start = max(same - 40, 0)
    return ("…" if start else "") + line[start : same + 80].strip() + ("…" if len(line) > same + 80 else "")


VIEW_RULES: tuple[Check[[Viewed]], ...] = (view_words_differ,)
"""The rules of ``check_view``."""

REDERIVED_RULES: tuple[Check[...], ...] = (view_not_rederived,)
"""The rules for a view that was made again."""

RULES: tuple[Check[...], ...] = (*VIEW_RULES, *REDERIVED_RULES)
