"""Events: what was done to what, when, by whom, and how it came out.

Source: PREMIS Data Dictionary 3.0, entities Event and Agent; Library of Congress event types.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple


class Agent(NamedTuple):
    """A program, a person or an organisation that acted."""

    name: str
    version: str | None = None
    kind: str = "software"
    """``software``, ``person`` or ``organization`` (PREMIS agentType)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing that was done."""

    kind: str
    """The Library of Congress's word: ``capture``, ``normalization``, ``metadata extraction``, ``validation`` …"""

    at: datetime | None
    """Aware, UTC; ``None`` where the moment was not recorded."""

    agent: Agent | None = None
    """Who or what acted; ``None`` where that was not recorded: nobody is made up."""

    outcome: str | None = None
    """``success``, ``warning`` or ``fail`` (Library of Congress, eventOutcome); ``None`` where nobody recorded it."""

    detail: str = ""
    """One sentence for a person: parameters, counts."""

    used: tuple[str, ...] = ()
    """Files that it read, named as in the bag."""

    made: tuple[str, ...] = ()
    """Files that it made, named as in the bag."""

    version: int | None = None
    """The ``Bag-Version`` in whose making it took place; ``None`` where it is one for all versions, as the capture."""


def agent_name(agent: Agent) -> str:
    """How an agent is pointed to: its name and version."""
    return f"{agent.name} {agent.version}" if agent.version else agent.name
