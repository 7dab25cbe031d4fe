"""A description -> findings: what is missing, and what cannot be meant.

Source: DCMI Metadata Terms (2020-01-20); W3CDTF; BCP 47.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime

from solander.checking.rules import Check, Fault, rule, run
from solander.model.bag_layout import STATEMENTS_NAME
from solander.model.description import Description
from solander.model.finding import Finding, Place
from solander.model.language_codes import COUNTRY_CODES, TWO_LETTER_CODES
from solander.model.page import Page

RECORD = Place(STATEMENTS_NAME)

_DATE = re.compile(
    r"(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2})"
    r"(?:T(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:\.[0-9]{1,9})?)?(?:Z|[+-][01][0-9]:[0-5][0-9]))?)?)?\Z"
)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*\Z")
# A URI or IRI with its scheme: no space, no character that RFC 3986 leaves out, a percent sign only before two digits.
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(?:[^\s<>\"{}|\\^`%\x00-\x1f\x7f]|%[0-9A-Fa-f]{2})+\Z")
_DOI = re.compile(r"10\.[0-9]{4,9}/\S+\Z")
_ADDRESS = re.compile(r"https?://|www\.|\S+@\S+\.\S+\Z")


def is_w3cdtf(value: str) -> bool:
    """Whether a value is a date of the W3C's profile of ISO 8601, and a day that the calendar has."""
    match = _DATE.match(value)
    if match is None:
        return False
    try:
        date(int(match["year"]), int(match["month"] or 1), int(match["day"] or 1))
    except ValueError:
        return False
    return True


@rule("DCM001", "title-missing", severity="warning", source="DCMI, title")
def title_missing(description: Description, page: Page | None, captured_at: datetime | None) -> Iterator[Fault]:
    """The page has no title.

    Why: a title is what people look for and cite, and most repositories refuse a record without one.

    Remedy: say it with --title.
    """
    if description.first("title") is None:
        yield Fault(RECORD, "no title was found")


@rule("DCM002", "date-missing", severity="info", source="DCMI, date")
def date_missing(description: Description, page: Page | None, captured_at: datetime | None) -> Iterator[Fault]:
    """It is not known when the page was published.

    Why: without a date it cannot be placed among others, and some repositories ask for a year.

    Remedy: say it with --date, if it is known; none is invented.
    """
    if description.first("date") is None:
        yield Fault(RECORD, "no date of publication was found")


@rule("DCM003", "creator-missing", severity="info", source="DCMI, creator")
def creator_missing(description: Description, page: Page | None, captured_at: datetime | None) -> Iterator[Fault]:
    """It is not known who wrote the page.

    Why: a record without a creator is found by fewer, and some repositories ask for one.

    Remedy: say it with --creator, if it is known; a site's name is nobody's author.
    """
    if description.first("creator") is None:
        yield Fault(RECORD, "no creator was found")


@rule("DCM004", "language-missing", severity="info", source="DCMI, language")
def language_missing(description: Description, page: Page | None, captured_at: datetime | None) -> Iterator[Fault]:
    """It is not known in which language the page is.

    Why: search, display and speech depend on it.

    Remedy: say it with --language.
    """
    if description.first("language") is None:
        yield Fault(RECORD, "no language was found")


@rule("DCM005", "language-contradicted", severity="warning", source="BCP 47; HTML Standard, lang")
def language_contradicted(description: Description, page: Page | None, captured_at: datetime | None) -> Iterator[Fault]:
    """The page declares one language, and its text is in another.

    Why: templates lie; whoever goes by the declaration reads or indexes the text wrongly.

    Remedy: look at the text, and say the right language with --language.
    """
    chosen = description.first("language")
    if chosen is None or page is None:
        return
    for declared in page.languages:
        if _LANGUAGE.match(declared) and declared.split("-")[0].lower() != chosen.split("-")[0].lower():
            yield Fault(RECORD, f"the page declares {declared}, and its text is in {chosen}")


