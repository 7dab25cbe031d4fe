"""What a server tells in JSON, taken out step by step.

What is not of the kind that is documented was told by somebody else than who should have answered, or is not to be
relied on: it is said so, and never taken for "nothing is there", by which a second record would be made.

Source: RFC 8259; docs/decisions.md, "Depositing".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from solander.errors import AnswerLost


@dataclass(frozen=True, slots=True)
class Told:
    """An object of JSON, as a server told it."""

    target: str
    """What the target is called in what is said of it."""
    value: dict[str, Any]

    def has(self, name: str) -> bool:
        """Whether it has a member of this name that is more than ``null``."""
        return self.value.get(name) is not None

    def within(self, *steps: str) -> Told:
        """The object below these steps; an empty one where there is none.

        Raises:
            AnswerLost: something else stands there.
        """
        here = self.value
        for number, step in enumerate(steps, 1):
            below = here.get(step)
            if below is None:
                return Told(self.target, {})
            if not isinstance(below, dict):
                raise self._lacking(steps[:number])
            here = below
        return Told(self.target, here)

    def objects(self, *steps: str, wanted: bool = False) -> list[Told]:
        """The objects of the list below these steps.

        Args:
            steps: at least one.
            wanted: whether a list that is not there is a fault, and not an empty one.

        Raises:
            AnswerLost: something else stands there.
        """
        found = self.within(*steps[:-1]).value.get(steps[-1])
        if found is None and not wanted:
            return []
        if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
            raise self._lacking(steps)
        return [Told(self.target, one) for one in found]

    def text(self, *steps: str) -> str:
        """The text or the whole number below these steps; ``""`` where there is none.

        Raises:
            AnswerLost: something else stands there.
        """
        found = self.within(*steps[:-1]).value.get(steps[-1])
        if found is None:
            return ""
        if isinstance(found, bool) or not isinstance(found, (str, int)):
            raise self._lacking(steps)
        return str(found)

    def name(self, *steps: str) -> str:
        """As ``text``, of what must be there.

        Raises:
            AnswerLost: it is not.
        """
        if text := self.text(*steps):
            return text
        raise self._lacking(steps)

    def size(self, *steps: str) -> int | None:
        """The whole number below these steps; ``None`` where there is none, or something else."""
        found = self.within(*steps[:-1]).value.get(steps[-1])
        return found if isinstance(found, int) and not isinstance(found, bool) else None

    def _lacking(self, steps: tuple[str, ...]) -> AnswerLost:
        what = f"it answered with a record that does not have what should be there ({'/'.join(steps)})"
        return AnswerLost(self.target, what)
