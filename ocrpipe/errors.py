"""Everything that can go wrong, declared once: exceptions with exit codes, and issue codes.

An exception means that there is no result for a file; an issue travels inside a result.
"""

from enum import StrEnum
from typing import ClassVar, Literal, Self

Severity = Literal["info", "warning", "error"]


class OcrpipeError(Exception):
    """Base of all errors that ocrpipe raises on purpose.

    `str(error)` is one line that names the file, the page where one is at fault, what is wrong,
    and the remedy. `code` names the kind of failure in ledgers and tables.
    """

    exit_code: ClassVar[int] = 1
    code: ClassVar[str] = "internal"
    summary: ClassVar[str] = "internal error"
    summary_zh: ClassVar[str] = "内部错误"

    def __init__(
        self, message: str, *, source: str | None = None, page: int | None = None, remedy: str
    ) -> None:
        super().__init__(message)
        self.message = message
        self.source = source
        self.page = page
        self.remedy = remedy

    def __str__(self) -> str:
        place = self.source or ""
        if self.page is not None:
            place = f"{place}, page {self.page}" if place else f"page {self.page}"
        text = f"{place}: {self.message}" if place else self.message
        # One line whatever a library's own message contained.
        return " ".join(f"{text.rstrip('. ')}. {self.remedy.rstrip('. ')}.".split())

    def __reduce__(self) -> tuple[object, ...]:
        # Keyword-only arguments would be lost when the error crosses a process boundary.
        return (_rebuild, (type(self), self.message, self.source, self.page, self.remedy))


def _rebuild(
    kind: type[OcrpipeError], message: str, source: str | None, page: int | None, remedy: str
) -> OcrpipeError:
    return kind(message, source=source, page=page, remedy=remedy)


def unexpected(error: Exception, source: str) -> OcrpipeError:
    """What is said of an exception that no code foresaw, met at the file `source`."""
    return OcrpipeError(
        f"this should not happen ({type(error).__name__}: {error})",
        source=source,
        remedy="Please report it, with the file if you can",
    )


class UsageError(OcrpipeError):
    """An option or argument makes no sense, for instance a page that the file does not have."""

    exit_code = 2
    code = "usage"
    summary = "bad usage: an option or argument makes no sense"
    summary_zh = "用法错误：选项或参数不合理"


class UnreadableInputError(OcrpipeError):
    """The input cannot be turned into pages."""

    exit_code = 3
    code = "input.unreadable"
    summary = "unreadable input: missing, empty, damaged or of an unsupported format"
    summary_zh = "输入无法读取：不存在、为空、已损坏或格式不支持"


class EncryptedInputError(UnreadableInputError):
    """The input is protected and no password, or a wrong one, was given."""

    exit_code = 4
    code = "input.encrypted"
    summary = "encrypted input: a password is needed, or the one given is wrong"
    summary_zh = "输入已加密：需要密码，或给出的密码不对"


class PageTooLargeError(UnreadableInputError):
    """A page has more area than can be rasterized within bounded memory."""

    exit_code = 5
    code = "page.too_large"
    summary = "a page is too large to rasterize"
    summary_zh = "页面过大，无法栅格化"


class EngineUnavailableError(OcrpipeError):
    """An engine, a model or a package that the options ask for is not there."""

    exit_code = 6
    code = "engine.unavailable"
    summary = "an engine, a model or a package is missing"
    summary_zh = "缺少引擎、模型或软件包"


class OutputError(OcrpipeError):
    """A result could not be written."""

    exit_code = 7
    code = "output.failed"
    summary = "a result could not be written"
    summary_zh = "结果无法写出"


class OutputInUseError(OutputError):
    """Another batch is writing to the same place."""

    exit_code = 9
    code = "output.in_use"
    summary = "batch: another run is writing to the same output"
    summary_zh = "batch：另一次运行正在写入同一输出位置"


class WorkerCrashedError(OcrpipeError):
    """The process that converted a document ended without a result."""

    exit_code = 11
    code = "worker.crashed"
    summary = "a worker process crashed, or none can be started"
    summary_zh = "工作进程崩溃，或无法启动"


