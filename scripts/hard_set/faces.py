"""Typefaces, measures and rules of a random document."""

from dataclasses import dataclass
from random import Random

from scripts.typeset.page import PAGE_HEIGHT, PAGE_WIDTH, Style
from scripts.typeset.text import Face

# 宋, 仿宋 (no free one: a light 宋 stands for it), 黑, 楷.
CHINESE = (
    "song", "uming", "serif", "serif-light", "hei", "microhei", "sans", "kai", "ukai", "droid",
)  # fmt: skip
# Noto's outlines cannot be embedded in a digital page; see scripts.typeset.fonts.
EMBEDDABLE = ("song", "hei", "kai", "droid")
LANDSCAPE = (PAGE_HEIGHT, PAGE_WIDTH)


@dataclass(frozen=True, slots=True)
class Look:
    """The style of a document and the names of its typefaces, which the truth tells."""

    style: Style
    chinese: str
    latin: str | None


def random_look(random: Random, *, embeddable: bool = False, landscape: bool = False) -> Look:
    """A typeface, sizes and margins as offices use them."""
    chinese = random.choice(EMBEDDABLE if embeddable else CHINESE)
    latin = random.choice(("times", "times", "times", "helvetica", None, None))
    body = Face(chinese, latin)
    heading = Face(random.choice((chinese, "hei")), latin)
    size = random.choice((12.0, 14.0, 15.0, 16.0))
    table_size = random.choice((8.0, 9.0, 9.0, 10.5, 10.5, 10.5, 12.0))
    side = random.uniform(36, 80)
    style = Style(
        body=body,
        heading=heading,
        title=heading,
        size=size,
        pitch=size * random.uniform(1.5, 1.9),
        title_size=random.choice((18.0, 20.0, 22.0)),
        table_size=table_size,
        table_padding=random.uniform(2.0, 4.0),
        row_height=table_size * random.uniform(1.6, 2.6),
        rule_width=random.choice((0.35, 0.5, 0.5, 0.75, 1.0)),
        margins=(
            side, random.uniform(50, 95), side * random.uniform(0.9, 1.1), random.uniform(70, 90)
        ),
        page_number=random.choice(("- {} -", "— {} —", "{}", "第 {} 页")),
        page_size=LANDSCAPE if landscape else (PAGE_WIDTH, PAGE_HEIGHT),
    )  # fmt: skip
    return Look(style, chinese, latin)
