"""Targets under the contract: each on a place of its own, with a proxy in between where it speaks HTTP."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from faulty_proxy import FaultyProxy
from servers import s3_server, webdav_server

from solander.depositing import open_target
from solander.depositing.terms import Secret, TargetTerms
from solander.model.targets import Target


@dataclass
class UnderContract:
    """A target to be judged: how it is opened, and what lies between."""

    written: str
    terms: TargetTerms
    proxy: FaultyProxy | None = None
    opened: list[Target] = field(default_factory=list)

    def open(self) -> Target:
        target = open_target(self.written, self.terms)
        self.opened.append(target)
        return target


def terms(**settings: str) -> TargetTerms:
    return TargetTerms(
        seconds_running=time.monotonic,
        sleep=lambda seconds: None,
        user=settings.pop("user", None),
        secret=Secret(settings.pop("secret")) if "secret" in settings else None,
        timeout_seconds=20,
        patience_seconds=5,
        settings=tuple(settings.items()),
    )


@pytest.fixture(scope="session")
def webdav_proxy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FaultyProxy]:
    with webdav_server(tmp_path_factory.mktemp("webdav")) as port:
        proxy = FaultyProxy(("127.0.0.1", port))
        yield proxy
        proxy.close()


@pytest.fixture(scope="session")
def s3_proxy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FaultyProxy]:
    pytest.importorskip("obstore")
    with s3_server(tmp_path_factory.mktemp("s3")) as port:
        proxy = FaultyProxy(("127.0.0.1", port))
        yield proxy
        proxy.close()


_number = iter(range(10**6))


def _dir(request: pytest.FixtureRequest, folder: Path) -> UnderContract:
    return UnderContract(f"dir:{folder / 'there'}", terms())


def _ocfl(request: pytest.FixtureRequest, folder: Path) -> UnderContract:
    return UnderContract(f"ocfl:{folder / 'root'}", terms())


def _webdav(request: pytest.FixtureRequest, folder: Path) -> UnderContract:
    import httpx2

    proxy: FaultyProxy = request.getfixturevalue("webdav_proxy")
    proxy.begin()
    share = f"http://127.0.0.1:{proxy.port}/share{next(_number)}"
    httpx2.request("MKCOL", share, auth=("keeper", "a secret/of:ours")).raise_for_status()
    return UnderContract(f"webdav:{share}", terms(user="keeper", secret="a secret/of:ours"), proxy)


def _s3(request: pytest.FixtureRequest, folder: Path) -> UnderContract:
    proxy: FaultyProxy = request.getfixturevalue("s3_proxy")
    proxy.begin()
    settings = {"user": "KEEPER", "secret": "a-secret-of-ours", "endpoint": f"http://127.0.0.1:{proxy.port}"}
    return UnderContract(f"s3:boxes/run{next(_number)}", terms(**settings), proxy)


STORAGES: dict[str, Callable[[pytest.FixtureRequest, Path], UnderContract]] = {
    "dir": _dir,
    "ocfl": _ocfl,
    "webdav": _webdav,
    "s3": _s3,
}


@pytest.fixture(params=sorted(STORAGES))
def storage(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[UnderContract]:
    """Each storage in turn."""
    one = STORAGES[request.param](request, tmp_path)
    yield one
    for target in one.opened:
        target.close()


@pytest.fixture(params=["webdav", "s3"])
def storage_behind_proxy(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[UnderContract]:
    """Each storage that speaks HTTP, behind a proxy that fails when it is told to."""
    one = STORAGES[request.param](request, tmp_path)
    yield one
    for target in one.opened:
        target.close()
