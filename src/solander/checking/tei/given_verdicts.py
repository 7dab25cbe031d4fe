"""TEI12x: what schemas say of a document that somebody gave with ``--schema``.

Source: the schemas themselves; the report names each with its digest, and the engine that applied it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from solander.checking.grammars.relax_ng import GrammarFault
from solander.checking.rules import Check, Fault, rule
from solander.model.finding import Place

FAILED, MILD = "failed", "mild"
"""Kinds of faults: an assertion of Schematron that failed, and one that is but a remark; all others are of grammar."""


@rule("TEI120", "given-schema-broken", severity="error", source="the schema given with --schema")
def given_schema_broken(path: str, schema: str, faults: Sequence[GrammarFault]) -> Iterator[Fault]:
    """The document does not follow a schema that was given: RELAX NG or XML Schema.

    Why: whoever asks for documents by that schema cannot use this one.

    Remedy: see what stands at the place and what the schema allows there; mend the document, or give the right schema.
    """
    yield from _told(path, schema, (one for one in faults if one.kind not in (FAILED, MILD)))


@rule("TEI121", "given-assertion-failed", severity="error", source="the schema given with --schema; ISO/IEC 19757-3")
def given_assertion_failed(path: str, schema: str, faults: Sequence[GrammarFault]) -> Iterator[Fault]:
    """An assertion of a Schematron schema that was given does not hold, or a report of it is made.

    Why: the schema's author wrote down what such documents are to be like, and this one is not.

    Remedy: the message is the schema's own; mend what it names.
    """
    yield from _told(path, schema, (one for one in faults if one.kind == FAILED))


@rule("TEI122", "given-remark-made", severity="warning", source="the schema given with --schema; ISO/IEC 19757-3, role")
def given_remark_made(path: str, schema: str, faults: Sequence[GrammarFault]) -> Iterator[Fault]:
    """A Schematron schema that was given remarks on something: its role is a warning, an information or a hint.

    Why: nothing is broken, and the schema's author wanted it to be seen.

    Remedy: the message is the schema's own; look at what it names.
    """
    yield from _told(path, schema, (one for one in faults if one.kind == MILD))


RULES: tuple[Check[...], ...] = (given_schema_broken, given_assertion_failed, given_remark_made)


def _told(path: str, schema: str, faults: Iterator[GrammarFault]) -> Iterator[Fault]:
    for one in faults:
        yield Fault(Place(path, one.line, one.column, one.xpath), f"{schema}: {one.message}", one.allowed)
