"""Texts of several scripts to be encoded, and which charset is believed, by what evidence."""

from __future__ import annotations

import webencodings.labels

from solander.reading.trees.charset import decode

HTML = "text/html"
NAMES = sorted(set(webencodings.labels.LABELS.values()) - {"replacement"})
FRENCH = "<p>Une façade à côté de la mer, où l’été passe.</p>"
CHINESE = "<p>渡轮七点出发，九点回来。乘客请在码头等候，不要迟到，也不要忘记带票。</p>"
GREEK = "<p>Το πλοίο φεύγει στις επτά το πρωί και επιστρέφει στις εννέα το βράδυ. Άνοιξη στο λιμάνι.</p>"
RUSSIAN = "<p>Паром уходит в семь утра и возвращается в девять вечера. Билеты продаются на причале.</p>"
JAPANESE = "<p>渡し船は朝の七時に出て、夜の九時に戻ります。切符は桟橋で売っています。</p>"


def believed(content: bytes, declared: str | None = None, media_type: str = HTML) -> tuple[str, str]:
    charset = decode(content, declared, media_type).charset
    return charset.name, charset.evidence


def meta(label: str) -> bytes:
    return f'<meta charset="{label}">'.encode()
