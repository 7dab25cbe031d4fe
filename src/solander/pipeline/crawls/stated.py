"""What is said of a crawl as a whole: its description, ``bag-info.txt``, and what was done.

Nothing is made up: the title is the file's own name, and the rest is counted.

Source: DCMI Metadata Terms, Collection; docs/design.md, section 4.
"""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

from solander.model.bag import BagInfo
from solander.model.capture import written_moment
from solander.model.description import Description, Evidence, Statement
from solander.model.identifiers import CRAWL_PROFILE_IDENTIFIER
from solander.model.item import INDEX_NAME
from solander.model.provenance import Event, agent_name
from solander.pipeline.crawls.totals import LANGUAGES_TOLD, Totals
from solander.pipeline.events import SOLANDER
from solander.profiles import Profile

HOSTS_TOLD = 5
_CONTROLS = re.compile(r"[\x00-\x1f\x7f\\]")


def recorded_name(source: Path) -> str:
    """What a file of captures was called, as far as it is text of one line: no record of a bag holds another."""
    return _CONTROLS.sub(" ", source.name.encode("utf-8", "surrogateescape").decode("utf-8", "replace"))


def described(name: str, identifier: str, totals: Totals) -> Description:
    """The description of the collection.

    Args:
        name: what the file of captures was called.
        identifier: the object's.
        totals: what its pages come to.
    """

    def counted(element: str, value: str, refinement: str | None = None, language: str | None = None) -> Statement:
        return Statement(element, value, Evidence("capture", "counted"), language, refinement)

    span = "/".join(dict.fromkeys(one[:10] for one in (totals.begin, totals.end) if one))
    languages = sorted(totals.languages, key=lambda one: (-totals.languages[one], one))[:LANGUAGES_TOLD]
    return Description(
        statements=(
            Statement("title", f"Web pages of {name}", Evidence("capture", "file name"), "en"),
            counted("description", sentence(totals), language="en"),
            *((counted("date", span, "created"),) if span else ()),
            counted("type", "Collection"),
            counted("format", f"{totals.pages} web pages", "extent", "en"),
            Statement("identifier", identifier, Evidence("capture", "sha256")),
            *(counted("language", one) for one in languages),
        )
    )


def sentence(totals: Totals) -> str:
    """What the bag holds, for a list of bags."""
    most = sorted(totals.hosts, key=lambda host: (-totals.hosts[host], host))
    hosts = ", ".join(most[:HOSTS_TOLD]) + (
        f" and {len(most) - HOSTS_TOLD:,} other sites" if len(most) > HOSTS_TOLD else ""
    )
    days = " to ".join(dict.fromkeys(one[:10] for one in (totals.begin, totals.end) if one))
    pages = f"{totals.pages:,} web pages" if totals.pages != 1 else "1 web page"
    return pages + (f" of {hosts}" if hosts else "") + (f", captured {days}" if days else "") + "."


def crawl_info(name: str, identifier: str, sha256: str, totals: Totals, at: datetime, profile: Profile) -> BagInfo:
    """What ``bag-info.txt`` says, but for ``Payload-Oxum``.

    Args:
        name: what the file of captures was called.
        identifier: the object's.
        sha256: of the whole file, in small hexadecimal digits.
        totals: what its pages come to.
        at: the moment of packing, aware; its day is the bagging date.
        profile: the archive's, which names who keeps it.

    Source: docs/format.md, "Bags of many pages".
    """
    pairs = (
        ("BagIt-Profile-Identifier", CRAWL_PROFILE_IDENTIFIER),
        ("External-Identifier", identifier),
        ("Bag-Version", "1"),
        ("Bagging-Date", written_moment(at)[:10]),
        ("Bag-Software-Agent", agent_name(SOLANDER)),
        ("Source-Organization", profile.imprint.organization),
        ("Contact-Email", profile.imprint.contact_email),
        ("External-Description", sentence(totals)),
        ("Web-Capture-File", name),
        ("Web-Capture-Pages", str(totals.pages)),
        ("Web-Capture-Begin", totals.begin or None),
        ("Web-Capture-End", totals.end or None),
        ("Web-Capture-SHA256", sha256),
        ("TEI-Agent", agent_name(SOLANDER)),
    )
    return BagInfo.of((label, " ".join(value.split()) if value else None) for label, value in pairs)


def crawl_events(
    totals: Totals, original: str, made: tuple[str, ...], report_name: str, at: datetime, algorithms: tuple[str, ...]
) -> tuple[Event, ...]:
    """What was done, at the moment of the work.

    Args:
        totals: what the pages come to, their findings with them.
        original: the path of the file of captures in the bag, of which all was made.
        made: paths of the records of the whole.
        report_name: path of the report on it.
        at: the moment of the work, aware: one for all events.
        algorithms: of the manifests.

    Source: PREMIS 3.0, entity Event.
    """

    def event(kind: str, detail: str, made: tuple[str, ...] = (), outcome: str = "success") -> Event:
        return Event(
            kind=kind, at=at, agent=SOLANDER, outcome=outcome, detail=detail, used=(original,), made=made, version=1
        )

    errors, warnings = totals.severities["error"], totals.severities["warning"]
    judged = "fail" if errors or totals.report("").unchecked else "warning" if warnings else "success"
    return (
        event(
            "normalization",
            f"{totals.pages} pages made into TEI P5, {totals.failed} not made ({INDEX_NAME} says why).",
            outcome="warning" if totals.failed else "success",
        ),
        event("metadata extraction", "Of each page and of all together.", made),
        event(
            "validation",
            f"Text, description and TEI of each page judged; errors: {errors}, warnings: {warnings}.",
            (report_name,),
            judged,
        ),
        event("message digest calculation", f"For the manifests: {', '.join(algorithms)}."),
        event("information package creation", "Packed as a bag (BagIt 1.0, RFC 8493)."),
    )
