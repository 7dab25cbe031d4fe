"""How a page was received, told in sentences: in the TEI header, in PREMIS, and by ``solander show``."""

from __future__ import annotations

from solander.model.capture import Capture, Transport


def capture_story(capture: Capture) -> list[str]:
    """How a page was received, in sentences: only what the source recorded."""
    transport, origin = capture.transport, capture.origin
    told: list[str] = []
    if origin.redirects:
        told.append(f"Requested as {origin.redirects[0]}; {_number(len(origin.redirects), 'redirect')} led here.")
    if "text-by-others" in capture.facts:
        told.append("Its text was taken out of the page by whoever captured it; the page itself is not here.")
    if "cut-at-capture" in capture.facts:
        told.append("Whoever captured it says that it was cut.")
    shown = [one for one in capture.media if one.role != "rendering"]
    beside = [f"Captured with it: {_number(len(shown), 'file')} that it shows or needs."] if shown else []
    if transport is None:
        return told + beside
    if transport.status is not None:
        told.append(f"The server answered with status {transport.status}.")
    if transport.ip_address:
        told.append(f"Its address was {transport.ip_address}.")
    if transport.user_agent:
        told.append(f"It was asked as {transport.user_agent}.")
    if transport.codings:
        told.append(f"To read the page, this was undone: {', '.join(transport.codings)}.")
    if transport.rendered_by:
        told.append(
            f"This is the document as {transport.rendered_by} had it after its scripts ran, shadow trees within."
        )
    if transport.robots:
        told.append(transport.robots)
    if transport.revisited:
        told.append(f"It was found unchanged; its content stands in the record {transport.revisited}.")
    if transport.payload_digest:
        told.append(_of_digest(transport))
    told += beside
    if len(shown) < len(capture.media):
        told.append("How the browser showed it, stands in data/renderings/.")
    if transport.not_fetched:
        told.append(f"Not to be had: {_number(len(transport.not_fetched), 'file')} that it shows or needs.")
    if transport.not_there:
        told.append(f"Not at their places: {_number(len(transport.not_there), 'file')} that it shows or needs.")
    return told


def _of_digest(transport: Transport) -> str:
    forms = {
        "raw": "the body as it was sent",
        "de-chunked": "the body without its chunks",
        "decoded": "the body decoded",
        None: "none of the forms of the body that is kept",
    }
    return f"The recorded payload digest {transport.payload_digest} is that of {forms[transport.payload_digest_of]}."


def _number(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
