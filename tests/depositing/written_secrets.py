"""Secrets of all kinds, and how a server may write them; none of it may stand in what is told."""

from __future__ import annotations

import html
import json
import re
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Callable, Iterator
from urllib.parse import quote, quote_plus

from hypothesis.strategies import characters, sampled_from, text

from solander.depositing.hiding import HIDDEN

LETTERS = characters(exclude_categories=("Cs",), exclude_characters="\0")
ODD = (
    '"quoted"',
    "it's",
    "100%25 of %2F",
    "a\\b\\\\c",
    "tab\there",
    "größer als ẞ",
    "茶馆的钥匙",
    "🔑🔑🔑",
    "a+b c=d&e",
    "x/y+z==",
)
SECRETS = (
    text(LETTERS, min_size=1, max_size=60) | sampled_from(ODD) | text(LETTERS, min_size=250, max_size=270)
).filter(lambda secret: bool(secret.strip()))
"""Any, short and long, and some that formats write in another way."""


TELLING = 6
"""Of a secret with fewer letters any text has some by chance."""


WRITTEN: dict[str, Callable[[str], str]] = {
    "plain": str,
    "on one line": lambda secret: " ".join(secret.split()),
    "in JSON": lambda secret: json.dumps(secret)[1:-1],
    "in JSON as it is": lambda secret: json.dumps(secret, ensure_ascii=False)[1:-1],
    "in JSON in JSON": lambda secret: json.dumps(json.dumps(secret)[1:-1])[1:-1],
    "in Python": lambda secret: repr(secret)[1:-1],
    "percent-encoded": quote,
    "percent-encoded whole": lambda secret: quote(secret, safe=""),
    "percent-encoded small": lambda secret: re.sub("%..", lambda found: found[0].lower(), quote(secret, safe="")),
    "percent-encoded twice": lambda secret: quote(quote(secret, safe=""), safe=""),
    "as in a form": quote_plus,
    "in HTML": html.escape,
    "in HTML by numbers": lambda secret: "".join(f"&#{ord(one)};" for one in secret),
    "in base64": lambda secret: b64encode(secret.encode()).decode(),
    "in base64 for addresses": lambda secret: urlsafe_b64encode(secret.encode()).decode().rstrip("="),
    "in base64, percent-encoded": lambda secret: quote(b64encode(secret.encode()).decode(), safe=""),
    "as Basic has it": lambda secret: b64encode(f"keeper:{secret}".encode()).decode(),
    "as Basic has it of k": lambda secret: b64encode(f"k:{secret}".encode()).decode(),
    "as Basic has it of nobody": lambda secret: b64encode(f":{secret}".encode()).decode(),
}
"""How a server may repeat it."""


def cores(secret: str) -> Iterator[str]:
    """What of each form hangs on the secret alone: of base64 without the letters that others share in."""
    for name, write in WRITTEN.items():
        form = write(secret)
        if "base64" not in name and "Basic" not in name:
            yield form.strip()
    for before in range(3):
        core = b64encode(b"\0" * before + secret.encode()).decode()[before + bool(before) : -4]
        yield core
        yield core.translate(str.maketrans("+/", "-_"))


def assert_untold(secret: str, told: str, without: str = "") -> None:
    """Nothing of it stands in a text, apart from what stands there whatever the secret is."""
    for part in told.split(HIDDEN):
        for form in cores(secret):
            assert len(form) < TELLING or form in without or form not in part, part
