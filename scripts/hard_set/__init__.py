"""Makes filings of the form, and other documents, that are hard to read, with their ground truth.

`figures` draws lawful figures, `filings` sets them in random typefaces and layouts, `plain` makes
documents that are no filing, and `damages` says what happens to the paper.
"""
