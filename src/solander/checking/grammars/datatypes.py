"""Datatypes of XML Schema and of RELAX NG: whether a text is one, and whether it is a certain value.

What an engine does not check, or each checks in its own way, is checked here. What is not known here is never valid in
silence: ``UnknownDatatype`` is raised when a grammar is read, by ``must_know``.

Source: XML Schema Part 2 (2004), section 3 and appendix F; RELAX NG, section 9; RFC 3986; BCP 47.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from itertools import pairwise

from solander.checking.addresses import is_uri_reference
from solander.checking.grammars.datatype_patterns import UnknownPattern, python_pattern

XSD = "http://www.w3.org/2001/XMLSchema-datatypes"
Facets = tuple[tuple[str, str], ...]


class UnknownDatatype(Exception):
    """A grammar uses a datatype, or a facet of one, that is not known here."""


_START = "A-Z_a-zÀ-ÖØ-öø-˿Ͱ-ͽͿ-\u1fff\u200c\u200d⁰-\u218fⰀ-\u2fef、-\ud7ff豈-\ufdcfﷰ-\ufffd\U00010000-\U000effff"
_REST = f"{_START}\\-.0-9·̀-ͯ‿⁀"
_ZONE = r"(?P<zone>Z|[+-](?:(?:0[0-9]|1[0-3]):[0-5][0-9]|14:00))?"
_YEAR = r"(?P<year>-?(?:[1-9][0-9]{3,}|0[0-9]{3}))"
_MONTH, _DAY = r"(?P<month>0[1-9]|1[0-2])", r"(?P<day>0[1-9]|[12][0-9]|3[01])"
_CLOCK = r"(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]+)?|24:00:00(?:\.0+)?)"
_WORDS = {
    "boolean": r"true|false|1|0",
    "decimal": r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)",
    "double": r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[Ee][+-]?[0-9]+)?|-?INF|NaN",
    "duration": (
        r"-?P(?=[0-9T])(?:[0-9]+Y)?(?:[0-9]+M)?(?:[0-9]+D)?"
        r"(?:T(?=[0-9])(?:[0-9]+H)?(?:[0-9]+M)?(?:[0-9]+(?:\.[0-9]+)?S)?)?"
    ),
    "dateTime": f"{_YEAR}-{_MONTH}-{_DAY}T{_CLOCK}{_ZONE}",
    "date": f"{_YEAR}-{_MONTH}-{_DAY}{_ZONE}",
    "time": _CLOCK + _ZONE,
    "gYearMonth": f"{_YEAR}-{_MONTH}{_ZONE}",
    "gYear": _YEAR + _ZONE,
    "gMonthDay": f"--{_MONTH}-{_DAY}{_ZONE}",
    "gMonth": f"--{_MONTH}{_ZONE}",
    "gDay": f"---{_DAY}{_ZONE}",
    "hexBinary": r"(?:[0-9A-Fa-f]{2})*",
    "base64Binary": r"(?:(?:[A-Za-z0-9+/] ?){4})*(?:(?:[A-Za-z0-9+/] ?){2}(?:[A-Za-z0-9+/] ?=|= ?=))?",
    "language": r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*",
    "Name": f"[:{_START}][:{_REST}]*",
    "NCName": f"[{_START}][{_REST}]*",
    "NMTOKEN": f"[:{_REST}]+",
    "NMTOKENS": f"[:{_REST}]+(?: [:{_REST}]+)*",
    "IDREFS": f"[{_START}][{_REST}]*(?: [{_START}][{_REST}]*)*",
    "QName": f"(?:[{_START}][{_REST}]*:)?[{_START}][{_REST}]*",
    "string": r"(?s:.*)",
}
_SAME = {
    "float": "double",
    "ID": "NCName",
    "IDREF": "NCName",
    "ENTITY": "NCName",
    "ENTITIES": "IDREFS",
    "NOTATION": "QName",
    "token": "string",
    "normalizedString": "string",
}
_BITS = {"long": 63, "int": 31, "short": 15, "byte": 7}
_INTEGERS: dict[str, tuple[int | None, int | None]] = {
    "integer": (None, None),
    "nonNegativeInteger": (0, None),
    "positiveInteger": (1, None),
    "nonPositiveInteger": (None, 0),
    "negativeInteger": (None, -1),
    **{name: (-(2**bits), 2**bits - 1) for name, bits in _BITS.items()},
    **{f"unsigned{name.capitalize()}": (0, 2 ** (bits + 1) - 1) for name, bits in _BITS.items()},
}
_NUMBERS = {"decimal", "double", "float", *_INTEGERS}
_BOUNDS: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "minInclusive": lambda value, bound: value >= bound,
    "maxInclusive": lambda value, bound: value <= bound,
    "minExclusive": lambda value, bound: value > bound,
    "maxExclusive": lambda value, bound: value < bound,
}
_LENGTHS: dict[str, Callable[[int, int], bool]] = {
    "length": lambda length, bound: length == bound,
    "minLength": lambda length, bound: length >= bound,
    "maxLength": lambda length, bound: length <= bound,
}
_DIGITS = ("totalDigits", "fractionDigits")


def must_know(library: str, datatype: str, facets: Facets) -> None:
    """See to it that a datatype with its facets can be judged.

    Raises:
        UnknownDatatype: it cannot.
    """
    if library == "":
        if datatype not in ("string", "token") or facets:
            raise UnknownDatatype(f"RELAX NG itself has no datatype {datatype}")
        return
    if library != XSD:
        raise UnknownDatatype(f"the datatypes of {library[:200]} are not known")
    if datatype not in {*_WORDS, *_SAME, *_INTEGERS, "anyURI"}:
        raise UnknownDatatype(f"XML Schema has no datatype {datatype}")
    for facet, wanted in facets:
        if facet == "pattern":
            try:
                _pattern(wanted)
            except UnknownPattern as error:
                raise UnknownDatatype(f"the pattern {wanted[:100]!r}: {error}") from error
        elif facet in _LENGTHS and wanted.strip().isascii() and wanted.strip().isdigit():
            # A list's length is counted in words, and that of bytes in bytes.
            if datatype in ("NMTOKENS", "IDREFS", "ENTITIES", "hexBinary", "base64Binary", *_NUMBERS):
                raise UnknownDatatype(f"{facet} of {datatype}")
        elif not (datatype in _NUMBERS and (facet in _BOUNDS or facet in _DIGITS) and _number(wanted) is not None):
            raise UnknownDatatype(f"{facet} of {datatype}")


def is_of_datatype(library: str, datatype: str, facets: Facets, text: str) -> bool:
    """Whether a text, with the white space about it, is of a datatype that ``must_know`` knows."""
    if library == "":
        return True
    value = _without_space(datatype, text)
    if datatype == "anyURI":
        right = is_any_uri(value)
    elif datatype in _INTEGERS:
        least, most = _INTEGERS[datatype]
        right = re.fullmatch("[+-]?[0-9]+", value) is not None
        # Of numbers beyond all bounds only the sign is looked at: Python reads no more than 4,300 digits.
        number = Decimal(value) if right else Decimal(0)
        right = right and (least is None or number >= least) and (most is None or number <= most)
    else:
        found = _words(datatype).fullmatch(value)
        right = found is not None and _is_in_calendar(found)
    return right and all(_keeps(value, facet, wanted) for facet, wanted in facets)


def has_value(library: str, datatype: str, wanted: str, text: str) -> bool:
    """Whether a text is a certain value of a datatype."""
    if library == "" and datatype == "string":
        return text == wanted
    one, other = _without_space(datatype, text), _without_space(datatype, wanted)
    if one == other:
        return True
    if datatype in _NUMBERS:
        return _number(one) is not None and _number(one) == _number(other)
    return datatype == "boolean" and {one, other} in ({"true", "1"}, {"false", "0"})


def is_any_uri(value: str) -> bool:
    """Whether this is an ``anyURI``: a URI reference, when what no URI may hold is escaped.

    Source: XML Schema Part 2, 3.2.17; XLink 1.0, 5.4.
    """
    escaped = re.sub(r'[^!#-;=?-\[\]_a-z~]|[<>"{}|\\^`]', "%20", value)
    # Brackets stand about an address in numbers, and are escaped elsewhere.
    host = re.match(r"(?:[^:/?#]+:)?//[^/?#]*", escaped)
    at = host.end() if host else 0
    escaped = escaped[:at] + re.sub(r"[\[\]]", "%5B", escaped[at:])
    return not escaped or is_uri_reference(escaped)


def _keeps(value: str, facet: str, wanted: str) -> bool:
    if facet == "pattern":
        return _pattern(wanted).fullmatch(value) is not None
    if facet in _LENGTHS:
        return _LENGTHS[facet](len(value), int(wanted))
    number, bound = _number(value), _number(wanted)
    if number is None or bound is None:
        return False
    if facet in _BOUNDS:
        # NaN is neither more nor less than anything.
        return not number.is_nan() and _BOUNDS[facet](number, bound)
    _, digits, exponent = number.normalize().as_tuple()
    fraction = max(0, -exponent) if isinstance(exponent, int) else 0
    return (fraction if facet == "fractionDigits" else max(len(digits), fraction)) <= bound


def _number(written: str) -> Decimal | None:
    try:
        return Decimal(written.strip().replace("INF", "Infinity"))
    except InvalidOperation:
        return None


def _without_space(datatype: str, text: str) -> str:
    if datatype == "string":
        return text
    if datatype == "normalizedString":
        return re.sub(r"[\t\r\n]", " ", text)
    return re.sub(r"[ \t\r\n]+", " ", text).strip(" ")


def _is_in_calendar(found: re.Match[str]) -> bool:
    parts = found.groupdict()
    year, month, day = parts.get("year"), parts.get("month"), parts.get("day")
    if year is not None and not int(year[:5000].lstrip("-0") or 0):
        return False  # XML Schema 1.0 has no year 0000
    if month is None or day is None:
        return True
    # 400 years are a round of the calendar, and the last digits tell where in it a year lies.
    number = int(year[-4:]) if year is not None else 4
    leap = number % 4 == 0 and (number % 100 != 0 or (year is not None and int(year.lstrip("-")[-4:]) % 400 == 0))
    return int(day) <= (29 if leap else 28) if month == "02" else int(day) <= (30 if month in _SHORT else 31)


_SHORT = ("04", "06", "09", "11")


@lru_cache(maxsize=64)
def _words(datatype: str) -> re.Pattern[str]:
    return re.compile(_WORDS[_SAME.get(datatype, datatype)])


@lru_cache(maxsize=512)
def _pattern(written: str) -> re.Pattern[str]:
    return python_pattern(written)


def is_language_tag(tag: str) -> bool:
    """Whether a language tag is well-formed, and says nothing twice.

    Source: BCP 47 (RFC 5646), 2.1 and 2.2.9.
    """
    if _IRREGULAR.fullmatch(tag) or _PRIVATE.fullmatch(tag):
        return True
    found = _TAG.fullmatch(tag)
    if found is None:
        return False
    parts = tag.lower().split("-x-")[0].split("-")
    singletons = [part for part in parts[1:] if len(part) == 1]
    variants = [part for part in (found["variants"] or "").lower().split("-") if part]
    return len(singletons) == len(set(singletons)) and len(variants) == len(set(variants)) and _nothing_bare(parts)


def _nothing_bare(parts: list[str]) -> bool:
    """Whether something follows on each single character."""
    return all(len(one) > 1 or len(other) > 1 for one, other in pairwise(parts)) and len(parts[-1]) > 1


_TAG = re.compile(
    r"(?:[a-z]{2,3}(?:-[a-z]{3}){0,3}|[a-z]{4}|[a-z]{5,8})(?:-[a-z]{4})?(?:-(?:[a-z]{2}|[0-9]{3}))?"
    r"(?P<variants>(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*)"
    r"(?:-[0-9a-wy-z](?:-[a-z0-9]{2,8})+)*(?:-x(?:-[a-z0-9]{1,8})+)?",
    re.IGNORECASE | re.ASCII,
)
_PRIVATE = re.compile(r"x(?:-[a-z0-9]{1,8})+", re.IGNORECASE | re.ASCII)
_IRREGULAR = re.compile(
    r"en-GB-oed|i-(?:ami|bnn|default|enochian|hak|klingon|lux|mingo|navajo|pwn|tao|tay|tsu)|sgn-(?:BE-FR|BE-NL|CH-DE)"
    r"|art-lojban|cel-gaulish|no-(?:bok|nyn)|zh-(?:guoyu|hakka|min|min-nan|xiang)",
    re.IGNORECASE | re.ASCII,
)
