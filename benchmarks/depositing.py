"""Many bags deposited into S3 beside obstore's own loop of writes: throughput, processor time and memory in one run.

Run ``python -m benchmarks.depositing --bags 500``. A real server (SeaweedFS) runs on this machine, with one proxy less
than in the tests. What is compared:

- ``loop``: the same zip files, TEI and Dublin Core, made beforehand, each put by ``obstore.put`` in turn, and no more;
- ``sending``: the course of a deposit alone, of bags that were judged and packaged before: note, files, each compared
  by the server's MD5, what is there listed, note; eight at once, as ``deposit_all`` does it;
- ``deposit``: the whole of ``solander deposit``, in a process of its own, its start included: judged by Solander and by
  bagit, packaged, journalled, sent, compared, receipted

The floor of the last is what judging takes, which is told beside it.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests" / "depositing"))

from servers import s3_server  # noqa: E402 - it lies among the tests
from solander import pack  # noqa: E402
from solander.depositing import open_target  # noqa: E402
from solander.depositing.course import Course  # noqa: E402
from solander.depositing.terms import Secret, TargetTerms  # noqa: E402
from solander.files.folder import Folder  # noqa: E402
from solander.model.deposit import Consignment, Record  # noqa: E402
from solander.packing import parse_bag  # noqa: E402
from solander.pipeline.deposits.consigning import consign, packaged  # noqa: E402
from solander.pipeline.judgement.judging_many import judge_many  # noqa: E402
from solander.pipeline.subject import Subject  # noqa: E402

PEAK = (
    "import resource, subprocess, sys\n"
    "subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)\n"
    "print(f'solander deposit: {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024:.0f} MiB', flush=True)\n"
)

KEY = {"access_key_id": "KEEPER", "secret_access_key": "a-secret-of-ours", "region": "us-east-1"}


def made_bags(folder: Path, number: int) -> list[Path]:
    """As many bags of a page, each of its own object."""
    page = (ROOT / "tests" / "material" / "lighthouse.html").read_text()
    archive = folder / "archive"
    for one in range(number):
        source = folder / f"page{one}.html"
        source.write_text(page.replace("</body>", f"<p>Copy {one}.</p></body>"))
        pack(source, into=archive, uri=f"https://museum.example/stories/{one}")
    return sorted(path for path in archive.iterdir() if (path / "bagit.txt").exists())


def timed(what: str, bags: int, work: Callable[[], object]) -> float:
    """Do something, and tell how long it took: seconds a bag, and of the processor, children's included."""
    own, children = time.process_time(), resource.getrusage(resource.RUSAGE_CHILDREN)
    begun = time.perf_counter()
    work()
    wall = time.perf_counter() - begun
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    others = after.ru_utime + after.ru_stime - children.ru_utime - children.ru_stime
    processor = time.process_time() - own
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{what:10}{bags / wall:9.1f} bags/s{wall / bags * 1000:9.2f} ms/bag, processor {processor / bags * 1000:7.2f}"
        f" + {others / bags * 1000:6.2f} ms of other processes, peak so far {peak:.0f} MiB",
        flush=True,
    )
    return bags / wall


class NoSteps:
    """A journal that keeps nothing."""

    def note(self, step: str, record: Record | None = None, **facts: str) -> None:
        """Keep nothing."""


def consigned(path: Path) -> Consignment:
    """A bag with its files."""
    one, _ = consign(path, parse_bag(Folder(path)), access="open", until=None, settings=())
    with packaged(one, path, "zip") as ready:
        return _held(ready)


def _held(one: Consignment) -> Consignment:
    from dataclasses import replace
    from functools import partial

    parcels = []
    for parcel in one.parcels:
        content = b"".join(parcel.chunks())
        parcels.append(parcel._replace(chunks=partial(lambda held: iter((held,)), content)))
    return replace(one, parcels=tuple(parcels))


def main() -> None:
    """Measure, and print a line for each."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--bags", type=int, default=500)
    number = parser.parse_args().bags
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        bags = made_bags(folder, number)
        (folder / "s3").mkdir()
        with s3_server(folder / "s3") as port:
            measure(bags, f"http://127.0.0.1:{port}")


def measure(bags: list[Path], endpoint: str) -> None:
    """Measure with a server that runs."""
    import obstore
    from obstore.store import S3Store

    ready = [consigned(path) for path in bags]
    contents = [(f"loop/{one.bag}/{p.name}", b"".join(p.chunks())) for one in ready for p in one.parcels]
    print(f"{len(bags)} bags, {sum(len(content) for _, content in contents):,} bytes in {len(contents)} files")
    store = S3Store(
        "boxes",
        config={**KEY, "endpoint": endpoint},
        client_options={"allow_http": True},
        retry_config={"max_retries": 0},
    )

    def loop() -> None:
        for path, content in contents:
            obstore.put(store, path, content, use_multipart=False)

    def opened(place: str) -> object:
        terms = TargetTerms(
            seconds_running=time.monotonic,
            sleep=time.sleep,
            user=KEY["access_key_id"],
            secret=Secret(KEY["secret_access_key"]),
            settings=(("endpoint", endpoint),),
        )
        return open_target(place, terms)

    def sending() -> None:
        targets = [opened("s3:boxes/sending") for _ in range(opened("s3:boxes").at_once)]  # type: ignore[attr-defined]

        def send(at: int) -> None:
            one = ready[at]

            @contextlib.contextmanager
            def prepared(record: Record, is_done: bool) -> Iterator[Consignment]:
                yield one

            Course(targets[at % len(targets)], NoSteps(), time.sleep).run(one, prepared)  # type: ignore[arg-type]

        with ThreadPoolExecutor(len(targets)) as pool:
            list(pool.map(send, range(len(ready))))

    def whole() -> None:
        os.environ |= {"AWS_ACCESS_KEY_ID": KEY["access_key_id"], "AWS_SECRET_ACCESS_KEY": KEY["secret_access_key"]}
        os.environ["AWS_ENDPOINT_URL"] = endpoint
        command = [sys.executable, "-m", "solander.cli", "deposit", str(bags[0].parent), "--to", "s3:boxes/whole"]
        # From a small process: the system counts for a new one what the old one holds.
        subprocess.run([sys.executable, "-c", PEAK, *command, "--quiet"], check=True)

    rounds = [(timed("loop", len(bags), loop), timed("sending", len(bags), sending)) for _ in range(2)]
    best = max(one[0] for one in rounds), max(one[1] for one in rounds)
    print(f"sending / loop: {best[1] / best[0]:.0%}")
    contents.clear()
    ready.clear()
    pieces = [Subject(path, "bag") for path in bags]
    judged = timed("judging", len(bags), lambda: list(judge_many(pieces, {"second_opinion": True})))
    deposited = timed("deposit", len(bags), whole)
    print(f"deposit / loop: {deposited / best[0]:.0%}; deposit / judging alone: {deposited / judged:.0%}")


if __name__ == "__main__":
    main()
