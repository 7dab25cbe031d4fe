"""What stands in an author's place and names nobody, or a body, or says what somebody is."""

from __future__ import annotations

import re
from functools import lru_cache

from solander.describing.word_list import words_of
from solander.model.greetings import greets_somebody
from solander.model.membership import is_membership_label

LINE_CHARACTERS = 200
"""A longer line is no byline."""

TELLING_WORDS = 8
"""So many words, half of them small, are no name, nor are twice as many."""

_ADDRESS = re.compile(r"https?:|www\.|\A/|\w@\w|\A@|/\Z", re.IGNORECASE)
# "page.head.extra.author", "{{author}}": a template that was not filled in. A user may be called "ann.lee".
_HOST = re.compile(
    r"(?:[\w-]+\.){1,3}(?:com|org|net|info|biz|eu|edu|gov|tv|blog|news|online|shop|co\.uk|io|me|de|at|ch|fr|it|es|pt|nl|be|pl|"
    r"gr|ru|ua|cz|se|no|dk|fi|uk|us|ca|au|nz|cn|tw|hk|jp|kr|in|br|mx|ar)"
)
_PLACEHOLDER = re.compile(
    r"(?=(?:.*\.)?(?:page|head|site|post|article|author|user|name|title|meta|config|props|data|item|entry)(?:\.|\Z))"
    r"[a-z_]+(?:\.[a-z_]+){2,}|.*\{\{.*\}\}.*|(?:author|user)[\s_-]?(?:name|id)|%\w+%"
)
# Who claims rights or gives an address for letters in an author's place names nobody.
_NO_NAME = re.compile(
    r"©|\(c\)\s|\bcopyright\b|\ball rights\b|alle rechte|\btel\.?:|\bphone\b|\b\d{4,5}\s\w+|\b(?:street|strasse|straße|"
    r"str\.|avenue)\s?\d|\d+\s(?:\w+\s){1,2}(?:street|st\.|road|avenue)\b|\bon (?:facebook|twitter|x|instagram|"
    r"linkedin)\Z"
)
_CREDITS = re.compile(
    r"(?:bild|fotos?|photos?|image|credits?|grafik|illustration|video)(?:\s?(?:credits?|by|von))?\s?[:：©/]"
)

_ADMIN = re.compile(r"(?:wp|word\s?press|site|web|blog|super)?[\s_-]?admin(?:istrat\w*|istrador|in)?\d*")
_NOISE = words_of(
    "root webmaster editor editors author authors autor user username guest gast unknown anonymous anonym "
    "none null undefined default system superuser test wordpress contributor manager master publisher by post "
    "posts page home more blog news website web n/a by von par por monday tuesday wednesday thursday friday "
    "saturday sunday montag dienstag mittwoch donnerstag freitag samstag sonntag lundi mardi mercredi jeudi "
    "vendredi samedi dimanche lunes martes miércoles jueves viernes sábado domingo posted published publiziert "
    "veröffentlicht erstellt publié publicado pubblicato opublikowano опубликовано article artikel artículo follow "
    "following human written verfasst updated aktualisiert share subscribe login register name author: autor: search "
    "menu contact kontakt profile profil website: all comments comment reply view today yesterday heute gestern "
    "details "
    "bio biography presse newsroom info admin: online offline foto fotos photo photos фото bild image dodano "
    "utworzono δημοσιεύτηκε δημοσίευση ενημέρωση источник источники źródło fonte quelle source"
) | {
    "no author",
    "guest author",
    "about the author",
    "about us",
    "read more",
    "not available",
    "super user",
    "system account",
}

# "Weitere Beiträge", "View all posts": what a box about an author calls for.
_CALLS = words_of(
    "view all alle more mehr weitere see read show zeige archiv archive archives follow folge visit voir ver leggi "
    "zobacz search other andere latest neueste recent tags"
)
_ROLES = words_of(
    "editor writer reporter correspondent contributor columnist staff journalist expert executive producer director "
    "specialist analyst consultant professor reviewer founder co-founder owner coach manager advisor adviser officer "
    "president ceo engineer developer designer strategist marketer researcher scientist grader trainer lecturer "
    "instructor lead head intern partner journalism redakteur redakteurin autor autorin rédacteur rédactrice "
    "redactor redactora mitarbeiter mitarbeiterin korrespondent korrespondentin reporterin redaktionsmitglied "
    "maintainer"
)


