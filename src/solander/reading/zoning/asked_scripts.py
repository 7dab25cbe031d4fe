"""What only asks for scripts: "Please enable JavaScript." in a ``noscript`` is said to whoever reads, not by the page.

Promise: a pure function, in time linear in the drafts; a page with main text keeps some, no whole is parted.

Source: HTML Standard, 4.12.2 (``noscript``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from solander.model.late_pattern import late
from solander.reading.divisions import WHOLE_KINDS, Draft, DraftLeaf

CHARACTERS = 240
"""A longer text in a ``noscript`` says more than that."""

_SCRIPT = re.compile(r"java\s?script", re.IGNORECASE)
_ASKS = late(
    r"\b(?:enabl|activat|turn(?:ed)? on|switch(?:ed)? on|allow|requir|needs?\b|disabl|turned off|without|support|"
    r"aktivier|einschalt|eingeschaltet|deaktivier|benötig|erforderlich|zulassen|erlauben|ohne|"
    r"activ|désactiv|nécessit|habilit|deshabilit|desactiv|necesit|requier|ativ|attiv|abilit|disattiv|richied|"
    r"inschakel|schakel|nodig|aktiver|aktivera|slå|kräv|krev|włącz|wyłącz|wymaga|povol|zapn|vyžaduj|включи|отключ|"
    r"требует|увімкн|ενεργοποι|etkinleştir|engedélyez|kytke|salli)|启用|啟用|开启|開啟|支持|支援|有効|無効|활성|사용",
    re.IGNORECASE,
)


def asks_for_scripts(text: str) -> bool:
    """Whether a short text says that JavaScript is wanted, in any of two dozen languages."""
    return len(text) <= CHARACTERS and _SCRIPT.search(text) is not None and _ASKS.search(text) is not None


def without_asking(drafts: Sequence[Draft | DraftLeaf], zones: list[str], texts: Sequence[str]) -> list[str]:
    """Take what asks for scripts out of the main text.

    Args:
        drafts: the page's; of a list, a table or a quotation nothing is taken.
        zones: a zone a leaf.
        texts: the words of each leaf.

    Returns:
        A zone a leaf; the same where nothing else would be main text.
    """
    asking: list[int] = []
    stack = list(drafts)
    while stack:
        draft = stack.pop()
        if isinstance(draft, Draft):
            if draft.kind not in WHOLE_KINDS:
                stack.extend(draft.children)
        elif (
            draft.last - draft.first == 1
            and zones[draft.first] == "main"
            and "/noscript[" in draft.leaf.source
            and asks_for_scripts(texts[draft.first])
        ):
            asking.append(draft.first)
    if not asking or len(asking) == zones.count("main"):
        return zones
    parted = list(zones)
    for leaf in asking:
        parted[leaf] = "other"
    return parted
