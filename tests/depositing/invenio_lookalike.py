"""InvenioRDM as its REST API is documented: drafts, reserved DOIs, files, versions, publishing.

The contract's tests have a real InvenioRDM (``make test-servers``); this one answers at once, and says what it is told
to say where the real one cannot be brought to.
"""

from __future__ import annotations

import copy
import itertools
import json
from typing import Any

from lookalike import Answer, Asked, Lookalike, exchange, md5

TOKEN = "a-token-of-the-keeper"
_DRAFTS = "https://inveniordm.docs.cern.ch/reference/rest_api_drafts_records/"
_REVIEWS = "https://inveniordm.docs.cern.ch/reference/rest_api_reviews/"
_COMMUNITIES = "https://inveniordm.docs.cern.ch/reference/rest_api_communities/"


class InvenioLookalike(Lookalike):
    def __init__(self) -> None:
        self.numbers = itertools.count(1)
        self.records: dict[str, dict[str, Any]] = {}
        """By name: ``value`` as it is told, ``entries`` of its files."""
        self.contents: dict[tuple[str, str], bytes] = {}
        self.notes: list[str] = []
        """What was said to those who review."""
        super().__init__()

    def answer(self, method: str, path: str, asked: Asked) -> Answer:
        if asked.headers.get("Authorization") != f"Bearer {TOKEN}":
            return Answer(401, {"message": "unauthorized"})
        return super().answer(method, path, asked)

    def _draft(self, name: str) -> dict[str, Any] | None:
        one = self.records.get(name)
        return None if one is None or one["value"]["is_published"] else one

    def _made(self, said: dict[str, Any], parent: str | None = None) -> dict[str, Any]:
        name = f"r{next(self.numbers):06}"
        value = {
            **said, "id": name, "is_published": False, "status": "draft", "pids": {}, "parent": {"id": parent or name},
            "links": {"self": f"https://it/api/records/{name}", "self_html": f"https://it/records/{name}"},
        }  # fmt: skip
        self.records[name] = {"value": value, "entries": {}}
        return value

    @exchange("GET", "/api/user/records", f"{_DRAFTS}#list-records")
    def search(self, asked: Asked) -> Answer:
        wanted = asked.query["q"].partition(":")[2].strip('"')
        hits = [one["value"] for one in self.records.values() if wanted in json.dumps(one["value"])]
        return Answer(200, {"hits": {"hits": hits[::-1], "total": len(hits)}})

    @exchange("POST", "/api/records", f"{_DRAFTS}#create-a-draft-record")
    def make(self, asked: Asked) -> Answer:
        return Answer(201, self._made(asked.json()))

    @exchange("GET", "/api/records/([^/]+)/draft", f"{_DRAFTS}#get-a-draft-record")
    def draft(self, asked: Asked, name: str) -> Answer:
        one = self._draft(name)
        return Answer(404, {"message": "no such draft"}) if one is None else Answer(200, one["value"])

    @exchange("PUT", "/api/records/([^/]+)/draft", f"{_DRAFTS}#update-a-draft-record")
    def change(self, asked: Asked, name: str) -> Answer:
        one = self._draft(name)
        if one is None:
            return Answer(404, {"message": "no such draft"})
        one["value"] |= asked.json()
        return Answer(200, one["value"])

    @exchange("DELETE", "/api/records/([^/]+)/draft", f"{_DRAFTS}#deletediscard-a-draft-record")
    def discard(self, asked: Asked, name: str) -> Answer:
        return Answer(204 if self._draft(name) and self.records.pop(name) else 404)

    @exchange("GET", "/api/records/([^/]+)", f"{_DRAFTS}#get-a-record")
    def record(self, asked: Asked, name: str) -> Answer:
        one = self.records.get(name)
        is_there = one is not None and one["value"]["is_published"]
        return Answer(200, one["value"]) if is_there else Answer(404, {"message": "no such record"})

    @exchange("POST", "/api/records/([^/]+)/draft/pids/doi", f"{_DRAFTS}#reserve-a-doi")
    def reserve(self, asked: Asked, name: str) -> Answer:
        value = self.records[name]["value"]
        value["pids"] = {"doi": {"identifier": f"10.5072/{name}", "provider": "datacite", "client": "datacite"}}
        return Answer(201, value)

    @exchange("GET", "/api/records/([^/]+)(?:/draft)?/files", f"{_DRAFTS}#list-a-drafts-files")
    def files(self, asked: Asked, name: str) -> Answer:
        if name not in self.records:
            return Answer(404, {"message": "no such record"})
        return Answer(200, {"enabled": True, "entries": list(self.records[name]["entries"].values())})

    @exchange("POST", "/api/records/([^/]+)/draft/files", f"{_DRAFTS}#start-draft-file-uploads")
    def begin_files(self, asked: Asked, name: str) -> Answer:
        entries = self.records[name]["entries"]
        for one in asked.json():
            entries[one["key"]] = {"key": one["key"], "status": "pending"}
        return Answer(201, {"entries": list(entries.values())})

    @exchange("PUT", "/api/records/([^/]+)/draft/files/([^/]+)/content", f"{_DRAFTS}#upload-a-draft-files-content")
    def put(self, asked: Asked, name: str, key: str) -> Answer:
        self.contents[(name, key)] = self.kept(asked.body)
        return Answer(200, self.records[name]["entries"][key])

    @exchange("POST", "/api/records/([^/]+)/draft/files/([^/]+)/commit", f"{_DRAFTS}#complete-a-draft-file-upload")
    def commit(self, asked: Asked, name: str, key: str) -> Answer:
        content = self.contents[(name, key)]
        entry = {"key": key, "status": "completed", "size": len(content), "checksum": f"md5:{md5(content)}"}
        self.records[name]["entries"][key] = entry
        return Answer(200, entry)

    @exchange("DELETE", "/api/records/([^/]+)/draft/files/([^/]+)", f"{_DRAFTS}#delete-a-draft-file")
    def remove(self, asked: Asked, name: str, key: str) -> Answer:
        return Answer(204 if self.records[name]["entries"].pop(key, None) else 404)

    @exchange("GET", "/api/records/([^/]+)(?:/draft)?/files/([^/]+)/content", f"{_DRAFTS}#download-a-draft-file")
    def give(self, asked: Asked, name: str, key: str) -> Answer:
        return Answer(200, self.contents[(name, key)])

    @exchange("POST", "/api/records/([^/]+)/draft/actions/publish", f"{_DRAFTS}#publish-a-draft-record")
    def publish(self, asked: Asked, name: str) -> Answer:
        one = self._draft(name)
        if one is None:
            return Answer(404, {"message": "no such draft"})
        one["value"] |= {"is_published": True, "status": "published"}
        return Answer(202, one["value"])

    @exchange("GET", "/api/communities/([^/]+)", _COMMUNITIES)
    def community(self, asked: Asked, name: str) -> Answer:
        return Answer(200, {"id": f"c-{name}"}) if name == "lights" else Answer(404, {"message": "no such community"})

    @exchange("PUT", "/api/records/([^/]+)/draft/review", f"{_REVIEWS}#createupdate-a-review")
    def ask_review(self, asked: Asked, name: str) -> Answer:
        self.records[name]["review"] = asked.json()["receiver"]["community"]
        return Answer(200, asked.json())

    @exchange("POST", "/api/records/([^/]+)/draft/actions/submit-review", f"{_REVIEWS}#submit-a-record-for-review")
    def submit(self, asked: Asked, name: str) -> Answer:
        self.notes.append(asked.json()["payload"]["content"])
        self.records[name]["value"]["status"] = "in_review"
        return Answer(202, {})

    @exchange("POST", "/api/records/([^/]+)/versions", f"{_DRAFTS}#create-a-new-version")
    def version(self, asked: Asked, name: str) -> Answer:
        before = self.records[name]["value"]
        parent = before["parent"]["id"]
        siblings = [one["value"] for one in self.records.values() if one["value"]["parent"]["id"] == parent]
        begun = next((one for one in siblings if not one["is_published"]), None)
        said = {part: copy.deepcopy(before[part]) for part in ("access", "metadata") if part in before}
        return Answer(201, begun or self._made(said, parent))