class TimeLimitError(OcrpipeError):
    """A document was given up because it passed the time limit."""

    exit_code = 12
    code = "worker.timeout"
    summary = "a document passed the time limit"
    summary_zh = "文档超过时间限制"


class MemoryLimitError(OcrpipeError):
    """A document was given up because it passed the memory limit."""

    exit_code = 13
    code = "worker.memory"
    summary = "a document passed the memory limit"
    summary_zh = "文档超过内存限制"


EXIT_GOOD = 0
EXIT_STRICT = 8
EXIT_FAILED = 10
EXIT_INTERRUPTED = 130
_OUTCOMES: dict[int, tuple[str, str]] = {
    EXIT_GOOD: ("good", "正常"),
    EXIT_STRICT: (
        "with --strict: results were written, and at least one has issues",
        "使用 --strict 时：结果已写出，但至少一份有问题",
    ),
    EXIT_FAILED: (
        "batch: the run is finished, and at least one document has failed",
        "batch：运行结束，但至少一份文档失败",
    ),
    EXIT_INTERRUPTED: (
        "stopped by Ctrl-C; the same command of a batch goes on",
        "被 Ctrl-C 停止；batch 再次运行同一命令即可继续",
    ),
}


class IssueCode(StrEnum):
    """What may be reported inside a result."""

    meaning: str

    def __new__(cls, code: str, meaning: str) -> Self:
        member = str.__new__(cls, code)
        member._value_ = code
        member.meaning = meaning
        return member

    PAGE_FAILED = "page.failed", "A page has no result; the message says why."
    TEXT_LAYER_REJECTED = (
        "page.text_layer_rejected",
        "The text layer of a page is not what the page shows: it was read from its picture.",
    )
    PAGE_BLANK = "page.blank", "Nothing was found on a page."
    ATTACHMENT_UNREAD = (
        "attachment.unread",
        "Files attached to a PDF, or packed in a portfolio, were not read: save and convert them.",
    )
    PICTURE_UNREAD = (
        "picture.unread",
        "Pictures in a web page were not read: if a table is one, convert the picture by itself.",
    )
    TEXT_UNREAD = "text.unread", "A line was found and could not be read."
    TABLE_INCOMPLETE = (
        "table.incomplete",
        "What looks like a table has no grid, is too large for one, or lacks columns.",
    )
    TABLE_ALIGNED = "table.aligned", "A table has no rulings: its grid is that of its aligned text."
    CELL_UNREAD = "cell.unread", "There is ink in a cell that could not be read."
    REPORT_ANOTHER = "report.another", "Another report begins in the file, and is not read."
    REPORT_NONE = (
        "report.none",
        "The document was not recognised as an annual report: it is given as text and tables.",
    )
    REPORT_TABLE_MISSING = "report.table_missing", "The table of a section was not found."
    REPORT_ROW_MISSING = "report.row_missing", "A row of the form is not in its table."
    REPORT_ROW_UNKNOWN = (
        "report.row_unknown",
        "A row is none of the form's, or it is not sure which of them.",
    )
    REPORT_FIELD_MISSING = "report.field_missing", "The organization, title or year was not found."
    FIGURE_UNREAD = "figure.unread", "A figure of the report could not be read."
    FIGURE_DOUBTFUL = "figure.doubtful", "A figure to look at on the paper; the message says why."
    CHECK_FAILED = "check.failed", "Figures do not add up as the form has it, or as the text says."


def error_kinds() -> list[type[OcrpipeError]]:
    """Every kind of error, by exit code."""
    kinds: list[type[OcrpipeError]] = [OcrpipeError]
    for kind in kinds:
        kinds.extend(kind.__subclasses__())
    return sorted(kinds, key=lambda kind: kind.exit_code)


def exit_codes() -> dict[int, tuple[str, str]]:
    """Every exit code of the command line and what it means, in English and in Chinese."""
    codes = dict(_OUTCOMES)
    codes |= {kind.exit_code: (kind.summary, kind.summary_zh) for kind in error_kinds()}
    return dict(sorted(codes.items()))
