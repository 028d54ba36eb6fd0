"""Train the recogniser of printed Tibetan and export it for ONNX Runtime.

    pip install -e '.[train]'
    apt install fonts-noto-core fonts-ddc-uchen fonts-monlam fonts-dzongkha fonts-tibetan-machine
    python -m scripts.train_tibetan --out models/tibetan.onnx

It runs for Config.minutes on the CPU (in bfloat16) or on a GPU where there is one, keeps the best
checkpoint by the validation lines, takes up its work again with --resume, and with --export only
turns the best checkpoint into ONNX.
"""

import argparse
import json
import logging
import math
import multiprocessing
import random
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from types import FrameType

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from ocrpipe.ocr.tibetan.recognizer import prepare
from scripts.tibetan.alphabet import CHARACTERS
from scripts.tibetan.data import (
    Batch,
    Difficulty,
    Sample,
    batches,
    make_sample,
    padded_width,
)
from scripts.tibetan.metrics import Score, score
from scripts.tibetan.model import Recognizer
from scripts.tibetan.typefaces import HELD_OUT, TRAINED, check_shaping

ROOT = Path(__file__).resolve().parent.parent
logger = logging.getLogger("train_tibetan")


@dataclass(frozen=True)
class Config:
    """`minutes` is the time to train; the learning rate and the damage follow the part of it that
    is over. `room` is rows times columns of a batch. `easy` is the part spent on short lines."""

    seed: int = 20261121
    minutes: float = 90.0
    room: int = 12288
    peak_rate: float = 2e-3
    weight_decay: float = 0.01
    warm_up: float = 0.02
    easy: float = 0.08
    validate_every_minutes: float = 10.0
    validation_lines: int = 12
    threads: int = 1


EASY = Difficulty(shortest=2, longest=10, widest=256, strength=0.35)
FULL = Difficulty(shortest=3, longest=40, widest=640, strength=1.0)
ILLEGIBLE = 0.3
"""The loss a character from which a line counts as hardly legible."""


