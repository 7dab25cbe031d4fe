"""The TEI header: what the file is, what page it was made of, what was done on the way.

The page's own rights and dates stand in ``sourceDesc``; the licence of the TEI file stands in ``publicationStmt``,
which is prose where no organisation makes the file.
``editorialDecl`` names each normalisation that ran, and no other.

Source: TEI P5 4.12.0, chapter 2.
"""

from __future__ import annotations

import re
from datetime import datetime

from solander.encoding.dublin_core import dc_element
from solander.encoding.language_names import language_name
from solander.encoding.w3c import uri_reference, w3c_date
from solander.encoding.xml_text import Outline
from solander.model.capture import Capture, written_moment
from solander.model.description import Description
from solander.model.document import Imprint
from solander.model.page import Page

_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
_DOI = re.compile(r"(?:doi:|https?://(?:dx\.)?doi\.org/)?10\.\d{4,9}/\S", re.IGNORECASE)
_LANGUAGE = re.compile(r"[a-zA-Z]{2,8}(-[a-zA-Z0-9]{1,8})*\Z")

NORMALISATIONS = {
    "white-space": "Runs of white space were collapsed to single spaces, save in preformatted text ({count} pieces).",
    "script-left-out": "Scripts were left out: no reader of the page sees their text ({count}).",
    "style-left-out": "Style sheets were left out: no reader of the page sees their text ({count}).",
    "template-left-out": "Templates were left out: they are no part of the page as served ({count}).",
    "datalist-left-out": "Lists of suggestions for form fields were left out ({count}).",
    "controls-replaced": "Characters that XML cannot hold became U+FFFD ({count}).",
    "undecodable-replaced": "Bytes that fit no character of the encoding became U+FFFD ({count} characters).",
    "lines-joined": "Lines broken to fit a column were joined into paragraphs ({count}).",
    "addresses-resolved": "Addresses were made absolute; @n keeps them as written ({count}).",
    "marks-cut": "Marks that lie too deep in one another were left out, and their words kept ({count}).",
    "image-twins-left-out": "Images that a page repeats for readers without scripts were left out ({count}).",
}
"""What each rule did, in words; ``{count}`` is how often."""

_POINTERS = {
    "xpath": (
        "Each block bears in @source a pointer into the original, an address relative to this file. Its fragment is "
        "xpath(…): a path of XPath 1.0 over the page's tree as the HTML Standard builds it (that of XHTML as XML has "
        "it), elements named without a namespace, each step with its number among siblings of its name."
    ),
    "char": (
        "Each block bears in @source a pointer into the original, an address relative to this file. Its fragment is "
        "char=from,to by RFC 5147: positions between characters of the decoded text, counted from 0."
    ),
    "gzip": "The original is kept compressed, as it was received: a pointer leads into the text once it is unpacked.",
}


def language_of(description: Description, page: Page) -> str | None:
    """The language of the text, as an XML language tag; ``None`` if unknown."""
    for candidate in (description.first("language"), *page.languages):
        tag = (candidate or "").replace("_", "-")
        if _LANGUAGE.match(tag):
            return tag
    return None


def header(
    page: Page, description: Description, capture: Capture, at: datetime, imprint: Imprint, agents: dict[str, str]
) -> str:
    """Write ``teiHeader``, indented as the document has it."""
    moment = written_moment(at)
    out = Outline("    ")
    out.open("fileDesc")
    _title_statement(out, page, description)
    _publication(out, capture, imprint, moment)
    out.open("sourceDesc")
    _bibliography(out, page, description, capture)
    out.close()
    out.close()
    _encoding(out, page, capture, agents)
    _profile(out, page, description)
    revision = Outline("    ")
    revision.open("revisionDesc")
    revision.leaf("change", f"Made from the capture by Solander {agents['solander']}.", when=moment)
    revision.close()
    record = f'    <xenoData type="dublin-core">\n{dc_element(description, "      ")}    </xenoData>\n'
    return f"  <teiHeader>\n{out.text()}{record}{revision.text()}  </teiHeader>\n"


def _title_statement(out: Outline, page: Page, description: Description) -> None:
    out.open("titleStmt")
    out.leaf("title", _title(page, description))
    for creator in description.values("creator"):
        out.leaf("author", creator)
    out.open("respStmt")
    out.leaf("resp", "normalised and encoded by machine")
    out.leaf("name", "Solander", type="software")
    out.close()
    out.close()


def _title(page: Page, description: Description) -> str:
    return description.first("title") or page.title or "Untitled page"


def _publication(out: Outline, capture: Capture, imprint: Imprint, moment: str) -> None:
    out.open("publicationStmt")
    licence, target = imprint.licence or imprint.licence_target, uri_reference(imprint.licence_target or "")
    if imprint.organization:
        out.leaf("distributor", imprint.organization)
        out.leaf("date", moment[:10], when=moment[:10])
        out.leaf("idno", capture.identifier, type="URN")
        if licence:
            out.open("availability")
            out.leaf("licence", licence, target=target)
            out.close()
    else:
        # Nobody is known who publishes or distributes it; TEI has prose for that, and a name would be invented.
        out.leaf("p", "Made as a part of an archival bag.")
        out.open("p")
        out.leaf("date", moment[:10], when=moment[:10])
        out.leaf("idno", capture.identifier, type="URN")
        out.close()
        if licence:
            out.open("p")
            out.leaf("ref", licence, target=target, type="licence")
            out.close()
    out.close()


