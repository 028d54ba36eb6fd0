"""Pages of pixels alone. Imported where there is one: it brings imaging and OCR."""
