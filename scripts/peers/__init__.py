"""Programs that read the tables of files with other tools.

Each runs alone, in the Python that its tool is installed in, which need not be the one of ocrpipe:
`PYTHON -m scripts.peers.img2table FILE…` writes a line of JSON a file.
"""
