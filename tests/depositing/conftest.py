"""Targets under the contract: each on a place of its own, with a proxy in between where it speaks HTTP."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parent.parent / "servers")]

import starting
from faulty_proxy import FaultyProxy
from under_contract import UnderContract, terms

from servers import s3_server, webdav_server
from solander.model.deposit import PUBLISHED, SUBMITTED


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


@pytest.fixture(scope="session")
def invenio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[starting.Invenio]:
    with starting.invenio(tmp_path_factory.mktemp("invenio")) as one:
        yield one


@pytest.fixture(scope="session")
def invenio_proxy(invenio: starting.Invenio) -> Iterator[FaultyProxy]:
    proxy = FaultyProxy(("127.0.0.1", invenio.port))
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


def _invenio(request: pytest.FixtureRequest, folder: Path) -> UnderContract:
    proxy: FaultyProxy = request.getfixturevalue("invenio_proxy")
    proxy.begin()
    token = request.getfixturevalue("invenio").token
    return UnderContract(
        f"invenio:http://127.0.0.1:{proxy.port}", terms(secret=token), proxy, final_state=PUBLISHED, sleeps=True
    )


@pytest.fixture(scope="session")
def sword_proxy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FaultyProxy]:
    with starting.sword(tmp_path_factory.mktemp("sword")) as port:
        proxy = FaultyProxy(("127.0.0.1", port))
        yield proxy
        proxy.close()


def _sword(request: pytest.FixtureRequest, folder: Path) -> UnderContract:
    proxy: FaultyProxy = request.getfixturevalue("sword_proxy")
    proxy.begin()
    return UnderContract(
        f"sword:http://127.0.0.1:{proxy.port}/1/servicedocument/",
        terms(user="keeper", secret="a secret/of:ours"),
        proxy,
        final_state=SUBMITTED,
        takes_beside=False,
        gives_back=False,
    )


@pytest.fixture(scope="session")
def sftp_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[starting.Sshd]:
    with starting.sshd(tmp_path_factory.mktemp("sshd")) as one:
        yield one


def _sftp(request: pytest.FixtureRequest, folder: Path) -> UnderContract:
    server: starting.Sshd = request.getfixturevalue("sftp_server")
    root = server.root / f"share{next(_number)}"
    root.mkdir()
    settled = {"key_file": str(server.key), "known_hosts": str(server.known_hosts)}
    return UnderContract(f"sftp:{server.user}@127.0.0.1:{server.port}{root}", terms(**settled))


TARGETS: dict[str, Callable[[pytest.FixtureRequest, Path], UnderContract]] = {
    "dir": _dir,
    "ocfl": _ocfl,
    "webdav": _webdav,
    "s3": _s3,
    "invenio": _invenio,
    "sftp": _sftp,
    "sword": _sword,
}
NEEDS_SERVERS = frozenset({"invenio", "sftp", "sword"})
"""Those whose server takes minutes to install and to begin: make test-servers."""


def each(*names: str) -> list[object]:
    """Targets as parameters, those of the second lane marked."""
    return [pytest.param(name, marks=pytest.mark.servers) if name in NEEDS_SERVERS else name for name in names]


def _under_contract(request: pytest.FixtureRequest, folder: Path) -> Iterator[UnderContract]:
    one = TARGETS[request.param](request, folder)
    yield one
    for target in one.opened:
        target.close()


@pytest.fixture(params=each(*sorted(TARGETS)))
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[UnderContract]:
    """Each target in turn."""
    yield from _under_contract(request, tmp_path)


@pytest.fixture(params=each("dir", "invenio", "ocfl", "s3", "sftp", "webdav"))
def place_of_files(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[UnderContract]:
    """Each target that takes more than one file of a bag."""
    yield from _under_contract(request, tmp_path)


@pytest.fixture(params=each("dir", "webdav", "s3", "sftp"))
def shelf(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[UnderContract]:
    """Each storage in which a bag has a folder of its name."""
    yield from _under_contract(request, tmp_path)


@pytest.fixture(params=each("webdav", "s3", "invenio", "sword"))
def place_behind_proxy(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[UnderContract]:
    """Each target that speaks HTTP, behind a proxy that fails when it is told to."""
    yield from _under_contract(request, tmp_path)
