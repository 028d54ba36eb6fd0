"""The commands of `ocrpipe`; each loads what it needs when it is run."""

import json
import sys
from pathlib import Path

import click

from ocrpipe import __version__
from ocrpipe.allocator import give_back_freed_memory
from ocrpipe.cli.flags import (
    batch_flags,
    conversion_flags,
    has_limits,
    limit_flags,
    options_from_flags,
    patient,
)
from ocrpipe.cli.streams import lasting_streams
from ocrpipe.errors import EXIT_GOOD, EXIT_INTERRUPTED, OcrpipeError, UsageError, exit_codes

# click wraps no paragraph that begins with \b.
_EPILOG = "Exit codes:\n\n\b\n" + "\n".join(
    f"{code:>3}  {summary}" for code, (summary, _) in exit_codes().items()
)


class _Interruptible(click.Group):
    """A group whose commands end with a code of their own when Ctrl-C stops them."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            click.echo("ocrpipe: stopped by Ctrl-C; what was finished is kept", err=True)
            sys.exit(EXIT_INTERRUPTED)


@click.group(
    cls=_Interruptible,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="ocrpipe")
def cli() -> None:
    """Turn scanned and digital Chinese report filings into checked data.

    Each flag of a command is an environment variable, too: OCRPIPE_CONVERT_PASSWORD is --password
    of convert.
    """


@cli.command(epilog=_EPILOG, short_help="Convert files; each gets a result in a folder.")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", required=True, type=click.Path(file_okay=False, path_type=Path),
    help="Folder for the results; it is made where it is missing.",
)  # fmt: skip
@click.option("--strict", is_flag=True, help="Exit with 8 when a result has warnings or errors.")
@click.option("-q", "--quiet", is_flag=True, help="Print errors only.")
@click.option("--timings", is_flag=True, help="Print the seconds that each stage took, on stderr.")
@limit_flags
@conversion_flags
def convert(
    files: tuple[Path, ...],
    output: Path,
    strict: bool,
    quiet: bool,
    timings: bool,
    **flags: object,
) -> None:
    """Convert FILES (PDF, PNG, JPEG, TIFF, BMP, WebP or a saved web page, or patterns of them).

    The result of report.pdf is OUTPUT/report.json, and report.md, report.html and report.xlsx where
    asked for.
    """
    from ocrpipe.batch.workers.pool import can_fork
    from ocrpipe.cli.timings import print_timings
    from ocrpipe.timings import measure_time, timed

    options, limited = patient(options_from_flags(flags), flags), has_limits(flags)
    if timings and limited:
        raise UsageError(
            "--timings cannot look into a process of its own",
            remedy="Leave it out, or --page-timeout and --memory-limit",
        )
    # Elsewhere a process of its own would cost as much as all else that a short file takes.
    limited = limited or (can_fork() and not timings)
    with measure_time() as measured:
        with timed("load packages"):
            from ocrpipe.cli.convert import convert_files, expanded
        code = convert_files(
            expanded(files), output, options, strict=strict, quiet=quiet, limited=limited
        )
    if timings:
        print_timings(measured)
    sys.exit(code)


@cli.command(epilog=_EPILOG, short_help="Convert many documents; a run that was ended goes on.")
@click.argument("sources", metavar="SRC...", nargs=-1, required=True)
@click.option(
    "-o", "--output", required=True, metavar="OUT",
    help="Folder for the results, the dataset and the ledger; it is made where it is missing.",
)  # fmt: skip
@click.option("--log-json", is_flag=True, help="Write each event to stderr as a line of JSON.")
@click.option("-q", "--quiet", is_flag=True, help="Print errors and the summary only.")
@batch_flags
@conversion_flags
def batch(
    sources: tuple[str, ...], output: str, log_json: bool, quiet: bool, **flags: object
) -> None:
    """Convert every document of SRC: folders, globs, files, manifests, or - for paths on stdin.

    A manifest is CSV or JSON Lines with the column path and, if you like, id and columns of your
    own, which the dataset carries. The same command run again goes on where it stood, and converts
    what is new or changed. Results are OUT/results/NAME.json; OUT/dataset holds Parquet tables.
    """
    from ocrpipe.cli.batch import run_and_show

    options = options_from_flags(flags)
    sys.exit(run_and_show(sources, output, options, log_json=log_json, quiet=quiet))


@cli.command("export-dataset", epilog=_EPILOG, short_help="Write the dataset of a batch again.")
@click.argument("output", metavar="OUT")
@click.option(
    "--work-dir", type=click.Path(file_okay=False, path_type=Path),
    help="Local folder of the ledger; default: OUT.",
)  # fmt: skip
def export_dataset(output: str, work_dir: Path | None) -> None:
    """Write OUT/dataset and OUT/summary.html of a batch again, from its results."""
    from ocrpipe.batch import export_dataset

    for table, rows in export_dataset(output, work_dir).items():
        click.echo(f"{table}: {rows} rows")


@cli.command()
@click.option("--report", is_flag=True, help="Of the report alone instead of the whole document.")
def schema(report: bool) -> None:
    """Print the JSON Schema of the result."""
    from ocrpipe.document import Document
    from ocrpipe.report import DisclosureReport

    model = DisclosureReport if report else Document
    text = json.dumps(model.model_json_schema(mode="serialization"), ensure_ascii=False, indent=2)
    click.echo(text)


@cli.command(short_help="Say which engines and weights are there.")
def doctor() -> None:
    """Say which engines, weights and instruction sets are there, and what is missing."""
    from ocrpipe.cli.doctor import print_diagnosis

    sys.exit(print_diagnosis())


@cli.command(epilog=_EPILOG, short_help="Measure results against the ground truth.")
@click.argument("read", metavar="PRED", type=click.Path(path_type=Path))
@click.argument("gold", metavar="GOLD", type=click.Path(path_type=Path))
@click.option(
    "--json", "json_file", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
    help="Write the scores and every error as JSON.",
)  # fmt: skip
@click.option(
    "--html", "html_file", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
    help="Write a report that shows each wrong cell beside its crop from the page.",
)  # fmt: skip
@click.option(
    "--sources", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="DIR",
    help="Folder of the files that were converted, for the crops; default: where GOLD is.",
)  # fmt: skip
@click.option("--teds/--no-teds", default=True, show_default=True, help="Measure TEDS.")
def evaluate(
    read: Path,
    gold: Path,
    json_file: Path | None,
    html_file: Path | None,
    sources: Path | None,
    teds: bool,
) -> None:
    """Measure the results PRED against the ground truth GOLD: two JSON files or two folders.

    GOLD is a document as `convert` writes it, or a truth as in fixtures/*.truth.json. In folders a
    result belongs to the truth that is about the same file, else to the one of the same stem.
    """
    from ocrpipe.cli.evaluate import print_evaluation

    sys.exit(
        print_evaluation(
            read, gold, json_file=json_file, html_file=html_file, sources=sources, teds=teds
        )
    )


def main() -> None:
    """Run the command line; an error of ours is one line on stderr and an exit code."""
    give_back_freed_memory()
    with lasting_streams() as printed:
        code = _exit_code()
    if printed.error is not None:
        click.echo(f"ocrpipe: {printed.error}", err=True)
    sys.exit(code or (printed.error.exit_code if printed.error is not None else EXIT_GOOD))


def _exit_code() -> int | str | None:
    try:
        # click would expand patterns on Windows: those of a batch are sources of their own, with
        # ids below their root, and pass over the output.
        cli(prog_name="ocrpipe", auto_envvar_prefix="OCRPIPE", windows_expand_args=False)
    except OcrpipeError as error:
        click.echo(f"ocrpipe: {error}", err=True)
        return error.exit_code
    except SystemExit as ended:
        return ended.code
    return EXIT_GOOD
