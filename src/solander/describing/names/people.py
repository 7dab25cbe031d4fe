"""Names of people and bodies, out of the lines in which pages print them.

``people`` takes a byline apart; what stands in an author's place without naming anybody, ``no_names`` knows. Nothing is
put into another order: "Zhang Ping" stays "Zhang Ping".
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import takewhile

from solander.describing.names.given_names import is_given
from solander.describing.names.no_names import LINE_CHARACTERS, is_bodys, is_host, is_role
from solander.describing.word_list import words_of
from solander.model.late_pattern import late
from solander.model.month_words import month_of

_LABEL = re.compile(
    # A template may leave no space behind its label: "ByAnn Lee".
    r"[-–—•|·*~\s]{0,8}(?:(?-i:(?:Author|Autor|By|by|Von)(?=[A-ZÄÖÜ][a-zäöü.])|(?:Written|Posted|Published|WRITTEN)\s[Bb][Yy](?=[A-ZÄÖÜ]))|"
    r"(?:(?:an?|ein|eine|view|all|blog|zeige|alles?|more|mehr|articles|beiträge|guest|words|texte?|story|article|artikel|beitrag|blogbeitrag|gastbeitrag|posts?|"
    r"report|reported|written|posted|published|submitted|created|authored|verfasst|geschrieben|veröffentlicht|publié|écrit|"
    r"geschreven|skreven|skrevet|skriven|skrivet|opgetekend|napisane|"
    r"vorgelegt|eingereicht|présentée?|soutenue|presentad[oa]|apresentad[oa]|presentat[oa]|publicado|escrito|scritto|analysis|opinion|commentary|comment|perspective|column|essay|interview|erstellt|"
    r"publiziert|eingestellt|started|contributed|content|kommentar|analyse|stories|last|propos|recueillis?|entretien|réalisé|entrevista|intervista|raccolto|realizada|wywiad|rozmawiał[a]?|przygotował[a]?)\s+){0,3}"
    r"(?:(?:by|von|par|por|da|di|af|av|door|przez|via(?!\s(?:(?-i:[A-ZÀ-Ý])\S*\s){1,4}?\d))\s*:?\s|"
    r"(?:authors?|about the author|autor(?:[:*]?in(?:nen)?|en|a|as|es)?|autore|autorzy|auteure?s?|redaktor|interview|"
    r"writer|reporter|author\(s\)|автор(?:ы)?|текст|συντάκτης|γράφει|γράφουν|tekst|text|"
    r"texte?\s(?:und|and|et|&|/)\s(?:interview|photos?|fotos?|bild(?:er)?))\s?:\s*|"
    r"(?:автор|συντάκτης|autor(?:en|in)?|auteure?s?|authors?)\s|"
    # Words that nothing but a byline opens with; "Oleh" and "Per" are given names as well.
    r"(?:scris\sde|articol\sde|escrit\sper|ditulis\soleh|kirjoittanut|(?:viết\s)?bởi|بقلم|به\sقلم|מאת)\s?:?\s|"
    r"(?:(?:γράφτηκε|δημοσιεύ[θτ]ηκε|αναρτήθηκε)\sαπό(?:\sτ(?:ην?|ον?)(?:/την?)?)?(?:\sχρήστη)?\s?:?|"
    r"από\sτ(?:ην?|ον?|ους|ις)|γράφ(?:ει|ουν)\s(?:ο|η|οι|ο/η))\s(?-i:(?=[Α-ΩΆ-Ώ]\S*\s[Α-ΩΆ-Ώ]))|"
    # An interview's: who asked is its author. An office in a paper's own words stands in a byline alone.
    r"(?:rozmawiał[ay]?|przygotował[a]?|opracował[a]?\si\snapisał[a]?)\s?:?\s(?-i:(?=[^\W\d_a-ząćęłńóśźż]\S+\s[^\W\d_a-z]))|"
    r"(?=(?:de\snotre\senvoyée?|d(?:al|alla)\snostr[oa]\s(?:inviat|corrispondente)|de\snuestr[oa]\s(?:corresponsal|enviad)|"
    r"od\snasz(?:ego|ej)\s|van\sonze\s(?:verslaggever|correspondent))\S*\s)|"
    r"(?:un\s|um\s|una\s|uma\s)?(?:texto|texte|testo|tekst|reportaje|reportage|reportagem|crónica|crônica|artículo|artigo|article)\s"
    r"(?:de\s|d['’]|di\s)(?-i:(?=[^\W\d_a-zß-ÿ]\S+\s[^\W\d_a-zß-ÿ]))|"
    r"(?:作者|撰稿|撰文|记者|記者|글|기자)\s?[:：/／|\s]\s*))",
    re.IGNORECASE,
)
# Who brought a text into its form wrote none of it.
_EDITED = re.compile(
    r"(?:(?:(?:\w+\s){0,3}?edited|translated|curated|compiled|researched|"
    r"(?:(?:medically|clinically|expert|legally)\s)?reviewed|fact[\s-]checked)\sby\b\s?:?\s*|(?:editors?|redaktion|redacción|rédaction|redazione|redakcja|"
    r"translators?|übersetzung)\s?[:：]\s*|(?:(?:aus\sdem\s\w{4,20}\s)(?:übersetzt\s|übertragen\s)?von|(?:(?:ins|in\sdas)\sdeutsche\s)?übersetzt\svon|traduit\s(?:(?:de\sl['’]|du\s|de\s)\w+\s(?:\(\S+\)\s)?)?par|traducido\spor|tradotto\sda|traducción\sde(?=\s[A-ZÁÉÍÓÚÑ])|(?:vertaald|vertaling)\s(?:uit\shet\s\w+\s)?(?:door|van)|przełożył[a]?|przekład|перевод\s(?:с\s\w+\s)?:?)\s:?\s*|"
    r"(?:(?:责任|責任|本文|网络|執行|执行|主)?(?:编辑|編輯)|责编|責編|译者|譯者|翻译|翻譯|校对|审核)\s?[:：/／|\s]\s*)",
    re.IGNORECASE,
)
# What somebody is, set before the name without a colon: "Reporter Ann Lee", "本报记者张平".
_ROLE_BEFORE = late(
    r"(?:του|της|των)\s(?:ανταποκριτή|ανταποκρίτριας|απεσταλμένου|απεσταλμένης|συνεργάτη|συνεργάτιδάς?|συντάκτη|συντάκτριάς?)\s"
    r"(?:μας\s)?(?-i:(?=[Α-ΩΆ-Ώ]))|"
    r"(?:unser(?:em|er|en|e)\s(?:\w{2,20}\s)?(?:(?:redaktions|vor-ort-)?(?:mitarbeiter|mitglied|redakteur|reporter|korrespondent|"
    r"volont[äa]r)(?:in|s|en)?|redaktionsmitglied)|(?:de\s|par\s)?notre\s(?:envoyée?\sspéciale?|correspondante?|journaliste)|"
    r"(?:de\s)?nuestr[oa]\s(?:corresponsal|enviad[oa]\sespecial|redactora?)|d(?:al|alla|el|ella)\snostr[oa]\s"
    r"(?:inviat[oa]|corrispondente)|our\s(?:own\s|special\s|foreign\s)?(?:correspondent|reporter)|"
    r"(?:van\s)?onze\s(?:verslaggever|correspondent|redacteur|medewerker)|(?:od\s)?nasz(?:ego|ej)\s(?:korespondenta|korespondentki|reportera))(?:\s(?:à|a|en|in|w|aus)\s[^\s,]{2,30},)?[\s,:]{1,2}(?-i:(?=[^\W\d_a-z]))|"
    r"(?:(?:staff|senior|special|chief|guest)\s)?(?:reporter|correspondent|columnist|redakteur(?:in)?|reporterin|"
    r"korrespondent(?:in)?|journalist(?:in)?)\s(?-i:(?=[^\W\d_a-z]))|"
    r"(?:[一-鿿]{2,6})?(?:记者|記者|通讯员|通訊員|特派员|撰稿人)\s?[:：]?\s*(?=[一-鿿A-Z])",
    re.IGNORECASE,
)
_ROLE_AFTER = late(r"\s*[(（/]?\s?(?:记者|記者|기자|通讯员|通訊員|编辑|編輯|報道|报道)\s?[)）]?\Z")
_ACCOUNT = re.compile(r"(?<=\w)[\s(|,]+@\w{2,30}\)?(?=\Z|[\s,;&|])")
"""What an author is called elsewhere, behind her name: "Ann Lee @annlee"."""
_NICKNAME = re.compile(
    r"(?:\A|(?<=[,;&]\s)|(?<=\b(?:and|und)\s)|(?<=\bet\s)|(?<=\by\s))(?P<before>[^\W\d_][\w'’-]+ )"
    r"(?P<called>[(\"“][^\W\d_a-z][\w.]{0,9}[)\"”] )(?P<after>[^\W\d_a-z][\w'’-]*)"
)
"""What an author is called, behind her first name and before her last: "Richard (RJ) Lee"."""
_JOINT = re.compile(r"(?<=[a-zäöüß]{2})(?<!\bMac)(?<!\bVan)(?<!\bFitz)(?=[A-Z])")
_WORD_AND_STOP = re.compile(r"\s[^\W\d_](?:[a-zäöüßéèêíóúñçąćęłńśźż]{2,}|[A-ZÄÖÜÉÈÇÑ]{3,})(?<!\sEsq)\.\Z")
# What follows a name in its line: the day, the desk, the place of work, a share button.
_TAIL = late(
    r"(?:\s(?:envoy[ée]e?s?\sspécia(?:le?s?|ux)|correspondante?s?|enviad[oa]s?\sespecial(?:es)?|corresponsal(?:es)?|inviat[oiae])\b|"
    r"\s?[|•·●►»⋅]|\s(?:[–—/-]|//)\s|\s[\w.+-]+@\w|(?<=\s)(?:zuletzt|updated|published|posted|on|at|vom|am|last|min|minutes?|views?|comments?|"
    r"under|follow|share|photograph\w*|mit|with|(?-i:avec|con|com|met|med)|(?:e|y|et|i|und|och)\s(?:fotograf\w{1,3}|fotos?|photos?|photographies|zdjęcia|bilder|bild)|veröffentlicht|aktualisiert|publié|publicado|in|for|contributing|stand:?)\b|\(|"
    r"\b\d{1,2}[./:]\d|\b\d{4}\b|\s\d+\b|\s\d{1,2}(?:st|nd|rd|th)\b|[.,;]?\s(?:(?:medically|expert|fact)[\s-]?)?(?:reviewed|checked|edited|"
    r"researched|illustrated|translated)\sby\b|(?-i:/[A-Z]{2,6}(?:-[A-Z]{1,3})?\Z)).*\Z",
    re.IGNORECASE | re.DOTALL,
)
# "27", "27, 2020", "2020" behind a month; "27 May 2020", "27.5.2020" and "3 min read" are whole without one.
_WANTS_MONTH = late(
    r"[\s,.]*(?:(?P<day>\d{1,2}(?:st|nd|rd|th)?(?=\s*(?:\Z|,|[|•·(@–—]|\d{4}|(?:at|um)\b|-\s|\d{1,2}[:.h]\d{2}\b)))|[12]\d{3}(?![-/.]?\d))"
)
_HOUSE = re.compile(r"\s(?:\||//|•|·|–|—)\s")
_SPLIT = re.compile(
    r"\s*(?:,\s(?:and|und|et|y|e|i|&)\s|;|、|，|,|\s[&+]\s|\s(?:and|und|et|y|e|и|και|oraz)\s)\s*", re.IGNORECASE
)
_ENDS_IN_DAY = re.compile(r"(?:\A|\s)\d{1,2}(?:st|nd|rd|th|\.)?,?\Z")
_SENDER_ADDRESS = late(r"\s?(?:[<‹〈＜\[]|&lt;|mailto:)\s?[^\s<>]*@.*\Z|\s?[<‹〈＜].*\Z")
_SENDER_BEHIND = re.compile(r"\S+@\S+ \((?P<name>[^()]+)\)")
_PARTICLES = r"(?:von|van|der|den|de|del|della|di|da|dos|la|le|du|bin|ibn|al|el|zu|zur|ten|ter)\.?"
_PARTICLE = re.compile(_PARTICLES)
_PARTICLE_WORDS = words_of("von van der den de del della di da dos la le du bin ibn al el zu zur ten ter")
_PART = rf"(?:[^\W\d_a-z][\w.'’-]*|{_PARTICLES})"
_SYLLABLES = late("[぀-ヿ一-鿿가-힣]")
_PERSONAL = re.compile(rf"{_PART}(?:\s{_PART}){{1,5}}\Z")
# "ヨナス・アンデルセン", "J・K・ローリング": the dot parts the words of a foreign name; one word alone may be any.
_KANA_NAME = re.compile(
    r"(?=.*[ァ-ヴ]{2})(?:[ァ-ヴー]{1,12}|[A-ZＡ-Ｚ]\.?)(?:[・･＝=](?:[ァ-ヴー]{1,12}|[A-ZＡ-Ｚ]\.?)){1,4}"
)
_HAN_NAME = re.compile(r"[一-鿿·]{2,8}\Z|[가-힣]{2,4}\Z")
_SUFFIX = late(
    r"(?:Ph\.?\s?D|M\.?D|Jr|Sr|II|III|Esq|MBA|M\.?A|MSc|R\.?D|RN|LL\.?M|DDS|DVM|CPA|B\.?S|M\.?S|B\.?A|BSc|M\.?Ed|Ed\.?D|J\.?D|"
    r"M\.?P\.?H|Psy\.?D|Pharm\.?D|D\.?O|D\.?P\.?T|D\.?M\.?D|LCSW|LMFT|LMHC|LPC|RDN|LDN?|CDCES|CDE|CNS|CSCS|CPT|BSN|MSN|APRN|"
    r"FNP(?:-BC)?|NP|PA-C|CFP|CFA|CRPC|PMP|CPP|PSP|CISSP|FACC|FACP|FACS|FACLM|FACOG|FAAP|FRCP|FRCS|FRS|FBA|FAIA)\.?",
    re.IGNORECASE,
)
_WEEKDAYS = words_of(
    "monday tuesday wednesday thursday friday saturday sunday montag dienstag mittwoch donnerstag freitag samstag "
    "sonntag lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miércoles jueves viernes sábado domingo"
)

_GLUED = words_of("writer editor reporter author contributor correspondent staff senior freelance")


@lru_cache(maxsize=512)
def looks_personal(name: str) -> bool:
    """Whether a string has the form of a person's name: two to six capitalised words, or a few Han or Hangul."""
    if _HAN_NAME.match(name) or (not name.isascii() and _KANA_NAME.fullmatch(name)):
        return True
    if nickname := _NICKNAME.match(name):
        name = nickname["before"] + name[nickname.start("after") :]
    # In Greek and Cyrillic, too, a name's words are written large; a script of syllables has no such words at all.
    return (
        _PERSONAL.match(name) is not None
        and (name.isascii() or not _SYLLABLES.search(name))
        and not any(word[0].islower() and not _PARTICLE.fullmatch(word) for word in name.split())
    )


