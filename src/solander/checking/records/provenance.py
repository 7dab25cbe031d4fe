"""The record of what was done -> findings: PRM0xx, its grammar, its links, and its agreement with the bag.

Source: PREMIS Data Dictionary 3.0; ``schemas/solander-premis.rng``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from solander.checking.grammars.relax_ng import Checked, GrammarFault, Parsed, grammar_faults, parse_xml
from solander.checking.rules import Fault, rule, run
from solander.model.finding import Place
from solander.model.fixity import algorithm_in_vocabulary
from solander.model.ports import SchemaStore

SCHEMA = "solander-premis.rng"
NAMESPACE = "{http://www.loc.gov/premis/v3}"
EXPECTED_EVENTS = ("normalization", "metadata extraction")
OF_A_BAG = ("validation", "message digest calculation", "information package creation")
"""Those that are expected besides in a bag which says when it was made."""
FILE = "bag path"
"""The type of identifier by which files are named."""
_TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"


class Surroundings(NamedTuple):
    """The bag in which a record stands, as far as it bears on it."""

    files: Collection[str]
    """Every file of the bag, there or to be fetched."""
    digests: Mapping[str, Mapping[str, str]]
    """What the manifests say: digests by path, by algorithm."""
    identifier: str | None = None
    """``External-Identifier``; ``None`` where there is none."""
    moments: Mapping[str, str] = MappingProxyType({})
    """When what happened by the record of the bag's making, by the kind of event, as far as that is known."""
    sizes: Mapping[str, int] = MappingProxyType({})
    """How many bytes each file has that is there, by path."""
    agent: str | None = None
    """``TEI-Agent``, which wrote the TEI; ``None`` where no field says it."""


@rule("PRM001", "provenance-not-well-formed", severity="error", source="XML 1.0, 2.1")
def not_well_formed(path: str, parsed: Parsed, faults: list[GrammarFault]) -> Iterator[Fault]:
    """The record of what was done is no XML.

    Why: without it nobody can tell how the text came out of the page.

    Remedy: make the bag again from its original.
    """
    if parsed.fault is not None:
        yield Fault(Place(path, parsed.fault.line, parsed.fault.column), parsed.fault.message)


@rule("PRM002", "provenance-not-valid", severity="error", source="schemas/solander-premis.rng")
def not_valid(path: str, parsed: Parsed, faults: list[GrammarFault]) -> Iterator[Fault]:
    """The record does not follow the grammar of PREMIS as Solander writes it.

    Why: repositories read events and fixity out of it by their place.

    Remedy: see what stands at the line; make the bag again from its original.
    """
    for fault in faults:
        yield Fault(Place(path, fault.line, fault.column, fault.xpath), fault.message, fault.allowed)
    if parsed.root is None or faults:
        return
    for element in parsed.root.iter(f"{NAMESPACE}object"):
        # XML Schema Part 1, 2.6.1: the type is a qualified name, and the grammar sees only how it is written.
        if element.nsmap.get(None) != NAMESPACE[1:-1]:
            yield Fault(Place(path, element.sourceline), "xsi:type names no type of PREMIS: its prefix is not here")


@rule("PRM003", "event-missing", severity="warning", source="PREMIS 3.0, entity Event")
def event_missing(path: str, root: Any, bag: Surroundings | None) -> Iterator[Fault]:
    """An event without which there would be no bag is not recorded.

    Why: the chain from the bytes as received to the text is broken at that link.

    Remedy: make the bag again from its original.
    """
    kinds = {_text(element) for element in root.iter(f"{NAMESPACE}eventType")}
    moments = {} if bag is None else bag.moments
    captured = ("capture",) if "capture" in moments else ()
    for kind in (*captured, *EXPECTED_EVENTS, *(OF_A_BAG if OF_A_BAG[-1] in moments else ())):
        if kind not in kinds:
            yield Fault(Place(path), f"no event of type {kind!r} is recorded")


