"""The house keeps its own rules: who may import whom, who may touch the world, who may look at a clock.

The rules are read from the source with ``ast``, so that an import inside a function counts as well.

Source: docs/design.md, section 2.
"""

import ast
import re
from pathlib import Path

import pytest
from tests.begun_first import BEGUN_FIRST
from tests.house import (
    FILES,
    SOURCE,
    TESTS,
    Import,
    assert_none,
    forget_trees,
    house_imports,
    imports,
    nodes,
    parsed,
    room,
    told,
)

from solander.model import bag_layout

STAGES = {
    "capturing",
    "reading",
    "describing",
    "encoding",
    "packing",
    "checking",
    "depositing",
    "cataloguing",
    "viewing",
}
FACES = {"cli", "serving", "batch"}
TOUCH_THE_WORLD = {"capturing", "depositing", "cataloguing"}
OPENERS = {
    "files/appending.py": "opens the summary that a CI system keeps of a job",
    "files/arriving.py": "opens what comes into a folder from elsewhere",
    "files/descent.py": "opens what is read, in trees and by name",
    "files/folder.py": "opens the folder that a tree begins with",
    "files/hashing.py": "opens files by the thousand, and their copies",
    "files/jing.py": "writes what jing is to read, which reads files alone",
    "files/journal.py": "opens the log that an archive's audits keep",
    "files/links.py": "opens the folders in which a link lies",
    "files/leftovers.py": "opens what killed runs left",
    "files/locks.py": "opens the folder that it locks",
    "files/making_folders.py": "opens a folder to give its names to the disk",
    "files/new_folder.py": "opens what is written into a new folder",
    "files/taking_over.py": "opens a file that we wrote, to give it to the disk before it has its name",
    "files/whole.py": "opens what is written",
    "profiles.py": "reads solander.toml and the schemas",
    "cli/fault_log.py": "writes the log of a fault of our own, where nothing else can be relied on",
    "cli/streams.py": "opens the null device where a standard stream is closed",
    "pipeline/judgement/judging_worker.py": "takes the pipes of the process that started it",
}
"""Files that may open others, each with its reason. Of these, only those of ``files`` read what others gave us."""

OF_OUR_OWN = {
    "files/appending.py",
    "files/arriving.py",
    "files/jing.py",
    "files/journal.py",
    "files/leftovers.py",
    "files/locks.py",
    "files/making_folders.py",
    "files/new_folder.py",
    "files/taking_over.py",
    "files/whole.py",
    "profiles.py",
    "cli/fault_log.py",
    "cli/streams.py",
    "pipeline/judgement/judging_worker.py",
}
"""What these open is the project's or the archive's own, never material."""

OPENING = {"open", "read_bytes", "read_text", "write_bytes", "write_text", "fdopen", "mkstemp", "NamedTemporaryFile"}
LOOKING = {"scandir", "listdir", "exists", "lexists", "is_file", "is_dir", "is_symlink", "stat", "lstat", "iterdir"} | {
    "glob",
    "rglob",
    "walk",
    "getenv",
    "expanduser",
}
PACKAGED = {
    "reading/zoning/main_scores.py": "the model that comes with it, the same wherever it is installed",
    "checking/grammars/json_grammar.py": "the version of the engine that judged, for the report",
}
"""Stages that read what is installed with them, each with its reason."""
CLOCKS = {"now", "utcnow", "today", "time", "time_ns", "localtime", "gmtime"}


@pytest.fixture(scope="module", autouse=True)
def trees():
    """Each file is read once for all rules; what they take of memory is not kept for the tests that follow."""
    yield
    forget_trees()


def test_a_stage_imports_the_model_the_errors_and_itself():
    allowed = {"model", "errors"}
    assert_none(
        [
            told(one)
            for importer, imported, one in house_imports()
            if importer in STAGES
            and imported not in allowed | {importer}
            and not is_version(one)
            and not (imported == "files" and importer in TOUCH_THE_WORLD)
        ]
    )


def is_version(one: Import) -> bool:
    """Whether all that is imported of the package itself is its version: any other public name is the pipeline's."""
    lines = (SOURCE / one.file).read_text(encoding="utf-8").splitlines()
    return one.module == "solander" and lines[one.line - 1].strip() == "from solander import __version__"


def test_the_model_imports_only_itself():
    assert_none([told(one) for importer, imported, one in house_imports() if importer == "model" != imported])


def test_only_the_pipeline_imports_stages():
    assert_none(
        [
            told(one)
            for importer, imported, one in house_imports()
            if imported in STAGES and importer not in {"pipeline", imported} and one.file != Path("__init__.py")
        ]
    )


def test_only_the_faces_import_the_pipeline_and_the_reports():
    assert_none(
        [
            told(one)
            for importer, imported, one in house_imports()
            if imported in {"pipeline", "reporting"}
            and importer not in FACES | {imported}
            and one.file != Path("__init__.py")
        ]
    )


def test_a_face_speaks_to_the_pipeline_and_touches_no_file_itself():
    assert_none([told(one) for importer, imported, one in house_imports() if importer in FACES and imported == "files"])


def test_reports_are_made_of_the_model_alone():
    assert_none(
        [
            told(one)
            for importer, imported, one in house_imports()
            if importer == "reporting" and imported not in {"model", "reporting"}
        ]
    )


def test_the_public_names_are_imported_for_the_type_checker_only():
    tree = parsed(Path("__init__.py"))
    for node in tree.body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            module = node.module if isinstance(node, ast.ImportFrom) else node.names[0].name
            assert module in {"__future__", "importlib", "typing"}


