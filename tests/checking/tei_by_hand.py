"""TEI written by hand, sound but for what a test puts into it, and what is found in it."""

from __future__ import annotations

from solander.checking.tei.meaning import check_tei
from solander.model.finding import Finding
from solander.profiles import SCHEMAS

RECORD = '<dc:title xmlns:dc="http://purl.org/dc/elements/1.1/">A title</dc:title>'


def judge(content: str | bytes) -> list[Finding]:
    return check_tei(content.encode() if isinstance(content, str) else content, "page.xml", SCHEMAS).findings


def codes(content: str | bytes) -> set[str]:
    return {one.code for one in judge(content)}


def tei(
    *main: str, language: str = "en", bibl: str = "", xeno: str = "", application: str = "hand", head: str = ""
) -> str:
    return (
        f'<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="{language}"><teiHeader><fileDesc>'
        "<titleStmt><title>The well</title></titleStmt>"
        '<publicationStmt><authority>A test</authority><date when="2026-11-24">today</date>'
        '<idno type="UUID">urn:uuid:00000000-0000-5000-8000-000000000000</idno></publicationStmt>'
        f"<sourceDesc><bibl><title>The well</title>{bibl}</bibl></sourceDesc></fileDesc>"
        "<encodingDesc><projectDesc><p>A test.</p></projectDesc>"
        f'<appInfo><application ident="{application}" version="1.0"><label>By hand</label></application></appInfo>'
        "<editorialDecl><interpretation><p>None.</p></interpretation></editorialDecl></encodingDesc>"
        f'{xeno}<revisionDesc><change when="2026-11-24T10:00:00Z">Written.</change></revisionDesc></teiHeader>'
        f'<text><body><div type="main">{head}{"".join(main) or "<p>Words.</p>"}</div></body></text></TEI>'
    )


def in_line(markup: str) -> str:
    return tei(f"<p>Words {markup}</p>")
