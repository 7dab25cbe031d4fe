"""Prepositions that open a byline in one language and mean something else in the next: "De Ana Pop", "Per Jordi Puig".

"De" is "by" in Romanian, "from" in Spanish and "the" in Dutch; "Per" is a Norwegian's name, and "durch" is what
programs put for "by" in German. So the page's language decides, and then a line is a byline only where all the rest of
it is a name.
"""

from __future__ import annotations

from solander.describing.candidate import Candidate
from solander.describing.names.given_places import is_given_place
from solander.describing.names.no_names import is_bodys
from solander.describing.names.people import looks_personal
from solander.model.places import names_place

_OPENS = {
    "de": "Durch ",
    "ro": "De ",
    "ca": "Per ",
    "gl": "Por ",
    "oc": "Per ",
    "sq": "Nga ",
    "lb": "Vun ",
    "id": "Oleh ",
    "ms": "Oleh ",
}
_WORDS = 4
"""A name behind such a word has no more."""


def named_behind(text: str, language: str | None) -> str:
    """The name behind a preposition that opens bylines in a language; empty where the line is anything else.

    Args:
        text: a line, or what stands in an author's place.
        language: the page's, as BCP 47 has it.
    """
    opens = _OPENS.get((language or "").partition("-")[0].casefold())
    if opens is None or not text.startswith((opens, opens.upper())):
        return ""
    name = text[len(opens) :].strip()
    if (
        not 2 <= len(name.split()) <= _WORDS
        or not name[0].isupper()
        or not looks_personal(name)
        or is_bodys(name)
        or name.endswith(".")
    ):
        return ""
    return "" if is_given_place(name) or names_place(name, alone=True) else name


def without_prepositions(candidates: list[Candidate], language: str | None) -> list[Candidate]:
    """Candidates whose author has lost the preposition that the mark-up of her name took in."""
    found: list[Candidate] = []
    for one in candidates:
        value = one.statement.value
        # In the mark-up of a name the preposition may be small: "durch Ann Lee".
        name = named_behind(value[:1].upper() + value[1:], language) if one.statement.element == "creator" else ""
        found.append(one._replace(statement=one.statement._replace(value=name)) if name else one)
    return found
