"""Entries of a catalogue, made by number: words in four scripts, sites, years and findings, the same every time.

They are what a catalogue is given of a bag, not bags: ``tests/false_bags.py`` makes those.
"""

from collections.abc import Iterator
from random import Random

from solander.model.catalogue import CatalogueEntry
from solander.model.identifiers import named

_WORDS = (
    "lamp tide ferry ledger keeper harbour winter letter bell stone market bridge school garden window paper river "
    "morning signal glass rope anchor island north captain record number evening light voice the of and to"
)
WORDS = _WORDS.split()
HAN = "河边的茶馆下雨天老人们在说书灯塔看守记录潮水渡船信件冬天市场学校花园早晨信号玻璃绳子岛北船长号码晚上声音"
KANA = "あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわをん"
HANGUL = "가나다라마바사아자차카타파하고노도로모보소오조초코토포호"


def entries(count: int, *, words: int = 120, first: int = 0) -> Iterator[CatalogueEntry]:
    """So many entries, from the one of the number ``first`` on."""
    for number in range(first, first + count):
        random = Random(number)
        script = number % 4
        if script == 0:
            text = " ".join(random.choices(WORDS, k=words))
        else:
            text = "".join(random.choices((HAN, KANA, HANGUL)[script - 1], k=words * 2))
        rare = f" mark{number:07d} "
        title = f"{random.choice(WORDS).title()} {number}" if script == 0 else f"{text[:6]}{number}"
        year = 1995 + number % 30
        identifier = named(f"false entry {number}")
        dublin_core = (
            '<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" '
            'xmlns:dc="http://purl.org/dc/elements/1.1/">\n'
            f"  <dc:title>{title}</dc:title>\n  <dc:identifier>{identifier}</dc:identifier>\n</oai_dc:dc>\n"
        )
        yield CatalogueEntry(
            name=f"{year}-page-{number:07d}",
            kind="bag",
            state=str(number),
            identifier=identifier,
            digest=f"{number:064x}",
            title=title,
            creators=(f"Author {number % 500}",),
            date=f"{year}-0{number % 9 + 1}-11",
            uri=f"https://site{number % 200}.example/{number}",
            site=f"site{number % 200}.example",
            languages=(("en", "zh-Hans", "ja", "ko")[script],),
            types=("Text",),
            packed_on="2026-01-01",
            size_bytes=50_000 + number,
            files=15,
            codes=("DCM005",) if number % 10 == 0 else (),
            warnings=int(number % 10 == 0),
            is_judged=True,
            text=text + rare,
            dublin_core=dublin_core,
        )
