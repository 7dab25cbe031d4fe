"""Links by which a heading, a term or a caption gives its own address: a sign behind it, no word of what it says.

The sign stays where it stands, for nothing of a page is left out; its link is told from others by its role.
"""

from __future__ import annotations

from unicodedata import category

from solander.model.page import Inline, InlineContent

_SIGNS = frozenset("¶§#🔗⚓∞")
_WITHOUT_WIDTH = "\u200b\u2060\ufeff\ufe0f"


def permalinked(content: InlineContent) -> InlineContent:
    """Name the links into the page whose words are a sign alone.

    Args:
        content: a heading's, a term's or a caption's.
    """
    return tuple(
        part._replace(attributes={**(part.attributes or {}), "role": "permalink"})
        if isinstance(part, Inline) and part.kind == "link" and _is_permalink(part)
        else part
        for part in content
    )


def _is_permalink(link: Inline) -> bool:
    return (
        is_sign("".join(part for part in link.content if isinstance(part, str)))
        and all(isinstance(part, str) or part.kind == "anchor" for part in link.content)
        and (link.attributes or {}).get("target", "").startswith("#")
    )


def is_sign(words: str) -> bool:
    """Whether the words of a link are a sign alone.

    A letter for private use is one, for it is a picture in a font of the page's own; so is a space without width, put
    there that the link be not empty, where a style sheet shows a sign.
    """
    sign = words.strip().strip(_WITHOUT_WIDTH)
    return (
        sign in _SIGNS
        or (len(sign) == 1 and category(sign) == "Co")
        or (not sign and not words.isspace() and words != "")
    )
