"""Every option, declared once: the command line's flags and the documentation are made from here.

One frozen section a stage; `Options` holds them all.
"""

from enum import StrEnum
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, SecretStr

from ocrpipe.errors import UsageError


class Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class EngineName(StrEnum):
    OPENVINO = "openvino"
    ONNXRUNTIME = "onnxruntime"
    PADDLEOCR = "paddleocr"


class Format(StrEnum):
    JSON = "json"
    MARKDOWN = "md"
    HTML = "html"
    XLSX = "xlsx"


class Precision(StrEnum):
    AUTO = "auto"
    F32 = "f32"
    BF16 = "bf16"


class IngestOptions(Section):
    pages: str | None = Field(
        default=None, description="Pages to convert, for instance 2-4,7; default: all."
    )
    dpi: int = Field(
        default=200, ge=72, le=600, description="Resolution at which scanned pages are rasterized."
    )
    password: SecretStr | None = Field(default=None, description="Password of an encrypted PDF.")


class ImagingOptions(Section):
    auto_rotate: bool = Field(
        default=True, description="Turn pages that stand sideways or upside down."
    )
    deskew: bool = Field(default=True, description="Take out skew of up to 5 degrees.")
    flatten: bool = Field(default=True, description="Map photographed pages flat.")


class LayoutOptions(Section):
    layout_model: bool = Field(
        default=True,
        description="Use the layout detection model beside the ruling lines and the red ink.",
    )


class OcrOptions(Section):
    engine: EngineName = Field(default=EngineName.OPENVINO, description="OCR engine.")
    detection_model: str | None = Field(
        default=None,
        description="For the engine paddleocr: folder or name of a text detection model.",
    )
    recognition_model: str | None = Field(
        default=None,
        description="For the engine paddleocr: folder or name of a text recognition model.",
    )
    precision: Precision = Field(
        default=Precision.AUTO,
        description="Arithmetic of the engine openvino; auto: bf16 where the processor has it.",
    )
    threads: int = Field(default=0, ge=0, description="Inference threads; 0: one a core.")
    force_ocr: bool = Field(
        default=False, description="Read every page from its picture, also where it has text."
    )


class ExportOptions(Section):
    format: tuple[Format, ...] = Field(
        default=(Format.JSON,), description="What to write: json, md, html, xlsx."
    )
    picture_dpi: int = Field(
        default=110, ge=36, le=300, description="Resolution of the page pictures in HTML."
    )


class BatchOptions(Section):
    workers: int = Field(default=0, ge=0, description="Worker processes; 0: one a core.")
    page_timeout: int = Field(
        default=120,
        ge=1,
        description="Seconds that one page, and opening or finishing a document, may take.",
    )
    pages_per_part: int = Field(
        default=50, ge=1, description="Longer documents are converted in parts, by several workers."
    )
    memory_limit: int = Field(
        default=0,
        ge=0,
        description="MiB of memory that a worker may take; 0: its share of 80% of the machine's.",
    )
    documents_per_worker: int = Field(
        default=200, ge=1, description="Documents, or parts, after which a worker is replaced."
    )
    retry_failed: bool = Field(
        default=False, description="Convert again what failed in an earlier run."
    )
    force: bool = Field(default=False, description="Convert again what is already there.")
    work_dir: Path | None = Field(
        default=None,
        description="Local folder for the ledger; default: the output, which then must be local.",
    )
    ray: str | None = Field(
        default=None,
        description="Run on Ray: the address of a cluster, or local for one of this machine alone.",
    )


class Options(Section):
    ingest: IngestOptions = IngestOptions()
    imaging: ImagingOptions = ImagingOptions()
    layout: LayoutOptions = LayoutOptions()
    ocr: OcrOptions = OcrOptions()
    export: ExportOptions = ExportOptions()
    batch: BatchOptions = BatchOptions()
    debug_dir: Path | None = Field(
        default=None, description="Folder for pictures of every intermediate result."
    )


def options_or_default(options: Options | None) -> Options:
    """The options that a caller of the library gave, or those that hold where none were given.

    Raises:
        UsageError: they are of another type.
    """
    if not isinstance(options, Options | None):
        raise UsageError(
            f"options are an ocrpipe.Options, and not of type {type(options).__name__}",
            remedy='Build them, for instance Options(ingest={"pages": "2-4"}).',
        )
    return options or Options()
