"""`ocrpipe convert --timings`: where the time went."""

from rich.console import Console
from rich.table import Table

from ocrpipe.timings import Timings


def print_timings(timings: Timings) -> None:
    """Print seconds and shares by stage on stderr, the longest first, and what they add up to."""
    seconds = timings.seconds
    total = sum(seconds.values())
    table = Table("stage", title="Timings", title_justify="left")
    table.add_column("seconds", justify="right")
    table.add_column("share", justify="right")
    for name, value in seconds.items():
        table.add_row(name, f"{value:.3f}", f"{value / max(total, 1e-9):.1%}")
    table.add_section()
    table.add_row("all", f"{total:.3f}", "100.0%")
    table.add_row("inference", "", f"{timings.inference_share:.1%}")
    Console(stderr=True, highlight=False).print(table)
