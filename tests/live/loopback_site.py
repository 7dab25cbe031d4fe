"""A site on loopback whose page has 36 resources, each found in its own way; and a server of bad manners.

Whoever fetches all that the page shows must read markup, style sheets, frames and templates; three of the 36 exist for
a browser alone.
"""

from __future__ import annotations

import json
import ssl
import struct
import threading
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from random import Random


def picture(seed: int) -> bytes:
    """A PNG image of 16 × 16 pixels of noise."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    random = Random(seed)
    lines = b"".join(b"\0" + random.randbytes(48) for _ in range(16))
    head = struct.pack(">IIBBBBB", 16, 16, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(lines)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><base href="/deep/"><title>The lamp room</title>
<link rel="stylesheet" href="../style/first.css"><link rel="icon" href="/favicon.ico">
<link rel="manifest" href="/site.webmanifest"></head>
<body><main><h1>The lamp room</h1>
<p>Every evening the keeper carried two cans of oil up the stairs, and every morning he carried them down empty. The
log of the year 1891 names each wick that was trimmed and each pane that was washed, and it is kept in this room.</p>
{plain}
<img alt="" src="/i/once.png" srcset="/i/once.png 1x, /i/twice.png 2x">
<picture><source media="(min-width:10px)" srcset="/i/wide.png"><img alt="" src="/i/narrow.png"></picture>
<div style="background:url(/i/attribute.png)">The stair</div><img alt="" src="/moved">
<video poster="/i/poster.png"></video>
<iframe src="/frame.html"></iframe><div id="late"></div><div id="host"></div>
<div><template shadowrootmode="open">
<p>Words of the declared shadow.</p><img alt="" src="/i/declared.png"></template></div>
<div style="height:6000px"></div><img alt="" loading="lazy" src="/i/lazy.png">
<img alt="" data-src="/i/scrolled.png" width="64" height="64">
</main><script src="/script/lamp.js"></script></body></html>
""".replace("{plain}", "".join(f'<img alt="" src="../i/plain{number}.png">' for number in range(10)))

SCRIPT = """
fetch('/api/late.json').then(answer => answer.json()).then(found => {
  const line = document.createElement('p'); line.textContent = found.words;
  document.querySelector('#late').append(line);
  const image = new Image(); image.src = found.image; document.body.append(image);
});
const shadow = document.querySelector('#host').attachShadow({mode: 'open'});
shadow.innerHTML = '<p>Words of the attached shadow.</p><img alt="" src="/i/attached.png">';
const seen = new IntersectionObserver(all => all.forEach(one => {
  if (one.isIntersecting) { one.target.src = one.target.dataset.src; }
}));
document.querySelectorAll('img[data-src]').forEach(one => seen.observe(one));
"""

Answer = tuple[int, dict[str, str], bytes]


def _resources() -> dict[str, tuple[str, bytes]]:
    names = [*(f"plain{number}" for number in range(10)), "once", "twice", "wide", "narrow", "attribute", "poster"]
    names += ["declared", "lazy", "scrolled", "attached", "late", "final", "framed", "behind", "imported", "unused"]
    found = {f"/i/{name}.png": ("image/png", picture(seed)) for seed, name in enumerate(names)}
    first = (
        '@import "second.css"; @font-face { font-family: F; src: url(/font/lamp.woff2) } '
        "body { font-family: F; background: url(../i/behind.png) } .nobody { background: url(/i/unused.png) }"
    )
    frame = '<!doctype html><title>Frame</title><p>Words of the frame.</p><img alt="" src="/i/framed.png">'
    late = json.dumps({"words": "Words that a script fetched.", "image": "/i/late.png"})
    return found | {
        "/page.html": ("text/html; charset=utf-8", PAGE.encode()),
        "/style/first.css": ("text/css", first.encode()),
        "/style/second.css": ("text/css", b'h1 { background: url("../i/imported.png") }'),
        "/font/lamp.woff2": ("font/woff2", Random(99).randbytes(4000)),
        "/script/lamp.js": ("application/javascript", SCRIPT.encode()),
        "/api/late.json": ("application/json", late.encode()),
        "/frame.html": ("text/html; charset=utf-8", frame.encode()),
        "/favicon.ico": ("image/png", picture(77)),
        "/site.webmanifest": ("application/manifest+json", b'{"name": "lamp"}'),
    }


RESOURCES = _resources()
ALL = frozenset(RESOURCES) | {"/moved"}
assert len(ALL) == 36


def lamp_room(path: str) -> Answer:
    """The site itself: no ``robots.txt``, no cookies."""
    if path == "/moved":
        return 302, {"Location": "/i/final.png"}, b""
    if path not in RESOURCES:
        return 404, {"Content-Type": "text/plain"}, b"nothing here"
    kind, body = RESOURCES[path]
    return 200, {"Content-Type": kind}, body


class Site:
    """A server that runs."""

    def __init__(self, port: int) -> None:
        self.address = f"http://127.0.0.1:{port}"
        self.asked: list[str] = []
        self.headers: list[dict[str, str]] = []


def certificate(folder: Path) -> Path:
    """A certificate of this machine that signs itself, and its key, in one file."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "loopback")])
    here = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), now, now + timedelta(days=1))
        .add_extension(here, critical=False)
        .sign(key, hashes.SHA256())
    )
    pem, plain = serialization.Encoding.PEM, serialization.NoEncryption()
    path = folder / "loopback.pem"
    path.write_bytes(key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain) + made.public_bytes(pem))
    return path


@contextmanager
def serving(answer: Callable[[str], Answer | bytes | Iterator[bytes]], certified: Path | None = None) -> Iterator[Site]:
    """Serve what a function answers to a path: status, fields and body, or the bytes of a message as they are."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            site.asked.append(self.path)
            site.headers.append({name.lower(): value for name, value in self.headers.items()})
            said = answer(self.path)
            self.close_connection = True
            try:
                if isinstance(said, tuple):
                    status, fields, body = said
                    self.send_response_only(status)
                    for name, value in ({"Content-Length": str(len(body))} | fields).items():
                        self.send_header(name, value)
                    self.end_headers()
                    self.wfile.write(body)
                else:
                    for piece in [said] if isinstance(said, bytes) else said:
                        self.wfile.write(piece)
            except OSError:
                pass  # whoever asked has had enough

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    site = Site(server.server_address[1])
    if certified is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certified)
        server.socket = context.wrap_socket(server.socket, server_side=True)
        site.address = site.address.replace("http:", "https:")
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
