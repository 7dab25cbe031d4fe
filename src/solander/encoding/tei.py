"""Page, description and capture -> TEI P5: a strict subset of it, in canonical bytes.

The same values give the same bytes; the moment comes from the caller.

Source: TEI P5 4.12.0; ``schemas/solander-tei.rng`` is the grammar of what is written.
"""

from __future__ import annotations

from datetime import datetime

from solander import __version__
from solander.encoding.long_text import in_segments
from solander.encoding.tei_body import TextWriter
from solander.encoding.tei_header import header, language_of
from solander.encoding.tei_media import with_media
from solander.encoding.xml_text import DECLARATION, escape_attribute
from solander.model.bag_layout import TEI_NAME
from solander.model.capture import Capture, whole_seconds
from solander.model.collector import collector_resting
from solander.model.description import Description
from solander.model.document import Document, Imprint
from solander.model.page import Page

NAMESPACE = "http://www.tei-c.org/ns/1.0"


@collector_resting()
def encode_tei(
    page: Page, description: Description, capture: Capture, *, at: datetime, imprint: Imprint | None = None
) -> Document:
    """Encode one page.

    Args:
        page: what was read of the capture.
        description: what is said of it.
        capture: the bytes that the pointers of the text lead into.
        at: the moment of making, aware; it enters ``publicationStmt`` and ``revisionDesc`` alone.
        imprint: who makes the file, and its licence.

    Raises:
        ValueError: ``at`` has no time zone.
    """
    moment = whole_seconds(at)
    if moment is None:
        raise ValueError("a moment is needed")
    agents = {"solander": __version__}
    if capture.media_type != "text/plain":
        agents |= _libraries()
    language = language_of(description, page)
    root = f'<TEI xmlns="{NAMESPACE}"' + (f' xml:lang="{escape_attribute(language)}"' if language else "") + ">\n"
    text = TextWriter(f"../original/{capture.original_name}#", page.divisions).write(page.divisions)
    text = in_segments(text)
    if capture.media:
        text = with_media(text, capture.media)
    head = header(page, description, capture, moment, imprint or Imprint(), agents)
    return Document(
        name=TEI_NAME, namespace=NAMESPACE, content=(DECLARATION + root + head + text + "</TEI>\n").encode()
    )


def _libraries() -> dict[str, str]:
    """Libraries that shape the text: named in ``appInfo``, pinned in the project."""
    # Late, for plain text does without it; and by its own word, for to load what knows of installed packages takes as
    # long as to read a page.
    import turbohtml

    return {"turbohtml": turbohtml.__version__}
