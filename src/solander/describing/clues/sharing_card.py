"""Whom the card for those who share a link names: a user, or data under a label such as "Written by"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from solander.describing.candidate import Candidate, candidate
from solander.describing.clues.labels import credited, facts
from solander.describing.kinds import Kind
from solander.describing.names.no_names import is_noise
from solander.model.page import Signal

# "@coast_weekly" is an account, as a rule the paper's; without the sign it is a name.
_NO_NAME_OF_USER = re.compile(r"\A\s*@|://|\A\d+\Z")


def harvest_card(signals: Iterable[Signal]) -> Iterator[Candidate]:
    """Whom the card for those who share a link names: ``twitter:label1`` "Written by", ``twitter:data1`` the name.

    Args:
        signals: the page's; of them the card is read, and nothing else.
    """
    cards = {one.name: one for one in signals if one.origin == "meta" and one.name.startswith("twitter:")}
    if (user := cards.get("twitter:creator")) and user.value.strip() and not _NO_NAME_OF_USER.search(user.value):
        for role, person in credited(user.value, whole=True):
            yield candidate(
                role, person, Kind.SHARED, user.source, name=user.name, preference=14, noise=is_noise(person)
            )
    for number in "12":
        label, data = cards.get(f"twitter:label{number}"), cards.get(f"twitter:data{number}")
        if label and data and any(fact.kind == "creator" for fact in facts(f"{label.value.strip(' :')}: x")):
            for role, person in credited(data.value, whole=True):
                yield candidate(
                    role, person, Kind.ON_CARD, data.source, name=data.name, preference=12, noise=is_noise(person)
                )
