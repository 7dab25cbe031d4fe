"""``README.txt`` of a bag of many pages, for a person in thirty years who has nothing but the folder."""

from __future__ import annotations

from collections.abc import Sequence

from solander.model.bag import BagInfo
from solander.model.bag_layout import DUBLIN_CORE_NAME, PROVENANCE_NAME, REPORT_NAME, STATEMENTS_NAME, TERMS_NAME
from solander.model.item import INDEX_NAME, RECORDS_FOLDER, TEI_FOLDERS
from solander.packing.readme import fixity_in_words, table


def write_crawl_readme(info: BagInfo, original: str, algorithms: Sequence[str]) -> bytes:
    """Write the text for a bag with this metadata, file of captures and checksums."""
    facts = [
        ("Holds", info.first("External-Description") or "not recorded"),
        ("Made from", info.first("Web-Capture-File") or "not recorded"),
        ("First page", info.first("Web-Capture-Begin") or "not recorded"),
        ("Last page", info.first("Web-Capture-End") or "not recorded"),
        ("Packed", info.first("Bagging-Date") or "not recorded"),
        ("Identifier", info.first("External-Identifier") or "not recorded"),
        ("Kept by", info.first("Source-Organization") or "not recorded"),
        ("Made with", info.first("Bag-Software-Agent") or "not recorded"),
    ]
    kept = [
        (original, "Pages and what they show, exactly as received (WARC, ISO 28500; ARC; WACZ)."),
        (f"{TEI_FOLDERS}0000/ ...", "The words of each page as structured text (TEI), at most 1,000 files a folder."),
        (INDEX_NAME, "A table of all pages: address, moment, record, checksum, text, title, findings."),
        (RECORDS_FOLDER, "Title, author, date and so on of each page (Dublin Core)."),
        (DUBLIN_CORE_NAME, "The same of all pages together."),
        (TERMS_NAME, "The same in the richer terms of the Dublin Core Metadata Initiative."),
        (STATEMENTS_NAME, "Where each statement on the whole comes from."),
        (PROVENANCE_NAME, "What was done, when, and by which program (PREMIS)."),
        (REPORT_NAME, "What was checked when this bag was made, and what was found."),
    ]
    return f"""WHAT THIS IS

This folder keeps many web pages that were captured together.

{table(facts)}

WHAT IS INSIDE

{table(kept)}

bagit.txt, bag-info.txt and the manifests make this folder a "bag" (BagIt 1.0,
RFC 8493, October 2018): a plain folder whose files are listed with their
checksums, so that anybody can find out whether a file was lost or changed. The
files in "data" are the thing that is kept; all others say something about it.

HOW TO SEE WHETHER ANYTHING WAS HARMED

{fixity_in_words(algorithms)}

Each file should be reported as "OK", and "data" should hold no file that is
not listed.

HOW TO READ IT

Open {INDEX_NAME} in any program for tables. Each row is one page; "tei"
names the file with its words, which opens in any text editor: they stand
between the tags <body> and </body>, and what surrounded them on the screen
before and after. "record" names the record in {original}
that has the page as it was received, under WARC-Record-ID. "same-as" names an
earlier row of the same bytes, "like" one of nearly the same words. Where "tei"
is empty, "note" says why.

Do not change files in this folder: copy them out first.
""".encode()
