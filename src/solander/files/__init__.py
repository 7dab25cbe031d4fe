"""Files: trees of them read safely, single ones read bounded, and folders written whole or not at all."""
