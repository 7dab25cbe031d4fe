"""An SFTP server as a target: files are written under another name, and take theirs when they are whole.

The server must be known: its key stands in ``~/.ssh/known_hosts``, or in the file that the setting ``known_hosts``
names. One that is not known is refused before anything is told to it, for nobody could say whose hands the bag is in.

Source: RFC 4251 to 4254 (SSH); draft-ietf-secsh-filexfer-02 (SFTP 3), and OpenSSH's ``posix-rename``.
"""

from __future__ import annotations

import contextlib
import importlib
import posixpath
import stat
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from solander.depositing.linkset import public_address
from solander.depositing.storage import NOTE_LIMIT_BYTES, StorageTarget
from solander.depositing.terms import TargetTerms
from solander.errors import AnswerLost, DepositRejected, TargetUnreachable, UsageError, plain_words
from solander.model.deposit import Parcel, RemoteFile

if TYPE_CHECKING:
    import paramiko

PASSING = ".solander-sending"
"""What the name of a file ends in while it is written."""

_CHUNK_BYTES = 256 * 1024
_PORT = 22


def open_target(scheme: str, rest: str, terms: TargetTerms) -> StorageTarget:
    """A folder on a server, which is there, as a target: ``USER@HOST:PORT/PATH``.

    Raises:
        UsageError: the rest names no place, or what this takes is not installed.
    """
    name = f"{scheme}:{rest}"
    place, slash, path = rest.removeprefix("//").partition("/")
    user, _, address = place.rpartition("@")
    host, colon, port = address.partition(":")
    if not host or not slash or ":" in user or (colon and not port.isdecimal()):
        raise UsageError(f"{name}: write a place as {scheme}:USER@HOST/PATH; a password does not belong there")
    try:
        importlib.import_module("paramiko")
    except ImportError:
        raise UsageError(f"{name}: this takes a package of its own; pip install 'solander[sftp]'") from None
    store = ServerStore(name, user or terms.user, host, int(port or _PORT), f"/{path}".rstrip("/"), terms)
    return StorageTarget(name, store, links=public_address(terms))


