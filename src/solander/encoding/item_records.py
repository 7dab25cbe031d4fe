"""Dublin Core of a bag's items: a file for each folder of TEI, with an ``oai_dc:dc`` for each page.

The element is the same, to the byte, as in the TEI's own header (``xenoData``).
"""

from __future__ import annotations

from collections.abc import Iterable

from solander.encoding.dublin_core import OAI_DC, dc_element
from solander.encoding.xml_text import DECLARATION, attributes
from solander.model.description import Description
from solander.model.document import Document
from solander.model.identifiers import ITEMS_NAMESPACE

INDENT = "    "


def item_record(number: int, identifier: str, description: Description) -> str:
    """The ``item`` element of one page."""
    said = attributes({"n": str(number), "identifier": identifier})
    return f"  <item{said}>\n{dc_element(description, INDENT)}  </item>\n"


def encode_item_records(name: str, records: Iterable[str]) -> Document:
    """A file of ``item`` elements, at a place in the bag."""
    content = f'{DECLARATION}<items xmlns="{ITEMS_NAMESPACE}">\n{"".join(records)}</items>\n'
    return Document(name=name, namespace=OAI_DC, content=content.encode())
