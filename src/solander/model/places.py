"""Which words beside a date name a place: only where the form of a dateline proves it.

``Porto, 4 May 2020``, ``(4 May 2020, Los Angeles)``: capitalised words, parted from the date by a comma. A label, a
preposition, a byline, an agency or a weekday is none, and what may as well be a person's name is left unsaid.

Source: TEI P5 4.12.0, 4.2.2 (``dateline``) and 14.2.3 (``placeName``); DCMI Metadata Terms, ``spatial``.
"""

from __future__ import annotations

import re

from solander.model.late_pattern import late


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_WORD = r"[^\W\d_a-z][\w.'’-]*"
_NAME = late(rf"{_WORD}(?:[\s-](?:{_WORD}|of|de|del|do|da|am|an|der|la|le|upon|sur|on|the)){{0,4}}\Z")
_HAN = late(r"[一-鿿]{2,6}\Z")
# Bodies that stand beside a date as often as places do.
_HAN_BODY = late(
    r"[部社网網报報局院会會厅廳委处處台司校刊]\Z|记者|記者|作者|编辑|編輯|来源|來源|星期|周[一二三四五六日]"
)
_TAIL = re.compile(r"\s*(?:[-–—]{1,2}.*|/[A-Z][\w ]{1,20}/.*|\([A-Z][\w ]{1,12}\).*)?\Z", re.DOTALL)
_COMMA = re.compile(r"\s*[,，、;；]\s*")
# "D.C.", "Calif.", "NY" behind a city say where it lies.
_ABBREVIATED = re.compile(r"(?:[A-Z]\.?){1,3}|[A-Z][a-z]{1,4}\.")
_GEOGRAPHIC_FIRST = _words(
    "los las san santa santo são saint st st. ste new port cape fort mount el la le les hong rio buenos tel abu kuala "
    "addis den des phnom sri north south east west upper lower great bad sankt nizhny novi nova nuevo ciudad puerto "
    "villa mexico salt washington ho frankfurt bahía baía laguna isla ilha île saint- lac monte"
)
_GEOGRAPHIC_LAST = _words(
    "city town beach island islands bay springs falls valley heights harbour harbor river lake lakes hills park county "
    "province state states kingdom republic d.c. dc"
)
_NO_PLACES = _words(
    "date dated datum fecha data published posted updated update created issued released release press news speech "
    "remarks statement editorial opinion article report reports blog sports sport politics business culture column "
    "interview review by von par por di da from on at in held written author autor auteur editor redaktion staff "
    "reporter version issue volume vol no edition page today yesterday heute hoje oggi last stand photo foto "
    "veröffentlicht erstellt aktualisiert publié publicado pubblicato erschienen geboren gestorben born died "
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun montag "
    "dienstag mittwoch donnerstag freitag samstag sonnabend sonntag lundi mardi mercredi jeudi vendredi "
    "samedi dimanche "
    "lunes martes miércoles jueves viernes sábado domingo lunedì martedì mercoledì giovedì venerdì sabato domenica "
    "segunda terça quarta quinta sexta segunda-feira terça-feira quarta-feira quinta-feira sexta-feira maandag dinsdag "
    "mo di mi do fr sa so lun mar mer jeu ven sam dim wortlaut "
    "woensdag donderdag vrijdag zaterdag zondag poniedziałek wtorek środa czwartek piątek sobota niedziela "
    # the other languages' days of the week
    "mandag tirsdag onsdag torsdag fredag lørdag søndag måndag tisdag lördag söndag maanantai tiistai keskiviikko "
    "torstai perjantai lauantai sunnuntai maanantaina tiistaina keskiviikkona torstaina perjantaina lauantaina "
    "sunnuntaina pondělí úterý středa čtvrtek pátek pondelok utorok streda štvrtok piatok nedeľa "
    "luni marți marţi miercuri joi vineri sâmbătă duminică hétfő kedd szerda csütörtök péntek szombat vasárnap "
    "ponedjeljak utorak srijeda četvrtak petak nedjelja ponedeljak sreda ponedeljek torek četrtek petek "
    "pazartesi salı çarşamba perşembe cuma cumartesi pazar dilluns dimarts dimecres dijous divendres dissabte diumenge "
    "δευτέρα τρίτη τετάρτη πέμπτη παρασκευή σάββατο κυριακή понедельник вторник среда четверг пятница суббота "
    "воскресенье понеділок вівторок середа четвер п'ятниця субота неділя понеделник сряда четвъртък петък събота "
    "неделя понедељак уторак четвртак петак субота недеља senin selasa rabu kamis jumat sabtu minggu "
    "esmaspäev teisipäev kolmapäev neljapäev reede laupäev pühapäev pirmdiena otrdiena trešdiena ceturtdiena "
    "piektdiena sestdiena svētdiena pirmadienis antradienis trečiadienis ketvirtadienis penktadienis šeštadienis "
    "sekmadienis "
    "ap afp dpa reuters xinhua upi efe ansa tass kyodo yonhap bloomberg pti ians video watch live breaking corrected "
    "january february march april may june july august september october november december spring summer autumn "
    "winter speeches statements remarks releases pressemitteilung pressemitteilungen pressemeldung pressestelle "
    "meldung mitteilung mitteilungen aktuelles nachrichten reden rede communiqué communiqués communique "
    "discours actualités "
    "comunicado comunicados comunicato noticias discursos discurso notizie aktualności newsroom media blog magazin "
    "kommentar archive archiv archives home publications publikationen"
)
_MEDIA = _words("news press media blog online tv radio")

