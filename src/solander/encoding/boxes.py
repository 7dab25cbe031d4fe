"""Which boxes TEI can have as texts within the text.

Source: TEI P5 4.12.0, 4.3.2 (floating texts): a ``body`` holds something beside heads, figures, milestones and notes.
"""

from __future__ import annotations

from solander.model.page import TEXT_KINDS, Block, plain

HOLD_BOXES = frozenset(("div", "item", "cell", "quote", "post", "note", "box"))
"""Elements in which a text may float; of what holds none, the box's blocks stand in it."""

_WORDS = frozenset(("list", "glossary", "quote"))


def is_text(box: Block) -> bool:
    """Whether a box holds, behind its title, a block of words that is no note."""
    parts: tuple[Block, ...] = box.content  # type: ignore[assignment]
    titled = bool(parts) and parts[0].kind in ("caption", "heading")
    return any(map(_is_text, parts[1:] if titled else parts))


def _is_text(block: Block) -> bool:
    if block.kind in TEXT_KINDS:
        return "note" not in (block.attributes or {}) and plain(block, whole=True).strip() != ""
    if block.kind == "table":
        return any(part.kind == "row" and part.content for part in block.content if isinstance(part, Block))
    return block.kind in _WORDS or (block.kind == "box" and is_text(block))
