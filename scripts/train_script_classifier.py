"""Train the classifier that tells Tibetan lines from Chinese ones, and measure it.

    python -m scripts.train_script_classifier models/script-classifier.npz

It draws lines of random Chinese and random Tibetan syllables in the fonts of this machine (Debian:
fonts-arphic-*, fonts-noto-cjk, fonts-wqy-*, fonts-dejavu, fonts-noto, fonts-tibetan-machine,
fonts-ddc-uchen, fonts-monlam), damages them as scanning does, and trains a perceptron with one
hidden layer by Adam. One typeface of each script is kept out of training; the report is on those.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from ocrpipe.ocr.lines.scripts import line_features

Floats = NDArray[np.float32]
Pixels = NDArray[np.uint8]
Array = NDArray[np.float64] | NDArray[np.float32]

_FONTS = Path("/usr/share/fonts")
_HAN_FONTS = (
    "truetype/arphic/uming.ttc", "truetype/arphic/ukai.ttc",
    "truetype/arphic-gkai00mp/gkai00mp.ttf",
    "opentype/noto/NotoSerifCJK-Regular.ttc", "opentype/noto/NotoSerifCJK-Bold.ttc",
    "opentype/noto/NotoSansCJK-Regular.ttc", "opentype/noto/NotoSansCJK-Black.ttc",
    "truetype/wqy/wqy-zenhei.ttc",
)  # fmt: skip
_LATIN_FONTS = (
    "truetype/dejavu/DejaVuSerif.ttf", "truetype/dejavu/DejaVuSans.ttf",
    "truetype/dejavu/DejaVuSans-Bold.ttf",
)  # fmt: skip
_TIBETAN_FONTS = (
    "truetype/noto/NotoSerifTibetan-Regular.ttf", "truetype/noto/NotoSerifTibetan-Bold.ttf",
    "truetype/tibetan-machine/TibetanMachineUni.ttf", "truetype/tibetan/Monlam Uni OuChan1.ttf",
    "truetype/tibetan/Monlam Uni OuChan2.ttf", "truetype/tibetan/Monlam Uni OuChan4.ttf",
    "truetype/tibetan/Monlam Uni OuChan5.ttf", "truetype/tibetan/Monlam Uni Sans Serif.ttf",
    "truetype/tibetan/Monlam Uni Chouk.ttf",
)  # fmt: skip
_HELD_OUT_HAN = ("truetype/arphic-gbsn00lp/gbsn00lp.ttf", "truetype/wqy/wqy-microhei.ttc")
_HELD_OUT_TIBETAN = ("truetype/tibetan/DDC_Uchen.ttf", "truetype/tibetan/Monlam Uni OuChan3.ttf")

_COMMON_HAN = [
    bytes((row, cell)).decode("gb2312", "ignore")
    for row in range(0xB0, 0xD8)
    for cell in range(0xA1, 0xFF)
]
_COMMON_HAN = [character for character in _COMMON_HAN if character]
_ROOTS = "ཀཁགངཅཆཇཉཏཐདནཔཕབམཙཚཛཝཞཟའཡརལཤསཧཨ"
_AMONG_HAN = "，。、；：（）《》“”〔〕一二三四十0123456789—"
_LATIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def tibetan_text(rng: np.random.Generator) -> str:
    """Random syllables of the shape prefix, stack, vowel, suffixes, with tsheg and shad."""
    syllables = [_syllable(rng) for _ in range(int(rng.integers(1, 16)))]
    text = "་".join(syllables)
    return text + str(rng.choice(["་", "།", "", "། །"]))


def _syllable(rng: np.random.Generator) -> str:
    def some(share: float, choices: str) -> str:
        return str(rng.choice(list(choices))) if rng.random() < share else ""

    root = str(rng.choice(list(_ROOTS)))
    head = some(0.25, "རལས")
    if head:
        root = head + chr(ord(root) + 0x50) if root not in "འཨ" else root
    return "".join(
        (
            some(0.25, "གདབམའ"), root, some(0.25, "ྱྲླྭ"), some(0.6, "ིེོུ"),
            some(0.5, "གངདནབམའརལས"), some(0.12, "སད"),
        )
    )  # fmt: skip


def han_text(rng: np.random.Generator) -> str:
    """Random Chinese, with figures, Latin letters and punctuation, or those alone."""
    kind = rng.random()
    length = int(rng.choice([1, 2, 3, 4, 6, 10, 18, 30]))
    if kind < 0.12:
        return "".join(rng.choice(list("0123456789.,-+%/年月日"), length))
    if kind < 0.22:
        words = ["".join(rng.choice(list(_LATIN), int(rng.integers(1, 9)))) for _ in range(length)]
        return " ".join(words)[:40]
    if kind < 0.3:
        # Page numbers between dashes have a head line of a kind.
        dash, number = str(rng.choice(["—", "-", "–", "一", "——"])), int(rng.integers(1, 400))
        return str(rng.choice([f"{dash}{number}{dash}", f"{dash} {number} {dash}"]))
    characters = list(rng.choice(_COMMON_HAN, length))
    for index in range(length):
        if rng.random() < 0.12:
            characters[index] = str(
                rng.choice(list("，。、；：（）《》“”〔〕一二三四十0123456789—"))
            )
    return "".join(characters)


def draw(text: str, font: str, size: int) -> Pixels:
    """A line of text, black on white, drawn at four times its size and reduced."""
    face = ImageFont.truetype(str(_FONTS / font), size * 3)
    left, top, right, bottom = (int(value) for value in face.getbbox(text))
    picture = Image.new("L", (right - left + 24, bottom - top + 24), 255)
    ImageDraw.Draw(picture).text((12 - left, 12 - top), text, font=face, fill=0)
    grey = np.asarray(picture)
    shape = (max(8, grey.shape[1] // 3), max(8, grey.shape[0] // 3))
    return np.asarray(cv2.resize(grey, shape, interpolation=cv2.INTER_AREA), dtype=np.uint8)


def damage(grey: Pixels, rng: np.random.Generator) -> Pixels:
    """Slant, margins, blur, faint or red ink, grain and JPEG, each as often absent."""
    height, width = grey.shape
    above, below, left, right = (int(rng.integers(0, max(2, height // 4))) for _ in range(4))
    grey = np.pad(grey, ((above, below), (left, right)), constant_values=255)
    angle = float(rng.normal(0, 0.5)) * min(1.0, 8 * height / width)
    center = (grey.shape[1] / 2, grey.shape[0] / 2)
    matrix = cv2.getRotationMatrix2D(center, angle, 1)
    moved = cv2.warpAffine(grey, matrix, grey.shape[::-1], borderValue=(255,))
    if rng.random() < 0.2:
        kernel = np.ones((2, 2), np.uint8)
        moved = cv2.erode(moved, kernel) if rng.random() < 0.6 else cv2.dilate(moved, kernel)
    if rng.random() < 0.6:
        moved = cv2.GaussianBlur(moved, (0, 0), float(rng.uniform(0.3, 1.3)))
    ink, paper = float(rng.uniform(0, 150)), float(rng.uniform(200, 255))
    turned = ink + (paper - ink) * np.asarray(moved, dtype=np.float64) / 255
    if rng.random() < 0.6:
        turned = turned + rng.normal(0, float(rng.uniform(1, 12)), turned.shape)
    if rng.random() < 0.1:
        turned = np.where(turned < float(rng.uniform(120, 200)), 0, 255)
    picture = np.clip(turned, 0, 255).astype(np.uint8)
    if rng.random() < 0.6:
        quality = [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(35, 95))]
        coded = cv2.imencode(".jpg", picture, quality)[1]
        picture = np.asarray(cv2.imdecode(coded, cv2.IMREAD_GRAYSCALE), dtype=np.uint8)
    return picture


def lines(
    count: int, han: Sequence[str], tibetan: Sequence[str], rng: np.random.Generator
) -> Iterator[tuple[Floats, float]]:
    """Features and label (1 for Tibetan) of `count` random lines."""
    made = 0
    while made < count:
        is_tibetan = bool(rng.random() < 0.4)
        text = tibetan_text(rng) if is_tibetan else han_text(rng)
        font = str(rng.choice(list(tibetan if is_tibetan else han)))
        found = line_features(damage(draw(text, font, int(rng.integers(12, 44))), rng))
        if found is not None:
            yield found, float(is_tibetan)
            made += 1


def train(features: Floats, labels: Floats, rng: np.random.Generator) -> dict[str, Array]:
    """A perceptron with one hidden layer by Adam (Kingma and Ba, ICLR 2015)."""
    mean, scale = features.mean(axis=0), features.std(axis=0) + 1e-3
    inputs = (features - mean) / scale
    hidden = 48
    weights: dict[str, Array] = {
        "w1": rng.normal(0, (2 / inputs.shape[1]) ** 0.5, (inputs.shape[1], hidden)),
        "b1": np.zeros(hidden),
        "w2": rng.normal(0, (2 / hidden) ** 0.5, (hidden, 1)),
        "b2": np.zeros(1),
    }
    first = {name: np.zeros_like(value) for name, value in weights.items()}
    second = {name: np.zeros_like(value) for name, value in weights.items()}
    steps = 10000
    for step in range(1, steps + 1):
        rows = rng.integers(0, len(inputs), 256)
        gradients = _gradients(weights, inputs[rows], labels[rows])
        rate = 2e-3 * (1 - step / steps) + 1e-5
        for name, gradient in gradients.items():
            first[name] = 0.9 * first[name] + 0.1 * gradient
            second[name] = 0.999 * second[name] + 0.001 * gradient**2
            step_size = first[name] / (1 - 0.9**step)
            weights[name] -= rate * step_size / (np.sqrt(second[name] / (1 - 0.999**step)) + 1e-8)
    everything = {**weights, "mean": mean, "scale": scale}
    return {name: np.asarray(value, dtype=np.float32) for name, value in everything.items()}


def _gradients(weights: dict[str, Array], inputs: Floats, labels: Floats) -> dict[str, Array]:
    before = inputs @ weights["w1"] + weights["b1"]
    hidden = np.maximum(before, 0)
    probability = 1 / (1 + np.exp(-(hidden @ weights["w2"] + weights["b2"])[:, 0]))
    error = ((probability - labels) / len(labels))[:, None]
    back = (error @ weights["w2"].T) * (before > 0)
    decay = 1e-4
    return {
        "w1": inputs.T @ back + decay * weights["w1"],
        "b1": back.sum(axis=0),
        "w2": hidden.T @ error + decay * weights["w2"],
        "b2": error.sum(axis=0),
    }


def probabilities(weights: dict[str, Array], features: Floats) -> Floats:
    inputs = (features - weights["mean"]) / weights["scale"]
    hidden = np.maximum(inputs @ weights["w1"] + weights["b1"], 0)
    return np.asarray(1 / (1 + np.exp(-(hidden @ weights["w2"] + weights["b2"])[:, 0])))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("output", type=Path)
    parser.add_argument("--lines", type=int, default=30000)
    arguments = parser.parse_args()
    rng = np.random.default_rng(20190407)
    samples = list(lines(arguments.lines, (*_HAN_FONTS, *_LATIN_FONTS), _TIBETAN_FONTS, rng))
    features, labels = (np.array(column) for column in zip(*samples, strict=True))
    weights = train(features, labels, rng)
    np.savez(arguments.output, **weights)  # type: ignore[arg-type]

    samples = list(lines(8000, _HELD_OUT_HAN, _HELD_OUT_TIBETAN, rng))
    features, labels = (np.array(column) for column in zip(*samples, strict=True))
    found = probabilities(weights, features)
    for threshold in (0.5, 0.9):
        false = int(((found >= threshold) & (labels == 0)).sum())
        recall = float((found >= threshold)[labels == 1].mean())
        print(
            f"threshold {threshold}: {false} of {int((labels == 0).sum())} Chinese lines taken for "
            f"Tibetan, {recall:.4f} of {int((labels == 1).sum())} Tibetan lines found"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
