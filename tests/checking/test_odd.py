"""The ODD documents the grammar that judges: the same elements, the same values, and it is TEI itself."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

from lxml import etree

SCHEMAS = Path(__file__).parents[2] / "schemas"
ODD = SCHEMAS / "solander-tei.odd"
TEI = "{http://www.tei-c.org/ns/1.0}"
RNG = "{http://relaxng.org/ns/structure/1.0}"


def parsed(path: Path) -> Any:
    return etree.parse(path, etree.XMLParser(remove_comments=True)).getroot()


def test_the_elements_of_the_odd_are_those_of_the_grammar() -> None:
    included = [name for one in parsed(ODD).iter(f"{TEI}moduleRef") for name in one.get("include", "").split()]
    described = [one.get("ident") for one in parsed(ODD).iter(f"{TEI}elementSpec")]
    elements = {one.get("name") for one in parsed(SCHEMAS / "solander-tei.rng").iter(f"{RNG}element")} - {None}
    assert len(included) == len(set(included))
    assert set(included) == set(described) == elements
    assert len(described) == len(set(described))


def test_an_element_stands_in_the_module_that_includes_it() -> None:
    modules = {one.get("key"): one.get("include", "").split() for one in parsed(ODD).iter(f"{TEI}moduleRef")}
    for one in parsed(ODD).iter(f"{TEI}elementSpec"):
        assert one.get("ident") in modules[one.get("module")]
        assert one.find(f"{TEI}desc").text


def test_the_closed_lists_of_values_are_those_of_the_grammar() -> None:
    grammar = parsed(SCHEMAS / "solander-tei.rng")
    definitions = {one.get("name"): one for one in grammar.iter(f"{RNG}define")}
    by_grammar: dict[tuple[str, str], set[str]] = {}

    def gather(element: str, within: Any) -> None:
        for one in within:
            if one.tag == f"{RNG}attribute" and one.get("name") not in ("xml:space",):
                values = [value.text for value in one.iter(f"{RNG}value")]
                if values:
                    by_grammar.setdefault((element, one.get("name")), set()).update(values)
            elif one.tag == f"{RNG}ref" and len(definitions[one.get("name")].findall(f"{RNG}attribute")):
                gather(element, definitions[one.get("name")])
            elif one.tag in (f"{RNG}optional", f"{RNG}choice", f"{RNG}group", f"{RNG}oneOrMore", f"{RNG}zeroOrMore"):
                gather(element, one)

    for one in grammar.iter(f"{RNG}element"):
        if one.get("name"):
            gather(one.get("name"), one)
    by_odd = {
        (one.get("ident"), attribute.get("ident")): {value.get("ident") for value in attribute.iter(f"{TEI}valItem")}
        for one in parsed(ODD).iter(f"{TEI}elementSpec")
        for attribute in one.iter(f"{TEI}attDef")
    }
    assert by_odd == by_grammar


def test_the_odd_is_tei(shared: Path, jing: str) -> None:
    schema = shared / "oracles" / "tei" / "tei_all-4.12.0.rng"
    ran = subprocess.run([jing, schema, ODD], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout) == (0, "")
