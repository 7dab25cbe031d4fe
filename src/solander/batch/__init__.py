"""Crawls by the shard: several processes, or a cluster, each shard by itself; what is done is never done twice.

A face beside ``cli``: it starts, watches and tells; the work is the pipeline's (``process_shard``).
"""

from __future__ import annotations

from solander.pipeline.shards.shard import ShardConfig, ShardReceipt, process_shard

__all__ = ["ShardConfig", "ShardReceipt", "process_shard"]
