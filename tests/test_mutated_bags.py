"""No harmed bag is called valid that an oracle calls invalid, and no good one is found fault with.

The oracles share no code with the validator: digests that are taken anew here, and ``bagit`` where it judges rightly.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import random
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import bagit
import pytest

import solander

AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
GOOD, MUTATIONS = 300, 500
ORIGINALS = 12
"""How many of the good bags are harmed, each in turn."""

WORDS = (
    *("harbour", "ledger", "the", "of", "winter", "keeper's", "Œuvre", "naïve", "潮汐", "море", "مرفأ", "e\u0301tude"),
    *("100%", "a<b", "R&D", "“so”", "1887", "\N{NO-BREAK SPACE}", "3 May 1921"),
)
TITLES = ("h1", "h2", "h3", "h4")


# ---------------------------------------------------------------------------------------------------- what is made


def text(chance: random.Random, most: int) -> str:
    chosen = " ".join(chance.choices(WORDS, k=chance.randint(1, most)))
    return chosen.replace("&", "&amp;").replace("<", "&lt;")


def block(chance: random.Random, depth: int = 0) -> str:
    """A part of a page, of one of the kinds that pages are made of."""
    kind = chance.choice(("p", "p", "p", "heading", "list", "table", "quote", "pre", "figure", "section", "bare"))
    if depth == 3 or kind == "p":
        link = f' <a href="/{chance.randint(1, 99)}?a=1&amp;b=2">{text(chance, 3)}</a>' if chance.random() < 0.4 else ""
        return f"<p>{text(chance, 30)} <em>{text(chance, 4)}</em>{link}<br>{text(chance, 5)}</p>"
    several = [block(chance, depth + 1) for _ in range(chance.randint(1, 3))]
    match kind:
        case "heading":
            name = chance.choice(TITLES)
            return f"<{name}>{text(chance, 6)}</{name}>"
        case "list":
            name = chance.choice(("ul", "ol"))
            return f"<{name}>{''.join(f'<li>{one}</li>' for one in several)}</{name}>"
        case "table":
            rows = "".join(f"<tr><th>{text(chance, 2)}</th><td>{one}</td></tr>" for one in several)
            return f"<table><caption>{text(chance, 4)}</caption>{rows}</table>"
        case "quote":
            return f"<blockquote>{''.join(several)}</blockquote>"
        case "pre":
            return f"<pre>{text(chance, 9)}\n  {text(chance, 9)}</pre>"
        case "figure":
            return (
                f'<figure><img src="a.png" alt="{text(chance, 3)}"><figcaption>{text(chance, 5)}</figcaption></figure>'
            )
        case "section":
            return f"<section>{''.join(several)}</section>"
    return f"<div>{text(chance, 6)}{''.join(several)}{text(chance, 6)}</div>"


def page(chance: random.Random, number: int) -> bytes:
    """A page such as a person might write: with and without a language, an author, a date, boilerplate."""
    head = [f"<title>{text(chance, 5)} {number}</title>"]
    head += [f'<meta name="author" content="{text(chance, 2)}">'] if chance.random() < 0.5 else []
    head += ['<meta name="date" content="2024-03-01">'] if chance.random() < 0.5 else []
    body = "".join(block(chance) for _ in range(chance.randint(1, 6)))
    body = f"<main><h1>{text(chance, 5)}</h1><p>Words of {number}.</p>{body}</main>"
    body = f'<nav><a href="/">{text(chance, 2)}</a></nav>{body}' if chance.random() < 0.5 else body
    body += f"<footer><p>{text(chance, 6)}</p></footer>" if chance.random() < 0.5 else ""
    return (
        f'<!DOCTYPE html><html lang="{chance.choice(("en", "fr", "de-CH"))}"><head><meta charset="utf-8">'
        f"{''.join(head)}</head><body>{body}</body></html>"
    ).encode()


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of bags whose pages come of a seed."""
    folder = tmp_path_factory.mktemp("archive")
    chance = random.Random(300)
    for number in range(GOOD):
        capture = solander.Capture.of_bytes(page(chance, number), uri=f"https://harbour.example/{number}")
        solander.pack(capture, into=folder, at=AT)
    return folder


def bags_of(archive: Path) -> list[Path]:
    return sorted(one for one in archive.iterdir() if (one / "bagit.txt").is_file())


# --------------------------------------------------------------------------------------------------------- oracles


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(logging.NOTSET)


def by_digests(bag: Path) -> str | None:
    """What is wrong by digests taken here: each listed file is there and is itself, each payload file is listed."""
    payload = {str(one.relative_to(bag)) for one in bag.glob("data/**/*") if one.is_file()}
    for name, must_list in (("manifest-sha512.txt", payload), ("tagmanifest-sha512.txt", set[str]())):
        listed: dict[str, str] = {}
        for line in (bag / name).read_text("utf-8").splitlines():
            digest, _, path = line.partition(" ")
            if not line.strip():
                continue  # it lists nothing
            if listed.setdefault(path.strip(), digest.lower()) != digest.lower():
                return f"{name} has two digests of {path}"
        if must_list - set(listed):
            return f"{name} lacks {must_list - set(listed)}"
        for path, digest in listed.items():
            if not (bag / path).is_file():
                return f"{path} is not there"
            if hashlib.sha512((bag / path).read_bytes()).hexdigest() != digest:
                return f"{path} is another"
    return None


