"""What a run has to do: the documents asked for, against the ledger and the results there are."""

import hashlib
import json
import os
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace

from ocrpipe.batch.ledger import Entry, Ledger
from ocrpipe.batch.locations import (
    companion_fingerprints,
    fingerprint,
    is_remote,
    local_path,
    storable,
)
from ocrpipe.batch.sources import Found
from ocrpipe.errors import UsageError
from ocrpipe.file_names import MAX_STEM_BYTES, file_system_key, safe_stem
from ocrpipe.options import Format, Options

MAIN_FORMAT = Format.JSON
"""Always written, and last: where it is there, the other formats are too."""
_SUFFIX_LENGTH = 10
"""Hexadecimal digits: rare is enough, as a name that is taken for all that gets an x."""


@dataclass(slots=True)
class Plan:
    """The documents of a run, by what becomes of them.

    Attributes:
        locations: Of every document asked for, by id; in the order to be converted.
        to_convert: Ids that wait for a worker.
        interrupted: Ids that an earlier run was converting when it was killed.
        already_done: How many have a result already.
        already_failed: How many failed in an earlier run and are left at that.
    """

    locations: dict[str, str] = field(default_factory=dict)
    to_convert: list[str] = field(default_factory=list)
    interrupted: list[str] = field(default_factory=list)
    already_done: int = 0
    already_failed: int = 0


def options_key(options: Options) -> str:
    """Equal for options that give the same result files."""
    values = options.model_dump(
        mode="json",
        # An option that a later version adds must not have everything converted again.
        exclude_defaults=True,
        exclude={"batch": True, "debug_dir": True, "ocr": {"threads"}, "ingest": {"password"}},
    )
    changed = {section: value for section, value in values.items() if value}
    return hashlib.sha256(json.dumps(changed, sort_keys=True).encode()).hexdigest()


def make_plan(
    found: Iterable[Found], ledger: Ledger, results: Collection[str], options: Options
) -> Plan:
    """Compare what is asked for with the ledger, and put what is new or changed down as waiting.

    Args:
        results: Names of the result files that are there.
    """
    key = options_key(options)
    known = {entry.id: entry for entry in ledger.entries()}
    names = _Names(known.values())
    plan = Plan()
    asked: list[tuple[Entry, str]] = []
    updated: list[Entry] = []
    for document, item in _identified(list(found), known):
        plan.locations[document] = item.location
        entry = known.get(document)
        mark = fingerprint(item.location)
        place = storable(item.location)
        if entry is None:
            name = names.give(item.location, document)
            entry = Entry(document, place, name, item.columns, key, mark, "waiting")
            asked.append((entry, file_system_key(name)))
            plan.to_convert.append(document)
            continue
        # A file that is asked for by its path alone keeps what a manifest has said of it.
        columns = dict(item.columns) or entry.columns
        current = replace(entry, location=place, columns=columns, options=key, fingerprint=mark)
        if _ask_again(entry, current, item.location, results, options):
            asked.append((current, file_system_key(entry.name)))
            plan.to_convert.append(document)
            continue
        if current != entry:
            updated.append(current)
        _put_where_it_is(plan, entry)
    ledger.ask(asked)
    ledger.update(updated)
    return plan


def _ask_again(
    entry: Entry, current: Entry, location: str, results: Collection[str], options: Options
) -> bool:
    if options.batch.force or entry.options != current.options:
        return True
    if entry.fingerprint != current.fingerprint and (
        entry.sha256 is None or entry.sha256 != _digest(location)
    ):
        return True
    if entry.companions != companion_fingerprints(location, entry.companions):
        return True
    if entry.state == "failed":
        return options.batch.retry_failed
    wanted = {f"{entry.name}.{kind.value}" for kind in (*options.export.format, MAIN_FORMAT)}
    return entry.state == "done" and not wanted.issubset(results)


def _put_where_it_is(plan: Plan, entry: Entry) -> None:
    if entry.state == "done":
        plan.already_done += 1
    elif entry.state == "failed":
        plan.already_failed += 1
    elif entry.state == "running":
        plan.interrupted.append(entry.id)
    else:
        plan.to_convert.append(entry.id)


def _digest(location: str) -> str | None:
    """SHA-256 of a local file; None where it is not cheap or not possible to have."""
    if is_remote(location):
        return None
    try:
        with local_path(location).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, ValueError):
        return None


def _identified(found: list[Found], known: dict[str, Entry]) -> Iterator[tuple[str, Found]]:
    """Each document with its id, the same from run to run.

    The id of a document is that of its manifest, or else its path relative to its source. Where
    another document has that one, a hash of the location is put behind it. A document keeps its id
    when it is found through another source, and when it was moved as it is.
    """
    places = {storable(item.location) for item in found}
    by_place: dict[str, list[str]] = {}
    for entry in known.values():
        by_place.setdefault(entry.location, []).append(entry.id)
    taken: set[str] = set()
    for item in found:
        if item.given_id is None:
            document = _own_id(item, known, by_place, places, taken)
        else:
            document = storable(item.given_id)
            if document in taken:
                raise UsageError(
                    f"the id {document!r} is given to two documents",
                    source=item.location,
                    remedy="Give each document an id of its own",
                )
        if document not in taken:
            taken.add(document)
            yield document, item


def _own_id(
    item: Found,
    known: dict[str, Entry],
    by_place: dict[str, list[str]],
    places: set[str],
    taken: set[str],
) -> str:
    place = storable(item.location)
    label = storable(item.label)
    longer = f"{label}#{_short_hash(place)}"
    known_here = by_place.get(place, ())
    for candidate in (label, longer, *filter(lambda known: _is_path_of(known, place), known_here)):
        if candidate in known_here and candidate not in taken:
            return candidate
    if label in taken:
        return longer
    other = known.get(label)
    if other is None:
        return label
    is_gone = other.location not in places and not fingerprint(other.location)
    moved = is_gone and other.sha256 == (_digest(item.location) or "")
    return label if moved else longer


def _is_path_of(document: str, place: str) -> bool:
    """Whether the id is the end of the place's path, and not one that a manifest gave."""
    path = document.removesuffix(f"#{_short_hash(place)}")
    return f"/{place}".replace(os.sep, "/").endswith(f"/{path}")


class _Names:
    """Gives each document the name of its results: short, safe and its own."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._taken = {file_system_key(entry.name) for entry in entries}

    def give(self, location: str, document: str) -> str:
        stem = safe_stem(storable(os.fspath(location)))
        if file_system_key(stem) in self._taken:
            # A number would depend on the order, and be slow to find among many of one name.
            suffix = f"-{_short_hash(document)}"
            cut = stem.encode()[: MAX_STEM_BYTES - len(suffix)].decode(errors="ignore")
            stem = cut.rstrip(". ") + suffix
            while file_system_key(stem) in self._taken:
                stem += "x"
        self._taken.add(file_system_key(stem))
        return stem


def _short_hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:_SUFFIX_LENGTH]
