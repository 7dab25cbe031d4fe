"""Judging what was made of a page: its text against the original, the description, the TEI, the provenance.

The same judges sit before packing and, in ``validating``, over a bag that stands.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from solander.checking.rules import Check, codes
from solander.model.bag import Bag, BagInfo
from solander.model.bag_layout import ORIGINAL_FOLDER, README_NAME
from solander.model.description import Description
from solander.model.document import Document
from solander.model.finding import Report, SchemaUsed, in_order
from solander.model.page import Page
from solander.pipeline.archive import options_of
from solander.pipeline.merging import merge
from solander.pipeline.pages.normalising import Normalised
from solander.profiles import SCHEMAS

if TYPE_CHECKING:
    from solander.checking.opened.parsed_copy import OpenedCopy
    from solander.checking.records.json_records import Judged
    from solander.checking.records.kept import Kept
    from solander.checking.records.provenance import Surroundings


JSON_NAMES = (".json", ".jsonld")
"""How the records that are JSON are called."""

_NO_RECORD = ("record-not-well-formed", "record-not-valid")
"""Findings after which a record is not compared with the description."""

_NO_JSON = ("record-not-json", "record-breaks-schema")
"""Findings after which a report is not compared with its bag."""


class Original(NamedTuple):
    """What the word checker needs to know of an original."""

    content: bytes
    """The bytes as received."""

    name: str
    """Their file name, as the TEI's pointers have it."""

    media_type: str
    charset: str
    """The encoding that the reader believed; the checker decodes for itself."""

    within: Mapping[str, str] = {}
    """Of an original that holds the page with others, the options of its making: which record is the page's."""

    uri: str | None = None
    """The page's address, against which its links were resolved."""


def judge(normalised: Normalised, records: Sequence[Document] = ()) -> Report:
    """Judge a page that was normalised, and the records of its description if they were made."""
    # Late, here and below: each judge brings its own libraries.
    from solander.checking.captures import understanding as capture_rules
    from solander.checking.pages import every_word as page_rules

    capture, page, tei = normalised.capture, normalised.page, normalised.tei
    within = options_of(normalised, ()) if capture.container is not None else {}
    original = Original(
        capture.original, capture.original_name, capture.media_type, page.charset.name, within, page.uri
    )
    kept = _kept(normalised)
    captured = Report(
        subject=capture.identifier,
        findings=in_order(
            (
                *capture_rules.check_capture(capture, page),
                *page_rules.check_page(page, ORIGINAL_FOLDER + capture.original_name),
            )
        ),
        rules=codes((*capture_rules.RULES, *page_rules.PAGE_RULES)),
    )
    return merge(
        (
            captured,
            judge_words(original, tei.content, tei.name),
            judge_description(
                normalised.description,
                {one.name: one.content for one in records},
                page=page,
                captured_at=capture.captured_at,
            ),
            *(judge_json_record(one.content, one.name, kept) for one in records if one.name.endswith(JSON_NAMES)),
            judge_tei(tei.content, tei.name, kept, alone=False),
        ),
        subject=capture.identifier,
    )


def _kept(normalised: Normalised) -> Kept:
    from solander.checking.records.kept import Kept

    capture = normalised.capture
    return Kept(normalised.description, options_of(normalised, ()), capture.sha256, capture.identifier)


def judge_tei(content: bytes, path: str, kept: Kept | None = None, *, alone: bool = True) -> Report:
    """Judge TEI by its grammar and its rules.

    Args:
        content: the document.
        path: its name, for the findings.
        kept: what is known of its page; with it the header is compared.
        alone: whether its words are compared with no original.
    """
    from solander.checking.tei import grammar as tei_grammar
    from solander.checking.tei import header as tei_header
    from solander.checking.tei import meaning as tei

    checked = tei.check_tei(content, path, SCHEMAS, kept, alone=alone)
    ran: list[Check[...]] = [*tei_grammar.GRAMMAR_RULES]
    # What is no XML is asked for its meaning by no rule, and what breaks its grammar is not for its header.
    if checked.schemas:
        ran += [*tei.MEANING_RULES, *tei.BESIDE_RULES, *(tei.ALONE_RULES if alone else ())]
        invalid = any(one.code in tei_grammar.INVALID for one in checked.findings)
        ran += tei_header.HEADER_RULES if kept is not None and not invalid else ()
    return Report(subject=path, findings=in_order(checked.findings), rules=codes(ran), schemas=tuple(checked.schemas))


