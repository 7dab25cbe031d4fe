"""PRM rules for ``bag-info.txt``: what it says of the page is what the bag has.

Manifests bind these words to the bag, and say nothing of whether they are true: whoever edits a field can write the
manifests anew. The original's bytes and ``metadata/description.json`` stand against them.

Source: docs/format.md, "Identity"; RFC 8493, 2.2.2.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from solander.checking.records.kept import Kept
from solander.checking.rules import Check, Fault, rule, run
from solander.model.addresses import host_of
from solander.model.bag import Bag, BagInfo, is_bag_version, one_line
from solander.model.bag_layout import README_NAME
from solander.model.capture import identifier_of
from solander.model.finding import Finding, Place

_FIELDS = (
    ("Web-Capture-URI", "uri"),
    ("Web-Capture-Date", "captured-at"),
    ("WARC-Record-ID", "record-id"),
    ("Source-Organization", "organization"),
    ("Contact-Email", "contact-email"),
)
"""Fields of ``bag-info.txt`` that repeat an option of ``metadata/description.json``, and which."""


@rule("PRM012", "bag-version-malformed", severity="error", source="design, section 4; RFC 8493, 2.2.2")
def bag_version_malformed(bag: Bag) -> Iterator[Fault]:
    """``Bag-Version`` is no whole number from 1, written without a nought before it.

    Why: the versions of one object are counted by it; a bag that counts otherwise is passed over or taken for another.

    Remedy: give the bag the number that follows that of the bag before it, and 1 if it is the first.
    """
    for field in bag.info.fields:
        if field.label.casefold() == "bag-version" and not is_bag_version(field.value):
            place = Place(bag.info_path, field.line)
            yield Fault(place, "this is not a version number", "1, 2, 3 …", field.value)


@rule("PRM013", "bag-info-contradicts-record", severity="error", source="design, section 4; RFC 8493, 2.2.2")
def bag_info_contradicts_record(bag: Bag, kept: Kept) -> Iterator[Fault]:
    """A field of ``bag-info.txt`` says another address, moment, keeper, title or author than the record of the making.

    Why: this file is what a person opens first, and what catalogues take in; what it says must be what was captured.

    Remedy: find out which is right (the identifier is reckoned from the true address and moment), put the field back,
    or pack the page again.
    """
    for label, option in _FIELDS:
        expected = one_line(kept.options.get(option, ""))
        fields = [field for field in bag.info.fields if field.label.casefold() == label.casefold()]
        for field in fields:
            if field.value != expected:
                place = Place(bag.info_path, field.line)
                yield Fault(place, f"{label} is not as it was recorded", expected or "no such field", field.value)
        if expected and not fields:
            yield Fault(Place(bag.info_path), f"{label} is missing", expected)
    sentence = _sentence(kept)
    for field in bag.info.fields:
        # Whoever keeps the bag may describe it in words of his own.
        is_ours = field.label.casefold() == "external-description" and field.value.startswith("Web page ")
        if is_ours and field.value != sentence:
            place = Place(bag.info_path, field.line)
            yield Fault(place, "External-Description is not as it was recorded", sentence, field.value)


def _sentence(kept: Kept) -> str:
    """What a bag holds, as ``External-Description`` says it: title, authors, site and date."""
    title, date = kept.description.first("title"), kept.description.first("date")
    creators = kept.description.values("creator")
    host = host_of(kept.options.get("uri", ""))
    named = ", ".join(creators[:3]) + (" and others" if len(creators) > 3 else "")
    pieces = (
        f'Web page "{title}"' if title else "Web page without a title",
        f" by {named}" if creators else "",
        f", at {host}" if host else "",
        f", {date}." if date else ".",
    )
    return one_line("".join(pieces))


@rule("PRM014", "capture-digest-differs", severity="error", source="design, section 4")
def capture_digest_differs(bag: Bag, kept: Kept) -> Iterator[Fault]:
    """``Web-Capture-SHA256`` is not the digest of the original in the bag.

    Why: by this digest a page is found again elsewhere, and known to be the same.

    Remedy: check the bag's fixity; if the original is whole, write its digest into the field.
    """
    fields = [field for field in bag.info.fields if field.label.casefold() == "web-capture-sha256"]
    for field in fields:
        if kept.sha256 is not None and field.value.lower() != kept.sha256:
            place = Place(bag.info_path, field.line)
            yield Fault(place, "this is not the digest of the original", kept.sha256, field.value)
    if not fields:
        yield Fault(Place(bag.info_path), "Web-Capture-SHA256 is missing", kept.sha256)


@rule("PRM015", "identifier-not-of-page", severity="error", source="design, section 4; RFC 9562, 5.5")
def identifier_not_of_page(bag: Bag, kept: Kept) -> Iterator[Fault]:
    """``External-Identifier`` is not the name that follows from the original's digest, its address and its moment.

    Why: the name is reckoned from what is kept, so that no two pages have one name, and none is renamed unseen.

    Remedy: check the bag's fixity, and put the identifier, the address or the moment back that was altered.
    """
    if kept.sha256 is None:
        return
    expected = identifier_of(kept.sha256, kept.options.get("uri"), kept.options.get("captured-at"))
    for field in bag.info.fields:
        if field.label.casefold() == "external-identifier" and field.value != expected:
            yield Fault(Place(bag.info_path, field.line), "this is not the page's identifier", expected, field.value)


@rule("PRM019", "bagging-date-differs", severity="error", source="RFC 8493, 2.2.2 (Bagging-Date); design, section 4")
def bagging_date_differs(bag: Bag, kept: Kept) -> Iterator[Fault]:
    """``Bagging-Date`` is another day than the one on which the bag was made by its own record.

    Why: what was known when, and which of two bags is the newer, is read off this date.

    Remedy: put the day of the record back, or pack the page again.
    """
    expected = kept.options.get("at", "")[:10]
    for field in bag.info.fields:
        if expected and field.label.casefold() == "bagging-date" and field.value[:10] != expected:
            yield Fault(Place(bag.info_path, field.line), "this is not the day of packing", expected, field.value)


@rule("PRM021", "readme-of-another-object", severity="error", source="design, section 4")
def readme_of_another_object(
    content: bytes, identifier: str, kept: Kept | None, info: BagInfo | None
) -> Iterator[Fault]:
    """``README.txt`` names another object than ``External-Identifier`` does, or says of it what is not recorded.

    Why: it is what a person reads who has no program for such bags; it must speak of this one.

    Remedy: take the file from another copy of the bag, or pack the page again.
    """
    named = [one.decode() for one in dict.fromkeys(_OBJECT.findall(content))]
    if named and identifier not in named:
        yield Fault(Place(README_NAME), "this is not the identifier of the bag", identifier, ", ".join(named[:3]))
    facts = _facts(kept) if kept is not None else {}
    if kept is not None and info is not None:
        version, before = info.first("Bag-Version") or "1", info.first("Previous-Bag")
        # Of what is no number another rule speaks.
        if is_bag_version(version):
            facts["Version"] = f"{version}, after the bag {before}" if before else version
    # Whoever keeps the bag may have written a text of his own, in which no row need stand.
    lacking, goes_on = dict(facts) if content.startswith(_OPENING) else {}, False
    for number, line in enumerate(content.decode("utf-8", "replace").splitlines(), 1):
        row, place = _ROW.fullmatch(line.rstrip()), Place(README_NAME, number)
        if row is not None:
            lacking.pop(row[1], None)
            if (expected := facts.get(row[1])) is not None and row[2] != expected:
                yield Fault(place, f"{row[1]} is not as it is recorded", expected, row[2])
        elif goes_on and line.strip():
            yield Fault(place, "this line is not one of the recorded facts", None, one_line(line)[:_SHOWN_CHARACTERS])
        # A value has one line: what stands right below would be read with it.
        goes_on = row is not None and row[1] in facts
    for name, expected in lacking.items():
        yield Fault(Place(README_NAME), f"{name} is missing", expected)


def _facts(kept: Kept) -> dict[str, str]:
    """The first lines of ``README.txt``, as far as they say something of the page."""
    description, options = kept.description, kept.options
    changed = description.first("modified")
    day = description.first("date") or (f"last changed {changed}" if changed else "")
    found = {
        "Title": description.first("title") or "none: the page does not say one",
        "Author": "; ".join(description.values("creator")) or "not known",
        "Date": day or "not known",
        "Rights": "; ".join(description.values("rights")) or "not known",
        "Address": options.get("uri") or "not recorded",
        "Received": options.get("captured-at") or "not recorded",
        "Packed": options.get("at", "")[:10] or "not recorded",
        "Kept by": options.get("organization") or "not recorded",
    }
    if kept.identifier is not None:
        found["Identifier"] = kept.identifier
    return {name: one_line(value) for name, value in found.items()}


_OPENING = b"WHAT THIS IS\n"
"""So it begins where Solander wrote it."""
_ROW = re.compile(r"  ([A-Z][a-z]+(?: [a-z]+)?) {2,}(\S.*)")
_SHOWN_CHARACTERS = 80
_OBJECT = re.compile(rb"urn:uuid:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
FORM_RULES: tuple[Check[[Bag]], ...] = (bag_version_malformed,)
AGREEMENT_RULES: tuple[Check[[Bag, Kept]], ...] = (
    bag_info_contradicts_record,
    capture_digest_differs,
    identifier_not_of_page,
    bagging_date_differs,
)
README_RULES: tuple[Check[[bytes, str, Kept | None, BagInfo | None]], ...] = (readme_of_another_object,)
RULES: tuple[Check[...], ...] = (*FORM_RULES, *AGREEMENT_RULES, *README_RULES)


def check_agreement(bag: Bag, kept: Kept | None) -> list[Finding]:
    """Judge what ``bag-info.txt`` says of the page; without ``kept`` only by its form."""
    return [*run(FORM_RULES, bag), *(run(AGREEMENT_RULES, bag, kept) if kept is not None else ())]


def check_readme(
    content: bytes, identifier: str, kept: Kept | None = None, info: BagInfo | None = None
) -> list[Finding]:
    """Judge whether the page for people speaks of the bag's object, and says of it what the bag has."""
    return run(README_RULES, content, identifier, kept, info)
