"""What begins with a given name and names nobody: "Ann Arbor", "Orlando Magic", "Paris Hotel", "Victoria Station".

Only words that hardly anybody bears as a surname tell a place; "Victoria Park" may be a person.
"""

from __future__ import annotations

from solander.describing.word_list import words_of

_PLACES = words_of(
    "hotel hotels hostel resort station airport hospital stadium arena city county falls cathedral basilica island "
    "islands peninsula avenue boulevard railway terminal restaurant marathon festival olympics bahnhof flughafen "
    "krankenhaus aeroport gare estadio aeropuerto"
)
_WHOLE = frozenset(
    (
        *("ann arbor", "orlando magic", "orlando pirates", "charlotte hornets", "virginia beach", "virginia tech"),
        *("santiago bernabeu", "santiago bernabéu", "santiago de compostela", "santiago de chile", "victoria line"),
    )
)


def is_given_place(name: str) -> bool:
    """Whether words that have a person's form name a place, or what is called after one."""
    words = name.casefold().split()
    return len(words) > 1 and (words[-1] in _PLACES or " ".join(words) in _WHOLE)
