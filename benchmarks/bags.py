"""Bags judged and made, side by side with their peers in one run: wall and processor time, and peak memory.

Run ``python -m benchmarks.bags --write`` on a quiet machine; ``--scale 0.01`` tries it out in a minute. The rounds of
all tools take turns, so that whatever else the machine does meets all alike; told is the quickest round of each, with
how much of the machine others took meanwhile. The floor is what hashing alone takes: the bytes by the rate at which
one thread, or all of them, hash a buffer that lies in memory, measured in the same run.

The bags are made by ``bagit.py`` from bytes that are the same in every run, with sha256 and sha512.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.metadata
import os
import platform
import random
import shutil
import ssl
import subprocess
import sys
import tempfile
import threading
import time
import venv
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from benchmarks.document import write_part
from benchmarks.running import Took, peak_of_all, run

ROOT = Path(__file__).parent.parent
ALGORITHMS = ("sha256", "sha512")
BAGIT = [sys.executable, "-m", "bagit", "--quiet"]
SOLANDER = [sys.executable, "-m", "solander.cli"]
TIMED = [sys.executable, str(ROOT / "benchmarks/timed_sync.py")]
MAKING, UNSYNCED = "solander bag make", "… without its syncfs"
PEER = "bagit.py --processes 1"
CORES = len(os.sched_getaffinity(0))


class Case(NamedTuple):
    """A payload, or many of them."""

    name: str
    what: str
    files: Callable[[float], Iterator[tuple[str, int]]]
    """Paths and sizes in bytes at a scale; the first folder is the bag."""


def _many(scale: float) -> Iterator[tuple[str, int]]:
    sizes = random.Random(20_000)
    for number in range(int(20_000 * scale)):
        yield f"bag/{number // 200:03}/file {number:05}.bin", sizes.randint(4096, 65536)


def _mix(scale: float) -> Iterator[tuple[str, int]]:
    sizes = random.Random(3_000)
    yield "bag/large.bin", int(300_000_000 * scale)
    for number in range(20):
        yield f"bag/medium/{number:02}.bin", int(20_000_000 * scale)
    for number in range(int(200 * scale)):
        yield f"bag/media/{number:03}.bin", sizes.randint(500_000, 2_500_000)
    for number in range(int(3_000 * scale)):
        yield f"bag/small/{number // 100:02}/{number:04}.bin", sizes.randint(4096, 65536)


def _pages(scale: float) -> Iterator[tuple[str, int]]:
    sizes = random.Random(2_000)
    for number in range(int(2_000 * scale)):
        # Not laid out as ours are: no peer looks into a page's words, so neither shall we here.
        yield f"{number:04}/page.html", sizes.randint(10_000, 120_000)
        yield f"{number:04}/text/page.xml", sizes.randint(20_000, 150_000)


CASES = (
    Case("big", "one file of 2 GiB", lambda scale: iter([("bag/big.bin", int(2**31 * scale))])),
    Case("many", "20,000 files of 4 to 64 KiB", _many),
    Case("mix", "1 GB: one file of 300 MB, 20 of 20 MB, 200 of 0.5 to 2.5 MB, 3,000 of 4 to 64 KiB", _mix),
    Case("pages", "2,000 bags of a page and its TEI", _pages),
)


def lay(case: Case, folder: Path, scale: float) -> int:
    """Write a case's files; how many bytes they are."""
    content = random.Random(1)
    total = 0
    for path, size_bytes in case.files(scale):
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        with place.open("wb") as file:
            for start in range(0, size_bytes, 2**22):
                file.write(content.randbytes(min(2**22, size_bytes - start)))
        total += size_bytes
    return total


def hash_rate(threads: int, mebibytes: int) -> float:
    """Bytes a second that threads hash by both algorithms, of a buffer in memory; the best of three."""
    buffer = random.Random(2).randbytes(2**20)

    def work() -> None:
        hashers = [hashlib.new(name) for name in ALGORITHMS]
        for _ in range(mebibytes):
            for hasher in hashers:
                hasher.update(buffer)

    best = 0.0
    for _ in range(3):
        workers = [threading.Thread(target=work) for _ in range(threads)]
        begun = time.perf_counter()
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        best = max(best, threads * mebibytes * 2**20 / (time.perf_counter() - begun))
    return best


