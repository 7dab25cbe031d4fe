"""What crawls cost, by the page and by the process; and a million pages reckoned from that, in hours and in money.

Measured, each by itself: ``python -m benchmarks.scaling rise --pages 1000 10000``, ``jobs``, ``alone``,
``large --megabytes 2048``, ``corpora``, ``fit``. Reckoned from what was measured: ``simulate --pages 1000000``, and
``model``, which gives the tables of docs/scale.md by the prices of ``benchmarks/scaling/prices.toml`` or of another
file (``--prices``).
"""

from __future__ import annotations

import argparse
import os
import tempfile
from pathlib import Path

from benchmarks.scaling import runs
from benchmarks.scaling.costs import PRICES, read_prices, tables
from benchmarks.scaling.model import MEASURED, simulate, told


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("what", choices=["rise", "jobs", "alone", "large", "corpora", "fit", "model", "simulate"])
    asked.add_argument("--pages", type=int, nargs="+", default=[1000, 10_000])
    asked.add_argument("--megabytes", type=int, default=2048)
    asked.add_argument("--workers", type=int, default=64)
    asked.add_argument("--price", type=float, default=0.05, help="of a core hour, in any currency (simulate)")
    asked.add_argument("--prices", type=Path, default=PRICES, help="a file like benchmarks/scaling/prices.toml (model)")
    given = asked.parse_args()
    if given.what == "simulate":
        for number in given.pages:
            print(told(simulate(number, given.workers, MEASURED), given.workers, given.price))
        return
    if given.what == "model":
        print(tables(read_prices(given.prices)))
        return
    print(f"load {os.getloadavg()[0]:.1f}", flush=True)
    with tempfile.TemporaryDirectory(prefix="solander-scaling-", dir=os.environ.get("SCALING_FOLDER")) as name:
        folder = Path(name)
        if given.what == "rise":
            runs.rise(folder, given.pages)
        elif given.what == "jobs":
            runs.jobs(folder, given.pages[0])
        elif given.what == "alone":
            runs.alone(folder, given.pages[0])
        elif given.what == "large":
            runs.large(folder, given.megabytes)
        elif given.what == "corpora":
            runs.corpora(folder, given.pages[0])
        else:
            runs.fit(folder)


if __name__ == "__main__":
    main()
