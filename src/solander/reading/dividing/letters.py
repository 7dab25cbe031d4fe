"""What opens and closes a letter or a speech: greeting, thanks, signature, a last dateline; marked where it is sure.

A greeting is one only near the top, between the head and the text; a signature only below words that close a letter,
where the head names who signs, or where an office stands beneath a name. What is not sure stays a paragraph; no word
moves.

Source: TEI P5 4.12.0, 4.2.2 (openers and closers).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from solander.model.greetings import is_greeting
from solander.model.late_pattern import late
from solander.model.page import LINE_KINDS, Block, Inline, plain
from solander.reading.dateline import read_dateline

HEAD_BLOCKS = 8
"""Among how many of the first blocks a greeting is looked for."""

TAIL_BLOCKS = 6
"""Among how many of the last blocks a closing is looked for."""

CLOSING_LINES = 5
"""Of how many lines a closing is that is one block."""

MAIL_LINE = re.compile(
    r"(?P<name>from|to|cc|bcc|subject|re|date|sent|reply-to|message-id|von|an|betreff|datum|gesendet|de|à|objet|"
    r"发件人|收件人|主题|日期)[:：] ?(?P<value>.*)",
    re.IGNORECASE,
)
"""A line of the head of a letter by mail."""

SUBJECT_CHARACTERS = 200
"""A longer line is no subject."""

HEAD_LINE_CHARACTERS = 60
"""A longer line is none of a letter's head."""

