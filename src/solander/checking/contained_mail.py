"""The page in an MHTML file, found by the standard library's reader of mail, which the capturing side does not use.

Source: RFC 2557, 4.2 and 5; RFC 2387, 3.2 (the ``start`` parameter).
"""

from __future__ import annotations

import re
from email import message_from_bytes
from email.message import Message

_PAGES = ("text/html", "application/xhtml+xml")


def page_in_mail(content: bytes) -> bytes | None:
    """The bytes of the root part; ``None`` where there is none."""
    mail = message_from_bytes(content)
    if not mail.is_multipart():
        # Some files do not say what parts them; the first line that could is believed.
        line = re.search(rb"^--([^\s-][^\r\n]*?)[ \t]*\r?\n(?=[A-Za-z-]+:)", content, re.MULTILINE)
        if line is None:
            return _decoded(mail)
        head = b'Content-Type: multipart/related; boundary="' + line[1] + b'"\r\n\r\n'
        locations = [name for name in ("Snapshot-Content-Location", "Content-Location") if mail.get(name)]
        said = "".join(f"{name}: {mail[name]}\r\n" for name in locations).encode("utf-8", "replace")
        mail = message_from_bytes(said + head + content[line.start() :])
    wanted = [
        ("Content-ID", str(mail.get_param("start", "")).strip("<> ")),
        ("Content-Location", str(mail.get("Snapshot-Content-Location", "")).strip()),
        ("Content-Location", str(mail.get("Content-Location", "")).strip()),
    ]
    parts = _parts(mail)
    for header, value in wanted:
        for part in parts if value else ():
            if str(part.get(header, "")).strip().strip("<>") == value and part.get_content_type() in _PAGES:
                return _decoded(part)
    page = next((part for part in parts if part.get_content_type() in _PAGES), None)
    return _decoded(page) if page is not None else None


def _parts(mail: Message) -> list[Message]:
    """Every part that holds no others, in order, whatever they are nested in."""
    found: list[Message] = []
    waiting: list[Message] = [mail]
    while waiting:
        part = waiting.pop()
        held = part.get_payload()
        if isinstance(held, list):
            waiting.extend(one for one in reversed(held) if isinstance(one, Message))
        else:
            found.append(part)
    return found


def _decoded(part: Message) -> bytes | None:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else None