# "Written by", "10 mins read", "Sat": what stands about names in a byline's place.
_ABOUT_NAMES = re.compile(
    r"(?:\w+\s){0,3}(?:by|von|par|por|da|door|av|af|przez|via|in|on|am)|\d+\s?min\w*(?:\sread)?|"
    r"(?:mon|tue|wed|thu|fri|sat|sun|mo|di|mi|do|fr|sa|so|lun|mar|mer|jeu|ven|sam|dim)\.?",
    re.IGNORECASE,
)
_GENERIC = words_of(
    "staff team redaktion redaktionsteam editors desk newsroom redacción redação redazione rédaction redakcja redactie "
    "editorial writers merkezi servisi писатель редакция 编辑部 編輯部 小编 本报讯"
)


# What the names of papers, firms and bodies are made of, and the names of people are not.
_BODIES = words_of(
    "weekly daily monthly news times magazine press journal blog post gazette herald tribune observer review "
    "today media "
    "online radio tv television channel network group company inc ltd llc gmbh ag e.v. verein association society "
    "foundation institute university college school centre center office ministry council agency department museum "
    "library club church bank studio studios software solutions services shop store zeitung nachrichten zeitschrift "
    "verlag magazin stiftung institut universität hochschule ministerium verband bund amt journal revue presse "
    "fondation "
    "ministère association société diario noticias periódico revista fundación universidad ministerio giornale rivista "
    "fondazione università gazeta wiadomości fundacja academy "
    # What the law calls a firm.
    "sp. s.a. s.r.l. srl s.p.a. spa co. corp corp. inc. ltd. ltda b.v. n.v. kg ohg ug oy plc pty ооо оао зао пао"
)

_OFFICE = re.compile(
    r"\w*(?:leiter|sprecher|referent|beauftragter?|redakteur|experte|forscher|berater|dozent|vorsitzende[rn]?|"
    r"geschäftsführer|direktor|director|directeur|directrice|directora|responsable|head|chief|founder|professor)(?:in)?"
)


def is_bodys(name: str) -> bool:
    """Whether a name has a word of a paper's, a firm's or another body's in it."""
    words = name.casefold().split()
    # "James S.A. Lee" has two more first names; behind a name the letters are a firm's.
    return any(word in _BODIES and (word != "s.a." or at in (0, len(words) - 1)) for at, word in enumerate(words))


def is_generic(name: str) -> bool:
    """Whether a string names an author without saying who: "Editorial Team", "Staff Writer", "Redaktion"."""
    words = name.casefold().replace(".", " ").split()
    return any(word in _GENERIC for word in (*words[:1], *words[-1:]))


def tells_of_somebody(text: str) -> bool:
    """Whether what a mark for an author holds is a text about her: it is long, or half of its words are small."""
    words = text.split()
    small = sum(word[0].islower() for word in words)
    return len(words) >= 2 * TELLING_WORDS or (len(words) >= TELLING_WORDS and 2 * small >= len(words))


@lru_cache(maxsize=512)
def is_noise(name: str) -> bool:
    """Whether a string in an author's place names nobody: ``admin``, an address, figures, a placeholder."""
    bare = name.strip(" .:-_").casefold()
    return (
        len(bare) < 2
        or len(name) > LINE_CHARACTERS
        or bare in _NOISE
        or (" " in bare and bare.partition(" ")[0] in _CALLS)
        or _CREDITS.match(bare) is not None
        or greets_somebody(bare)
        or name.rstrip().endswith((":", "："))  # a label whose name stands elsewhere
        or bare[0] in "{%<[$"
        or _PLACEHOLDER.fullmatch(bare) is not None
        or _HOST.fullmatch(bare) is not None
        or _ABOUT_NAMES.fullmatch(bare) is not None
        or is_membership_label(bare)
        or _NO_NAME.search(bare) is not None
        or _ADMIN.fullmatch(bare) is not None
        or _ADDRESS.search(bare) is not None
        or not any(map(str.isalpha, bare))
    )


@lru_cache(maxsize=512)
def is_role(name: str) -> bool:
    """Whether a string in a byline says what somebody is, not who: "Associate Editor", "Projektleiterin der HSS"."""
    # "Associate Editor, Harbour Times": the house changes nothing.
    office, _, _ = name.casefold().partition(",")
    words = (office if len(office.split()) <= 2 else name.casefold()).split()
    return bool(words) and (words[-1] in _ROLES or (len(words) > 1 and _OFFICE.fullmatch(words[0]) is not None))


def is_host(name: str) -> bool:
    """Whether a string is a host's name: "harbour.example" in an author's place is a house."""
    return _HOST.fullmatch(name.casefold()) is not None
