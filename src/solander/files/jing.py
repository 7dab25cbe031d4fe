"""Asking ``jing``, where it is installed: a validator in Java that knows RELAX NG in both its forms.

It reads files alone, and reads what they call for: so it is given copies in a folder of its own, of documents that call
for nothing.

Source: https://relaxng.org/jclark/jing.html.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from solander.files.talking import NoAnswer

DOCUMENT = "document.xml"


class JingFault(NamedTuple):
    """A line of what jing says."""

    line: int
    column: int
    message: str


def find_jing() -> str | None:
    """Where jing is; ``None`` if it is not installed."""
    return shutil.which("jing")


def ask_jing(jing: str, schema: str, files: Mapping[str, bytes], document: bytes, seconds: float) -> list[JingFault]:
    """What jing says of a document.

    Args:
        jing: where it is.
        schema: the name of the schema among the files.
        files: the schema and what lies beside it, by name.
        document: it calls for nothing: it has no DOCTYPE and includes nothing.
        seconds: how long it is waited for.

    Raises:
        NoAnswer: it came to no end, or said nothing that is understood.
    """
    with tempfile.TemporaryDirectory(prefix="solander-jing-") as folder:
        for name, content in {**files, DOCUMENT: document}.items():
            (Path(folder) / name).write_bytes(content)
        compact = ["-c"] if schema.endswith(".rnc") else []
        try:
            ran = subprocess.run(  # noqa: S603 - the program that the user named, on files of ours
                [jing, "-i", *compact, schema, DOCUMENT],
                stdin=subprocess.DEVNULL,
                capture_output=True,
                cwd=folder,
                timeout=seconds,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise NoAnswer(f"jing had come to no end after {seconds:,.0f} seconds") from None
        except OSError as error:
            raise NoAnswer(f"jing could not be started: {error.strerror or error}") from error
    said = ran.stdout.decode("utf-8", "replace")
    found, of_schema = [], []
    for line in said.splitlines():
        told = re.fullmatch(
            r"(?P<file>.*?):(?P<line>\d+):(?P<column>\d+): (?:error|fatal(?: error)?): (?P<message>.*)", line
        )
        if told and told["file"].endswith(DOCUMENT):
            found.append(JingFault(int(told["line"]), int(told["column"]), told["message"]))
        elif told:
            of_schema.append(f"{told['file'].rpartition('/')[2]}:{told['line']}: {told['message']}")
    if of_schema or ran.returncode not in (0, 1) or bool(ran.returncode) != bool(found):
        why = (of_schema or said.splitlines() or [f"it ended with status {ran.returncode}"])[0]
        raise NoAnswer(f"jing came to no verdict: {why[:300]}")
    return found
