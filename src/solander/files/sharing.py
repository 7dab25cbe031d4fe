"""Digest algorithms dealt to threads, so that each has about as much to do."""

from __future__ import annotations

from collections.abc import Iterable

_COSTS = {"sha1": 9, "sha224": 10, "sha256": 10, "blake2b": 19, "sha384": 24, "sha512": 24, "md5": 24, "blake2s": 30}
"""What each costs for the same bytes, as measured."""
_OTHER = 35


def shares(algorithms: Iterable[str], ways: int) -> list[list[str]]:
    """Algorithms for so many threads, the costliest dealt first; the lightest share first, for its thread reads too."""
    dealt: list[tuple[int, list[str]]] = [(0, []) for _ in range(ways)]
    for name in sorted(algorithms, key=lambda one: -_COSTS.get(one, _OTHER)):
        dealt.sort(key=lambda share: share[0])
        cost, names = dealt[0]
        dealt[0] = (cost + _COSTS.get(name, _OTHER), [*names, name])
    kept = [names for _, names in sorted(dealt, key=lambda share: share[0]) if names]
    return kept if len(kept) > 1 else [[], *kept]
