"""Archivematica's dashboard as its manual describes it: transfers are started, and what became of them is asked."""

from __future__ import annotations

import hashlib
import uuid
import zipfile
from base64 import b64decode
from io import BytesIO
from pathlib import Path
from typing import Any

from lookalike import Answer, Asked, Lookalike, exchange

USER, KEY, LOCATION = "keeper", "a-key-of-ours", "d1184f7f-d755-4c8d-831a-a3793b88f760"
_MANUAL = "https://www.archivematica.org/en/docs/archivematica-1.17/dev-manual/api/api-reference-archivematica/"


class ArchivematicaLookalike(Lookalike):
    def __init__(self) -> None:
        self.source = Path()
        """Where the transfer source is."""
        self.transfers: dict[str, dict[str, Any]] = {}
        self.status = "PROCESSING"
        """What every transfer is at."""
        self.ingest_status = "COMPLETE"
        super().__init__()

    def answer(self, method: str, path: str, asked: Asked) -> Answer:
        if asked.headers.get("Authorization") != f"ApiKey {USER}:{KEY}":
            return Answer(403, {"message": "API key not valid.", "error": True})
        return super().answer(method, path, asked)

    @exchange("POST", r"/api/v2beta/package", f"{_MANUAL}#package")
    def package(self, asked: Asked) -> Answer:
        # Idempotency-Key: https://github.com/artefactual/archivematica/pull/2352
        body, key = asked.json(), asked.headers["Idempotency-Key"]
        location, _, path = b64decode(body["path"]).decode().partition(":")
        file = self.source / path.strip("/")
        if location != LOCATION or body["type"] != "zipped bag" or not file.is_file():
            return Answer(400, {"error": True, "message": f"there is nothing at {path}"})
        for name, one in self.transfers.items():
            if one["key"] == key:
                return Answer(202, {"id": name}) if one["body"] == body else Answer(422, {"message": "another body"})
        name = str(uuid.uuid4())
        self.transfers[name] = {"key": key, "body": body, "sha512": hashlib.sha512(file.read_bytes()).hexdigest()}
        return Answer(202, {"id": name})

    @exchange("GET", r"/api/transfer/status/([0-9a-f-]+)", f"{_MANUAL}#transfer-status")
    def transfer(self, asked: Asked, name: str) -> Answer:
        if name not in self.transfers:
            return Answer(400, {"error": True, "message": f"Unable to determine the status of the unit {name}"})
        sip = {"sip_uuid": f"{name[:-1]}0"} if self.status == "COMPLETE" else {}
        return Answer(200, {"uuid": name, "status": self.status, "type": "transfer", **sip})

    @exchange("GET", r"/api/ingest/status/([0-9a-f-]+)", f"{_MANUAL}#ingest-status")
    def ingest(self, asked: Asked, name: str) -> Answer:
        return Answer(200, {"uuid": name, "status": self.ingest_status, "type": "SIP"})

    def bag_names(self) -> list[str]:
        """What lies at the top of the bags that were transferred."""
        found = [
            self.source / b64decode(one["body"]["path"]).decode().partition(":/")[2] for one in self.transfers.values()
        ]
        return sorted(
            {name.split("/")[0] for path in found for name in zipfile.ZipFile(BytesIO(path.read_bytes())).namelist()}
        )
