"""What a site asks of programs that fetch its pages: its ``robots.txt``, read and applied.

Source: RFC 9309 (Robots Exclusion Protocol).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import quote, unquote_to_bytes

ROBOTS_LIMIT_BYTES = 500 * 1024
"""RFC 9309, 2.5: as much must be read, and no more is."""

PRODUCT = "solander"
_KEY = re.compile(r"[A-Za-z-]+\Z")
_ESCAPED = re.compile(r"(%2a|%24)", re.IGNORECASE)
_TOKEN = re.compile(r"[A-Za-z_-]+")
_RULES_LIMIT = 20_000
_LENGTH = 2_000


class Rule(NamedTuple):
    """One line of ``Allow`` or ``Disallow``."""

    path: str
    """As it stands there: ``*`` is any text, ``$`` at the end the end of an address."""
    allows: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Robots:
    """What applies to us."""

    rules: tuple[Rule, ...] = ()
    delay_seconds: float | None = None
    """``Crawl-delay``, which is no part of the standard; some sites ask for it."""
    sitemaps: tuple[str, ...] = ()

    def refusing(self, target: str) -> Rule | None:
        """The rule that disallows an address; ``None`` where it may be fetched.

        Args:
            target: its path and query.
        """
        if target.partition("?")[0] == "/robots.txt":
            return None
        wanted = _normal(target.replace("*", "%2A").replace("$", "%24"))
        found = [rule for rule in self.rules if _matches(_normal(rule.path), wanted)]
        # RFC 9309, 2.2.2: the most specific match is used, and Allow where two are equally so.
        best = max(found, key=lambda rule: (len(rule.path.encode()), rule.allows), default=None)
        return None if best is None or best.allows else best


def parse_robots(content: bytes, product: str = PRODUCT) -> Robots:
    """Read what applies to a program.

    Args:
        content: the file; what is beyond ``ROBOTS_LIMIT_BYTES`` is not read.
        product: the program's product token; where no group names it, those for ``*`` hold.
    """
    text = content[:ROBOTS_LIMIT_BYTES].decode("utf-8-sig", "replace")
    groups: dict[str, list[Rule]] = {}
    delays: dict[str, float] = {}
    sitemaps: list[str] = []
    agents: list[str] = []
    is_open = False
    for line in re.split(r"\r\n|\n|\r", text):
        name, colon, said = line.partition("#")[0].partition(":")
        key, value = name.strip().lower(), said.strip()
        if not colon or not _KEY.match(key):
            continue
        if key == "user-agent":
            if not is_open:
                agents = []
            token = _TOKEN.match(value)
            agents.append("*" if value[:1] == "*" else token[0].lower() if token else "")
            groups.setdefault(agents[-1], [])
            is_open = True
        elif key in ("allow", "disallow"):
            is_open = False
            for agent in agents:
                if value[:1] in ("/", "*", "$") and len(groups[agent]) < _RULES_LIMIT:
                    groups[agent].append(Rule(value[:_LENGTH], key == "allow"))
        elif key == "crawl-delay":
            is_open = False
            for agent in agents:
                if re.fullmatch(r"[0-9]{1,6}(\.[0-9]{1,3})?", value):
                    delays[agent] = float(value)
        elif key == "sitemap":
            sitemaps.append(value)
    ours = product.lower() if product.lower() in groups else "*"
    return Robots(rules=tuple(groups.get(ours, ())), delay_seconds=delays.get(ours), sitemaps=tuple(sitemaps))


def _matches(pattern: str, target: str) -> bool:
    """Whether an address begins as a pattern says; in time that grows with both, whatever they are."""
    is_whole = pattern.endswith("$")
    parts = pattern.removesuffix("$").split("*")
    if not target.startswith(parts[0]):
        return False
    at = len(parts[0])
    if len(parts) == 1:
        return not is_whole or at == len(target)
    for part in parts[1:-1]:
        at = target.find(part, at)
        if at < 0:
            return False
        at += len(part)
    if is_whole:
        return len(target) - len(parts[-1]) >= at and target.endswith(parts[-1])
    return target.find(parts[-1], at) >= 0


def _normal(path: str) -> str:
    """A path whose letters are written in one way (RFC 9309, 2.2.2); "*" and "$" stay escaped, where they are.

    So a rule means the letter itself (2.2.3), and no other text.
    """
    parts = _ESCAPED.split(path)
    return "".join(
        part.upper() if number % 2 else quote(unquote_to_bytes(part), safe="/*$?&=:;,+@!'()~-._")
        for number, part in enumerate(parts)
    )
