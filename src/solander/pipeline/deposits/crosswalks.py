"""What is said of a page, in the form that each kind of repository wants: which function of ``encoding`` makes it."""

from __future__ import annotations

import importlib
from typing import Any

from solander.model.deposit import Consignment

CROSSWALKS = {
    "dataverse": ("solander.encoding.dataverse_dataset", "dataverse_dataset"),
    "dspace": ("solander.encoding.dspace_item", "dspace_item"),
    "saf": ("solander.encoding.dspace_item", "dublin_core_xml"),
    "invenio": ("solander.encoding.invenio_record", "invenio_record"),
    "sword": ("solander.encoding.sword_entry", "sword_entry"),
}
"""By the name that a target has for its form."""


def metadata_of(consignment: Consignment, form: str) -> Any:
    """The metadata of a consignment in a form.

    Raises:
        KeyError: there is no such form.
    """
    home, name = CROSSWALKS[form]
    return getattr(importlib.import_module(home), name)(consignment)
