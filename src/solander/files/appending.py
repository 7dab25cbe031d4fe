"""Adding to a file that another program keeps, as CI systems want it of the jobs that they run."""

from __future__ import annotations

import os
from pathlib import Path

from solander.errors import ArchiveUnwritable
from solander.files.descent import why


def append(path: Path, content: bytes) -> None:
    """Add bytes to the end of a file; it is made if it is not there.

    Raises:
        ArchiveUnwritable: the system refused.
    """
    try:
        file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC | os.O_NONBLOCK, 0o644)
        try:
            left = memoryview(content)
            while left:
                left = left[os.write(file, left) :]
        finally:
            os.close(file)
    except OSError as error:
        raise ArchiveUnwritable(path, why(error)) from error
