"""Lines outside tables: found, put together, told apart by script, and read."""
