"""Targets under the contract: each on a place of its own, with a proxy in between where it speaks HTTP."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parent.parent / "servers")]

import aptrust_lookalike
import archivematica_lookalike
import dataverse_lookalike
import dspace_lookalike
import invenio_lookalike
import starting
from faulty_proxy import FaultyProxy
from lookalike import Lookalike
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


@contextlib.contextmanager
def behind_proxy(server: Lookalike) -> Iterator[FaultyProxy]:
    proxy = FaultyProxy(("127.0.0.1", server.port))
    try:
        yield proxy
    finally:
        proxy.close()
        server.close()


@pytest.fixture(scope="session")
def dataverse() -> Iterator[tuple[dataverse_lookalike.DataverseLookalike, FaultyProxy]]:
    server = dataverse_lookalike.DataverseLookalike()
    with behind_proxy(server) as proxy:
        yield server, proxy


@pytest.fixture(scope="session")
def dspace() -> Iterator[tuple[dspace_lookalike.DSpaceLookalike, FaultyProxy]]:
    server = dspace_lookalike.DSpaceLookalike()
    with behind_proxy(server) as proxy:
        yield server, proxy


@pytest.fixture(scope="session")
def invenio_like() -> Iterator[tuple[invenio_lookalike.InvenioLookalike, FaultyProxy]]:
    server = invenio_lookalike.InvenioLookalike()
    with behind_proxy(server) as proxy:
        yield server, proxy


@pytest.fixture(scope="session")
def archivematica() -> Iterator[tuple[archivematica_lookalike.ArchivematicaLookalike, FaultyProxy]]:
    server = archivematica_lookalike.ArchivematicaLookalike()
    with behind_proxy(server) as proxy:
        yield server, proxy


@pytest.fixture(scope="session")
def aptrust_registry() -> Iterator[aptrust_lookalike.RegistryLookalike]:
    server = aptrust_lookalike.RegistryLookalike()
    yield server
    server.close()


def _dataverse(request: pytest.FixtureRequest, folder: Path) -> UnderContract:
    server, proxy = request.getfixturevalue("dataverse")
    server.alters, server.refuses, server.part_bytes = False, None, 0
    proxy.begin()
    settings = {"collection": "pages", "contact_email": "keeper@museum.example", "subject": "Arts and Humanities"}
    token = terms(secret=dataverse_lookalike.TOKEN, **settings)
    return UnderContract(
        f"dataverse:http://127.0.0.1:{proxy.port}",
        token,
        proxy,
        final_state=PUBLISHED,
        settings=settings,
        one_record=True,
        ending="tar",
    )


def _dspace(request: pytest.FixtureRequest, folder: Path) -> UnderContract:
    server, proxy = request.getfixturevalue("dspace")
    server.alters, server.refuses, server.has_workflow, server.wants_license = False, None, False, False
    proxy.begin()
    settings = {"collection": dspace_lookalike.COLLECTION}
    account = terms(user=dspace_lookalike.ACCOUNT, secret=dspace_lookalike.PASSWORD, **settings)
    return UnderContract(
        f"dspace:http://127.0.0.1:{proxy.port}/server",
        account,
        proxy,
        final_state=PUBLISHED,
        settings=settings,
    )


def _invenio_like(request: pytest.FixtureRequest, folder: Path) -> UnderContract:
    server, proxy = request.getfixturevalue("invenio_like")
    server.alters, server.refuses = False, None
    proxy.begin()
    token = terms(secret=invenio_lookalike.TOKEN)
    return UnderContract(f"invenio:http://127.0.0.1:{proxy.port}", token, proxy, final_state=PUBLISHED)


def _archivematica(request: pytest.FixtureRequest, folder: Path) -> UnderContract:
    server, proxy = request.getfixturevalue("archivematica")
    server.alters, server.refuses, server.status, server.source = False, None, "PROCESSING", folder / "source"
    server.transfers.clear()
    server.source.mkdir()
    proxy.begin()
    settings = {"folder": str(server.source), "location": archivematica_lookalike.LOCATION}
    key = terms(user=archivematica_lookalike.USER, secret=archivematica_lookalike.KEY, **settings)
    return UnderContract(
        f"archivematica:http://127.0.0.1:{proxy.port}", key, proxy, final_state=SUBMITTED, takes_beside=False
    )


def _saf(request: pytest.FixtureRequest, folder: Path) -> UnderContract:
    return UnderContract(f"saf:{folder / 'packages'}", terms())


def _aptrust(request: pytest.FixtureRequest, folder: Path) -> UnderContract:
    proxy: FaultyProxy = request.getfixturevalue("s3_proxy")
    proxy.begin()
    settings = {"user": "KEEPER", "secret": "a-secret-of-ours", "endpoint": f"http://127.0.0.1:{proxy.port}"}
    # SeaweedFS makes a bucket when it is first written to.
    return UnderContract(
        "aptrust:boxes", terms(**settings), proxy, final_state=SUBMITTED, takes_beside=False, ending="tar"
    )


TARGETS: dict[str, Callable[[pytest.FixtureRequest, Path], UnderContract]] = {
    "aptrust": _aptrust,
    "archivematica": _archivematica,
    "dataverse": _dataverse,
    "dspace": _dspace,
    "saf": _saf,
    "dir": _dir,
    "ocfl": _ocfl,
    "webdav": _webdav,
    "s3": _s3,
    "invenio": _invenio,
    "invenio_like": _invenio_like,
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


@pytest.fixture
def at(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[str], UnderContract]]:
    """A target of a name."""
    with contextlib.ExitStack() as opened:

        def one(name: str) -> UnderContract:
            place = TARGETS[name](request, tmp_path)
            opened.callback(lambda: [target.close() for target in place.opened])
            return place

        yield one


@pytest.fixture(params=each(*sorted(TARGETS)))
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[UnderContract]:
    """Each target in turn."""
    yield from _under_contract(request, tmp_path)


@pytest.fixture(params=each("dir", "dspace", "invenio", "ocfl", "s3", "saf", "sftp", "webdav"))
def place_of_files(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[UnderContract]:
    """Each target that takes more than one file of a bag."""
    yield from _under_contract(request, tmp_path)


@pytest.fixture(params=each("dir", "webdav", "s3", "saf", "sftp"))
def shelf(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[UnderContract]:
    """Each storage in which a bag has a folder of its name."""
    yield from _under_contract(request, tmp_path)


@pytest.fixture(params=each("dataverse", "dspace", "invenio_like"))
def lookalike(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[UnderContract]:
    """Each repository whose server is one that looks like it, and answers at once."""
    yield from _under_contract(request, tmp_path)


BEHIND_PROXY = ("aptrust", "archivematica", "dataverse", "dspace", "webdav", "s3", "invenio", "invenio_like", "sword")


@pytest.fixture(params=each(*BEHIND_PROXY))
def place_behind_proxy(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[UnderContract]:
    """Each target that speaks HTTP, behind a proxy that fails when it is told to."""
    yield from _under_contract(request, tmp_path)