def by_oracles(bag: Path) -> str | None:
    """Why a bag is invalid; ``None`` where neither oracle knows of anything."""
    try:
        if (found := by_digests(bag)) is not None:
            return found
        with quiet():
            bagit.Bag(str(bag)).validate()
    except (bagit.BagError, OSError, TypeError, ValueError) as error:  # a crash of bagit is no yes
        return str(error) or type(error).__name__
    return None


# ---------------------------------------------------------------------------------------------------------- harms


def files_of(bag: Path) -> list[Path]:
    return sorted(one for one in bag.rglob("*") if one.is_file())


def flip_one_bit(bag: Path, chance: random.Random) -> None:
    file = chance.choice(files_of(bag))
    content = bytearray(file.read_bytes())
    content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    file.write_bytes(content)


def truncate(bag: Path, chance: random.Random) -> None:
    file = chance.choice(files_of(bag))
    content = file.read_bytes()
    file.write_bytes(content[: chance.randrange(len(content))])


def lengthen(bag: Path, chance: random.Random) -> None:
    with chance.choice(files_of(bag)).open("ab") as file:
        file.write(chance.choice((b"\n", b" ", b"\0", b"<!-- -->", b"a: b\n")))


def delete(bag: Path, chance: random.Random) -> None:
    chance.choice(files_of(bag)).unlink()


def rename(bag: Path, chance: random.Random) -> None:
    file = chance.choice(files_of(bag))
    file.rename(file.with_name(chance.choice((file.name.upper(), file.name + "~", "x" + file.name))))


def exchange(bag: Path, chance: random.Random) -> None:
    one, other = chance.sample(files_of(bag), 2)
    content = one.read_bytes()
    one.write_bytes(other.read_bytes())
    other.write_bytes(content)


def add_file(bag: Path, chance: random.Random) -> None:
    place = bag / chance.choice(("data", "data/original", "data/tei", "data/new"))
    place.mkdir(exist_ok=True)
    (place / chance.choice(("more.html", "page.XML", "b c"))).write_bytes(chance.choice(files_of(bag)).read_bytes())


def change_line(bag: Path, chance: random.Random) -> None:
    """A line of a tag file is dropped, doubled, moved, or one of its characters becomes another."""
    names = ("bagit.txt", "bag-info.txt", "manifest-sha512.txt", "manifest-sha512.txt", "tagmanifest-sha512.txt")
    file = bag / chance.choice(names)
    lines = file.read_bytes().splitlines(keepends=True)
    at = chance.randrange(len(lines))
    match chance.randrange(5):
        case 0:
            del lines[at]
        case 1:
            lines.insert(at, lines[at])
        case 2:
            chance.shuffle(lines)
        case 3:
            where = chance.randrange(len(lines[at]))
            lines[at] = lines[at][:where] + chance.choice((b"0", b"f", b" ", b":", b"\n")) + lines[at][where + 1 :]
        case 4:
            lines[at] = lines[at][:128].upper() + lines[at][128:] if "manifest" in file.name else lines[at]
    file.write_bytes(b"".join(lines))


HARMS: tuple[Callable[[Path, random.Random], None], ...] = (
    *(flip_one_bit, truncate, lengthen, delete, rename, exchange, add_file, change_line, change_line, change_line),
)


def renew_tag_manifest(bag: Path) -> None:
    """Whoever harmed the bag hides it from the tag manifest: only what else stands in the bag can tell."""
    names = [str(one.relative_to(bag)) for one in files_of(bag)]
    tags = [one for one in names if not one.startswith(("data/", "tagmanifest-"))]
    lines = [f"{hashlib.sha512((bag / one).read_bytes()).hexdigest()}  {one}\n" for one in tags]
    (bag / "tagmanifest-sha512.txt").write_text("".join(lines), encoding="utf-8")


# ----------------------------------------------------------------------------------------------------------- tests


def test_of_three_hundred_good_bags_none_is_found_fault_with(archive: Path) -> None:
    bags = bags_of(archive)
    assert len(bags) == GOOD
    report = solander.validate(archive)
    assert [(one.place, one.code, one.message) for one in report.at_or_above("warning")] == []
    assert report.passed
    assert dict(report.counts)["bags"] == GOOD
    assert [one for one in bags[::10] if by_oracles(one) is not None] == []


def test_of_five_hundred_harmed_bags_none_is_called_valid_that_an_oracle_calls_invalid(
    archive: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    count = 5_000 if request.config.getoption("--many-mutations") else MUTATIONS
    originals = bags_of(archive)[:ORIGINALS]
    wrong: dict[int, object] = {}
    verdicts: Counter[tuple[bool, bool]] = Counter()
    for seed in range(count):
        chance = random.Random(seed)
        bag = tmp_path / "archive" / originals[seed % ORIGINALS].name
        shutil.copytree(originals[seed % ORIGINALS], bag)
        harm = chance.choice(HARMS)
        harm(bag, chance)
        if seed % 3 == 0:
            renew_tag_manifest(bag)
        why = by_oracles(bag)
        try:
            report = solander.validate(bag)
            passed = report.passed and not report.at_or_above("error")
        except solander.SolanderError:
            passed = False  # no bag at all any more, or one that cannot be read: nobody calls it valid
        verdicts[passed, why is None] += 1
        if passed and why is not None:
            wrong[seed] = (harm.__name__, why)
        shutil.rmtree(bag)
    assert wrong == {}
    # Lines in another order, digests in capitals, an added line of bag-info: such bags are still right.
    assert verdicts[True, True] > count * 0.01
    assert verdicts[False, False] > count * 0.7
