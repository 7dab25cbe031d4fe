"""References: where TEI has a ``bibl`` and what may stand in one, and whether a quotation's last line is its source.

Source: TEI P5 4.12.0, 3.12 (bibliographic citations).
"""

from __future__ import annotations

from solander.model.page import Block, Inline, InlineContent

_IN_BIBL = frozenset(
    (
        *("link", "title", "emphasis", "strong", "bold", "italic", "underline", "small", "superscript", "subscript"),
        *("break", "anchor", "date", "foreign", "abbreviation", "place", "direction", "hidden", "person"),
    )
)


def may_stand_in_bibl(content: InlineContent) -> bool:
    """Whether TEI allows in a ``bibl`` what stands here: less than in a ``p``."""
    return all(
        isinstance(part, str)
        # A link that leads nowhere leaves no trace but what it holds.
        or (part.kind in _IN_BIBL and (part.kind != "link" or may_stand_in_bibl(part.content)))
        for part in content
    )


def without_references(content: InlineContent) -> InlineContent:
    """The content with the words of references unmarked: in names, labels and references TEI has no ``bibl``."""
    found: list[Inline | str] = []
    for part in content:
        if isinstance(part, str) or not part.content:
            found.append(part)
        elif part.kind == "citation":
            found.extend(part.content)
        else:
            found.append(part._replace(content=without_references(part.content)))
    return tuple(found)


def names_source(block: Block) -> bool:
    """Whether it says where a quotation is from: by its element, or as a ``cite`` with nothing but a dash before it."""
    if block.kind not in ("text", "paragraph"):
        return False
    content: InlineContent = block.content  # type: ignore[assignment]
    if not may_stand_in_bibl(without_references(content)):
        return False
    if (block.attributes or {}).get("role") == "attribution":
        return True
    titles = [part for part in content if isinstance(part, Inline)]
    return (
        len(titles) == 1
        and titles[0].kind in ("title", "citation", "person")
        and not "".join(part for part in content if isinstance(part, str)).strip(" \u2014\u2013\u2015-~")
    )
