"""Measure the recogniser of Tibetan, side by side with Tesseract's model `bod`.

    python -m scripts.bench_tibetan                      drawn lines, by typeface, size and damage
    python -m scripts.bench_tibetan --pages FOLDER       real pages: X.png beside X.txt
    python -m scripts.bench_tibetan --thresholds         what a threshold of confidence refuses

Needs the extra `train` without torch, the typefaces (scripts/tibetan/typefaces.py) and, for the
comparison, tesseract-ocr with tesseract-ocr-bod; without it that column stays empty.
"""

import argparse
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein

from ocrpipe.ocr.tibetan.recognizer import UNREAD_BELOW, TibetanRecognizer
from ocrpipe.options import OcrOptions
from scripts.tibetan import text
from scripts.tibetan.alphabet import normalize
from scripts.tibetan.bench_lines import LINES
from scripts.tibetan.damage import CLEAN, HARD, LIGHT, SCAN, Level, damaged
from scripts.tibetan.data import Difficulty, make_sample
from scripts.tibetan.lines_of_page import cut_lines
from scripts.tibetan.metrics import Score, score
from scripts.tibetan.render import Style, draw
from scripts.tibetan.typefaces import HELD_OUT, TRAINED, TYPEFACES, Typeface

SEED = 4
FIVE = (
    "Noto Serif Tibetan", "DDC Uchen", "Jomolhari", "Monlam OuChan 2", "Monlam OuChan 4",
)  # fmt: skip
LEVELS = (CLEAN, LIGHT, SCAN, HARD)
DPI = (150, 200, 300)
POINTS = (12, 16, 22)

Readings: TypeAlias = tuple[str, str, str]
"""The truth, our reading, Tesseract's reading."""


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    truth: str
    scan: NDArray[np.uint8]
    face: Typeface
    dpi: int
    level: Level


Row: TypeAlias = tuple[Case, Readings, float]
"""The last is the confidence of our reading."""


def cases(faces: Iterable[Typeface], level: Level, generated: int, seed: int = SEED) -> list[Case]:
    """The written lines and `generated` more by the training's rules, in every typeface."""
    found = []
    for face in faces:
        rng = random.Random(f"{seed} bench {face.name} {level.name}")
        more = [text.line(rng, 12, 40) for _ in range(generated)]
        for line in (*LINES, *more):
            dpi = rng.choice(DPI)
            style = Style(face, size=round(rng.choice(POINTS) * dpi / 72))
            neighbour = (
                draw(rng.choice(LINES), style) if rng.random() < 0.1 * level.strength else None
            )
            found.append(
                Case(
                    line,
                    damaged(draw(line, style), rng, neighbour, level.strength),
                    face,
                    dpi,
                    level,
                )
            )
    return found


