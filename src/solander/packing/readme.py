"""``README.txt``: what a bag is, for a person in thirty years who has nothing but the folder.

Plain words, no address that must still answer, no program that must still exist: checksums are checked with
``sha512sum``, and every standard is named in full.
"""

from __future__ import annotations

from collections.abc import Sequence

from solander.model.bag import BagInfo, one_line
from solander.model.bag_layout import (
    ACCESS_FOLDER,
    DATACITE_NAME,
    DUBLIN_CORE_NAME,
    MEDIA_FOLDER,
    ORIGINAL_FOLDER,
    PROVENANCE_NAME,
    README_NAME,
    RENDERINGS_FOLDER,
    REPORT_NAME,
    SCHEMA_ORG_NAME,
    STATEMENTS_NAME,
    TEI_NAME,
    TERMS_NAME,
)
from solander.model.description import Description
from solander.model.identifiers import PROFILE_IDENTIFIER
from solander.packing.algorithms import written_name

_MEANINGS = (
    (ORIGINAL_FOLDER, "The page exactly as it was received, byte for byte. Everything else was made from it."),
    (f"{ORIGINAL_FOLDER}capture.warc", "The records of the page and of what it shows, from a web archive (WARC)."),
    (f"{ORIGINAL_FOLDER}capture.warc.gz", "The records of the page and of what it shows (WARC, ISO 28500; gzip)."),
    (f"{ORIGINAL_FOLDER}capture.arc", "The records of the page, from a web archive of the older form (ARC)."),
    (f"{ORIGINAL_FOLDER}page.mhtml", "The page and what it shows in one file, written like a mail (MHTML, RFC 2557)."),
    (
        f"{ORIGINAL_FOLDER}page.webarchive",
        "The page and what it shows in one file, as Safari saves it (a property list).",
    ),
    (TEI_NAME, "The same words as structured text (TEI), with a header that says where they come from."),
    (MEDIA_FOLDER, "Pictures and other media that the page showed."),
    (RENDERINGS_FOLDER, "How a browser showed the page when it was captured: a picture, and a PDF."),
    (ACCESS_FOLDER, "The same words for reading, in any web browser. It runs nothing and fetches nothing."),
    (DUBLIN_CORE_NAME, "Title, author, date and so on, in fifteen simple elements (Dublin Core)."),
    (TERMS_NAME, "The same description in the richer terms of the Dublin Core Metadata Initiative."),
    (DATACITE_NAME, "The same description as DataCite's schema has it."),
    (SCHEMA_ORG_NAME, "The same description in the words of schema.org."),
    (STATEMENTS_NAME, "Where each statement of the description was found, and which were not chosen."),
    (PROVENANCE_NAME, "What was done to the page, when, and by which program (PREMIS)."),
    (REPORT_NAME, "What was checked when this bag was made, and what was found."),
    (README_NAME, "This text."),
)
_STEMS = {"sha512": "sha512sum", "sha256": "sha256sum", "sha384": "sha384sum", "sha224": "sha224sum"} | {
    "sha1": "sha1sum",
    "md5": "md5sum",
    "blake2b": "b2sum",
}


