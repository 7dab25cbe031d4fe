"""A survey of a page: what the walk over its tree notes down for telling main text from boilerplate.

Columns, not rows: a line a leaf and a line an element, so that whole columns can be reckoned at once.
Leaf ``i`` stands within element ``e`` exactly when ``first[e] <= i < last[e]``.
"""

from __future__ import annotations


class Survey:
    """Columns for the leaves and for the elements that matter, filled by the walk in the order of the source."""

    __slots__ = (
        "classes",
        "depths",
        "description",
        "element_tags",
        "elements",
        "first",
        "hidden",
        "item_types",
        "json_ld",
        "json_ld_types",
        "last",
        "link_characters",
        "links",
        "og_type",
        "parents",
        "roles",
        "tags",
        "texts",
        "title",
    )

    def __init__(self) -> None:
        # A line a leaf:
        self.texts: list[str] = []
        """The words, white space collapsed; never empty."""
        self.tags: list[str] = []
        """The nearest block-level element's tag: ``p li h2 td div …`` (``body`` where there is none)."""
        self.elements: list[int] = []
        """The innermost surveyed element that holds the leaf."""
        self.links: list[int] = []
        """How many ``a`` begin in it."""
        self.link_characters: list[int] = []
        """How many characters of it stand in ``a``; may exceed the collapsed length by white space."""
        # A line an element that is block-level or bears a class or an id; line 0 is the document:
        self.parents: list[int] = [0]
        self.element_tags: list[str] = ["html"]
        self.classes: list[str] = [""]
        """``class`` and ``id`` as written, joined by a space."""
        self.roles: list[str] = [""]
        """``role``, lower case; ``itemprop="articleBody"`` as ``article-body``."""
        self.hidden: list[bool] = [False]
        """Hidden by ``hidden``, ``aria-hidden`` or ``display:none``, itself and not its parents."""
        self.first: list[int] = [0]
        self.last: list[int] = [0]
        # Of few elements:
        self.item_types: dict[int, str] = {}
        """What microdata says that an element is, of that which is a message (``messages.ITEM_TYPES``)."""
        self.depths: dict[int, int] = {}
        """How deep in its thread an element says that it is (``data-depth``)."""
        # Of the page:
        self.title: str = ""
        self.og_type: str = ""
        self.json_ld_types: set[str] = set()
        """Every ``@type`` in the page's JSON-LD."""
        self.json_ld: tuple[str, ...] = ()
        """The page's JSON-LD scripts, as far as they are read."""
        self.description: str = ""
        """What ``meta`` says that the page is about."""