@rule("PRM004", "agent-unknown", severity="error", source="PREMIS 3.0, linkingAgentIdentifier")
def agent_unknown(path: str, root: Any) -> Iterator[Fault]:
    """An event names an agent that the record does not describe.

    Why: who or what acted cannot be known.

    Remedy: make the bag again from its original.
    """
    known = {_pair(element) for element in root.iter(f"{NAMESPACE}agentIdentifier")}
    for element in root.iter(f"{NAMESPACE}linkingAgentIdentifier"):
        if _pair(element) not in known:
            yield Fault(Place(path, element.sourceline), f"the agent {_named(element)} is not described")


@rule("PRM005", "object-unknown", severity="error", source="PREMIS 3.0, linkingObjectIdentifier")
def object_unknown(path: str, root: Any) -> Iterator[Fault]:
    """An event, or another object, names an object that the record does not describe.

    Why: what was read or made cannot be known, nor whether it is still what it was then.

    Remedy: make the bag again from its original.
    """
    known = {_pair(element) for element in root.iter(f"{NAMESPACE}objectIdentifier")}
    for element in root.iter(f"{NAMESPACE}linkingObjectIdentifier", f"{NAMESPACE}relatedObjectIdentifier"):
        if _pair(element) not in known:
            yield Fault(Place(path, element.sourceline), f"the object {_named(element)} is not described")


@rule("PRM024", "event-unknown", severity="error", source="PREMIS 3.0, relatedEventIdentifier, linkingEventIdentifier")
def event_unknown(path: str, root: Any) -> Iterator[Fault]:
    """An object, or an agent, names an event that the record does not describe.

    Why: how it came to be, when and by whom, cannot be known.

    Remedy: make the bag again from its original.
    """
    known = {_pair(element) for element in root.iter(f"{NAMESPACE}eventIdentifier")}
    for element in root.iter(f"{NAMESPACE}relatedEventIdentifier", f"{NAMESPACE}linkingEventIdentifier"):
        if _pair(element) not in known:
            yield Fault(Place(path, element.sourceline), f"the event {_named(element)} is not described")


@rule("PRM006", "identifier-doubled", severity="error", source="PREMIS 3.0, objectIdentifier, eventIdentifier")
def identifier_doubled(path: str, root: Any) -> Iterator[Fault]:
    """Two objects, two events or two agents of the record have one identifier.

    Why: a link to it leads to both, and nobody can tell which is meant.

    Remedy: make the bag again from its original.
    """
    for kind in ("object", "event", "agent"):
        seen: Counter[tuple[str, str]] = Counter()
        for element in root.iter(f"{NAMESPACE}{kind}Identifier"):
            pair = _pair(element)
            seen[pair] += 1
            if seen[pair] == 2:
                yield Fault(Place(path, element.sourceline), f"a second {kind} is called {_named(element)}")


@rule("PRM007", "object-not-in-bag", severity="error", source="PREMIS 3.0, objectIdentifier")
def object_not_in_bag(path: str, root: Any, bag: Surroundings) -> Iterator[Fault]:
    """The record describes a file that the bag does not have.

    Why: something that was kept is there no more, or the record is that of another bag.

    Remedy: bring the file back from another copy of the bag, or make the bag again from its original.
    """
    for name, element in _files(root):
        if name not in bag.files:
            yield Fault(Place(path, element.sourceline), f"the bag has no file {name!r}")


@rule("PRM008", "object-digest-differs", severity="error", source="PREMIS 3.0, fixity; RFC 8493, 2.1.3")
def object_digest_differs(path: str, root: Any, bag: Surroundings) -> Iterator[Fault]:
    """The record has another digest of a file than the bag's manifest.

    Why: the file was changed after it was recorded, and the manifest written anew: fixity alone does not show it.

    Remedy: compare with another copy of the bag; whoever changed the file knowingly makes the bag again.
    """
    for name, element in _files(root):
        for fixity in element.iter(f"{NAMESPACE}fixity"):
            algorithm = _text(fixity.find(f"{NAMESPACE}messageDigestAlgorithm"))
            digest = _text(fixity.find(f"{NAMESPACE}messageDigest"))
            listed = bag.digests.get(algorithm_in_vocabulary(algorithm) or "", {}).get(name)
            if listed is not None and listed.lower() != digest:
                place = Place(path, fixity.sourceline)
                yield Fault(place, f"the {algorithm} of {name!r} is not the manifest's", listed, digest)


