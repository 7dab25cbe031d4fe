"""Archivematica as a target: a bag laid into a transfer source, and a transfer of it started by its interface.

The bag goes as a zip into the folder that the storage service knows as a transfer source (the setting ``folder``, where
this machine reaches it); that is the draft. ``--publish`` starts the transfer, which Archivematica begins by judging
the bag. The request bears an ``Idempotency-Key`` made of the bag's digest: a server that knows the header (from July
2026) starts one transfer however often it arrives; which transfer it was stands beside the bag.

Source: https://www.archivematica.org/en/docs/latest/dev-manual/api/ ("Package", "Transfer status", "Ingest status");
https://github.com/artefactual/archivematica/pull/2352 (``Idempotency-Key``)
"""

from __future__ import annotations

import json
import uuid
from base64 import b64encode
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

from solander.depositing.folder import FolderStore
from solander.depositing.http_session import HttpSession
from solander.depositing.storage import StorageTarget
from solander.depositing.terms import TargetTerms, web_target
from solander.depositing.this_machine import reading_there
from solander.depositing.told import Told
from solander.errors import AnswerLost, DepositRejected, UsageError
from solander.files.named import kind_of
from solander.model.deposit import DRAFT, STORED, SUBMITTED, Consignment, Record, RemoteFile

TRANSFER_NAME = "transfer.json"
"""The note beside a bag that says which transfer was started of it."""

_FAILED = frozenset(("FAILED", "REJECTED"))


def open_target(scheme: str, rest: str, terms: TargetTerms) -> ArchivematicaTarget:
    """A dashboard as a target, with the settings ``folder`` and ``location``.

    Raises:
        UsageError: the rest is no address, or user, key, folder or location are missing.
    """
    name = web_target(scheme, rest, "the dashboard's", "https://archivematica.example.org")
    if terms.secret is None or terms.user is None:
        raise UsageError(f"{name}: set SOLANDER_USER_ARCHIVEMATICA, and its API key as SOLANDER_TOKEN_ARCHIVEMATICA")
    folder, location = terms.setting("folder"), terms.setting("location")
    if folder is None or location is None:
        what = "folder=PATH, where the transfer source is here, and location=UUID, what the storage service calls it"
        raise UsageError(f"{name}: say by settings {what}")
    with reading_there(name):
        kind = kind_of(Path(folder))
    if kind != "folder":
        raise UsageError(f"{name}: {folder} is no folder; a transfer source is there already")
    return ArchivematicaTarget(name, rest, Path(folder), terms)


class ArchivematicaTarget(StorageTarget):
    """A dashboard and a transfer source of it; keeps ``Target``."""

    publishes = True
    holds_back = True
    takes_beside = False

    def __init__(self, name: str, address: str, folder: Path, terms: TargetTerms) -> None:
        super().__init__(name, FolderStore(name, folder), forms=("zip",))
        self._terms = terms
        secret = terms.secret.reveal() if terms.secret is not None else ""
        headers = {"Authorization": f"ApiKey {terms.user}:{secret}"}
        self._session = HttpSession(name, f"{address.rstrip('/')}/api", terms, headers=headers)

    def complete(self, record: Record, consignment: Consignment) -> Record:
        """Say that the bag lies there whole; nobody is told to take it yet."""
        return replace(super().complete(record, consignment), state=DRAFT)

    def publish(self, record: Record, consignment: Consignment) -> Record:
        """Have the bag transferred."""
        (parcel,) = consignment.parcels
        above = (self._terms.setting("path") or "").strip("/")
        path = "/".join(filter(None, (above, record.name, parcel.name)))
        body = {
            "name": record.name,
            "type": "zipped bag",
            "path": b64encode(f"{self._terms.setting('location')}:/{path}".encode()).decode(),
            "accession": self._terms.setting("accession") or "",
            "processing_config": self._terms.setting("processing_config") or "default",
            "auto_approve": self._terms.setting("auto_approve") != "no",
        }
        key = str(uuid.uuid5(uuid.NAMESPACE_URL, f"{consignment.identifier} {consignment.bag_digest}"))
        answer = self._session.write("POST", "v2beta/package", value=body, headers={"Idempotency-Key": key})
        transfer = answer.told(self.name).text("id")
        if not transfer:
            raise AnswerLost(self.name, f"it answered {answer.status}, and not which transfer it started")
        note = {"transfer": transfer, "bag_digest": consignment.bag_digest}
        self.store.put_small(f"{record.name}/{TRANSFER_NAME}", json.dumps(note, indent=2).encode() + b"\n")
        return replace(record, state=SUBMITTED, bag_digest=consignment.bag_digest)

    def close(self) -> None:
        """End connections."""
        super().close()
        self._session.close()

    def _belonging(self, consignment: Consignment) -> set[str]:
        return {*super()._belonging(consignment), TRANSFER_NAME}

    def _is_sent(self, name: str) -> bool:
        return super()._is_sent(name) and name != TRANSFER_NAME

    def _record(self, name: str, note: dict[str, Any], there: tuple[RemoteFile, ...]) -> Record:
        record = super()._record(name, note, there)
        content = self.store.get_small(f"{name}/{TRANSFER_NAME}")
        if content is None:
            return replace(record, state=DRAFT, bag_digest=None)
        try:
            transfer = str(json.loads(content)["transfer"])
        except (ValueError, KeyError, TypeError):
            raise DepositRejected(self.name, f"{name}/{TRANSFER_NAME} is not Solander's") from None
        return replace(record, state=self._state_of(name, transfer))

    def _state_of(self, name: str, transfer: str) -> str:
        """What became of a transfer; for some minutes the server may know nothing of one that it has just started."""
        unit, kind = transfer, "transfer"
        for _ in range(2):
            answer = self._session.read(f"{kind}/status/{quote(unit)}/", missing=True, allowed=(400,))
            value = answer.told(self.name) if answer.status == 200 else Told(self.name, {})
            status, sip = value.text("status"), value.text("sip_uuid")
            if status in _FAILED:
                what = f"{name}: {kind} {unit} is {status.lower()}; see its dashboard, and move the folder away"
                raise DepositRejected(self.name, what)
            if status != "COMPLETE" or (kind == "transfer" and not sip):
                return SUBMITTED
            if kind == "ingest":
                return STORED
            unit, kind = sip, "ingest"
        return SUBMITTED
