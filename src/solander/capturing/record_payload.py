"""The content of a record as its server meant it: without its chunks and codings, and held against its digests.

Source: ISO 28500:2017, 5.9 (WARC-Payload-Digest) and 6.7.2 (revisit); RFC 9112, 7.1; RFC 9110, 8.4.
"""

from __future__ import annotations

import hashlib
from typing import NamedTuple

from solander.capturing.content_coding import TooMuch, codings_of, decode_body
from solander.capturing.http_message import dechunk, has_more, parse_head
from solander.capturing.warc_digests import claim_of, compared
from solander.errors import SourceTooLarge, SourceUnreadable
from solander.model.media_type import tell
from solander.model.warc import HttpHead, Met, RecordHead


class Payload(NamedTuple):
    """The content of a record as its server meant it."""

    content: bytes
    message: HttpHead | None
    head: RecordHead
    codings: tuple[str, ...]
    digest: str | None
    digest_of: str | None
    met: tuple[Met, ...]


def matched_form(written: str | None, forms: dict[str, bytes]) -> str | None:
    """The form of a body that a digest is of; ``None`` where it is of none, or of an unknown algorithm."""
    if written is None:
        return None
    claim = claim_of("WARC-Payload-Digest", written)
    if claim.algorithm is None:
        return None
    found = {
        form: hashlib.new(claim.algorithm, content, usedforsecurity=False).digest() for form, content in forms.items()
    }
    return compared(claim, found, meant="raw").matched


def harm_of(payload: Payload) -> str | None:
    """Why the content of a record is not what was sent, or not all of it, in words; ``None`` where nothing tells so."""
    for kind, words in _HARMS.items():
        if any(one.kind == kind for one in payload.met):
            return words
    if payload.digest is not None and payload.digest_of is None and is_known(payload.digest):
        return "its digest is another"
    if payload.head.first("WARC-Truncated") is not None:
        return "it was cut at capture"
    return "it goes on in other records" if payload.head.first("WARC-Segment-Number") is not None else None


_HARMS = {
    "content-coding-damaged": "its compression is damaged",
    "chunks-broken": "its chunks break off",
    "block-digest-differs": "its record's digest is another",
}


def is_known(written: str) -> bool:
    """Whether a digest is one of an algorithm that can be reckoned again."""
    return claim_of("WARC-Payload-Digest", written).algorithm is not None


def payload_of(head: RecordHead, block: bytes, limit_bytes: int, whose: str, spared: str | None = None) -> Payload:
    """What a record holds, without what was done to it for the way.

    Args:
        head: the record's.
        block: the record's, whole.
        limit_bytes: so much may come out of it.
        whose: its name in messages.
        spared: the digest by which a revisit names its content.

    Raises:
        SourceTooLarge: more comes out of it.
        SourceUnreadable: it is coded in a way that is not known.
    """
    message = parse_head(block) if head.holds_http else None
    body = block[message.size_bytes :] if message is not None else block
    forms = {"raw": body}
    met: list[Met] = []
    claimed = head.first("WARC-Block-Digest")
    if claimed is not None and is_known(claimed) and matched_form(claimed, {"raw": block}) is None:
        met.append(Met("block-digest-differs", "the block's"))
    undone: list[str] = []
    if message is not None:
        if "chunked" in message.values("Transfer-Encoding") and body:
            plain = dechunk(body)
            if not plain.is_chunked:
                met.append(Met("not-really-chunked", ""))
            else:
                undone.append("chunked")
                if plain.fault:
                    met.append(Met("chunks-broken", plain.fault))
                if plain.trailers_at is not None and has_more(body, plain.trailers_at):
                    met.append(Met("bytes-behind-body", "after the last chunk"))
            forms["de-chunked"] = body = plain.body
        codings = codings_of(message)
        try:
            decoded = decode_body(body, codings, limit_bytes)
        except TooMuch:
            raise SourceTooLarge(whose, limit_bytes) from None
        # Storages name codings of their own that they undid; what then is a page is one.
        is_unknown = any(one.kind == "content-coding-unknown" for one in decoded.met)
        if is_unknown and tell(decoded.body).media_type is None:
            raise SourceUnreadable(whose, f"its content coding is not known ({', '.join(codings)[:40]})")
        met += decoded.met
        undone += decoded.undone
        if decoded.undone:
            forms["decoded"] = body = decoded.body
    written = head.first("WARC-Payload-Digest")
    if spared is not None and matched_form(spared, forms) is None and is_known(spared):
        met.append(Met("payload-digest-differs", "the revisit names other content"))
    return Payload(body, message, head, tuple(undone), written, matched_form(written, forms), tuple(met))
