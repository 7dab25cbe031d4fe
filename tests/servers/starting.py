"""Real repositories and what they stand on, each started on loopback for as long as a test run takes.

Each process is ended by its own id. What ``make test-servers`` installs is looked for in ``.venv-servers`` and among
the system's programs; what is not there is named.
"""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from servers import free_port, running

HERE = Path(__file__).parent
INSTALLED = HERE.parent.parent / ".venv-servers"
SET_UP_SECONDS = 600.0


def python_of(name: str) -> str:
    """The Python for which a server is installed."""
    found = INSTALLED / name / "bin" / "python"
    if not found.exists():
        pytest.skip(f"{name} is not installed; make test-servers does it")
    return str(found)


def program(name: str, *places: str) -> str:
    """A program of the system; PostgreSQL's own lie in a folder for each version."""
    at = [*sorted(map(str, Path("/usr/lib/postgresql").glob("*/bin")), reverse=True), "/usr/sbin", *places]
    found = shutil.which(name, path=os.pathsep.join([os.environ.get("PATH", ""), *at]))
    if found is None:
        pytest.skip(f"{name} is not installed; make test-servers does it, as root")
    return found


@contextlib.contextmanager
def postgresql() -> Iterator[str]:
    """A PostgreSQL of its own; gives the address that database names are added to.

    It refuses to run as root, and then runs as the user that its package makes. Its folder is none of pytest's: every
    run of pytest shuts other users out of those of all runs, and a server that stands there dies of it.
    """
    initdb, server, port = program("initdb"), program("postgres"), free_port()
    with tempfile.TemporaryDirectory(prefix="solander-postgresql-") as name:
        folder = Path(name)
        data = folder / "data"
        as_user: list[str] = []
        if os.getuid() == 0:
            user = pwd.getpwnam("postgres")
            os.chown(folder, user.pw_uid, user.pw_gid)
            as_user = ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]
        subprocess.run(
            [*as_user, initdb, "-D", str(data), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync"],
            check=True, capture_output=True, cwd="/",
        )  # fmt: skip
        command = [
            *(*as_user, server, "-D", str(data), "-h", "127.0.0.1", "-p", str(port), "-k", ""),
            *("-c", "fsync=off", "-c", "full_page_writes=off", "-c", "synchronous_commit=off"),
        ]
        with running(command, port, folder):
            yield f"127.0.0.1:{port}"


def make_database(address: str, name: str) -> None:
    host, _, port = address.partition(":")
    command = [program("createdb"), "-h", host, "-p", port, "-U", "postgres", name]
    for attempt in range(20):
        if subprocess.run(command, capture_output=True, check=False).returncode == 0:
            return
        time.sleep(0.25 * (attempt + 1))
    raise AssertionError(f"the database {name} was not made")


@contextlib.contextmanager
def redis(folder: Path) -> Iterator[int]:
    port = free_port()
    command = [program("redis-server"), "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    with running(command, port, folder):
        yield port


class Invenio(NamedTuple):
    """A repository that runs."""

    port: int
    token: str


@contextlib.contextmanager
def invenio(folder: Path) -> Iterator[Invenio]:
    """InvenioRDM with one depositor."""
    python = python_of("invenio")
    places = {name: folder / name for name in ("redis", "invenio")}
    for place in places.values():
        place.mkdir()
    with postgresql() as database, redis(places["redis"]) as redis_port:
        make_database(database, "invenio")
        port, here = free_port(), places["invenio"]
        command = [
            *(python, str(HERE / "invenio_server.py"), str(here), str(port)),
            *(f"postgresql+psycopg2://postgres@{database}/invenio", str(redis_port)),
        ]
        with running(command, port, here, seconds=SET_UP_SECONDS):
            yield Invenio(port, (here / "token").read_text())


@contextlib.contextmanager
def sword(folder: Path) -> Iterator[int]:
    """Software Heritage's deposit server, which speaks SWORDv2, with the collection ``boxes`` and one depositor."""
    python = python_of("sword")
    place = folder / "sword"
    place.mkdir()
    with postgresql() as database:
        for name in ("deposits", "scheduler"):
            make_database(database, name)
        port = free_port()
        command = [python, str(HERE / "sword_server.py"), str(place), str(port), database]
        with running(command, port, place, seconds=SET_UP_SECONDS):
            yield port


class Sshd(NamedTuple):
    """An SSH server that runs."""

    port: int
    root: Path
    """What lies under it is written to by the tests."""
    key: Path
    """The depositor's own key."""
    known_hosts: Path
    """Names the server's key."""
    user: str


@contextlib.contextmanager
def sshd(folder: Path) -> Iterator[Sshd]:
    """OpenSSH, for files alone and for one key."""
    server, keygen = program("sshd"), program("ssh-keygen")
    port, root = free_port(), folder / "root"
    root.mkdir()
    for name in ("host", "depositor"):
        subprocess.run([keygen, "-q", "-t", "ed25519", "-N", "", "-f", str(folder / name)], check=True)
    user = pwd.getpwuid(os.getuid()).pw_name
    if os.getuid() == 0:
        Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)
    settings = {
        "ListenAddress": f"127.0.0.1:{port}",
        "HostKey": folder / "host",
        "AuthorizedKeysFile": folder / "depositor.pub",
        "PidFile": "none",
        "PasswordAuthentication": "no",
        "KbdInteractiveAuthentication": "no",
        "PermitRootLogin": "prohibit-password",
        "StrictModes": "no",
        "UsePAM": "no",
        "Subsystem": "sftp internal-sftp",
        "ForceCommand": "internal-sftp",
    }
    (folder / "sshd_config").write_text("".join(f"{name} {value}\n" for name, value in settings.items()))
    host_key = (folder / "host.pub").read_text().rsplit(" ", 1)[0]
    known_hosts = folder / "known_hosts"
    known_hosts.write_text(f"[127.0.0.1]:{port} {host_key}\n")
    with running([server, "-D", "-e", "-f", str(folder / "sshd_config")], port, folder):
        yield Sshd(port, root, folder / "depositor", known_hosts, user)
