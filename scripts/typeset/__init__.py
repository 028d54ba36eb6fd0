"""Sets filings on A4 pages so that the place of every line, cell and figure is known exactly.

`forms` holds the statutory form as data, `source` reads a filing's own data, `filing` lays it out,
`web` writes it as a saved web page, and `truth` writes the ground truth of either.
"""
