from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from pydantic import SecretStr

from ocrpipe.cli.commands import cli
from ocrpipe.cli.flags import conversion_flags, option_fields, options_from_flags
from ocrpipe.errors import UsageError
from ocrpipe.options import Options


def parse(*arguments: str) -> Options:
    """The options that the command line makes of `arguments`."""
    made: list[Options] = []

    @click.command()
    @conversion_flags
    def command(**flags: object) -> None:
        made.append(options_from_flags(flags))

    result = CliRunner().invoke(command, arguments, standalone_mode=False)
    if result.exception is not None:
        raise result.exception
    return made[0]


def test_no_flags_give_the_defaults() -> None:
    assert parse() == Options()


def test_every_option_has_a_flag() -> None:
    leaves = sum(len(type(getattr(Options(), name)).model_fields) for name in (
        "ingest", "imaging", "layout", "ocr", "export", "batch"
    ))  # fmt: skip
    assert len(option_fields()) == leaves + 1


def test_flags_reach_their_sections() -> None:
    options = parse(
        "--pages", "2-4", "--dpi", "300", "--password", "secret", "--no-deskew",
        "--engine", "onnxruntime", "--format", "json,xlsx", "--debug-dir", "debug",
    )  # fmt: skip
    assert options.ingest.pages == "2-4"
    assert options.ingest.dpi == 300
    assert options.ingest.password == SecretStr("secret")
    assert options.imaging.deskew is False
    assert options.ocr.engine.value == "onnxruntime"
    assert [wanted.value for wanted in options.export.format] == ["json", "xlsx"]
    assert options.debug_dir == Path("debug")


def test_a_single_conversion_has_no_flags_of_a_batch() -> None:
    with pytest.raises(click.NoSuchOption):
        parse("--workers", "2")


@pytest.mark.parametrize("arguments", [("--format", "pdf"), ("--dpi", "9000"), ("--engine", "x")])
def test_values_outside_the_options_are_refused(arguments: tuple[str, str]) -> None:
    with pytest.raises(click.BadParameter) as caught:
        parse(*arguments)
    assert arguments[0] in caught.value.format_message()


def test_a_value_that_only_the_model_refuses_names_its_flag() -> None:
    with pytest.raises(UsageError, match="--dpi"):
        options_from_flags({"dpi": 10})


def test_help_shows_defaults_and_whole_sentences() -> None:
    """Of flags that are on or off, too; a list of commands cut in mid-sentence tells nothing."""
    shown = CliRunner().invoke(cli, ["--help"]).output
    assert "..." not in shown.split("Commands:")[1]
    for_convert = CliRunner().invoke(cli, ["convert", "--help"]).output
    assert "[default: deskew]" in " ".join(for_convert.split())
    assert "  7  a result could not be written\n" in for_convert
