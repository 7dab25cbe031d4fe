"""Page to TEI beside its peers in one run: quality, speed and memory over pages whose main text people marked.

    python -m benchmarks.reading CORPORA [--sample N] [--tools solander trafilatura …] [--write]

``CORPORA`` holds a folder a corpus with ``gold.json`` and ``<id>.html.gz``. Each peer gets an environment of its own
(``--environments`` keeps them); one that cannot be had is said to be "not run". The pages are dealt into slices, and in
each slice the tools take turns, so that whatever else the machine does meets all alike. What is timed is the way from
bytes to the tool's result, in processor time of one process; start-up and the first pages are no part of it.

The main text of TEI is that of its text proper; trafilatura's comments are left out of its TEI's. TEI is validated by
jing against ``tei_all`` (``--schema``, ``--jing``). Needs nothing beside Solander but the network of pip.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import Any

from benchmarks import reading_figures as figures
from benchmarks.document import write_part
from benchmarks.reading_peers import TOOLS

HERE = Path(__file__).parent
PACKAGES = {
    "trafilatura, TEI": ("trafilatura", "lxml_html_clean"),
    "trafilatura": ("trafilatura", "lxml_html_clean"),
    "trafilatura, fast": ("trafilatura", "lxml_html_clean"),
    "rs-trafilatura": ("rs-trafilatura",),
    "readability-lxml": ("readability-lxml", "lxml_html_clean"),
    "resiliparse": ("resiliparse",),
    "turbohtml article()": ("turbohtml",),
}
"""What pip installs for each peer; the first is the peer, whose version is told."""

PYTHONS = {"rs-trafilatura": "python3.12"}
"""The Python that a peer's only wheel is for, looked for on the path; the others take the one that runs this."""

TYPES = ("article", "documentation", "forum", "service", "listing", "collection", "product")
PEER = "trafilatura, TEI"

Results = dict[tuple[str, str], dict[str, Any]]