def sender(value: str) -> str:
    """Whom a letter is from, without the address: ``"Lee, Ann" <ann@…>``, ``ann@… (Ann Lee)``; empty if unnamed.

    Source: RFC 5322, 3.4 (``name-addr``); comments as names are older.
    """
    value = " ".join(value[:LINE_CHARACTERS].split())
    commented = _SENDER_BEHIND.fullmatch(value)
    name = commented["name"] if commented else _SENDER_ADDRESS.sub("", value)
    name = name.strip(" \"'“”„‚‘’,;")
    before, _, after = name.partition(", ")
    if "@" not in value and len(before.split()) > 1 < len(after.split()) and before[0].isupper():
        name = before  # "Ann Keeper, Harbour Board", as memoranda have it; "Lee, Ann" is one name
    return name if "@" not in name and any(map(str.isalpha, name)) else ""


def has_label(line: str) -> bool:
    """Whether a line opens as bylines do: "By …", "Von …", "作者:…"."""
    return len(line) <= LINE_CHARACTERS and _has_label(line)


@lru_cache(maxsize=256)
def _has_label(line: str) -> bool:
    return _LABEL.match(line) is not None


def is_editors(line: str) -> bool:
    """Whether a line opens as an editor's or a translator's does: "Edited by …", "责任编辑：…"."""
    return len(line) <= LINE_CHARACTERS and _is_editors(line)


