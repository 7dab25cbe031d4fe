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
from solander.model.capture_story import capture_story
from solander.model.description import Description
from solander.model.document import Imprint
from solander.model.language_tags import language_tag
from solander.model.late_pattern import late
from solander.model.page import Page

_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
_DOI = re.compile(r"(?:doi:|https?://(?:dx\.)?doi\.org/)?10\.\d{4,9}/\S", re.IGNORECASE)
# A year or a day, or two of them: a time, whatever the page calls it.
_PERIOD = late(
    r"(?P<from>[12][0-9]{3}(?:-[01][0-9](?:-[0-3][0-9])?)?)(?:\s?[-–—/]\s?(?P<to>[12][0-9]{3}(?:-[01][0-9](?:-[0-3][0-9])?)?))?\Z"
)

NORMALISATIONS = {
    "white-space": "Runs of white space were collapsed to single spaces, save in preformatted text ({count}).",
    "script-left-out": "Scripts were left out: no reader of the page sees their text ({count}).",
    "style-left-out": "Style sheets were left out: no reader of the page sees their text ({count}).",
    "template-left-out": "Templates were left out: they are no part of the page as served ({count}).",
    "datalist-left-out": "Lists of suggestions for form fields were left out ({count}).",
    "controls-replaced": "Characters that XML cannot hold became U+FFFD ({count}).",
    "undecodable-replaced": "Bytes that fit no character of the encoding became U+FFFD ({count} characters).",
    "lines-joined": "Lines broken to fit a column were joined into paragraphs ({count}).",
    "pages-turned": "Pages end within the text ({count}): running heads and feet are fw, and a page begins at pb.",
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
    "record": (
        "The original is a file of web archive records: a pointer leads into the page in the record that idno of type "
        "WARC-Record-ID names (else the one of this address and moment), its chunks and content coding undone."
    ),
    "mail": "The original is an MHTML file: a pointer leads into the page that is its root part, decoded.",
    "properties": (
        "The original is a Safari web archive: a pointer leads into the page that is its main resource, decoded."
    ),
    "gzip": "The original is kept compressed, as it was received: a pointer leads into the text once it is unpacked.",
}


def language_of(description: Description, page: Page) -> str | None:
    """The language of the text, as an XML language tag; ``None`` if unknown."""
    for candidate in (description.first("language"), *page.languages):
        if tag := language_tag(candidate or ""):
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
    _encoding(out, page, description, capture, agents)
    _profile(out, page, description)
    revision = Outline("    ")
    revision.open("revisionDesc")
    revision.leaf("change", f"Made from the capture by Solander {agents['solander']}.", when=moment)
    revision.close()
    record = f'    <xenoData type="dublin-core">\n{dc_element(description, "      ")}    </xenoData>\n'
    return f"  <teiHeader>\n{out.text()}{record}{revision.text()}  </teiHeader>\n"


def _title_statement(out: Outline, page: Page, description: Description) -> None:
    out.open("titleStmt")
    # TEI demands a title of the file; a page that has none is not given one in its own record.
    for title in _titles(page, description) or ("Untitled page",):
        out.leaf("title", title)
    for creator in description.values("creator"):
        out.leaf("author", creator)
    out.open("respStmt")
    out.leaf("resp", "normalised and encoded by machine")
    out.leaf("name", "Solander", type="software")
    out.close()
    out.close()


def _titles(page: Page, description: Description) -> tuple[str, ...]:
    """Every title that stands, but for alternatives; none where the page has none."""
    titles = tuple(one.value for one in description.of("title") if one.refinement != "alternative")
    return titles or ((page.title,) if page.title else ())


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
    for title in _titles(page, description):
        out.leaf("title", title)
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
        ("published", description.values("date")),
        ("modified", description.values("modified")),
    ):
        for value in values:
            out.leaf("date", value, type=kind, when=w3c_date(value))
    if capture.captured_at:
        accessed = written_moment(capture.captured_at)
        out.leaf("date", accessed, type="accessed", when=accessed)
    _identifiers(out, description, capture)
    target = uri_reference(f"../original/{capture.original_name}")
    out.leaf("ref", capture.original_name, target=target)
    _rights(out, description)
    for redirect in capture.origin.redirects:
        out.open("relatedItem", type="redirect")
        out.leaf("bibl", redirect)
        out.close()
    for relation in description.of("relation"):
        out.open("relatedItem", type=relation.refinement or "relation")
        out.leaf("bibl", relation.value)
        out.close()
    out.close()


