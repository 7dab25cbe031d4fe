"""What was done to a page on its way into a bag, as PREMIS events: in order, with the programs that did it.

Source: PREMIS Data Dictionary 3.0; the event types are the Library of Congress's words.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from typing import TYPE_CHECKING, NamedTuple

from solander import __version__
from solander.model.bag_layout import ORIGINAL_FOLDER, REPORT_NAME
from solander.model.capture import Capture
from solander.model.capture_story import capture_story
from solander.model.finding import Report
from solander.model.provenance import Agent, Event, agent_name

if TYPE_CHECKING:
    from solander.pipeline.pages.normalising import Normalised

SOLANDER = Agent("solander", __version__)


class Following(NamedTuple):
    """How a bag follows another of the same object."""

    version: int
    """The new one's ``Bag-Version``."""
    name: str
    """The folder name of the bag before."""
    changed: tuple[str, ...]
    """What is stated or asked otherwise than in that bag: elements and options."""


def events_of(
    normalised: Normalised,
    report: Report,
    *,
    view: str,
    made: tuple[str, ...],
    algorithms: tuple[str, ...],
    following: Following | None = None,
) -> tuple[Event, ...]:
    """The events of one page, all but the capture at the moment of the work.

    Args:
        report: the judgement of text, description and TEI.
        view: the view for reading, named as in the bag.
        made: the files of the description, named as in the bag.
        algorithms: with which the manifests are made.
        following: the bag that this one follows, if it is not the first.
    """
    capture, at = normalised.capture, normalised.at
    original, tei = f"{ORIGINAL_FOLDER}{capture.original_name}", normalised.tei.name
    errors, warnings = len(report.at_or_above("error")), len(report.at_or_above("warning"))
    ran = ", ".join(f"{name} ({count})" if count else name for name, count in normalised.page.normalisations)
    charset = normalised.page.charset
    event = partial(Event, at=at, agent=SOLANDER, version=following.version if following else 1)
    return (
        *_capture_event(capture, original),
        event(
            kind="normalization",
            outcome="warning" if charset.replaced else "success",
            detail=f"Read as {charset.name} (evidence: {charset.evidence}){_parser(capture)}; made into TEI P5, "
            "and a view for reading." + (f" Normalisations: {ran}." if ran else ""),
            used=(original,),
            made=(tei, view),
        ),
        event(
            kind="metadata extraction",
            outcome="success",
            detail=f"{sum(one.chosen for one in normalised.description.statements)} statements, "
            f"{len(normalised.said)} of them by a person.",
            used=(original,),
            made=made,
        ),
        *_correction_event(following, made, event),
        event(
            kind="validation",
            outcome="fail" if errors or report.unchecked else "warning" if warnings else "success",
            detail=f"Text, description, TEI and view judged; errors: {errors}, warnings: {warnings - errors}; "
            f"the words were counted by {_word_counter()}. By which rules and schemas, stands in {REPORT_NAME}.",
            used=(original, tei, view, *made),
            made=(REPORT_NAME,),
        ),
        event(
            kind="message digest calculation",
            outcome="success",
            detail=f"For the manifests: {', '.join(algorithms)}.",
            used=(original, tei, view),
        ),
        event(
            kind="information package creation",
            outcome="success",
            detail="Packed as a bag (BagIt 1.0, RFC 8493)"
            + (f": version {following.version}, after {following.name}." if following else "."),
            used=(original, tei, view),
        ),
    )


def _capture_event(capture: Capture, original: str) -> tuple[Event, ...]:
    """The capture by others, as far as it is known: who did it and how it came out is not made up."""
    if capture.captured_at is None:
        return ()
    where = f"From {capture.uri}." if capture.uri else "The address was not recorded."
    transport = capture.transport
    if transport is None or transport.software is None:
        said = "What captured it, and how that came out, was not recorded."
        agent = None
    else:
        named = " ".join(transport.software.split())
        # The same program is one agent, whatever it did.
        agent, said = SOLANDER if named == agent_name(SOLANDER) else Agent(named), ""
    detail = " ".join(part for part in (where, *capture_story(capture), said) if part)
    return (Event(kind="capture", at=capture.captured_at, agent=agent, detail=detail, made=(original,)),)


def _correction_event(
    following: Following | None, made: tuple[str, ...], event: Callable[..., Event]
) -> tuple[Event, ...]:
    if following is None:
        return ()
    detail = f"Other than in {following.name}: {', '.join(following.changed)}."
    return (event(kind="metadata modification", outcome="success", detail=detail, made=made),)


def _parser(capture: Capture) -> str:
    return "" if capture.media_type == "text/plain" else f" with {_with_version('turbohtml')}"


def _word_counter() -> str:
    return _with_version("selectolax")


@cache
def _with_version(distribution: str) -> str:
    # The import is slow, and nothing but packing wants it.
    from importlib.metadata import version

    return f"{distribution} {version(distribution)}"
