"""UTF-16 without its byte order mark, told from the bytes; and controls, of which text has next to none.

Source: the Encoding Standard, 14.2 and 14.3 (UTF-16BE/LE); Unicode 16, blocks.
"""

from __future__ import annotations

from solander.model.late_pattern import late

LOOK_BYTES = 4096
"""How much of the beginning is looked at."""

CONTROLS = bytes(byte for byte in range(0x20) if byte not in (0x09, 0x0A, 0x0C, 0x0D, 0x1B))
"""Control characters that stand in no text; ESC switches alphabets in ISO-2022-JP."""

_EAST_ASIAN = late(
    "[\\t\\n\\r -~\u00a0-\u00ff\u2010-\u203b\u3000-\u30ff\u3105-\u312f\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff9f]"
)
"""What texts in Chinese, Japanese and Korean are made of."""


def controls_in(content: bytes) -> int:
    """How many control characters that no text has stand in these bytes."""
    return len(content) - len(content.translate(None, CONTROLS))


def unmarked_utf16(content: bytes) -> str | None:
    """The name of the UTF-16 that an unmarked text is in, or ``None``.

    In most scripts every other byte of a page is NUL. In Chinese, Japanese and Korean few are; but then every low byte
    is as likely as another, controls abound, and read as UTF-16 nearly all is what such texts are made of. Other bytes
    are not: of random ones half are, and what is ASCII, or in an older encoding, has no controls.
    """
    head = content[:LOOK_BYTES]
    head = head[: len(head) // 2 * 2]
    if len(head) < 4 or controls_in(head) * 50 < len(head):
        return None
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if odd > half * 0.4 and even < half * 0.1:
        return "utf-16le"
    if even > half * 0.4 and odd < half * 0.1:
        return "utf-16be"
    for name in ("utf-16le", "utf-16be"):
        # A pair of surrogates may be cut in two at the end.
        text = head.decode(name, "ignore")
        if len(text) >= 8 and len(_EAST_ASIAN.findall(text)) >= half * 0.95:
            return name
    return None
