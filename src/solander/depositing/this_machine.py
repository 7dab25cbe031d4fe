"""Places on this machine as targets: what its system refuses there is the place's refusal, as a server's is.

Wherever a bag is sent, exit status 4 says that the place did not take it, or that the deposit did not come to its end
there; 3 is left for what stands here, and for a server that could not be reached.

Source: docs/decisions.md, "Depositing".
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from solander.errors import ArchiveError, ArchiveUnwritable, DepositError, DepositRejected, NameTaken
from solander.files.descent import why


@contextlib.contextmanager
def writing_there(target: str) -> Iterator[None]:
    """Say of what the system does not let be written that the target took nothing; reading what is sent is not meant.

    Raises:
        DepositRejected: the system refused.
    """
    try:
        yield
    except (ArchiveUnwritable, NameTaken) as error:
        raise DepositRejected(target, str(error)) from error
    except OSError as error:
        raise DepositRejected(target, why(error)) from error


@contextlib.contextmanager
def reading_there(target: str) -> Iterator[None]:
    """Say of what the system does not let be read that the target did not give it.

    Raises:
        DepositError: the system refused.
    """
    try:
        yield
    except ArchiveError as error:
        raise DepositError(target, str(error)) from error
    except OSError as error:
        raise DepositError(target, why(error)) from error


def address_there(place: Path) -> str:
    """The address of a place on this machine, without ``..``: receipts keep it, and are read elsewhere.

    Links keep their names, which a keeper may have made to last, unless a way back leads through one.
    """
    whole = place.absolute()
    return (whole.resolve() if ".." in whole.parts else whole).as_uri()