@lru_cache(maxsize=256)
def _is_editors(line: str) -> bool:
    return _EDITED.match(line) is not None


def people(line: str, *, whole: bool = False) -> tuple[str, ...]:
    """The names in a byline, in its order.

    Args:
        line: what stands in an author's place; a label ("By", "Autor:") and what follows the names are left out.
        whole: the line is a value, not a sentence: only an obvious list is taken apart, and nothing is cut off.

    Returns:
        No name where the line is too long to be a byline.
    """
    line = " ".join(line[: 2 * LINE_CHARACTERS].split())
    return _people(line, whole) if 0 < len(line) <= LINE_CHARACTERS else ()


@lru_cache(maxsize=256)
def _people(line: str, whole: bool) -> tuple[str, ...]:
    """The same: templates say one name in many places."""
    # A second label may follow the first: "Author: By Ann Lee", "By staff reporter Ann Lee".
    for _ in range(3):
        label = _LABEL.match(line) or _EDITED.match(line)
        if label is None or not label[0]:
            label = _ROLE_BEFORE.match(line)  # an office opens a byline by itself: "Dal nostro inviato Ann Lee"
        if label is None:
            break
        line = line[label.end() :]
        # What bears a label is a byline, wherever it stands: "Analysis by Ann Lee, Editor-at-large".
        whole = False
    if not line.isascii():
        line = _ROLE_AFTER.sub("", line)
    if "@" in line:
        line = _ACCOUNT.sub("", line)
    nicknames = [one for one in _NICKNAME.finditer(line) if not is_bodys(one["before"].rstrip())] if "(" in line else []
    # In brackets a line's rest is cut off; these are no such brackets: they are taken out, and put in again.
    for one in reversed(nicknames):
        line = line[: one.start("called")] + line[one.start("after") :]
    names = _without_tail(line, whole)
    for one in nicknames:
        bare, full = one["before"] + one["after"], one[0]
        names = tuple([full + name.removeprefix(bare) if name.startswith(bare) else name for name in names])
    return names


