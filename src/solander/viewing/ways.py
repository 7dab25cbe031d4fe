"""Where the pages of an archive stand, seen from its home page: as they are served, and as they are written to files.

The same pages are made for both. Those that are files bear their policy themselves, name every file in full (from a
folder on a disk nothing is served in its stead), and have names that any web server, any file system and any address
can hold, whatever a bag or a site is called.

Source: docs/showing.md, "What is served" and "As files"; RFC 3986, 4.2 (relative references).
"""

from __future__ import annotations

import hashlib
import re
from typing import Protocol
from urllib.parse import quote, unquote_to_bytes, urlencode

from solander.model.catalogue import Query, parted

POLICY = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'"
"""Of a page that is a file; what a server says besides (who may frame it) cannot be said there."""

POLICY_OF_SEARCH = f"{POLICY}; script-src 'self'"
"""Of the one page that has a script."""

_PLAIN = re.compile(r"[a-z0-9][a-z0-9._-]{0,99}\Z")
_OTHERS = re.compile(r"[^a-z0-9]+")
_DIGEST_CHARACTERS = 12


class Ways(Protocol):
    """Addresses below the home page: a page puts the way up to that before each."""

    policy: str
    """What a page says of its own policy; empty where a server says it."""

    def home(self) -> str:
        """The home page."""

    def search(self) -> str:
        """Where words are sought: the address that a form asks for with ``q``."""

    def everything(self) -> str:
        """The list of all bags."""

    def chosen(self, kind: str, value: str) -> str:
        """The list of the bags that have one value of a facet."""

    def bag(self, key: str) -> str:
        """The page of a bag, or that of one of its pages."""

    def rule(self, code: str) -> str:
        """What a rule means."""


class Served:
    """Addresses that a server answers."""

    policy = ""

    def home(self) -> str:
        """Nothing: the way up is the address."""
        return ""

    def search(self) -> str:
        """Lists are what was sought, too."""
        return "search"

    def everything(self) -> str:
        """All bags."""
        return "search"

    def chosen(self, kind: str, value: str) -> str:
        """By the facet's name."""
        return listed(Query(facets=((kind, value),)))

    def bag(self, key: str) -> str:
        """By the bag's name; one of its pages by its number below that."""
        return f"bags/{key}/"

    def rule(self, code: str) -> str:
        """By the rule's code."""
        return f"rules/{quote(code[:20], safe='')}"


class Written:
    """Names of files."""

    policy = POLICY

    def home(self) -> str:
        """As web servers look for it."""
        return "index.html"

    def search(self) -> str:
        """The page with the script."""
        return "search.html"

    def everything(self) -> str:
        """The first page of the list."""
        return "browse/all/index.html"

    def chosen(self, kind: str, value: str) -> str:
        """The first page of the list."""
        return f"browse/{kind}/{folder_of(value)}/index.html"

    def bag(self, key: str) -> str:
        """A folder for each bag, and in it one for each of its pages."""
        return f"bags/{folder_of_key(key)}/index.html"

    def rule(self, code: str) -> str:
        """A file for each rule."""
        return f"rules/{folder_of(code)}.html"


SERVED = Served()
WRITTEN = Written()


def listed(query: Query) -> str:
    """The address of a list that is served."""
    pairs = [("q", query.words)] if query.words else []
    pairs += query.facets
    pairs += [("page", str(query.page))] if query.page > 1 else []
    return f"search?{urlencode(pairs)}" if pairs else "search"


def folder_of(value: str) -> str:
    """A folder's name that can stand anywhere: the value, if it can; else what is left of it and a digest."""
    if _PLAIN.match(value) and not value.endswith((".", ".html")):
        return value
    digest = hashlib.sha256(value.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGEST_CHARACTERS]
    readable = _OTHERS.sub("-", value.lower()).strip("-")[:60].strip("-")
    return f"{readable or 'x'}-{digest}"


def value_of(key: str) -> str:
    """A bag's name as facets have it, by its key."""
    return unquote_to_bytes(key).decode("utf-8", "surrogateescape").encode("utf-8", "replace").decode()


def folder_of_key(key: str) -> str:
    """The folder of a bag by its key, its name as it stands in an address; of one of its pages, a folder in that."""
    bag, page = parted(key)
    folder = folder_of(unquote_to_bytes(bag).decode("utf-8", "surrogateescape"))
    return folder if page is None else f"{folder}/pages/{page}"