def environment(tool: str, folder: Path) -> tuple[str, str] | None:
    """The Python of a tool's environment and the tool's version; ``None`` if it cannot be had."""
    if tool not in PACKAGES:
        return sys.executable, importlib.metadata.version("solander")
    packages = PACKAGES[tool]
    place = folder / "+".join(packages)
    python = place / "bin" / "python"
    ask = f"import importlib.metadata as m; print(m.version({packages[0]!r}))"
    try:
        if not python.exists():
            maker = shutil.which(PYTHONS[tool]) or sys.executable if tool in PYTHONS else sys.executable
            subprocess.run([maker, "-m", "venv", str(place)], check=True, capture_output=True)
            # Wheels alone: what must be built here is another program than the one that people get.
            install = [str(python), "-m", "pip", "install", "--quiet", "--only-binary", ":all:", *packages]
            subprocess.run(install, check=True, capture_output=True)
        version = subprocess.run([str(python), "-c", ask], check=True, capture_output=True, text=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return None
    return str(python), version


def run(tool: str, python: str, corpora: Path, pages: list[tuple[str, str, str | None]], folder: Path) -> list[Any]:
    """Let a tool read pages in a process of its own; a line a page, and one with the peak of memory.

    Raises:
        RuntimeError: the process itself failed.
    """
    result = folder / "result.jsonl"
    command = [python, str(HERE / "reading_peers.py"), tool, str(corpora), str(result)]
    quiet = {**os.environ, "PYTHONWARNINGS": "ignore"}
    ran = subprocess.run(command, input=json.dumps(pages), text=True, capture_output=True, env=quiet, check=False)
    if ran.returncode:
        raise RuntimeError(f"{tool}: {ran.stderr.strip()[-600:]}")
    with result.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def valid_share(results: Results, jing: str, schema: Path | None, folder: Path) -> float | None:
    """Which part of the TEI is valid; a page for which there is none is not. ``None`` if it was not checked."""
    if schema is None or not any("tei" in one for one in results.values()):
        return None
    files: list[str] = []
    for number, one in enumerate(results.values()):
        if one.get("tei"):
            place = folder / f"{number}.xml"
            place.write_text(one["tei"], encoding="utf-8")
            files.append(str(place))
    invalid: set[str] = set()
    try:
        for first in range(0, len(files), 200):
            command = [jing, str(schema), *files[first : first + 200]]
            said = subprocess.run(command, capture_output=True, text=True, check=False)
            invalid.update(line.partition(".xml:")[0] for line in said.stdout.splitlines() if ".xml:" in line)
    except OSError:
        return None
    finally:
        for file in files:
            Path(file).unlink()
    return (len(files) - len(invalid)) / len(results)


def judged(results: Results, golds: dict[str, dict[str, Any]], visible: dict[tuple[str, str], str]) -> dict[str, float]:
    """All figures of a tool by name; those for which there is no gold are left out."""
    by: dict[str, list[float]] = defaultdict(list)
    grams: list[tuple[float | None, float | None]] = []
    missing: dict[str, list[int]] = {"lost": [0, 0], "lost from the TEI": [0, 0]}
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for (corpus, name), one in results.items():
        gold, text = golds[corpus][name], one["text"]
        if gold.get("text"):
            by[f"LCS {corpus}"].append(figures.lcs_f1(text, gold["text"]))
            if corpus == "aeb":
                grams.append(figures.shingles(text, gold["text"]))
            if corpus == "wcxb_dev":
                score = figures.word_f1(text, gold["text"])
                by["words, all"].append(score)
                by[f"words, {gold.get('page_type')}"].append(score)
            wholes = (("lost", text), ("lost from the TEI", one["whole"])) if "whole" in one else (("lost", text),)
            for key, words in wholes:
                for at, number in enumerate(figures.lost(words, gold["text"], visible.get((corpus, name), ""))):
                    missing[key][at] += number
        elif gold.get("with") or gold.get("without"):
            for at, number in enumerate(figures.segments(text, gold.get("with") or [], gold.get("without") or [])):
                counts[corpus][at] += number
        for element, key in (("title", "title"), ("date", "date"), ("creator", "author")):
            if gold.get(key) and element in one:
                by[f"{element} {corpus}"].append(figures.is_right(element, gold[key], one[element] or []))
    found = {name: figures.mean(values) for name, values in by.items()}
    for corpus, (right, lacking, leaked) in counts.items():
        found[f"segments {corpus}"] = figures.f1(right, right + leaked, right + lacking)
    if grams:
        found["shingles aeb"] = figures.shingle_f1(grams)
    for key, (gone, all_) in missing.items():
        if all_ and (key == "lost" or any("whole" in one for one in results.values())):
            found[key] = gone / all_
    seconds = sorted(one["seconds"] for one in results.values())
    found["pages a second"] = len(seconds) / sum(seconds)
    found["p99, ms"] = 1000 * seconds[min(len(seconds) - 1, int(0.99 * len(seconds)))]
    found["nothing"] = sum(not one["text"].strip() for one in results.values())
    return found


def table(rows: list[tuple[str, str]], told: dict[str, dict[str, float] | None]) -> list[str]:
    """A line a figure, a column a tool."""
    lines = [f"| | {' | '.join(told)} |", f"|---|{'---:|' * len(told)}"]
    for label, key in rows:
        cells = [_cell(key, None if figure is None else figure.get(key)) for figure in told.values()]
        if any(cell not in ("–", "not run") for cell in cells):
            cells = ["not run" if figure is None else cell for cell, figure in zip(cells, told.values(), strict=True)]
            lines.append(f"| {label} | {' | '.join(cells)} |")
    return [*lines, ""]


def _cell(key: str, value: float | None) -> str:
    if value is None or value != value:
        return "–"
    if key.startswith("lost") or key == "valid":
        return f"{100 * value:.1f}%"
    if key in ("nothing", "peak"):
        return f"{value:.0f}"
    return f"{value:.1f}" if key in ("pages a second", "times", "p99, ms") else f"{value:.3f}"


def rows(corpora: list[str]) -> list[tuple[str, str]]:
    """Label and key of each line of the table."""
    named = [(f"LCS F1, {corpus}", f"LCS {corpus}") for corpus in corpora]
    named += [("shingle F1, aeb", "shingles aeb"), ("WCXB word F1, all", "words, all")]
    named += [(f"… {kind}", f"words, {kind}") for kind in TYPES]
    named += [(f"segments F1, {corpus}", f"segments {corpus}") for corpus in corpora]
    named += [(f"{one}, {corpus}", f"{one} {corpus}") for one in ("title", "date", "creator") for corpus in corpora]
    return [
        *named,
        ("gold words lost, main text", "lost"),
        ("gold words lost, whole TEI", "lost from the TEI"),
        ("pages without a word", "nothing"),
        ("TEI valid (tei_all)", "valid"),
        ("pages a processor second", "pages a second"),
        (f"… of {PEER}", "times"),
        ("p99, ms", "p99, ms"),
        ("peak, MiB", "peak"),
    ]


def main() -> None:
    """Run the tools, print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--tools", nargs="+", choices=list(TOOLS), default=list(TOOLS))
    parser.add_argument("--sample", type=int, help="so many pages, evenly from all corpora")
    parser.add_argument("--slices", type=int, default=4, help="how often the tools take turns (4)")
    parser.add_argument("--environments", type=Path, help="where the peers' environments are kept (a temporary folder)")
    parser.add_argument("--schema", type=Path, help="tei_all.rng; without it TEI is not validated")
    parser.add_argument("--jing", default="jing")
    parser.add_argument("--write", action="store_true", help="write the part of docs/benchmarks.md too")
    options = parser.parse_args()
    golds = {path.parent.name: json.loads(path.read_bytes()) for path in sorted(options.corpora.glob("*/gold.json"))}
    pages = [(corpus, name, gold.get("url")) for corpus, of in golds.items() for name, gold in sorted(of.items())]
    step = max(1, len(pages) // options.sample) if options.sample else 1
    pages = pages[::step]
    results: dict[str, Results] = {tool: {} for tool in options.tools}
    peaks: dict[str, float] = {}
    versions: dict[str, str] = {}
    told: dict[str, dict[str, float] | None] = dict.fromkeys(options.tools)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        kept = options.environments or folder / "environments"
        found = {tool: environment(tool, kept) for tool in options.tools}
        for first in range(options.slices):
            for tool, place in found.items():
                if place is None:
                    continue
                versions[tool] = place[1]
                *lines, last = run(tool, place[0], options.corpora, pages[first :: options.slices], folder)
                results[tool].update({(one["corpus"], one["name"]): one for one in lines})
                peaks[tool] = max(peaks.get(tool, 0.0), last["peak_mib"])
        visible = {key: one["visible"] for key, one in results.get("solander", {}).items() if "visible" in one}
        for tool, of in results.items():
            if of:
                told[tool] = judged(of, golds, visible) | {"peak": peaks[tool]}
                valid = valid_share(of, options.jing, options.schema, folder)
                told[tool].update({} if valid is None else {"valid": valid})  # type: ignore[union-attr]
    peer = told.get(PEER)
    for figure in told.values():
        if figure and peer:
            figure["times"] = figure["pages a second"] / peer["pages a second"]
    about = ", ".join(f"{tool.partition(',')[0]} {versions[tool]}" for tool in versions if "," not in tool)
    text = "\n".join(
        [
            "# Reading: page to TEI",
            "",
            f"Made by `benchmarks/reading.py`: {len(pages)} of {sum(map(len, golds.values()))} pages; one process a "
            f"tool, {len(os.sched_getaffinity(0))} cores, Python {platform.python_version()}; {about}.",
            "",
            "What is counted is the processor time from bytes to the tool's result: for Solander the TEI with all "
            "metadata and pointers, for trafilatura its TEI with everything on, for the others a text. "
            "These are the development corpora; Solander was learnt on a part of them. A peer whose only wheel is for "
            f"another Python runs by that ({', '.join(f'{tool}: {python}' for tool, python in PYTHONS.items())}).",
            "",
            *table(rows(list(golds)), told),
        ]
    )
    print(text)
    if options.write:
        write_part("reading", text)


if __name__ == "__main__":
    main()
