"""How a page was received, out of its records: status, digests, agents, and what was noted beside it.

Source: ISO 28500:2017, 5.9 (``WARC-Payload-Digest``), 6.2 (warcinfo) and 6.6 (metadata).
"""

from __future__ import annotations

from collections.abc import Iterable

from solander.capturing.record_payload import Payload
from solander.capturing.warc_index import Held
from solander.model.capture import Transport
from solander.model.warc import HttpHead


def said_fields(block: bytes) -> list[tuple[str, str]]:
    """The lines of ``application/warc-fields`` that say something, names in small letters."""
    said: list[tuple[str, str]] = []
    for line in block.decode("utf-8", "replace").splitlines():
        name, colon, value = line.partition(":")
        if colon and value.strip():
            said.append((name.strip().lower(), value.strip()))
    return said


def transport_of(
    message: HttpHead | None,
    payload: Payload,
    one: Held,
    original: Held,
    said: dict[str, str],
    request: HttpHead | None,
    noted: Iterable[tuple[str, str]],
    address: str | None,
) -> Transport:
    """What is known of how a page was received.

    Args:
        message: the server's answer, of the later visit where there are two.
        payload: what the record holds.
        one: the record.
        original: that which has the content; the same but for a revisit.
        said: the fields of its warcinfo record.
        request: what was asked.
        noted: the fields of the metadata records beside it.
        address: of the machine that answered.
    """
    notes = list(noted)
    tags = [value for name, value in message.fields if name.lower() == "x-robots-tag"] if message is not None else []
    return Transport(
        status=message.status if message is not None else None,
        payload_digest=payload.digest,
        payload_digest_of=payload.digest_of,
        codings=payload.codings,
        ip_address=address,
        software=said.get("software"),
        user_agent=(request.first("User-Agent") if request is not None else None) or said.get("http-header-user-agent"),
        revisited=original.record_id if original is not one else None,
        robots=next((value for name, value in notes if name == "robots"), None),
        rendered_by=next((value for name, value in notes if name == "rendered-by"), None),
        not_fetched=tuple(value for name, value in notes if name == "not-fetched"),
        not_there=tuple(value for name, value in notes if name == "not-there"),
        robots_tags=tuple(value.lower() for value in tags),
    )
