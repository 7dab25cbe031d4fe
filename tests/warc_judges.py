"""What other programs say of a WARC file that we wrote: each reads all of it, and finds every digest right."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import shutil
import subprocess
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

import solander

NODE = """
const fs = require("fs"), crypto = require("crypto"), { WARCParser } = require("warcio");
(async () => {
  const records = [];
  for await (const one of new WARCParser(fs.createReadStream(process.argv[1]), { parseHttp: false })) {
    const hash = crypto.createHash("sha256");
    for await (const piece of one) hash.update(piece);
    records.push([one.warcType, one.warcHeader("WARC-Record-ID"), hash.digest("hex")]);
  }
  console.log(JSON.stringify(records));
})();
"""


def judge_written(path: Path, *, is_ours: bool = True) -> list[str]:
    """Have a file read by everybody who is here.

    Args:
        path: the file.
        is_ours: whether each record must have the digest of its block, and each message that of its body.

    Returns:
        The types of its records, upon which all agree.
    """
    kinds, blocks = _by_warcio(path, is_ours=is_ours)
    assert _by_fastwarc(path) == kinds
    assert not solander.validate(path).at_or_above("warning")
    checked = Checker(type("Asked", (), {"inputs": [str(path)], "verbose": False})())
    checked.process_all()
    assert checked.exit_value == 0
    by_node = _by_node(path)
    assert by_node is None or by_node == [
        (kind, name, digest) for kind, (name, digest) in zip(kinds, blocks, strict=True)
    ]
    return kinds


def _by_warcio(path: Path, *, is_ours: bool) -> tuple[list[str], list[tuple[str, str]]]:
    """Reckoned by ourselves from what it reads: of each block the SHA-256, and of each message's body."""
    kinds, blocks = [], []
    for one in ArchiveIterator(io.BytesIO(path.read_bytes()), no_record_parse=True):
        head, block = one.rec_headers, one.raw_stream.read()
        kinds.append(one.rec_type)
        blocks.append((head.get_header("WARC-Record-ID"), hashlib.sha256(block).hexdigest()))
        said, of_payload = head.get_header("WARC-Block-Digest"), head.get_header("WARC-Payload-Digest")
        assert int(head.get_header("Content-Length")) == len(block)
        assert not (said is None and is_ours), one.rec_type
        assert said is None or said == reckoned(said, block)
        if of_payload is not None and one.rec_type != "revisit":
            is_message = (head.get_header("Content-Type") or "").startswith("application/http")
            assert of_payload == reckoned(of_payload, block.partition(b"\r\n\r\n")[2] if is_message else block)
        assert not (is_ours and one.rec_type in ("response", "resource") and of_payload is None)
    for one in ArchiveIterator(io.BytesIO(path.read_bytes()), check_digests="raise"):
        one.raw_stream.read()
    return kinds, blocks


def reckoned(said: str, content: bytes) -> str:
    """The digest of what is there, by the algorithm that is named."""
    name = said.partition(":")[0]
    return f"{name}:{base64.b32encode(hashlib.new(name, content).digest()).decode()}"


def _by_fastwarc(path: Path) -> list[str]:
    fastwarc = pytest.importorskip("fastwarc.warc")
    kinds = []
    for one in fastwarc.ArchiveIterator(io.BytesIO(path.read_bytes()), parse_http=False):
        kinds.append(one.headers["WARC-Type"])
        assert "WARC-Block-Digest" not in one.headers or one.verify_block_digest()
    for one in fastwarc.ArchiveIterator(io.BytesIO(path.read_bytes()), parse_http=True):
        # Of other records than messages of HTTP it finds no payload, and calls any digest of one wrong.
        if "WARC-Payload-Digest" in one.headers and one.headers["WARC-Type"] == "response":
            assert one.verify_payload_digest(), one.headers["WARC-Record-ID"]
    return kinds


def _by_node(path: Path) -> list[tuple[str, str, str]] | None:
    """The reader in JavaScript (npm ``warcio``), where node finds it: by ``NODE_PATH``, or beside the project."""
    node = shutil.which("node")
    if node is None or subprocess.run([node, "-e", 'require("warcio")'], capture_output=True, check=False).returncode:
        return None
    told = subprocess.run([node, "-e", NODE, str(path)], capture_output=True, text=True, check=True)
    return [(kind, name, digest) for kind, name, digest in json.loads(told.stdout)]