def _without_tail(line: str, whole: bool) -> tuple[str, ...]:
    """The names of a line without its label."""
    cut = ""
    if not whole and (tail := _TAIL.search(line)):
        line, cut = line[: tail.start()], tail[0]
    line = line.strip(" ,;:|·•–—-/*→›»#")
    if not line:
        return ()
    if not whole:
        line = _unglued(line)
        line = _without_office(line)
        line = _without_day(line, cut)
    if not line:
        return ()
    return _split(line, whole)


def _without_day(line: str, cut: str) -> str:
    """A name without what is left of a day: "Ann Lee Monday, Feb. 27" has lost its figures before.

    "Theresa May", "Friedrich März", "Joe Friday": a month's or a weekday's name is as well a person's, and is a day's
    only where what stands about it makes one.

    Args:
        line: the names.
        cut: what stood right behind them, from its white space on.
    """
    before, _, word = line.rpartition(" ")
    is_day = month_of(word) is not None and _makes_a_day(before, cut)
    if is_day:
        line = before.strip(" ,")
        before, _, word = line.rpartition(" ")
    if word.casefold() in _WEEKDAYS and (is_day or len(before.split()) != 1):
        return before.strip(" ,")
    return line


def _makes_a_day(before: str, cut: str) -> bool:
    """Whether a month's name is a day's: figures about it want one, or a comma sets it apart from a whole name."""
    is_whole = len(before.split()) > 1
    wanted = _WANTS_MONTH.match(cut)
    # "May 12", "29. Juni".
    if not before or (wanted and wanted["day"]) or _ENDS_IN_DAY.search(before):
        return True
    # "Theresa May 2020", "Novak, Jan": of one word alone nobody would be named.
    return is_whole and (wanted is not None or before.endswith(","))


