"""The metadata elements of a bag that Solander makes: ``bag-info.txt`` from the values it speaks of.

A person can read in it what the page was, where, when it was received and packed, by whom, with what.

Source: RFC 8493, 2.2.2; ``schemas/bagit-profile.json`` for the fields that are our own.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from solander.model.bag import PROFILE_IDENTIFIER, BagInfo
from solander.model.capture import Capture
from solander.model.document import Imprint
from solander.model.provenance import Agent


def bag_info(
    *,
    capture: Capture,
    title: str | None,
    identifier: str,
    version: int,
    at: datetime,
    imprint: Imprint,
    agent: Agent,
    more: Sequence[tuple[str, str | None]] = (),
) -> BagInfo:
    """Say in ``bag-info.txt``'s terms what is packed.

    Args:
        capture: where the page was, and when it was received, if the source recorded that.
        title: the page's, as described; ``External-Description``.
        identifier: ``urn:uuid:…``; ``External-Identifier``.
        version: ``Bag-Version``.
        at: the moment of packing, aware, UTC; its day is ``Bagging-Date``.
        imprint: who keeps the bag.
        agent: the program that makes TEI and bag.
        more: labels and values to add at the end.
    """
    program = f"{agent.name} {agent.version}" if agent.version else agent.name
    received = capture.captured_at
    pairs: list[tuple[str, str | None]] = [
        ("BagIt-Profile-Identifier", PROFILE_IDENTIFIER),
        ("Source-Organization", imprint.organization),
        ("Contact-Email", imprint.contact_email),
        ("External-Identifier", identifier),
        ("External-Description", title),
        ("Bag-Version", str(version)),
        ("Bagging-Date", at.strftime("%Y-%m-%d")),
        ("Bag-Software-Agent", program),
        ("Web-Capture-URI", capture.uri),
        ("Web-Capture-Date", received.strftime("%Y-%m-%dT%H:%M:%SZ") if received else None),
        ("TEI-Agent", program),
        *more,
    ]
    return BagInfo.of((label, one_line(value or "")) for label, value in pairs)


def one_line(text: str) -> str:
    """Text fit for a value of ``bag-info.txt``: white space of every kind collapsed, control characters left out.

    Readers of bags are known to break lines at U+2028 and U+0085 too, so these are white space here.
    """
    words = " ".join(text.split())
    return "".join(letter for letter in words if letter >= " " and not "\x7f" <= letter <= "\x9f").strip()
