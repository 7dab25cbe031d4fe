"""A text in which a secret is not told, in whatever form it stands there.

A server may repeat what it was sent, plain or as its own formats write it; what it says is told to a person and kept in
a journal. A secret is sought letter by letter, each as it is or as some format writes it, and in base64 wherever it
begins there, since a name and a colon may stand before it.

Source: RFC 3986, 2.1 (percent-encoding); RFC 8259, 7 (escapes); HTML, 13.1.4 (character references); RFC 4648, 4 and 5
(base64); RFC 7617, 2 (Basic).
"""

from __future__ import annotations

import functools
import html
import json
import re
from base64 import b64encode
from collections.abc import Iterator
from urllib.parse import quote, quote_plus

HIDDEN = "(secret)"
"""What stands in place of a secret wherever something is told."""

SOUGHT_LETTERS = 256
"""A longer secret, as a whole key, is sought by whole forms: no server mixes them in one that long."""

_MIXED_BLANKS = 4
"""Of so many blanks in a row some may be drawn together and others not; of more, all or none."""

_CORE_LETTERS = 4
"""Fewer letters of base64 are anything."""

_ESCAPED = r"\\{1,8}+"
"""What stands before an escape: JSON in JSON in JSON has seven. With a bound, long runs of it cost no time."""

_SHORT_ESCAPES = {"\b": "b", "\f": "f", "\n": "n", "\r": "r", "\t": "t", "\v": "v"}
_IN_BASE64 = {"+": r"(?:\+|-|(?i:%2b))", "/": r"(?:\\{0,8}+/|_|(?i:%2f))"}


def hidden(text: str, secret: str) -> str:
    """A text without a secret; one that is all blanks hides nothing."""
    pattern = _pattern(secret)
    return text if pattern is None else pattern.sub(HIDDEN, text)


@functools.lru_cache(maxsize=16)
def _pattern(secret: str) -> re.Pattern[str] | None:
    if not secret.strip():
        return None
    if len(secret) > SOUGHT_LETTERS:
        # Digits of percent-encoding are large or small; all else as it is.
        forms = [f"(?i:{re.escape(one)})" for one in _whole_forms(secret)]
    else:
        forms = ["".join(_pieces(secret.strip()))]
    # The longest first: of two forms that begin alike the rest of the longer one would stay.
    return re.compile("|".join([*forms, *sorted(set(_in_base64(secret)), key=len, reverse=True)]))


def _whole_forms(secret: str) -> list[str]:
    forms: set[str] = set()
    for one in (secret, secret.strip(), " ".join(secret.split())):
        escaped, whole = json.dumps(one)[1:-1], quote(one, safe="", errors="surrogatepass")
        forms |= {one, quote(one, errors="surrogatepass"), whole, quote(whole, safe=""), html.escape(one)}
        forms |= {quote_plus(one, errors="surrogatepass"), repr(one)[1:-1], "".join(f"&#{ord(part)};" for part in one)}
        forms |= {escaped, json.dumps(escaped)[1:-1], json.dumps(one, ensure_ascii=False)[1:-1]}
    return sorted(forms, key=len, reverse=True)


def _pieces(secret: str) -> Iterator[str]:
    """A pattern for each letter, and one for each run of blanks, and of backslashes with what is behind it."""
    for match in re.finditer(r"(?P<run>\\+)(?P<next>\s+|[^\\]?)|\s+|.", secret, re.DOTALL):
        run, behind = match["run"], match["next"]
        if run:
            yield _backslashes(run, behind)
        else:
            yield _blanks(match[0]) if match[0].isspace() else _letter(match[0])


