"""What is said of a step that was given up: what was answered last, and what to do next.

Source: docs/deposit.md, "What happens, in order".
"""

from __future__ import annotations

from solander.errors import AnswerLost, TargetUnreachable

GOES_ON = "run the same command again later: it goes on from here"


def given_up(error: AnswerLost | TargetUnreachable) -> AnswerLost | TargetUnreachable:
    """Why a step was given up that was tried several times; where it may have been taken, with what to do next."""
    if isinstance(error, TargetUnreachable):
        return error
    return AnswerLost(error.target, f"{error.what}; whether anything was kept is not known; {GOES_ON}")
