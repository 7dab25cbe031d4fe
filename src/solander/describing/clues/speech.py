"""Who speaks in the title of a speech: "Remarks by Consul General Zhang Ping at the …" names Zhang Ping.

A general pattern: a word for a speech, "by", words for an office, a name, and what the name stands before. Office
words are told from names by a list; what is not in it and is written with a capital is the name.
"""

from __future__ import annotations

import re

from solander.describing.names.no_names import is_bodys
from solander.describing.word_list import words_of
from solander.model.late_pattern import late

_SPEECH = (
    r"(?:remarks|speech(?:es)?|address|statement|keynote(?:\s(?:speech|address|remarks))?|lecture|toast|testimony|"
    r"intervention|message|letter|greetings?|comments|op-ed|article|interview|briefing|eulogy|sermon|homily|"
    r"(?:press|news|joint)\sconference)"
)
_LED_BY = re.compile(
    rf"\b{_SPEECH}(?:\s(?:as\s)?(?:delivered|given|made|prepared(?:\sfor\sdelivery)?))?\s(?:by|from)\s(?P<who>[^:;()\[\]]{{3,160}})",
    re.IGNORECASE,
)
_OWNED = re.compile(rf"^(?P<who>[^:;()\[\]]{{3,100}}?)['’]s?\s(?:\w+\s){{0,2}}?{_SPEECH}\b", re.IGNORECASE)
_OF = re.compile(
    r"^(?:\w+\s){0,2}?(?:remarks|speech|address|testimony)\sof\s(?P<who>[^:;()\[\]]{3,160})", re.IGNORECASE
)
_DELIVERS = re.compile(
    rf"^(?P<who>[^:;()\[\]]{{3,100}}?)\s(?:delivers?|delivered|gives|gave|makes|made|addresses)\s(?:\w+\s){{0,3}}?{_SPEECH}\b",
    re.IGNORECASE,
)
_COLON = re.compile(
    rf"^(?:\w+\s)?(?:{_SPEECH}|rede|ansprache|grußwort|vortrag|discours|allocution|discurso|discorso)\s?:\s"
    r"(?P<who>[^:;()\[\]]{3,120})",
    re.IGNORECASE,
)
_OTHER_TONGUES = (
    re.compile(
        r"^(?:\w+\s){0,2}?(?:discours|allocution|intervention|déclaration|message|conférence)\s(?:de|du|d['’]|par)\s?"
        r"(?:la\s|l['’])?(?P<who>[^:;()]{3,160})",
        re.IGNORECASE,
    ),
    re.compile(
        r"^(?:\w+\s){0,2}?(?:rede|ansprache|grußwort|erklärung|statement|vortrag|predigt|eröffnungsrede|grundsatzrede)\s"
        r"(?:von|des|der)\s(?P<who>[^:;()]{3,160})",
        re.IGNORECASE,
    ),
    re.compile(
        r"^(?:\w+\s){0,2}?(?:discurso|palabras|intervención|declaración|mensaje|pronunciamento|mensagem)\s"
        r"(?:de|del|do|da|por)\s(?:la\s|el\s|o\s|a\s)?(?P<who>[^:;()]{3,160})",
        re.IGNORECASE,
    ),
    re.compile(
        r"^(?:\w+\s){0,2}?(?:discorso|intervento|dichiarazione|messaggio|allocuzione)\s(?:di|del|della|dell['’])\s?"
        r"(?P<who>[^:;()]{3,160})",
        re.IGNORECASE,
    ),
)
_STOP = words_of(
    "at on to in before for during marking upon regarding following about after with as when celebrating delivered "
    "au à aux lors devant pour sur dans en zur zum im bei beim auf anlässlich an vor am ante ante durante sobre con "
    "na no ao para all alla al nel nella presso per"
)
_OFFICES = words_of(
    "consul general consul-general ambassador president minister prime premier secretary secretary-general chancellor "
    "chairman chairwoman chairperson chair director director-general deputy vice acting under permanent assistant "
    "associate special envoy representative commissioner governor mayor senator congressman congresswoman "
    "representative counsellor counselor councillor councilor spokesperson spokesman spokeswoman judge justice king "
    "queen prince princess pope father bishop archbishop rabbi captain colonel major lieutenant admiral sergeant chief "
    "officer executive ceo founder co-founder professor prof dr mr mrs ms mme miss sir lord lady dame he h.e hon "
    "honourable honorable right rt his her their excellency majesty highness holiness former ex the of and for a an "
    "foreign state home interior defense defence finance trade affairs commerce education health justice labor labour "
    "energy environment transport agriculture culture economic economy development security treasury attorney "
    "commission council committee union assembly parliament department ministry embassy bureau board bank federal "
    "national international european united nations republic people's chinese american british french german "
    "board administrator member party first lady leader managing editor high head national adviser advisor "
    "consule generale ambassadeur ambassadrice président présidente ministre premier première secrétaire général "
    "générale maire gouverneur m monsieur madame "
    "bundeskanzler bundeskanzlerin kanzler kanzlerin bundespräsident bundespräsidenten präsident präsidenten minister "
    "ministerin bundesminister bundesministerin bundesministers bundesaußenminister bundesfinanzminister "
    "außenminister außenministerin staatsminister staatsministerin staatssekretär staatssekretärin ministerpräsident "
    "ministerpräsidenten oberbürgermeister bürgermeister botschafter botschafterin herr herrn frau professor "
    "generalkonsul generalkonsulin dr. "
    "presidente presidenta ministro ministra secretario secretaria embajador embajadora alcalde alcaldesa rey reina "
    "papa señor señora don doña embaixador embaixadora ministro primeiro primera gobierno gobernador "
    "de del la el las los du des d' der des dem von"
)
# After these stands what an office is of: "the Ambassador of Ruritania", "le président de la République".
_OF_WHAT = words_of("of for de du des der del della dell' do da di d' the la le los las el l'")
_ELECT = re.compile(r"-(?:elect|designate|gewählte[rn]?|élue?|electo|electa)\Z", re.IGNORECASE)
_PARTICLES = words_of("von van der den de del della di da dos la le du bin ibn al el zu ten ter")
_NAME_WORD = re.compile(r"[^\W\d_a-z][\w.'’-]*\Z")
_WORD = re.compile(r"[^\s,]+|,")

