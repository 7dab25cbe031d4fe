"""Where the parts of a page's bag lie, as the design lays it out, and how large they may be."""

from __future__ import annotations

STATEMENTS_NAME = "metadata/description.json"
REPORT_NAME = "metadata/validation.json"
PROVENANCE_NAME = "metadata/premis.xml"
ORIGINAL_FOLDER = "data/original/"
MEDIA_FOLDER = "data/media/"
RENDERINGS_FOLDER = "data/renderings/"
README_NAME = "README.txt"
TEI_NAME = "data/tei/page.xml"
VIEW_NAME = "data/access/page.html"
DUBLIN_CORE_NAME = "metadata/dc.xml"
TERMS_NAME = "metadata/dcterms.xml"
RECORD_NAMES = (DUBLIN_CORE_NAME, TERMS_NAME)
"""The Dublin Core, in the fifteen elements and in the terms that refine them."""
DATACITE_NAME = "metadata/datacite.json"
SCHEMA_ORG_NAME = "metadata/schema.jsonld"
OTHER_RECORD_NAMES = (DATACITE_NAME, SCHEMA_ORG_NAME)
"""Further forms of the description, which bags have since version 1.1 of the profile."""
ACCESS_FOLDER = "data/access/"
ACCESS_ENDINGS = (".html", ".htm", ".xhtml", ".svg")
"""What the names of copies for readers end in that a browser opens as documents."""

JUDGED_NAMES = frozenset((STATEMENTS_NAME, REPORT_NAME, PROVENANCE_NAME, TEI_NAME))
"""Files whose contents are judged; a bag that has none of them is a bag and nothing more."""

ITEM_LIMIT_BYTES = 64 * 1024 * 1024
"""Of one TEI file of many, and of a file of their Dublin Core."""

FILE_LIMIT_BYTES = 512 * 1024 * 1024
"""Of a TEI file or an original that is judged."""
