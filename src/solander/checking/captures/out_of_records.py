"""CAP rules of captures out of records: how a page was received, and what is lacking of it.

Source: ISO 28500:2017 (WARC 1.1); RFC 9110 and 9112 (HTTP).
"""

from __future__ import annotations

from collections.abc import Iterator

from solander.checking.rules import Fault, rule
from solander.model.addresses import without_credentials
from solander.model.bag_layout import ORIGINAL_FOLDER
from solander.model.capture import Capture
from solander.model.finding import Place
from solander.model.page import Page


def _met(capture: Capture, fact: str, what: str) -> Iterator[Fault]:
    """The one fault of a fact that capturing met."""
    if fact in capture.facts:
        yield Fault(Place(f"{ORIGINAL_FOLDER}{capture.original_name}"), what)


_NAMED = 20
"""Of what was left out, so many are told of by name."""

_SHOWN = 200


def _shortened(address: str) -> str:
    """An address as a line of a finding can bear it: short, and without what may be a password."""
    place, space, reason = address.partition(" ")
    if (clean := without_credentials(place)[0]) != place:
        address = f"{clean or 'an address with a password'}{space}{reason}"
    return address if len(address) <= _SHOWN else address[: _SHOWN - 1] + "…"


@rule("CAP030", "status-not-success", severity="warning", source="RFC 9110, 15")
def status_not_success(capture: Capture, page: Page) -> Iterator[Fault]:
    """The server answered with another status than success.

    Why: what was packed is the server's notice, and perhaps not the page.

    Remedy: keep it if the notice is what you want; else capture the page again.
    """
    status = capture.transport.status if capture.transport is not None else None
    yield from _met(capture, "status-not-success", f"the server answered with status {status}")


@rule("CAP031", "media-left-out", severity="warning", source="law 6: what comes from outside is bounded")
def media_left_out(capture: Capture, page: Page) -> Iterator[Fault]:
    """Something that the page shows was captured with it, but is too large for the bag, could not be read, came in
    pieces or with another digest than its record claims, or is not in the folder that was saved beside it.

    Why: the page is not all there.

    Remedy: of a saved page, put the folder beside it again, or what it shows into one, and pack it anew; else take the
    file out of its source by hand, and keep it beside the bag.
    """
    what = "something that the page shows was captured, and is too large, not whole or cannot be read"
    if capture.container is None:
        what = "something that the page shows is not in a folder of its name beside it, is too large or cannot be read"
    if capture.left_out:
        more = len(capture.left_out) - _NAMED
        named = ", ".join(_shortened(one) for one in capture.left_out[:_NAMED])
        what += f": {named}" + (f" and {more:,} more" if more > 0 else "")
    yield from _met(capture, "media-left-out", what)


@rule("CAP032", "payload-digest-differs", severity="error", source="ISO 28500:2017, 5.9 (WARC-Payload-Digest)")
def payload_digest_differs(capture: Capture, page: Page) -> Iterator[Fault]:
    """The digest that the record claims of its payload is that of no form of it.

    Why: the page was changed after it was captured, or its digest was taken of something else.

    Remedy: compare the record with its source (``solander validate`` on the file that it came from).
    """
    yield from _met(capture, "payload-digest-differs", "WARC-Payload-Digest does not match the bytes")


@rule("CAP033", "not-really-chunked", severity="info", source="RFC 9112, 7.1")
def not_really_chunked(capture: Capture, page: Page) -> Iterator[Fault]:
    """The record says that the page came in chunks, and it did not.

    Why: other programs may fail to read it.

    Remedy: none is needed.
    """
    yield from _met(capture, "not-really-chunked", "the page is not in chunks as its record says")


@rule("CAP034", "chunks-broken", severity="warning", source="RFC 9112, 7.1")
def chunks_broken(capture: Capture, page: Page) -> Iterator[Fault]:
    """The chunks in which the page came break off, or break their form.

    Why: the end of the page is lacking.

    Remedy: capture the page again, if it still stands.
    """
    yield from _met(capture, "chunks-broken", "the page breaks off: its chunks do")


