"""The bundled weights as a model folder of PaddleOCR: inference.onnx and inference.yml."""

import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

import yaml

from ocrpipe.errors import EngineUnavailableError
from ocrpipe.ocr.detection import BOX_THRESHOLD, MAP_THRESHOLD, MAX_CANDIDATES, UNCLIP_RATIO
from ocrpipe.ocr.recognition.ctc import characters_of
from ocrpipe.weights import TEXT_RECOGNITION, Weight, locate


def bundled_folder(weights: Weight, model_name: str) -> Path:
    """The folder for these weights in the user's cache, made where it is not there yet.

    Raises:
        EngineUnavailableError: the weights are missing, or no cache folder can be written.
    """
    source = locate(weights)
    # The checksum in the name keeps the folder of another version from being taken for this one.
    name = f"{model_name}-{weights.sha256[:12]}"
    for parent in (cache_folder(), Path(tempfile.gettempdir()) / f"ocrpipe-{_user()}"):
        folder = parent / name
        try:
            if not _complete(folder, source):
                _write(folder, source, _description(weights, source, model_name))
        except OSError:
            continue
        return folder
    raise EngineUnavailableError(
        f"the folder {cache_folder()} cannot be written",
        remedy="Set OCRPIPE_CACHE to a folder that can.",
    )


def cache_folder() -> Path:
    """OCRPIPE_CACHE, or ocrpipe's folder in the user's cache."""
    if chosen := os.environ.get("OCRPIPE_CACHE"):
        return Path(chosen)
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or str(Path.home() / "AppData" / "Local")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "ocrpipe"


def _user() -> str:
    return str(os.getuid()) if hasattr(os, "getuid") else "user"


def _complete(folder: Path, source: Path) -> bool:
    model = folder / "inference.onnx"
    return (
        (folder / "inference.yml").is_file()
        and model.is_file()
        and model.stat().st_size == source.stat().st_size
    )


def _write(folder: Path, source: Path, description: dict[str, Any]) -> None:
    folder.parent.mkdir(parents=True, exist_ok=True)
    staged = Path(tempfile.mkdtemp(dir=folder.parent))
    try:
        shutil.copyfile(source, staged / "inference.onnx")
        text = yaml.safe_dump(description, allow_unicode=True, sort_keys=False)
        (staged / "inference.yml").write_text(text, encoding="utf-8")
        # A broken folder makes way; one that another process has just finished is as good.
        if folder.exists() and not _complete(folder, source):
            shutil.rmtree(folder)
        if not folder.exists():
            staged.rename(folder)
    finally:
        shutil.rmtree(staged, ignore_errors=True)
    if not _complete(folder, source):
        raise OSError(f"{folder} could not be written")


def _description(weights: Weight, source: Path, model_name: str) -> dict[str, Any]:
    normalize = {
        "mean": [0.5, 0.5, 0.5],
        "std": [0.5, 0.5, 0.5],
        "scale": "1./255.",
        "order": "hwc",
    }
    read = {"DecodeImage": {"channel_first": False, "img_mode": "BGR"}}
    if weights is not TEXT_RECOGNITION:
        return {
            "Global": {"model_name": model_name},
            "PreProcess": {
                "transform_ops": [
                    read,
                    {"DetResizeForTest": {"resize_long": 960}},
                    {"NormalizeImage": normalize},
                    {"ToCHWImage": None},
                    {"KeepKeys": {"keep_keys": ["image", "shape"]}},
                ]
            },
            "PostProcess": {
                "name": "DBPostProcess",
                "thresh": MAP_THRESHOLD,
                "box_thresh": BOX_THRESHOLD,
                "max_candidates": MAX_CANDIDATES,
                "unclip_ratio": UNCLIP_RATIO,
            },
        }
    return {
        "Global": {"model_name": model_name},
        "PreProcess": {
            "transform_ops": [
                read,
                {"RecResizeImg": {"image_shape": [3, 48, 320]}},
                {"KeepKeys": {"keep_keys": ["image"]}},
            ]
        },
        "PostProcess": {
            "name": "CTCLabelDecode",
            # PaddleOCR adds the blank and the space itself.
            "character_dict": list(characters_of(_listed_characters(source))[:-1]),
        },
    }


def _listed_characters(path: Path) -> str:
    import onnxruntime

    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    return str(session.get_modelmeta().custom_metadata_map["character"])
