"""Large rooms are parted, and their parts lead one way, as the rooms do."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.house import FILES, SOURCE, Import, assert_none, imports, parsed, room, told

MOST_FILES = 60
DESIGN = SOURCE.parents[1] / "docs" / "design.md"
CONDUCTORS = {
    "describing/__init__.py",
    "describing/harvest.py",
    "describing/reconcile.py",
    "pipeline/__init__.py",
    "reading/__init__.py",
    "reading/html.py",
}
"""Files that stand above the parts of their room and call them in order."""


def rooms_of_the_design() -> dict[str, list[str]]:
    """The parts of each large room, in the order in which ``docs/design.md`` has them."""
    rows = re.findall(r"^\| `(\w+)` \| (`.*) \|$", DESIGN.read_text(encoding="utf-8"), re.MULTILINE)
    return {room: re.findall(r"`(\w+)`", parts.partition(";")[0]) for room, parts in rows}


ROOMS = rooms_of_the_design()


def test_the_design_names_every_part_of_the_large_rooms():
    assert set(ROOMS) == {"checking", "describing", "pipeline", "reading"}
    for large, parts in ROOMS.items():
        assert sorted(parts) == sorted({part(file) for file in FILES if room(file) == large} - {""})


@pytest.mark.parametrize("large", ROOMS)
def test_the_parts_of_a_large_room_rest_on_those_that_the_design_has_before_them(large: str):
    """What stands in the room itself is common to its parts and rests on none of them, but for the conductors."""
    places = {"": 0} | {name: place for place, name in enumerate(ROOMS[large], 1)}
    assert_none(
        [
            told(one)
            for file in FILES
            if room(file) == large and file.as_posix() not in CONDUCTORS
            for one in imports_to_run(file)
            if one.module.startswith(f"solander.{large}.") and places[part_of_module(one)] > places[part(file)]
        ]
    )


def test_an_import_for_types_hides_none_of_the_same_module_that_is_run():
    """The same module may be imported for types at the top and in earnest within a function."""
    written = ast.parse(
        "if TYPE_CHECKING:\n    from solander.a import b\nelse:\n    import d\n"
        "def late():\n    from solander.a import b\n"
    )
    assert types_only(written) == {2}


def part(file: Path) -> str:
    """The folder of a room in which a file stands; empty for what stands in the room itself."""
    within = SOURCE / file.parent / file.stem
    return file.parts[1] if len(file.parts) > 2 else file.stem if within.is_dir() else ""


def part_of_module(one: Import) -> str:
    """The part to which an imported module belongs; empty for what stands in the room itself."""
    return part(Path(*one.module.split(".")[1:]).with_suffix(".py"))


def imports_to_run(file: Path) -> Iterator[Import]:
    """What is imported when a file is loaded or a function of it runs: not what only the type checker reads."""
    unread = types_only(parsed(file))
    return (one for one in imports(file) if one.line not in unread)


def types_only(tree: ast.Module) -> set[int]:
    """The lines on which something is imported for the type checker only."""
    return {
        one.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for statement in node.body
        for one in ast.walk(statement)
        if isinstance(one, ast.Import | ast.ImportFrom)
    }


def test_no_folder_holds_more_files_than_a_reader_takes_in():
    held: dict[Path, int] = defaultdict(int)
    for file in FILES:
        held[file.parent] += 1
    assert {folder: count for folder, count in held.items() if count > MOST_FILES} == {}
