"""What lies where in the output of a batch, and how to tell it from the documents of a source."""

import os

from ocrpipe.batch.locations import filesystem_of, is_remote, local_path

RESULTS = "results"
DATASET = "dataset"
PARTS = ".ocrpipe-parts"
"""Removed with all that is in it when a run begins and ends: nobody else may have a folder of that
name in what is to be the output."""
SUMMARY_FILE = "summary.html"


class OwnFiles:
    """Tells what a batch wrote, or may write, from what it is asked to convert.

    An output that lies below the folder which is searched is passed over as a whole. One that is
    that folder, or one around it, may hold documents beside what was written there.

    Args:
        output: Folder or URL of the output; None where there is none to be passed over.
        root: Folder or URL that is searched.
    """

    def __init__(self, output: str | None, root: str) -> None:
        self._places: tuple[str, ...] = ()
        if output is not None:
            place = _one_spelling(output)
            is_below = place.startswith(_one_spelling(root).rstrip("/") + "/")
            own = (RESULTS, DATASET, PARTS, SUMMARY_FILE)
            self._places = (place,) if is_below else tuple(f"{place}/{name}" for name in own)

    def __contains__(self, location: str) -> bool:
        if not self._places:
            return False
        place = _one_spelling(location)
        return any(place == own or place.startswith(f"{own}/") for own in self._places)


def _one_spelling(location: str) -> str:
    """Equal for locations of the same file; links of local folders are followed."""
    if is_remote(location):
        filesystem, path = filesystem_of(location)
        return str(filesystem.unstrip_protocol(path)).rstrip("/")
    return os.path.normcase(os.path.realpath(local_path(location))).replace(os.sep, "/")
