"""What a batch is asked to convert: folders, globs, files, manifests and lists of paths."""

import glob
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePath

from ocrpipe.batch.locations import filesystem_of, is_remote, local_path, scheme_of
from ocrpipe.batch.manifest import is_manifest, read_manifest
from ocrpipe.batch.output.paths import OwnFiles
from ocrpipe.errors import UnreadableInputError, UsageError
from ocrpipe.ingest.sniff import has_known_extension

STANDARD_INPUT = "-"


@dataclass(frozen=True, slots=True)
class Found:
    """One document that was asked for.

    Attributes:
        location: Absolute path or URL.
        label: Path relative to the source that it was found through; the id of the document
            unless another one has it.
        given_id: The id that a manifest gives it.
        columns: The user's own columns of a manifest.
    """

    location: str
    label: str
    given_id: str | None = None
    columns: Mapping[str, object] = field(default_factory=dict)


PassedOver = Callable[[str], None]


def _nobody(_: str) -> None:
    """Is told, and does nothing."""


def find_documents(
    sources: Sequence[str],
    *,
    lines: Iterable[str] = (),
    output: str | None = None,
    passed_over: PassedOver = _nobody,
) -> Iterator[Found]:
    """Every document that `sources` name, each location with the same id once.

    Args:
        sources: Folders (searched with all that lies below, also behind links to other folders, for
            files of formats that are read),
            globs ("**" for folders at any depth), files, manifests (.csv, .jsonl or .ndjson), and
            "-" for `lines`. All but "-" may be URLs.
        lines: Paths, one a line, for the source "-".
        output: Folder or URL of the output. It may lie in a source, whose search passes it over.
        passed_over: Told of each file in a folder whose format is not read.

    Raises:
        UsageError: a source does not exist, finds nothing, or a manifest makes no sense.
        UnreadableInputError: a source cannot be reached.
    """
    seen: set[tuple[str, str | None]] = set()
    for source in sources:
        empty = True
        for found in _of_one(source, lines, output, passed_over):
            empty = False
            if (found.location, found.given_id) not in seen:
                seen.add((found.location, found.given_id))
                yield found
        if empty:
            raise UsageError(
                "no document was found here",
                source="standard input" if source == STANDARD_INPUT else source,
                remedy="Check the path, or give the files by name",
            )


def _of_one(
    source: str, lines: Iterable[str], output: str | None, passed_over: PassedOver
) -> Iterator[Found]:
    if source == STANDARD_INPUT:
        # Windows puts a byte order mark before what it writes to a pipe.
        stripped = (line.rstrip("\r\n").removeprefix("\ufeff") for line in lines)
        return (_listed(line, Path.cwd()) for line in stripped if line.strip())
    if is_remote(source):
        return _remote(source, output, passed_over)
    path = local_path(source)
    if _exists(path):
        if path.is_dir():
            return _in_folder(path.absolute(), output, passed_over)
        return _from_manifest(path) if is_manifest(source) else iter((_single(path),))
    if glob.has_magic(source):
        return _globbed(source, output)
    raise UsageError(
        "there is no such file or folder", source=source, remedy="Check the path and its spelling"
    )


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # A name that is too long, or has a NUL in it.
        return False


def _single(path: Path) -> Found:
    return Found(os.path.abspath(path), path.name)


def _listed(text: str, folder: Path) -> Found:
    """A path of a list, which need not exist: reading it will say so, for that document alone."""
    if scheme_of(text):
        return Found(text if is_remote(text) else str(local_path(text)), text.rsplit("/", 1)[-1])
    location = os.path.abspath(os.path.join(folder, text))
    return Found(location, below(Path(location), Path(os.path.abspath(folder))))


def below(path: PurePath, folder: PurePath) -> str:
    """The path within `folder`, with "/" between its parts; the name of what lies elsewhere."""
    return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else path.name


