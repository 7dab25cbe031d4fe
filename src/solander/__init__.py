"""Solander puts web pages into archival boxes: TEI P5 and Dublin Core in a validated BagIt bag.

The public names are handed on from where they live, when they are first asked for (PEP 562), so that
``import solander`` costs next to nothing: the command line can listen for Ctrl-C from the first milliseconds.
"""

# As in ``typing``, without its cost: a type checker takes any name written so for true.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from solander.describing import describe
    from solander.encoding import encode_tei
    from solander.errors import SolanderError
    from solander.model.accession import Accession
    from solander.model.capture import Capture
    from solander.model.description import Description
    from solander.model.document import Document
    from solander.model.finding import Finding, Report
    from solander.model.page import Page
    from solander.pipeline import fetch_bag, make_bag, pack, unbag, update_bag, validate
    from solander.reading import read_page

__version__ = "0.1.0"

__all__ = [
    "Accession",
    "Capture",
    "Description",
    "Document",
    "Finding",
    "Page",
    "Report",
    "SolanderError",
    "describe",
    "encode_tei",
    "fetch_bag",
    "make_bag",
    "pack",
    "read_page",
    "unbag",
    "update_bag",
    "validate",
]

_HOMES = {
    "Accession": "model.accession",
    "Capture": "model.capture",
    "Description": "model.description",
    "Document": "model.document",
    "Finding": "model.finding",
    "Page": "model.page",
    "Report": "model.finding",
    "SolanderError": "errors",
    "describe": "describing",
    "encode_tei": "encoding",
    "fetch_bag": "pipeline",
    "make_bag": "pipeline",
    "pack": "pipeline",
    "read_page": "reading",
    "unbag": "pipeline",
    "update_bag": "pipeline",
    "validate": "pipeline",
}


def __getattr__(name: str) -> "Any":
    """Import the home of a public name when it is first asked for."""
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    import importlib

    value = getattr(importlib.import_module(f"{__name__}.{home}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """The public names, whether or not they were asked for yet."""
    return sorted({*globals(), *__all__})
