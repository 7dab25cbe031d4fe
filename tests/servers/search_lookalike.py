"""What InvenioRDM asks of OpenSearch, answered from memory: indices, aliases, documents, and searches by field.

A document is found a moment after it was written, as there: the moment is ``LAG_SECONDS``, or the next ``_refresh``.
That lag is why a client may not believe a search that finds nothing.

Source: OpenSearch, "REST API reference"; only what a repository was seen to ask for.
"""

from __future__ import annotations

import fnmatch
import json
import re
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import unquote, urlsplit

LAG_SECONDS = 0.4

_SHARDS = {"total": 1, "successful": 1, "skipped": 0, "failed": 0}
_DONE = {"acknowledged": True, "shards_acknowledged": True}
_FIELD_QUERY = re.compile(r'\(?(?P<field>[A-Za-z_][\w.\\]*):"?(?P<value>.+?)"?\)?$')


class Document:
    """One document: as it is, and as a search sees it."""

    def __init__(self) -> None:
        self.source: dict[str, Any] | None = None
        self.version = 0
        self._seen: dict[str, Any] | None = None
        self._seen_from = 0.0

    def write(self, source: dict[str, Any] | None) -> None:
        self._seen = self.seen()
        self.source, self.version = source, self.version + 1
        self._seen_from = time.monotonic() + LAG_SECONDS

    def seen(self) -> dict[str, Any] | None:
        return self.source if time.monotonic() >= self._seen_from else self._seen

    def refresh(self) -> None:
        self._seen_from = 0.0


class Indices:
    """All documents, by index."""

    def __init__(self) -> None:
        self.indices: dict[str, dict[str, Document]] = {}
        self.aliases: dict[str, set[str]] = {}
        self.templates: dict[str, Any] = {}

    def named(self, expression: str) -> list[str]:
        """The indices that names, patterns and aliases, with commas between, stand for."""
        found: list[str] = []
        for one in expression.split(","):
            pattern = "*" if one == "_all" else one
            found += [name for name in self.indices if fnmatch.fnmatchcase(name, pattern)]
            for alias, members in self.aliases.items():
                if fnmatch.fnmatchcase(alias, pattern):
                    found += [name for name in members if name in self.indices]
        return list(dict.fromkeys(found))

    def documents(self, expression: str) -> list[tuple[str, str, Document]]:
        return [(index, key, one) for index in self.named(expression) for key, one in self.indices[index].items()]

    def write(self, expression: str, key: str, source: dict[str, Any] | None) -> dict[str, Any]:
        index = next(iter(self.named(expression)), expression)
        documents = self.indices.setdefault(index, {})
        one = documents.setdefault(key, Document())
        was_there = one.source is not None
        one.write(source)
        result = "deleted" if source is None else "updated" if was_there else "created"
        head = {"_index": index, "_id": key, "_version": one.version, "result": result, "_shards": _SHARDS}
        return {**head, "_seq_no": one.version, "_primary_term": 1}


def values(source: Any, path: str) -> list[Any]:
    """Everything that stands in a document under a dotted path, through lists."""
    found = [source]
    for part in path.removesuffix(".keyword").split("."):
        inner = [one[part] for one in found if isinstance(one, dict) and one.get(part) is not None]
        found = [one for value in inner for one in (value if isinstance(value, list) else [value])]
    return found


def matches(query: dict[str, Any] | None, key: str, source: dict[str, Any]) -> bool:
    """Whether a document is among a query's; of a query that is not known here, every document is."""
    if not query:
        return True
    kind, body = next(iter(query.items()))
    if kind == "bool":
        return _all_of(body, key, source)
    if kind in ("nested", "constant_score", "function_score"):
        return matches(body.get("query") or body.get("filter"), key, source)
    if kind == "match_none":
        return False
    if kind == "ids":
        return key in body["values"]
    if kind == "exists":
        return bool(values(source, body["field"]))
    if kind in ("term", "terms", "match", "match_phrase", "prefix"):
        return _by_field(kind, body, source)
    if kind in ("query_string", "simple_query_string", "multi_match"):
        return _by_text(str(body["query"]), source)
    return True


