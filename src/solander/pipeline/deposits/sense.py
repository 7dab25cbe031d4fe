"""Whether what is asked of a deposit can be meant: asked once, before anything is judged or sent."""

from __future__ import annotations

import re
from pathlib import Path

from solander.errors import UsageError
from solander.model.deposit import EMBARGOED
from solander.pipeline import clock
from solander.pipeline.deposits.request import DepositRequest
from solander.pipeline.deposits.target_settings import Place
from solander.profiles import setting_fault

FOLDERS = frozenset(("dir", "ocfl", "saf"))
"""The schemes of targets that are folders of this machine."""

_PASSWORD = re.compile(r"\A([a-z0-9-]+:https?://|sftp:(?://)?(?=[^/@]*:))[^/@]*@", re.IGNORECASE)
"""Who may enter, before a host; of a place of SFTP only with a password, since a user's name belongs there."""


def refuse_senseless(request: DepositRequest, place: Place) -> None:
    """Refuse what contradicts itself, or what the target could make nothing of.

    Args:
        request: what is asked.
        place: the target, and what its keeper has settled.

    Raises:
        UsageError: an embargo has no end, or one that has passed, or an end is given and no embargo; or a setting is
            none of the target's, or has a value that it cannot have; or the place itself holds a password, or a sign
            of the shell that no shell undid.
    """
    _refuse_place(place.written)
    _refuse_settings(request, place)
    # What is said now comes last, and outweighs what the keeper has settled.
    access = request.access or dict((*place.settings, *request.settings)).get("access")
    until = request.embargo_until
    if (access == EMBARGOED) != (until is not None):
        raise UsageError("--access embargoed and --embargo-until DAY go together")
    if until is not None and until < clock.moment(request.at).date():
        raise UsageError(f"--embargo-until {until.isoformat()}: this day has passed; name one to come, or no embargo")


def _refuse_place(written: str) -> None:
    scheme, _, rest = written.partition(":")
    if scheme.lower() in FOLDERS and (rest == "~" or rest.startswith("~/")):
        # The shell undoes it at the beginning of a word alone.
        home = Path(rest).expanduser()
        raise UsageError(f"{written}: no shell undoes ~ behind a colon; write {scheme}:{home}")
    bare = _PASSWORD.sub(r"\1…@", written)
    if bare != written:
        # Whoever keeps what is said here, as a job of CI does, is not to keep the password.
        raise UsageError(f"{bare}: a name or password does not belong into an address; see docs/deposit.md")


def _refuse_settings(request: DepositRequest, place: Place) -> None:
    from solander.depositing.settings import EVERYWHERE, SETTINGS  # late: most deposits say none

    scheme = place.written.partition(":")[0].lower()
    if scheme not in SETTINGS:
        return  # it is no target, which is told where it is opened
    known = (*SETTINGS[scheme], *EVERYWHERE)
    for name, value in request.settings:
        if name not in known:
            raise UsageError(f"--set {name}={value}: {scheme}: has no such setting; it has {', '.join(known)}")
        if name == "access" and value == EMBARGOED:
            continue  # it stands here as --access has it; in solander.toml no day could go with it
        if (fault := setting_fault(name, value)) is not None:
            raise UsageError(f"--set {fault}")