def _unglued(line: str) -> str:
    """A name without the office or the sign of a sentence's end right behind it: "Ann LeeStaff Writer", "Ann Lee."."""
    joint = _JOINT.search(line)
    if joint and line.count(" ", 0, joint.start()) == 1 and looks_personal(line[: joint.start()]):
        behind = line[joint.start() :]
        if is_role(behind) or is_bodys(behind) or behind.split()[0].casefold() in _GLUED:
            return line[: joint.start()]
    return line[:-1] if line.endswith(".") and _WORD_AND_STOP.search(line) and looks_personal(line[:-1]) else line


def _without_office(line: str) -> str:
    """A name without the office that a template glued to it: "Ann Lee Writer", "Ann Lee Staff Writer"."""
    if "," in line and _names_house(line.split()):
        # "Ann Jane Lee, Coast Weekly": the comma says where the name ends.
        return line
    words = line.split()
    if len(words) > 2 and is_given(words[0]) and (is_role(line) or _names_house(words)):
        # "Ann Lee Harbour Times shipping reporter": of whom the given name is known the surname is, too.
        kept = words[: 3 if len(words[1].strip(".")) == 1 or words[1].casefold() in _PARTICLE_WORDS else 2]
        return " ".join(kept) if looks_personal(" ".join(kept)) else line
    while len(words) > 2 and words[-1].casefold() in _GLUED:
        words.pop()
    name = " ".join(words)
    return name if name != line and len(words) <= 3 and looks_personal(name) and not is_bodys(name) else line


