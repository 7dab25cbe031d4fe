"""The source as the tests of the house see it: its files, its rooms, and who imports whom."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

SOURCE = Path(__file__).parents[1] / "src" / "solander"
TESTS = Path(__file__).parent
FILES = sorted(path.relative_to(SOURCE) for path in SOURCE.rglob("*.py"))


class Import(NamedTuple):
    file: Path
    line: int
    module: str


@cache
def parsed(file: Path) -> ast.Module:
    """A file of the source as a tree, read once for all who ask: the rules of the house each look at every file."""
    return ast.parse((SOURCE / file).read_text(encoding="utf-8"))


@cache
def nodes(file: Path) -> tuple[ast.AST, ...]:
    """All that stands in a file of the source, in the order of ``ast.walk``."""
    return tuple(ast.walk(parsed(file)))


def forget_trees() -> None:
    """Give the memory of the trees back; who imports whom is still known."""
    parsed.cache_clear()
    nodes.cache_clear()


@cache
def imports(file: Path) -> tuple[Import, ...]:
    return tuple(_imports(file))


def _imports(file: Path) -> Iterator[Import]:
    for node in nodes(file):
        if isinstance(node, ast.Import):
            for name in node.names:
                yield Import(file, node.lineno, name.name)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}:{node.lineno}: imports are absolute here"
            assert node.module is not None
            yield Import(file, node.lineno, node.module)
            for name in node.names:
                if (SOURCE.parent / Path(*node.module.split("."), f"{name.name}.py")).exists():
                    yield Import(file, node.lineno, f"{node.module}.{name.name}")


def room(file: Path) -> str:
    """The folder of the house in which a file stands; the file's own name for those on the ground floor."""
    return file.parts[0] if len(file.parts) > 1 else file.stem


def room_of_module(module: str) -> str | None:
    parts = module.split(".")
    return (parts[1] if len(parts) > 1 else "solander") if parts[0] == "solander" else None


def house_imports() -> Iterator[tuple[str, str, Import]]:
    for file in FILES:
        for one in imports(file):
            imported = room_of_module(one.module)
            if imported is not None:
                yield room(file), imported, one


def assert_none(faults: list[str]) -> None:
    assert not faults, "\n".join(faults)


def told(one: Import) -> str:
    return f"{one.file}:{one.line} imports {one.module}"