def _all_of(body: dict[str, Any], key: str, source: dict[str, Any]) -> bool:
    def of(name: str) -> list[dict[str, Any]]:
        clauses = body.get(name) or []
        return clauses if isinstance(clauses, list) else [clauses]

    if any(matches(one, key, source) for one in of("must_not")):
        return False
    needed = (*of("must"), *of("filter"))
    if not all(matches(one, key, source) for one in needed):
        return False
    is_needed = bool(of("should")) and (bool(body.get("minimum_should_match")) or not needed)
    return not is_needed or any(matches(one, key, source) for one in of("should"))


def _by_field(kind: str, body: dict[str, Any], source: dict[str, Any]) -> bool:
    field, wanted = next((name, value) for name, value in body.items() if name not in ("boost", "_name"))
    if isinstance(wanted, dict):
        wanted = wanted.get("value", wanted.get("query"))
    there = [str(one).lower() for one in values(source, field)]
    if kind == "prefix":
        return any(one.startswith(str(wanted).lower()) for one in there)
    return any(str(one).lower() in there for one in (wanted if isinstance(wanted, list) else [wanted]))


def _by_text(text: str, source: dict[str, Any]) -> bool:
    match = _FIELD_QUERY.match(text.strip("*"))
    if match and not match["field"].startswith("http"):
        wanted = match["value"].replace("\\", "").lower()
        return any(str(one).lower() == wanted for one in values(source, match["field"].replace("\\", "")))
    return text.strip('*"').lower() in json.dumps(source, ensure_ascii=False).lower()


