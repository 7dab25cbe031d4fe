"""Processor time of whole commands on one small bag, import included, beside their peers.

Run ``python benchmarks/commands.py``. Each command runs several times; the least is told, as the one that was disturbed
least, and its ratio to the start of the interpreter alone. What a command loads, and how late, is shown by
``python -X importtime -m solander.cli validate BAG``.
"""

import os
import resource
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
RUNS = 7


def seconds(command: list[str]) -> float:
    """Processor time of one run, of the program and what it started."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    # With compiled modules kept, as wherever the program is installed.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Print a line a command."""
    bag = str(min((ROOT / "archive").glob("*/bagit.txt")).parent)
    solander = [sys.executable, "-m", "solander.cli"]
    page = str(ROOT / "tests/material/lighthouse.html")
    commands = {
        "python (nothing)": [sys.executable, "-c", ""],
        "solander --help": [*solander, "--help"],
        "solander validate BAG": [*solander, "validate", bag],
        "solander verify --rederive BAG": [*solander, "verify", "--rederive", bag],
        "solander normalise PAGE": [*solander, "normalise", page],
        "bagit.py --validate BAG": [sys.executable, "-m", "bagit", "--validate", bag],
    }
    found = {name: min(seconds(command) for _ in range(RUNS)) for name, command in commands.items()}
    start = found["python (nothing)"]
    for name, least in found.items():
        print(f"{name:32} {least:6.3f} s  {least / start:5.1f} x")
    print(f"load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")


if __name__ == "__main__":
    main()