@rule("CAP035", "content-coding-not-applied", severity="info", source="RFC 9110, 8.4")
def content_coding_not_applied(capture: Capture, page: Page) -> Iterator[Fault]:
    """The record says that the page is compressed, and it is not.

    Why: other programs may fail to read it.

    Remedy: none is needed.
    """
    yield from _met(capture, "content-coding-not-applied", "the page is not compressed as its record says")


@rule("CAP036", "content-coding-damaged", severity="warning", source="RFC 9110, 8.4")
def content_coding_damaged(capture: Capture, page: Page) -> Iterator[Fault]:
    """The page is compressed, and cannot be decompressed to its end.

    Why: the end of the page is lacking.

    Remedy: capture the page again, if it still stands.
    """
    yield from _met(capture, "content-coding-damaged", "the page breaks off: its compression does")


@rule("CAP037", "cut-at-capture", severity="warning", source="ISO 28500:2017, 5.13 (WARC-Truncated)")
def cut_at_capture(capture: Capture, page: Page) -> Iterator[Fault]:
    """Whoever captured the page says that it was cut.

    Why: the end of the page is lacking.

    Remedy: capture the page again with a higher bound, if it still stands.
    """
    yield from _met(capture, "cut-at-capture", "the page was cut when it was captured")


@rule("CAP038", "text-by-others", severity="info", source="ISO 28500:2017, 6.8 (conversion)")
def text_by_others(capture: Capture, page: Page) -> Iterator[Fault]:
    """The record holds the page's text as another program extracted it, and not the page.

    Why: headings, lists, links and pictures are lost, and perhaps words.

    Remedy: pack the page itself, if its own record is to be had (WARC-Refers-To names it).
    """
    yield from _met(capture, "text-by-others", "this is text that another program took from the page")


@rule("CAP039", "page-in-segments", severity="error", source="ISO 28500:2017, 8 (record segmentation)")
def page_in_segments(capture: Capture, page: Page) -> Iterator[Fault]:
    """The record is one segment of the page; what follows stands in records of its own, which are not read.

    Why: the end of the page is lacking.

    Remedy: put the segments together into one record with a program that does so, and pack that.
    """
    yield from _met(capture, "page-in-segments", "the page goes on in continuation records, which are not read")


@rule("CAP040", "bytes-behind-body", severity="warning", source="RFC 9112, 7.1; RFC 1952, 2.2")
def bytes_behind_body(capture: Capture, page: Page) -> Iterator[Fault]:
    """Bytes stand behind the end of the page, after its last chunk or the last member of its compression.

    Why: they are kept, but are no part of the page that was read; they may be words that were meant to be.

    Remedy: look at the record; where a server or a proxy wrote too much, none is needed.
    """
    yield from _met(capture, "bytes-behind-body", "bytes stand behind the end of the page, and were not read")


@rule("CAP041", "block-digest-differs", severity="warning", source="ISO 28500:2017, 5.8 (WARC-Block-Digest)")
def block_digest_differs(capture: Capture, page: Page) -> Iterator[Fault]:
    """The digest that the record claims of its block, the header of its message with it, is another.

    Why: the record was changed or damaged after it was written; its payload may be whole all the same.

    Remedy: compare the record with its source (``solander validate`` on the file that it came from).
    """
    yield from _met(capture, "block-digest-differs", "WARC-Block-Digest does not match the bytes")


RULES = (
    status_not_success,
    media_left_out,
    payload_digest_differs,
    not_really_chunked,
    chunks_broken,
    content_coding_not_applied,
    content_coding_damaged,
    cut_at_capture,
    text_by_others,
    page_in_segments,
    bytes_behind_body,
    block_digest_differs,
)
