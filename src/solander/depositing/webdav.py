"""A WebDAV share as a target: folders are made (``MKCOL``), files put, and read again to be compared.

Source: RFC 4918; RFC 7617 (Basic authentication).
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from urllib.parse import quote, unquote, urlsplit

from solander.depositing.http_session import HttpSession
from solander.depositing.linkset import public_address
from solander.depositing.storage import NOTE_LIMIT_BYTES, StorageTarget
from solander.depositing.terms import TargetTerms, web_target
from solander.errors import DepositRejected
from solander.model.deposit import Parcel, RemoteFile

_DAV = "{DAV:}"
_ASKED = b'<propfind xmlns="DAV:"><prop><getcontentlength/><resourcetype/></prop></propfind>'


_PASSING = ".part"
_NO_MOVE = (405, 501)
"""What a share answers that moves nothing, though each should (RFC 4918, 18.1)."""


def open_target(scheme: str, rest: str, terms: TargetTerms) -> StorageTarget:
    """A share, or a folder in it that is there, as a target.

    Raises:
        UsageError: the rest is no address.
    """
    name = web_target(scheme, rest, "the share's", "https://dav.example.org/archive")
    headers = {}
    if terms.secret is not None:
        pair = f"{terms.user or ''}:{terms.secret.reveal()}".encode()
        headers["Authorization"] = f"Basic {b64encode(pair).decode()}"
    session = HttpSession(name, rest, terms, headers=headers)
    return StorageTarget(name, ShareStore(name, rest.rstrip("/"), session), links=public_address(terms, rest))


class ShareStore:
    """A share; keeps ``Store``."""

    def __init__(self, target: str, address: str, session: HttpSession) -> None:
        self._target, self._address, self._session = target, address, session
        self._made: set[str] = set()

    def put(self, path: str, parcel: Parcel) -> RemoteFile:
        """Write a file; what breaks off on the way is not done before the note says so, and is written over."""
        self._make_above(path)
        self._session.write("PUT", quote(path), content=parcel.chunks(), size_bytes=parcel.size_bytes)
        return RemoteFile(path, parcel.size_bytes)

    def put_small(self, path: str, content: bytes) -> None:
        """Write a small file over an older one, under a passing name first: of a PUT that broke off, half stays."""
        self._make_above(path)
        passing = f"{path}{_PASSING}"
        self._session.write("PUT", quote(passing), content=content)
        headers = {"Destination": f"{self._address}/{quote(path)}", "Overwrite": "T"}
        moved = self._session.write("MOVE", quote(passing), headers=headers, allowed=_NO_MOVE)
        if moved.status in _NO_MOVE:
            self._session.write("PUT", quote(path), content=content)
            self._session.write("DELETE", quote(passing), allowed=(404,))

    def get_small(self, path: str) -> bytes | None:
        """The whole of a small file; ``None`` if there is none."""
        answer = self._session.read(quote(path), missing=True)
        if answer.status in (404, 410):
            return None
        if len(answer.content) > NOTE_LIMIT_BYTES:
            raise DepositRejected(self._target, f"{path}: larger than {NOTE_LIMIT_BYTES:,} bytes")
        return answer.content

    def chunks(self, path: str) -> Iterator[bytes]:
        """The bytes of a file, in pieces."""
        return self._session.stream(quote(path))

    def listed(self, folder: str) -> Iterator[RemoteFile]:
        """The files below a folder, asked for folder by folder: not every server lists them all at once."""
        waiting = [""]
        while waiting:
            below = waiting.pop()
            for name, size_bytes in self._members("/".join(filter(None, (folder, below)))):
                path = f"{below}/{name}" if below else name
                if size_bytes is None:
                    waiting.append(path)
                else:
                    yield RemoteFile(path, size_bytes)

    def remove(self, path: str) -> None:
        """Remove a file."""
        self._session.write("DELETE", quote(path), allowed=(404,))

    def url(self, folder: str) -> str | None:
        """The folder's address."""
        return f"{self._address}/{quote(folder)}/"

    def close(self) -> None:
        """End connections."""
        self._session.close()

    def _make_above(self, path: str) -> None:
        folders = path.split("/")[:-1]
        for depth in range(1, len(folders) + 1):
            folder = "/".join(folders[:depth])
            if folder not in self._made:
                # 405: it is there already (RFC 4918, 9.3.1).
                self._session.write("MKCOL", f"{quote(folder)}/", allowed=(405,))
                self._made.add(folder)

    def _members(self, folder: str) -> Iterator[tuple[str, int | None]]:
        """Names in a folder, with their sizes; ``None`` for a folder."""
        from lxml import etree  # late: few targets need it

        answer = self._session.write(
            "PROPFIND",
            f"{quote(folder)}/",
            content=_ASKED,
            headers={"Depth": "1", "Content-Type": "application/xml"},
            allowed=(404,),
        )
        if answer.status == 404:
            return
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            root = etree.fromstring(answer.content, parser)
        except etree.XMLSyntaxError as error:
            raise DepositRejected(self._target, f"{folder}: it lists the folder in no XML ({error})") from None
        own = unquote(urlsplit(f"{self._address}/{quote(folder)}").path).rstrip("/")
        for response in root.iter(f"{_DAV}response"):
            path = unquote(urlsplit(response.findtext(f"{_DAV}href") or "").path).rstrip("/")
            name = path.removeprefix(f"{own}/")
            if path == own or not path.startswith(f"{own}/") or "/" in name:
                continue
            size = response.findtext(f".//{_DAV}getcontentlength") or "0"
            is_folder = response.find(f".//{_DAV}collection") is not None
            yield name, None if is_folder else int(size) if size.isascii() and size.isdigit() else 0