def write_readme(
    info: BagInfo, names: Sequence[str], algorithms: Sequence[str], description: Description | None = None
) -> bytes:
    """Write the text for a bag with this metadata, these files, these checksums and this description of its page."""
    kept = [
        (path, meaning)
        for path, meaning in _MEANINGS
        if path in names or any(name.startswith(path) for name in names if path.endswith("/"))
    ]
    profile = info.first("BagIt-Profile-Identifier")
    return f"""WHAT THIS IS

This folder keeps one web page for the long term.

{table(_facts(info, description or Description()))}

WHAT IS INSIDE

{table(kept)}

bagit.txt, bag-info.txt and the manifests make this folder a "bag": a plain
folder whose files are listed with their checksums, so that anybody can find
out whether a file was lost or changed. The rules are those of BagIt 1.0
(RFC 8493, "The BagIt File Packaging Format", October 2018). The files in
"data" are the thing that is kept; all other files say something about it.
bag-info.txt holds the facts above and more, one on a line, for people and
programs alike.

HOW TO SEE WHETHER ANYTHING WAS HARMED

{fixity_in_words(algorithms)}

Each file should be reported as "OK", and "data" should hold no file that is
not listed. Any program that understands BagIt does all of this at once.
(In a listed name, %25 stands for a percent sign, %0A and %0D for line ends.)

HOW TO READ IT

The file in data/original opens in any web browser or text editor, as far as
browsers still read the HTML of its time. {TEI_NAME} is text in XML,
after the Guidelines of the Text Encoding Initiative (TEI P5); it can be read
in any text editor: the words of the page stand between the tags <body> and
</body>, and what surrounded them on the screen (menus, notices) before and
after, in <front> and <back>. Each part says from which place of the original
it was taken: source="../original/page.html#xpath(/html/body/div[2]/p[1])"
means the first "p" within the second "div" of the body of that file, and
"#char=10,20" in a plain text its characters 11 to 20.
{_profile(profile)}
Do not change files in this folder: copy them out first.
""".encode()


def _facts(info: BagInfo, described: Description) -> list[tuple[str, str]]:
    """What the page is and where it comes from, a row each."""

    def value(element: str) -> str:
        return one_line("; ".join(described.values(element)))

    changed = one_line(described.first("modified") or "")
    changed = f"last changed {changed}" if changed else ""
    version = info.first("Bag-Version") or "1"
    before = info.first("Previous-Bag")
    return [
        ("Title", one_line(described.first("title") or "") or "none: the page does not say one"),
        ("Author", value("creator") or "not known"),
        ("Date", one_line(described.first("date") or "") or changed or "not known"),
        ("Rights", value("rights") or "not known"),
        ("Address", info.first("Web-Capture-URI") or "not recorded"),
        ("Received", info.first("Web-Capture-Date") or "not recorded"),
        ("Packed", info.first("Bagging-Date") or "not recorded"),
        ("Identifier", info.first("External-Identifier") or "not recorded"),
        ("Version", f"{version}, after the bag {before}" if before else version),
        ("Kept by", info.first("Source-Organization") or "not recorded"),
        ("Made with", info.first("Bag-Software-Agent") or "not recorded"),
    ]


def fixity_in_words(algorithms: Sequence[str]) -> str:
    """How to compare the checksums: by a program that does it from the list or, where there is none, one by one."""
    ready = next((one for one in algorithms if one in _STEMS), None)
    first = ready or algorithms[0]
    manifest = f"manifest-{written_name(first)}.txt"
    lines = f"Each line of {manifest} has the checksum of one file and its name.\n"
    if ready:
        return f"""{lines}On a computer with the usual tools of Unix, go to this folder and type:

    {_STEMS[ready]} --check {manifest}
    {_STEMS[ready]} --check tag{manifest}"""
    openssl = first.replace("_", "-") if first.startswith("sha3") else {"blake2s": "blake2s256"}.get(first, first)
    return f"""{lines}No usual program checks such a list by itself. This prints the checksum of one
file, to compare with its line in the list (tag{manifest} has
the files outside "data"):

    openssl dgst -{openssl} {TEI_NAME}"""


def _profile(identifier: str | None) -> str:
    if identifier != PROFILE_IDENTIFIER:
        return ""
    return f"""
The name in bag-info.txt under BagIt-Profile-Identifier,
{identifier}, is no address: nothing
answers at it. It names the rules by which this bag was made (the file
bagit-profile.json that comes with the program Solander). They demand the files
that are listed above, SHA-512 checksums of all of them, no file left to be
fetched from elsewhere, and in bag-info.txt an identifier, a version, the day of
packing, the size and the program.
"""


def table(rows: Sequence[tuple[str, str]]) -> str:
    """Rows of two cells, the second ones beneath one another."""
    width = max(len(left) for left, _ in rows) if rows else 0
    return "\n".join(f"  {left:<{width}}  {right}" for left, right in rows)