def judge_words(original: Original, tei: bytes, path: str) -> Report:
    """Judge whether the TEI has every visible word of the original, in order, each once, and leads where that does.

    Args:
        original: the bytes as received, with what is known of them.
        tei: the TEI, as bytes.
        path: what to call the TEI in findings.

    Source: docs/design.md, section 1, law 1.
    """
    from solander.checking.pages import every_word as page

    checked = page.check_words(
        original.content,
        original_name=original.name,
        media_type=original.media_type,
        charset=original.charset,
        tei=tei,
        path=path,
        within=original.within,
        uri=original.uri,
    )
    return Report(
        subject=path,
        findings=in_order(checked.findings),
        rules=codes(page.WORD_RULES) if checked.ledger else (),
        unchecked=checked.unchecked,
        counts=checked.ledger.counts if checked.ledger else (),
    )


def judge_view(view: bytes, path: str, tei: bytes, opened: OpenedCopy | None = None) -> Report:
    """Judge whether a view for reading has the words of the TEI, each once and in the same order.

    Args:
        view: the view.
        path: its name, for the findings.
        tei: the TEI that stands beside it.
        opened: the same view, if it was parsed before, and nobody looks at it any more.
    """
    from solander.checking.opened import view as view_rules

    checked = view_rules.check_view(view, path, tei, opened)
    ran = () if checked.unchecked else codes(view_rules.VIEW_RULES)
    return Report(subject=path, findings=in_order(checked.findings), rules=ran, unchecked=checked.unchecked)


def judge_description(
    description: Description,
    records: Mapping[str, bytes],
    *,
    page: Page | None = None,
    captured_at: datetime | None = None,
) -> Report:
    """Judge a description, and the Dublin Core records in which it is written, by name.

    Args:
        description: with every candidate.
        records: what is there of ``dc.xml`` and ``dcterms.xml``; any other name is passed over.
        page: if it is at hand, what it declares is compared.
        captured_at: if the source recorded it, no date of the page lies after it.
    """
    from solander.checking.records import description as description_rules
    from solander.checking.records import dublin_core as record_rules

    findings = list(description_rules.check_description(description, page, captured_at=captured_at))
    schemas: list[SchemaUsed] = []
    ran: list[Check[...]] = list(description_rules.rules_of(page, captured_at))
    for name in record_rules.SCHEMAS_OF_RECORDS:
        if name in records:
            checked = record_rules.check_record(records[name], name, SCHEMAS, description)
            findings += checked.findings
            schemas += checked.schemas
            invalid = any(one.name in _NO_RECORD for one in checked.findings)
            ran += [*record_rules.GRAMMAR_RULES, *(() if invalid else record_rules.AGREEMENT_RULES)]
    return Report(
        subject="metadata",
        findings=in_order(findings),
        rules=tuple(dict.fromkeys(codes(ran))),
        schemas=tuple(schemas),
    )


def judge_json(content: bytes, path: str, judged: Judged | None = None) -> Report:
    """Judge a record that is JSON by its schema, and a report by what was found of its bag.

    Args:
        content: the file.
        path: in the bag, one of ``SCHEMAS_OF_JSON``: it tells the schema.
        judged: what is found of the bag now; ``None`` leaves it at the schema.
    """
    from solander.checking.records import json_records

    checked = json_records.check_json_record(content, path, SCHEMAS, judged)
    broken = judged is None or any(one.name in _NO_JSON for one in checked.findings)
    return Report(
        subject=path,
        findings=in_order(checked.findings),
        rules=codes(json_records.RECORD_RULES if broken else json_records.RULES),
        schemas=tuple(checked.schemas),
    )


