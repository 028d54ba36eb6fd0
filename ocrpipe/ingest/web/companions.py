"""What a saved web page refers to: files in its own folder, or parts of its archive, alone."""

from collections.abc import Callable, Mapping, MutableSequence
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

Find = Callable[[str], bytes | None]
"""Gives the content that a reference (an address as the page has it) leads to, if it is at hand."""

_LARGEST = 20_000_000
"""Bytes: ten times as large as the largest style sheets and pages."""


def nothing(_: str) -> None:
    """For pages of which nothing else is at hand."""


def beside(page: Path | None, looked: MutableSequence[str] | None = None) -> Find:
    """Finds files in the folder of a saved page, and in folders below that.

    An address on the network, and one that leads out of the folder, also by way of a link, finds
    nothing. Names in the folder that were looked for, there or not, are added to `looked`.
    """
    if page is None:
        return nothing
    folder = page.parent

    def find(reference: str) -> bytes | None:
        try:
            parts = urlsplit(_slashed(reference))
            if parts.scheme or parts.netloc or not parts.path:
                return None
            root = folder.resolve()
            if looked is not None:
                looked.append(unquote(parts.path))
                if parts.query:
                    looked.append(unquote(f"{parts.path}?{parts.query}"))
            # Tools that mirror sites keep what stands behind a question mark in the name.
            for name in (f"{parts.path}?{parts.query}", parts.path):
                file = (root / unquote(name)).resolve()
                if file.is_relative_to(root) and file.is_file():
                    return file.read_bytes() if file.stat().st_size <= _LARGEST else None
        except (OSError, ValueError):  # A name that is too long, or makes no sense.
            return None
        return None

    return find


def seen_from(find: Find, reference: str) -> Find:
    """Finds what the file that `find` finds as `reference` refers to: from where that lies, or else
    from where the page does, as tools that save pages in one folder have it."""

    def found(other: str) -> bytes | None:
        try:
            joined = urljoin(_slashed(reference), _slashed(other))
        except ValueError:
            return None
        data = find(joined)
        return find(other) if data is None else data

    return found


def _slashed(address: str) -> str:
    return address.strip().replace("\\", "/")


def in_archive(parts: Mapping[str, bytes], page: str) -> Find:
    """Finds parts of a web archive by their locations, from the location of its `page`."""

    def find(reference: str) -> bytes | None:
        try:
            return parts.get(reference) or parts.get(urljoin(page, reference))
        except ValueError:
            return None

    return find
