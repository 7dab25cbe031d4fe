"""What a record's content is, for a capture that is made of it: which kind of page, in which charset, and what is odd.

Source: ISO 28500:2017, 5.9 (``WARC-Payload-Digest``) and 5.13 (``WARC-Truncated``).
"""

from __future__ import annotations

import re

from solander.capturing.record_payload import Payload, is_known
from solander.capturing.warc_index import Held
from solander.errors import NotAPage, SourceEmpty
from solander.model.media_type import is_blank, tell
from solander.model.warc import HttpHead, RecordHead

_HARMED = ("content-coding-damaged", "chunks-broken")
"""What may be the reason that there is nothing where something was sent."""

_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([^\s\"';,]{1,40})", re.IGNORECASE)


def page_type(payload: Payload, whose: str) -> str:
    """The media type of the page that a record holds; ``whose`` is the record's name in messages.

    Raises:
        SourceEmpty: nothing comes out of it.
        NotAPage: it holds something else.
    """
    if is_blank(payload.content):
        harm = next((met.message for met in payload.met if met.kind in _HARMED), None)
        why = f"nothing comes out of the record's body ({harm})" if harm else "the record's body is empty"
        raise SourceEmpty(whose).retold(whose, f"{why}: there is no page in it")
    told = tell(payload.content)
    if told.media_type is None:
        raise NotAPage(whose, told.found, told.remedy)
    return told.media_type


def charset_declared(message: HttpHead | None, head: RecordHead) -> str | None:
    """The charset that the server's answer declares or, where there is none, the record's header."""
    declared = message.first("Content-Type") if message is not None else head.first("Content-Type")
    charset = _CHARSET.search(declared or "")
    return charset[1] if charset else None


def facts_of(payload: Payload, original: Held) -> list[str]:
    """What is to be known of a record's content before it is taken for the whole page as its server sent it."""
    facts: list[str] = []
    if payload.digest is not None and payload.digest_of is None and is_known(payload.digest):
        facts.append("payload-digest-differs")
    if original.kind == "conversion":
        facts.append("text-by-others")
    if payload.head.first("WARC-Truncated") is not None:
        facts.append("cut-at-capture")
    if payload.head.first("WARC-Segment-Number") is not None:
        facts.append("page-in-segments")
    return facts
