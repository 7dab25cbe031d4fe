"""A harvest of many records while others are added: ``python -m benchmarks.harvest --records 10000 --added 100``.

Two harvesters that share no code with Solander, or with one another, read the list by a real server while another
thread writes to the catalogue. Whatever was there when the list began must be met once, and what was added must be in
the list of the next harvest.
"""

import argparse
import sys
import tempfile
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

from oaipmh_scythe import Scythe
from sickle import Sickle
from waitress.server import create_server

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "cataloguing"))
from false_entries import entries

from solander.cataloguing import CatalogueWriter
from solander.pipeline import write_entries
from solander.pipeline.showing.shown_archive import ShownArchive
from solander.serving.application import Application

AT = datetime(2026, 1, 1, tzinfo=UTC)
NEXT = "2026-01-01T00:00:01Z"


def sickle(address: str, earliest: str | None = None) -> list[str]:
    more = {"from": earliest} if earliest else {}
    return [one.header.identifier for one in Sickle(address).ListRecords(metadataPrefix="oai_dc", **more)]


def scythe(address: str, earliest: str | None = None) -> list[str]:
    with Scythe(address) as client:
        more = {"from_": earliest} if earliest else {}
        return [one.header.identifier for one in client.list_records(metadata_prefix="oai_dc", **more)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=10_000)
    parser.add_argument("--added", type=int, default=100)
    asked = parser.parse_args()
    first = {one.identifier for one in entries(asked.records, words=5)}
    for harvester in (sickle, scythe):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "catalogue.sqlite"
            write_entries(path, entries(asked.records, words=5), at=AT)
            shown = ShownArchive(Path(folder), path, name="Many", email="a@example.org")
            server = create_server(Application(shown, "http://127.0.0.1/"), host="127.0.0.1", port=0, threads=4)
            threading.Thread(target=server.run, daemon=True).start()
            address = f"http://127.0.0.1:{server.effective_port}/oai"
            done = threading.Event()
            adding = threading.Thread(target=add, args=(path, asked.records, asked.added, done))
            began = time.monotonic()
            adding.start()
            met = harvester(address)
            took = time.monotonic() - began
            still_adding = not done.is_set()
            adding.join()
            later = harvester(address, NEXT)
        extra = len(set(met) - first)
        print(f"{harvester.__name__}: {len(met):,} records in {took:.1f} s while {asked.added} were added"
              f"{' (the last of them later)' if still_adding else ''}; missed {len(first - set(met))}, "
              f"twice {len(met) - len(set(met))}, of those added {extra}; the next harvest: {len(later)}, "
              f"twice {len(later) - len(set(later))}, old ones {len(set(later) & first)}")  # fmt: skip


def add(path: Path, records: int, added: int, done: threading.Event) -> None:
    for number in range(added):
        writer = CatalogueWriter.open(path)
        for entry in entries(1, first=records + number, words=5):
            writer.put(entry)
        writer.commit(int(AT.timestamp()) + 60)
        writer.close()
    done.set()


if __name__ == "__main__":
    main()