# What may stand beside a date, and names no place: days of the week, hours, prepositions.
_BESIDE = (
    "mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun|monday|tuesday|wednesday|thursday|friday|saturday|sunday|montag|"
    "dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag|lundi|mardi|mercredi|jeudi|vendredi|samedi|"
    "dimanche|lunes|martes|miércoles|jueves|viernes|sábado|domingo|lunedì|martedì|mercoledì|giovedì|venerdì|sabato|"
    "domenica|segunda-feira|terça-feira|quarta-feira|quinta-feira|sexta-feira|poniedziałek|wtorek|środa|czwartek|"
    "piątek|sobota|niedziela|понедельник|вторник|среда|четверг|пятница|суббота|воскресенье|"
    "am|pm|a\\.m\\.|p\\.m\\.|den|der|le|el|on|the|at|um|à|uhr|gmt|utc|cet|est|edt|pst|pdt|"
    "(?:星期|周|礼拜|週|禮拜)[一二三四五六日天]|上午|下午"
)
_HOUR = r"[0-9]{1,2}[:.h][0-9]{2}(?::[0-9]{2})?(?: ?[ap]\.?m\.?)?"
_BESIDE_ONLY = late(rf"(?:[\W_]|(?<!\w)(?:{_BESIDE}|{_HOUR})(?!\w))*\Z", re.IGNORECASE)
_LEADING = late(rf"\A(?:[\s,，]*(?:{_HOUR}|(?:{_BESIDE})(?!\w)))+", re.IGNORECASE)
_TRAILING = late(rf"(?:(?<!\w)(?:{_BESIDE})[\s,，]*)+\Z", re.IGNORECASE)
_HOURS = re.compile(rf"[,，]?\s*{_HOUR}\s*(?:uhr|h|gmt|utc|[a-z]{{3,4}})?(?!\w)", re.IGNORECASE)
# "Done at Rome, the 4th of May": a formula that names the place by itself.
_DONE_AT = re.compile(
    r"\A\s*(?:done at|done in|fait à|fait a|geschehen zu|gegeben zu|hecho en|dado en|feito em|fatto a|"
    r"dato a|gedaan te)\s(?P<place>[^\W\d_][^\d,()]{1,40}?)[\s,]*"
    r"(?:this|le|am|den|el|on|il|a|op|em)?[\s,]*(?:the)?\s*\Z",
    re.IGNORECASE,
)


def names_place(text: str, *, alone: bool = False) -> bool:
    """Whether words have the form of a place's name and are no label, body, day or agency.

    Args:
        text: the words between the date and the next comma or bracket.
        alone: no bracket holds them together with the date, so that a person's name may stand there just as well:
            of several words one must be of a place ("New", "City").
    """
    if not 2 <= len(text) <= 60:
        return False
    if _HAN.match(text):
        return not alone and not _HAN_BODY.search(text)
    if not _NAME.match(text):
        return False
    words = text.casefold().split()
    if any(word.rstrip(".:") in _NO_PLACES or word.rpartition("-")[2] in _MEDIA for word in words):
        return False
    if text.isupper() and len(text) < 4 and not alone:
        return False
    if alone and len(text) < 3:
        return False
    return not alone or len(words) == 1 or words[0] in _GEOGRAPHIC_FIRST or words[-1] in _GEOGRAPHIC_LAST


def dateline_places(before: str, after: str) -> tuple[str, ...]:
    """The places that stand beside a date, proved by the form of the line.

    Args:
        before: what the line says before its date.
        after: what it says after it.
    """
    if formula := _DONE_AT.match(before):
        return (formula["place"].strip(),)
    bare = without_prepositions(before)
    if bare != before and bare.strip(" (（[【") and not bare.rstrip().endswith((",", "，", "、")):
        return ()
    before, after = bare, _LEADING.sub("", without_hours(after))
    opened, closed = before.lstrip()[:1], after.rstrip()[-1:]
    bracketed = opened in ("(", "（", "[", "【") and closed in (")", "）", "]", "】")
    if bracketed:
        before, after = before.lstrip()[1:], after.rstrip()[:-1]
    if any(mark in before + after for mark in ":：|•@/") and not re.match(r"\s*/[A-Z]", after):
        return ()
    parts: list[str] = []
    if _COMMA.search(before) and not _COMMA.split(before)[-1].strip():
        parts += _COMMA.split(before)[:-1]
    elif before.strip():
        return ()
    if leading := _COMMA.match(after):
        if before.strip() and not bracketed:
            return ()
        parts += _COMMA.split(after[leading.end() :])
    elif not _TAIL.match(after):
        return ()
    parts = [part.strip() for part in parts]
    # "Porto, Portugal, 4 May": the first is the place, and the rest says where that is.
    found = [part for part in parts if part and not _ABBREVIATED.fullmatch(part)]
    if not found or not all(names_place(part, alone=not bracketed) for part in found):
        found = [part for part in found if names_place(part)] if bracketed else []
    return tuple(dict.fromkeys(found))


def is_beside(text: str) -> bool:
    """Whether words beside a date are days of the week, hours and prepositions, and no more."""
    return _BESIDE_ONLY.match(text) is not None


def is_formula(before: str) -> bool:
    """Whether words before a date are a formula that names the place: "Done at Rome, the"."""
    return _DONE_AT.match(before) is not None


def without_hours(text: str) -> str:
    """A text without its hours: ", 7:00 PM"."""
    return _HOURS.sub("", text)


def without_prepositions(text: str) -> str:
    """What stands before a date, without the words that lead up to it: "le", "den", "Monday"."""
    return _TRAILING.sub("", text)
