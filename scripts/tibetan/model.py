"""The network: convolutions to a row of columns, then a classifier of two frames a column.

A convolutional CTC recogniser (as in Ingle et al., A scalable handwritten text recognition system,
ICDAR 2019, without its recurrent variant). The features have a stride of 4 pixels; a stack of
three or four code points is one letter wide, so each column gives two frames, a stride of 2.
"""

import torch
from torch import Tensor, nn


def _convolution(inputs: int, outputs: int, stride: tuple[int, int] = (1, 1)) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False), nn.BatchNorm2d(outputs), nn.ReLU()
    )


class Residual(nn.Module):
    """Two convolutions added to what came in."""

    def __init__(self, channels: int, kernel: tuple[int, int] = (3, 3)) -> None:
        super().__init__()
        padding = (kernel[0] // 2, kernel[1] // 2)
        self.body = nn.Sequential(
            nn.Conv2d(channels, channels, kernel, padding=padding, bias=False),
            nn.BatchNorm2d(channels),
            nn.ReLU(),
            nn.Conv2d(channels, channels, kernel, padding=padding, bias=False),
            nn.BatchNorm2d(channels),
        )

    def forward(self, features: Tensor) -> Tensor:
        return torch.relu(features + self.body(features))


class Recognizer(nn.Module):
    """(B, 1, 48, W) of ink, W a multiple of 4, to logits (B, W / 2, classes)."""

    def __init__(self, classes: int) -> None:
        super().__init__()
        self.classes = classes
        self.features = nn.Sequential(
            _convolution(1, 32, (2, 2)),
            _convolution(32, 64, (2, 2)),
            Residual(64),
            _convolution(64, 128, (2, 1)),
            Residual(128),
            _convolution(128, 192, (2, 1)),
            Residual(192),
            nn.Conv2d(192, 256, (3, 1), bias=False),
            nn.BatchNorm2d(256),
            nn.ReLU(),
            Residual(256, (1, 5)),
            Residual(256, (1, 5)),
        )
        self.drop = nn.Dropout(0.1)
        self.classifier = nn.Conv2d(256, 2 * classes, 1)

    def forward(self, pictures: Tensor) -> Tensor:
        columns = self.classifier(self.drop(self.features(pictures))).squeeze(2)
        batch, _, width = columns.shape
        frames = columns.reshape(batch, 2, self.classes, width).permute(0, 3, 1, 2)
        return frames.reshape(batch, 2 * width, self.classes)