@rule("DCM006", "date-malformed", severity="error", source="W3CDTF; ISO 8601-1")
def date_malformed(description: Description, page: Page | None, captured_at: datetime | None) -> Iterator[Fault]:
    """A date of the record is not written as dates are.

    Why: programs cannot sort by it.

    Remedy: say the date as 2021, 2021-12 or 2021-12-08 with --date.
    """
    for statement in description.statements:
        if not statement.chosen or statement.element != "date":
            continue
        # A crawl is captured over days: the first and the last, as ISO 8601-1 writes an interval.
        begin, slash, end = statement.value.partition("/")
        is_interval = bool(slash) and is_w3cdtf(begin) and is_w3cdtf(end) and begin <= end
        if not is_interval and not is_w3cdtf(statement.value):
            yield Fault(RECORD, "this is not a date", "YYYY, YYYY-MM or YYYY-MM-DD", statement.value)


@rule("DCM007", "language-malformed", severity="error", source="BCP 47, 2.1")
def language_malformed(description: Description, page: Page | None, captured_at: datetime | None) -> Iterator[Fault]:
    """A language of the record is no language tag.

    Why: programs do not understand it.

    Remedy: say it as a tag, such as en or zh-Hans, with --language.
    """
    for value in description.values("language"):
        if not _LANGUAGE.match(value):
            yield Fault(RECORD, "this is not a language tag", None, value)


@rule("DCM008", "modified-before-issued", severity="warning", source="DCMI, issued and modified")
def modified_before_issued(
    description: Description, page: Page | None, captured_at: datetime | None
) -> Iterator[Fault]:
    """The page says that it was changed before it was published.

    Why: one of the two dates is wrong.

    Remedy: look at the page, and say the right date with --date.
    """
    issued, modified = description.first("date"), description.first("modified")
    if issued and modified and modified[:10] < issued[: len(modified[:10])]:
        yield Fault(RECORD, f"changed {modified[:40]}, which is before it was published, {issued[:40]}")


@rule("DCM009", "rights-missing", severity="info", source="DCMI, rights")
def rights_missing(description: Description, page: Page | None, captured_at: datetime | None) -> Iterator[Fault]:
    """Nothing is known of who holds rights in the page, or of the terms on which it may be used.

    Why: whoever wants to use it later has to find that out anew.

    Remedy: say what is known with --rights; the licence of the TEI file is another thing.
    """
    if description.first("rights") is None:
        yield Fault(RECORD, "no statement of rights was found")


@rule("DCM010", "date-after-capture", severity="warning", source="DCMI, issued and modified; ISO 28500, 5.3")
def date_after_capture(description: Description, page: Page | None, captured_at: datetime | None) -> Iterator[Fault]:
    """A date of the record lies after the day on which the page was captured.

    Why: what was captured had already been published; one of the two dates is wrong.

    Remedy: look at the page, and say the right date with --date, or the right moment with --captured-at.
    """
    if captured_at is None:
        return
    # A day of grace: a page dates itself by its own clock, which may be a day ahead of UTC.
    latest = date.fromordinal(min(captured_at.date().toordinal() + 1, date.max.toordinal())).isoformat()
    for statement in description.statements:
        value = statement.value[:10]
        if statement.chosen and statement.element == "date" and is_w3cdtf(value) and value > latest[: len(value)]:
            captured = captured_at.date().isoformat()
            yield Fault(RECORD, f"the page is dated {value}, and was captured on {captured}")


@rule("DCM011", "title-is-site-name", severity="info", source="DCMI, title")
def title_is_site_name(description: Description, page: Page | None, captured_at: datetime | None) -> Iterator[Fault]:
    """The page's title is the name of its site.

    Why: right for a home page; on any other page all pages of the site come to have one title.

    Remedy: if it is no home page, say its title with --title.
    """
    title = description.first("title")
    if title is None:
        return
    names = {_folded(one.value) for one in description.statements if one.element == "publisher"}
    if _folded(title) in names:
        yield Fault(RECORD, "the title is the site's name", found=title)


