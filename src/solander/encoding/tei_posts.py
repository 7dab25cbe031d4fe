"""What is said of a message in TEI: its id, its day, and which other it answers.

Source: TEI P5 4.12.0, 9.3.1 (``post``), att.indentation.
"""

from __future__ import annotations

from solander.encoding.tei_inline import Places, anchor_id
from solander.encoding.w3c import w3c_date
from solander.model.page import Block


def of_post(block: Block, anchors: Places) -> str:
    """The attributes of a ``post``, but for those of any block; an id stands only where something leads to it."""
    said = block.attributes
    if said is None:
        return ""
    written = said.get("id", "")
    name = anchor_id(written) if written and written in anchors else said.get("name")
    when = w3c_date(said.get("when", ""))
    out = (f' xml:id="{name}"' if name else "") + (f' when="{when}"' if when else "")
    if above := said.get("answers"):
        out += f' replyTo="#{above}" indentLevel="{said["depth"]}"'
    return out
