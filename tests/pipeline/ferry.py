"""A page, where and when it was, and what a folder holds after it was packed."""

from datetime import UTC, datetime
from pathlib import Path

AT = datetime(2026, 1, 1, tzinfo=UTC)
URI = "https://harbour.example/ferry"
PAGE = b"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>The ferry timetable</title>
<meta name="author" content="Ines Okafor"><meta name="date" content="2024-03-01"></head>
<body><nav><a href="/">Home</a> <a href="/harbour">Harbour</a></nav>
<main><h1>The ferry timetable</h1>
<p>The first ferry leaves at seven, and the last one returns at nine in the evening.</p>
<p>In winter the crossing takes a little longer; bring something warm.</p></main>
<footer><p>Kept by the harbour office.</p></footer></body></html>
"""


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def modes(folder: Path) -> dict[str, int]:
    return {str(path.relative_to(folder)): path.stat().st_mode for path in folder.rglob("*")}
