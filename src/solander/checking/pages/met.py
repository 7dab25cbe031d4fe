"""PAG: what reading a page met on the way.

Source: the design, law 2: stages record, checks judge.
"""

from __future__ import annotations

from collections.abc import Iterator

from solander.checking.rules import Check, Fault, rule, run
from solander.model.finding import Finding, Place
from solander.model.page import Page


def check_page(page: Page, path: str = "-") -> list[Finding]:
    """Judge what reading met on the way."""
    return run(PAGE_RULES, page, path)


@rule("PAG011", "frames-only", severity="warning", source="HTML Standard, 16.3 (frames)")
def frames_only(page: Page, path: str) -> Iterator[Fault]:
    """The page is a set of frames: its text stands in other pages, which were not captured with it.

    Why: what was packed is the frame and not the picture.

    Remedy: capture the pages in the frames too, or pack a WARC that holds them all.
    """
    if "frames-only" in page.facts:
        yield Fault(Place(path), "the page is made of frames; what they show is not in it")


@rule("PAG012", "depth-cut", severity="info", source="XPath 1.0, 2 (location paths)")
def depth_cut(page: Page, path: str) -> Iterator[Fault]:
    """Elements nest so deep that pointers lead to an ancestor only.

    Why: the words are all there, but their pointers are less exact than elsewhere.

    Remedy: none is needed; such nesting is usually a fault of the page.
    """
    if "depth-cut" in page.facts:
        yield Fault(Place(path), "elements nest deeper than pointers go; the deepest share their ancestor's")


@rule("PAG013", "page-without-title", severity="info", source="HTML Standard, 4.2.2 (the title element)")
def title_missing(page: Page, path: str) -> Iterator[Fault]:
    """The page bears no title.

    Why: a record without a title is found by nobody; what stands in its place is a makeshift.

    Remedy: state one with ``--title``; the page itself stays as it is.
    """
    if not (page.title or "").strip():
        yield Fault(Place(path), "the page has no title")


@rule("PAG014", "xhtml-read-as-html", severity="info", source="HTML Standard, 14.2 (parsing XML documents)")
def xhtml_read_as_html(page: Page, path: str) -> Iterator[Fault]:
    """The page calls itself XHTML and is not: it is not well-formed XML, and was read as HTML.

    Why: a reader of XML shows an error in its place, a reader of HTML a page; which the author meant, nobody can tell.

    Remedy: none is needed, if no other finding tells of words that are swallowed.
    """
    if "xhtml-read-as-html" in page.facts:
        yield Fault(Place(path), "the page calls itself XHTML, but is not well-formed: it was read as HTML")


@rule("PAG015", "references-unknown", severity="warning", source="XML 1.0, 4.1; HTML Standard, 14.1")
def references_unknown(page: Page, path: str) -> Iterator[Fault]:
    """A page of XHTML refers to characters or texts by names that HTML does not have.

    Why: only a document type could say what they stand for, and none is loaded; they stand in the TEI as written.

    Remedy: look at the page's own declarations, if it has any; the original keeps them.
    """
    if "references-unknown" in page.facts:
        yield Fault(Place(path), "the page refers to names that HTML does not have; they stand as they are written")


@rule("PAG060", "frame-document-unread", severity="warning", source="HTML Standard, 4.8.5 (srcdoc)")
def frame_document_unread(page: Page, path: str) -> Iterator[Fault]:
    """A frame bears its page in an attribute (``srcdoc``), and what that page shows is not in the TEI.

    Why: what a reader of the page saw is not all there; the original keeps it.

    Remedy: save the frame's page as a page of its own, and pack it too.
    """
    if "frame-document" in page.facts:
        yield Fault(Place(path), "a frame bears its page in srcdoc; what it shows is not in the TEI")


PAGE_RULES: tuple[Check[[Page, str]], ...] = (
    frames_only,
    depth_cut,
    title_missing,
    xhtml_read_as_html,
    references_unknown,
    frame_document_unread,
)
"""The rules of ``check_page``."""
