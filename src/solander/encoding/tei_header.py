"""The TEI header: what the file is, what page it was made of, what was done on the way.

The page's own rights and dates stand in ``sourceDesc``; the licence of the TEI file stands in ``publicationStmt``.
``editorialDecl`` names each normalisation that ran, and no other.

Source: TEI P5 4.12.0, chapter 2.
"""

from __future__ import annotations

import re
from datetime import datetime

from solander.encoding.dublin_core import dc_element
from solander.encoding.w3c import uri_reference, w3c_date
from solander.encoding.xml_text import Outline
from solander.model.capture import Capture
from solander.model.description import Description
from solander.model.document import Imprint
from solander.model.page import Page

_LANGUAGE = re.compile(r"[a-zA-Z]{2,8}(-[a-zA-Z0-9]{1,8})*\Z")

NORMALISATIONS = {
    "white-space": "White space was collapsed to single spaces, save in preformatted text.",
    "script-left-out": "Scripts were left out: no reader of the page sees their text ({count}).",
    "style-left-out": "Style sheets were left out: no reader of the page sees their text ({count}).",
    "template-left-out": "Templates were left out: they are no part of the page as served ({count}).",
    "datalist-left-out": "Lists of suggestions for form fields were left out ({count}).",
    "controls-replaced": "Characters that XML cannot hold became U+FFFD ({count}).",
    "undecodable-replaced": "Bytes that fit no character of the encoding became U+FFFD ({count} characters).",
    "lines-joined": "Lines broken to fit a column were joined into paragraphs ({count}).",
}
"""What each rule did, in words; ``{count}`` is how often."""


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
    moment = at.strftime("%Y-%m-%dT%H:%M:%SZ")
    out = Outline("    ")
    out.open("fileDesc")
    _title_statement(out, page, description)
    _publication(out, capture, imprint, moment)
    out.open("sourceDesc")
    _bibliography(out, page, description, capture)
    out.close()
    out.close()
    _encoding(out, page, agents)
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
    out.close()


def _title(page: Page, description: Description) -> str:
    return description.first("title") or page.title or "Untitled page"


def _publication(out: Outline, capture: Capture, imprint: Imprint, moment: str) -> None:
    out.open("publicationStmt")
    if imprint.organization:
        out.leaf("distributor", imprint.organization)
    else:
        out.leaf("authority", "Made by Solander for whoever keeps this bag")
    out.leaf("date", moment[:10], when=moment[:10])
    out.leaf("idno", capture.identifier, type="UUID")
    if imprint.licence or imprint.licence_target:
        target = uri_reference(imprint.licence_target or "")
        out.open("availability")
        out.leaf("licence", imprint.licence or imprint.licence_target or "", target=target)
        out.close()
    out.close()


def _bibliography(out: Outline, page: Page, description: Description, capture: Capture) -> None:
    out.open("bibl")
    out.leaf("title", _title(page, description))
    for creator in description.values("creator"):
        out.leaf("author", creator)
    for publisher in description.values("publisher"):
        out.leaf("publisher", publisher)
    for kind, values in (
        ("published", description.values("date")[:1]),
        ("modified", description.values("modified")[:1]),
    ):
        for value in values:
            out.leaf("date", value, type=kind, when=w3c_date(value))
    if capture.captured_at:
        accessed = capture.captured_at.strftime("%Y-%m-%dT%H:%M:%SZ")
        out.leaf("date", accessed, type="accessed", when=accessed)
    for redirect in capture.origin.redirects[:1]:
        out.leaf("idno", redirect, type="URI", subtype="requested")
    if capture.uri:
        out.leaf("idno", capture.uri, type="URI")
    canonical = next((one.value for one in page.signals if one.origin == "link" and one.name == "canonical"), None)
    if canonical:
        out.leaf("idno", canonical, type="URI", subtype="canonical")
    if capture.origin.record_id:
        out.leaf("idno", capture.origin.record_id, type="WARC-Record-ID")
    out.leaf("idno", capture.sha256, type="sha256")
    target = uri_reference(f"../original/{capture.original_name}")
    out.leaf("ref", capture.original_name, target=target)
    for rights in description.values("rights"):
        out.leaf("note", rights, type="rights")
    out.close()


def _encoding(out: Outline, page: Page, agents: dict[str, str]) -> None:
    out.open("encodingDesc")
    out.open("projectDesc")
    out.leaf(
        "p", "A web page, normalised so that every visible word of it stands here once, in the text or as boilerplate."
    )
    out.close()
    out.open("appInfo")
    for name, version in agents.items():
        out.open("application", ident=name, version=version)
        out.leaf("label", f"{name} {version}")
        out.close()
    out.close()
    out.open("editorialDecl")
    ran = [("white-space", 0), *page.normalisations]
    if page.charset.replaced:
        ran.append(("undecodable-replaced", page.charset.replaced))
    for name, count in ran:
        out.open("normalization", xml__id=f"normalization.{name}")
        words = NORMALISATIONS.get(name, name.replace("-", " ").capitalize() + " ({count}).")
        out.leaf("p", words.format(count=count))
        out.close()
    evidence = page.charset.evidence
    out.open("interpretation")
    out.leaf("p", f"The bytes were read as {page.charset.name} (evidence: {evidence}).")
    out.close()
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
        out.leaf("language", language, ident=language)
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
