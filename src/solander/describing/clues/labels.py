"""Facts under a label of their own: ``Author: Ann Lee``, ``Published on 4 May 2020``, ``作者：林晓舟 编辑：王明``.

A label is a word of the table, alone at the beginning of a line or of a part of it, and a colon; before a day a verb
of publishing does without one. What stands under an editor's or a translator's label is a contribution.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from solander.describing.days.dates import Dated, dates_in, find_date, may_hold_date
from solander.describing.days.forms import DayOrder
from solander.describing.names.people import is_editors, people
from solander.model.caseless import Caseless
from solander.model.late_pattern import late

VALUE_CHARACTERS = 300

_LABELS = {
    "title": "title|headline|titel|überschrift|titre|título|titolo|tytuł|tytul|заголовок|标题|標題|题目|題名",
    "creator": r"(?:written |reported |words |text |texte |story |artikel |article |beitrag |ein beitrag |verfasst |"
    "geschrieben |écrit |rédigé |escrito |scritto |geschreven |skriven |skrivet |skrevet |napisane |posted )?"
    "(?:by|von|par|por|"
    r"di|da|door|av|af|przez|autor)|authors?|author\(s\)|autor(?:[:*]?in(?:nen)?|en|es|as|a)?|auteure?s?|auteurs|autore|autori|"
    r"autorzy|verfasser(?:in)?|writer|(?:staff |special )?reporter|korrespondent(?:in)?|correspondent|автор|"
    r"авторы|(?:автор )?текста?|текст подготовил[аи]?|авторка|пише|συντάκτ(?:ης|ρια)|κείμενο|γράφ(?:ει|ουν)|ρεπορτάζ|"
    # "Text: Ann Lee Foto: Bo Ray": two labels part one line.
    r"texts?|words|texte|textos?(?: y fotos)?|testo|testi|tekst(?:ura)?|tekst (?:og|en|i) fotos?|"
    r"text (?:und|och|&) (?:fotos?|bild)|"
    r"teksti(?: ja kuvat?)?|kirjoittaja|kirjoittanut|szerzők?|írta|szöveg|tác giả|bài(?: viết| và ảnh)?|người viết|"
    r"yazar|yazan|haber|napsal(?:[ai]|\(a\))?|napísal(?:[ai]|\(a\))?|napisa[ol]|napisała?|piše|skribent(?:er)?|tekstforfatter|"
    # What a widespread plugin writes on its card for sharers, in the site's language.
    r"написано автором|γράφτηκε από|كُ?تب بواسطة|نوشته\u200c?\s?شده بدست|נכתב על ידי|được viết bởi|"
    r"scris de|articol de|escrit per|penulis|(?:ditulis )?oleh|reportagem|autoria|"
    r"بقلم|كتبت?|كتب/ت|الكاتبة?|المؤلف|تأليف|نویسنده|به قلم|نوشته|تحریر|מאת|כת[בו][הת]?|כותבת?|"
    r"取材・(?:文|執筆|構成)|(?:取材|構成)?文・(?:写真|撮影|取材|構成)|写真・文|著者|執筆者?|筆者|ライター|寄稿|"
    r"作者|撰稿人?|撰文|文|(?:本报|本網|本网|新华社|特约|特約|实习|實習)?(?:记者|記者)|通讯员|글|글쓴이|저자|작성자|기자",
    "contributor": r"edited by|editors?|editor-in-chief|redaktion|redaktor|redakcja|redaktör|redacción|"
    "redazione|rédaction|"
    r"(?:责任|責任|本文|网络|執行|执行|主)?(?:编辑|編輯)|责编|責編|编校|审校|校对|translated by|translat(?:or|ion)|"
    r"übersetzung|übersetzt von|übersetzer(?:in)?|traduit par|traducción|traducido por|译者|譯者|翻译|翻譯",
    "issued": r"date|datum|fecha|data|dated|date published|publication date|published(?: date)?|date of publication|"
    r"posted|pubdate|release date|released|issued|veröffentlicht|veröffentlichung|veröffentlichungsdatum|erschienen|"
    r"erstellt|erscheinungsdatum|publié|publication|date de publication|publicado|publicación|fecha de publicación|"
    r"pubblicato|data di pubblicazione|gepubliceerd|publicerad|publisert|opublikowano|data publikacji|"
    r"опубликовано|дата(?: публикации)?|время публикации|добавлено|data dodania|dodano|utworzono|"
    r"giriş(?: tarihi)?|yayın(?:lan)?ma tarihi|yayın(?:landı)?|eklen(?:me|di)(?: tarihi)?|oluşturulma tarihi|"
    r"(?:تاريخ )?(?:نُ?شر(?:ت)?)(?: في)?|تم النشر(?: في)?|تاريخ النشر|تاريخ الإضافة|تاریخ انتشار|"
    r"פורסם(?: ב)?|תאריך(?: פרסום)?|"
    r"julkaistu|megjelen(?:t|és)|datum objave|objavljeno|publikováno|zveřejněno|vydáno|опубліковано|"
    r"дата (?:создания|размещения)|создано|размещено|ngày đăng|tanggal|등록일?|입력|게시일?|작성일|"
    r"ημερομηνία(?: δημοσίευσης)?|δημοσίευση|δημοσι[εέ]υ[τθ]ηκε|δημοσιεύ[τθ]ηκε|αναρτήθηκε|"
    r"发布时间|发布日期|发表时间|发表日期|發布時間|發佈時間|發表時間|日期|时间|時間|公開日|投稿日|掲載日",
    "modified": r"(?:last |zuletzt )?(?:updated?|modified|changed|edited|revised|reviewed)|date modified|"
    r"(?:zuletzt |letzte )?(?:aktualisiert|aktualisierung|geändert|änderung)|stand|mis(?:e)? à jour|modifié|"
    r"actualizado|"
    r"actualización|aggiornato|atualizado|bijgewerkt|uppdaterad|zaktualizowano|"
    r"ostatnia aktualizacja|aktualizacja|обновлено|"
    r"(?:son )?güncelle(?:me|nme)(?: tarihi)?|(?:آخر )?تحديث|آخر تعديل|עודכן(?: ב)?|עדכון אחרון|"
    r"(?:ultimo )?aggiornamento|(?:ultima )?modifica|(?:última )?(?:atualização|modificación)|última actualización|"
    r"dernière (?:mise à jour|modification)|(?:senast |sist |laatst )?(?:oppdatert|opdateret|gewijzigd)|"
    r"viimeksi päivitetty|päivitetty|(?:poslední )?aktualizace|aktualizováno|frissítve|оновлено|cập nhật|"
    r"최종\s?수정|수정일?|업데이트|"
    r"последнее обновление|изменено|τελευταία ενημέρωση|ενημερώθηκε|更新时间|更新日期|最后更新|更新時間|"
    r"最後更新|修改时间|更新日",
    "identifier": "url|uri|permalink|web address|adresse der seite|网址|網址|原文链接|原文鏈接",
    # Labels that end what stands before them and say nothing that is stated here.
    "": r"source|quelle|fuente|fonte|来源|來源|稿源|出处|出處|tags?|categor(?:y|ies)|kategorien?|catégories?|topics?|"
    "thema|section|"
    r"photos?|photograph(?:s|y|er)?|fotos?|fotografi(?:e|i|en|er)|fotografías?|fotografo|bild(?:er)?|kuvat?|kép(?:ek)?|ảnh|"
    r"foto(?:ğraf)?lar|fotoğraf|zdjęcia|фото|φωτογραφ(?:ία|ίες)|תצלום|צילום|עکس|تصوير|写真|撮影|사진|music|"
    r"illustrations?|摄影|攝影|图|kaynak|źródło|источник|πηγή|المصدر|منبع|"
    r"location|ort|lieu|place|comments?|kommentare|views?|"
    r"(?:阅读|閱讀|浏览|瀏覽|点击|點擊|访问)(?:次数|次數|量|数|數)?|字号|字体(?:大小)?|字體|分享",
}
_KINDS = tuple(_LABELS)
_LABELLED = (
    r"(?<![^\s|•·,，;；/(（【\[])(?:"
    + "|".join(f"(?P<k{index}>{words})" for index, words in enumerate(_LABELS.values()))
    + r")\s?[:：]\s*"
)
_LABEL = late(_LABELLED, re.IGNORECASE)
_ANY_LABEL = Caseless(_LABELLED)
_TITLES_LABEL = re.compile(rf"(?:{_LABELS['title']})\s?[:：]", re.IGNORECASE)
_COLON = re.compile("[:：]")
_LABEL_CHARACTERS, _BEYOND_CHARACTERS = 48, 12
"""No label is longer, and none has more behind a colon within it: "Autor:innen:"."""
_SEPARATOR = re.compile(r"\s*[|•·⋅●►»]\s*|\s{2,}|　")
_OTHER_LABEL = re.compile(r"\s[^\W\d_]{1,24}[:：](?!//)")
"""A word and a colon behind a name are the label of something else, though the table may not have it."""
_SAYS_ISSUED = late(
    r"(?:(?:first |originally |online |article |beitrag |artikel )?(?:published|posted|issued|released|veröffentlicht|"
    r"erschienen|erstellt|publiziert|publié|publiée?|mis en ligne|publicado|pubblicato|gepubliceerd|"
    r"publicerad|publisert|"
    r"opublikowano|dodano|опубликовано|добавлено|δημοσιεύ[τθ]ηκε|δημοσιευ[τθ]ηκε|发布于|發佈於|发表于|發表於|"
    r"julkaistu|yayınlan(?:dı|ma tarihi)|yayım(?:landı|lanma tarihi)|udgivet|offentliggjort|publikováno|zveřejněno|"
    r"megjelent|közzétéve|objavljeno|опубліковано|publicat|입력|등록|게시|登载于|đăng|dipublikasikan))"
    r"(?:\s(?:on|am|at|le|el|il|em|op|den|dnia|von|by))?\s*[:：]?\s*(?:\w+,\s)?\Z",
    re.IGNORECASE,
)


_SAYS_MODIFIED = late(
    r"(?:(?:and |und |et |y |e |en |och |og |ja |ve )?(?:last |zuletzt |dernière |última |ultimo |ultima |senast |"
    r"sist |laatst |son |viimeksi )?(?:updated?|modified|revised|edited|changed|aktualisiert|geändert|mise? à jour|"
    r"modifiée?|actualisée?|"
    r"actualizad[oa]|modificad[oa]|aggiornat[oa]|modificat[oa]|modifica|atualizad[oa]|bijgewerkt|gewijzigd|uppdaterad|ändrad|"
    r"oppdatert|opdateret|päivitetty|muokattu|güncellen(?:di|me)(?: tarihi)?|zaktualizowano|aktualizováno|"
    r"aktualizované|frissítve|módosítva|обновлено|изменено|оновлено|ενημερώθηκε|τελευταία ενημέρωση|수정|업데이트|"
    r"更新于|更新於|更新))"
    r"(?:\s(?:on|at|am|le|el|il|em|op|den|dnia|um|a|på))?\s*[:：]?\s*(?:\w+,)?\Z",
    re.IGNORECASE,
)
_HOUR_BEHIND = late(
    r"\A[\s,]*(?:(?:at|um|à|om|kl\.?|klo|ore|o|saat|a las|às|alle)\s)?\d{1,2}[:.h]\d{2}(?::\d{2})?"
    r"(?:\s?(?:[ap]\.?m\.?|uhr|h|[A-Z]{2,4}))?",
    re.IGNORECASE,
)


def may_label_title(line: str) -> bool:
    """Whether a line has a title's label in it, as ``facts`` reads it: cheap, and never wrong when it says no."""
    if len(line) > 2 * VALUE_CHARACTERS:
        return False
    return any(_TITLES_LABEL.search(line, max(0, end - _LABEL_CHARACTERS), end) for end in _colons(line))