def produce(
    queue: "multiprocessing.Queue[Batch]", config: Config, difficulty: Difficulty, steps: int
) -> None:
    """Fill a queue with batches; runs in a process of its own. A training that is taken up again
    after `steps` sees lines that it has not seen."""
    cv2.setNumThreads(1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Not the trainer's handler: it would wait for a reader that is gone.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    stage = int(difficulty.strength * 100)
    for batch in batches(config.seed + stage + 1000 * steps, TRAINED, difficulty, config.room):
        queue.put(batch)


def stream(config: Config, difficulty: Difficulty, steps: int) -> Iterator[Batch]:
    """Batches made beside the training, in an order that follows from the seed and `steps`."""
    # A child forked beside the threads of torch may wait for a lock that nobody gives back.
    context = multiprocessing.get_context("spawn")
    queue = context.Queue(maxsize=24)
    process = context.Process(target=produce, args=(queue, config, difficulty, steps), daemon=True)
    process.start()
    try:
        while True:
            yield queue.get()
    finally:
        process.terminate()


def learning_rate(config: Config, part: float) -> float:
    """Linear warm-up, then half a cosine down to 0; `part` of the training is over."""
    if part < config.warm_up:
        return config.peak_rate * (0.05 + 0.95 * part / config.warm_up)
    rest = (part - config.warm_up) / (1 - config.warm_up)
    return config.peak_rate * 0.5 * (1 + math.cos(math.pi * min(1.0, rest)))


def validation_samples(config: Config) -> dict[str, list[Sample]]:
    """Lines by typeface, with damage up to that of a poor scan; never the training's lines."""
    samples = {}
    for face in (*TRAINED, *HELD_OUT):
        rng = random.Random(f"{config.seed} validation {face.name}")
        hard = Difficulty(8, 40, 10_000, 0.8)
        samples[face.name] = [
            make_sample(rng, [face], hard) for _ in range(config.validation_lines)
        ]
    return samples


def greedy(logits: Tensor) -> list[str]:
    """The likeliest class of each frame, repetitions and blanks dropped."""
    readings = []
    for row in logits.argmax(dim=2).tolist():
        kept = [index for i, index in enumerate(row) if index and (i == 0 or row[i - 1] != index)]
        readings.append("".join(CHARACTERS[index - 1] for index in kept))
    return readings


def read(network: nn.Module, device: torch.device, samples: Sequence[Sample]) -> list[str]:
    network.eval()
    readings = []
    with torch.no_grad():
        for sample in samples:
            picture = prepare(sample.scan)
            padded: NDArray[np.float32] = np.zeros(
                (1, 1, picture.shape[0], padded_width(picture.shape[1])), dtype=np.float32
            )
            padded[0, 0, :, : picture.shape[1]] = picture
            readings += greedy(network(torch.from_numpy(padded).to(device)))
    network.train()
    return readings


def validate(
    network: nn.Module, device: torch.device, samples: dict[str, list[Sample]]
) -> dict[str, Score]:
    """Scores by typeface."""
    return {
        name: score(
            (sample.text, reading)
            for sample, reading in zip(some, read(network, device, some), strict=True)
        )
        for name, some in samples.items()
    }


def trained_error_rate(scores: dict[str, Score]) -> float:
    """The mean over the typefaces trained on: the held-out one must not choose the checkpoint."""
    rates = [scores[face.name].error_rate for face in TRAINED]
    return sum(rates) / len(rates)


def robust(losses: Tensor) -> Tensor:
    """Losses of which the large ones weigh less: lines that damage has made illegible must not
    drown those that could be read without an error."""
    return ILLEGIBLE * torch.log1p(losses / ILLEGIBLE)


def step(
    network: nn.Module, optimizer: torch.optim.Optimizer, batch: Batch, device: torch.device
) -> float:
    """One step of the optimiser; the loss a character."""
    pictures = torch.from_numpy(batch.pictures).to(device, memory_format=torch.channels_last)
    with torch.autocast(device.type, dtype=torch.bfloat16):
        logits = network(pictures)
    frames = torch.full((logits.shape[0],), logits.shape[1], dtype=torch.long)
    lengths = torch.from_numpy(batch.lengths)
    losses = nn.functional.ctc_loss(
        logits.float().log_softmax(2).permute(1, 0, 2),
        torch.from_numpy(batch.targets),
        frames,
        lengths,
        reduction="none",
        zero_infinity=True,
    )
    loss = robust(losses / lengths.to(losses.device)).mean()
    optimizer.zero_grad(set_to_none=True)
    loss.backward()
    nn.utils.clip_grad_norm_(network.parameters(), 5.0)
    optimizer.step()
    return float(loss.detach())


class Run:
    """A training under way: what a checkpoint holds."""

    def __init__(self, config: Config, work: Path) -> None:
        self.config = config
        self.work = work
        self.device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        network = Recognizer(len(CHARACTERS) + 1).to(self.device)
        self.network = network.to(memory_format=torch.channels_last)
        self.optimizer = torch.optim.AdamW(
            self.network.parameters(), lr=config.peak_rate, weight_decay=config.weight_decay
        )
        self.seconds = 0.0
        self.steps = 0
        self.lines = 0
        self.best = math.inf

    def save(self, name: str) -> None:
        state = {
            "network": self.network.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "seconds": self.seconds,
            "steps": self.steps,
            "lines": self.lines,
            "best": self.best,
            "config": asdict(self.config),
        }
        part = self.work / f"{name}.part"
        torch.save(state, part)
        part.replace(self.work / name)

    def load(self, name: str) -> None:
        state = torch.load(self.work / name, map_location=self.device, weights_only=True)
        self.network.load_state_dict(state["network"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.seconds, self.steps = state["seconds"], state["steps"]
        self.lines, self.best = state["lines"], state["best"]

    def judge(self, samples: dict[str, list[Sample]], loss: float) -> None:
        """Measure, write it to the log, keep the checkpoint, and keep it as the best if it is."""
        scores = validate(self.network, self.device, samples)
        rate = trained_error_rate(scores)
        logger.info(
            "minute %.1f step %d lines %d loss %.4f: mean CER %.3f%%, best %.3f%%",
            self.seconds / 60,
            self.steps,
            self.lines,
            loss,
            100 * rate,
            100 * self.best,
        )
        for name, one in scores.items():
            logger.info("    %-24s %s", name, one)
        if rate <= self.best:
            self.best = rate
            self.save("best.pt")
        self.save("last.pt")

    def train(self) -> None:
        samples = validation_samples(self.config)
        budget = 60 * self.config.minutes
        judged = self.seconds
        for difficulty, end in ((EASY, self.config.easy), (FULL, 1.0)):
            if self.seconds >= end * budget:
                continue
            loss = 0.0
            source = stream(self.config, difficulty, self.steps)
            clock = time.monotonic()
            for batch in source:
                rate = learning_rate(self.config, self.seconds / budget)
                for group in self.optimizer.param_groups:
                    group["lr"] = rate
                value = step(self.network, self.optimizer, batch, self.device)
                loss = 0.98 * loss + 0.02 * value if loss else value
                self.steps += 1
                self.lines += len(batch.lengths)
                now = time.monotonic()
                self.seconds += now - clock
                clock = now
                if self.steps % 100 == 0:
                    logger.info(
                        "step %d lines %d minute %.1f loss %.4f rate %.5f",
                        self.steps,
                        self.lines,
                        self.seconds / 60,
                        loss,
                        rate,
                    )
                if self.seconds - judged > 60 * self.config.validate_every_minutes:
                    self.judge(samples, loss)
                    judged = self.seconds
                    clock = time.monotonic()
                if self.seconds >= end * budget:
                    break
            source.close()  # type: ignore[attr-defined]
            self.judge(samples, loss)


def export(work: Path, out: Path, others: Sequence[Path]) -> None:
    """The best checkpoint, or the mean of it and others, as ONNX: pictures in, probabilities out,
    weights kept as float16.

    Checkpoints of one training lie in one valley of the loss, and their mean nearer to its floor
    (Izmailov et al., Averaging weights leads to wider optima and better generalization, 2018).
    """
    from scripts.tibetan.export import export_onnx

    states = [
        torch.load(path, map_location="cpu", weights_only=True)["network"]
        for path in (work / "best.pt", *others)
    ]
    network = Recognizer(len(CHARACTERS) + 1)
    network.load_state_dict(mean_of(states))
    difference = export_onnx(network, out)
    logger.info(
        "%s: %d bytes, differs from torch by %.2g at most", out, out.stat().st_size, difference
    )


def mean_of(states: Sequence[dict[str, Tensor]]) -> dict[str, Tensor]:
    """The mean of each weight; counters, which are no weights, as in the first."""
    return {
        name: torch.stack([state[name] for state in states]).mean(dim=0)
        if first.is_floating_point()
        else first
        for name, first in states[0].items()
    }


def stop(signal_number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--work", type=Path, default=Path("train-tibetan"), help="checkpoints, log")
    parser.add_argument("--out", type=Path, default=ROOT / "models" / "tibetan.onnx")
    parser.add_argument("--minutes", type=float, default=Config.minutes)
    parser.add_argument("--peak-rate", type=float, default=Config.peak_rate)
    parser.add_argument("--resume", action="store_true", help="go on from the last checkpoint")
    parser.add_argument("--export", action="store_true", help="only export the best checkpoint")
    parser.add_argument(
        "--average",
        type=Path,
        nargs="*",
        default=[],
        help="checkpoints to export the mean of, with the best one",
    )
    arguments = parser.parse_args()
    arguments.work.mkdir(parents=True, exist_ok=True)
    logging.basicConfig(
        level=logging.INFO,
        format="%(asctime)s %(message)s",
        handlers=[logging.StreamHandler(), logging.FileHandler(arguments.work / "log.txt")],
    )
    if not arguments.export:
        config = Config(minutes=arguments.minutes, peak_rate=arguments.peak_rate)
        check_shaping()
        torch.manual_seed(config.seed)
        torch.set_num_threads(config.threads)
        signal.signal(signal.SIGTERM, stop)
        run = Run(config, arguments.work)
        if arguments.resume:
            run.load("last.pt")
        logger.info("%s on %s", json.dumps(asdict(config)), run.device)
        run.train()
    export(arguments.work, arguments.out, arguments.average)
    return 0


if __name__ == "__main__":
    sys.exit(main())
