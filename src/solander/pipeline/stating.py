"""What a person states of a page, element by element: made into statements, and held to the forms that records need.

A statement outranks every machine, so that a wrong one would stand: a date that is none and a language that nobody
knows are refused before anything is done.

Source: W3CDTF; BCP 47 (RFC 5646).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias, TypedDict

from solander.errors import UsageError
from solander.model.description import ELEMENTS, Evidence, Statement

Stated: TypeAlias = str | Sequence[str]
"""What a person states of one element: a value, or several."""

STATED_EVIDENCE = Evidence("person", "stated when packing")
"""The evidence of what a person says, the same from the command line and from Python: it decides "already there"."""


class Elements(TypedDict, total=False):
    """The elements of Dublin Core as keywords: ``title="A page", creator=["A", "B"]``.

    ``source`` is none of them, being the page itself; state it as a ``Statement`` in ``said``.
    """

    title: Stated
    creator: Stated
    subject: Stated
    description: Stated
    publisher: Stated
    contributor: Stated
    date: Stated
    type: Stated
    format: Stated
    identifier: Stated
    language: Stated
    relation: Stated
    coverage: Stated
    rights: Stated


_LANGUAGES = {
    "arabic": "ar", "bengali": "bn", "bulgarian": "bg", "catalan": "ca", "chinese": "zh", "croatian": "hr",
    "czech": "cs", "danish": "da", "deutsch": "de", "dutch": "nl", "english": "en", "español": "es", "estonian": "et",
    "finnish": "fi", "français": "fr", "french": "fr", "german": "de", "greek": "el", "hebrew": "he", "hindi": "hi",
    "hungarian": "hu", "icelandic": "is", "indonesian": "id", "irish": "ga", "italian": "it", "italiano": "it",
    "japanese": "ja", "korean": "ko", "latin": "la", "latvian": "lv", "lithuanian": "lt", "norwegian": "no",
    "persian": "fa", "polish": "pl", "portuguese": "pt", "romanian": "ro", "russian": "ru", "serbian": "sr",
    "slovak": "sk", "slovenian": "sl", "spanish": "es", "swahili": "sw", "swedish": "sv", "thai": "th",
    "turkish": "tr", "ukrainian": "uk", "urdu": "ur", "vietnamese": "vi", "welsh": "cy",
}  # fmt: skip
"""Names that people write where a tag is wanted; to guess from, never to take."""


def statements(said: Sequence[Statement] = (), **stated: Stated) -> tuple[Statement, ...]:
    """Make statements of what a person says by element: ``statements(title="A page", creator=["A", "B"])``.

    Raises:
        UsageError: a value is empty, a date is none of W3CDTF, a language is no tag of BCP 47, or a statement bears
            other evidence than a person's word.
        TypeError: an element is none of Dublin Core's.
    """
    made = list(said)
    for element in ELEMENTS:
        values = stated.pop(element, ())
        for value in (values,) if isinstance(values, str) else values:
            text = " ".join(value.split())
            if not text:
                raise UsageError(f"the {element} that is stated is empty; leave it out, or say it")
            made.append(Statement(element, text, STATED_EVIDENCE))
    if stated:
        raise TypeError(f"{', '.join(stated)}: no element of Dublin Core; there are {', '.join(ELEMENTS)}")
    for one in made:
        _hold(one)
    return tuple(dict.fromkeys(made))


def together(
    said: tuple[Statement, ...], before: tuple[Statement, ...], *, forget: bool = False
) -> tuple[Statement, ...]:
    """What holds of a page: what is said now and, of elements of which nothing is said now, what was said before.

    Args:
        said: now.
        before: in the bag that stands.
        forget: whether what was said before is to be dropped.
    """
    if forget:
        return said
    elements = {one.element for one in said}
    return (*(one for one in before if one.element not in elements), *said)


def changed_elements(said: tuple[Statement, ...], before: tuple[Statement, ...]) -> tuple[str, ...]:
    """The elements of which other things are said than before; in which order does not matter."""

    def of(element: str, statements: tuple[Statement, ...]) -> list[tuple[str, str, str]]:
        return sorted(
            (one.value, one.refinement or "", one.language or "") for one in statements if one.element == element
        )

    return tuple(element for element in ELEMENTS if of(element, said) != of(element, before))


def _hold(statement: Statement) -> None:
    """Hold a statement to the form of its element, and to being a person's."""
    if statement.evidence.origin != STATED_EVIDENCE.origin:
        raise UsageError(
            f"the {statement.element} {statement.value!r} is stated with evidence of kind "
            f"{statement.evidence.origin!r}; what a person says has Evidence('person', …)"
        )
    if statement.element == "date" and not _is_date(statement.value):
        raise UsageError(
            f"{statement.value!r} is no date; write year, month and day, as far as they are known: "
            "2021, 2021-12 or 2021-12-08"
        )
    if statement.element == "language" and not _is_language(statement.value):
        guess = _language_meant(statement.value)
        hint = f"did you mean {guess}?" if guess else "write a tag, as en, pt-BR or zh-Hans"
        raise UsageError(f"{statement.value!r} is no language tag (BCP 47); {hint}")


def _is_date(value: str) -> bool:
    # Late, as below: most runs state no date.
    from solander.checking.records.description import is_w3cdtf

    return is_w3cdtf(value)


def _is_language(value: str) -> bool:
    import langcodes

    return value.isascii() and "_" not in value and langcodes.tag_is_valid(value)


def _language_meant(value: str) -> str | None:
    import langcodes

    if value.casefold() in _LANGUAGES:
        return _LANGUAGES[value.casefold()]
    try:
        tag = langcodes.standardize_tag(value)
    except ValueError:
        return None
    return tag if langcodes.tag_is_valid(tag) else None
