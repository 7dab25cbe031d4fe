"""DSpace as its REST contract describes it: an account let in, items in the workspace, the workflow and the archive."""

from __future__ import annotations

import itertools
import uuid
from typing import Any

from lookalike import Answer, Asked, Lookalike, exchange, md5

ACCOUNT, PASSWORD = "keeper@museum.example", "a secret/of:ours"
COLLECTION = "05457c63-b392-4629-a373-f2d66ee9ee33"
EPERSON = "7f2d2c1e-0000-4000-8000-000000000001"
_CONTRACT = "https://github.com/DSpace/RestContract/blob/main"


class DSpaceLookalike(Lookalike):
    def __init__(self) -> None:
        self.numbers = itertools.count(1)
        self.items: dict[str, dict[str, Any]] = {}
        """By UUID: ``state`` (workspace, workflow, archive), ``number``, ``metadata``, ``files``."""
        self.contents: dict[str, bytes] = {}
        self.has_workflow = False
        self.wants_license = False
        self.csrf, self.bearers = "token0", set[str]()
        super().__init__()

    def answer(self, method: str, path: str, asked: Asked) -> Answer:
        if method != "GET":
            cookie = asked.headers.get("Cookie", "")
            if asked.headers.get("X-XSRF-TOKEN") != self.csrf or f"DSPACE-XSRF-COOKIE={self.csrf}" not in cookie:
                return Answer(403, {"message": "Access is denied. Invalid CSRF token."})
        is_let_in = asked.headers.get("Authorization", "").removeprefix("Bearer ") in self.bearers
        if not is_let_in and "/authn/" not in path and "/security/" not in path:
            return Answer(401, {"message": "Authentication is required"})
        return super().answer(method, path, asked)

    def _new_token(self) -> tuple[tuple[str, str], ...]:
        self.csrf = f"token{next(self.numbers)}"
        return (
            ("DSPACE-XSRF-TOKEN", self.csrf),
            ("Set-Cookie", f"DSPACE-XSRF-COOKIE={self.csrf}; Path=/server; HttpOnly"),
        )

    @exchange("GET", r"/server/api/security/csrf", f"{_CONTRACT}/csrf-tokens.md")
    def token(self, asked: Asked) -> Answer:
        return Answer(204, None, self._new_token())

    @exchange("POST", r"/server/api/authn/login", f"{_CONTRACT}/authentication.md")
    def login(self, asked: Asked) -> Answer:
        from urllib.parse import parse_qs

        said = parse_qs(asked.body.decode())
        if said != {"user": [ACCOUNT], "password": [PASSWORD]}:
            return Answer(401, {"message": "Authentication failed"})
        bearer = f"eyJ{next(self.numbers)}.payload.signature"
        self.bearers.add(bearer)
        # The token changes with a login.
        return Answer(200, None, (("Authorization", f"Bearer {bearer}"), *self._new_token()))

    @exchange("GET", r"/server/api/authn/status", f"{_CONTRACT}/authentication.md#status")
    def status(self, asked: Asked) -> Answer:
        is_in = asked.headers.get("Authorization", "").removeprefix("Bearer ") in self.bearers
        href = f"http://127.0.0.1/server/api/eperson/epersons/{EPERSON}"
        return Answer(200, {"authenticated": is_in, **({"_links": {"eperson": {"href": href}}} if is_in else {})})

    def _item(self, name: str) -> dict[str, Any]:
        one = self.items[name]
        is_kept = one["state"] == "archive"
        return {
            "uuid": name,
            "inArchive": is_kept,
            "handle": f"123456789/{one['number']}" if is_kept else None,
            "metadata": {field: [{"value": v} for v in values] for field, values in one["metadata"].items()},
        }

    def _submission(self, name: str) -> dict[str, Any]:
        one = self.items[name]
        files = [
            {"uuid": f["uuid"], "sizeBytes": f["size"], "checkSum": {"checkSumAlgorithm": "MD5", "value": f["md5"]},
             "metadata": {"dc.title": [{"value": f["name"]}]}, "accessConditions": f["conditions"]}
            for f in one["files"]
        ]  # fmt: skip
        sections: dict[str, Any] = {"collection": COLLECTION, "upload": {"files": files}}
        if self.wants_license:
            sections["license"] = {"granted": one["granted"]}
        return {"id": one["number"], "sections": sections, "_embedded": {"item": self._item(name)}}

    def _new_item(self, metadata: dict[str, list[str]], files: list[dict[str, Any]]) -> str:
        name = str(uuid.uuid5(uuid.NAMESPACE_URL, f"{id(self)} {next(self.numbers)}"))
        self.items[name] = {
            "state": "workspace", "number": next(self.numbers), "metadata": metadata, "files": files, "granted": False
        }  # fmt: skip
        return name

    def _in(self, state: str, number: str) -> str | None:
        found = (n for n, one in self.items.items() if (one["state"], str(one["number"])) == (state, number))
        return next(found, None)

    @exchange("POST", r"/server/api/submission/workspaceitems", f"{_CONTRACT}/workspaceitems.md")
    def make(self, asked: Asked) -> Answer:
        if asked.query.get("owningCollection") != COLLECTION:
            return Answer(422, {"message": "there is no such collection"})
        return Answer(201, self._submission(self._new_item({}, [])))

    @exchange("GET", r"/server/api/submission/workspaceitems/(\d+)", f"{_CONTRACT}/workspaceitems.md")
    def tell(self, asked: Asked, number: str) -> Answer:
        name = self._in("workspace", number)
        return Answer(200, self._submission(name)) if name else Answer(404)

    @exchange("GET", r"/server/api/submission/workspaceitems/(\d+)/item", f"{_CONTRACT}/workspaceitems.md#item")
    def item_of(self, asked: Asked, number: str) -> Answer:
        name = self._in("workspace", number)
        return Answer(200, self._item(name)) if name else Answer(404)

    def _own(self, state: str, kind: str) -> Answer:
        found = [self._submission(name) for name, one in self.items.items() if one["state"] == state]
        embedded = {"_embedded": {kind: found}} if found else {}
        return Answer(200, embedded | {"page": {"size": 100, "totalPages": 1, "number": 0}})

    @exchange(
        "GET",
        r"/server/api/submission/workspaceitems/search/findBySubmitter",
        f"{_CONTRACT}/workspaceitems.md#findBySubmitter",
    )
    def own_drafts(self, asked: Asked) -> Answer:
        return self._own("workspace", "workspaceitems") if asked.query["uuid"] == EPERSON else Answer(403)

    @exchange(
        "GET",
        r"/server/api/workflow/workflowitems/search/findBySubmitter",
        f"{_CONTRACT}/workflowitems.md#findBySubmitter",
    )
    def own_submitted(self, asked: Asked) -> Answer:
        return self._own("workflow", "workflowitems") if asked.query["uuid"] == EPERSON else Answer(403)

    @exchange(
        "GET", r"/server/api/submission/workspaceitems/search/item",
        f"{_CONTRACT}/workspaceitems.md#get-single-workspace-item-from-item-uuid",
    )  # fmt: skip
    def draft_of(self, asked: Asked) -> Answer:
        one = self.items.get(asked.query["uuid"])
        is_draft = one is not None and one["state"] == "workspace"
        return Answer(200, self._submission(asked.query["uuid"])) if is_draft else Answer(204)

    @exchange("GET", r"/server/api/core/items/([0-9a-f-]+)", f"{_CONTRACT}/items.md")
    def item(self, asked: Asked, name: str) -> Answer:
        if name not in self.items:
            return Answer(404)
        # Embedding: {_CONTRACT}/projections.md
        told = [
            {"uuid": f["uuid"], "name": f["name"], "sizeBytes": f["size"],
             "checkSum": {"checkSumAlgorithm": "MD5", "value": f["md5"]}}
            for f in self.items[name]["files"]
        ]  # fmt: skip
        bitstreams = {"bitstreams": {"_embedded": {"bitstreams": told}, "page": {"size": 100}}}
        bundles = [{"name": "LICENSE"}, {"name": "ORIGINAL", "_embedded": bitstreams}] if told else []
        assert asked.query["embed"] == "bundles/bitstreams"
        return Answer(200, self._item(name) | {"_embedded": {"bundles": {"_embedded": {"bundles": bundles}}}})

    @exchange("PATCH", r"/server/api/core/items/([0-9a-f-]+)", f"{_CONTRACT}/metadata-patch.md")
    def describe(self, asked: Asked, name: str) -> Answer:
        for step in asked.json():
            field = step["path"].removeprefix("/metadata/")
            if step["op"] != "add" or "/" in field or not all(one["value"] for one in step["value"]):
                return Answer(422, {"message": f"cannot do {step}"})
            self.items[name]["metadata"][field] = [one["value"] for one in step["value"]]
        return Answer(200, self._item(name))

    @exchange("PATCH", r"/server/api/submission/workspaceitems/(\d+)", f"{_CONTRACT}/workspaceitem-data-upload.md")
    def change(self, asked: Asked, number: str) -> Answer:
        one = self.items[self._in("workspace", number) or ""]
        for step in asked.json():
            match step["path"].split("/")[1:]:
                case ["sections", "license", "granted"]:
                    one["granted"] = step["value"] == "true"
                case ["sections", "upload", "files", at, "accessConditions", "-"]:
                    one["files"][int(at)]["conditions"].append(step["value"])
                case _:
                    return Answer(422, {"message": f"cannot do {step}"})
        return Answer(200)

    @exchange(
        "POST", r"/server/api/submission/workspaceitems/(\d+)",
        f"{_CONTRACT}/workspaceitems.md#multipart-post-method-on-a-single-workspaceitem",
    )  # fmt: skip
    def upload(self, asked: Asked, number: str) -> Answer:
        name = self._in("workspace", number)
        if name is None:
            return Answer(404)
        file, sent = asked.form()["file"]
        content, bitstream = self.kept(sent), str(uuid.uuid5(uuid.NAMESPACE_OID, f"{id(self)} {next(self.numbers)}"))
        self.contents[bitstream] = content
        self.items[name]["files"].append(
            {"uuid": bitstream, "name": file, "size": len(content), "md5": md5(content), "conditions": []}
        )
        return Answer(201, self._submission(name))

    @exchange("DELETE", r"/server/api/submission/workspaceitems/(\d+)", f"{_CONTRACT}/workspaceitems.md")
    def discard(self, asked: Asked, number: str) -> Answer:
        name = self._in("workspace", number)
        if name is None:
            return Answer(404)
        del self.items[name]
        return Answer(204)

    @exchange("DELETE", r"/server/api/core/bitstreams/([0-9a-f-]+)", f"{_CONTRACT}/bitstreams.md")
    def remove(self, asked: Asked, bitstream: str) -> Answer:
        for one in self.items.values():
            if one["state"] == "workspace":
                one["files"] = [file for file in one["files"] if file["uuid"] != bitstream]
        return Answer(204)

    @exchange("GET", r"/server/api/core/bitstreams/([0-9a-f-]+)/content", f"{_CONTRACT}/bitstreams.md#content")
    def give(self, asked: Asked, bitstream: str) -> Answer:
        return Answer(200, self.contents[bitstream])

    @exchange("POST", r"/server/api/workflow/workflowitems", f"{_CONTRACT}/workflowitems.md#creation-of-a-workflowitem")
    def hand_in(self, asked: Asked) -> Answer:
        name = self._in("workspace", asked.body.decode().rpartition("/")[2])
        if asked.headers["Content-Type"] != "text/uri-list" or name is None:
            return Answer(422, {"message": "there is no such workspace item"})
        one = self.items[name]
        if self.wants_license and not one["granted"]:
            return Answer(422, {"message": "the licence is not granted"})
        one["state"] = "workflow" if self.has_workflow else "archive"
        if not self.has_workflow:
            one["metadata"]["dc.identifier.uri"] = [f"http://localhost:4000/handle/123456789/{one['number']}"]
        return Answer(201, {"id": one["number"], "type": "workflowitem"})

    @exchange("GET", r"/server/api/discover/search/objects", f"{_CONTRACT}/search-endpoint.md")
    def search(self, asked: Asked) -> Answer:
        field, _, wanted = asked.query["query"].partition(":")
        found = [
            {"_embedded": {"indexableObject": self._item(name)}}
            for name, one in reversed(self.items.items())
            if one["state"] == "archive" and wanted.strip('"') in one["metadata"].get(field, ())
        ]
        return Answer(200, {"_embedded": {"searchResult": {"_embedded": {"objects": found}}}})

    @exchange("POST", r"/server/api/versioning/versions", f"{_CONTRACT}/versions.md")
    def next_version(self, asked: Asked) -> Answer:
        one = self.items[asked.body.decode().rpartition("/")[2]]
        if one.get("next") in self.items and self.items[one["next"]]["state"] != "archive":
            return Answer(422, {"message": "a version is being made already"})
        one["next"] = self._new_item(
            {field: list(values) for field, values in one["metadata"].items() if field != "dc.identifier.uri"},
            [dict(file, conditions=[]) for file in one["files"]],
        )
        return Answer(201, {"id": self.items[one["next"]]["number"], "type": "version"})

    @exchange("GET", r"/server/api/versioning/versions/(\d+)/item", f"{_CONTRACT}/versions.md#item")
    def version_item(self, asked: Asked, number: str) -> Answer:
        name = self._in("workspace", number)
        return Answer(200, self._item(name)) if name else Answer(404)
