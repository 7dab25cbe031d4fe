"""Schematron with the query language of XSLT 1: rules in XPath, applied to a document without any XSLT.

The rules are read and evaluated here, so that nothing of XSLT can be reached through them: no ``document()``, no file
that is written, no extension. What is not read is refused when the schema is read, or told as not checked.

Source: ISO/IEC 19757-3, sections 5 and 6; XPath 1.0.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from solander.checking.grammars.relax_ng import parse_xml
from solander.checking.grammars.rng_including import UnusableSchema

NAMESPACE = "{http://purl.oclc.org/dsdl/schematron}"
BINDINGS = ("xslt", "xslt1", "xpath", "xpath1", "")
MILD = ("warning", "warn", "info", "information", "hint", "note")
"""Roles of what is said and breaks nothing."""
TOLD = 100
"""How many failures are told of one document."""
_READ = {
    *("schema", "ns", "pattern", "rule", "assert", "report", "let", "value-of", "name", "emph", "span", "dir", "p"),
    *("title", "extends", "param", "phase", "active", "diagnostics", "diagnostic", "properties", "property"),
}
_LITERAL = re.compile(r"'[^']*'|\"[^\"]*\"")

_WHY = {
    "Unregistered function": "it calls a function that is neither XPath 1.0's nor current()",
    "Undefined variable": "it names a variable that no let defines",
    "Undefined namespace prefix": "it has a prefix that no ns declares",
}


class Failed(NamedTuple):
    """An assertion that failed, or a report that was made."""

    line: int | None
    xpath: str
    identifier: str
    """Of the assertion, or of its pattern; empty where neither has one."""
    message: str
    is_mild: bool


class _Rule(NamedTuple):
    contexts: tuple[Any, ...]
    """XPath of each alternative, from the root."""
    holds_root: bool
    lets: tuple[tuple[str, str], ...]
    checks: tuple[Any, ...]


class _Node(NamedTuple):
    """What a rule is applied to: an element, the document (``None``), or an attribute of an element."""

    element: Any
    step: str = ""
    """The way from the element to its attribute."""
    value: str = ""


class Schematron:
    """A schema that was read; ``failures`` applies it."""

    def __init__(self, content: bytes) -> None:
        """Read a schema.

        Raises:
            UnusableSchema: it is none, or asks for what is not read here.
        """
        parsed = parse_xml(content)
        if parsed.fault is not None:
            raise UnusableSchema(f"it is no XML: line {parsed.fault.line}: {parsed.fault.message}")
        if parsed.has_doctype:
            raise UnusableSchema("it has a DOCTYPE; nothing that it may call for is read")
        root = parsed.root
        if root.tag != f"{NAMESPACE}schema":
            raise UnusableSchema(f"it is no Schematron: its root is {root.tag[:200]}")
        binding = root.get("queryBinding", "").lower()
        if binding not in BINDINGS:
            raise UnusableSchema(f"its query language is {binding[:50]}; the one that is read here is that of XSLT 1")
        for one in root.iter("*"):
            self._must_be_read(one)
        self.namespaces = {one.get("prefix", ""): one.get("uri", "") for one in root.iter(f"{NAMESPACE}ns")}
        self.current: _Node | None = None
        self.lets = _lets(root)
        self._abstract = {one.get("id"): one for one in root.iter(f"{NAMESPACE}rule") if one.get("abstract") == "true"}
        patterns = {one.get("id"): one for one in root.iter(f"{NAMESPACE}pattern")}
        written, active = root.iter(f"{NAMESPACE}pattern"), _active(root)
        used = [one for one in written if active is None or one.get("id") in active]
        self.patterns = [self._pattern(one, patterns) for one in used if one.get("abstract") != "true"]

    @staticmethod
    def _must_be_read(one: Any) -> None:
        kind = one.tag.removeprefix(NAMESPACE)
        if one.tag.startswith(NAMESPACE) and kind not in _READ:
            raise UnusableSchema(f"line {one.sourceline}: {kind[:100]} is not read here")
        if "XSL/Transform" in one.tag:
            raise UnusableSchema(f"line {one.sourceline}: it holds XSLT, and no XSLT is run")
        if kind == "extends" and one.get("href") is not None:
            raise UnusableSchema(f"line {one.sourceline}: it calls for another file")

    # ------------------------------------------------------------------------------------------------- reading

    def _pattern(self, pattern: Any, patterns: Mapping[str | None, Any]) -> tuple[Any, tuple[Any, ...], list[_Rule]]:
        parameters: dict[str, str] = {}
        rules_of = pattern
        if pattern.get("is-a"):
            rules_of = patterns.get(pattern.get("is-a"))
            if rules_of is None:
                raise UnusableSchema(f"line {pattern.sourceline}: there is no pattern {pattern.get('is-a')[:100]}")
            parameters = {one.get("name", ""): one.get("value", "") for one in pattern.iter(f"{NAMESPACE}param")}
        rules = [
            self._rule(one, parameters)
            for one in rules_of.iterchildren(f"{NAMESPACE}rule")
            if one.get("abstract") != "true"
        ]
        return pattern, _lets(rules_of, parameters), rules

    def _rule(self, rule: Any, parameters: Mapping[str, str]) -> _Rule:
        context = _filled(rule.get("context", ""), parameters)
        alternatives = [one.strip() for one in _alternatives(context)]
        paths = []
        for one in alternatives:
            if one == "/":
                continue
            if not one:
                raise UnusableSchema(f"line {rule.sourceline}: a rule has no context")
            whole = one if one.startswith(("/", "id(")) else f"//{one}"
            paths.append(self._compiled(whole, rule))
        checks = []
        for part in self._parts(rule, 0):
            test = _filled(part.get("test", ""), parameters)
            self._compiled(test, part)
            checks.append((part, test, dict(parameters)))
        return _Rule(tuple(paths), "/" in alternatives, _lets(rule, parameters), tuple(checks))

    def _parts(self, rule: Any, depth: int) -> Iterator[Any]:
        if depth > 20:
            raise UnusableSchema(f"line {rule.sourceline}: rules extend one another without end")
        for one in rule:
            if one.tag == f"{NAMESPACE}extends":
                other = self._abstract.get(one.get("rule"))
                if other is None:
                    raise UnusableSchema(f"line {one.sourceline}: there is no such rule to extend")
                yield from self._parts(other, depth + 1)
            elif one.tag in (f"{NAMESPACE}assert", f"{NAMESPACE}report"):
                yield one

    def _compiled(self, path: str, where: Any) -> Any:
        from lxml import etree

        try:
            return etree.XPath(
                path,
                namespaces=self.namespaces or None,
                extensions={(None, "current"): self._current},
                regexp=False,
            )
        except etree.XPathError as error:
            raise UnusableSchema(f"line {where.sourceline}: {path[:100]!r} is no XPath 1.0: {_why(error)}") from error

    def _current(self, _: object) -> Any:
        """XSLT's ``current()``: what the rule is applied to."""
        node = self.current
        if node is None or node.element is None:
            return []
        return node.value if node.step else [node.element]

    # ------------------------------------------------------------------------------------------------ applying

    def failures(self, root: Any) -> Iterator[Failed]:
        """What a document (lxml) fails, pattern by pattern.

        Raises:
            UnusableSchema: a rule cannot be evaluated: it calls a function that XPath 1.0 does not have.
        """
        tree = root.getroottree()
        known = self._evaluated(self.lets, tree, _Node(None), {})
        for pattern, lets, rules in self.patterns:
            here = self._evaluated(lets, tree, _Node(None), known)
            taken: set[Any] = set()
            for rule in rules:
                for node in self._nodes(rule, tree, here):
                    key = (node.element, node.step)
                    # Of a pattern's rules only the first that fits is applied to a node.
                    if key not in taken:
                        taken.add(key)
                        yield from self._checked(pattern, rule, node, tree, here)

    def _nodes(self, rule: _Rule, tree: Any, known: Mapping[str, Any]) -> Iterator[_Node]:
        if rule.holds_root:
            yield _Node(None)
        found: dict[tuple[Any, str], _Node] = {}
        for path in rule.contexts:
            for one in self._asked(path, tree.getroot(), known):
                node = _node(one)
                found[node.element, node.step] = node
        yield from found.values()

    def _asked(self, path: Any, context: Any, known: Mapping[str, Any]) -> Any:
        from lxml import etree

        try:
            return path(context, **known)
        except etree.XPathError as error:
            raise UnusableSchema(f"{path.path[:100]!r} cannot be evaluated: {_why(error)}") from error

    def _value(self, path: str, tree: Any, node: _Node, known: Mapping[str, Any], *, is_test: bool = False) -> Any:
        from lxml import etree

        self.current = node
        if node.step:
            path = f"boolean({node.step}[boolean({path})])" if is_test else _from_attribute(path, node.step)
        extensions = {(None, "current"): self._current}
        try:
            if node.element is None:
                # Of the document itself only its tree can ask.
                return tree.xpath(path, namespaces=self.namespaces or None, extensions=extensions, **known)
            asked = etree.XPath(path, namespaces=self.namespaces or None, extensions=extensions, regexp=False)
            return asked(node.element, **known)
        except etree.XPathError as error:
            raise UnusableSchema(f"{path[:100]!r} cannot be evaluated: {_why(error)}") from error

    def _evaluated(
        self, lets: tuple[tuple[str, str], ...], tree: Any, node: _Node, known: Mapping[str, Any]
    ) -> dict[str, Any]:
        values = dict(known)
        for name, path in lets:
            values[name] = self._value(path, tree, node, values)
        return values

    def _checked(self, pattern: Any, rule: _Rule, node: _Node, tree: Any, known: Mapping[str, Any]) -> Iterator[Failed]:
        here = self._evaluated(rule.lets, tree, node, known)
        for part, test, parameters in rule.checks:
            holds = _is_true(self._value(test, tree, node, here, is_test=True))
            if holds != (part.tag == f"{NAMESPACE}report"):
                continue
            message = self._message(part, tree, node, here, parameters)
            element = tree.getroot() if node.element is None else node.element
            mild = (part.get("role") or "").lower() in MILD
            where = "/" if node.element is None else path_of(element) + (f"/{node.step}" if node.step else "")
            yield Failed(element.sourceline, where, part.get("id") or pattern.get("id") or "", message, mild)

    def _message(
        self, part: Any, tree: Any, node: _Node, known: Mapping[str, Any], parameters: Mapping[str, str]
    ) -> str:
        said = [part.text or ""]
        for one in part:
            if one.tag == f"{NAMESPACE}value-of":
                said.append(_text(self._value(_filled(one.get("select", "."), parameters), tree, node, known)))
            elif one.tag == f"{NAMESPACE}name":
                said.append(_text(self._value(f"name({one.get('path', '.')})", tree, node, known)))
            elif isinstance(one.tag, str):
                said.append("".join(one.itertext()))
            said.append(one.tail or "")
        return " ".join("".join(said).split())[:1000] or "(no words)"


