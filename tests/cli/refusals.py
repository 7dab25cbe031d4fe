"""What a refusal leaves: one line, and nothing else."""

from pathlib import Path


def nothing_left(folder: Path, *kept: Path) -> None:
    assert sorted(folder.iterdir()) == sorted(kept)


def one_line(err: str) -> None:
    assert err.count("\n") == 1, err
    assert err.startswith("solander: ")
    assert "Traceback" not in err
