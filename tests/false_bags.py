"""False bags: a bag in which something was altered by one who knows how to write manifests and digests anew."""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import solander
from solander.model.capture import identifier_of

PAGE = b"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>The well</title>
<meta name="author" content="Ines Okafor"><meta name="date" content="2024-03-01"></head>
<body><nav><a href="/">Home</a></nav><main><h1>The well</h1>
<p>The well in the yard is older than the house, and its water is cold in summer.</p>
<p>It never ran dry, not even in the summer of that year.</p></main>
<footer><p>Copyright 2024 Harbour Office</p></footer></body></html>
"""
SETTINGS = """organization = "The Harbour Archive"
[tei]
licence = "CC0"
licence_target = "https://creativecommons.org/publicdomain/zero/1.0/"
"""
CAPTURED_AT = datetime(2024, 5, 1, 10, tzinfo=UTC)
INFO, TEI, VIEW = "bag-info.txt", "data/tei/page.xml", "data/access/page.html"
PREMIS, REPORT = "metadata/premis.xml", "metadata/validation.json"
DESCRIPTION = "metadata/description.json"
DATACITE, SCHEMA_ORG = "metadata/datacite.json", "metadata/schema.jsonld"


def true_bag(folder: Path) -> Path:
    """A bag with which all is well."""
    folder.mkdir()
    (folder / "solander.toml").write_text(SETTINGS)
    (folder / "page.html").write_bytes(PAGE)
    accession = solander.pack(
        folder / "page.html",
        into=folder,
        uri="https://harbour.example/well",
        captured_at=CAPTURED_AT,
        at=datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC),
        rights="Copyright 2024 Harbour Office",
    )
    assert accession.path is not None
    return accession.path


def renew(bag: Path) -> None:
    """Write digests, sizes and manifests anew, so that nothing in the bag tells of a change by these."""
    premis = (bag / PREMIS).read_text(encoding="utf-8")
    for described in re.findall(r'<object xsi:type="file">.*?</object>', premis, re.DOTALL):
        name = re.search(r"bag path<.*?<objectIdentifierValue>(.*?)<", described, re.DOTALL)
        if name is not None and "<size>" in described:
            content = (bag / name[1]).read_bytes()
            anew = re.sub("(?<=<messageDigest>)[0-9a-f]+", hashlib.sha512(content).hexdigest(), described)
            premis = premis.replace(described, re.sub("(?<=<size>)[0-9]+", str(len(content)), anew))
    (bag / PREMIS).write_text(premis, encoding="utf-8")
    files = sorted(str(path.relative_to(bag)) for path in bag.rglob("*") if path.is_file())
    payload = [name for name in files if name.startswith("data/")]
    oxum = f"{sum((bag / name).stat().st_size for name in payload)}.{len(payload)}"
    info = (bag / INFO).read_text(encoding="utf-8")
    (bag / INFO).write_text(re.sub(r"(?m)^Payload-Oxum: .*$", f"Payload-Oxum: {oxum}", info), encoding="utf-8")
    _list(bag, "manifest-sha512.txt", payload)
    _list(bag, "tagmanifest-sha512.txt", [one for one in files if not one.startswith(("data/", "tagmanifest-"))])


def _list(bag: Path, manifest: str, names: list[str]) -> None:
    lines = [f"{hashlib.sha512((bag / name).read_bytes()).hexdigest()}  {name}\n" for name in names]
    (bag / manifest).write_text("".join(lines), encoding="utf-8")


class Falsehood(NamedTuple):
    """One thing that is altered, and the rules that find it."""

    what: str
    codes: set[str]
    file: str
    """Where; ``*`` for everywhere."""
    old: str
    """A regular expression, of which each match is replaced."""
    new: str

    def __call__(self, bag: Path) -> None:
        """Make a true bag this false one."""
        matches = 0
        for path in sorted(bag.rglob("*")) if self.file == "*" else [bag / self.file]:
            if path.is_file():
                text, times = re.subn(self.old, self.new, path.read_text(encoding="utf-8"), flags=re.DOTALL)
                path.write_text(text, encoding="utf-8")
                matches += times
        assert matches, f"{self.what}: nothing was altered"
        renew(bag)


OTHER = "urn:uuid:00000000-0000-5000-8000-000000000000"
OF_OBJECT = identifier_of(hashlib.sha256(PAGE).hexdigest(), "https://harbour.example/well", "2024-05-01T10:00:00Z")
RECORD = r"(<oai_dc:dc [^>]*>).*?(</oai_dc:dc>)"

FALSEHOODS: tuple[Falsehood, ...] = (
    Falsehood(
        "a script in a shadow tree",
        {"SEC015"},
        VIEW,
        "(?=</main>)",
        '<div><template shadowrootmode="open"><script>alert(1)</script></template></div>',
    ),
    Falsehood("no version", {"PRM012"}, INFO, "Bag-Version: 1", "Bag-Version: minus one"),
    Falsehood("version of nought", {"PRM012"}, INFO, "Bag-Version: 1", "Bag-Version: 0"),
    Falsehood("another address", {"PRM013"}, INFO, "harbour.example/well", "harbour.example/spring"),
    Falsehood("no address", {"PRM013"}, INFO, "Web-Capture-URI[^\n]*\n", ""),
    Falsehood("another moment", {"PRM013"}, INFO, "(?<=Date: )2024-05-01", "2020-05-01"),
    Falsehood("no moment", {"PRM013"}, INFO, "Web-Capture-Date[^\n]*\n", ""),
    Falsehood("a record invented", {"PRM013"}, INFO, "TEI-Agent", "WARC-Record-ID: <urn:uuid:1>\nTEI-Agent"),
    Falsehood("another keeper", {"PRM013"}, INFO, "The Harbour Archive", "Nobody"),
    Falsehood("another digest", {"PRM014"}, INFO, "(?<=SHA256: )....", "0000"),
    Falsehood("another author of the whole", {"PRM013"}, INFO, "by Ines Okafor", "by Somebody Else"),
    Falsehood("another title of the whole", {"PRM013"}, INFO, 'page "The well', 'page "The spring'),
    Falsehood("another name everywhere", {"PRM015"}, "*", OF_OBJECT, OTHER),
    Falsehood("another name", {"DCM041", "PRM015", "PRM016", "PRM021", "PRM104", "TEI207"}, INFO, OF_OBJECT, OTHER),
    Falsehood("another object", {"PRM016"}, PREMIS, OF_OBJECT, OTHER),
    Falsehood("another address everywhere", {"PRM015"}, "*", "harbour.example/well", "harbour.example/spring"),
    Falsehood("another day of packing", {"PRM019"}, INFO, "(?<=Bagging-Date: )2026", "2020"),
    Falsehood("another moment of capture", {"PRM020"}, PREMIS, "(?<=eventDateTime>)2024-05-01", "2020-05-01"),
    Falsehood(
        "another moment of packing", {"PRM020"}, PREMIS, r"(package creation.*?eventDateTime>)2026", r"\g<1>2020"
    ),
    Falsehood("a README of another", {"PRM021"}, "README.txt", OF_OBJECT, OTHER),
    Falsehood("a README with another title", {"PRM021"}, "README.txt", "(?<=  Title       )The well", "The spring"),
    Falsehood("a README with another author", {"PRM021"}, "README.txt", "Ines Okafor", "Somebody Else"),
    Falsehood("a README with another right", {"PRM021"}, "README.txt", "Rights      [^\n]*", "Rights      CC0"),
    Falsehood(
        "a README of another address", {"PRM021"}, "README.txt", "harbour.example/well", "harbour.example/spring"
    ),
    Falsehood(
        "a README with two authors", {"PRM021"}, "README.txt", r"(  Author)([^\n]*\n)", r"\1\2\1      An Other\n"
    ),
    Falsehood(
        "a README with more authors", {"PRM021"}, "README.txt", r"(  Author[^\n]*\n)", r"\1              A. Other\n"
    ),
    Falsehood("a README without an author", {"PRM021"}, "README.txt", r"  Author[^\n]*\n", ""),
    Falsehood("another format", {"PRM023"}, PREMIS, "fmt/96", "fmt/18"),
    Falsehood(
        "a file that is not there", {"PAG081"}, TEI, 'target="https://harbour.example/"', 'target="../media/a.html"'
    ),
    Falsehood("another subject", {"PRM104"}, REPORT, OF_OBJECT, OTHER),
    Falsehood("too many words", {"PRM104"}, REPORT, '"words": [0-9]+', '"words": 999999'),
    Falsehood("no words", {"PRM104"}, REPORT, '"counts": {[^}]*}', '"counts": {}'),
    Falsehood("less than no words", {"PRM102"}, REPORT, '"words": [0-9]+', '"words": -1'),
    Falsehood("no numbers", {"PRM102"}, REPORT, '"words": [0-9]+', '"words": [{}]'),
    Falsehood("no rules", {"PRM103"}, REPORT, r'"rules": \[.*?\]', '"rules": []'),
    Falsehood("no schemas", {"PRM103"}, REPORT, r'"schemas": \[.*?\]', '"schemas": []'),
    Falsehood("another digest in the header", {"TEI207"}, TEI, '(?<="sha256">)....', "0000"),
    Falsehood("another name in the header", {"TEI207"}, TEI, '(?<=type="URN">)urn:uuid:....', "urn:uuid:0000"),
    Falsehood("another address in the header", {"TEI207"}, TEI, "(?<=>)https://harbour(?=.*</bibl>)", "https://other"),
    Falsehood("another moment in the header", {"TEI207"}, TEI, r'"accessed" when="2024', '"accessed" when="2020'),
    Falsehood("another second in the header", {"TEI207"}, TEI, '(?<=when=")2024-05-01T10:00:00', "2024-05-01T10:00:01"),
    Falsehood(
        "an address of nobody's", {"TEI207"}, TEI, '(?=<idno type="sha)', '<idno type="URI">https://a.example/</idno>'
    ),
    Falsehood("another file", {"TEI207"}, TEI, r'<ref target="../original/page.html">', '<ref target="../a.html">'),
    Falsehood("another title", {"TEI208"}, TEI, "(<titleStmt>\\s*<title>)The well", r"\1The spring"),
    Falsehood("another author", {"TEI208"}, TEI, "<author>Ines Okafor", "<author>Somebody Else"),
    Falsehood("no author", {"TEI208"}, TEI, r"<author>Ines Okafor</author>\s*", ""),
    Falsehood("another day", {"TEI208"}, TEI, '(?<="published" when=")2024', "2020"),
    Falsehood("another date", {"TEI208"}, TEI, "2024-03-01</date>", "2020-03-01</date>"),
    Falsehood("another right", {"TEI208"}, TEI, "<p>Copyright 2024 Harbour Office</p>(?=\\s*</avail)", "<p>Free</p>"),
    Falsehood("another maker", {"TEI209"}, TEI, "The Harbour Archive", "Nobody"),
    Falsehood("another licence", {"TEI209"}, TEI, ">CC0<", ">All rights reserved<"),
    Falsehood("another day of making", {"TEI209"}, TEI, '<change when="2026', '<change when="2020'),
    Falsehood("another creator in the record", {"DCM103"}, TEI, "(<dc:creator[^>]*>)Ines", r"\1Agnes"),
    Falsehood("a foreign record", {"DCM102"}, TEI, RECORD, r'\1<a xmlns="urn:x"/>\2'),
    Falsehood("no record", {"DCM104"}, TEI, RECORD, '<a xmlns="urn:x">The well</a>'),
    Falsehood("two records", {"DCM104"}, TEI, f"({RECORD})", r"\1\1"),
    Falsehood("another creator for DataCite", {"DCM040"}, DATACITE, '(?<="name": ")Ines', "Agnes"),
    Falsehood("nobody for DataCite", {"DCM040"}, DATACITE, "Ines Okafor", ":unkn"),
    Falsehood("another year for DataCite", {"DCM040"}, DATACITE, '(?<="publicationYear": ")2024', "2020"),
    Falsehood("another moment for DataCite", {"DCM040"}, DATACITE, "(?<=2024-05-01T)10", "11"),
    Falsehood("another address for DataCite", {"DCM040"}, DATACITE, "harbour.example/well", "harbour.example/spring"),
    Falsehood("a right less for DataCite", {"DCM040"}, DATACITE, r',\s*"rightsList": \[.*?\]', ""),
    Falsehood("a year of three digits", {"PRM102"}, DATACITE, '(?<="publicationYear": ")2024', "202"),
    Falsehood("no JSON for DataCite", {"PRM101"}, DATACITE, "^{", "["),
    Falsehood("another author for schema.org", {"DCM041"}, SCHEMA_ORG, '(?<="name": ")Ines', "Agnes"),
    Falsehood("another page for schema.org", {"DCM041"}, SCHEMA_ORG, "harbour.example/well", "harbour.example/spring"),
    Falsehood("another name for schema.org", {"DCM041"}, SCHEMA_ORG, OF_OBJECT, OTHER),
    Falsehood("another moment for schema.org", {"DCM041"}, SCHEMA_ORG, "(?<=2024-05-01T)10", "11"),
    Falsehood("no date for schema.org", {"DCM041"}, SCHEMA_ORG, r'"datePublished": "2024-03-01",', ""),
    Falsehood("a word of its own", {"PRM102"}, SCHEMA_ORG, '"datePublished"', '"dateInvented"'),
)
"""What a review could alter unseen, and what is like it."""

SPECIMENS: dict[str, str] = {
    "PRM012-bag-version-malformed": "no version",
    "PRM013-bag-info-contradicts-record": "another address",
    "PRM014-capture-digest-differs": "another digest",
    "PRM015-identifier-not-of-page": "another name everywhere",
    "PRM016-provenance-of-another-object": "another object",
    "PAG081-shown-file-not-in-bag": "a file that is not there",
    "PRM019-bagging-date-differs": "another day of packing",
    "PRM020-event-moment-differs": "another moment of capture",
    "PRM021-readme-of-another-object": "a README of another",
    "PRM104-report-of-another-bag": "too many words",
    "TEI207-header-of-another-page": "another digest in the header",
    "TEI208-header-differs-from-description": "another author",
    "TEI209-imprint-differs": "another licence",
    "DCM040-datacite-record-differs": "another creator for DataCite",
    "DCM041-schema-org-record-differs": "another author for schema.org",
    "DCM104-header-record-missing": "no record",
}
"""Which of them are the specimens of their rules."""