def path_of(element: Any) -> str:
    """The way to an element by names as written: ``/TEI/text/body/div[2]``."""
    steps = []
    while element is not None:
        name = f"{element.prefix}:" if element.prefix else ""
        name += element.tag.rpartition("}")[2]
        number = sum(1 for _ in element.itersiblings(element.tag, preceding=True)) + 1
        steps.append(f"{name}[{number}]" if number > 1 else name)
        element = element.getparent()
    return "/" + "/".join(reversed(steps))


def _active(root: Any) -> set[str | None] | None:
    """The patterns of the phase that a schema takes where nobody names one; ``None`` for all (ISO 19757-3, 5.4.11)."""
    wanted = root.get("defaultPhase", "#ALL")
    phases = {one.get("id"): one.iter(f"{NAMESPACE}active") for one in root.iter(f"{NAMESPACE}phase")}
    if wanted != "#ALL" and wanted not in phases:
        raise UnusableSchema(f"there is no phase {wanted[:100]}, which it takes if none is named")
    return None if wanted == "#ALL" else {one.get("pattern") for one in phases[wanted]}


def _lets(holder: Any, parameters: Mapping[str, str] | None = None) -> tuple[tuple[str, str], ...]:
    return tuple(
        (one.get("name", ""), _filled(one.get("value", "''"), parameters or {}))
        for one in holder.iterchildren(f"{NAMESPACE}let")
    )


