"""An item: one page of a bag that holds many, as the bag's index tells of it; and where its files lie.

Source: docs/format.md, "Bags of many pages".
"""

from __future__ import annotations

from dataclasses import dataclass

FOLDER_ITEMS = 1000
"""At most so many items have their files in one folder."""

NOT_GIVEN = "not given: "
"""With this begins why something of a bag stands not in a site, where its view does."""
OF_MANY = "it holds many pages"
"""How what is told of such a bag begins, where it cannot be treated as the bag of one page."""

INDEX_NAME = "metadata/items.csv"
"""The index of a bag of many pages."""

TEI_FOLDERS = "data/tei-"
"""How the folders of its TEI files begin: they lie beside ``data/original/``, whither the TEI's pointers lead."""

RECORDS_FOLDER = "metadata/items/"
"""Where the Dublin Core of its items lies, a file for each folder of TEI."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One page of a crawl: a row of the index."""

    number: int
    """From 1, in the order of the crawl."""

    uri: str
    captured: str
    """As records write a moment; empty where the source does not record it."""

    record: str
    """``WARC-Record-ID``; empty in ARC files."""

    identifier: str = ""
    """The object's ``urn:uuid``, the same as in a bag of its own; empty where nothing was made."""

    sha256: str = ""
    """Of the page's own bytes, decoded."""

    tei: str = ""
    """The path of its TEI in the bag; empty where none was made."""

    media_type: str = ""
    charset: str = ""
    """As which the page was read."""

    language: str = ""
    title: str = ""
    words: int = 0
    findings: tuple[str, ...] = ()
    """Codes of rules, each once."""

    same_as: int | None = None
    """The first item of the same bytes."""

    like: int | None = None
    """An earlier item whose words are nearly the same."""

    sketch: int | None = None
    """Sixty-four bits that differ little where words do; ``None`` of a page that is the same as an earlier one, of one
    with too few words, and in an index that was written before there were sketches."""

    note: str = ""
    """Why nothing was made of it."""


def tei_name(number: int) -> str:
    """Where the TEI of an item lies: ``data/tei-0000/0000001.xml``."""
    return f"{TEI_FOLDERS}{(number - 1) // FOLDER_ITEMS:04}/{number:07}.xml"


def records_name(number: int) -> str:
    """Where the Dublin Core of an item lies: ``metadata/items/0000.xml``."""
    return f"{RECORDS_FOLDER}{(number - 1) // FOLDER_ITEMS:04}.xml"
