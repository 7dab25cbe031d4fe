"""An audit's memory: which bag of an archive was checked when, by whom, and what came of it.

Source: RFC 8493, 1.2 (fixity); docs/format.md, "The log of audits".
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from solander.model.provenance import Agent

PASSED, FAILED, UNCHECKED, WITHDRAWN = OUTCOMES = ("passed", "failed", "unchecked", "withdrawn")
"""What comes of a bag: all of it was checked and nothing is an error; an error was found; something could not be
checked; or it was not looked at, for a person said that it had been taken out of the archive."""

LOG_NAME = "audit-log.jsonl"
"""The file beside an archive's bags in which audits are recorded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Audited:
    """One check of one bag: a line of the log."""

    bag: str
    """The name of its folder or archive file, in the archive."""

    identifier: str | None
    """``External-Identifier``; ``None`` where the bag has none."""

    at: datetime
    """When the check began: aware, UTC, whole seconds."""

    outcome: str
    """One of ``OUTCOMES``."""

    codes: tuple[str, ...] = ()
    """Of the rules that had something to say, sorted, each once."""

    manifests: tuple[tuple[str, str], ...] = ()
    """Names of the tag manifests, or of the payload manifests where there is none, with the SHA-256 of each file in
    small hexadecimal digits: they bind every byte of the bag. By name."""

    files: int = 0
    size_bytes: int = 0

    agent: Agent
    """Who checked it."""
