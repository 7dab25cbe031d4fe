"""One tool reads pages: run by ``benchmarks/reading.py`` with the Python of that tool's environment.

    python reading_peers.py TOOL CORPORA RESULT < PAGES

``PAGES`` is JSON: a list of ``[corpus, name, url]``. ``RESULT`` becomes a line of JSON a page (``seconds`` of processor
time for what the tool does between bytes and its result, and what it gave) and a last one with the peak of memory.
Only the standard library is imported here, and the one tool. The collector of garbage is as Python has it.
"""

from __future__ import annotations

import gzip
import json
import re
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

Given = dict[str, Any]
Reader = Callable[[bytes, str | None], Callable[[], Given]]
"""Does the work that is timed, and gives what makes a result of it, which is not."""

_BLOCKS = frozenset(("p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "td", "th", "dd", "dt", "pre", "blockquote", "div"))


def solander() -> Reader:
    from datetime import UTC, datetime

    from selectolax.lexbor import LexborHTMLParser

    from solander.describing import describe
    from solander.encoding import encode_tei
    from solander.model.capture import Capture
    from solander.reading import read_page

    at = datetime(2026, 1, 1, tzinfo=UTC)

    def read(content: bytes, url: str | None) -> Callable[[], Given]:
        capture = Capture.of_bytes(content, uri=url, captured_at=None)
        page = read_page(capture)
        description = describe(page, capture)
        tei = encode_tei(page, description, capture, at=at).content

        def give() -> Given:
            tree = LexborHTMLParser(content)
            tree.strip_tags(["script", "style", "noscript", "template", "head"])
            visible = tree.body.text(separator=" ") if tree.body else ""
            found = {name: description.values(name) for name in ("title", "date", "creator")}
            # The gold does not tell days of issue from days of the last change, nor does any peer.
            found["date"] = found["date"] or description.values("modified")
            return {"text": page.text(), "whole": page.text("all"), "visible": visible, "tei": tei.decode(), **found}

        return give

    return read


def _trafilatura(**options: Any) -> Reader:
    from trafilatura import extract, extract_metadata  # type: ignore[import-not-found]

    def read(content: bytes, url: str | None) -> Callable[[], Given]:
        result = extract(content, url=url, **options) or ""

        def give() -> Given:
            said = extract_metadata(content, default_url=url)
            names = (("title", "title"), ("date", "date"), ("creator", "author"))
            found = {ours: [value] if (value := getattr(said, theirs, None)) else [] for ours, theirs in names}
            if "output_format" not in options:
                return {"text": result, **found}
            return {"text": _tei_text(result), "tei": result, **found}

        return give

    return read


def _tei_text(tei: str) -> str:
    """The words of a TEI text, but for readers' comments: what a page is judged by holds none."""
    from lxml import etree  # trafilatura's own

    if not tei:
        return ""
    name = "{http://www.tei-c.org/ns/1.0}"
    text = etree.fromstring(tei.encode()).find(f".//{name}text")
    for division in list(text.iter(f"{name}div")) if text is not None else ():
        if division.get("type") == "comments":
            division.getparent().remove(division)
    return "" if text is None else " ".join("\n".join(text.itertext()).split(" "))


def trafilatura_tei() -> Reader:
    return _trafilatura(
        output_format="xmltei",
        with_metadata=True,
        include_tables=True,
        include_links=True,
        include_images=True,
        include_formatting=True,
    )


def trafilatura() -> Reader:
    return _trafilatura()


def trafilatura_fast() -> Reader:
    return _trafilatura(fast=True)


def readability() -> Reader:
    from lxml import html  # type: ignore[import-not-found]
    from readability import Document  # type: ignore[import-not-found]

    def read(content: bytes, url: str | None) -> Callable[[], Given]:
        document = Document(content, url=url)
        summary = document.summary()

        def give() -> Given:
            tree = html.fromstring(summary)
            for element in tree.iter():
                if element.tag in _BLOCKS:
                    element.tail = "\n" + (element.tail or "")
            return {"text": tree.text_content(), "title": [document.short_title()]}

        return give

    return read


def resiliparse() -> Reader:
    from resiliparse.extract.html2text import extract_plain_text  # type: ignore[import-not-found]
    from resiliparse.parse.encoding import bytes_to_str, detect_encoding  # type: ignore[import-not-found]

    def read(content: bytes, url: str | None) -> Callable[[], Given]:
        text = extract_plain_text(bytes_to_str(content, detect_encoding(content)), main_content=True)
        return lambda: {"text": text}

    return read


def turbohtml() -> Reader:
    import turbohtml as parser

    def read(content: bytes, url: str | None) -> Callable[[], Given]:
        article = parser.parse(content).article()
        names = (("text", "text"), ("title", "title"), ("date", "date"), ("creator", "byline"))
        found = {ours: getattr(article, theirs, None) or "" for ours, theirs in names}
        return lambda: {name: value if name == "text" else [value] if value else [] for name, value in found.items()}

    return read


def rs_trafilatura() -> Reader:
    import rs_trafilatura as tool  # type: ignore[import-not-found]

    def read(content: bytes, url: str | None) -> Callable[[], Given]:
        result = tool.extract(content.decode("utf-8", "replace"), url=url)

        def give() -> Given:
            names = (("title", "title"), ("date", "date"), ("creator", "author"))
            found = {ours: [str(value)] if (value := getattr(result, theirs, None)) else [] for ours, theirs in names}
            return {"text": getattr(result, "main_content", None) or getattr(result, "content_text", ""), **found}

        return give

    return read


TOOLS: dict[str, Callable[[], Reader]] = {
    "solander": solander,
    "trafilatura, TEI": trafilatura_tei,
    "trafilatura": trafilatura,
    "trafilatura, fast": trafilatura_fast,
    "rs-trafilatura": rs_trafilatura,
    "readability-lxml": readability,
    "resiliparse": resiliparse,
    "turbohtml article()": turbohtml,
}


def main() -> None:
    """Read the pages, a line each; a page that a tool fails on gave nothing, and its time counts."""
    tool, corpora, result = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    pages = json.load(sys.stdin)
    read = TOOLS[tool]()

    def content(corpus: str, name: str) -> bytes:
        with gzip.open(corpora / corpus / f"{name}.html.gz") as stream:
            return stream.read()

    for corpus, name, url in pages[:3]:
        # What is imported and compiled at the first pages is no page's cost.
        _attempt(read, content(corpus, name), url)
    with result.open("w", encoding="utf-8") as out:
        for corpus, name, url in pages:
            seconds, given = _attempt(read, content(corpus, name), url)
            line = {"corpus": corpus, "name": name, "seconds": seconds, **given}
            out.write(re.sub(r"\\ud[89a-f][0-9a-f]{2}", "\\\\ufffd", json.dumps(line)) + "\n")
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        out.write(json.dumps({"peak_mib": peak}) + "\n")


def _attempt(read: Reader, content: bytes, url: str | None) -> tuple[float, Given]:
    begun = time.process_time()
    try:
        give = read(content, url)
        seconds = time.process_time() - begun
        return seconds, give()
    except Exception as error:  # noqa: BLE001 - whatever a peer fails with is its result for the page
        return time.process_time() - begun, {"text": "", "failed": type(error).__name__}


if __name__ == "__main__":
    main()