_HAN_OFFICE = (
    r"(?:总领事|總領事|大使|主席|总理|總理|外长|外長|部长|部長|省长|省長|市长|市長|书记|書記|国务委员|發言人|发言人|参赞|參贊|总统|總統|"
    r"首相|校长|校長|院长|院長|局长|局長|司长|司長|会长|會長|董事长|董事長|代表|教授|先生|女士)"
)
_HAN_SPEECH = re.compile(
    r"(?:讲话|講話|致辞|致辭|致词|演讲|演講|发言|發言|贺词|賀詞|讲话全文|署名文章)(?:[（(].{0,12}[)）])?\Z"
)
_HAN_THEN = r"(?=在|于|於|的|就|向|出席|发表|發表|新年|新春|春节|春節|国庆|國慶|致|对|對|$)"
_HAN_AFTER = late(rf"{_HAN_OFFICE}(?P<who>[一-鿿]{{2,3}}){_HAN_THEN}")
_HAN_BEFORE = late(rf"(?:\A|[\s::，,—])(?P<who>[一-鿿]{{2,3}}?){_HAN_OFFICE}(?:[兼、]?{_HAN_OFFICE})*{_HAN_THEN}")
_HAN_COLON = re.compile(rf"\A(?:[一-鿿]{{0,12}}){_HAN_OFFICE}(?P<who>[一-鿿]{{2,3}})[：:]")
# Without an office a family name has to open the line: the commonest, which nine of ten bear.
_HAN_ALONE = late(
    r"\A[—–\s-]*(?P<who>[王李张張刘劉陈陳杨楊赵趙黄黃周吴吳徐孙孫胡朱高林何郭马馬罗羅梁宋郑鄭谢謝韩韓唐冯馮于董萧蕭程曹袁邓鄧许許傅沈曾彭吕呂"
    r"苏蘇卢盧蒋蔣蔡贾賈丁魏薛叶葉阎余潘杜戴夏钟鍾汪田任姜范方石姚谭譚廖邹熊金陆陸郝孔白崔康毛邱秦江史顾侯邵孟龙龍万萬段雷钱汤尹黎易常武乔贺]"
    r"[一-鿿]{1,2})(?=在|于|於)"
)


