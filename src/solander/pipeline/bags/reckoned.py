"""A tree of files whose digests are remembered: what was reckoned once, by more algorithms than asked, is not again.

So a bag is judged while it is copied or while new manifests are reckoned, and each file is read once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from solander.model.ports import Entry, Hashed, Tree, Wanted


class Reckoned:
    """A tree with the digests of its files; keeps ``model.ports.Tree``."""

    def __init__(
        self,
        tree: Tree,
        algorithms: Sequence[str],
        digests: dict[str, tuple[str, ...]],
        watch: Callable[[str, int, int], None] | None = None,
    ) -> None:
        """Begin with what is known.

        Args:
            tree: where all else is read.
            algorithms: of which digests are remembered.
            digests: those that are known, by path, one for each of ``algorithms``; what is read is added.
            watch: told of each file that is read, of how many are done, and of how many there are.
        """
        self.tree, self.algorithms, self.digests, self._watch = tree, tuple(algorithms), digests, watch

    @property
    def name(self) -> str:
        """As the tree is called."""
        return self.tree.name

    def entries(self) -> Iterator[Entry]:
        """As the tree has them."""
        return self.tree.entries()

    def chunks(self, path: str) -> Iterator[bytes]:
        """As the tree has them."""
        return self.tree.chunks(path)

    def read(self, path: str, limit_bytes: int) -> bytes:
        """As the tree has it."""
        return self.tree.read(path, limit_bytes)

    def hashed(self, wanted: Sequence[Wanted]) -> Iterator[Hashed]:
        """What is known at once; of all else every algorithm is reckoned, and remembered.

        Raises:
            ArchiveError: the tree can no longer be read.
        """
        numbers = {name: number for number, name in enumerate(self.algorithms)}
        unknown: dict[str, Wanted] = {}
        for one in wanted:
            known = self.digests.get(one.path)
            if known is not None and all(name in numbers for name in one.algorithms):
                yield Hashed(one.path, tuple([known[numbers[name]] for name in one.algorithms]), None)
            else:
                unknown[one.path] = one
        asked = [
            Wanted(one.path, one.size_bytes, tuple(dict.fromkeys((*one.algorithms, *self.algorithms))))
            for one in unknown.values()
        ]
        for number, (path, digests, fault) in enumerate(self.tree.hashed(asked), 1):
            if self._watch is not None:
                self._watch(path, number, len(asked))
            if fault is not None:
                yield Hashed(path, (), fault)
                continue
            algorithms = unknown[path].algorithms
            by_name = dict(zip(dict.fromkeys((*algorithms, *self.algorithms)), digests, strict=True))
            self.digests[path] = tuple([by_name[name] for name in self.algorithms])
            yield Hashed(path, digests[: len(algorithms)], None)
