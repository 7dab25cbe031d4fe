"""Schemas that somebody gave: read once, applied to any document.

RELAX NG is judged by our own walk (``explaining``), which reads all of TEI in a tenth of a second, knows the datatypes
and tells what is wrong; XML Schema by libxml2, Schematron by ourselves.

What a schema includes must lie beside it. To be used in a process of its own: a schema can be made so that judging by
it never ends.

Source: RELAX NG; XML Schema; ISO/IEC 19757-3.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from functools import partial
from itertools import islice
from typing import Any, NamedTuple, Protocol

from solander.checking.grammars.explaining import explain
from solander.checking.grammars.relax_ng import GrammarFault, as_faults, parse_xml, safe_parser
from solander.checking.grammars.rng_including import UnusableSchema, plain_name, whole_grammar
from solander.checking.grammars.rng_patterns import GrammarTooLarge
from solander.checking.grammars.rng_reading import Grammar
from solander.checking.grammars.schematron import TOLD, Schematron
from solander.model.finding import SchemaUsed

KINDS = ("rng", "rnc", "xsd", "sch")
"""Endings of the names of schemas."""
FAILED, MILD = "failed", "mild"
"""The kinds of what Schematron says: that an assertion failed, and what it only remarks."""
_XSD = "{http://www.w3.org/2001/XMLSchema}"
_XML_NAMESPACE = "http://www.w3.org/XML/1998/namespace"
_XML_ATTRIBUTES = f"""<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="{_XML_NAMESPACE}">
<xs:attribute name="lang" type="xs:language"/><xs:attribute name="base" type="xs:anyURI"/>
<xs:attribute name="id" type="xs:ID"/><xs:attribute name="space"><xs:simpleType><xs:restriction base="xs:NCName">
<xs:enumeration value="default"/><xs:enumeration value="preserve"/></xs:restriction></xs:simpleType></xs:attribute>
<xs:attributeGroup name="specialAttrs"><xs:attribute ref="xml:lang"/><xs:attribute ref="xml:base"/>
<xs:attribute ref="xml:id"/><xs:attribute ref="xml:space"/></xs:attributeGroup></xs:schema>"""
"""What stands for ``xml.xsd``, which nearly every schema takes from the network: the attributes that XML itself has."""
_CALLS = ("include", "import", "redefine", "override")


class Needs(Exception):
    """Another file is needed, which lies beside the schema."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class Verdict(NamedTuple):
    """What a schema says of a document."""

    faults: list[GrammarFault]
    unchecked: str | None = None
    """Why it says nothing; ``None`` where it does."""


class Judge(Protocol):
    """A schema that was read."""

    @property
    def used(self) -> SchemaUsed:
        """What it is, and which engine applies it."""
        ...

    @property
    def note(self) -> str | None:
        """What it asks for and is not checked here."""
        ...

    def judge(self, content: bytes) -> Verdict:
        """Judge a document."""
        ...


def judge_of(name: str, files: Mapping[str, bytes]) -> Judge:
    """Read a schema.

    Args:
        name: its file name; the ending tells what it is.
        files: its content by its name, and that of what lies beside it as far as it is at hand.

    Raises:
        Needs: a file beside it is not at hand.
        UnusableSchema: it cannot be used.
    """
    kind = name.rpartition(".")[2].lower()
    if kind == "rnc":
        raise UnusableSchema("the compact syntax is read by jing alone: say --engine jing, or make it .rng with trang")
    if kind not in KINDS:
        raise UnusableSchema("a schema's name ends in .rng, .rnc, .xsd or .sch")
    make: Callable[[str, Mapping[str, bytes]], Judge]
    make = _RelaxNg if kind == "rng" else _XmlSchema if kind == "xsd" else _Schematron
    try:
        return make(name, files)
    except (RecursionError, GrammarTooLarge) as error:
        raise UnusableSchema("it is nested deeper, or is larger, than is read") from error


def _at_hand(files: Mapping[str, bytes], name: str) -> bytes:
    if name not in files:
        raise Needs(name)
    return files[name]


def _used(name: str, content: bytes, version: str, engine: str) -> SchemaUsed:
    return SchemaUsed(name, version, hashlib.sha256(content).hexdigest(), engine)


def refusal(content: bytes) -> tuple[Any, Verdict | None]:
    """A document's root, or the verdict on one that no schema is asked about."""
    parsed = parse_xml(content)
    if parsed.fault is not None:
        return None, Verdict([parsed.fault._replace(message=f"it is no XML: {parsed.fault.message}")])
    if parsed.has_doctype:
        return None, Verdict([], "it has a DOCTYPE; what that may call for is not read, and no verdict would hold")
    return parsed.root, None


