"""What a server answered, read to its end."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from solander.depositing.told import Told
from solander.errors import AnswerLost

MEANINGS = {
    401: "is the token right?",
    403: "may this token do that?",
    413: "it takes nothing so large; ask whoever keeps it to raise its limit, and run the same command again",
    507: "it has no room; ask whoever keeps it to make some, and run the same command again",
}
"""What a refusal may come of, or what to do next, by its status (RFC 9110, 15.5; RFC 4918, 11.5)."""


class Answer:
    """What a server answered, read to its end."""

    def __init__(self, status: int, headers: Mapping[str, str], content: bytes, url: str, reason: str = "") -> None:
        self.status, self.headers, self.content, self.url = status, headers, content, url
        self.reason = reason
        """What stands beside the status, as the server words it; empty where it says nothing."""

    @property
    def meaning(self) -> str:
        """What its status may come of, in our words; of a server's fault in its own; empty where nobody says."""
        return MEANINGS.get(self.status) or (self.reason if self.status >= 500 else "")

    def json(self) -> Any:
        """Its content as JSON.

        Raises:
            ValueError: it is none.
        """
        return json.loads(self.content)

    def told(self, target: str) -> Told:
        """Its content as a JSON object; an empty one where there is no content.

        Raises:
            AnswerLost: it is none: whoever answered was not who should have.
        """
        try:
            value = self.json() if self.content else {}
        except (ValueError, RecursionError):
            value = None
        if not isinstance(value, dict):
            is_page = self.headers.get("Content-Type", "").lower().startswith(("text/html", "application/xhtml"))
            what = "a page for people; is the address right?" if is_page else "something that is no record"
            raise AnswerLost(target, f"it answered {self.status} with {what}")
        return Told(target, value)

    def said(self) -> str:
        """What it says of a refusal, in whatever form that is: the message of JSON, with what it says of fields."""
        try:
            value = self.json()
        except (ValueError, RecursionError):
            return self.content.decode("utf-8", "replace")
        if not isinstance(value, dict):
            return str(value)
        said = str(value.get("message") or value.get("error") or value)
        return "; ".join((said, *said_of_fields(value.get("errors"))))


def said_of_fields(errors: object) -> Iterator[str]:
    """What a server says is wrong with fields, ten at most; nothing of what it says in another form.

    Args:
        errors: of its answer: a list of objects with ``field`` and ``messages``.
    """
    for one in errors[:10] if isinstance(errors, list) else ():
        if isinstance(one, dict):
            messages = one.get("messages")
            told = " ".join(map(str, messages)) if isinstance(messages, list) else str(messages or "")
            yield f"{one.get('field', '')}: {told}"
