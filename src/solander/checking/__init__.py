"""Any value -> findings. A folder for each kind of thing that is judged; nothing here repairs or is silent."""