def _in_folder(folder: Path, output: str | None, passed_over: PassedOver) -> Iterator[Found]:
    own = OwnFiles(output, str(folder))
    seen = _SeenFolders(folder)
    for parent, folders, files in os.walk(folder, onerror=_refuse_folder, followlinks=True):
        paths = ((name, os.path.join(parent, name)) for name in sorted(folders))
        folders[:] = [
            name
            for name, path in paths
            if not name.startswith(".") and path not in own and seen.is_new(path)
        ]
        for name in sorted(files):
            location = os.path.join(parent, name)
            if name.startswith(".") or location in own:
                continue
            if has_known_extension(name):
                yield Found(location, _posix(os.path.relpath(location, folder)))
            else:
                passed_over(location)


class _SeenFolders:
    """The real folders that a search has come to, so that links lead to none of them again."""

    def __init__(self, root: Path) -> None:
        self._roots = [Path(os.path.realpath(root))]
        self._seen = {str(self._roots[0])}

    def is_new(self, path: str) -> bool:
        """Whether to search a folder. A link into what is searched anyway is not followed."""
        real = Path(os.path.realpath(path))
        if str(real) in self._seen:
            return False
        if os.path.islink(path):
            if any(real.is_relative_to(root) for root in self._roots):
                return False
            self._roots.append(real)
        self._seen.add(str(real))
        return True


def _refuse_folder(error: OSError) -> None:
    """No document is passed over because its folder cannot be looked into."""
    raise UsageError(
        f"the folder cannot be searched ({error.strerror})",
        source=str(error.filename),
        remedy="Give yourself the right to read it, or name the folders beside it",
    ) from error


def _globbed(pattern: str, output: str | None) -> Iterator[Found]:
    root = Path(*_before_magic(Path(pattern).parts))
    own = OwnFiles(output, str(root))
    for path in sorted(glob.iglob(pattern, recursive=True)):
        if not os.path.isdir(path) and path not in own:
            yield Found(os.path.abspath(path), _posix(os.path.relpath(path, root)))


def _before_magic(parts: Sequence[str]) -> list[str]:
    kept: list[str] = []
    for part in parts[:-1]:
        if glob.has_magic(part):
            break
        kept.append(part)
    return kept


def _from_manifest(path: Path) -> Iterator[Found]:
    folder = path.absolute().parent
    with _explained(str(path), "read"):
        data = path.read_bytes()
    for entry in read_manifest(data, str(path)):
        found = _listed(entry.path, folder)
        yield Found(found.location, found.label, entry.id, entry.columns)


def _remote(source: str, output: str | None, passed_over: PassedOver) -> Iterator[Found]:
    filesystem, root = filesystem_of(source)
    if is_manifest(source):
        yield from _from_remote_manifest(source)
        return
    is_folder = False
    with _explained(source, "listed"):
        if glob.has_magic(root):
            paths, start = filesystem.glob(root), "/".join(_before_magic(root.split("/")))
        elif filesystem.isdir(root):
            paths, start, is_folder = filesystem.find(root), root, True
        else:
            paths, start = [root] if filesystem.exists(root) else [], root.rpartition("/")[0]
    own = OwnFiles(output, filesystem.unstrip_protocol(start))
    for path in sorted(paths):
        location = filesystem.unstrip_protocol(path)
        if location in own:
            continue
        if is_folder and not has_known_extension(path):
            passed_over(location)
        else:
            yield Found(location, str(path).removeprefix(start).lstrip("/"))


def _from_remote_manifest(source: str) -> Iterator[Found]:
    filesystem, root = filesystem_of(source)
    with _explained(source, "read"):
        data = filesystem.cat_file(root)
    folder = source.rsplit("/", 1)[0]
    for entry in read_manifest(data, source):
        location = entry.path if scheme_of(entry.path) else f"{folder}/{entry.path}"
        yield Found(location, entry.path, entry.id, entry.columns)


@contextmanager
def _explained(source: str, done: str) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        raise UsageError(
            "there is no such file", source=source, remedy="Check the path and its spelling"
        ) from error
    except Exception as error:  # Every file system has errors of its own.
        reason = getattr(error, "strerror", None) or f"{type(error).__name__}: {error}"
        raise UnreadableInputError(
            f"cannot be {done} ({reason})", source=source, remedy="Check the path and your access"
        ) from error


def _posix(path: str) -> str:
    return path.replace(os.sep, "/")
