"""Links by which a heading or a term gives its own address: a sign behind it, that is no word of what it says.

The sign stays where it stands, for nothing of a page is left out; its link is told from others by its role.
"""

from __future__ import annotations

from solander.model.page import Inline, InlineContent

_SIGNS = frozenset("¶§#🔗⚓∞")


def permalinked(content: InlineContent) -> InlineContent:
    """Name the links into the page whose words are a sign alone.

    Args:
        content: a heading's, or a term's.
    """
    return tuple(
        part._replace(attributes={**(part.attributes or {}), "role": "permalink"})
        if isinstance(part, Inline) and part.kind == "link" and _is_permalink(part)
        else part
        for part in content
    )


def _is_permalink(link: Inline) -> bool:
    words = "".join(part for part in link.content if isinstance(part, str)).strip().removesuffix("\ufe0f")
    return (
        words in _SIGNS
        and all(isinstance(part, str) or part.kind == "anchor" for part in link.content)
        and (link.attributes or {}).get("target", "").startswith("#")
    )
