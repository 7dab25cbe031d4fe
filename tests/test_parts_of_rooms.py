"""Large rooms are parted, and their parts lead one way, as the rooms do."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest
from tests.house import FILES, SOURCE, Import, imports, parsed, room

MOST_FILES = 60
CONDUCTORS = {
    "describing/__init__.py",
    "describing/harvest.py",
    "describing/reconcile.py",
    "pipeline/__init__.py",
    "reading/__init__.py",
    "reading/html.py",
}
"""Files that stand above the parts of their room and call them in order."""


@pytest.mark.parametrize("large", ["checking", "describing", "pipeline", "reading"])
def test_the_parts_of_a_large_room_lead_one_way(large: str):
    """What stands in the room itself is common to its parts; none of them is, by whatever way, imported by its own."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for file in FILES:
        if room(file) == large and file.as_posix() not in CONDUCTORS:
            of_types = {one.module for one in imports_for_types(file)}
            wanted[part(file)] |= {
                part(Path(*one.module.split(".")[1:]).with_suffix(".py"))
                for one in imports(file)
                if one.module.startswith(f"solander.{large}.") and one.module not in of_types
            } - {part(file)}
    assert len(wanted) > 4
    TopologicalSorter(wanted).prepare()


def part(file: Path) -> str:
    """The folder of a room in which a file stands; empty for what stands in the room itself."""
    within = SOURCE / file.parent / file.stem
    return file.parts[1] if len(file.parts) > 2 else file.stem if within.is_dir() else ""


def imports_for_types(file: Path) -> Iterator[Import]:
    """What is imported for the type checker only: it is not loaded."""
    for node in ast.walk(parsed(file)):
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            for one in node.body:
                if isinstance(one, ast.ImportFrom) and one.module:
                    yield Import(file, one.lineno, one.module)


def test_no_folder_holds_more_files_than_a_reader_takes_in():
    held: dict[Path, int] = defaultdict(int)
    for file in FILES:
        held[file.parent] += 1
    assert {folder: count for folder, count in held.items() if count > MOST_FILES} == {}
