"""The reading view: one page of HTML that needs nothing but itself, and does nothing but show.

Without scripts, images or forms, under a policy of its own that forbids them; its one style is named there by its
digest. What Solander says stands in elements with ``data-ours``; every other word of ``main`` is the page's.

Source: Content Security Policy 3, 3.3 and 6.1; HTML Standard, 4.2.5 (``meta``); docs/format.md, "View".
"""

from __future__ import annotations

from datetime import datetime

from solander.model.bag_layout import VIEW_NAME
from solander.model.capture import Capture
from solander.model.description import Description
from solander.model.document import Document, Imprint
from solander.model.page import Page
from solander.viewing.about import IN_ITS_BAG, Beside, banner, card, sources
from solander.viewing.contents import contents
from solander.viewing.markup import in_a_line, quoted
from solander.viewing.style import STYLE, STYLE_DIGEST
from solander.viewing.text import view_text
from solander.viewing.word_map import write_word_map

NAMESPACE = "http://www.w3.org/1999/xhtml"

_RIGHT_TO_LEFT = frozenset(("ar", "arc", "ckb", "dv", "fa", "he", "iw", "ps", "sd", "ug", "ur", "yi"))


def view_page(
    page: Page,
    description: Description,
    capture: Capture,
    *,
    at: datetime,
    imprint: Imprint | None = None,
    beside: Beside = IN_ITS_BAG,
) -> Document:
    """Write one page for reading.

    Args:
        page: what was read of the capture; its words are the view's.
        description: what is said of it.
        capture: whence, when, and the digest.
        at: the moment of packing, aware.
        imprint: who keeps the page.
        beside: the files of its bag that it names.

    Raises:
        ValueError: ``at`` has no time zone.
    """
    if at.tzinfo is None:
        raise ValueError("a moment has a time zone")
    text = view_text(page.divisions)
    title = description.first("title")
    language, direction = language_of(page, description)
    shown = in_a_line(title or "A page without a title")
    # The first heading of the text says the title, or the banner does; not both.
    says_title = any(_same(words, title) for _, _, words in text.headings[:2]) if title else False
    html = (
        f"{head(f'{shown} (kept copy)', f'style-src {STYLE_DIGEST!r}', STYLE)}<body>\n"
        '<a class="skip" href="#text">To the text</a>\n'
        f"{banner(description, capture, at, None if says_title else shown, beside)}"
        f"{contents(text.headings)}"
        f"<main{language}{direction}>\n{text.html}</main>\n"
        '<footer lang="en" dir="ltr">\n'
        f"{write_word_map(text.divisions)}{card(description, beside)}"
        f"{sources(capture, at, imprint or Imprint(), page, beside)}"
        "</footer>\n</body>\n</html>\n"
    )
    return Document(name=VIEW_NAME, namespace=NAMESPACE, content=html.encode("utf-8", "replace"))


def head(title: str, style_policy: str, style: str) -> str:
    """A document's beginning: its policy before anything that it governs.

    Args:
        title: plain text.
        style_policy: the policy's directive for styles.
        style: the style sheet.
    """
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; {style_policy}; '
        "base-uri 'none'; form-action 'none'\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{quoted(title)}</title>\n<style>{style}</style>\n</head>\n"
    )


def language_of(page: Page, description: Description) -> tuple[str, str]:
    """The text's language and direction as attributes, each after a space; empty where they are not known."""
    said = description.first("language") or next(iter(page.languages), "")
    language = said if said.replace("-", "").isalnum() and said.isascii() and len(said) <= 35 else ""
    parts = language.split("-")
    direction = "rtl" if parts[0].lower() in _RIGHT_TO_LEFT and "Latn" not in parts else "auto"
    return (f' lang="{language}"' if language else ' lang=""'), f' dir="{direction if language else "auto"}"'


def _same(words: str, title: str) -> bool:
    return " ".join(words.casefold().split()) == " ".join(title.casefold().split())
