"""The application behind waitress: bounded requests, a few threads, and an end when it is asked for.

waitress reads HTTP/1.1 strictly: what is malformed, or would be read in two ways, never comes to the application.
"""

from __future__ import annotations

import logging
import signal
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

from waitress.server import create_server
from waitress.wasyncore import close_all

from solander.errors import UsageError
from solander.pipeline.showing.shown_archive import ShownArchive
from solander.serving.application import Application

THREADS = 8
_TALK_OF_QUEUES = "waitress.queue"
"""The logger that has a line for every request that must wait: thousands a minute, and nothing to be done about one."""


def serve(
    archive: Path,
    catalogue: Path,
    *,
    host: str,
    port: int,
    base: str | None,
    name: str,
    email: str,
    ready: Callable[[str], None],
) -> None:
    """Serve until SIGINT or SIGTERM; requests at hand are answered first.

    Args:
        archive: the bags.
        catalogue: its catalogue.
        host: the address to listen at.
        port: 0 for one that is free.
        base: the home page's address from outside; that of this machine, if it is not said.
        name: what the archive is called.
        email: whom harvesters may write to.
        ready: is told the address once requests are answered.

    Raises:
        UsageError: nobody can listen there.
        ArchiveError: the catalogue cannot be used.
    """
    shown = ShownArchive(archive, catalogue, name=name, email=email)
    logging.getLogger(_TALK_OF_QUEUES).setLevel(logging.ERROR)
    holder: list[Application] = []
    server = _listening(lambda environ, start: holder[0](environ, start), host, port)
    shown_host = f"[{host}]" if ":" in host else host
    address = base or f"http://{shown_host}:{server.effective_port}/"
    holder.append(Application(shown, address))

    def end(number: int, frame: FrameType | None) -> None:
        raise SystemExit(0)

    before = signal.signal(signal.SIGTERM, end)
    try:
        ready(address)
        server.run()
    except SystemExit:
        pass
    finally:
        signal.signal(signal.SIGTERM, before)
        server.close()


def _listening(application: Callable[[Any, Any], Any], host: str, port: int) -> Any:
    """A server that listens, and answers nothing yet.

    Raises:
        UsageError: nobody can listen there.
    """
    opened: dict[int, Any] = {}
    try:
        return create_server(
            application,
            map=opened,
            host=host,
            port=port,
            threads=THREADS,
            ident="solander",
            max_request_header_size=32 * 1024,
            max_request_body_size=64 * 1024,
            connection_limit=400,
            channel_timeout=60,
            clear_untrusted_proxy_headers=True,
        )
    except (OSError, ValueError) as error:
        close_all(opened, ignore_all=True)
        why = getattr(error, "strerror", None) or error
        raise UsageError(
            f"nobody can listen at {host}, port {port} ({why}); choose another --port or --host"
        ) from error
