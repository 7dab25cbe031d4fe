"""``docs/benchmarks.md``: a part for each benchmark that writes into it; one leaves the others' as they are."""

from __future__ import annotations

import re
from pathlib import Path

DOCUMENT = Path(__file__).parent.parent / "docs" / "benchmarks.md"


def write_part(maker: str, text: str, document: Path = DOCUMENT) -> None:
    """Put a benchmark's part in the place of its last one, or behind the others.

    Args:
        maker: the benchmark's name, which marks its part.
        text: Markdown with headings from the first level on; they are put one level down.
        document: where to.
    """
    begin, end = f"<!-- made by benchmarks/{maker}.py -->", f"<!-- end of benchmarks/{maker}.py -->"
    part = f"{begin}\n{re.sub(r'^#', '##', text.strip(), flags=re.MULTILINE)}\n{end}\n"
    written = document.read_text(encoding="utf-8") if document.exists() else "# Benchmarks\n"
    before, found, rest = written.partition(begin)
    written = before + part + rest.partition(f"{end}\n")[2] if found else f"{written.rstrip()}\n\n{part}"
    document.write_text(written, encoding="utf-8")
