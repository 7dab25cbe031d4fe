"""A large crawl packed: processor time a page beside normalising alone, memory as it goes on, going on after a kill.

Run ``python -m benchmarks.crawl --megabytes 1000``; ``--megabytes 30`` tries it out in a minute. The crawl is made
of the pages of ``../shared/corpora/extraction``, each under an address of its own with a picture and a style sheet that
all share, one gzip member a record; the same pages in the same order in every run. ``--picture-kilobytes`` gives each
page a picture of its own besides, as pages have: then fewer of them make a file of the same size. Processor time is
told, for a machine that does other things too; memory is that of the program and its children together.
"""

from __future__ import annotations

import argparse
import base64
import gzip
import hashlib
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
CORPUS = ROOT.parent / "shared" / "corpora" / "extraction"
SOLANDER = [sys.executable, "-m", "solander.cli"]
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 80


def record(block: bytes, *, number: int, uri: str, payload: bytes) -> bytes:
    """A response record of WARC 1.1, of a fixed moment."""
    said = {
        "WARC-Type": "response",
        "WARC-Record-ID": f"<urn:uuid:00000000-0000-4000-8000-{number:012}>",
        "WARC-Date": "2024-05-01T10:00:00Z",
        "WARC-Target-URI": uri,
        "Content-Type": "application/http; msgtype=response",
        "WARC-Block-Digest": digest(block),
        "WARC-Payload-Digest": digest(payload),
        "Content-Length": str(len(block)),
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in said.items())
    return f"WARC/1.1\r\n{head}\r\n".encode() + block + b"\r\n\r\n"


def digest(content: bytes) -> str:
    return "sha1:" + base64.b32encode(hashlib.sha1(content).digest()).decode()


def response(body: bytes, kind: bytes) -> bytes:
    return b"HTTP/1.1 200 OK\r\nContent-Type: " + kind + b"\r\nContent-Length: %d\r\n\r\n" % len(body) + body


def crawl(size_bytes: int, picture_bytes: int) -> Iterator[bytes]:
    """Members of a WARC file of about this size; each page has a picture of its own of so many bytes, if any."""
    pages = sorted(CORPUS.glob("*/*.html.gz"))
    # One corpus has small pages and another large ones: one after the other, memory would seem to grow with the run.
    random.Random(1).shuffle(pages)
    noise = random.Random(20261126)
    number, made = 2, 0

    def member(name: str, kind: bytes, body: bytes) -> bytes:
        nonlocal number, made
        said = record(response(body, kind), number=number, uri=f"https://crawl.example/{name}", payload=body)
        packed = gzip.compress(said, 0 if kind == b"image/png" else 6, mtime=0)
        number, made = number + 1, made + len(packed)
        return packed

    yield member("logo.png", b"image/png", PICTURE)
    yield member("style.css", b"text/css", b"p { margin: 0 }")
    while made < size_bytes:
        for path in pages:
            body = gzip.decompress(path.read_bytes())
            body += b'\n<link rel="stylesheet" href="/style.css"><img src="/logo.png">'
            if picture_bytes:
                own = f"{number}/own.png"
                body += f'<img src="/{own}">'.encode()
                yield member(own, b"image/png", PICTURE[:8] + noise.randbytes(picture_bytes))
            yield member(f"{number}/{path.name.removesuffix('.gz')}", b"text/html", body)
            if made >= size_bytes:
                return


class Run:
    """A run of a program, and what it took."""

    def __init__(self, command: list[str], archive: Path | None = None, kill_after: float | None = None) -> None:
        """Run it; as it goes on, note what memory it and its children have, and how many bags stand."""
        begun = time.monotonic()
        child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.peak_mib, self.noted = 0.0, list[tuple[int, float]]()
        while True:
            done, status, used = os.wait4(child.pid, os.WNOHANG)
            if done:
                break
            peak, now = memory_mib(child.pid)
            self.peak_mib = max(self.peak_mib, peak)
            if archive is not None:
                self.noted.append((len(bags(archive)), now))
            if kill_after is not None and time.monotonic() - begun > kill_after:
                child.send_signal(signal.SIGKILL)
            time.sleep(0.5)
        child.returncode = os.waitstatus_to_exitcode(status)
        self.processor_seconds = used.ru_utime + used.ru_stime
        self.seconds = time.monotonic() - begun


def memory_mib(process: int) -> tuple[float, float]:
    """The most that a program and its children ever had, summed, and what they have now."""
    sums = {"VmHWM": 0, "VmRSS": 0}
    for one in [process, *children(process)]:
        try:
            said = Path(f"/proc/{one}/status").read_text()
        except OSError:
            continue
        for name, value in re.findall(r"^(VmHWM|VmRSS):\s+([0-9]+) kB", said, re.MULTILINE):
            sums[name] += int(value)
    return sums["VmHWM"] / 1024, sums["VmRSS"] / 1024


def children(process: int) -> Iterator[int]:
    """Those of a program, and theirs."""
    try:
        said = "".join(path.read_text() for path in Path(f"/proc/{process}/task").glob("*/children"))
    except OSError:
        return
    for one in map(int, said.split()):
        yield one
        yield from children(one)


