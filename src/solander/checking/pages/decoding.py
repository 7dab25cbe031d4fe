"""A page's bytes as text: the checker's own reading of a charset, so that a slip of the reader's cannot hide itself.

The promise: any name of the Encoding Standard and any bytes give text; what fits no character becomes U+FFFD. The
decoders are Python's, with the places mended where they are not the Standard's.

Source: Encoding Standard, sections 4.2 (names) and 8–14 (the decoders); HTML Standard, 13.2.3.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Collection, Mapping
from typing import TypeAlias

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

Handler: TypeAlias = Callable[[UnicodeError], tuple[str, int]]
"""What a codec asks when bytes fit no character: the text to put, and where to go on."""

_BYTE_ORDER_MARKS = {"utf-8": b"\xef\xbb\xbf", "utf-16le": b"\xff\xfe", "utf-16be": b"\xfe\xff"}

_CODECS: Mapping[str, str] = {
    "utf-16le": "utf-16-le",
    "utf-16be": "utf-16-be",
    "ibm866": "cp866",
    "iso-8859-8-i": "iso-8859-8",
    "macintosh": "mac_roman",
    "x-mac-cyrillic": "mac_cyrillic",
    "windows-874": "cp874",
    # The Standard's multi-byte encodings are the wider ones that their names came to mean.
    "gbk": "gb18030",
    "big5": "big5hkscs",
    "euc-kr": "cp949",
    "shift_jis": "cp932",
    "euc-jp": "euc_jp",
    "iso-2022-jp": "iso2022_jp_ext",
}
"""Python's names for what the Encoding Standard names otherwise."""


def decode_bytes(content: bytes, charset: str) -> str:
    """Decode a page's bytes, without its byte order mark.

    Args:
        content: the bytes, any.
        charset: the canonical name of the Encoding Standard, in any case.

    Raises:
        LookupError: no encoding has this name.
    """
    name = charset.strip().lower()
    content = content.removeprefix(_BYTE_ORDER_MARKS.get(name, b""))
    if name == "replacement":
        return REPLACEMENT if content else ""
    if name == "x-user-defined":
        return "".join([chr(byte if byte < 0x80 else 0xF700 + byte) for byte in content])
    if name.startswith("iso-2022-jp"):
        return _iso_2022_jp(content)
    text = content.decode(_CODECS.get(name, name), _HANDLERS.get(name, "solander-one-byte"))
    return text.translate(_MENDED[name]) if name in _MENDED else text


def _one_byte(more: Mapping[int, str]) -> Handler:
    # Encoding Standard, 9: in the windows code pages a byte from 0x80 to 0x9F without a character is a C1 control;
    # Python calls it an error.
    def handle(error: UnicodeError) -> tuple[str, int]:
        if not isinstance(error, UnicodeDecodeError):
            raise error
        byte = error.object[error.start]
        return chr(byte) if 0x80 <= byte <= 0x9F else more.get(byte, REPLACEMENT), error.start + 1

    return handle


def _two_bytes(leads: Collection[int], mend: Callable[[bytes], str] = lambda pair: "") -> Handler:
    # Encoding Standard, 10–12: a lead byte with a trail that fits no character is one error, save that a trail in
    # ASCII is read again as a character of its own.
    def handle(error: UnicodeError) -> tuple[str, int]:
        if not isinstance(error, UnicodeDecodeError):
            raise error
        start = error.start
        pair = error.object[start : start + 2]
        is_pair = pair[0] in leads and len(pair) == 2 and pair[1] >= 0x80
        return mend(pair) or REPLACEMENT, start + (2 if is_pair else 1)

    return handle


def _euro(pair: bytes) -> str:
    return "\N{EURO SIGN}" if pair[:1] == b"\x80" else ""


def _control_picture(pair: bytes) -> str:
    # Python's Big5 lacks the pictures of controls and the euro sign.
    if len(pair) < 2 or pair[0] != 0xA3 or not 0xC0 <= pair[1] <= 0xE1:
        return ""
    return "␡€"[pair[1] - 0xE0] if pair[1] >= 0xE0 else chr(0x2340 + pair[1])


def _vendors_row(pair: bytes) -> str:
    # Python's EUC-JP lacks the rows that vendors added; its code page 932 has them.
    if len(pair) < 2 or not (0xA1 <= pair[0] <= 0xFE and 0xA1 <= pair[1] <= 0xFE):
        return ""
    return _shift_jis_pair(pair[0] - 0x80, pair[1] - 0x80)


