"""The command line: flags from the options, exit codes from the errors."""

from ocrpipe.cli.commands import main

__all__ = ["main"]
