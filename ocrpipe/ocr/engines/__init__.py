"""The OCR engines, one file each; a runtime is imported only when its engine is made."""

from ocrpipe.ocr.port import OcrEngine
from ocrpipe.options import EngineName, OcrOptions


def create_engine(options: OcrOptions) -> OcrEngine:
    """Make the engine that the options ask for; it is meant to be made once a process.

    Raises:
        EngineUnavailableError: its package or its weights are missing, or do not load.
        UsageError: the options ask an engine for what it does not offer.
    """
    if options.engine is EngineName.OPENVINO:
        from ocrpipe.ocr.engines import openvino_engine

        return openvino_engine.create(options)
    if options.engine is EngineName.ONNXRUNTIME:
        from ocrpipe.ocr.engines import onnxruntime_engine

        return onnxruntime_engine.create(options)
    from ocrpipe.ocr.engines import paddleocr_engine

    return paddleocr_engine.create(options)
