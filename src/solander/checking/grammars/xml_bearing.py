"""The elements of a document that bear an attribute, found by the library and not one by one: most bear few.

Source: XPath 1.0, 2.3 (node tests) and 2.4 (predicates).
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

_PREFIXES = {"tei": "http://www.tei-c.org/ns/1.0"}


def bearing(root: Any, *names: str, of: str = "*") -> list[Any]:
    """The elements, ``root`` among them, that bear one of some attributes, in the order of the document.

    Args:
        root: an element (lxml).
        names: of attributes, ``xml:id`` for one with a prefix.
        of: which elements, as XPath has it: ``tei:*`` for those of TEI.
    """
    return list(_finder(of, names)(root))


@lru_cache(maxsize=32)
def _finder(of: str, names: tuple[str, ...]) -> Any:
    from lxml import etree  # late: a command that judges no XML does without the library

    return etree.XPath(f"descendant-or-self::{of}[{' or '.join('@' + name for name in names)}]", namespaces=_PREFIXES)
