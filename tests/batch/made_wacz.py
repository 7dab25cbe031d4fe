"""A WACZ file made for tests: its records, the list of its pages and what describes both; stored, of fixed times."""

from __future__ import annotations

import hashlib
import json
import zipfile
from pathlib import Path

from tests.batch.made_crawls import write_crawl


def write_wacz(path: Path, pages: list[bytes]) -> Path:
    """Write one of these pages, all of them listed."""
    warc = write_crawl(path.with_suffix(".warc.gz"), pages)
    listed = [{"format": "json-pages-1.0", "id": "pages", "title": "All pages"}]
    for number in range(1, len(pages) + 1):
        address = f"https://harbour.example/mole/{number}"
        listed.append({"id": str(number), "url": address, "ts": "2024-05-01T10:00:00Z", "title": ""})
    files = {
        "archive/data.warc.gz": warc.read_bytes(),
        "pages/pages.jsonl": b"".join(json.dumps(one).encode() + b"\n" for one in listed),
    }
    warc.unlink()
    resources = [
        {
            "name": name.rpartition("/")[2],
            "path": name,
            "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
            "bytes": len(content),
        }
        for name, content in files.items()
    ]
    described = {"profile": "data-package", "wacz_version": "1.1.1", "resources": resources}
    files["datapackage.json"] = json.dumps(described).encode()
    with zipfile.ZipFile(path, "w") as file:
        for name, content in files.items():
            file.writestr(zipfile.ZipInfo(name), content)
    return path
