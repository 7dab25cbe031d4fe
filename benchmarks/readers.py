"""Many readers at once: ``python -m benchmarks.readers --readers 200 --seconds 60``.

Serves the sample archive on this machine and reads it, each reader by a connection of its own that it keeps: home,
searches in two scripts, a bag, its view and its TEI. Tells how many answers there were, how many were not as they
should be, and how long they took.
"""

import argparse
import http.client
import itertools
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path
from urllib.parse import quote


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--archive", type=Path, default=Path("archive"))
    parser.add_argument("--readers", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=60)
    asked = parser.parse_args()
    bag = quote(next(asked.archive.glob("*/bagit.txt")).parent.name)
    paths = ["/", "/search?q=the", f"/search?q={quote('茶馆')}", f"/bags/{bag}/", f"/bags/{bag}/?format=json"]
    paths += [f"/bags/{bag}/files/data/access/page.html", f"/bags/{bag}/files/data/tei/page.xml", "/oai?verb=Identify"]
    with tempfile.TemporaryDirectory() as folder:
        catalogue = ["--catalogue", f"{folder}/catalogue.sqlite"]
        command = [sys.executable, "-m", "solander.cli", "serve", str(asked.archive), "--port", "0", *catalogue]
        server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert server.stdout is not None
        port = int(server.stdout.readline().rstrip("/\n").rpartition(":")[2])
        met: Counter[str] = Counter()
        seconds: list[float] = []
        end = time.monotonic() + asked.seconds
        threads = [
            threading.Thread(target=read, args=(port, paths[number % len(paths) :] + paths, end, met, seconds))
            for number in range(asked.readers)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        server.send_signal(signal.SIGTERM)
        status = server.wait(30)
    seconds.sort()
    print(f"{len(seconds):,} answers to {asked.readers} readers in {asked.seconds:.0f} s: {dict(met)}")
    print(f"median {statistics.median(seconds) * 1000:.0f} ms, p95 {seconds[int(len(seconds) * 0.95)] * 1000:.0f} ms, "
          f"worst {seconds[-1] * 1000:.0f} ms; the server ended with {status}")  # fmt: skip


def read(port: int, paths: list[str], end: float, met: Counter[str], seconds: list[float]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    for path in itertools.cycle(paths):
        if time.monotonic() > end:
            break
        began = time.monotonic()
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            answer.read()
            met[str(answer.status)] += 1
        except (OSError, http.client.HTTPException) as error:
            met[type(error).__name__] += 1
            connection.close()
        seconds.append(time.monotonic() - began)
    connection.close()


if __name__ == "__main__":
    main()