@pytest.mark.parametrize("file", FILES, ids=str)
def test_only_the_files_that_may_open_files_do(file: Path):
    opened = [
        f"{file}:{node.lineno} opens a file: {ast.unparse(node)[:80]}"
        for node in nodes(file)
        if isinstance(node, ast.Call) and opens_a_file(node)
    ]
    if file.as_posix() in OPENERS:
        assert opened, f"{file} opens nothing and need not be allowed to"
    else:
        assert_none(opened)


@pytest.mark.parametrize("file", [file for file in FILES if room(file) in STAGES - TOUCH_THE_WORLD], ids=str)
def test_a_stage_does_not_look_about_on_the_disk(file: Path):
    assert_none(
        [
            f"{file}:{node.lineno} looks at the world: {ast.unparse(node)[:80]}"
            for node in nodes(file)
            if (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in LOOKING)
            or (isinstance(node, ast.Attribute) and node.attr == "environ")
        ]
    )


@pytest.mark.parametrize("file", [file for file in FILES if room(file) in STAGES], ids=str)
def test_only_named_stages_read_what_is_installed_with_them(file: Path):
    reading = {"pkgutil", "importlib.resources", "importlib.metadata"}
    found = [told(one) for one in imports(file) if one.module in reading]
    if file.as_posix() in PACKAGED:
        assert found, f"{file} reads nothing of the kind and need not be allowed to"
    else:
        assert_none(found)


def test_material_is_opened_in_one_place():
    assert {file.partition("/")[0] for file in set(OPENERS) - OF_OUR_OWN} == {"files"}


def opens_a_file(node: ast.Call) -> bool:
    """Tell ``open(path)``, ``os.open(path)`` and ``path.open("rb")`` from ``outline.open("p")``, an element."""
    name = _name(node.func)
    if name != "open" or isinstance(node.func, ast.Name):
        return name in OPENING
    assert isinstance(node.func, ast.Attribute)
    first = node.args[0] if node.args else None
    return (
        _name(node.func.value) in {"os", "io", "gzip", "bz2", "lzma", "codecs", "tarfile", "zipfile", "tokenize"}
        or first is None
        or (isinstance(first, ast.Constant) and bool(re.fullmatch("[rwxa][bt+]*", str(first.value))))
    )


@pytest.mark.parametrize("file", FILES, ids=str)
def test_only_the_pipeline_looks_at_a_clock(file: Path):
    if file.as_posix() == "pipeline/clock.py":
        return
    assert_none(
        [
            f"{file}:{node.lineno} looks at a clock: {ast.unparse(node)[:80]}"
            for node in nodes(file)
            if isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in CLOCKS
            and isinstance(node.func.value, ast.Name | ast.Attribute)
            and _name(node.func.value) in {"datetime", "date", "time"}
        ]
    )


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def test_no_clock_is_imported_by_its_bare_name():
    assert_none(
        [
            told(one)
            for file in FILES
            for one in imports(file)
            if one.module == "time" and file.as_posix() != "pipeline/clock.py"
        ]
    )


def test_only_the_rooms_that_touch_the_world_could_open_a_socket():
    network = {
        "socket",
        "ssl",
        "http",
        "urllib.request",
        "ftplib",
        "httpx2",
        "httpcore2",
        "requests",
        "urllib3",
        "asyncio",
    }
    assert_none(
        [
            told(one)
            for file in FILES
            if room(file) not in TOUCH_THE_WORLD
            for one in imports(file)
            if any(one.module == name or one.module.startswith(f"{name}.") for name in network)
        ]
    )


@pytest.mark.parametrize("file", FILES, ids=str)
def test_a_file_does_one_thing_and_is_short_enough_to_be_read(file: Path):
    lines = (SOURCE / file).read_text(encoding="utf-8").count("\n")
    assert lines <= 350, f"{file} has {lines} lines"


@pytest.mark.parametrize("folder", ["tests", "benchmarks", "training"])
def test_so_is_what_stands_beside_the_source(folder: str):
    lines = {file: file.read_text(encoding="utf-8").count("\n") for file in (SOURCE.parents[1] / folder).rglob("*.py")}
    assert lines
    assert {file: count for file, count in lines.items() if count > 350} == {}


def test_the_tests_that_are_begun_first_are_there():
    assert [name for name in BEGUN_FIRST if not (TESTS / name).is_file()] == []


@pytest.mark.parametrize("file", FILES, ids=str)
def test_a_module_opens_with_what_it_is(file: Path):
    assert ast.get_docstring(parsed(file)), f"{file} has no docstring"


def test_where_the_parts_of_a_bag_lie_is_spelled_in_one_place():
    names = {one.strip("/") for name, one in vars(bag_layout).items() if name.endswith(("_NAME", "_FOLDER"))}
    assert {"data/tei/page.xml", "data/original"} <= names
    assert_none(
        [
            f"{file}:{node.lineno} spells {node.value}"
            for file in FILES
            if file != Path("model/bag_layout.py")
            for node in nodes(file)
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.strip("/") in names
        ]
    )


def test_a_test_knows_of_the_house_what_others_may_know():
    """What is private may change unseen: no test imports it, or puts something else in its place."""
    private = re.compile(r"(?:.*\.)?_[a-z]\w*", re.IGNORECASE)
    assert_none(
        [
            f"{path.relative_to(TESTS)}:{node.lineno} uses {name}"
            for path in sorted(TESTS.rglob("*.py"))
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            for name in _names_of_others(node)
            if private.fullmatch(name)
        ]
    )


def _names_of_others(node: ast.AST) -> list[str]:
    """The names that an import takes from a module of this project, or that ``setattr`` of a test replaces."""
    if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] in {"solander", "tests"}:
        return [name.name for name in node.names]
    if isinstance(node, ast.Call) and _name(node.func) == "setattr":
        return [one.value for one in node.args if isinstance(one, ast.Constant) and isinstance(one.value, str)][:1]
    return []
