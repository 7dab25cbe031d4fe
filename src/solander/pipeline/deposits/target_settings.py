"""Where a bag is sent, as a person wrote it: a target's own name, or one that the archive's keeper gave it.

A secret comes from the environment, a file or the system's keyring; never from the command line, where every process
could read it, nor from ``solander.toml``, which is shared.
"""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from solander.errors import ArchiveError, UsageError
from solander.files.named import read_whole
from solander.pipeline import clock
from solander.profiles import load_profile

if TYPE_CHECKING:
    from solander.depositing.terms import TargetTerms
    from solander.model.targets import Target

SECRET_LIMIT_BYTES = 64 * 1024

_S3_VARIABLES = {"user": "AWS_ACCESS_KEY_ID", "secret": "AWS_SECRET_ACCESS_KEY", "endpoint": "AWS_ENDPOINT_URL"}


class Place(NamedTuple):
    """A target and what the keeper has settled of it."""

    written: str
    """As targets are written: ``zenodo:``."""
    settings: tuple[tuple[str, str], ...]

    def setting(self, name: str) -> str | None:
        """A setting; ``None`` if the keeper has none."""
        return dict(self.settings).get(name)


def place_of(to: str, archive: Path) -> Place:
    """The place that a person names: ``SCHEME:REST``, or a name from the archive's ``solander.toml``.

    Raises:
        UsageError: there is none of that name.
        ProfileError: ``solander.toml`` could not be used.
    """
    if ":" in to:
        return Place(to, ())
    targets = dict(load_profile(archive).targets)
    if to not in targets:
        known = f"; known there: {', '.join(sorted(targets))}" if targets else ""
        raise UsageError(f"{to!r} is no target: write one, as zenodo: or ocfl:PATH, or name it in solander.toml{known}")
    settings = dict(targets[to])
    return Place(settings.pop("to"), tuple(settings.items()))


def opened(place: Place) -> Target:
    """The target of a place, with its secret at hand; nothing is asked of it yet.

    Raises:
        UsageError: it is none, or its secret cannot be had.
    """
    from solander.depositing import open_target

    return open_target(place.written, _terms(place))


class Hiding(NamedTuple):
    """How secrets are kept out of what is told, and of what is kept."""

    told: Callable[[str], str] = str
    kept: Callable[[str], str] = str

    def clear(self, error: BaseException) -> None:
        """Take the secrets out of an exception, and out of those that it came from."""
        seen: set[int] = set()
        waiting: list[BaseException | None] = [error]
        while waiting:
            one = waiting.pop()
            if one is None or id(one) in seen:
                continue
            seen.add(id(one))
            one.args = tuple(self.told(part) if isinstance(part, str) else part for part in one.args)
            if isinstance(what := getattr(one, "what", None), str):
                one.what = self.told(what)  # type: ignore[attr-defined]  # it has one, as was just seen
            waiting += (one.__cause__, one.__context__)


def hiding_of(place: Place) -> Hiding:
    """How the secrets of a place are hidden.

    Raises:
        UsageError: its secret cannot be had.
    """
    terms = _terms(place)
    return Hiding(terms.hide, terms.hide_kept)


def opened_to_plan(place: Place) -> tuple[Target, str | None]:
    """The target of a place, never to be asked for anything, and what keeps it from being opened for more, if anything.

    Raises:
        UsageError: it is none.
    """
    from solander.depositing import open_target
    from solander.depositing.terms import Secret

    try:
        return opened(place), None
    except UsageError as error:
        lacking = str(error)
        # Only an account may be lacking: with one that is none, everything else that is wrong is told.
        bare = place._replace(settings=tuple(one for one in place.settings if "token_" not in one[0]))
        terms = _terms(bare)
        nobody = Secret("nobody")
        further = terms.further or (("registry", nobody),)
        stand_in = replace(terms, user=terms.user or "nobody", secret=terms.secret or nobody, further=further)
        return open_target(place.written, stand_in), lacking.removeprefix(f"{place.written}: ")


def _terms(place: Place) -> TargetTerms:
    from solander.depositing.terms import Secret, TargetTerms

    scheme = place.written.partition(":")[0]
    variable = scheme.upper().replace("-", "_")
    settings = dict(place.settings)
    is_s3 = scheme == "s3"
    secret = _secret(place, f"SOLANDER_TOKEN_{variable}") or (
        os.environ.get(_S3_VARIABLES["secret"]) if is_s3 else None
    )
    user = settings.get("user") or os.environ.get(f"SOLANDER_USER_{variable}")
    if is_s3:
        user = user or os.environ.get(_S3_VARIABLES["user"])
        endpoint = os.environ.get(_S3_VARIABLES["endpoint"])
        if endpoint:
            settings.setdefault("endpoint", endpoint)
    registry = _secret(place, f"SOLANDER_TOKEN_{variable}_REGISTRY", "registry_token")
    return TargetTerms(
        seconds_running=clock.seconds_running,
        sleep=clock.wait,
        user=user,
        secret=Secret(secret) if secret else None,
        further=(("registry", Secret(registry)),) if registry else (),
        settings=tuple(settings.items()),
    )


def _secret(place: Place, variable: str, name: str = "token") -> str | None:
    named, file, ring = (place.setting(f"{name}_{home}") for home in ("env", "file", "keyring"))
    if named is not None:
        if not os.environ.get(named):
            raise UsageError(
                f"{place.written}: the environment variable {named}, which should hold its token, is not set"
            )
        return os.environ[named]
    if file is not None:
        try:
            content = read_whole(Path(file), SECRET_LIMIT_BYTES).decode().strip()
        except (ArchiveError, UnicodeDecodeError):
            raise UsageError(f"{place.written}: the file {file}, which should hold its token, cannot be read") from None
        if not content:
            raise UsageError(f"{place.written}: the file {file}, which should hold its token, is empty")
        return content
    if ring is not None:
        return _from_keyring(place, *ring.split("/", 1))
    return os.environ.get(variable) or None


def _from_keyring(place: Place, service: str, user: str) -> str:
    try:
        keyring = importlib.import_module("keyring")
    except ImportError:
        what = "the keyring needs a package of its own; install it: pip install 'solander[keyring]'"
        raise UsageError(f"{place.written}: {what}") from None
    found = keyring.get_password(service, user)
    if not found:
        raise UsageError(f"{place.written}: the keyring has nothing for {user} at {service}")
    return str(found)
