"""Shards on Spark: what ``mapPartitions`` takes, in the shape of cc-pyspark.

    paths = context.parallelize(list_of_warc_files, numSlices=len(list_of_warc_files))
    receipts = paths.mapPartitions(spark_partition("/archive", at="2026-01-01T00:00:00Z")).collect()

Executors must see the files and the archive under the same paths, and have Solander in the Python that they start
(``PYSPARK_PYTHON``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from typing import Any

from solander.batch import ShardConfig, process_shard
from solander.errors import SolanderError


def spark_partition(out: str, *, at: str, form: str = "folder") -> Callable[[Iterable[str]], Iterator[dict[str, Any]]]:
    """A function for ``RDD.mapPartitions``: paths of shards in, receipts out; of a shard without one, its ``error``.

    Args:
        out: the archive.
        at: the moment of the work, ISO 8601 with a zone: tasks that run twice make the same bytes.
        form: of the bags, ``folder`` or ``tar``.
    """
    config = ShardConfig(at=at, form=form)

    def partition(sources: Iterable[str]) -> Iterator[dict[str, Any]]:
        for source in sources:
            try:
                yield asdict(process_shard(source, out, config))
            except SolanderError as error:
                yield {"source": source, "error": str(error)}

    return partition
