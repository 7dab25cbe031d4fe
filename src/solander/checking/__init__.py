"""Any value -> findings. One file a code prefix; nothing here repairs, and nothing here is silent."""
