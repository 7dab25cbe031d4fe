"""Archives that are shown to a browser: served, and as files, from a disk and from a plain web server."""

from __future__ import annotations

import contextlib
import functools
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from solander.pipeline.showing.shown_archive import ShownArchive
from solander.serving.application import Application


class Address(str):
    """An address where the browser wants a path."""

    def as_uri(self) -> str:
        return str(self)


class Quiet(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


class ManyAtOnce(ThreadingMixIn, WSGIServer):
    """A browser opens connections in case it should need them: one that waits must not keep the others waiting."""

    daemon_threads = True


class QuietFiles(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@contextlib.contextmanager
def served(archive: Path, catalogue: Path) -> Iterator[str]:
    """The address of an archive that is served, without a slash at its end."""
    shown = ShownArchive(archive, catalogue, name="Archive", email="a@example.org")
    with make_server(
        "127.0.0.1", 0, Application(shown, "http://127.0.0.1/"), server_class=ManyAtOnce, handler_class=Quiet
    ) as server:
        yield from _while_it_runs(server)


@contextlib.contextmanager
def files_served(folder: Path) -> Iterator[str]:
    """The address of a folder that a plain web server gives."""
    handler = functools.partial(QuietFiles, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        yield from _while_it_runs(server)


def _while_it_runs(server) -> Iterator[str]:
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
