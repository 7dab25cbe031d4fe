"""What was done to a page on its way into a bag, as PREMIS events: in order, with the programs that did it.

Source: PREMIS Data Dictionary 3.0; the event types are the Library of Congress's words.
"""

from __future__ import annotations

from functools import cache

from solander import __version__
from solander.model.capture import Capture
from solander.model.finding import Report
from solander.model.provenance import Agent, Event
from solander.pipeline.normalising import Normalised

SOLANDER = Agent("solander", __version__)
NOT_RECORDED = Agent("not recorded", None, "software")
"""Whoever captured a page of which only the moment is known."""


def events_of(
    normalised: Normalised, report: Report, *, made: tuple[str, ...], algorithms: tuple[str, ...]
) -> tuple[Event, ...]:
    """The events of one page, all but the capture at the moment of the work.

    Args:
        report: the judgement of text, description and TEI.
        made: the files of the description, named as in the bag.
        algorithms: with which the manifests are made.
    """
    capture, at = normalised.capture, normalised.at
    original, tei = f"data/original/{capture.original_name}", normalised.tei.name
    errors, warnings = len(report.at_or_above("error")), len(report.at_or_above("warning"))
    ran = ", ".join(f"{name} ({count})" if count else name for name, count in normalised.page.normalisations)
    charset = normalised.page.charset
    return (
        *_capture_event(capture, original),
        Event(
            kind="normalization",
            at=at,
            agent=SOLANDER,
            outcome="warning" if charset.replaced else "success",
            detail=f"Read as {charset.name} (evidence: {charset.evidence}){_parser(capture)}; made into TEI P5."
            + (f" Normalisations: {ran}." if ran else ""),
            used=(original,),
            made=(tei,),
        ),
        Event(
            kind="metadata extraction",
            at=at,
            agent=SOLANDER,
            outcome="success",
            detail=f"{sum(one.chosen for one in normalised.description.statements)} statements, "
            f"{len(normalised.said)} of them by a person.",
            used=(original,),
            made=made,
        ),
        Event(
            kind="validation",
            at=at,
            agent=SOLANDER,
            outcome="fail" if errors or report.unchecked else "warning" if warnings else "success",
            detail=f"Text, description and TEI judged by {len(report.rules)} rules; errors: {errors}, "
            f"warnings: {warnings - errors}; the words were counted by {_word_counter()}.",
            used=(original, tei, *made),
        ),
        Event(
            kind="message digest calculation",
            at=at,
            agent=SOLANDER,
            outcome="success",
            detail=f"For the manifests: {', '.join(algorithms)}.",
            used=(original, tei),
        ),
        Event(
            kind="information package creation",
            at=at,
            agent=SOLANDER,
            outcome="success",
            detail="Packed as a bag (BagIt 1.0, RFC 8493).",
            used=(original, tei),
        ),
    )


def _capture_event(capture: Capture, original: str) -> tuple[Event, ...]:
    if capture.captured_at is None:
        return ()
    where = f"From {capture.uri}." if capture.uri else "The address was not recorded."
    return (
        Event(
            kind="capture",
            at=capture.captured_at,
            agent=NOT_RECORDED,
            outcome="success",
            detail=where,
            made=(original,),
        ),
    )


def _parser(capture: Capture) -> str:
    return "" if capture.media_type == "text/plain" else f" with {_with_version('turbohtml')}"


def _word_counter() -> str:
    return _with_version("selectolax")


@cache
def _with_version(distribution: str) -> str:
    # The import is slow, and nothing but packing wants it.
    from importlib.metadata import version

    return f"{distribution} {version(distribution)}"
