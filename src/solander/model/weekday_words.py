"""Names of weekdays as pages print them before a day, full and shortened, in the languages that Solander reads.

Unlike a month's, a short weekday's name is another day's in the next language ("so" is Sunday in German and Saturday in
Czech), so that a word may name several days: whoever asks takes what the date itself bears out.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

# From Monday on: full names, and short ones.
_FULL = (
    "monday montag lundi lunes lunedì segunda-feira maandag mandag måndag poniedziałek понедельник понеділок δευτέρα "
    "pondělí pondelok pazartesi luni hétfő maanantai dilluns ponedjeljak "
    "ponedeljek понеделник senin isnin الاثنين الإثنين esmaspäev pirmdiena pirmadienis",
    "tuesday dienstag mardi martes martedì terça-feira dinsdag "
    "tirsdag tisdag wtorek вторник вівторок τρίτη úterý utorok "
    "salı marți kedd tiistai dimarts utorak torek selasa الثلاثاء teisipäev otrdiena antradienis",
    "wednesday mittwoch mercredi miércoles mercoledì quarta-feira woensdag onsdag środa среда середа τετάρτη středa "
    "streda çarşamba miercuri szerda keskiviikko dimecres srijeda "
    "sreda сряда rabu الأربعاء kolmapäev trešdiena trečiadienis",
    "thursday donnerstag jeudi jueves giovedì quinta-feira donderdag torsdag czwartek четверг четвер πέμπτη čtvrtek "
    "štvrtok perşembe joi csütörtök torstai dijous četvrtak "
    "četrtek четвъртък kamis الخميس neljapäev ceturtdiena ketvirtadienis",
    "friday freitag vendredi viernes venerdì sexta-feira vrijdag "
    "fredag piątek пятница п'ятниця παρασκευή pátek piatok "
    "cuma vineri péntek perjantai divendres petak petek петък jumat الجمعة reede piektdiena penktadienis",
    "saturday samstag sonnabend samedi sábado sabato zaterdag lørdag lördag sobota суббота субота σάββατο cumartesi "
    "sâmbătă szombat lauantai dissabte subota събота sabtu السبت laupäev sestdiena šeštadienis",
    "sunday sonntag dimanche domingo domenica zondag søndag "
    "söndag niedziela воскресенье неділя κυριακή neděle nedeľa "
    "pazar duminică vasárnap sunnuntai diumenge nedjelja nedelja неделя minggu الأحد pühapäev svētdiena sekmadienis",
)
_SHORT = (
    "mon mo lun seg ma man mån pon pn пн δευ po pzt lu h hét dl pe",
    "tue tues di mar ter tir tis wt вт τρι út sal ma k ti dt ut",
    "wed weds mi mer mié mie qua wo woe ons śr ср τετ st çar sze ke dc sri",
    "thu thur thurs do jeu jue gio qui don tor czw чт πεμ čt per csü cs to dj čet",
    "fri fr ven vie sex vr vri fre pt пт παρ pá cum p pe dv pet",
    "sat sa sam sáb sab za zat lør lör sob сб σαβ so cmt szo la ds sub",
    "sun so dim dom zo zon søn sön nd ndz niedz вс нд κυρ ne paz v su dg ned",
)


def _folded(word: str) -> str:
    return "".join(
        letter for letter in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(letter)
    )


def _table(*rows: tuple[str, ...]) -> dict[str, frozenset[int]]:
    found: dict[str, frozenset[int]] = {}
    for names in rows:
        for day, words in enumerate(names):
            for word in words.split():
                folded = _folded(word)
                found[folded] = found.get(folded, frozenset()) | {day}
    return found


_NAMES = _table(_FULL)
_ALL = _table(_FULL, _SHORT)

LONGEST = max(map(len, _ALL))
"""Letters of the longest name of a weekday."""


@lru_cache(maxsize=1024)
def weekdays_of(word: str) -> frozenset[int]:
    """The weekdays that a word may name, Monday being 0; empty if it names none."""
    return _ALL.get(_folded(word.strip(".")), frozenset())


@lru_cache(maxsize=1024)
def is_weekday(word: str) -> bool:
    """Whether a word is the full name of a weekday, in whatever language."""
    return _folded(word.strip(".,")) in _NAMES