def _rights(out: Outline, description: Description) -> None:
    rights = description.of("rights")
    if not rights:
        return
    out.open("availability")
    for one in rights:
        address = uri_reference(one.value) if _ADDRESS.match(one.value) else None
        if address or one.refinement == "license":
            out.leaf("licence", one.value, target=address)
        else:
            out.leaf("p", one.value)
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


def _captured(capture: Capture) -> list[str]:
    """Who captured the page and how, as far as that was recorded."""
    transport = capture.transport
    by = f"The page was captured by {' '.join(transport.software.split())}." if transport and transport.software else ""
    return [sentence for sentence in (by, *capture_story(capture)) if sentence]


def _kind(identifier: str) -> str:
    if _DOI.match(identifier):
        return "DOI"
    if identifier.lower().startswith("urn:"):
        return "URN"
    return "URI" if _ADDRESS.match(identifier) else "other"


def _provenance(description: Description) -> list[str]:
    """Which statements a person made, and whether the language was recognised rather than declared."""
    chosen = [one for one in description.statements if one.chosen]
    said: list[str] = []
    if stated := dict.fromkeys(one.refinement or one.element for one in chosen if one.evidence.origin == "person"):
        said.append(f"A person stated these of the page, and no machine: {', '.join(stated)}.")
    languages = [one for one in chosen if one.element == "language"]
    if languages and languages[0].evidence == ("text", "detected", ""):
        declared = any(one.element == "language" and not one.chosen for one in description.statements)
        beside = "against what the page declares" if declared else "the page does not declare it"
        said.append(f"The language ({languages[0].value}) was recognised from the words: {beside}.")
    return said


def _encoding(out: Outline, page: Page, description: Description, capture: Capture, agents: dict[str, str]) -> None:
    out.open("encodingDesc")
    out.open("projectDesc")
    out.leaf(
        "p",
        "A web page, normalised block by block in the order of the original: the text proper stands in the body, what "
        "surrounds it in front and back, each division of a type; its subtype is template where the page's own markup, "
        "not its words, tells what it is.",
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
    for sentence in (*_provenance(description), *_captured(capture)):
        out.leaf("p", sentence)
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
    if capture.container is not None:
        ending = capture.original_name.rpartition(".")[2]
        out.leaf("p", _POINTERS[{"mhtml": "mail", "webarchive": "properties"}.get(ending, "record")])
    elif capture.original_name.endswith(".gz"):
        out.leaf("p", _POINTERS["gzip"])
    out.close()
    out.close()


def _profile(out: Outline, page: Page, description: Description) -> None:
    language = language_of(description, page)
    subjects = description.values("subject")
    coverage = description.of("coverage")
    abstract = description.first("abstract") or description.first("description")
    if not (language or subjects or coverage or abstract):
        return
    out.open("profileDesc")
    if abstract:
        out.open("abstract")
        out.leaf("p", abstract)
        out.close()
    if language:
        out.open("langUsage")
        tags = description.values("language")
        for tag in dict.fromkeys((language, *filter(None, map(language_tag, tags)))):
            out.leaf("language", language_name(tag), ident=tag)
        out.close()
    if coverage:
        out.open("settingDesc")
        for one in coverage:
            out.open("setting")
            period = _PERIOD.match(one.value)
            if period and period["to"]:
                begin, end = w3c_date(period["from"]), w3c_date(period["to"])
                out.leaf("date", one.value, **({"from": begin, "to": end} if begin and end else {}))
            elif period or one.refinement == "temporal":
                out.leaf("date", one.value, when=w3c_date(one.value))
            else:
                out.leaf("placeName", one.value)
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