def tesseract(scan: NDArray[np.uint8]) -> str:
    """Tesseract's reading of a line, with the white border that it wants."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "line.png"
        cv2.imwrite(str(path), cv2.copyMakeBorder(scan, 12, 12, 12, 12, cv2.BORDER_REPLICATE))
        command = ["tesseract", str(path), "-", "-l", "bod", "--psm", "7"]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    return done.stdout


def table(title: str, rows: Sequence[tuple[str, Sequence[Readings]]], peer: bool) -> None:
    """Print error rates by row; each row holds (truth, our reading, Tesseract's reading)."""
    print(f"\n| {title} | lines | CER | exact | Tesseract CER | exact |")
    print("|---|---:|---:|---:|---:|---:|")
    for name, readings in rows:
        ours = score((truth, reading) for truth, reading, _ in readings)
        theirs = score((truth, other) for truth, _, other in readings) if peer else None
        print(f"| {name} | {ours.lines} | {_percents(ours)} | {_percents(theirs)} |")


def _percents(score_: Score | None) -> str:
    if score_ is None:
        return "- | -"
    return f"{100 * score_.error_rate:.2f}% | {100 * score_.exact_rate:.1f}%"


def doubt(confidences: Sequence[tuple[float, str, str]]) -> None:
    """Print what refusing lines below UNREAD_BELOW does; entries: confidence, truth, reading."""
    kept = [
        (truth, reading) for confidence, truth, reading in confidences if confidence >= UNREAD_BELOW
    ]
    refused = [(t, r) for confidence, t, r in confidences if confidence < UNREAD_BELOW]
    print(f"\nread (confidence >= {UNREAD_BELOW}): {len(kept)} lines, {score(kept)}")
    print(f"unread: {len(refused)} lines, {score(refused)}")


def select(
    rows: Sequence[Row], faces: Sequence[Typeface], level: Level = SCAN, dpi: int | None = None
) -> list[Readings]:
    return [
        readings
        for case, readings, _ in rows
        if case.face in faces and case.level is level and dpi in (None, case.dpi)
    ]


def bench_drawn(recognizer: TibetanRecognizer, generated: int, peer: bool, seed: int) -> None:
    five = [face for face in TYPEFACES if face.name in FIVE]
    every = [case for level in LEVELS for case in cases((*five, *HELD_OUT), level, generated, seed)]
    started = time.process_time()
    ours = recognizer.recognize([case.scan for case in every])
    seconds = time.process_time() - started
    compared = [case.level is SCAN for case in every]
    others = [
        tesseract(case.scan) if peer and compare else ""
        for case, compare in zip(every, compared, strict=True)
    ]
    rows: list[Row] = [
        (case, (case.truth, reading.text, other), reading.confidence)
        for case, reading, other in zip(every, ours, others, strict=True)
    ]
    by_face = [(face.name, select(rows, [face])) for face in five]
    by_face.append(("**all five**", select(rows, five)))
    by_face += [(f"{face.name} (held out)", select(rows, [face])) for face in HELD_OUT]
    table("typeface, scan damage", by_face, peer)
    by_dpi = [(f"{dpi} dpi", select(rows, five, dpi=dpi)) for dpi in DPI]
    table("resolution, five typefaces, scan damage", by_dpi, peer)
    by_level = [(level.name, select(rows, five, level)) for level in LEVELS]
    table("damage, five typefaces", by_level, peer=False)
    doubt([(confidence, truth, reading) for _, (truth, reading, _), confidence in rows])
    each = 1000 * seconds / len(every)
    print(f"\n{each:.1f} ms of processor time a line on one thread, {len(every)} lines")


def nearest(truth: Sequence[str], readings: Sequence[str]) -> list[tuple[str, str]]:
    """Each line of the truth with the line read that is nearest to it."""
    pairs = []
    for line in filter(None, map(normalize, truth)):
        found = min(readings, key=lambda reading: Levenshtein.distance(line, reading), default="")
        pairs.append((line, found))
    return pairs


def bench_pages(recognizer: TibetanRecognizer, folder: Path, peer: bool) -> None:
    """Real pages: their lines are cut by projection, read, and compared with the page's text."""
    whole: list[tuple[str, list[Readings]]] = []
    single: list[tuple[str, list[Readings]]] = []
    for path in sorted(folder.glob("*.png")):
        texts = (path.with_suffix(".txt"), path.with_suffix(".GT.txt"))
        truth_path = next((candidate for candidate in texts if candidate.exists()), None)
        page = cv2.imread(str(path), cv2.IMREAD_GRAYSCALE)
        if truth_path is None or page is None:
            continue
        lines = truth_path.read_text(encoding="utf-8-sig").splitlines()
        # Some transcriptions begin with the name of their picture.
        truth = [line for line in lines if not (line.isascii() and "/" in line)]
        crops = cut_lines(np.asarray(page, dtype=np.uint8))
        ours = [normalize(reading.text) for reading in recognizer.recognize(crops)]
        others = [normalize(tesseract(crop)) for crop in crops] if peer else []
        whole.append((path.stem, [(" ".join(truth), " ".join(ours), " ".join(others))]))
        matched = zip(nearest(truth, ours), nearest(truth, others), strict=True)
        single.append((path.stem, [(line, mine, other) for (line, mine), (_, other) in matched]))
    for title, rows in (("page as one text", whole), ("page, line by nearest line", single)):
        rows.append(("**all**", [reading for _, readings in rows for reading in readings]))
        table(title, rows, peer)


def bench_thresholds(recognizer: TibetanRecognizer) -> None:
    """What every threshold of confidence refuses and lets through, on lines from clean to past
    reading that are neither trained on nor measured on otherwise."""
    rng = random.Random(f"{SEED} thresholds")
    found = []
    for strength in np.linspace(0.2, 2.0, 600):
        level = Difficulty(8, 40, 10_000, float(strength))
        sample = make_sample(rng, TRAINED, level, text.line(rng, 8, 40))
        (reading,) = recognizer.recognize([sample.scan])
        found.append((reading.confidence, score([(sample.text, reading.text)])))
    print(
        "| confidence from | lines read | CER | of them over 10% wrong | refused | of them exact |"
    )
    print("|---:|---:|---:|---:|---:|---:|")
    for threshold in (0.0, 0.7, 0.8, 0.85, 0.9, 0.92, 0.94, 0.96, 0.97, 0.98, 0.99):
        read = [one for confidence, one in found if confidence >= threshold]
        refused = [one for confidence, one in found if confidence < threshold]
        rate = sum(one.errors for one in read) / max(1, sum(one.characters for one in read))
        bad = sum(one.error_rate > 0.1 for one in read)
        exact = sum(one.exact for one in refused)
        print(
            f"| {threshold} | {len(read)} | {100 * rate:.2f}% | {bad} | {len(refused)} | {exact} |"
        )


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--pages", type=Path, help="folder of real pages to measure on instead")
    parser.add_argument(
        "--generated", type=int, default=15, help="generated lines a typeface and damage"
    )
    parser.add_argument("--seed", type=int, default=SEED, help="of damage and generated lines")
    parser.add_argument("--thresholds", action="store_true", help="choose UNREAD_BELOW")
    parser.add_argument("--no-tesseract", action="store_true")
    arguments = parser.parse_args()
    cv2.setNumThreads(1)
    peer = not arguments.no_tesseract and shutil.which("tesseract") is not None
    recognizer = TibetanRecognizer(OcrOptions(threads=1), unread_below=0.0)
    if arguments.thresholds:
        bench_thresholds(recognizer)
    elif arguments.pages:
        bench_pages(recognizer, arguments.pages, peer)
    else:
        bench_drawn(recognizer, arguments.generated, peer, arguments.seed)
    return 0


if __name__ == "__main__":
    sys.exit(main())
