"""`python -m ocrpipe`, the same as the command `ocrpipe`."""

from ocrpipe.cli import main

if __name__ == "__main__":
    main()