def speakers(title: str, text: str = "") -> tuple[str, ...]:
    """The names of those whose speech a title announces; none where it announces no speech or names nobody.

    Args:
        title: the line.
        text: words of the page. "Speech: Climate Change" names nobody where the text writes "climate" as a word.
    """
    title = " ".join(title[:400].split())
    if colon := _HAN_COLON.match(title):
        return (colon["who"],)
    if _HAN_SPEECH.search(title):
        found = _HAN_BEFORE.search(title) or _HAN_AFTER.search(title) or _HAN_ALONE.match(title)
        return (found["who"],) if found else ()
    if match := _COLON.search(title):
        common = set(_WORD.findall(text))
        names = _names(match["who"])
        return tuple(name for name in names if common and not any(word.lower() in common for word in name.split()))
    for pattern in (_LED_BY, _OWNED, _OF, _DELIVERS, *_OTHER_TONGUES):
        if match := pattern.search(title):
            return _names(match["who"])
    return ()


def _names(phrase: str) -> tuple[str, ...]:
    """Names in what follows "by": up to the first word that begins something else."""
    found: list[str] = []
    group: list[str] = []
    for word in [*_WORD.findall(phrase), "."]:
        lower = word.lower().rstrip(".")
        if word in (",", ".", "-", "–", "—", "|") or lower in _STOP or lower in ("and", "und", "et", "y", "&"):
            if name := _name(group):
                found.append(name)
            group = []
            # After "Zhang Ping, Consul General of …" all that follows is his office, or another matter.
            if (word == "," and found) or lower in _STOP or word in (".", "-", "–", "—", "|"):
                break
        else:
            group.append(word)
    return tuple(dict.fromkeys(found))


def _is_office(lower: str) -> bool:
    """Whether a word is one of an office, also in the genitive ("Generalkonsuls") or not yet held ("Mayor-elect")."""
    bare = _ELECT.sub("", lower.rstrip("."))
    return bare in _OFFICES or (len(bare) > 5 and bare.endswith("s") and bare[:-1] in _OFFICES)


def _name(words: list[str]) -> str | None:
    """The name at the end of an office's words: "Minister of Foreign Affairs Wang Yi" -> "Wang Yi"."""
    name: list[str] = []
    for word in reversed(words):
        lower = word.lower()
        if lower in _PARTICLES and name:
            name.insert(0, word)
        elif _is_office(lower) or not _NAME_WORD.match(word):
            break
        else:
            name.insert(0, word)
    while name and name[0].lower() in _PARTICLES and len(name) < len(words) and name[0].islower():
        before = words[len(words) - len(name) - 1].lower().rstrip(".")
        if before not in _OFFICES:
            break
        name.pop(0)
    office_stands_before = len(name) < len(words)
    if name and len(words) - len(name) > 1 and words[len(words) - len(name) - 1].lower() in _OF_WHAT:
        # "Ambassador of Ruritania" is nobody's name; in "Ambassador of Ruritania Ada Quist" it comes last.
        name = name[-2:] if len(name) > 2 and name[0][0].isupper() else []
    if is_bodys(" ".join(name)):
        return None
    if not name or len(name) > 6 or (len(name) == 1 and not office_stands_before):
        return None
    return " ".join(name)
