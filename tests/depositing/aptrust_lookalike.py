"""APTrust's registry as its member interface describes it: what was taken in, by the name of the tar file."""

from __future__ import annotations

from typing import Any

from lookalike import Answer, Asked, Lookalike, exchange

USER, KEY = "keeper@museum.example", "a-registry-key-of-ours"
_REGISTRY = "https://github.com/APTrust/registry/blob/master/member_api_v3.yml"


class RegistryLookalike(Lookalike):
    def __init__(self) -> None:
        self.items: list[dict[str, Any]] = []
        super().__init__()

    @exchange("GET", r"/member-api/v3/items", _REGISTRY)
    def work_items(self, asked: Asked) -> Answer:
        if (asked.headers.get("X-Pharos-API-User"), asked.headers.get("X-Pharos-API-Key")) != (USER, KEY):
            return Answer(401, {"StatusCode": 401, "Error": "not authorized"})
        found = [
            one for one in self.items if one["name"] == asked.query["name"] and one["action"] == asked.query["action"]
        ]
        return Answer(200, {"count": len(found), "next": None, "previous": None, "results": found})
