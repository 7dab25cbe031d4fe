"""Reports for a program: JSON that says everything that the text form says, with the values unshortened.

The value is that of ``metadata/validation.json`` (``schemas/solander-report.schema.json``); here it becomes text.
"""

from __future__ import annotations


def render_json(value: object) -> str:
    """JSON that people can read too: indented, in UTF-8, ending in a line feed; lone surrogates are escaped."""
    import json  # late: most reports are for people

    text = json.dumps(value, ensure_ascii=False, indent=2) + "\n"
    # A file name may hold bytes that are no UTF-8; they come as lone surrogates, which no encoder takes.
    return text if _encodable(text) else json.dumps(value, indent=2) + "\n"


def _encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