class _RelaxNg:
    def __init__(self, name: str, files: Mapping[str, bytes]) -> None:
        from solander import __version__

        root = whole_grammar(files[name], partial(_at_hand, files))
        self.grammar = Grammar(root)
        self.used = _used(name, files[name], root.get("version", "1"), f"solander {__version__}")
        unknown = [*self.grammar.unknown]
        self.note = f"some datatypes: {'; '.join(unknown[:5])}" if unknown else None

    def judge(self, content: bytes) -> Verdict:
        _, refused = refusal(content)
        if refused is not None:
            return refused
        try:
            return Verdict(as_faults(explain(self.grammar, content)))
        except (GrammarTooLarge, RecursionError):
            return Verdict([], "it takes more steps than anybody waits for")
        except (ValueError, UnusableSchema) as error:
            return Verdict([], str(error))


class _XmlSchema:
    note = None

    def __init__(self, name: str, files: Mapping[str, bytes]) -> None:
        from lxml import etree

        self._gather(name, files, set())
        parser = safe_parser()
        parser.resolvers.add(_only(files))
        try:
            root = etree.fromstring(files[name], parser, base_url=f"given:/{name}")
            self.engine = etree.XMLSchema(root)
        except etree.LxmlError as error:
            raise UnusableSchema(f"libxml2 refuses it: {str(error)[:300]}") from error
        engine = "libxml2 " + ".".join(str(part) for part in etree.LIBXML_VERSION)
        self.used = _used(name, files[name], root.get("version", "1"), engine)

    def _gather(self, name: str, files: Mapping[str, bytes], seen: set[str]) -> None:
        """See to it that all that a schema calls for is at hand."""
        if name in seen:
            return
        seen.add(name)
        parsed = parse_xml(_at_hand(files, name))
        if parsed.fault is not None or parsed.has_doctype:
            raise UnusableSchema(f"{name} is no XML, or has a DOCTYPE; nothing that it may call for is read")
        if parsed.root.tag != f"{_XSD}schema":
            raise UnusableSchema(f"{name} is no XML Schema: its root is {parsed.root.tag[:200]}")
        for one in parsed.root.iter(*(f"{_XSD}{kind}" for kind in _CALLS)):
            location = one.get("schemaLocation")
            if location is not None and one.get("namespace") != _XML_NAMESPACE:
                self._gather(_beside(location), files, seen)

    def judge(self, content: bytes) -> Verdict:
        root, refused = refusal(content)
        if refused is not None:
            return refused
        if self.engine.validate(root):
            return Verdict([])
        log: Any = self.engine.error_log
        found = list(log)[:TOLD]
        return Verdict(
            [GrammarFault(one.line or None, one.column or None, one.path, one.message[:500]) for one in found]
        )


def _beside(location: str) -> str:
    """The file beside a schema that it means: one on the network by the last part of its name."""
    return plain_name(location.rpartition("/")[2] if location.startswith(("http://", "https://")) else location)


def _only(files: Mapping[str, bytes]) -> Any:
    """What libxml2 may read: the files at hand, and nothing else."""
    from lxml import etree

    class Only(etree.Resolver):
        def resolve(self, url: str, identifier: str, context: Any) -> Any:  # type: ignore[override]
            name = url.rpartition("/")[2]
            if name == "xml.xsd" and name not in files:
                return self.resolve_string(_XML_ATTRIBUTES, context, base_url=f"given:/{name}")
            return self.resolve_string(files.get(name, b"<none/>"), context, base_url=f"given:/{name}")

    return Only()


class _Schematron:
    note = None

    def __init__(self, name: str, files: Mapping[str, bytes]) -> None:
        from solander import __version__

        self.schema = Schematron(files[name])
        self.used = _used(name, files[name], "1", f"solander {__version__}")

    def judge(self, content: bytes) -> Verdict:
        root, refused = refusal(content)
        if refused is not None:
            return refused
        faults = []
        try:
            for one in islice(self.schema.failures(root), TOLD):
                said = f"{one.identifier}: {one.message}" if one.identifier else one.message
                faults.append(GrammarFault(one.line, None, one.xpath, said, MILD if one.is_mild else FAILED))
        except UnusableSchema as error:
            return Verdict(faults, str(error))
        return Verdict(faults)
