"""A description -> findings: what is missing, and what cannot be meant.

Source: DCMI Metadata Terms (2020-01-20); W3CDTF; BCP 47.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from solander.checking.rules import Fault, rule, run
from solander.model.description import Description
from solander.model.finding import Finding, Place
from solander.model.page import Page

RECORD = Place("metadata/description.json")

_DATE = re.compile(r"[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01])(?:T[0-9:.]{5,15}(?:Z|[+-][0-9:]{5}))?)?)?\Z")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*\Z")


@rule("DCM001", "title-missing", severity="warning", source="DCMI, title")
def title_missing(description: Description, page: Page | None) -> Iterator[Fault]:
    """The page has no title.

    Why: a title is what people look for and cite, and most repositories refuse a record without one.

    Remedy: say it with --title.
    """
    if description.first("title") is None:
        yield Fault(RECORD, "no title was found")


@rule("DCM002", "date-missing", severity="info", source="DCMI, date")
def date_missing(description: Description, page: Page | None) -> Iterator[Fault]:
    """It is not known when the page was published.

    Why: without a date it cannot be placed among others, and some repositories ask for a year.

    Remedy: say it with --date, if it is known; none is invented.
    """
    if description.first("date") is None:
        yield Fault(RECORD, "no date of publication was found")


@rule("DCM003", "creator-missing", severity="info", source="DCMI, creator")
def creator_missing(description: Description, page: Page | None) -> Iterator[Fault]:
    """It is not known who wrote the page.

    Why: a record without a creator is found by fewer, and some repositories ask for one.

    Remedy: say it with --creator, if it is known; a site's name is nobody's author.
    """
    if description.first("creator") is None:
        yield Fault(RECORD, "no creator was found")


@rule("DCM004", "language-missing", severity="info", source="DCMI, language")
def language_missing(description: Description, page: Page | None) -> Iterator[Fault]:
    """It is not known in which language the page is.

    Why: search, display and speech depend on it.

    Remedy: say it with --language.
    """
    if description.first("language") is None:
        yield Fault(RECORD, "no language was found")


@rule("DCM005", "language-contradicted", severity="warning", source="BCP 47; HTML Standard, lang")
def language_contradicted(description: Description, page: Page | None) -> Iterator[Fault]:
    """The page declares one language, and its text is in another.

    Why: templates lie; whoever goes by the declaration reads or indexes the text wrongly.

    Remedy: look at the text, and say the right language with --language.
    """
    chosen = description.first("language")
    if chosen is None or page is None:
        return
    for declared in page.languages:
        if _LANGUAGE.match(declared) and declared.split("-")[0].lower() != chosen.split("-")[0].lower():
            yield Fault(RECORD, "the page declares another language than its text has", declared, chosen)


@rule("DCM006", "date-malformed", severity="error", source="W3CDTF; ISO 8601-1")
def date_malformed(description: Description, page: Page | None) -> Iterator[Fault]:
    """A date of the record is not written as dates are.

    Why: programs cannot sort by it.

    Remedy: say the date as 2021, 2021-12 or 2021-12-08 with --date.
    """
    for statement in description.statements:
        if statement.chosen and statement.element == "date" and not _DATE.match(statement.value):
            yield Fault(RECORD, "this is no date", "YYYY, YYYY-MM or YYYY-MM-DD", statement.value)


@rule("DCM007", "language-malformed", severity="error", source="BCP 47, 2.1")
def language_malformed(description: Description, page: Page | None) -> Iterator[Fault]:
    """A language of the record is no language tag.

    Why: programs do not understand it.

    Remedy: say it as a tag, such as en or zh-Hans, with --language.
    """
    for value in description.values("language"):
        if not _LANGUAGE.match(value):
            yield Fault(RECORD, "this is no language tag", None, value)


@rule("DCM008", "modified-before-issued", severity="warning", source="DCMI, issued and modified")
def modified_before_issued(description: Description, page: Page | None) -> Iterator[Fault]:
    """The page says that it was changed before it was published.

    Why: one of the two dates is wrong.

    Remedy: look at the page, and say the right date with --date.
    """
    issued, modified = description.first("date"), description.first("modified")
    if issued and modified and modified[:10] < issued[: len(modified[:10])]:
        yield Fault(RECORD, "the date of change lies before the date of publication", issued, modified)


RULES = (
    title_missing,
    date_missing,
    creator_missing,
    language_missing,
    language_contradicted,
    date_malformed,
    language_malformed,
    modified_before_issued,
)


def check_description(description: Description, page: Page | None = None) -> list[Finding]:
    """Judge a description; with the page at hand, also against what it declares."""
    return run(RULES, description, page)
