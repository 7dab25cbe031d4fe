"""Capture -> page: decode, build the tree, name the blocks, tell the text proper from what surrounds it."""

from __future__ import annotations

from solander.errors import PageTooCostly
from solander.model.capture import Capture
from solander.model.collector import collector_resting
from solander.model.page import Page


@collector_resting()
def read_page(capture: Capture) -> Page:
    """Read a capture: every visible word finds its one home, and nothing is fetched.

    Raises:
        PageTooCostly: its markup would take minutes, or all memory.

    Returns:
        The page; what was left out, replaced or cut is counted in ``normalisations`` and named in ``facts``.
    """
    from solander.reading.trees.charset import decode

    decoded = decode(capture.content, capture.declared_charset, capture.media_type)
    if capture.media_type == "text/plain":
        from solander.reading.plain.text import read_plain_text
        from solander.reading.trees.bounds import beyond_lines

        if why := beyond_lines(decoded.text):
            raise PageTooCostly(capture.origin.path or capture.uri or "-", why)
        plain = read_plain_text(decoded.text)
        return Page(
            uri=capture.uri,
            title=plain.title,
            languages=(),
            divisions=plain.divisions,
            signals=plain.signals,
            charset=decoded.charset,
            normalisations=plain.normalisations,
            facts=plain.facts,
        )
    # The HTML reader and its parser are not wanted where only plain text is read.
    from solander.reading.html import read_html

    try:
        html = read_html(decoded.text, capture.uri, capture.media_type)
    except PageTooCostly as error:
        raise PageTooCostly(capture.origin.path or capture.uri or "-", error.what) from None
    return Page(
        uri=capture.uri,
        title=html.title,
        languages=html.languages,
        divisions=html.divisions,
        signals=html.signals,
        charset=decoded.charset,
        normalisations=html.normalisations,
        facts=html.facts,
    )
