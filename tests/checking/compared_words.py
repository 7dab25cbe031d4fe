"""A page and the TEI of its words, written by hand and compared."""

from __future__ import annotations

from solander.checking.pages.every_word import WordCheck, check_words


def check(original: bytes | str, tei: bytes | str, *, charset: str = "utf-8", name: str = "page.html") -> WordCheck:
    return check_words(
        original.encode() if isinstance(original, str) else original,
        original_name=name,
        media_type="text/plain" if name.endswith(".txt") else "text/html",
        charset=charset,
        tei=tei.encode() if isinstance(tei, str) else tei,
        path="data/tei/page.xml",
    )


def block(fragment: str, words: str, *, element: str = "p", name: str = "page.html") -> str:
    return f'<{element} source="../original/{name}#{fragment}">{words}</{element}>'


def at(path: str, words: str, *, element: str = "p") -> str:
    return block(f"xpath({path})", words, element=element)


def tei(*main: str, front: str = "", back: str = "") -> str:
    return (
        '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><p>Not of the page.</p></teiHeader><text>'
        f"<front><div>{front}</div></front><body><div>{''.join(main)}</div></body><back><div>{back}</div></back>"
        "</text></TEI>"
    )


def codes(checked: WordCheck) -> set[str]:
    assert checked.unchecked == ()
    return {one.code for one in checked.findings}
