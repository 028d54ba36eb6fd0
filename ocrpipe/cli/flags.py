"""Click flags made from the fields of `Options`, so that every option is declared once."""

import types
from collections.abc import Callable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar, Union, get_args, get_origin

import annotated_types
import click
from pydantic import BaseModel, SecretStr, ValidationError
from pydantic.fields import FieldInfo

from ocrpipe.errors import UsageError
from ocrpipe.options import Options

Command = TypeVar("Command", bound=Callable[..., object])


class CommaSeparated(click.ParamType):  # type: ignore[type-arg]
    """A comma separated list of the values of an enumeration."""

    name = "list"

    def __init__(self, values: type[StrEnum]) -> None:
        self._values = [value.value for value in values]

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        return ",".join(self._values)

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, ...]:
        if not isinstance(value, str):
            return tuple(value) if isinstance(value, tuple) else ()
        chosen = tuple(dict.fromkeys(part.strip().lower() for part in value.split(",")))
        for part in chosen:
            if part not in self._values:
                self.fail(f"{part!r} is not one of {', '.join(self._values)}.", param, ctx)
        return chosen


def option_fields() -> dict[str, tuple[str | None, FieldInfo]]:
    """Every leaf of `Options`: flag name without dashes to (section, field)."""
    leaves: dict[str, tuple[str | None, FieldInfo]] = {}
    for name, field in Options.model_fields.items():
        section = field.annotation
        if isinstance(section, type) and issubclass(section, BaseModel):
            for leaf, leaf_field in section.model_fields.items():
                leaves[leaf] = (name, leaf_field)
        else:
            leaves[name] = (None, field)
    return leaves


BATCH_SECTION = "batch"


def conversion_flags(command: Command) -> Command:
    """Decorate a click command with one flag for each option of a conversion."""
    for name, (section, field) in reversed(option_fields().items()):
        if section != BATCH_SECTION:
            command = _flag(name, field)(command)
    return command


def batch_flags(command: Command) -> Command:
    """Decorate a click command with one flag for each option of a run over many documents."""
    for name, (section, field) in reversed(option_fields().items()):
        if section == BATCH_SECTION:
            command = _flag(name, field)(command)
    return command


PATIENCE = 600
"""Seconds that a page of `convert` may take where nothing else is said: a hundred times what a
page takes, also on a slow machine, and as long as a person waits before looking what is wrong."""

_LIMITS = {
    "page_timeout": "Convert in a process of its own, which is ended when it hangs. "
    f"Default: {PATIENCE} on Linux, no limit elsewhere. ",
    "memory_limit": "The same when it takes too much memory. Default: 0 on Linux, no limit "
    "elsewhere. ",
}


def limit_flags(command: Command) -> Command:
    """Decorate a click command with the limits of a batch; on Linux they always hold."""
    for name, preface in reversed(_LIMITS.items()):
        _, field = option_fields()[name]
        command = _flag(name, field, preface=preface)(command)
    return command


def has_limits(values: Mapping[str, object]) -> bool:
    """Whether one of the flags of `limit_flags` was given."""
    return any(values.get(name) is not None for name in _LIMITS)


def patient(options: Options, values: Mapping[str, object]) -> Options:
    """The options of `convert`, in which a page may take `PATIENCE` where no flag says more."""
    if values.get("page_timeout") is not None:
        return options
    return options.model_copy(
        update={"batch": options.batch.model_copy(update={"page_timeout": PATIENCE})}
    )


def options_from_flags(values: Mapping[str, object]) -> Options:
    """Build the options from the values of the flags that were given.

    Raises:
        UsageError: a value is outside what the option allows.
    """
    sections: dict[str, Any] = {}
    for name, (section, field) in option_fields().items():
        value = values.get(name)
        if value is None or value == field.default:
            continue
        if section is None:
            sections[name] = value
        else:
            sections.setdefault(section, {})[name] = value
    try:
        return Options.model_validate(sections)
    except ValidationError as error:
        first = error.errors()[0]
        flag = "--" + str(first["loc"][-1]).replace("_", "-")
        raise UsageError(f"{flag}: {first['msg']}", remedy="See ocrpipe convert --help") from error


def _flag(name: str, field: FieldInfo, preface: str = "") -> Callable[[Command], Command]:
    """A flag; one with a `preface` to its help has no default, so that one knows if it is given."""
    flag = "--" + name.replace("_", "-")
    kind = _inner_type(field.annotation)
    if kind is bool:
        both = f"{flag}/--no-{flag[2:]}"
        return click.option(both, default=field.default, show_default=True, help=_help(field))
    default = None if preface else field.default
    if isinstance(default, tuple):
        default = ",".join(default)
    elif isinstance(default, StrEnum):
        default = default.value
    return click.option(
        flag,
        type=_click_type(kind, field),
        default=default,
        show_default=default is not None,
        help=preface + _help(field),
    )


def _click_type(kind: Any, field: FieldInfo) -> click.ParamType:  # type: ignore[type-arg]
    if get_origin(kind) is tuple:
        return CommaSeparated(get_args(kind)[0])
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return click.Choice([value.value for value in kind])
    if kind is int:
        lowest = next((m.ge for m in field.metadata if isinstance(m, annotated_types.Ge)), None)
        highest = next((m.le for m in field.metadata if isinstance(m, annotated_types.Le)), None)
        return click.IntRange(_whole(lowest), _whole(highest))
    if kind is Path:
        return click.Path(file_okay=False, path_type=Path)
    if kind in (str, SecretStr):
        return click.STRING
    raise TypeError(f"no flag for options of type {kind}")


def _inner_type(annotation: Any) -> Any:
    """The type of an option without its `| None`."""
    if get_origin(annotation) in (Union, types.UnionType):
        return next(kind for kind in get_args(annotation) if kind is not type(None))
    return annotation


def _whole(bound: object) -> int | None:
    return bound if isinstance(bound, int) else None


def _help(field: FieldInfo) -> str:
    return field.description or ""
