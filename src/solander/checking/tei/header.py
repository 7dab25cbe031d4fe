"""TEI2xx: the header speaks of the page that the bag keeps, and says of it what the description says.

These rules need a bag, or a page that is being packed, around the TEI; they run where it follows its grammar.

Source: TEI P5 4.12.0, 2.2 (``fileDesc``) and 2.5.3 (``xenoData``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import unquote

from solander.checking.grammars.relax_ng import Checked, as_xml_has_it
from solander.checking.records.description import is_w3cdtf
from solander.checking.records.dublin_core import HEADER_RULES as RECORD_RULES
from solander.checking.records.dublin_core import check_header_record
from solander.checking.records.kept import Kept
from solander.checking.rules import Check, Fault, rule, run
from solander.model.description import Description
from solander.model.finding import Place
from solander.model.ports import SchemaStore

NAMESPACE = "{http://www.tei-c.org/ns/1.0}"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*\Z")
_ADDRESS = re.compile(r"https?://\S", re.IGNORECASE)


@rule("TEI207", "header-of-another-page", severity="error", source="TEI P5, 2.2.7 (sourceDesc), idno")
def header_of_another_page(path: str, root: Any, kept: Kept) -> Iterator[Fault]:
    """The header names another page than the bag keeps: another digest, identifier, address, file or moment.

    Why: a TEI file is passed on without its bag; then the header alone says where the text came from.

    Remedy: put back what was altered, or make the bag again from its original.
    """
    options, publication, source = kept.options, _part(root, "publicationStmt"), _bibl(root)
    numbers = list(source.findall(f"{NAMESPACE}idno"))
    yield from _differ(path, publication, "the identifier", publication.iter(f"{NAMESPACE}idno"), [kept.identifier])
    for kind, expected in (("sha256", kept.sha256), ("WARC-Record-ID", options.get("record-id"))):
        found = [one for one in numbers if one.get("type") == kind]
        if kind != "sha256" or expected is not None:
            yield from _differ(path, source, f"the idno of type {kind}", found, [expected])
    accessed = [one for one in source.findall(f"{NAMESPACE}date") if one.get("type") == "accessed"]
    captured_at = options.get("captured-at")
    yield from _differ(path, source, "the moment of the capture", accessed, [captured_at])
    yield from _when_differs(path, accessed, captured_at)
    name = options.get("original-name")
    files = source.findall(f"{NAMESPACE}ref")
    yield from _differ(path, source, "the original's name", files, [name])
    for one in files:
        if name and unquote(one.get("target", "")) != f"../original/{name}":
            yield Fault(Place(path, one.sourceline), "this is not the path of the original", name, one.get("target"))
    known = {as_xml_has_it(one.value) for one in kept.description.statements if one.element == "identifier"}
    known |= {as_xml_has_it(one) for one in (options.get("uri", ""),)}
    passed = as_xml_has_it(options.get("redirects", ""))
    for one in numbers:
        # The requested address comes first; an address that nobody encoded may have spaces in it.
        requested = one.get("subtype") == "requested" and f"{passed} ".startswith(f"{_text(one)} ")
        if one.get("type") in ("URI", "URN", "DOI", "other") and _text(one) not in known and not requested:
            yield Fault(Place(path, one.sourceline), "the bag has no such address or number", None, _text(one))
    written = {_text(one) for one in numbers}
    for value in kept.description.values("identifier"):
        number = as_xml_has_it(value)
        if number.strip() and number not in written and value not in (kept.identifier, options.get("uri")):
            yield Fault(Place(path, source.sourceline), "an address or number of the page is missing", number)
    uri = as_xml_has_it(options.get("uri", ""))
    if uri and uri not in written:
        yield Fault(Place(path, source.sourceline), "the page's address is missing", uri)


@rule("TEI208", "header-differs-from-description", severity="error", source="TEI P5, 2.2.7 (sourceDesc)")
def header_differs_from_description(path: str, root: Any, kept: Kept) -> Iterator[Fault]:
    """The header has another title, author, date, right, language or subject than the description with its evidence.

    Why: a correction made in one place only; which is right cannot be seen from either.

    Remedy: pack the page again with the right statements, and all forms are written from one value.
    """
    description, source = kept.description, _bibl(root)
    yield from _statements_differ(path, root, source, description)
    for licence in source.iter(f"{NAMESPACE}licence"):
        address, right = licence.get("target"), _text(licence)
        if unquote(address or "") != unquote(right.strip()) and (address is not None or _ADDRESS.match(right)):
            place = Place(path, licence.sourceline)
            yield Fault(place, "this is not the address of the rights", right, address or "none")
    abstracts = list(root.iterfind(f"{NAMESPACE}teiHeader/{NAMESPACE}profileDesc/{NAMESPACE}abstract/*"))
    abstract = description.first("abstract") or description.first("description")
    yield from _differ(path, abstracts[0] if abstracts else source, "the abstract", abstracts, [abstract])
    for kind, element in (("published", "date"), ("modified", "modified")):
        dates = [one for one in source.findall(f"{NAMESPACE}date") if one.get("type") == kind]
        values = description.values(element)
        yield from _differ(path, source, f"the date of type {kind}", dates, values)
        for one, value in zip(dates, values, strict=False):
            yield from _when_differs(path, [one], value)
    profile = root.find(f"{NAMESPACE}teiHeader/{NAMESPACE}profileDesc")
    profile = source if profile is None else profile
    terms = profile.iterfind(f"{NAMESPACE}textClass/{NAMESPACE}keywords/{NAMESPACE}term")
    yield from _differ(path, profile, "the subjects", terms, description.values("subject"))
    covered = profile.iterfind(f"{NAMESPACE}settingDesc/{NAMESPACE}setting/*")
    yield from _differ(path, profile, "the coverage", covered, description.values("coverage"))
    related = [one for one in source.findall(f"{NAMESPACE}relatedItem") if one.get("type") != "redirect"]
    relations = [bibl for one in related for bibl in one.iterfind(f"{NAMESPACE}bibl")]
    yield from _differ(path, source, "what the page is related to", relations, description.values("relation"))
    yield from _language_differs(path, root, profile, description)


def _statements_differ(path: str, root: Any, source: Any, description: Description) -> Iterator[Fault]:
    """The titles, the people and the rights, where the file and its source have them, against those recorded."""
    title = _part(root, "titleStmt")
    main = [one for one in source.findall(f"{NAMESPACE}title") if one.get("type") is None]
    others = [one for one in source.findall(f"{NAMESPACE}title") if one.get("type") is not None]
    own = title.findall(f"{NAMESPACE}title")
    titles = [one.value for one in description.of("title") if one.refinement != "alternative"]
    # Where the record has none, the file bears a makeshift, which the page does not, or a title that the page says of
    # itself and nobody chose.
    creators = description.values("creator")
    for where, what, found, values in (
        (title, "title", own, titles or [_text(one) for one in own[:1]]),
        (title, "author", title.findall(f"{NAMESPACE}author"), creators),
        (
            source,
            "title",
            main,
            titles or [_text(one) for one in main if _text(one) == _text(own[0])] if own else titles,
        ),
        (source, "alternative title", others, description.values("alternative")),
        (source, "author", source.findall(f"{NAMESPACE}author"), creators),
        (
            source,
            "contributor",
            source.findall(f"{NAMESPACE}respStmt/{NAMESPACE}name"),
            description.values("contributor"),
        ),
        (source, "publisher", source.findall(f"{NAMESPACE}publisher"), description.values("publisher")),
        (source, "right", source.findall(f"{NAMESPACE}availability/*"), description.values("rights")),
    ):
        yield from _differ(path, where, f"the {what}", found, values)


def _language_differs(path: str, root: Any, profile: Any, description: Description) -> Iterator[Fault]:
    """The languages of the text, as the root and ``langUsage`` have them, against those that are recorded."""
    stated = [one.replace("_", "-") for one in description.values("language")]
    tags = [one for one in dict.fromkeys(stated) if _LANGUAGE.match(one)]
    # What is no tag, or not known, gives place to what the page declares.
    if not tags or stated[0] != tags[0]:
        return
    if (written := root.get(_LANG)) != tags[0]:
        yield Fault(Place(path, root.sourceline), "the language of the text is not as recorded", tags[0], written)
    named = list(profile.iterfind(f"{NAMESPACE}langUsage/{NAMESPACE}language"))
    idents = [one.get("ident", "") for one in named]
    if idents != tags:
        at = next((one for one in named if one.get("ident") not in tags), profile)
        told = "; ".join(tags)[:200], "; ".join(idents)[:200] or "none"
        yield Fault(Place(path, at.sourceline), "the languages in use are not as recorded", *told)


@rule("TEI209", "imprint-differs", severity="error", source="TEI P5, 2.2.4 (publicationStmt), 2.6 (revisionDesc)")
def imprint_differs(path: str, root: Any, kept: Kept) -> Iterator[Fault]:
    """The header says otherwise than the record of the bag's making who made the file, when, and under which licence.

    Why: who may use the file, and whom to ask, is read here.

    Remedy: put back what was altered, or pack the page again with the right ``solander.toml``.
    """
    options, publication = kept.options, _part(root, "publicationStmt")
    at, target = options.get("at", ""), options.get("licence-target")
    named = [*publication.iter(f"{NAMESPACE}distributor", f"{NAMESPACE}authority")]
    yield from _differ(path, publication, "who made it", named, [options.get("organization")])
    made = [*publication.iter(f"{NAMESPACE}date")]
    yield from _differ(path, publication, "the day of its making", made, [at[:10]])
    yield from _when_differs(path, made, at[:10])
    for change in root.iter(f"{NAMESPACE}change"):
        if change.get("when") != at:
            place = Place(path, change.sourceline)
            yield Fault(place, "the moment of its making is not as recorded", at, change.get("when"))
    licences = [
        *publication.iter(f"{NAMESPACE}licence"),
        *(one for one in publication.iter(f"{NAMESPACE}ref") if one.get("type") == "licence"),
    ]
    yield from _differ(path, publication, "the licence of the file", licences, [options.get("licence") or target])
    for one in licences:
        address = one.get("target")
        if address is not None and unquote(address) != unquote(target or ""):
            yield Fault(Place(path, one.sourceline), "this is not the address of the licence", target, address)


RULES: tuple[Check[[str, Any, Kept]], ...] = (
    header_of_another_page,
    header_differs_from_description,
    imprint_differs,
)
HEADER_RULES: tuple[Check[...], ...] = (*RULES, *RECORD_RULES)
"""What runs where a TEI is judged with its bag: the rules of this file, and those of the record in the header."""


def check_header(root: Any, path: str, schemas: SchemaStore, kept: Kept, content: bytes) -> Checked:
    """Judge the header of a TEI document that follows its grammar.

    Args:
        root: the document (lxml).
        path: its name, for the findings.
        schemas: where the grammar of the record in the header is.
        kept: what the bag has of the page.
        content: the bytes that the document was parsed from.
    """
    record = check_header_record(root, path, schemas, kept.description, content)
    return Checked([*run(RULES, path, root, kept), *record.findings], record.schemas)


def _part(root: Any, name: str) -> Any:
    return root.find(f"{NAMESPACE}teiHeader/{NAMESPACE}fileDesc/{NAMESPACE}{name}")


def _bibl(root: Any) -> Any:
    return _part(root, "sourceDesc").find(f"{NAMESPACE}bibl")


def _text(element: Any) -> str:
    return "".join(element.itertext())


def _differ(path: str, where: Any, what: str, elements: Iterable[Any], values: Iterable[str | None]) -> Iterator[Fault]:
    """Elements whose texts are not the values that are known, in their order."""
    found = list(elements)
    expected = [as_xml_has_it(value) for value in values if value]
    texts = [_text(one) for one in found]
    if texts != expected:
        at = next((one for one, text in zip(found, texts, strict=True) if text not in expected), where)
        lines = ("; ".join(all_of)[:200] or "none" for all_of in (expected, texts))
        yield Fault(Place(path, at.sourceline), f"{what} is not as recorded", *lines)


def _when_differs(path: str, dates: Iterable[Any], value: str | None) -> Iterator[Fault]:
    """Dates whose ``when`` is another day or hour than they are known to be."""
    for one in dates:
        when = one.get("when")
        if value is None or (when is None and not (is_w3cdtf(value) and "T" not in value)):
            continue
        known = value.strip().replace(" ", "T")
        # An encoder may add seconds, and a colon to the offset; so of other clock times the minutes are compared.
        compared = None if len(known) <= 10 or (known.endswith("Z") and len(known) == 20) else 16
        if (when or "")[:compared] != known[:compared]:
            yield Fault(Place(path, one.sourceline), "@when is not the day that is recorded", value, when or "none")
