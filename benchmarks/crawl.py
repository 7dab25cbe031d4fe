"""A large crawl packed: processor time a page beside normalising alone, peak memory, and going on after a kill.

Run ``python -m benchmarks.crawl --megabytes 1024``; ``--megabytes 30`` tries it out in a minute. The crawl is made
of the pages of ``../shared/corpora/extraction``, each under an address of its own with a picture and a style sheet that
all share, one gzip member a record; the same pages in the same order in every run. Processor time is told, for a
machine that does other things too.
"""

from __future__ import annotations

import argparse
import base64
import gzip
import hashlib
import os
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


def crawl(size_bytes: int) -> Iterator[bytes]:
    """Members of a WARC file of about this size."""
    pages = sorted(CORPUS.glob("*/*.html.gz"))
    number, made = 2, 0
    for name, kind, body in (("logo.png", b"image/png", PICTURE), ("style.css", b"text/css", b"p { margin: 0 }")):
        block = response(body, kind)
        member = record(block, number=number, uri=f"https://crawl.example/{name}", payload=body)
        yield gzip.compress(member, 6, mtime=0)
        number += 1
    while made < size_bytes:
        for path in pages:
            body = gzip.decompress(path.read_bytes())
            body += b'\n<link rel="stylesheet" href="/style.css"><img src="/logo.png">'
            uri = f"https://crawl.example/{number}/{path.name.removesuffix('.gz')}"
            block = response(body, b"text/html")
            member = gzip.compress(record(block, number=number, uri=uri, payload=body), 6, mtime=0)
            yield member
            number += 1
            made += len(member)
            if made >= size_bytes:
                return


def measured(command: list[str]) -> tuple[float, float]:
    """Processor seconds and peak MiB of a run."""
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


NORMALISE = """
import sys
from datetime import UTC, datetime
from solander.pipeline.captures import find_captures
from solander.pipeline.judging import judge
from solander.pipeline.normalising import normalise_capture
from solander.pipeline.requests import Request
from solander.model.document import Imprint
request = Request.of(at=datetime(2026, 1, 1, tzinfo=UTC))
import time
took = pages = 0
for found in find_captures(sys.argv[1], request):
    if not isinstance(found.capture, Exception):
        begun = time.process_time()
        normalise_capture(found.capture, request.at, (), Imprint())
        took, pages = took + time.process_time() - begun, pages + 1
print(took, pages)
"""


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--megabytes", type=float, default=1024)
    asked.add_argument("--kill-after", type=float, default=20, help="seconds")
    size_mb = (given := asked.parse_args()).megabytes
    print(f"load {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory(prefix="solander-crawl-") as folder:
        source, archive = Path(folder) / "crawl.warc.gz", Path(folder) / "archive"
        with source.open("wb") as file:
            for member in crawl(int(size_mb * 1e6)):
                file.write(member)
        print(f"crawl: {source.stat().st_size / 1e6:.0f} MB")
        said = subprocess.run([sys.executable, "-c", NORMALISE, source], capture_output=True, text=True, check=True)
        alone, pages = (float(one) for one in said.stdout.split())
        print(f"normalising alone: {1000 * alone / pages:.1f} ms a page, of {pages:.0f}")
        seconds, peak = measured([*SOLANDER, "validate", str(source)])
        print(f"validate: {seconds:.1f} s, {size_mb / seconds:.0f} MB a second, peak {peak:.0f} MiB")
        pack = [*SOLANDER, "pack", str(source), "--into", str(archive), "--quiet"]
        child = subprocess.Popen(pack, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(given.kill_after)
        child.send_signal(signal.SIGKILL)
        child.wait()
        before = {path: path.stat().st_ino for path in archive.glob("[!.]*")}
        seconds, peak = measured(pack)
        after = {path: path.stat().st_ino for path in archive.glob("[!.]*")}
        kept = sum(after.get(path) == number for path, number in before.items())
        print(f"killed with {len(before)} bags, of which {kept} stand as they were; then {len(after)} bags")
        new = max(1, len(after) - len(before))
        again, flat = measured(pack)
        # Of the run that went on, what it took to pass by the finished pages is no part of packing the others.
        each = 1000 * (seconds - again * len(before) / max(1, len(after))) / new
        times = each * pages / alone / 1000
        print(f"pack, going on: {each:.1f} ms a new page, {times:.1f} times normalising; peak {peak:.0f} MiB")
        print(f"pack, all there: {1000 * again / max(1, len(after)):.1f} ms a page; peak {flat:.0f} MiB")


if __name__ == "__main__":
    main()
