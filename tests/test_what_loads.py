"""What is imported by whom asks for little: each command loads what it needs, and no library of another's."""

import subprocess
import sys
from pathlib import Path


def loaded_by(statement: str) -> set[str]:
    code = f"import sys; before = set(sys.modules)\n{statement}\nprint('\\n'.join(set(sys.modules) - before))"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(shown.stdout.split())


def test_importing_solander_costs_next_to_nothing():
    loaded = loaded_by("import solander")
    assert {name for name in loaded if name.startswith("solander")} == {"solander"}
    assert not loaded & {"lxml", "click", "numpy", "turbohtml", "selectolax", "rich", "jsonschema"}


def test_help_loads_no_command_and_no_library_but_its_own():
    loaded = loaded_by("import io; from solander.cli import main; sys.stdout = io.StringIO(); main(['--help']); "
                       "sys.stdout = sys.__stdout__")  # fmt: skip
    assert not {name for name in loaded if name.startswith("solander.pipeline")}
    assert not loaded & {"lxml", "numpy", "turbohtml", "selectolax", "rich", "jsonschema", "bagit"}


def test_judging_a_plain_bag_loads_nothing_that_judges_pages(tmp_path: Path):
    from solander.files.whole import write_folder
    from solander.model.bag import BagInfo
    from solander.packing import lay_out

    write_folder(tmp_path, "bag", lay_out(info=BagInfo(), payload=[("data/a", b"a")]))
    loaded = loaded_by("import io; from solander.cli import main; sys.stdout = io.TextIOWrapper(io.BytesIO()); "
                       f"main(['validate', {str(tmp_path / 'bag')!r}]); sys.stdout = sys.__stdout__")  # fmt: skip
    assert "solander.checking.bags.every_rule" in loaded
    heavy = {"lxml", "numpy", "turbohtml", "selectolax", "rich", "jsonschema", "bagit", "json", "tomllib"}
    assert not loaded & (heavy | {"click", "shutil", "random", "traceback", "argparse"})
    # Dataclasses, and what they bring along, would be a fifth of it.
    assert not loaded & {"dataclasses", "inspect", "ast", "queue"}
    assert not {name for name in loaded if name.startswith(("solander.encoding.tei", "solander.reading"))}


def test_bagging_loads_neither_a_network_nor_a_library_of_pages():
    loaded = loaded_by("from solander.pipeline import fetch_bag, make_bag, unbag, update_bag")
    assert "solander.pipeline.bags.bagging" in loaded
    assert not loaded & {"lxml", "numpy", "turbohtml", "selectolax", "rich", "jsonschema", "bagit"}
    assert not loaded & {"socket", "ssl", "httpx2", "httpcore2"}
