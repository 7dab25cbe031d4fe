"""Records that were met in a file, kept on the disk and not in memory, and found by what they say of themselves.

A crawl holds millions of records. What is known of them lies in a database without a name, which the system removes
with the program; at hand is only a part of bounded size. Names are looked up by a short digest, and what is found is
compared with what was asked for.

Source: law 6 of the design (what comes from outside is bounded).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple, overload

from solander.errors import SourceUnreadable

_CACHE_KIB = 8 * 1024
_BATCH, _BATCH_LENGTH = 1_000, 1024 * 1024
"""So many records, or so many characters of them, are written at once."""

LATELY, LATELY_LENGTH = 1_000, 2_000_000
"""So many answers are kept at hand, of so many characters together: the pages of one site show the same things.

What was captured a thousand times is asked for a thousand times (measured: 12 µs for each record each time).
"""

_KEEP = "INSERT INTO held VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"


class Held(NamedTuple):
    """A record that can be read again."""

    number: int
    offset_bytes: int
    end_bytes: int
    """Where the next one begins."""
    is_alone: bool
    """Whether it is a compressed member by itself, so that its bytes can be copied as they are."""
    kind: str
    uri: str | None
    moment: datetime | None
    record_id: str | None
    status: int | None
    media_type: str
    """What its message, or the record, says; small letters, without parameters."""
    location: str | None
    """Whither it redirects, absolute."""
    payload_digest: str | None
    concurrent_to: tuple[str, ...]
    refers_to: str | None
    refers_to_uri: str | None
    refers_to_date: str | None
    warcinfo_id: str | None


class RecordTable(Sequence[Held]):
    """The records, in the order in which they were met, and which of them bear a name."""

    def __init__(self) -> None:
        self._size, self._waiting = 0, 0
        self._rows: list[tuple[object, ...]] = []
        self._names: list[tuple[str, int, int]] = []
        self.lately: dict[tuple[str, str], tuple[tuple[Held, ...], int]] = {}
        """What was found lately, by what was asked: the records, and how many characters are counted for them."""
        self.lately_length = 0
        # Nothing in it outlives the program: it need not be safe from a loss of power.
        self._base = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        columns = ", ".join(Held._fields)
        self._do(f"PRAGMA cache_size = -{_CACHE_KIB}")
        for one in (
            "PRAGMA journal_mode = OFF",
            "PRAGMA synchronous = OFF",
            "PRAGMA temp_store = FILE",
            f"CREATE TABLE held (at INTEGER PRIMARY KEY, {columns})",
            "CREATE TABLE named (what TEXT, digest INTEGER, at INTEGER)",
        ):
            self._do(one)

    # ------------------------------------------------------------------------------------------------------ keeping

    def add(self, one: Held) -> int:
        """Keep a record; where it is from now on."""
        at, self._size = self._size, self._size + 1
        moment = one.moment.isoformat() if one.moment is not None else None
        self._rows.append((at, *one._replace(concurrent_to="\n".join(one.concurrent_to), moment=moment)))  # type: ignore[arg-type]
        self._waiting += _length(one)
        if len(self._rows) >= _BATCH or self._waiting > _BATCH_LENGTH:
            self._write()
        return at

    def name(self, what: str, name: str, at: int) -> None:
        """Let a record be found by a name of a kind."""
        self._names.append((what, hash(name), at))

    def seal(self) -> None:
        """Make all of it ready to be looked up; nothing is added after that."""
        self._write()
        self._do("CREATE INDEX found ON named (what, digest, at)")

    def _write(self) -> None:
        self._do("BEGIN")
        self._do(_KEEP, many=self._rows)
        self._do("INSERT INTO named VALUES (?, ?, ?)", many=self._names)
        self._do("COMMIT")
        self._rows, self._names, self._waiting = [], [], 0

    def close(self) -> None:
        """Let it go, and its room on the disk."""
        self._base.close()

    # ----------------------------------------------------------------------------------------------------- looking up

    def called(self, what: str, name: str, is_so: Callable[[Held], bool]) -> tuple[Held, ...]:
        """The records that bear a name, in their order.

        Args:
            what: the kind of name.
            name: the name.
            is_so: whether a record really bears it, for two names may have one digest.
        """
        if (kept := self.lately.get((what, name))) is not None:
            return kept[0]
        found = tuple(one for _, one in self.each(what, name, is_so))
        self._keep_at_hand((what, name), found)
        return found

    def each(self, what: str, name: str, is_so: Callable[[Held], bool]) -> Iterator[tuple[int, Held]]:
        """The same one by one, as far as they are wanted, each with where it is; none is kept at hand."""
        asked = "SELECT held.* FROM named JOIN held USING (at) WHERE what = ? AND digest = ? ORDER BY at"
        for row in self._do(asked, (what, hash(name))):
            if is_so(one := _read(row)):
                yield int(row[0]), one

    def _keep_at_hand(self, asked: tuple[str, str], found: tuple[Held, ...]) -> None:
        length = 400 + sum(map(_length, found))
        if length > LATELY_LENGTH:
            return
        self.lately[asked] = found, length
        self.lately_length += length
        while len(self.lately) > LATELY or self.lately_length > LATELY_LENGTH:
            self.lately_length -= self.lately.pop(next(iter(self.lately)))[1]

    def __len__(self) -> int:
        return self._size

    @overload
    def __getitem__(self, at: int) -> Held: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Held]: ...
    def __getitem__(self, at: int | slice) -> Held | Sequence[Held]:
        if isinstance(at, slice):
            return [self[one] for one in range(*at.indices(self._size))]
        found = self._do("SELECT * FROM held WHERE at = ?", (at,)).fetchone()
        if found is None:
            raise IndexError(at)
        return _read(found)

    def __iter__(self) -> Iterator[Held]:
        return map(_read, self._do("SELECT * FROM held ORDER BY at"))

    def _do(
        self,
        statement: str,
        values: tuple[object, ...] = (),
        many: list[tuple[object, ...]] | list[tuple[str, int, int]] | None = None,
    ) -> sqlite3.Cursor:
        try:
            if many is not None:
                return self._base.executemany(statement, many)
            return self._base.execute(statement, values)
        except sqlite3.OperationalError as error:
            raise SourceUnreadable("a temporary file", " ".join(str(error).split())) from error


def _length(one: Held) -> int:
    """Characters that are known of a record."""
    return 400 + sum(len(value) for value in one if isinstance(value, str)) + sum(map(len, one.concurrent_to))


def _read(row: tuple[object, ...]) -> Held:
    one = Held(*row[1:])  # type: ignore[arg-type]
    written, beside = row[1 + _MOMENT], row[1 + _BESIDE]
    return one._replace(
        moment=datetime.fromisoformat(str(written)) if written is not None else None,
        is_alone=bool(one.is_alone),
        concurrent_to=tuple(str(beside).split("\n")) if beside else (),
    )


_MOMENT, _BESIDE = Held._fields.index("moment"), Held._fields.index("concurrent_to")
