"""Licences that give a page to the public: anybody may copy it and hand it on.

Source: Open Definition 2.1 (conformant licences); Creative Commons, the six licences and the two public domain tools,
of which every one allows verbatim copies.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_OPEN = re.compile(
    r"creativecommons\.org/(?:licenses/by|publicdomain/(?:zero|mark))"
    r"|rightsstatements\.org/vocab/NoC-US"
    r"|opensource\.org/licenses/|gnu\.org/licenses/(?:fdl|gpl|lgpl)|nationalarchives\.gov\.uk/doc/open-government-licence"
    r"|\bCC[ -](?:BY(?:-NC)?(?:-SA|-ND)?|0|Zero)\b|\bpublic domain\b|\bgemeinfrei\b|\bdomaine public\b"
    r"|\bGNU Free Documentation License\b|\bOpen Government Licence\b|\bcreative commons\b",
    re.IGNORECASE,
)


_RESERVED = re.compile(
    r"\b(?:all rights (?:are )?reserved|alle rechten? (?:sind )?(?:vorbehalten|voorbehouden)"
    r"|tous (?:les )?droits (?:sont )?r[ée]serv[ée]s|todos los derechos reservados|todos os direitos reservados"
    r"|tots els drets reservats|tutti i diritti (?:sono )?riservati|toate drepturile rezervate"
    r"|wszelkie prawa zastrze[zż]one|všechna práva vyhrazena|alla rättigheter (?:är )?(?:förbehållna|reserverade)"
    r"|alle rettigheter (?:er )?(?:forbeholdt|reservert)|kaikki oikeudet pidätetään|minden jog fenntartva"
    r"|tüm hakları saklıdır|все права защищены|всі права захищено|με επιφύλαξη παντός δικαιώματος)\b"
    r"|جميع الحقوق محفوظة|کلیه حقوق|כל הזכויות שמורות"
    r"|保留所有权利|保留一切权利|版权所有|版權所有|不得[转轉][载載]|翻印必究|無断転載|저작권자",
    re.IGNORECASE,
)
"""All rights kept, in the words of two dozen languages."""

_DENIED = re.compile(
    r"(?:\b(?:not|no|never|neither|nicht|kein\w*|nie|non|pas|aucune?|ne|niet|geen|inte|ikke|без|не|nincs|sin|sem)\b"
    r"|n[’']t\b)[^.;!?]{0,60}\Z",
    re.IGNORECASE,
)
"""What stands before a licence that is named only to say that it does not hold."""


def gives_to_the_public(rights: str) -> bool:
    """Whether a statement of rights names a licence by which anybody may copy and hand on, and denies it not."""
    return any(_DENIED.search(rights, 0, found.start()) is None for found in _OPEN.finditer(rights))


def reserves_all(rights: str) -> bool:
    """Whether a statement keeps all rights, of the whole or of a part: then what is free in it, a person must say."""
    return _RESERVED.search(rights) is not None


def are_open(statements: Iterable[str]) -> bool:
    """Whether what is said of a page's rights, taken together, lets anybody copy it and hand it on."""
    said = tuple(statements)
    return any(map(gives_to_the_public, said)) and not any(map(reserves_all, said))