def _names_house(words: list[str]) -> bool:
    """Whether the last words of a byline are a house's: "Harbour Times"; "Ann Lee Press" may be anybody."""
    return len(words) > 3 and is_bodys(words[-1])


def _split(line: str, whole: bool) -> tuple[str, ...]:
    house = _HOUSE.search(line) if whole else None
    if house and looks_personal(line[: house.start()]) and not is_bodys(line[: house.start()]):
        return (line[: house.start()],)
    parts: list[str] = []
    for part in _SPLIT.split(line):
        # "Carlos Dobkin, PhD": letters after a name belong to it.
        if parts and _SUFFIX.fullmatch(part):
            parts[-1] = f"{parts[-1]}, {part}"
        elif part:
            parts.append(part)
    if len(parts) > 2 and parts[-1].isupper() and parts[-1].isalpha() and all(map(looks_personal, parts[:-1])):
        # "Ann Lee, Bo Day, CNN": capitals behind several names are their house's.
        parts.pop()
    if len(parts) > 1:
        # "Ann Lee, Harbour Times", "Ann Lee, harbour.example": the house that she writes for is no second author.
        people_alone = [part for part in parts if not (is_bodys(part) or is_host(part))]
        if len(people_alone) < len(parts) and any(looks_personal(part.split(",")[0]) for part in people_alone):
            parts = people_alone
            line = ", ".join(parts)
        if len(parts) == 1:
            return tuple(parts)
        if not whole:
            # "Ann Lee, Harbour Correspondent": the office is not a second author.
            parts = [part for part in parts if not is_role(part)] or parts
        if all(looks_personal(part.split(",")[0]) for part in parts):
            return tuple(dict.fromkeys(parts))
        if ";" in line:
            return tuple(dict.fromkeys(part.strip() for part in line.split(";") if part.strip()))
        if not whole and "," in line and looks_personal(parts[0]):
            # "Ann Lee and Bo May, Heads of Harbours": what is no name is what they do.
            named = takewhile(lambda part: looks_personal(part.split(",")[0]), parts)
            return tuple(dict.fromkeys(named)) if len(parts) > 2 and not is_bodys(line) else (parts[0],)
    return (line,)
