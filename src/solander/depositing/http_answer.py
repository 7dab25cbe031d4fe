"""What a server answered, read to its end."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from solander.errors import AnswerLost


class Answer:
    """What a server answered, read to its end."""

    def __init__(self, status: int, headers: Mapping[str, str], content: bytes, url: str) -> None:
        self.status, self.headers, self.content, self.url = status, headers, content, url

    def json(self) -> Any:
        """Its content as JSON.

        Raises:
            ValueError: it is none.
        """
        return json.loads(self.content)

    def value(self, target: str) -> dict[str, Any]:
        """Its content as a JSON object; an empty one where there is no content.

        Raises:
            AnswerLost: it is none: whoever answered was not who should have.
        """
        try:
            value = self.json() if self.content else {}
        except (ValueError, RecursionError):
            value = None
        if not isinstance(value, dict):
            raise AnswerLost(target, f"it answered {self.status} with something that is no record")
        return value