def _shift_jis_pair(first: int, second: int) -> str:
    """The character at a place of JIS X 0208, given by two seven-bit bytes, as code page 932 has it."""
    lead = (first + 1) // 2 + (0x70 if first < 0x5F else 0xB0)
    trail = second + (0x1F + (second >= 0x60) if first % 2 else 0x7E)
    try:
        return bytes((lead, trail)).decode("cp932") if lead < 0xF0 else ""
    except UnicodeDecodeError:
        return ""


_ESCAPES = re.compile(rb"\x1b(\([BJI]|\$[@B])")


def _iso_2022_jp(content: bytes) -> str:
    parts = _ESCAPES.split(content)
    text = [parts[0].decode("ascii", "replace")]
    for mode, run in zip(parts[1::2], parts[2::2], strict=True):
        if mode in (b"$@", b"$B"):
            text.append(_double_bytes(run))
        elif mode == b"(I":
            text.append("".join([chr(0xFF40 + byte) if 0x21 <= byte <= 0x5F else _ascii(byte) for byte in run]))
        else:
            latin = run.decode("ascii", "replace")
            text.append(latin.replace("\\", "¥").replace("~", "‾") if mode == b"(J" else latin)
    return "".join(text)


def _double_bytes(run: bytes) -> str:
    text: list[str] = []
    place = 0
    while place < len(run):
        first, second = run[place], run[place + 1] if place + 1 < len(run) else 0
        if not 0x21 <= first <= 0x7E:
            text.append(_ascii(first))
            place += 1
        else:
            text.append((_shift_jis_pair(first, second) if 0x21 <= second <= 0x7E else "") or REPLACEMENT)
            place += 2
    return "".join(text)


def _ascii(byte: int) -> str:
    return chr(byte) if byte < 0x21 else REPLACEMENT


_HANDLERS = {
    "utf-8": "replace",
    "utf-16le": "replace",
    "utf-16be": "replace",
    "gbk": "solander-gb18030",
    "gb18030": "solander-gb18030",
    "big5": "solander-big5",
    "euc-kr": "solander-euc-kr",
    "shift_jis": "solander-shift-jis",
    "euc-jp": "solander-euc-jp",
    "windows-1255": "solander-windows-1255",
}

_GB18030_2022 = {
    # Encoding Standard, 10.2: what GB 18030-2022 moved out of the private use area.
    **dict(zip(range(0xE78D, 0xE797), "︐︒︑︓︔︕︖︗︘︙", strict=True)),
    **dict(zip((0xE81E, 0xE826, 0xE82B, 0xE82C, 0xE832, 0xE843, 0xE854, 0xE864), "龴龵龶龷龸龹龺龻", strict=True)),
    0xE7C7: "\u1e3f",
    0xE5E5: "\u3000",
}

_MENDED: Mapping[str, Mapping[int, str]] = {
    "gbk": _GB18030_2022,
    "gb18030": _GB18030_2022,
    "big5": dict(zip(map(ord, "•､‾∼♁☉¥¢£"), "‧﹑¯～⊕⊙￥￠￡", strict=True)),
    "koi8-u": {0x255D: "ў", 0x256C: "Ў"},
    "shift_jis": dict.fromkeys((0xF8F0, 0xF8F1, 0xF8F2, 0xF8F3), REPLACEMENT),
    "euc-jp": dict(zip(map(ord, "\u301c\u2016\u2212\u00a2\u00a3\u00ac\u2014"), "～∥－￠￡￢―", strict=True)),
}
"""Characters that Python's decoder gives where the Standard has others, by encoding."""

codecs.register_error("solander-one-byte", _one_byte({}))
codecs.register_error("solander-windows-1255", _one_byte({0xCA: "\u05ba"}))
codecs.register_error("solander-euc-kr", _two_bytes(range(0x81, 0xFF)))
codecs.register_error("solander-big5", _two_bytes(range(0x81, 0xFF), _control_picture))
codecs.register_error("solander-gb18030", _two_bytes(range(0x81, 0xFF), _euro))
codecs.register_error("solander-shift-jis", _two_bytes((*range(0x81, 0xA0), *range(0xE0, 0xFD))))
codecs.register_error("solander-euc-jp", _two_bytes((0x8E, 0x8F, *range(0xA1, 0xFF)), _vendors_row))
