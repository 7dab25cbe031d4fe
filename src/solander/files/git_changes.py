"""What git says has changed: files that differ from a commit, and those that are new.

The program ``git`` is asked, of the repository in which a folder lies; nothing is written, and no program that the
repository names is run.

Source: git-diff(1), git-ls-files(1), git(1) "-c".
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from solander.errors import SourceUnreadable, UsageError

_GIT = ("git", "--no-optional-locks", "-c", "core.fsmonitor=false", "-c", "core.quotePath=false")
"""A repository from elsewhere could name a program as its monitor of files."""

PATIENCE_SECONDS = 300


def changed_since(reference: str, folder: Path) -> frozenset[str]:
    """The files below a repository's root that differ from a commit, are new or are gone: as absolute paths.

    Args:
        reference: a commit, in any way that git knows to name one.
        folder: a folder in the repository.

    Raises:
        UsageError: the folder is in no repository, or no commit is so called.
        SourceUnreadable: git is not installed, or came to no end.
    """
    said = _asked(folder, "rev-parse", "--show-toplevel")
    if said is None:
        raise UsageError(f"{folder} is in no git repository that can be read; --since asks git what has changed")
    root = os.fsdecode(said.rstrip(b"\n"))
    commit = _asked(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{reference}^{{commit}}")
    if commit is None:
        raise UsageError(f"--since: there is no commit {reference!r} in {root}; was it fetched?")
    name = commit.decode("ascii").strip()
    differing = _asked(Path(root), "diff", "--name-only", "--no-renames", "--no-ext-diff", "--no-textconv", "-z", name)
    new = _asked(Path(root), "ls-files", "--others", "--exclude-standard", "-z")
    if differing is None or new is None:
        raise SourceUnreadable(root, "git could not tell what has changed")
    names = {os.fsdecode(one) for one in (*differing.split(b"\0"), *new.split(b"\0")) if one}
    return frozenset(f"{root}/{one}" for one in names)


def _asked(folder: Path, *words: str) -> bytes | None:
    """What git answers; ``None`` where it refuses."""
    try:
        ran = subprocess.run(  # noqa: S603 - git, as the person's path has it; what was given stands behind an end of options
            [*_GIT, "-C", str(folder), *words],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=PATIENCE_SECONDS,
            check=False,
        )
    except FileNotFoundError:
        raise SourceUnreadable("git", "--since asks it, and it is not installed") from None
    except (OSError, subprocess.TimeoutExpired) as error:
        raise SourceUnreadable("git", f"it could not be asked: {error}") from error
    return ran.stdout if ran.returncode == 0 else None
