"""APTrust as a target: a tar file of a bag in its form, put into the receiving bucket of a depositor.

What lies in the bucket is taken in, and then is there no more: there are no drafts. Whether a bag was taken in before,
only the registry can tell, if its account is given. A bag that is sent twice is still one object there, for the object
goes by the bag's name.

Source: https://aptrust.github.io/userguide/depositing/ and …/userguide/bagging/;
https://github.com/APTrust/registry (``member-api/v3/items``)
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from solander.depositing import s3
from solander.depositing.http_session import HttpSession
from solander.depositing.s3 import BucketStore
from solander.depositing.terms import TargetTerms
from solander.errors import UsageError
from solander.model.deposit import DRAFT, STORED, SUBMITTED, Consignment, Gap, Parcel, Record, RemoteFile

_DIGEST, _OBJECT = "solander-bag", "solander-object"


def open_target(scheme: str, rest: str, terms: TargetTerms) -> AptrustTarget:
    """A receiving bucket as a target.

    Raises:
        UsageError: no bucket is named, or its key is missing.
    """
    if not rest or "/" in rest:
        raise UsageError(f"{scheme}:{rest}: write {scheme}:BUCKET, as aptrust.receiving.museum.example")
    store = s3.open_store(scheme, rest, terms)
    registry = None
    address, user, key = terms.setting("registry"), terms.setting("registry_user"), terms.further_secret("registry")
    if address is not None:
        if user is None or key is None:
            what = "the registry's account is missing: the setting registry_user, and SOLANDER_TOKEN_APTRUST_REGISTRY"
            raise UsageError(f"{scheme}:{rest}: {what}")
        headers = {"X-Pharos-API-User": user, "X-Pharos-API-Key": key.reveal()}
        registry = HttpSession(f"{scheme}:{rest}", f"{address.rstrip('/')}/member-api/v3", terms, headers=headers)
    return AptrustTarget(f"{scheme}:{rest}", store, registry)


class AptrustTarget:
    """A receiving bucket; keeps ``Target``. Records go by the bag's name."""

    metadata_form = None
    publishes = False
    holds_back = True
    takes_beside = False
    finds_late = False
    reserves = False
    form = "tar"
    forms = ("tar",)
    bag_profile = "aptrust"
    at_once = 1

    def __init__(self, name: str, store: BucketStore, registry: HttpSession | None) -> None:
        self.name, self._store, self._registry = name, store, registry
        self._marks: dict[str, str] = {}
        """What goes with the tar file: whose bag it is."""

    def gaps(self, consignment: Consignment) -> Iterator[Gap]:
        """Who answers for the content, which its profile never wants empty."""
        if not consignment.organization:
            what = "nothing tells whose bag this is"
            yield Gap("Source-Organization", what, "organization in solander.toml, and solander pack once more")

    def find(self, consignment: Consignment) -> tuple[Record, ...]:
        """The bag in the bucket, or what the registry knows of one of its name."""
        self._marks = {_DIGEST: consignment.bag_digest, _OBJECT: consignment.identifier}
        record = self.look(consignment.bag)
        return () if record is None else (record,)

    def look(self, name: str) -> Record | None:
        """A bag as it waits in the bucket, or as it was taken in."""
        there = self._store.described(f"{name}.tar")
        if there is not None:
            file, marks = there
            return self._record(name, SUBMITTED, marks.get(_DIGEST), (file,))
        return self._taken_in(name)

    def begin(self, consignment: Consignment) -> Record:
        """Nothing is written: whatever lies in the bucket is taken in."""
        return self._record(consignment.bag, DRAFT, None, ())

    def begin_version(self, record: Record, consignment: Consignment) -> Record:
        """Another bag of the object goes by another name."""
        return self.begin(consignment)

    def reserve(self, record: Record) -> Record:
        """Nothing: it gives no identifiers."""
        return record

    def send(self, record: Record, parcel: Parcel) -> RemoteFile:
        """Put the tar file, over none that waits there."""
        return self._store.put(parcel.name, parcel, marks=self._marks)

    def read_back(self, record: Record, name: str) -> Iterator[bytes]:
        """The tar file as it waits in the bucket."""
        return self._store.chunks(name)

    def complete(self, record: Record, consignment: Consignment) -> Record:
        """Nothing more is to be said: the bag says it."""
        files = tuple(RemoteFile(one.name, one.size_bytes, one.checksums) for one in consignment.parcels)
        return self._record(record.name, SUBMITTED, consignment.bag_digest, files)

    def publish(self, record: Record, consignment: Consignment) -> Record:
        """Nothing: it knows no public."""
        return record

    def discard(self, record: Record) -> None:
        """Nothing: there are no drafts."""

    def close(self) -> None:
        """End connections."""
        self._store.close()
        if self._registry is not None:
            self._registry.close()

    def _record(self, name: str, state: str, digest: str | None, files: tuple[RemoteFile, ...]) -> Record:
        url = f"{self._store.url('')}".rstrip("/") + f"/{name}.tar"
        return Record(name=name, state=state, url=url, bag_digest=digest, files=files)

    def _taken_in(self, name: str) -> Record | None:
        if self._registry is None:
            return None
        answer = self._registry.read(f"items?name={quote(name)}.tar&action=Ingest&sort=updated_at__desc")
        items = answer.told(self.name).objects("results", wanted=True)
        # What failed or was given up is no deposit; the newest of the others is.
        one = next((one for one in items if one.text("status") not in ("Failed", "Cancelled")), None)
        if one is None:
            return None
        tag = one.text("etag").strip('"').lower()
        file = RemoteFile(
            f"{name}.tar",
            one.size("size"),
            (("md5", tag),) if s3.is_md5(tag) else (),
        )
        state = STORED if one.text("status") == "Success" else SUBMITTED
        # The registry knows a bag by its name; whether it is this one, its checksum tells when the two are compared.
        return self._record(name, state, self._marks.get(_DIGEST), (file,))