def says_published(words: str) -> bool:
    """Whether the words before a date say that the page was published on it, and nothing else."""
    return _SAYS_ISSUED.match(words) is not None


class Fact(NamedTuple):
    """What a line says under a label."""

    kind: str
    """``title``, ``creator``, ``contributor``, ``issued``, ``modified`` or ``identifier``."""
    value: str
    """As written; a date as W3CDTF."""
    label: str
    """The label, as written."""


@lru_cache(maxsize=256)
def facts(line: str, order: DayOrder | None = None) -> tuple[Fact, ...]:
    """What a line says under labels, in its order; nothing for a line of running text.

    Args:
        line: its white space collapsed.
        order: the order of day and month in the page's language, where that is settled.
    """
    if len(line) > 2 * VALUE_CHARACTERS:
        return ()
    found: list[Fact] = []
    labels = _labels(line)
    # A label opens its line, or a part of it: "The editor: a man of …" in a sentence is none.
    if labels and _opens(line, labels[0].start()):
        for index, match in enumerate(labels):
            end = labels[index + 1].start() if index + 1 < len(labels) else len(line)
            written = line[match.end() : end]
            kind = _KINDS[int(str(match.lastgroup)[1:])]
            if kind in ("creator", "contributor") and (other := _OTHER_LABEL.search(written)):
                written = written[: other.start()]
            value = written.strip(" |•·,，;；()（）【】[]/") if kind == "title" else _SEPARATOR.split(written)[0]
            value = value.strip(" |•·,，;；/") if kind == "title" else value.strip(" |•·,，;；()（）【】[]/")
            if not kind or not value or len(value) > VALUE_CHARACTERS:
                continue
            if kind in ("issued", "modified"):
                dated = find_date(value, order)
                if dated is None or dated.start > 12:
                    continue
                value = dated.value
            elif kind == "identifier":
                value = value.split(" ")[0]
                if not value.startswith(("http://", "https://")):
                    continue
            found.append(Fact(kind, value, " ".join(match[0].split()).strip()))
            if kind == "title":
                break
        return tuple(found)
    for part in _parts(line) if may_hold_date(line) else ():
        if len(part) <= 120 and (days := dates_in(part, order)):
            found.extend(_said_of_days(part, days))
    return tuple(found)


