"""What reaching a target takes: its secret, how long to wait, and the clock that waiting goes by."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from solander.depositing.hiding import HIDDEN, hidden
from solander.errors import UsageError

TELLING_LETTERS = 6
"""A shorter secret stands in names by chance."""


class Secret:
    """A token or password: it goes into a header or a signature, and is told nowhere."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        """The secret itself, for the one place that sends it."""
        return self._value

    def __repr__(self) -> str:
        return HIDDEN

    __str__ = __repr__

    def __reduce__(self) -> str | tuple[object, ...]:
        raise TypeError("a secret is not written down")


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetTerms:
    """On which terms a target is reached."""

    seconds_running: Callable[[], float]
    """Seconds since some moment."""

    sleep: Callable[[float], None]
    """Waits so many seconds."""

    user: str | None = None
    """A name to go with the secret, where the protocol wants one."""

    secret: Secret | None = None
    """A token, password or key; ``None`` where none was given."""

    further: tuple[tuple[str, Secret], ...] = ()
    """Further secrets, by what they are for: ``registry``."""

    timeout_seconds: float = 60.0
    """How long the other side may say nothing."""

    patience_seconds: float = 300.0
    """How long in all it may ask for patience (``Retry-After``, 5xx), and be waited for in one step."""

    settings: tuple[tuple[str, str], ...] = field(default=())
    """What only this target asks for, by name: ``region``, ``endpoint``, ``community``."""

    def setting(self, name: str) -> str | None:
        """A setting of this target; ``None`` if it was not given."""
        return dict(self.settings).get(name)

    def further_secret(self, purpose: str) -> Secret | None:
        """A further secret; ``None`` if it was not given."""
        return dict(self.further).get(purpose)

    def hide(self, text: str) -> str:
        """A text without any of the secrets, whatever form they stand in: for what is told."""
        return self._without(text, 1)

    def hide_kept(self, text: str) -> str:
        """The same for what is kept: a name or an address must not lose a part for which a short secret stands too."""
        return self._without(text, TELLING_LETTERS)

    def _without(self, text: str, least_letters: int) -> str:
        for one in (self.secret, *(secret for _, secret in self.further)):
            if one is not None and len(one.reveal()) >= least_letters:
                text = hidden(text, one.reveal())
        return text


def web_target(scheme: str, rest: str, whose: str, example: str) -> str:
    """The name of a target that is an address of the web.

    Args:
        scheme: how the target is spelled: ``dspace``.
        rest: what is said behind it.
        whose: what the address is of, for a person: ``the server's``.
        example: an address that would do.

    Raises:
        UsageError: the rest is no such address.
    """
    if not rest.startswith(("http://", "https://")):
        raise UsageError(f"{scheme}:{rest}: write {whose} address, as {scheme}:{example}")
    return f"{scheme}:{rest}"