@rule("DCM012", "uri-malformed", severity="warning", source="RFC 3986, 3; RFC 3987, 2.2")
def uri_malformed(description: Description, page: Page | None, captured_at: datetime | None) -> Iterator[Fault]:
    """An identifier of the record, or the address of a licence, is no URI.

    Why: nobody can follow it, and a repository may refuse the record.

    Remedy: say the page's address with --uri, or the licence with --rights.
    """
    for statement in description.statements:
        if not statement.chosen:
            continue
        is_identifier = statement.element == "identifier" and not _DOI.match(statement.value)
        is_address = statement.refinement == "license" and ":/" in statement.value
        if (is_identifier or is_address) and not _URI.match(statement.value):
            yield Fault(RECORD, f"this {statement.element} is not a URI", "scheme:…", statement.value)


@rule("DCM013", "creator-is-address", severity="warning", source="DCMI, creator")
def creator_is_address(description: Description, page: Page | None, captured_at: datetime | None) -> Iterator[Fault]:
    """A creator of the record is an address, and no name.

    Why: catalogues file it among names, where nobody looks for it.

    Remedy: say who wrote the page with --creator.
    """
    for value in description.values("creator"):
        if _ADDRESS.match(value):
            yield Fault(RECORD, "a creator is an address, not a name", found=value)


@rule("DCM014", "language-recognised", severity="info", source="DCMI, language; BCP 47")
def language_recognised(description: Description, page: Page | None, captured_at: datetime | None) -> Iterator[Fault]:
    """The page declares no language; the one in the record was recognised from its words.

    Why: recognition is right nearly always and not always, least for short texts and kindred languages.

    Remedy: look at the text; saying its language with --language makes it a statement of yours.
    """
    told = [one for one in description.statements if one.element == "language"]
    chosen = next((one for one in told if one.chosen), None)
    declared = (page is not None and page.languages) or any(one.evidence.origin != "text" for one in told)
    if chosen and chosen.evidence.origin == "text" and not declared:
        yield Fault(RECORD, "the language was recognised, not declared", found=chosen.value)


@rule("DCM060", "language-unregistered", severity="warning", source="BCP 47, 2.2.9 (valid tags); IANA registry")
def language_unregistered(description: Description, page: Page | None, captured_at: datetime | None) -> Iterator[Fault]:
    """A language of the record is written as a tag, and holds a part that nobody has registered: ``en-UK``, ``xx``.

    Why: programs fall back to another language, or to none, without a word.

    Remedy: say the registered tag with --language: ``en-GB``, not ``en-UK``.
    """
    for value in description.values("language"):
        if _LANGUAGE.match(value) and not _is_registered(value):
            yield Fault(RECORD, "no such language is registered", None, value)


def _is_registered(tag: str) -> bool:
    language, _, country = tag.partition("-")
    if language in TWO_LETTER_CODES and (not country or country in COUNTRY_CODES):
        # That no tag ends in a hyphen has been seen to.
        return True
    import langcodes  # late: its tables take longer to load than a page to read, and most are told at a look

    try:
        # As it is written: put right, en-UK would be en-GB.
        return langcodes.Language.get(tag, normalize=False).is_valid()
    except ValueError:
        return False


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())


RULES = (
    title_missing,
    date_missing,
    creator_missing,
    language_missing,
    language_contradicted,
    date_malformed,
    language_malformed,
    modified_before_issued,
    rights_missing,
    date_after_capture,
    title_is_site_name,
    uri_malformed,
    creator_is_address,
    language_recognised,
    language_unregistered,
)


_OF_PAGE = (language_contradicted,)
_OF_CAPTURE = (date_after_capture,)


def rules_of(page: Page | None, captured_at: datetime | None) -> tuple[Check[...], ...]:
    """The rules that say anything where a page or the moment of its capture is or is not at hand."""
    silent = (*(_OF_PAGE if page is None else ()), *(_OF_CAPTURE if captured_at is None else ()))
    return tuple(check for check in RULES if check not in silent)


def check_description(
    description: Description, page: Page | None = None, *, captured_at: datetime | None = None
) -> list[Finding]:
    """Judge a description.

    Args:
        description: all statements, chosen or not.
        page: if it is at hand, what it declares is compared.
        captured_at: the moment of the capture, if the source recorded it: no date of the page lies after it.
    """
    return run(RULES, description, page, captured_at)
