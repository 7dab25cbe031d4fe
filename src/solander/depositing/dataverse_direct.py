"""A file sent to a Dataverse's own S3 store, past the server: to places that it signed beforehand, then made known.

The token goes to Dataverse alone; to the store goes nothing but the bytes. The checksum that is made known is ours, and
Dataverse does not reckon it again, so that what is there is read back and compared.

Source: https://guides.dataverse.org/en/latest/developers/s3-direct-upload-api.html
"""

from __future__ import annotations

import contextlib
import json
from typing import Any
from urllib.parse import quote

from solander.depositing.http_answer import Answer
from solander.depositing.http_session import HttpSession
from solander.depositing.slices import slices_of
from solander.depositing.told import Told
from solander.errors import AnswerLost, DepositError, DepositRejected
from solander.model.deposit import Parcel

_TAGGED = {"x-amz-tagging": "dv-state=temp"}


def sent_directly(
    session: HttpSession, target: str, dataset: str, parcel: Parcel, place: str, facts: dict[str, Any]
) -> Answer:
    """Send a file, and have it made one of a dataset's.

    Args:
        session: the conversation with Dataverse.
        target: what it is called.
        dataset: its persistent identifier.
        parcel: the file.
        place: where files are added to the dataset.
        facts: what is said of the file beside its name and checksum.

    Raises:
        DepositRejected: its store takes no files past the server.
        DepositError: as for ``HttpSession.write``.
    """
    query = f"persistentId={quote(dataset, safe='')}&size={parcel.size_bytes}"
    told = session.read(f"datasets/:persistentId/uploadurls?{query}", missing=True).told(target)
    signed = told.within("data")
    if not signed.value:
        raise DepositRejected(target, "its store takes no files past the server; leave direct_upload out")
    if signed.has("url"):
        session.write(
            "PUT",
            signed.name("url"),
            content=parcel.chunks(),
            size_bytes=parcel.size_bytes,
            headers=_TAGGED,
            elsewhere=True,
        )
    else:
        _send_parts(session, target, parcel, signed)
    facts = {
        **facts,
        "storageIdentifier": signed.name("storageIdentifier"),
        "fileName": parcel.name,
        "mimeType": parcel.media_type,
        "checksum": {"@type": "MD5", "@value": parcel.checksum("md5")},
    }
    boundary = f"solander-{(parcel.checksum('sha256') or '')[:40]}"
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="jsonData"\r\n\r\n'
    form = f"{head}{json.dumps(facts)}\r\n--{boundary}--\r\n"
    headers = {"Content-Type": f"multipart/form-data; boundary={boundary}"}
    return session.write("POST", place, content=form.encode(), headers=headers)


def _send_parts(session: HttpSession, target: str, parcel: Parcel, signed: Told) -> None:
    """Send a file in the parts that the store wants, and have them put together; parts that broke off are given up."""
    part_bytes = signed.size("partSize") or 0
    if part_bytes < 1:
        raise AnswerLost(target, "it did not say where the file goes")
    abort, complete = signed.name("abort"), signed.name("complete")
    tags: dict[str, str] = {}
    try:
        for number, part in enumerate(slices_of(parcel, part_bytes), 1):
            place = signed.name("urls", str(number))
            answer = session.write("PUT", place, content=part.chunks, size_bytes=part.size_bytes, elsewhere=True)
            tags[str(number)] = answer.headers.get("ETag", "").strip('"')
    except Exception:
        # What went wrong first is told, whatever becomes of this.
        with contextlib.suppress(DepositError):
            session.write("DELETE", abort, allowed=range(400, 600))
        raise
    session.write("PUT", complete, value=tags)
