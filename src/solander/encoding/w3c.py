"""Dates and addresses as XML's datatypes want them; what cannot be brought into that form is left out, never guessed.

Source: XML Schema Part 2, 3.2.7–3.2.11 (dates) and 3.2.17 (anyURI); RFC 3986, appendix A.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from functools import lru_cache

_MOMENT = re.compile(
    r"(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2})"
    r"(?:[T ](?P<hour>[0-9]{2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?P<fraction>\.[0-9]{1,9})?)?"
    r"\s?(?P<zone>Z|[+-][0-9]{2}:?[0-9]{2})?)?)?)?\Z"
)
_W3CDTF = re.compile(
    r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2}(?:T[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,9})?)?(?:Z|[+-][0-9]{2}:[0-9]{2}))?)?)?\Z"
)
"""W3C, "Date and Time Formats": with an hour comes the zone."""
_TIME = re.compile(r"(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2}))?\Z")

# Runs of characters with escapes between them: an alternative for each character would take ten times as long.
_CHARACTERS = r"[A-Za-z0-9\-._~!$&'()*+,;=:@/]*(?:%[0-9A-Fa-f]{2}[A-Za-z0-9\-._~!$&'()*+,;=:@/]*)*"
_MORE_CHARACTERS = _CHARACTERS.replace(":@/", ":@/?")
_REFERENCE = re.compile(
    r"(?:[A-Za-z][A-Za-z0-9+.\-]*:(?=[^#])|(?![^/?#]*:))"
    r"(?://(?:[A-Za-z0-9\-._~!$&'()*+,;=:]*(?:%[0-9A-Fa-f]{2}[A-Za-z0-9\-._~!$&'()*+,;=:]*)*@)?"
    r"(?:\[(?P<address>[0-9A-Fa-f:.]+)\]|"
    r"[A-Za-z0-9\-._~!$&'()*+,;=]*(?:%[0-9A-Fa-f]{2}[A-Za-z0-9\-._~!$&'()*+,;=]*)*)"
    r"(?::[0-9]{1,5})?(?=[/?#]|\Z)|(?!//))"
    rf"{_CHARACTERS}(?:\?{_MORE_CHARACTERS})?(?:\#{_MORE_CHARACTERS})?\Z"
)
_PLAIN = r"[A-Za-z0-9\-._~!$&'()*+,;=:@/?]*"
USUAL_ADDRESS = re.compile(rf"(?:https?://[A-Za-z0-9.\-]+(?![^/?#])|/(?!/)){_PLAIN}(?:\#{_PLAIN})?\Z")
"""What most addresses are, and what is told in a third of the time."""
_USUAL_SITE = re.compile(r"https?://[A-Za-z0-9.\-]+\Z")
_USUAL_BYTES = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;=:@/?#"
"""What such an address is made of behind its site, with one ``#`` at most."""
_EMPTY = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:/*\Z|//\Z")
"""A scheme and nothing that it names: legal for RFC 3986 in part, refused by XML's datatype."""
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_NOT_KEPT = re.compile(r"[^A-Za-z0-9%\-._~!$&'()*+,;=:@/?#\[\]]+")

# Browsers pass over controls before an address, and over tabs and line ends within it (URL Standard, 4.4).
_SCRIPT_SCHEMES = "|".join(map(r"[\t\n\r]*".join, ("javascript", "vbscript", "livescript")))
_SCRIPT = re.compile(rf"[\x00-\x20]*(?:{_SCRIPT_SCHEMES})[\t\n\r]*:", re.IGNORECASE)
_ADDRESS_CHARACTERS = 16_000
"""A longer address is none that anything leads to."""


def w3c_date(written: str) -> str | None:
    """A date, or a date with its time, as ``@when`` has it; ``None`` where it is no real one (30 February)."""
    match = _MOMENT.match(written.strip())
    if match is None:
        return None
    year, month, day = match["year"], match["month"], match["day"]
    if year == "0000" or (month and not 1 <= int(month) <= 12):
        return None
    if day and not 1 <= int(day) <= monthrange(int(year), int(month))[1]:
        return None
    date = "-".join(part for part in (year, month, day) if part)
    if not match["hour"]:
        return date
    if int(match["hour"]) > 23 or int(match["minute"]) > 59 or int(match["second"] or 0) > 59:
        return None
    zone = match["zone"] or ""
    if zone not in ("", "Z"):
        zone = f"{zone[:3]}:{zone[-2:]}"
        # XML Schema knows offsets up to 14 hours, but some engines refuse 13 to the west, where no clock is set so.
        offset_minutes = int(zone[1:3]) * 60 + int(zone[4:])
        if int(zone[4:]) > 59 or offset_minutes > (12 if zone[0] == "-" else 14) * 60:
            return None
    return f"{date}T{match['hour']}:{match['minute']}:{match['second'] or '00'}{match['fraction'] or ''}{zone}"


def w3cdtf(written: str) -> str | None:
    """A date of the W3C's profile of ISO 8601 as it is written; ``None`` for any other, or no day of the calendar."""
    return written if _W3CDTF.match(written) and w3c_date(written) else None


def day_of(dates: Iterable[str]) -> str | None:
    """The day of the first real date, in the place where it was told; its month or year, where no more is known."""
    return next((date.partition("T")[0] for one in dates if (date := w3c_date(one))), None)


def w3c_time(written: str) -> str | None:
    """A time of day as ``time/@when`` has it."""
    match = _TIME.match(written.strip())
    if match is None or int(match["hour"]) > 23 or int(match["minute"]) > 59 or int(match["second"] or 0) > 59:
        return None
    return f"{int(match['hour']):02}:{match['minute']}:{match['second'] or '00'}"


def is_script(written: str) -> bool:
    """Whether an address is a program that the page would have run: it names nothing."""
    return _SCRIPT.match(written) is not None


def uri_reference(written: str) -> str | None:
    """An address by RFC 3986, characters outside it percent-encoded; ``None`` where no encoding makes it one."""
    # Before anything is kept: a ``data:`` address may have millions of characters.
    if not 0 < len(written) <= _ADDRESS_CHARACTERS:
        return None
    # Most lie on a page's few sites, and what is behind the site is told in a fifth of the pattern's time.
    end = written.find("/", len("https://"))
    if (
        end > 0
        and written.isascii()
        and not written[end:].encode().translate(None, _USUAL_BYTES)
        and written.count("#") < 2
        and _is_usual_site(written[:end])
    ):
        return written
    return written if USUAL_ADDRESS.match(written) else by_the_grammar(written)


@lru_cache(maxsize=1024)
def _is_usual_site(written: str) -> bool:
    return _USUAL_SITE.match(written) is not None


@lru_cache(maxsize=1024)
def by_the_grammar(written: str) -> str | None:
    """What ``uri_reference`` gives for an address that no glance can judge, by the whole grammar of RFC 3986."""
    if written[-1] in ":/" and _EMPTY.match(written):
        return None
    if _is_reference(written):
        return written
    try:
        encoded = _NOT_KEPT.sub(lambda run: _percent_encoded(run[0]), _STRAY_PERCENT.sub("%25", written))
    except UnicodeEncodeError:
        return None
    before, mark, fragment = encoded.partition("#")
    head, slashes, rest = before.partition("//")
    authority, slash, path = rest.partition("/") if slashes and (not head or head.endswith(":")) else ("", "", before)
    if slashes and not authority and not slash and not path:
        return None
    path = path.replace("[", "%5B").replace("]", "%5D")
    before = f"{head}//{authority}{slash}{path}" if authority or slash else path
    fragment = fragment.replace("#", "%23").replace("[", "%5B").replace("]", "%5D")
    encoded = before + mark + fragment
    return encoded if _is_reference(encoded) else None


@lru_cache(maxsize=256)
def _percent_encoded(run: str) -> str:
    return "".join([f"%{byte:02X}" for byte in run.encode()])


def _is_reference(written: str) -> bool:
    match = _REFERENCE.match(written)
    if match is None or match["address"] is None:
        return match is not None
    # Late: few links name their host by a number of the newer kind.
    from ipaddress import IPv6Address

    try:
        IPv6Address(match["address"])
    except ValueError:
        return False
    return True