def _parts(line: str) -> Sequence[str]:
    """What separators part; most lines have none, and are not looked through for the white space before one."""
    is_one = line.isascii() and "|" not in line and "  " not in line and line.isprintable()
    return (line,) if is_one else _SEPARATOR.split(line)


def _said_of_days(part: str, days: Sequence[Dated]) -> Iterator[Fact]:
    """What verbs before the days of a part say: "Published on March 1, 2018. Last updated on March 2, 2018."."""
    end = 0
    if len(part) - days[-1].end > 60 or days[0].start > 40:
        return
    for dated in days:
        before = _HOUR_BEHIND.sub("", part[end : dated.start], count=1) if end else part[: dated.start]
        before = before.strip(" .,;()[]–-—")
        end = dated.end
        if said := _SAYS_ISSUED.match(before):
            yield Fact("issued", dated.value, said[0].strip())
        elif (said := _SAYS_MODIFIED.match(before)) and dated is not days[0]:
            yield Fact("modified", dated.value, said[0].strip())


def _colons(line: str) -> Iterator[int]:
    """The ends of a line's colons, but for those of hours: behind a figure none is a label's."""
    if ":" in line or "：" in line:
        for colon in _COLON.finditer(line):
            position = colon.start()
            before = line[max(0, position - 2) : position].rstrip()[-1:]
            if before.isalpha() or before == ")":
                yield position + 1