class SearchLookalike:
    """A server of it on a free port of this machine."""

    def __init__(self) -> None:
        self._indices, self._turn = Indices(), threading.Lock()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_: object) -> None:
                pass

            def _serve(self) -> None:
                content = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                path = [unquote(part) for part in urlsplit(self.path).path.split("/") if part]
                with outer._turn:
                    status, value = outer.answer(self.command, path, content)
                told = b"" if self.command == "HEAD" else json.dumps(value).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json; charset=UTF-8")
                self.send_header("Content-Length", str(len(told)))
                self.end_headers()
                self.wfile.write(told)

            do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = _serve  # noqa: N815 - the library's names

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.port = int(self._server.server_address[1])
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def answer(self, method: str, path: list[str], content: bytes) -> tuple[int, Any]:
        """Status and JSON for one request."""
        if not path:
            version = {"distribution": "opensearch", "number": "2.19.0"}
            return 200, {"name": "look-alike", "cluster_name": "look-alike", "version": version}
        if path[0] == "_cluster":
            return 200, {"status": "green", "cluster_name": "look-alike", "number_of_nodes": 1}
        if path[0] in ("_index_template", "_template", "_component_template", "_ingest", "_plugins"):
            return self._template(method, path, content)
        if path[-1] == "_bulk":
            return 200, self._bulk(content, path[0])
        body = json.loads(content) if content.strip() else {}
        if "_alias" in path or "_aliases" in path:
            return self._alias(method, path, body)
        if path[-1] in ("_search", "_count", "_delete_by_query"):
            return 200, self._search(path[-1], path[0] if len(path) > 1 else "_all", body)
        if path[-1] in ("_refresh", "_flush"):
            for *_, one in self._indices.documents(path[0] if len(path) > 1 else "_all"):
                one.refresh()
            return 200, {"_shards": _SHARDS}
        if path[0] == "_cat":
            return 200, [{"index": name} for name in self._indices.indices]
        if len(path) == 1:
            return self._index(method, path[0], body)
        if path[1] in ("_doc", "_create", "_update") and len(path) > 2:
            return self._document(method, path, body)
        if path[1] in ("_mapping", "_settings", "_close", "_open"):
            return 200, _DONE
        return 400, {"error": {"type": "unknown", "reason": "/".join(path)}, "status": 400}

    def _template(self, method: str, path: list[str], content: bytes) -> tuple[int, Any]:
        name = path[-1]
        if method in ("PUT", "POST"):
            self._indices.templates[name] = json.loads(content or b"{}")
            return 200, _DONE
        if method == "DELETE":
            self._indices.templates.pop(name, None)
            return 200, _DONE
        return (200 if name in self._indices.templates else 404), {}

    def _alias(self, method: str, path: list[str], body: dict[str, Any]) -> tuple[int, Any]:
        aliases = self._indices.aliases
        for action in body.get("actions", ()) if path[0] == "_aliases" else ():
            kind, one = next(iter(action.items()))
            if kind == "add":
                aliases.setdefault(one["alias"], set()).add(one["index"])
            elif kind == "remove":
                aliases.get(one["alias"], set()).discard(one["index"])
        if path[0] == "_aliases":
            return 200, _DONE
        wanted = path[-1] if not path[-1].startswith("_alias") else None
        if wanted is not None and method in ("PUT", "POST"):
            aliases.setdefault(wanted, set()).update(self._indices.named(path[0]))
            return 200, _DONE
        found: dict[str, Any] = {}
        for alias, members in aliases.items():
            for index in members if wanted in (None, alias) else ():
                found.setdefault(index, {"aliases": {}})["aliases"][alias] = {}
        return (200 if found or wanted is None else 404), found

    def _index(self, method: str, name: str, body: dict[str, Any]) -> tuple[int, Any]:
        if method == "PUT":
            self._indices.indices.setdefault(name, {})
            for alias in body.get("aliases", {}):
                self._indices.aliases.setdefault(alias, set()).add(name)
            return 200, {**_DONE, "index": name}
        found = self._indices.named(name)
        if method == "DELETE":
            for one in found:
                del self._indices.indices[one]
            return 200, _DONE
        return (200 if found else 404), {one: {"aliases": {}, "mappings": {}, "settings": {}} for one in found}

    def _document(self, method: str, path: list[str], body: dict[str, Any]) -> tuple[int, Any]:
        index, kind, key = path[:3]
        if method in ("PUT", "POST"):
            return 201, self._indices.write(index, key, body.get("doc", body) if kind == "_update" else body)
        for name, other, one in self._indices.documents(index):
            if other == key and one.source is not None:
                if method == "DELETE":
                    return 200, self._indices.write(name, key, None)
                return 200, {
                    "_index": name, "_id": key, "_version": one.version, "found": True, "_source": one.source
                }  # fmt: skip
        return 404, {"_index": index, "_id": key, "found": False, "result": "not_found"}

    def _bulk(self, content: bytes, index: str) -> dict[str, Any]:
        lines = iter([line for line in content.decode().split("\n") if line.strip()])
        items = []
        for line in lines:
            action, head = next(iter(json.loads(line).items()))
            source = None if action == "delete" else json.loads(next(lines))
            if action == "update" and source is not None:
                source = source.get("doc", source)
            written = self._indices.write(head.get("_index") or index, str(head.get("_id", len(items))), source)
            items.append({action: {**written, "status": 200 if source is None else 201}})
        return {"took": 1, "errors": False, "items": items}

    def _search(self, kind: str, index: str, body: dict[str, Any]) -> dict[str, Any]:
        hits = []
        for name, key, one in self._indices.documents(index):
            source = one.seen()
            if source is not None and matches(body.get("query"), key, source):
                hits.append({"_index": name, "_id": key, "_version": one.version, "_score": 1.0, "_source": source})
        if kind == "_count":
            return {"count": len(hits), "_shards": _SHARDS}
        if kind == "_delete_by_query":
            for one in hits:
                self._indices.write(one["_index"], one["_id"], None)
            return {"deleted": len(hits), "total": len(hits), "failures": []}
        for field, downwards in reversed(_order(body.get("sort"))):
            hits.sort(key=lambda one: str((values(one["_source"], field) or [""])[0]), reverse=downwards)
        begin, size = int(body.get("from", 0)), int(body.get("size", 10))
        total = {"value": len(hits), "relation": "eq"}
        shown = [{**one, "sort": [one["_id"]]} for one in hits[begin : begin + size]]
        none = {"buckets": [], "doc_count_error_upper_bound": 0, "sum_other_doc_count": 0}
        return {
            "took": 1,
            "timed_out": False,
            "_shards": _SHARDS,
            "hits": {"total": total, "max_score": 1.0, "hits": shown},
            "aggregations": dict.fromkeys(body.get("aggs") or body.get("aggregations") or {}, none),
        }


def _order(sort: Any) -> list[tuple[str, bool]]:
    found = []
    for one in sort if isinstance(sort, list) else [sort] if sort else []:
        if isinstance(one, str):
            found.append((one.lstrip("-"), one.startswith("-")))
        elif isinstance(one, dict):
            field, how = next(iter(one.items()))
            found.append((field, (how.get("order") if isinstance(how, dict) else how) == "desc"))
    return [(field, downwards) for field, downwards in found if not field.startswith("_")]