def _backslashes(run: str, behind: str) -> str:
    """A pattern for backslashes, each of which may be doubled, as often as it was put between quotation marks.

    Of those that stand there some may be the escape of what is behind. However they are shared out, the end is the
    same, so that one way is as good as all (``?>``).
    """
    number = len(run)
    own = rf"(?:\\{{{number},{8 * number}}}+|{_either(_encoded(run[0]))}{{{number}}})"
    if not behind:
        return own
    shared = rf"(?>\\{{{number},{8 * number}}}{_either(_escaped(behind[0]))})"
    if behind.isspace():
        rest = f"(?:{_blanks(behind[1:])})?" if behind[1:] else ""
        return f"(?:{shared}{rest}|{own}{_blanks(behind)})"
    return f"(?:{shared}|{own}{_either([re.escape(behind), *_encoded(behind)])})"


def _blanks(run: str) -> str:
    """A pattern for blanks; as they are there may be any number: what is told is on one line, with one of them."""
    if len(run) > _MIXED_BLANKS:
        return rf"(?:\s++|{''.join(_either([*_encoded(one), re.escape(one)]) for one in run)})"
    first, *others = (_either(_encoded(one)) for one in run)
    return rf"(?:{first}|\s++)" + "".join(rf"(?:{one}|\s*+)" for one in others)


def _letter(letter: str) -> str:
    """A pattern for one letter, as it is or as a format writes it."""
    return _either([rf"\\{{0,8}}+{re.escape(letter)}", *_encoded(letter)])


def _encoded(letter: str) -> list[str]:
    """Patterns for one letter as formats write it.

    No text is of one of these and the letter itself: with two ways for each, a search might try all ways of all.
    """
    # Percent-encoded, or that encoded once more.
    forms = ["(?i:" + "".join(f"%(?:25)*{octet:02x}" for octet in octets) + ")" for octets in _octets(letter)]
    names = [re.escape(html.escape(letter)[1:-1])] if html.escape(letter) != letter else []
    names += ["apos"] if letter == "'" else []
    numbers = [f"#0*{ord(letter)}", f"#[xX]0*(?i:{ord(letter):x})"]
    forms.append(f"&(?:amp;)*{_either([*numbers, *names])};")
    if letter == " ":
        forms.append(r"\+")
    return [*_escaped(letter), *forms]


def _escaped(letter: str) -> list[str]:
    """Patterns for one letter behind a backslash, as JSON and Python write it."""
    units = letter.encode("utf-16-be", "surrogatepass")
    number = ord(letter)
    forms = ["".join(f"{_ESCAPED}u(?i:{units[at : at + 2].hex()})" for at in range(0, len(units), 2))]
    forms.append(f"{_ESCAPED}(?:x(?i:{number:02x})|U(?i:{number:08x}))")
    if letter in _SHORT_ESCAPES:
        forms.append(f"{_ESCAPED}{_SHORT_ESCAPES[letter]}")
    if letter in "\"'/":
        forms.append(f"{_ESCAPED}{letter}")
    return forms


def _either(forms: list[str]) -> str:
    return f"(?:{'|'.join(forms)})"


def _octets(text: str) -> list[bytes]:
    """A text's bytes, as the web writes them, and as older programs do."""
    found = [text.encode("utf-8", "surrogatepass")]
    try:
        old = text.encode("latin-1")
    except UnicodeEncodeError:
        return found
    return found if old == found[0] else [*found, old]


def _in_base64(secret: str) -> Iterator[str]:
    """Patterns for what of base64 hangs on the secret alone, for each place in a group at which it may begin."""
    for octets in _octets(secret):
        for before in range(3):
            size_bits = (before + len(octets)) * 8
            written = b64encode(b"\0" * before + octets).decode()
            core = written[(before * 8 + 5) // 6 : size_bits // 6]
            if len(core) >= _CORE_LETTERS:
                # What lies on either side has some bits of it; a line may end anywhere.
                sought = r"\s?".join(_IN_BASE64.get(letter, letter) for letter in core)
                yield rf"[A-Za-z0-9+/_-]?{sought}[A-Za-z0-9+/_-]?={{0,2}}"