def _labels(line: str) -> list[re.Match[str]]:
    """All labels of a line, as ``_LABEL.finditer`` finds them: so many words are sought before its colons alone."""
    found: list[re.Match[str]] = []
    position = 0
    for end in _colons(line):
        if end <= position:
            continue
        begin = max(position, end - _LABEL_CHARACTERS)
        # A label looks at what stands before it.
        before = max(0, begin - 1)
        near = _ANY_LABEL.place_in(line[before : end + _BEYOND_CHARACTERS], begin - before)
        # The end of that stretch may have cut off what follows.
        if near >= 0 and (label := _LABEL.match(line, before + near)):
            found.append(label)
            position = label.end()
    return found


def _opens(line: str, start: int) -> bool:
    before = line[:start].strip(" (（【[")
    return (
        not before
        or before[-1] in "|•·/;；,，"
        or any(map(str.isdigit, before))
        or (len(before) <= 12 and not before.isascii())
    )


def credited(line: str, *, whole: bool = False) -> Iterator[tuple[str, str]]:
    """Those whom a byline names, each as ``creator`` or as ``contributor``: an editor wrote none of it.

    Args:
        line: what stands in an author's place.
        whole: as ``people`` has it.
    """
    found = [fact for fact in facts(line) if fact.kind in ("creator", "contributor")]
    if found:
        for fact in found:
            for person in people(fact.value, whole=whole):
                yield fact.kind, person
        return
    role = "contributor" if is_editors(line) else "creator"
    for person in people(line, whole=whole):
        yield role, person
