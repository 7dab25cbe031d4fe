"""Shards on Dask: a task is a shard, and what comes back is its small receipt.

The scheduler may die and tasks may run twice: names are fixed, receipts are written last, so that neither does harm.
Workers must see the files and the archive under the same paths.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from solander.batch import ShardConfig, ShardReceipt, process_shard
from solander.batch.supervising import Aside, Done, Limits
from solander.errors import SolanderError, UsageError
from solander.pipeline.sources.places_named import from_anywhere


class DaskRunner:
    """Works on shards by a cluster: ``local``, or the address of a scheduler."""

    def __init__(self, cluster: str, *, jobs: int, limits: Limits) -> None:
        """Take where the cluster is; it is asked only when there is work.

        Raises:
            UsageError: the extra is not installed.
        """
        try:
            import distributed
        except ImportError as error:
            raise UsageError("--cluster needs the extra: pip install 'solander[dask]'") from error
        self._distributed: Any = distributed
        self._cluster, self._jobs, self._limits = cluster, jobs, limits

    def __call__(self, sources: Sequence[str], out: str | Path, config: ShardConfig) -> Iterator[Done | Aside]:
        """Work on shards; tell what became of each."""
        with contextlib.ExitStack() as stack:
            try:
                client = stack.enter_context(self._client(stack))
            except (OSError, ValueError) as error:
                raise UsageError(f"--cluster {self._cluster}: no scheduler answers there ({error})") from error
            # Paths as every worker has them.
            futures = {
                client.submit(on_worker, from_anywhere(source), from_anywhere(out), config,
                              retries=self._limits.attempts - 1, pure=False): source
                for source in sources
            }  # fmt: skip
            for future in self._distributed.as_completed(futures):
                source = futures[future]
                fault = future.exception()
                if fault is not None:
                    what = f"{type(fault).__name__}: {fault}"
                    yield Aside(source, what, self._limits.attempts)
                    continue
                said = future.result()
                yield Done(source, said, 0) if isinstance(said, ShardReceipt) else Aside(source, said, 1)
                future.release()

    def _client(self, stack: contextlib.ExitStack) -> Any:
        if self._cluster != "local":
            return self._distributed.Client(self._cluster, timeout=30)
        cluster = self._distributed.LocalCluster(
            n_workers=self._jobs,
            threads_per_worker=1,
            processes=True,
            dashboard_address=None,
            memory_limit=self._limits.memory_bytes or "auto",
        )
        return self._distributed.Client(stack.enter_context(cluster))


def on_worker(source: str, out: str, config: ShardConfig) -> ShardReceipt | str:
    """The task of one shard: its receipt, or why it has none; a fault that would come again is not tried again."""
    try:
        return process_shard(source, out, config)
    except SolanderError as error:
        return str(error)