@rule("PRM009", "payload-file-unrecorded", severity="warning", source="PREMIS 3.0, entity Object")
def payload_file_unrecorded(path: str, root: Any, bag: Surroundings) -> Iterator[Fault]:
    """A payload file is not described in the record.

    Why: nobody can tell where it came from.

    Remedy: make the bag again from its original; what does not belong to the page is kept elsewhere.
    """
    known = {name for name, _ in _files(root)}
    for name in sorted(bag.files):
        if name.startswith("data/") and name not in known:
            yield Fault(Place(path), f"the payload file {name!r} is not described")


@rule("PRM016", "provenance-of-another-object", severity="error", source="PREMIS 3.0, objectIdentifier")
def provenance_of_another_object(path: str, root: Any, bag: Surroundings) -> Iterator[Fault]:
    """The record does not describe the object that ``External-Identifier`` names.

    Why: it tells what was done to something else, or the bag has been given another's name.

    Remedy: put back the identifier that was altered, or make the bag again from its original.
    """
    wholes = [one for one in root.iter(f"{NAMESPACE}object") if one.get(_TYPE) == "intellectualEntity"]
    named = {_pair(one.find(f"{NAMESPACE}objectIdentifier"))[1] for one in wholes}
    if bag.identifier is not None and named != {bag.identifier}:
        found = ", ".join(sorted(named)) or "none"
        line = wholes[0].sourceline if wholes else None
        yield Fault(Place(path, line), "this is not the identifier of the bag", bag.identifier, found)


@rule("PRM020", "event-moment-differs", severity="error", source="PREMIS 3.0, eventDateTime")
def event_moment_differs(path: str, root: Any, bag: Surroundings) -> Iterator[Fault]:
    """The record has the capture, or the work on the page, at another moment than the record of the bag's making.

    Why: when a page was as it is kept here is what it may have to prove.

    Remedy: put the moment back by ``metadata/description.json``, or make the bag again from its original.
    """
    for event in root.iter(f"{NAMESPACE}event"):
        expected = bag.moments.get(_text(event.find(f"{NAMESPACE}eventType")))
        moment = event.find(f"{NAMESPACE}eventDateTime")
        if expected is not None and _text(moment) != expected:
            line = event.sourceline if moment is None else moment.sourceline
            yield Fault(Place(path, line), "this is not the moment that was recorded", expected, _text(moment))


@rule("PRM022", "object-size-differs", severity="error", source="PREMIS 3.0, size")
def object_size_differs(path: str, root: Any, bag: Surroundings) -> Iterator[Fault]:
    """The record has another size of a file than the file has.

    Why: a repository that takes the size from here, beside the right digest, holds the file for damaged.

    Remedy: if the bag's fixity is right, make the bag again from its original; else bring the file back.
    """
    for name, element in _files(root):
        for size in element.iter(f"{NAMESPACE}size"):
            there, said = bag.sizes.get(name), _text(size)
            if there is not None and said.isdecimal() and int(said) != there:
                yield Fault(Place(path, size.sourceline), f"{name!r} has another size", str(there), said)


@rule("PRM025", "encoder-unknown", severity="error", source="PREMIS 3.0, entity Agent; docs/format.md, bag-info.txt")
def encoder_unknown(path: str, root: Any, bag: Surroundings) -> Iterator[Fault]:
    """The record does not describe the program that wrote the TEI by ``TEI-Agent`` of ``bag-info.txt``.

    Why: by the program and its version it is known which faults of programs a text may have.

    Remedy: put the field or the agent back that was altered, or make the bag again from its original.
    """
    named = [_pair(one)[1] for one in root.iter(f"{NAMESPACE}agentIdentifier")]
    if bag.agent is not None and bag.agent not in named:
        told = "; ".join(named)[:200] or "none"
        yield Fault(Place(path), "the program that wrote the TEI is not described", bag.agent, told)


