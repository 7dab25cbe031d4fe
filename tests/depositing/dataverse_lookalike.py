"""Dataverse as its guides describe it: datasets, files, search, publishing, and direct upload."""

from __future__ import annotations

import copy
import itertools
import json
from typing import Any

from lookalike import Answer, Asked, Lookalike, exchange, md5

TOKEN = "11111111-2222-3333-4444-555555555555"
_GUIDE = "https://guides.dataverse.org/en/latest/api/native-api.html"
_DIRECT = "https://guides.dataverse.org/en/latest/developers/s3-direct-upload-api.html"
_REQUIRED = ("title", "author", "datasetContact", "dsDescription", "subject")


def ok(data: object, status: int = 200) -> Answer:
    return Answer(status, {"status": "OK", "data": data})


def no(status: int, message: str) -> Answer:
    return Answer(status, {"status": "ERROR", "message": message})


class DataverseLookalike(Lookalike):
    def __init__(self) -> None:
        self.numbers = itertools.count(1)
        self.datasets: dict[str, dict[str, Any]] = {}
        """By persistent identifier: ``versions``, the newest first."""
        self.contents: dict[int, bytes] = {}
        self.stored: dict[str, bytes] = {}
        """What was sent past the server, by its place in the store."""
        self.part_bytes = 0
        """How large the parts are that the store wants; 0: all at once; below: it takes nothing directly."""
        self.seen_by_store: list[str] = []
        super().__init__()

    def answer(self, method: str, path: str, asked: Asked) -> Answer:
        if path.startswith("/store/"):
            self.seen_by_store += [name for name in asked.headers if name.lower() == "x-dataverse-key"]
        elif asked.headers.get("X-Dataverse-key") != TOKEN:
            return no(401, "Bad API key")
        return super().answer(method, path, asked)

    def _latest(self, asked: Asked) -> dict[str, Any] | None:
        one = self.datasets.get(asked.query.get("persistentId", ""))
        return one["versions"][0] if one else None

    def _draft(self, asked: Asked) -> dict[str, Any]:
        one = self.datasets[asked.query["persistentId"]]
        if one["versions"][0]["versionState"] != "DRAFT":
            one["versions"].insert(0, copy.deepcopy(one["versions"][0]) | {"versionState": "DRAFT"})
        return one["versions"][0]

    @exchange("POST", r"/api/dataverses/([^/]+)/datasets", f"{_GUIDE}#create-a-dataset-in-a-dataverse-collection")
    def make(self, asked: Asked, alias: str) -> Answer:
        version = asked.json()["datasetVersion"]
        if alias != "pages":
            return no(404, f"Can't find dataverse with identifier='{alias}'")
        named = {one["typeName"] for one in version["metadataBlocks"]["citation"]["fields"]}
        if missing := [one for one in _REQUIRED if one not in named]:
            return no(403, f"Validation Failed: {', '.join(missing)} is required.")
        number = next(self.numbers)
        name = f"doi:10.5072/FK2/{number:06}"
        self.datasets[name] = {"versions": [version | {"versionState": "DRAFT", "files": []}], "locks": []}
        return ok({"id": number, "persistentId": name}, 201)

    @exchange("GET", r"/api/datasets/:persistentId", f"{_GUIDE}#get-json-representation-of-a-dataset")
    def tell(self, asked: Asked) -> Answer:
        version = self._latest(asked)
        return no(404, "not found") if version is None else ok({"latestVersion": version})

    @exchange("GET", r"/api/datasets/:persistentId/locks", f"{_GUIDE}#dataset-locks")
    def locks(self, asked: Asked) -> Answer:
        return ok(self.datasets[asked.query["persistentId"]]["locks"])

    @exchange("GET", r"/api/search", "https://guides.dataverse.org/en/latest/api/search.html")
    def search(self, asked: Asked) -> Answer:
        wanted = asked.query["q"].removeprefix("otherIdValue:").strip('"')
        found = [
            name for name, one in self.datasets.items() if wanted in json.dumps(one["versions"][0]["metadataBlocks"])
        ]
        return ok({"items": [{"type": "dataset", "global_id": one} for one in reversed(found)]})

    @exchange("PUT", r"/api/datasets/:persistentId/versions/:draft", f"{_GUIDE}#update-metadata-for-a-dataset")
    def change(self, asked: Asked) -> Answer:
        if self.datasets[asked.query["persistentId"]]["locks"]:
            return no(403, "Dataset is locked")
        draft = self._draft(asked)
        draft.update(asked.json())
        return ok(draft)

    @exchange("DELETE", r"/api/datasets/:persistentId/versions/:draft", f"{_GUIDE}#delete-dataset-draft")
    def discard(self, asked: Asked) -> Answer:
        one = self.datasets[asked.query["persistentId"]]
        one["versions"].pop(0)
        if not one["versions"]:
            del self.datasets[asked.query["persistentId"]]
        return ok({"message": "Draft version of dataset deleted"})

    @exchange("POST", r"/api/datasets/:persistentId/add", f"{_GUIDE}#add-a-file-to-a-dataset")
    def add(self, asked: Asked) -> Answer:
        form = asked.form()
        facts = json.loads(form["jsonData"][1])
        if "file" in form:
            name, sent = form["file"]
            content = self.kept(sent)
            checksum = md5(content)
        else:
            name, content = facts["fileName"], self.stored[facts["storageIdentifier"]]
            checksum = facts["checksum"]["@value"]
        assert name
        if name.endswith(".zip") or facts.get("tabIngest") != "false":
            return no(400, "the tests send no file that would be unpacked or ingested")
        draft = self._draft(asked)
        # Two files of a name get two names.
        labels = {one["label"] for one in draft["files"]}
        stem, _, ending = name.rpartition(".")
        label = next(one for one in (name, *(f"{stem}-{n}.{ending}" for n in range(1, 9))) if one not in labels)
        number = next(self.numbers)
        self.contents[number] = content
        there = {"id": number, "filename": label, "filesize": len(content), "md5": checksum}
        there["checksum"] = {"type": "MD5", "value": checksum}
        entry = {"label": label, "restricted": False, "dataFile": there}
        draft["files"].append(entry)
        return ok({"files": [entry]})

    @exchange("DELETE", r"/api/files/(\d+)", f"{_GUIDE}#deleting-files")
    def remove(self, asked: Asked, number: str) -> Answer:
        for one in self.datasets.values():
            draft = one["versions"][0]
            if draft["versionState"] == "DRAFT":
                draft["files"] = [file for file in draft["files"] if file["dataFile"]["id"] != int(number)]
        return ok({"message": "deleted"})

    @exchange("PUT", r"/api/files/(\d+)/restrict", f"{_GUIDE}#restrict-files")
    def restrict(self, asked: Asked, number: str) -> Answer:
        for one in self.datasets.values():
            for file in one["versions"][0]["files"]:
                if file["dataFile"]["id"] == int(number):
                    if file["restricted"] == (asked.body == b"true"):
                        return no(400, "already so")
                    file["restricted"] = asked.body == b"true"
        return ok({"message": "done"})

    @exchange(
        "POST",
        r"/api/datasets/:persistentId/files/actions/:set-embargo",
        f"{_GUIDE}#set-an-embargo-on-files-in-a-dataset",
    )
    def embargo(self, asked: Asked) -> Answer:
        for file in self._draft(asked)["files"]:
            if file["dataFile"]["id"] in asked.json()["fileIds"]:
                file["dataFile"]["embargo"] = {"dateAvailable": asked.json()["dateAvailable"]}
        return ok({"message": "Files were embargoed"})

    @exchange("POST", r"/api/datasets/:persistentId/actions/:publish", f"{_GUIDE}#publish-a-dataset")
    def publish(self, asked: Asked) -> Answer:
        version = self._latest(asked)
        if version is None or version["versionState"] != "DRAFT":
            return no(403, "This dataset version is already published")
        version["versionState"] = "RELEASED"
        return ok({"message": "published"})

    @exchange("POST", r"/api/datasets/:persistentId/submitForReview", f"{_GUIDE}#submit-a-dataset-for-review")
    def review(self, asked: Asked) -> Answer:
        self.datasets[asked.query["persistentId"]]["locks"] = [{"lockType": "InReview"}]
        return ok({"inReview": True})

    @exchange("GET", r"/api/access/datafile/(\d+)", "https://guides.dataverse.org/en/latest/api/dataaccess.html")
    def give(self, asked: Asked, number: str) -> Answer:
        return Answer(200, self.contents[int(number)])

    @exchange("GET", r"/api/datasets/:persistentId/uploadurls", f"{_DIRECT}#requesting-direct-upload-of-a-datafile")
    def sign(self, asked: Asked) -> Answer:
        if self.part_bytes < 0:
            return no(404, "Direct upload not supported for files in this dataset")
        # Another host's name for the same server, so that who sends the token there is found out.
        store, place = f"http://localhost:{self.port}/store", f"s3://boxes:{next(self.numbers)}"
        signed: dict[str, Any] = {"storageIdentifier": place, "partSize": self.part_bytes or 10**9}
        if self.part_bytes == 0:
            return ok(signed | {"url": f"{store}/{place}"})
        parts = range(1, -(-int(asked.query["size"]) // self.part_bytes) + 1)
        urls = {str(n): f"{store}/{place}?part={n}" for n in parts}
        sessions = f"/api/datasets/mpupload?storageidentifier={place}"
        return ok(signed | {"urls": urls, "abort": sessions, "complete": sessions})

    @exchange("PUT", r"/store/(.+)", f"{_DIRECT}#upload-the-file-to-s3")
    def store(self, asked: Asked, place: str) -> Answer:
        key = f"{place}#{asked.query['part']}" if "part" in asked.query else place
        self.stored[key] = self.kept(asked.body)
        return Answer(200, None, (("ETag", f'"{md5(asked.body)}"'),))

    @exchange("PUT", r"/api/datasets/mpupload", f"{_DIRECT}#multipart-upload")
    def put_together(self, asked: Asked) -> Answer:
        place, tags = asked.query["storageidentifier"], asked.json()
        parts = [self.stored[f"{place}#{number}"] for number in sorted(tags, key=int)]
        self.stored[place] = b"".join(parts)
        return ok({"message": "complete"})

    @exchange("DELETE", r"/api/datasets/mpupload", f"{_DIRECT}#multipart-upload")
    def give_up(self, asked: Asked) -> Answer:
        return ok({"message": "aborted"})
