"""Write the parts of the documentation that are made from the code.

python scripts/make_docs.py           write them
python scripts/make_docs.py --check   exit 1 where one is not up to date
"""

import argparse
import json
import re
import sys
from collections.abc import Callable
from pathlib import Path

import click
from pydantic import BaseModel

from ocrpipe.batch.output.tables import TABLES
from ocrpipe.cli.commands import cli
from ocrpipe.cli.flags import option_fields
from ocrpipe.document import Document
from ocrpipe.errors import IssueCode, error_kinds, exit_codes
from ocrpipe.report import DisclosureReport
from ocrpipe.weights import WEIGHTS

ROOT = Path(__file__).resolve().parent.parent


def exit_code_table(language: int) -> str:
    head = ("code", "meaning") if language == 0 else ("退出码", "含义")
    rows = [f"| {code} | {texts[language]} |" for code, texts in exit_codes().items()]
    return "\n".join([f"| {head[0]} | {head[1]} |", "| --- | --- |", *rows])


def option_table() -> str:
    rows = ["| flag | section | default | meaning |", "| --- | --- | --- | --- |"]
    for name, (section, field) in option_fields().items():
        default = field.default
        if isinstance(default, tuple):
            default = ",".join(default)
        shown = "" if default is None else f"`{default}`"
        flag = f"`--{name.replace('_', '-')}`"
        if isinstance(default, bool):
            flag += f", `--no-{name.replace('_', '-')}`"
        place = f"`options.{section}.{name}`" if section else f"`options.{name}`"
        rows.append(f"| {flag} | {place} | {shown} | {field.description} |")
    return "\n".join(rows)


def issue_table() -> str:
    rows = [f"| `{code.value}` | {code.meaning} |" for code in IssueCode]
    return "\n".join(["| code | meaning |", "| --- | --- |", *rows])


def error_table() -> str:
    rows = [f"| `{kind.code}` | {kind.exit_code} | {kind.summary} |" for kind in error_kinds()]
    return "\n".join(["| reason | exit code | meaning |", "| --- | --- | --- |", *rows])


def command_table() -> str:
    """The flags of the commands that are no options of a conversion."""
    rows = ["| command | flag | meaning |", "| --- | --- | --- |"]
    options = option_fields()
    for name, command in cli.commands.items():
        for flag in command.params:
            if isinstance(flag, click.Option) and flag.name not in options:
                shown = ", ".join(f"`{text}`" for text in (*flag.opts, *flag.secondary_opts))
                rows.append(f"| `ocrpipe {name}` | {shown} | {flag.help} |")
    return "\n".join(rows)


def dataset_tables() -> str:
    parts = []
    for name, columns in TABLES.items():
        rows = [f"### {name}", "", "| column | kind | meaning |", "| --- | --- | --- |"]
        rows += [f"| `{col.name}` | {col.kind} | {col.description} |" for col in columns]
        parts.append("\n".join(rows))
    return "\n\n".join(parts)


def weights_table() -> str:
    rows = [
        "| weights | purpose | carried by | licence | source | sha256 |",
        "|---|---|---|---|---|---|",
    ]
    for weight in WEIGHTS:
        place = f"`{weight.distribution}`, `{weight.package}/{weight.file}`"
        rows.append(
            f"| {weight.name} | {weight.purpose} | {place} | {weight.licence} | "
            f"{weight.source} | `{weight.sha256}` |"
        )
    return "\n".join(rows)


PARTS: dict[str, dict[str, Callable[[], str]]] = {
    "README.md": {"exit codes": lambda: exit_code_table(0)},
    "README.zh-CN.md": {"exit codes": lambda: exit_code_table(1)},
    "docs/batch.md": {"reasons": error_table, "dataset tables": dataset_tables},
    "docs/options.md": {
        "options": option_table,
        "other flags": command_table,
        "issue codes": issue_table,
    },
    "models/MODELS.md": {"weights": weights_table},
}
SCHEMAS: dict[str, type[BaseModel]] = {
    "docs/document.schema.json": Document,
    "docs/report.schema.json": DisclosureReport,
}


def with_parts(text: str, parts: dict[str, Callable[[], str]]) -> str:
    """`text` with each generated part put between its markers.

    Raises:
        ValueError: a part has no markers in the text.
    """
    for name, make in parts.items():
        pattern = re.compile(rf"(<!-- generated: {name} [^\n]*-->\n).*?(<!-- end -->)", re.DOTALL)
        match = pattern.search(text)
        if match is None:
            raise ValueError(f"no markers for the part {name!r}")
        text = f"{text[: match.end(1)]}{make()}\n{text[match.start(2) :]}"
    return text


def made_documents() -> dict[Path, str]:
    """Path to full text, of every document that is made or has made parts."""
    documents = {}
    for name, parts in PARTS.items():
        path = ROOT / name
        documents[path] = with_parts(path.read_text(encoding="utf-8"), parts)
    for name, model in SCHEMAS.items():
        schema = model.model_json_schema(mode="serialization")
        documents[ROOT / name] = json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
    return documents


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--check", action="store_true")
    check = parser.parse_args().check
    stale = []
    for path, text in made_documents().items():
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        stale.append(str(path.relative_to(ROOT)))
        if not check:
            path.write_text(text, encoding="utf-8")
    if stale:
        print(("not up to date: " if check else "written: ") + ", ".join(stale))
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