def _bibliography(out: Outline, page: Page, description: Description, capture: Capture) -> None:
    out.open("bibl")
    out.leaf("title", _title(page, description))
    for alternative in description.values("alternative"):
        out.leaf("title", alternative, type="alternative")
    for creator in description.values("creator"):
        out.leaf("author", creator)
    for contributor in description.values("contributor"):
        out.open("respStmt")
        out.leaf("resp", "contributor")
        out.leaf("name", contributor)
        out.close()
    for publisher in description.values("publisher"):
        out.leaf("publisher", publisher)
    for kind, values in (
        ("published", description.values("date")[:1]),
        ("modified", description.values("modified")[:1]),
    ):
        for value in values:
            out.leaf("date", value, type=kind, when=w3c_date(value))
    if capture.captured_at:
        accessed = written_moment(capture.captured_at)
        out.leaf("date", accessed, type="accessed", when=accessed)
    _identifiers(out, description, capture)
    target = uri_reference(f"../original/{capture.original_name}")
    out.leaf("ref", capture.original_name, target=target)
    rights = description.of("rights")
    if rights:
        out.open("availability")
        for one in rights:
            address = uri_reference(one.value) if _ADDRESS.match(one.value) else None
            if address or one.refinement == "license":
                out.leaf("licence", one.value, target=address)
            else:
                out.leaf("p", one.value)
        out.close()
    for relation in description.of("relation"):
        out.open("relatedItem", type=relation.refinement or "relation")
        out.leaf("bibl", relation.value)
        out.close()
    out.close()


def _identifiers(out: Outline, description: Description, capture: Capture) -> None:
    """The page's addresses, what else identifies it, and the digest of its bytes; each value once."""
    written: set[str] = {capture.identifier}
    canonical = {one.value for one in description.statements if one.evidence.detail == "link rel=canonical"}
    found: list[tuple[str | None, str, str | None]] = [
        *((redirect, "URI", "requested") for redirect in capture.origin.redirects[:1]),
        (capture.uri, "URI", None),
        *((value, "URI", "canonical") for value in sorted(canonical) if _ADDRESS.match(value)),
        *((value, _kind(value), None) for value in description.values("identifier")),
        (capture.origin.record_id, "WARC-Record-ID", None),
        (capture.sha256, "sha256", None),
    ]
    for value, kind, subtype in found:
        if value and (value not in written or subtype == "canonical"):
            out.leaf("idno", value, type=kind, subtype=subtype)
            written.add(value)


def _kind(identifier: str) -> str:
    if _DOI.match(identifier):
        return "DOI"
    if identifier.lower().startswith("urn:"):
        return "URN"
    return "URI" if _ADDRESS.match(identifier) else "other"


def _encoding(out: Outline, page: Page, capture: Capture, agents: dict[str, str]) -> None:
    out.open("encodingDesc")
    out.open("projectDesc")
    out.leaf(
        "p",
        "A web page, normalised block by block in the order of the original: the text proper stands in the body, what "
        "surrounds it in front and back, where TEI allows it marked as made by a template.",
    )
    out.close()
    out.open("appInfo")
    for name, version in agents.items():
        out.open("application", ident=name, version=version)
        out.leaf("label", f"{name} {version}")
        out.close()
    out.close()
    out.open("editorialDecl")
    evidence = page.charset.evidence
    out.leaf("p", f"The bytes were read as {page.charset.name} (evidence: {evidence}).")
    ran = list(page.normalisations)
    if page.charset.replaced:
        ran.append(("undecodable-replaced", page.charset.replaced))
    for name, count in ran:
        out.open("normalization", xml__id=f"normalization.{name}")
        words = NORMALISATIONS.get(name, name.replace("-", " ").capitalize() + " ({count}).")
        out.leaf("p", words.format(count=count))
        out.close()
    out.close()
    out.open("refsDecl")
    out.leaf("p", _POINTERS["char" if capture.media_type == "text/plain" else "xpath"])
    if capture.original_name.endswith(".gz"):
        out.leaf("p", _POINTERS["gzip"])
    out.close()
    out.close()


def _profile(out: Outline, page: Page, description: Description) -> None:
    language = language_of(description, page)
    subjects = description.values("subject")
    places = description.values("coverage")
    abstract = description.first("abstract") or description.first("description")
    if not (language or subjects or places or abstract):
        return
    out.open("profileDesc")
    if abstract:
        out.open("abstract")
        out.leaf("p", abstract)
        out.close()
    if language:
        out.open("langUsage")
        out.leaf("language", language_name(language), ident=language)
        out.close()
    if places:
        out.open("settingDesc")
        for place in places:
            out.open("setting")
            out.leaf("placeName", place)
            out.close()
        out.close()
    if subjects:
        out.open("textClass")
        out.open("keywords")
        for subject in subjects:
            out.leaf("term", subject)
        out.close()
        out.close()
    out.close()
