"""The forms in which a bag has its description: Dublin Core twice, DataCite and schema.org, all from one value."""

from __future__ import annotations

from solander.model.capture import Capture
from solander.model.description import Description
from solander.model.document import Document


def records_of(description: Description, capture: Capture) -> tuple[Document, ...]:
    """Write the description of a captured page in every form."""
    # Late: only packing and deriving again write these forms.
    from solander.encoding.datacite import encode_datacite
    from solander.encoding.dublin_core import encode_dc, encode_dcterms
    from solander.encoding.schema_org import encode_schema_org

    return (
        encode_dc(description),
        encode_dcterms(description),
        encode_datacite(description, captured_at=capture.captured_at),
        encode_schema_org(description, identifier=capture.identifier, uri=capture.uri, captured_at=capture.captured_at),
    )