class ServerStore:
    """A folder on a server; keeps ``Store``. It is connected to when that is first needed, and anew once it is lost."""

    def __init__(self, target: str, user: str | None, host: str, port: int, root: str, terms: TargetTerms) -> None:
        self._target, self._user, self._host, self._port = target, user, host, port
        self._root, self._terms = root, terms
        self.client: paramiko.SSHClient | None = None
        self._files: paramiko.SFTPClient | None = None
        self._made: set[str] = set()

    def put(self, path: str, parcel: Parcel) -> RemoteFile:
        """Write a file under a passing name, and give it its own."""
        return self._write(path, parcel.chunks(), parcel.size_bytes)

    def put_small(self, path: str, content: bytes) -> None:
        """Write a small file over an older one."""
        self._write(path, iter((content,)), len(content))

    def get_small(self, path: str) -> bytes | None:
        """The whole of a small file; ``None`` if there is none."""
        with self._asking() as files:
            try:
                with files.open(self._place(path), "rb") as stream:
                    content: bytes = stream.read(NOTE_LIMIT_BYTES + 1)
            except FileNotFoundError:
                return None
        if len(content) > NOTE_LIMIT_BYTES:
            raise DepositRejected(self._target, f"{path}: larger than {NOTE_LIMIT_BYTES:,} bytes")
        return content

    def chunks(self, path: str) -> Iterator[bytes]:
        """The bytes of a file, in pieces, asked for ahead."""
        with self._asking() as files, files.open(self._place(path), "rb") as stream:
            stream.prefetch(stream.stat().st_size)
            while chunk := stream.read(_CHUNK_BYTES):
                yield chunk

    def listed(self, folder: str) -> Iterator[RemoteFile]:
        """The files below a folder; what was never given its name is among them, so that it is removed."""
        waiting = [""]
        while waiting:
            below = waiting.pop()
            with self._asking() as files:
                try:
                    members = files.listdir_attr(posixpath.join(self._place(folder), below))
                except FileNotFoundError:
                    continue
            for one in members:
                path = posixpath.join(below, one.filename)
                if stat.S_ISDIR(one.st_mode or 0):
                    waiting.append(path)
                else:
                    yield RemoteFile(path, one.st_size)

    def remove(self, path: str) -> None:
        """Remove a file."""
        with self._asking() as files, contextlib.suppress(FileNotFoundError):
            files.remove(self._place(path))

    def url(self, folder: str) -> str | None:
        """The folder's address."""
        user = f"{quote(self._user)}@" if self._user else ""
        port = f":{self._port}" if self._port != _PORT else ""
        return f"sftp://{user}{self._host}{port}{quote(self._place(folder))}"

    def close(self) -> None:
        """End the connection."""
        client, self.client, self._files = self.client, None, None
        if client is not None:
            client.close()

    def _write(self, path: str, chunks: Iterator[bytes], size_bytes: int) -> RemoteFile:
        place = self._place(path)
        with self._asking(writes=True) as files:
            self._make_above(files, path)
            with files.open(place + PASSING, "wb") as stream:
                stream.set_pipelined(True)
                for chunk in chunks:
                    stream.write(chunk)
            written = files.stat(place + PASSING).st_size
            if written != size_bytes:
                raise AnswerLost(self._target, f"{path}: {written:,} bytes arrived of {size_bytes:,}")
            # OpenSSH's own renaming replaces what is there, at once; SFTP's does not.
            files.posix_rename(place + PASSING, place)
        return RemoteFile(path, size_bytes)

    def _make_above(self, files: paramiko.SFTPClient, path: str) -> None:
        folders = path.split("/")[:-1]
        for depth in range(1, len(folders) + 1):
            folder = "/".join(folders[:depth])
            if folder in self._made:
                continue
            try:
                files.mkdir(self._place(folder))
            except OSError:
                # SFTP 3 has no word for "it is there already".
                if not stat.S_ISDIR(files.stat(self._place(folder)).st_mode or 0):
                    raise
            self._made.add(folder)

    def _place(self, path: str) -> str:
        return f"{self._root}/{path}" if path else self._root

    @contextlib.contextmanager
    def _asking(self, *, writes: bool = False) -> Iterator[paramiko.SFTPClient]:
        """The server, and what it or the network says of a fault, in our words."""
        import paramiko

        files = self._connected()
        try:
            yield files
        except (EOFError, paramiko.SSHException, ConnectionError, TimeoutError) as error:
            self.close()
            what = f"the connection broke off ({self._told(error)})"
            raise (AnswerLost if writes else TargetUnreachable)(self._target, what) from None
        except OSError as error:
            if "closed" in str(error).lower():
                self.close()
                raise AnswerLost(self._target, f"the connection is closed ({self._told(error)})") from None
            raise DepositRejected(self._target, f"it refused ({self._told(error)})") from None

    def _connected(self) -> paramiko.SFTPClient:
        """The open connection, made where there is none; the server's key is known before anything is told to it.

        Raises:
            UsageError: the file of known hosts cannot be read.
            DepositRejected: the server is not known, or does not let us in.
            TargetUnreachable: it was not reached.
        """
        import paramiko

        if self._files is not None:
            return self._files
        client = paramiko.SSHClient()
        client.set_missing_host_key_policy(paramiko.RejectPolicy())
        try:
            known = self._terms.setting("known_hosts")
            if known is None:
                client.load_system_host_keys()
            else:
                client.load_host_keys(known)
        except OSError as error:
            raise UsageError(f"{self._target}: the file of known hosts cannot be read ({error})") from None
        secret = self._terms.secret.reveal() if self._terms.secret else None
        key = self._terms.setting("key_file")
        settled: dict[str, Any] = {"key_filename": key, "passphrase": secret} if key else {"password": secret}
        timeout = self._terms.timeout_seconds
        with contextlib.ExitStack() as unless_connected:
            unless_connected.callback(client.close)
            try:
                client.connect(
                    self._host,
                    self._port,
                    username=self._user,
                    timeout=timeout,
                    banner_timeout=timeout,
                    auth_timeout=timeout,
                    allow_agent=key is None and secret is None,
                    look_for_keys=key is None and secret is None,
                    **settled,
                )
                files = client.open_sftp()
                channel = files.get_channel()
                if channel is not None:
                    channel.settimeout(timeout)
            except paramiko.BadHostKeyException as error:
                raise DepositRejected(
                    self._target,
                    f"{self._host} has another key than is known of it; nothing was told to it ({error.hostname})",
                ) from None
            except paramiko.AuthenticationException as error:
                raise DepositRejected(self._target, f"it does not let {self._user} in ({self._told(error)})") from None
            except paramiko.SSHException as error:
                if "not found in known_hosts" in str(error):
                    remedy = f"look at its key, and add it: ssh-keyscan -p {self._port} {self._host}"
                    raise DepositRejected(self._target, f"{self._host} is not known; {remedy}") from None
                raise TargetUnreachable(self._target, f"it was not reached ({self._told(error)})") from None
            except (OSError, EOFError) as error:
                raise TargetUnreachable(self._target, f"it was not reached ({self._told(error)})") from None
            unless_connected.pop_all()
        self.client, self._files = client, files
        return files

    def _told(self, error: BaseException) -> str:
        return plain_words(self._terms.hide(str(error)))[:300] or type(error).__name__
