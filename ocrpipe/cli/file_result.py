"""What is said of one file that was converted; light, as it crosses from process to process."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FileResult:
    """What is said of a file: `flawed` where its result has warnings or errors."""

    lines: tuple[str, ...]
    flawed: bool
