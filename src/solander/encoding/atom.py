"""The newest of an archive as a feed.

What is told of each is when it was packed: the day, for that is what a bag records.

Source: RFC 4287.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from solander.encoding.w3c import w3c_date
from solander.encoding.xml_text import DECLARATION, attributes, escape_text
from solander.model.catalogue import Newest
from solander.model.identifiers import named

NAMESPACE = "http://www.w3.org/2005/Atom"
NEWEST = 50
"""So many stand in a feed."""

_NAME = re.compile(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z")
_SUMMARY_CHARACTERS = 600


def encode_feed(name: str, newest: Sequence[Newest], *, at: Callable[[str], str], here: str | None, home: str) -> bytes:
    """Write the feed.

    Args:
        name: of the archive.
        newest: those that were packed last.
        at: the address of a bag's page, by its key.
        here: the feed's own address; ``None`` where it is not known.
        home: the home page's address.
    """
    moments = [_moment(one.packed_on) for one in newest]
    links = [{"href": home, "type": "text/html"}]
    links += [{"rel": "self", "href": here, "type": "application/atom+xml"}] if here is not None else []
    head = [
        f"<id>{named(f'feed {name}')}</id>",
        f"<title>{escape_text(name)}</title>",
        f"<updated>{max(moments, default=_moment(''))}</updated>",
        f"<author><name>{escape_text(name)}</name></author>",
        *(f"<link{attributes(one)}/>" for one in links),
    ]
    entries = []
    for one, moment in zip(newest, moments, strict=True):
        lines = [
            f"<id>{_identity(one.identifier)}</id>",
            f"<title>{escape_text(one.title or 'A bag without a title')}</title>",
            f"<updated>{moment}</updated>",
            f"<link{attributes({'href': at(one.key), 'type': 'text/html'})}/>",
        ]
        lines += [f"<author><name>{escape_text(one.creators)}</name></author>"] if one.creators else []
        lines += [f"<summary>{escape_text(one.abstract[:_SUMMARY_CHARACTERS])}</summary>"] if one.abstract else []
        entries.append("<entry>\n" + "\n".join(lines) + "\n</entry>\n")
    return (
        f"{DECLARATION}<feed{attributes({'xmlns': NAMESPACE})}>\n" + "\n".join(head) + f"\n{''.join(entries)}</feed>\n"
    ).encode()


def _identity(identifier: str) -> str:
    """What names an entry for ever: the object's identifier, if it is such a name."""
    return identifier if _NAME.match(identifier) else named(f"entry {identifier.encode('utf-8', 'replace').decode()}")


def _moment(day: str) -> str:
    return f"{day if len(day) == 10 and w3c_date(day) == day else '1970-01-01'}T00:00:00Z"
