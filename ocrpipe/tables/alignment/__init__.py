"""Text as evidence of columns: print boxes, words and the white between them."""
