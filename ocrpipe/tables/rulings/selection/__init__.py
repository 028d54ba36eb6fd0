"""Which strokes are rules, by what stands along and beside them."""