def _filled(path: str, parameters: Mapping[str, str]) -> str:
    """An abstract pattern's XPath with its parameters in their places."""
    for name in sorted(parameters, key=len, reverse=True):
        path = path.replace(f"${name}", parameters[name])
    return path


def _alternatives(context: str) -> list[str]:
    """A context at its bars, as far as these stand in no bracket and in no string."""
    plain = _LITERAL.sub(lambda found: "x" * len(found[0]), context)
    parts, depth, start = [], 0, 0
    for at, character in enumerate(plain):
        depth += (character in "[(") - (character in "])")
        if character == "|" and depth == 0:
            parts.append(context[start:at])
            start = at + 1
    return [*parts, context[start:]]


def _node(found: Any) -> _Node:
    if not isinstance(found, str):
        if not isinstance(getattr(found, "tag", None), str):
            raise UnusableSchema("a rule is applied to remarks, and these are not read here")
        return _Node(found)
    parent, name = found.getparent(), getattr(found, "attrname", None)  # type: ignore[attr-defined]
    if name is None or not found.is_attribute:  # type: ignore[attr-defined]
        raise UnusableSchema("a rule is applied to texts; elements and attributes are read here")
    namespace, _, local = name.rpartition("}")
    step = f"@*[local-name()='{local}' and namespace-uri()='{namespace.lstrip('{')}']"
    return _Node(parent, step, str(found))


def _from_attribute(path: str, step: str) -> str:
    """A path that begins at an attribute, as one that begins at its element."""
    if re.match(r"[./]?\.?(?:/|$)|@", path) and not path.startswith("/"):
        return f"{step}/{path}" if path != "." else f"string({step})"
    if path.startswith("name("):
        return f"name({step})"
    return re.sub(r"(?<![\w./\])@*])\.(?![\w./])", step, path)


def _is_true(value: Any) -> bool:
    # XPath 1.0, 4.3; lxml gives booleans, numbers, strings and lists, and NaN is neither.
    return bool(value) and value == value


def _text(value: Any) -> str:
    """XPath's ``string()`` of a value."""
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else str(value)
    return value if isinstance(value, str) else "".join(value.itertext())


def _why(error: Exception) -> str:
    """What is wrong with an expression, in our words for what libxml2 says of it."""
    return _WHY.get(str(error), "it is not written as XPath 1.0 is")