def bags(archive: Path) -> dict[str, int]:
    """Those that stand, each with what tells whether it was written again."""
    if not archive.is_dir():
        return {}
    return {one.name: one.inode() for one in os.scandir(archive) if one.is_dir() and one.name[0] != "."}


def pages_of(archive: Path) -> list[str]:
    """The identifier that each bag is of."""
    found = (path.read_text() for path in archive.glob("[!.]*/bag-info.txt"))
    return [re.findall(r"^External-Identifier: (.*)", said, re.MULTILINE)[0] for said in found]


def quarters(noted: list[tuple[int, float]]) -> str:
    """The most that was had in each quarter of a run."""
    size = max(1, -(-len(noted) // 4))
    parts = [noted[at : at + size] for at in range(0, len(noted), size)]
    return ", ".join(f"up to {part[-1][0]}: {max(now for _, now in part):.0f} MiB" for part in parts)


def slope(noted: list[tuple[int, float]]) -> str:
    """The least that was had early in a run and at its end, and how much that grew with each thousand pages."""
    # The least of what was seen about a moment: pages that wait to be written, and a single large one, are no growth.
    size = max(1, len(noted) // 10)
    (pages, began), (last, ended) = (
        (part[-1][0], min(now for _, now in part)) for part in (noted[size : 2 * size], noted[-size:])
    )
    each = 1000 * (ended - began) / max(1, last - pages)
    return f"{began:.0f} MiB at {pages} bags, {ended:.0f} MiB at {last}: {each:+.1f} MiB for each thousand"


NORMALISE = """
import sys
from datetime import UTC, datetime
from solander.pipeline.sources.captures import find_captures
from solander.pipeline.pages.normalising import normalise_capture
from solander.pipeline.requests import Request
from solander.model.document import Imprint
request = Request.of(at=datetime(2026, 1, 1, tzinfo=UTC))
import time
took = pages = 0
for found in find_captures(sys.argv[1], request):
    if pages == int(sys.argv[2]):
        break
    if not isinstance(found.capture, Exception):
        begun = time.process_time()
        normalise_capture(found.capture, request.at, (), Imprint())
        took, pages = took + time.process_time() - begun, pages + 1
print(took, pages)
"""


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--megabytes", type=float, default=1000)
    asked.add_argument("--picture-kilobytes", type=float, default=0)
    asked.add_argument("--kill-after", type=float, default=20, help="seconds")
    asked.add_argument("--sample", type=int, default=1000, help="pages that are normalised alone")
    asked.add_argument("--into", help="where to work; a temporary folder otherwise")
    size_mb = (given := asked.parse_args()).megabytes
    print(f"load {os.getloadavg()[0]:.1f}", flush=True)
    with tempfile.TemporaryDirectory(prefix="solander-crawl-", dir=given.into) as folder:
        source, archive = Path(folder) / "crawl.warc.gz", Path(folder) / "archive"
        with source.open("wb") as file:
            for member in crawl(int(size_mb * 1e6), int(given.picture_kilobytes * 1000)):
                file.write(member)
        print(f"crawl: {source.stat().st_size / 1e6:.0f} MB", flush=True)
        command = [sys.executable, "-c", NORMALISE, str(source), str(given.sample)]
        said = subprocess.run(command, capture_output=True, text=True, check=True)
        alone, pages = (float(one) for one in said.stdout.split())
        print(f"normalising alone: {1000 * alone / pages:.1f} ms a page, of {pages:.0f}", flush=True)
        judged = Run([*SOLANDER, "validate", str(source)])
        speed = size_mb / judged.processor_seconds
        print(f"validate: {judged.processor_seconds:.1f} s, {speed:.0f} MB a second, peak {judged.peak_mib:.0f} MiB")
        pack = [*SOLANDER, "pack", str(source), "--into", str(archive), "--quiet"]
        killed = Run(pack, archive, given.kill_after)
        before = bags(archive)
        print(
            f"killed after {killed.seconds:.0f} s with {len(before)} bags; peak {killed.peak_mib:.0f} MiB", flush=True
        )
        went_on = Run(pack, archive)
        after, made = bags(archive), pages_of(archive)
        twice = sum(after.get(name) != inode for name, inode in before.items()) + len(made) - len(set(made))
        left = len(list(archive.glob(".*")))
        print(f"went on to {len(after)} bags; pages done twice: {twice}; left behind: {left}", flush=True)
        print(f"memory: peak {went_on.peak_mib:.0f} MiB; by quarters of the run: {quarters(went_on.noted)}", flush=True)
        print(f"memory, going on: {slope(went_on.noted)}", flush=True)
        again = Run(pack)
        # Of the run that went on, what it took to pass by the finished pages is no part of packing the others.
        there, new = again.processor_seconds / max(1, len(after)), max(1, len(after) - len(before))
        each = 1000 * (went_on.processor_seconds - there * len(before)) / new
        times = each * pages / alone / 1000
        print(
            f"pack, going on: {each:.1f} ms a new page, {times:.1f} times normalising; {went_on.seconds:.0f} s in all"
        )
        print(f"pack, all there: {1000 * there:.1f} ms a page; peak {again.peak_mib:.0f} MiB")
        print(f"load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
