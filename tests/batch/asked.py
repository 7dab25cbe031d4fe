"""When the tests' runs are said to be, and how their shards are made."""

from datetime import UTC, datetime

from solander.pipeline.shards.shard import ShardConfig

AT = datetime(2026, 1, 1, tzinfo=UTC)
CONFIG = ShardConfig(at="2026-01-01T00:00:00Z")