@rule("PRM023", "object-format-differs", severity="error", source="PREMIS 3.0, format; PRONOM")
def object_format_differs(path: str, root: Any) -> Iterator[Fault]:
    """The record names one format of a file, and gives the key of another in the registry PRONOM.

    Why: repositories choose by this key what a file needs to be read, and whether it can still be.

    Remedy: put the key back that fits the format, or make the bag again from its original.
    """
    for form in root.iter(f"{NAMESPACE}format"):
        name = _text(form.find(f"{NAMESPACE}formatDesignation/{NAMESPACE}formatName"))
        for registry in form.iter(f"{NAMESPACE}formatRegistry"):
            known, key = _PRONOM.get(name, ()), _text(registry.find(f"{NAMESPACE}formatRegistryKey"))
            if known and key not in known and _text(registry.find(f"{NAMESPACE}formatRegistryName")) == "PRONOM":
                yield Fault(
                    Place(path, registry.sourceline), f"this is not the PRONOM key of {name}", ", ".join(known), key
                )


_PRONOM = {
    "application/gzip": ("x-fmt/266",),
    "application/json": ("fmt/817",),
    "application/tei+xml": ("fmt/101",),
    "application/xml": ("fmt/101",),
    "text/html": ("fmt/96", "fmt/97", "fmt/98", "fmt/99", "fmt/100", "fmt/471"),
    "text/plain": ("x-fmt/111",),
}
"""The keys that a format may have, its versions' too; of other formats nothing is judged."""

GRAMMAR_RULES = (not_well_formed, not_valid)
MEANING_RULES = (
    agent_unknown,
    object_unknown,
    event_unknown,
    identifier_doubled,
    object_format_differs,
)
BAG_RULES = (
    object_not_in_bag,
    object_digest_differs,
    payload_file_unrecorded,
    provenance_of_another_object,
    event_moment_differs,
    object_size_differs,
    encoder_unknown,
)
CHAIN_RULES = (event_missing,)
RULES = (*GRAMMAR_RULES, *CHAIN_RULES, *MEANING_RULES, *BAG_RULES)


def check_provenance(content: bytes, path: str, schemas: SchemaStore, bag: Surroundings | None = None) -> Checked:
    """Judge ``premis.xml`` by its grammar, then by its meaning.

    Args:
        content: the record.
        path: its name in the bag.
        schemas: where the grammar is.
        bag: what stands around it; without it ``BAG_RULES`` do not run.
    """
    parsed = parse_xml(content)
    faults, used = grammar_faults(parsed.root, SCHEMA, schemas, content) if parsed.root is not None else ([], None)
    findings = run(GRAMMAR_RULES, path, parsed, faults)
    if parsed.root is not None:
        findings += run(CHAIN_RULES, path, parsed.root, bag)
        findings += run(MEANING_RULES, path, parsed.root)
        if bag is not None:
            findings += run(BAG_RULES, path, parsed.root, bag)
    return Checked(findings, [used] if used else [])


def _files(root: Any) -> Iterator[tuple[str, Any]]:
    """The objects that are files, by the name that they have in the bag."""
    for element in root.iter(f"{NAMESPACE}object"):
        kind, name = _pair(element.find(f"{NAMESPACE}objectIdentifier"))
        if kind == FILE and name:
            yield name, element


def _pair(identifier: Any) -> tuple[str, str]:
    """An identifier: its type and its value, which name something only together."""
    parts = [] if identifier is None else [one for one in identifier if isinstance(one.tag, str)]
    kind, value = (_text(parts[0]), _text(parts[1])) if len(parts) > 1 else ("", "")
    return kind, value


def _named(identifier: Any) -> str:
    return repr(_pair(identifier)[1])


def _text(element: Any) -> str:
    """The text of an element without the white space around it; remarks in it are passed by."""
    if element is None:
        return ""
    return ("".join(element.itertext()) if len(element) else element.text or "").strip()