def judge_json_record(content: bytes, path: str, kept: Kept | None) -> Report:
    """Judge a record that is JSON by its schema and, if it is a form of the description, by what this says.

    Args:
        content: the file.
        path: in the bag, one of ``SCHEMAS_OF_JSON``: it tells schema and form.
        kept: what the bag records; ``None`` where it could not be read, and then only the schema judges.
    """
    from solander.checking.records import other_records

    report = judge_json(content, path)
    if kept is None or report.findings or path not in other_records.RULES_OF:
        return report
    checked = other_records.check_other_record(content, path, kept)
    return Report(
        subject=path,
        findings=in_order(checked.findings),
        rules=(*report.rules, *codes(other_records.RULES_OF[path])),
        schemas=report.schemas,
    )


def judge_provenance(content: bytes, path: str, bag: Surroundings | None = None) -> Report:
    """Judge the record of what was done, and whether it agrees with the bag in which it stands.

    Args:
        content: the file, XML.
        path: in the bag.
        bag: what surrounds it; ``None`` judges it by itself: by its grammar and by what it says.

    Source: PREMIS 3.0.
    """
    from solander.checking.records import provenance

    checked = provenance.check_provenance(content, path, SCHEMAS, bag)
    ran: list[Check[...]] = [*provenance.GRAMMAR_RULES]
    if checked.schemas:
        ran += [*provenance.CHAIN_RULES, *provenance.MEANING_RULES, *(provenance.BAG_RULES if bag is not None else ())]
    return Report(
        subject=path,
        findings=in_order(checked.findings),
        rules=codes(ran),
        schemas=tuple(checked.schemas),
    )


def judge_agreement(bag: Bag, kept: Kept | None) -> Report:
    """Judge whether ``bag-info.txt`` says of the page what the bag has; without ``kept`` only by its form."""
    from solander.checking.records import bag_agreement

    return Report(
        subject=bag.info_path,
        findings=in_order(bag_agreement.check_agreement(bag, kept)),
        rules=codes((*bag_agreement.FORM_RULES, *(bag_agreement.AGREEMENT_RULES if kept is not None else ()))),
    )


def judge_readme(content: bytes, identifier: str, kept: Kept | None = None, info: BagInfo | None = None) -> Report:
    """Judge whether ``README.txt`` speaks of the bag's object, and says of it what is recorded.

    Args:
        content: the file.
        identifier: the object's, by ``bag-info.txt``.
        kept: what the bag records; ``None`` where it could not be read.
        info: the fields of ``bag-info.txt``.
    """
    from solander.checking.records import bag_agreement

    findings = in_order(bag_agreement.check_readme(content, identifier, kept, info))
    return Report(subject=README_NAME, findings=findings, rules=codes(bag_agreement.README_RULES))


def judge_pointers(content: bytes, path: str, files: Collection[str]) -> Report:
    """Judge whether what the TEI shows out of the bag is in it."""
    from solander.checking.pages import tei_agreement

    findings = in_order(tei_agreement.check_pointers(content, path, files))
    return Report(subject=path, findings=findings, rules=codes(tei_agreement.POINTER_RULES))


def judge_access_copy(content: bytes, path: str, opened: OpenedCopy | None = None) -> Report:
    """Judge what would happen to whoever opens an access copy in a browser; ``opened`` if it was parsed before."""
    from solander.checking.opened import security
    from solander.checking.opened.access_copy import read_access_copy

    copy = read_access_copy(content, path, opened)
    if isinstance(copy, str):
        return Report(subject=path, unchecked=(f"{path}: {copy}",))
    return Report(subject=path, findings=in_order(security.check_access_copy(copy)), rules=codes(security.ACCESS_RULES))