_SUBJECT = re.compile(
    r"(?:re|subject|betr|betreff|betrifft|objet|concerne|oggetto|asunto|assunto|betreft|dotyczy|тема|事由|主旨|件名)"
    r"\s?[.:：]\s*(?P<subject>[^\W_].+)",
    re.IGNORECASE,
)
_POSTSCRIPT = re.compile(
    r"(?:(?:p\. ?){1,3}s\b|PP?S\b|postscriptum|(?:encl?|enclosures?|anlagen?|pi?èces? jointes?|p\. ?j|anexos?|"
    r"allegat[io]|c\.?c|附件)(?=[\s.:：(]))",
    re.IGNORECASE,
)
_BY = frozenset(("by", "von", "par", "por", "di", "av", "af", "door"))
_BYLINE = re.compile(r"(?:by|von|par|por|autor|作者|记者|автор)[ :：]\s*\S.{1,80}\Z", re.IGNORECASE)
_OFFICE = (
    r"h\.? ?e\.?|his excellency|her excellency|mr|mrs|ms|mme|dr|prof|professor|ambassador|"
    r"(?:consul|deputy|vice|prime|foreign|secretary|director)"
    r"(?:[ -]general|[ -]minister|[ -]president|[ -]consul|[ -]secretary)?|"
    r"minister|president|"
    r"secretary|chairman|chairwoman|chairperson|director|governor|mayor|senator|botschafter(?:in)?|"
    r"(?:bundes|außen|premier)?minister(?:in)?|präsident(?:in)?|bundeskanzler(?:in)?|generalkonsul(?:in)?|"
    r"ambassadeur|ambassadrice|ministre|président|présidente|embajador[a]?|ministr[oa]|president[ea]|cónsul|"
    r"ambasciatore|посол|министр|президент"
)
_NAME = r"[^\W\d_a-zà-ÿ][\w.'’-]*(?: (?:de|da|di|du|van|von|der|den|la|el|al|bin))*"
_SPEAKER = late(
    rf"(?i:(?:the )?(?:(?:{_OFFICE})(?!\w)\.?,? )+){_NAME}(?: {_NAME}){{0,2}}\Z|"
    rf"{_NAME}(?: {_NAME}){{1,3}}, (?i:(?:the )?(?:{_OFFICE})\b.{{0,60}})\Z|"
    r"[\u4e00-\u9fff]{0,12}(?:大使|总领事|總領事|部长|部長|主席|总理|總理|发言人|發言人|参赞|代表)"
    r"[ \u3000]?[\u4e00-\u9fff]{2,4}\Z"
)
_HOLDS_OFFICE = late(rf"(?:the )?(?:{_OFFICE})(?!\w)", re.IGNORECASE)
_SPEECH = late(
    r"\b(?:remarks|speech|statement|address|lecture|interview|message|rede|ansprache|grußwort|discours|allocution|"
    r"discurso|palabras|discorso|visit|visits|meets?|receives?|attends?|besuch\w*)\b|讲话|致辞|演讲|會見|会见",
    re.IGNORECASE,
)
_VALEDICTION = late(
    r"(?:(?:very |most )?(?:yours|sincerely|respectfully|faithfully|truly|cordially)(?: (?:sincerely|faithfully|truly|"
    r"ever|yours))?|(?:with )?(?:best|kind|warm|kindest|warmest)?\s?(?:regards|wishes)|"
    r"mit (?:freundlich|best|herzlich)\w+ grüßen|(?:viele|liebe|beste|herzliche) grüße|hochachtungsvoll|cordialement|"
    r"(?:(?:with )?(?:all |much )?(?:my )?love|lots of love|all the best|yours affectionately|alles liebe)"
    r"(?=\s*[,!]?\s*\Z)|"
    r"(?:bien )?à vous|sincères salutations|"
    r"atentamente|saludos(?: cordiales)?|cordiali saluti|distinti saluti|atenciosamente|med vennlig hilsen|"
    r"z poważaniem|с уважением|此致|敬礼|此致敬礼|"
    r"(?:ever |always )yours|yours(?: most| very| ever)?(?: (?:sincerely|truly|faithfully|respectfully|affectionately|"
    r"cordially|obediently|gratefully))|"
    r"(?:as )?(?:ever )?(?:yours?|thine?)(?: (?:ever|most|very|own|old|dear|true|loving|faithful|affectionate|devoted|"
    r"grateful|humble|obedient|sincere)){1,4}(?:,? (?:and \w+ )?(?:friend|servant|sister|brother|son|daughter|mother|"
    r"father|cousin|nephew|niece|aunt|uncle|husband|wife))?|"
    r"(?:and )?(?:i (?:am|remain)|believe me)"
    r"(?:,| (?:as )?(?:ever|always)?,?(?: my)? (?:dear |yours|sir|madam|with )).{0,60})"
    r"[\s,.!，。！]*\Z",
    re.IGNORECASE,
)
_THANKS = late(
    r"(?:(?:i )?thank you(?: (?:very|so) much| all)?(?: for your (?:kind )?attention)?|many thanks|thanks|"
    r"je vous (?:en )?remercie(?: de votre (?:aimable )?attention)?|merci(?: beaucoup)?(?: de votre attention)?|"
    r"(?:vielen|herzlichen|besten) dank(?: für ihre aufmerksamkeit)?|ich danke ihnen(?: für ihre aufmerksamkeit)?|"
    r"(?:muchas |muchísimas )?gracias(?: por su atención)?|(?:muito )?obrigad[oa]|grazie(?: per l.attenzione)?|"
    r"dziękuję(?: państwu)?(?: za uwagę)?|(?:большое )?спасибо(?: за внимание)?|благодарю за внимание|"
    r"谢谢(?:大家|各位)?|謝謝(?:大家|各位)?)[\s,.!，。！]*\Z",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(r"[^\d@:：|/<>]{2,70}\Z")
_ONE_NAME = re.compile(r"(?=[^\W\d_a-zà-ÿ])[^\W\d_]{2,15}[.,]?")
_NAME_WORD = late(r"(?:[^\W\d_a-zà-ÿ][\w.'’-]*|de|da|di|du|van|von|der|den|la|le|of|for|and|the|à|en|dr\.|zu)[,]?\Z")
BREAK = Inline("break")
_ENDS = (".", "!", "?", "。", "！", "？", ",", ":")
_HEAD = frozenset(("heading", "subtitle", "byline", "dateline"))


def announces_author(text: str) -> bool:
    """Whether a line is nothing but the word behind which a name stands: "by"."""
    return text.lower() in _BY


def opens_byline(text: str) -> bool:
    """Whether a line opens as bylines do."""
    return _BYLINE.match(text) is not None and not text.endswith((":", "："))


def subject_of(text: str) -> str | None:
    """What a line between a letter's head and its text says that the letter is about: "Re: the dredging"."""
    match = _SUBJECT.match(text) if len(text) <= SUBJECT_CHARACTERS else None
    return match["subject"] if match else None


def is_postscript(text: str) -> bool:
    """Whether a line below the signature adds something: a postscript, what is enclosed, who has a copy."""
    return _POSTSCRIPT.match(text[:40]) is not None


def is_speaker(text: str) -> bool:
    """Whether a line says who speaks, by office and name, and nothing of what is said or done."""
    return len(text) <= 100 and _SPEAKER.match(text) is not None and _SPEECH.search(text) is None


def holds_office(text: str) -> bool:
    """Whether a short line begins with an office."""
    return len(text) <= 70 and _HOLDS_OFFICE.match(text) is not None and is_signature(f"The {text}")


def closes_letter(text: str) -> bool:
    """Whether a line has the words that close a letter, or thank for hearing a speech."""
    return len(text) <= 80 and (_VALEDICTION.match(text) is not None or _THANKS.match(text) is not None)


def is_signature(text: str) -> bool:
    """Whether a line may be a name or an office: short, each word with a capital, and no sentence."""
    if not _SIGNATURE.match(text) or text.endswith((".", "!", "?", "。", "！", "？", ";")):
        return False
    words = text.split()
    if not text.isascii() and len(words) <= 3 and all(word[0].lower() == word[0].upper() for word in words):
        return len(text) <= 14
    return 1 < len(words) <= 9 and words[0][:1].isupper() and all(_NAME_WORD.match(word) for word in words)


def is_given_alone(text: str) -> bool:
    """Whether a line is one name, as who is near signs: "Tom", "Mum"; below words that close a letter, nothing else."""
    return _ONE_NAME.fullmatch(text) is not None


def letters(blocks: Sequence[Block]) -> list[Block]:
    """Name what opens and closes the text, in the order of its blocks; as many come out as went in."""
    found = list(blocks)
    _greeting(found)
    end = closing_end(found)
    closed = found[:end]
    _closing(closed)
    return closed + found[end:]


def closing_end(blocks: Sequence[Block]) -> int:
    """Where what closes a letter ends: before its notes and its postscript, of as many last blocks as are looked at."""
    end = len(blocks)
    while end > 1 and "note" in (blocks[end - 1].attributes or ()):
        end -= 1
    for at in range(max(1, end - TAIL_BLOCKS), end):
        if blocks[at].kind in LINE_KINDS and is_postscript(plain(blocks[at])):
            return at
    return end


def parted_closing(block: Block) -> tuple[Block, ...]:
    """A last block of which each line closes or signs, line by line; any other as it is."""
    if block.kind not in LINE_KINDS or BREAK not in block.content:
        return (block,)
    lines: list[list[Inline | str]] = [[]]
    for part in block.content:
        if part == BREAK:
            lines.append([])
        else:
            lines[-1].append(part)  # type: ignore[arg-type]
    if sum(map(bool, lines)) > CLOSING_LINES:
        return (block,)
    parts = [block._replace(content=tuple(line)) for line in lines if line]
    return tuple(parts) if len(parts) > 1 and all_close([plain(part) for part in parts]) else (block,)


def all_close(texts: Sequence[str]) -> bool:
    """Whether each of some lines closes a letter or signs it."""
    signs = [is_signature(text) or holds_office(text) or read_dateline(text) is not None for text in texts]
    return all(texts) and (all(signs) or (closes_letter(texts[0]) and (all(signs[1:]) or _is_signed_by_one(texts))))


def _is_signed_by_one(texts: Sequence[str]) -> bool:
    return len(texts) == 2 and _VALEDICTION.match(texts[0]) is not None and is_given_alone(texts[1])


def _greeting(blocks: list[Block]) -> None:
    """A greeting right below the head."""
    for at, block in enumerate(blocks[:HEAD_BLOCKS]):
        addressed = (block.attributes or {}).get("role") == "address"
        if block.kind in _HEAD or addressed or (block.kind == "glossary" and not at) or _is_letterhead(block):
            continue
        if block.kind in LINE_KINDS and at + 1 < len(blocks) and blocks[at + 1].kind in LINE_KINDS:
            text = plain(block)
            if len(text) <= 200 and is_greeting(text) and text.endswith((",", ":", "!", "，", "：", "！")):
                blocks[at] = block._replace(kind="salutation")
                continue
        return


def _is_letterhead(block: Block) -> bool:
    """Whether it is what may stand above a greeting: lines of an address, or what the letter is about."""
    if block.kind not in LINE_KINDS:
        return False
    text = plain(block)
    if BREAK not in block.content:
        return subject_of(text) is not None
    lines = [part for part in block.content if isinstance(part, str)]
    return all(len(line) <= HEAD_LINE_CHARACTERS and not line.rstrip().endswith(_ENDS) for line in lines)


def _closing(blocks: list[Block]) -> None:
    """Words that close, and who signs beneath them."""
    tail = range(max(1, len(blocks) - TAIL_BLOCKS), len(blocks))
    if not all(blocks[at].kind in (*LINE_KINDS, "dateline") or at < len(blocks) - 2 for at in tail):
        return
    texts = {at: plain(blocks[at]) for at in tail if blocks[at].kind in LINE_KINDS}
    for at in tail:
        text = texts.get(at)
        if text is None or not closes_letter(text):
            continue
        end = at + 1
        while closes_letter(texts.get(end, "")):
            end += 1
        named = _named(blocks, range(end, len(blocks)), texts)
        bids_farewell = any(_VALEDICTION.match(texts[one]) for one in range(at, end))
        if end + 1 == len(blocks) and bids_farewell and is_given_alone(texts.get(end, "")):
            named = {end: "signature"}
        signed = "signature" in named.values()
        if len(named) == len(blocks) - end and (signed or (bids_farewell and end == len(blocks))):
            _name(blocks, {**dict.fromkeys(range(at, end), "valediction"), **named})
            return
    # Without such words only a name that the head has signs, or one with an office beneath it.
    head = " ".join(plain(block) for block in blocks[:HEAD_BLOCKS] if block.kind in ("heading", "byline"))
    for at in tail:
        text, below = texts.get(at, ""), texts.get(at + 1, "")
        if is_signature(text) and (text in head or holds_office(below)):
            named = _named(blocks, range(at, len(blocks)), texts)
            if len(named) == len(blocks) - at:
                _name(blocks, named)
                return


def _named(blocks: Sequence[Block], where: range, texts: dict[int, str]) -> dict[int, str]:
    """What the last blocks are, as far as each is sure."""
    named: dict[int, str] = {}
    for at in where:
        text = texts.get(at, "")
        if blocks[at].kind == "dateline" or (text and read_dateline(text) is not None):
            named[at] = "dateline"
        elif text and (is_signature(text) or (named and holds_office(text))):
            named[at] = "signature"
        else:
            break
    return named


def _name(blocks: list[Block], named: dict[int, str]) -> None:
    for at, kind in named.items():
        block = blocks[at]
        if kind == "dateline" and all(isinstance(part, str) for part in block.content):
            block = block._replace(content=read_dateline(plain(block)) or block.content)
        blocks[at] = block._replace(kind=kind)
