"""A stream without an end, for what must stop at a bound."""

import io
from typing import Any


class Endless(io.RawIOBase):
    """A stream that never ends."""

    taken = 0
    """Bytes that were read of it."""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        buffer[:] = b"a" * len(buffer)
        self.taken += len(buffer)
        return len(buffer)