def bdbag_in(folder: Path) -> list[str] | None:
    """``bdbag`` in an environment of its own; ``None`` if it cannot be had."""
    try:
        venv.create(folder, with_pip=True)
        python = str(folder / "bin" / "python")
        subprocess.run([python, "-m", "pip", "install", "--quiet", "bdbag"], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    return [str(folder / "bin" / "bdbag")]


def judges(case: Case, bdbag: list[str] | None, folder: Path) -> dict[str, list[list[str]] | None]:
    """The commands of each tool that judge a case's bags, in the folder that holds them."""
    bags = sorted(one.name for one in folder.iterdir())
    files = sorted(str(path.relative_to(folder)) for path in folder.glob("*/data/**/*") if path.is_file())
    return {
        "solander validate": [[*SOLANDER, "validate", *([bags[0]] if len(bags) == 1 else ["."])]],
        "solander validate --threads 1": [
            [*SOLANDER, "validate", "--threads", "1", *([bags[0]] if len(bags) == 1 else ["."])]
        ],
        PEER: [[*BAGIT, "--validate", *bags]],
        "bagit.py --processes 2": [[*BAGIT, "--validate", "--processes", "2", *bags]],
        "bdbag": [[*bdbag, "--quiet", "--validate", "full", bags[0]]] if bdbag and len(bags) == 1 else None,
        "openssl dgst, twice": [["openssl", "dgst", f"-{name}", *files] for name in ALGORITHMS],
    }


def makers(case: Case, source: Path, folder: Path) -> dict[str, list[list[str]] | None]:
    """The commands of each tool that make a bag beside a case's files."""
    bag = str(folder / "bag")
    options = [word for name in ALGORITHMS for word in ("--algorithm", name)]
    copied = [["cp", "-r", str(source), bag], [*BAGIT, "--sha256", "--sha512", "--processes", "2", bag]]
    return {
        MAKING: [[*TIMED, "bag", "make", str(source), "--into", str(folder), *options]],
        "cp -r, bagit.py --processes 2": copied,
        "the same, then syncfs": [*copied, ["sync", "-f", bag]],
    }


def measured(
    tools: dict[str, list[list[str]] | None], folder: Path, rounds: int, clear: bool = False
) -> dict[str, Took | None]:
    """The quickest of several rounds of each tool; ``clear`` gives each an empty folder."""
    found: dict[str, Took | None] = {}
    for name in tools:
        found |= {name: None} | ({UNSYNCED: None} if name == MAKING else {})
    for number in range(rounds):
        for name, commands in tools.items():
            if commands is None:
                continue
            if clear:
                set_aside(folder)
            os.sync()
            took = run(commands, folder)
            told = f"{took.wall:.2f} s, of which syncfs {took.sync:.2f}, {took.others:.0%} to others"
            print(f"  round {number + 1}: {name}: {told}", file=sys.stderr)
            runs = {name: took} | ({UNSYNCED: took._replace(wall=took.wall - took.sync)} if name == MAKING else {})
            for label, one in runs.items():
                best = found.get(label)
                found[label] = one if best is None or one.wall < best.wall else best
    for name, commands in tools.items():
        if commands is None:
            continue
        if clear:
            set_aside(folder)
        peak = peak_of_all(commands, folder)
        for label in (name, *((UNSYNCED,) if name == MAKING else ())):
            if took := found[label]:
                found[label] = took._replace(peak_mib=max(peak, took.peak_mib))
    return found


def set_aside(folder: Path) -> None:
    """Have an empty folder of this name, and of what it held the names elsewhere, without the bytes.

    Nothing is removed before the end: ext4 looks for minutes whether the inodes of removed files are free again, and
    whoever makes files meanwhile pays for it, twice the processor time in the kernel. No archive is filled that way.
    """
    aside = folder.with_name(f"{folder.name}-{time.monotonic_ns()}")
    folder.rename(aside)
    folder.mkdir()
    for path in aside.rglob("*"):
        if path.is_file():
            os.truncate(path, 0)


def table(found: dict[str, Took | None], beside: str, floors: dict[str, float]) -> list[str]:
    """A Markdown table of what was measured; ratios say how many times longer ``beside`` took."""
    lines = [
        f"| tool | wall, s | processor, s | peak, MiB | {beside} took, wall | … processor | others |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    peer = found[beside]
    for name, took in found.items():
        if took is None:
            lines.append(f"| {name} | not run | | | | | |")
            continue
        ratios = f"{peer.wall / took.wall:.2f}× | {peer.processor / took.processor:.2f}×" if peer else " | "
        cells = f"{took.wall:.2f} | {took.processor:.2f} | {took.peak_mib:.0f} | {ratios} | {took.others:.0%}"
        lines.append(f"| {name} | {cells} |")
    lines += [f"| {name} | {seconds:.2f} | | | | | |" for name, seconds in floors.items()]
    return lines


def machine(bdbag: list[str] | None) -> str:
    """What it was measured on, and with which versions."""
    cpuinfo = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    model = next(
        (line.partition(":")[2].strip() for line in cpuinfo.splitlines() if line.startswith("model name")), "?"
    )
    memory_bytes = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    told = f"{CORES} cores of {model}, {memory_bytes / 2**30:.0f} GiB; Linux {platform.release().partition('-')[0]}; "
    told += f"Python {platform.python_version()}, {ssl.OPENSSL_VERSION.partition('  ')[0]}; "
    told += ", ".join(f"{name} {importlib.metadata.version(name)}" for name in ("solander", "bagit"))
    if bdbag is not None:
        shown = subprocess.run(
            [
                str(Path(bdbag[0]).with_name("python")),
                "-c",
                "import importlib.metadata as m; print(m.version('bdbag'))",
            ],
            capture_output=True,
            text=True,
            check=True,
        )
        told += f", bdbag {shown.stdout.strip()}"
    return told


def report(case: Case, work: Path, scale: float, rounds: int, bdbag: list[str] | None) -> list[str]:
    """Measure one case, and tell it in Markdown."""
    source, bags, made = (work / case.name / part for part in ("source", "bags", "made"))
    for folder in (source, bags, made):
        folder.mkdir(parents=True)
    print(f"{case.name}: {case.what}", file=sys.stderr)
    total = lay(case, source, scale)
    shutil.copytree(source, bags, dirs_exist_ok=True)
    names = sorted(str(one) for one in bags.iterdir())
    subprocess.run([*BAGIT, "--sha256", "--sha512", *names], check=True, capture_output=True)
    rates = {count: hash_rate(count, max(int(512 * scale), 16)) for count in (1, CORES)}
    floors = {f"floor: {count} thread{'s' if count > 1 else ''}": total / rate for count, rate in rates.items()}
    judged = measured(judges(case, bdbag, bags), bags, rounds)
    lines = [f"## {case.what}", "", f"{total:,} bytes of payload.", "", "**Validate**", ""]
    lines += table(judged, PEER, floors)
    if own := judged["solander validate"]:
        floor = list(floors.values())[-1]
        lines += ["", f"`solander validate` runs at {floor / own.wall:.0%} of the rate at which {CORES} threads hash."]
    if len(names) == 1:
        set_aside(bags)
        beside = "cp -r, bagit.py --processes 2"
        lines += ["", "**Create**, beside a source that stays as it is", ""]
        lines += table(measured(makers(case, source / "bag", made), made, rounds, clear=True), beside, floors)
    for folder in (source, made):
        set_aside(folder)
    return [*lines, ""]


def main() -> None:
    """Measure the cases that are asked for, and print Markdown."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    names = ", ".join(case.name for case in CASES)
    parser.add_argument("cases", nargs="*", help=f"which of {names}; all if none is named")
    parser.add_argument("--scale", type=float, default=1.0, help="the size of the cases (1)")
    parser.add_argument("--rounds", type=int, default=5, help="how often each tool runs (5)")
    parser.add_argument("--work", type=Path, help="an empty folder's parent, with room for 5 GB (the system's)")
    parser.add_argument("--write", action="store_true", help="write docs/benchmarks.md too")
    options = parser.parse_args()
    lines = []
    with tempfile.TemporaryDirectory(dir=options.work) as folder:
        bdbag = bdbag_in(Path(folder) / "bdbag")
        for case in CASES:
            if not options.cases or case.name in options.cases:
                lines += report(case, Path(folder), options.scale, options.rounds, bdbag)
        about = machine(bdbag)
    scale = "" if options.scale == 1 else f" Sizes and numbers are {options.scale} of those named."
    head = [
        "# Bags",
        "",
        f"Made by `benchmarks/bags.py`: {about}.",
        "",
        "sha256 and sha512 each; everything in the page cache. The tools take turns; told is the quickest of",
        f"{options.rounds} rounds, and how much of the machine others took meanwhile. The floor is the time that",
        "hashing the payload takes in memory, at the rate measured in the same run. The peak is that of all processes",
        f"of a tool together, in a run of its own. No file is removed before the last case has ended.{scale}",
        "",
    ]
    text = "\n".join([*head, *lines])
    print(text)
    if options.write:
        write_part("bags", text)


if __name__ == "__main__":
    main()
