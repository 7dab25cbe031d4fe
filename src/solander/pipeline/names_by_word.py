"""Names of an archive's bags by a word that they say: what is kept of the word is a short digest."""

from __future__ import annotations

from collections.abc import Set


class NamesByWord:
    """Names by the digest of a word, nearly always one; another word may have the same, so that it is asked again."""

    def __init__(self) -> None:
        self._names: dict[int, str | list[str]] = {}

    def add(self, word: str, name: str) -> None:
        """Add a name, unless the word has it."""
        before = self._names.setdefault(digest := hash(word), name)
        if isinstance(before, list):
            before.append(name)
        elif before != name:
            self._names[digest] = [before, name]

    def forget(self, gone: Set[str]) -> None:
        """Take names away."""
        for digest, found in list(self._names.items()):
            left = [name for name in ([found] if isinstance(found, str) else found) if name not in gone]
            if not left:
                del self._names[digest]
            elif isinstance(found, list):
                self._names[digest] = left

    def of(self, word: str) -> tuple[str, ...]:
        """The names that a word may have, each once."""
        found = self._names.get(hash(word), ())
        return (found,) if isinstance(found, str) else tuple(dict.fromkeys(found))
