"""One case a kind of damage: what is asked of the filing, of the paper, and of the scanner."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any, Literal

from scripts.damage.fax import FaxMode
from scripts.damage.photo import Photo
from scripts.damage.scan import Damage
from scripts.hard_set.filings import Extent, Wish
from scripts.hard_set.plain import PlainKind
from scripts.typeset.rules import RuleStyle

PaperKind = Literal["faint", "dust", "broken-rules", "bleed-through", "uneven-light", "pen-marks"]


@dataclass(frozen=True, slots=True)
class Case:
    """What happens to one document.

    Attributes:
        scan: the scanner; each page gets a seed and a skew of its own.
        skew: the largest skew of a page, in degrees to either side.
        paper: what happens to the sheets before, and with which `parameters`.
        photo, fax: instead of a clean file of the scans.
        seal: whether a red seal lies over figures.
        mixed: whether some pages stay digital.
        plain: a document that is no filing.
        parameters: of the main damage, for the truth.
    """

    scan: Damage
    skew: float = 0.6
    paper: PaperKind | None = None
    photo: Photo | None = None
    fax: FaxMode | None = None
    seal: bool = False
    mixed: bool = False
    plain: PlainKind | None = None
    wish: Wish = field(default_factory=Wish)
    parameters: Mapping[str, Any] = field(default_factory=dict)


def _base(random: Random, dpi: float | None = None) -> Damage:
    """A scanner in good order."""
    return Damage(
        dpi=dpi or random.choice((150.0, 150.0, 200.0)),
        color=random.random() < 0.4,
        noise=random.uniform(1.5, 4),
        blur=random.uniform(0.3, 0.6),
        shade=random.uniform(0, 0.06),
        specks=random.randint(0, 20),
        quality=random.randint(65, 88),
    )


def _resolution(dpi: float) -> Callable[[Random], Case]:
    return lambda random: Case(_base(random, dpi), parameters={"dpi": dpi})


def _jpeg(random: Random) -> Case:
    quality = random.randint(40, 55)
    return Case(replace(_base(random), quality=quality), parameters={"quality": quality})


def _skew(random: Random) -> Case:
    skew = round(random.uniform(2, 5), 2)
    return Case(_base(random), skew=skew, parameters={"largest_skew": skew})


def _photo(curl: bool) -> Callable[[Random], Case]:
    def case(random: Random) -> Case:
        photo = Photo(
            tilt=round(random.uniform(0.01, 0.06), 3),
            turn=round(random.uniform(-4, 4), 2),
            curl=round(random.uniform(0.008, 0.025), 4) if curl else 0.0,
            desk=random.randint(25, 90),
            light=round(random.uniform(0.1, 0.45), 2),
            height=random.choice((1900, 2200, 2600)),
            blur=round(random.uniform(0.4, 1.0), 2),
            noise=round(random.uniform(2, 6), 2),
            quality=random.randint(60, 88),
        )
        scan = Damage(dpi=250, color=True, noise=0, blur=0, shade=0, specks=0)
        told = {
            name: getattr(photo, name)
            for name in ("tilt", "turn", "curl", "light", "height", "blur", "quality")
        }
        return Case(scan, skew=0, photo=photo, parameters=told)

    return case


def _fax(mode: FaxMode) -> Callable[[Random], Case]:
    return lambda random: Case(
        replace(_base(random, 204), color=False), fax=mode, parameters={"mode": mode}
    )


def _paper(kind: PaperKind, **ranges: tuple[float, float]) -> Callable[[Random], Case]:
    def case(random: Random) -> Case:
        told = {name: round(random.uniform(*bounds), 3) for name, bounds in ranges.items()}
        return Case(_base(random), paper=kind, parameters=told)

    return case


def _rules(make: Callable[[Random], RuleStyle]) -> Callable[[Random], Case]:
    def case(random: Random) -> Case:
        rules = make(random)
        told = {name: getattr(rules, name) for name in ("width", "dashes", "doubled", "gap")}
        return Case(_base(random), wish=Wish(rules=rules), parameters=told)

    return case


def _dotted(random: Random) -> RuleStyle:
    dashes = random.choice(("[0.8 1.2] 0", "[0.6 2] 0", "[2 2] 0", "[4 2] 0", "[5 2 1 2] 0"))
    return RuleStyle(width=random.uniform(0.5, 1), dashes=dashes)


def _doubled(random: Random) -> RuleStyle:
    return RuleStyle(
        width=random.uniform(0.4, 0.7),
        doubled=random.choice(("frame", "all")),
        gap=round(random.uniform(1.6, 3), 2),
    )


def _open(random: Random) -> RuleStyle:
    return RuleStyle(width=random.uniform(0.4, 1), sides=False)


def _horizontal(random: Random) -> RuleStyle:
    return RuleStyle(width=random.uniform(0.4, 1), vertical=False)


def _seal(random: Random) -> Case:
    color = random.random() < 0.75
    return Case(replace(_base(random), color=color), seal=True, parameters={"color": color})


def _turned(random: Random) -> Case:
    turn = random.choice((90, 180, 270))
    return Case(replace(_base(random), turn=turn), parameters={"turn": turn})


def _mixed(random: Random) -> Case:
    extents: tuple[Extent, ...] = ("tables", "full")
    return Case(_base(random), mixed=True, wish=Wish(extent=random.choice(extents)))


def _wrong_sums(random: Random) -> Case:
    return Case(_base(random), wish=Wish(wrong_sums=True))


def _plain(kind: PlainKind) -> Callable[[Random], Case]:
    def case(random: Random) -> Case:
        quality = random.randint(45, 85)
        scan = replace(_base(random), quality=quality)
        skew = round(random.uniform(0, 2.5), 2)
        return Case(scan, skew=skew, plain=kind, parameters={"quality": quality})

    return case


FILING_CASES: Mapping[str, Callable[[Random], Case]] = {
    "dpi-100": _resolution(100),
    "photo": _photo(curl=False),
    "faint": _paper("faint", strength=(0.16, 0.4)),
    "dust": _paper("dust", share=(0.15, 0.5)),
    "broken-rules": _paper("broken-rules", share=(0.1, 0.4)),
    "open-sides": _rules(_open),
    "seal": _seal,
    "wrong-sums": _wrong_sums,
    "fax-fine": _fax("fine"),
    "fax-standard": _fax("standard"),
    "photo-curl": _photo(curl=True),
    "dotted-rules": _rules(_dotted),
    "horizontal-rules": _rules(_horizontal),
    "turned": _turned,
    "skew": _skew,
    "jpeg": _jpeg,
    "dpi-150": _resolution(150),
    "dpi-200": _resolution(200),
    "dpi-300": _resolution(300),
    "uneven-light": _paper("uneven-light", depth=(0.35, 0.65)),
    "bleed-through": _paper("bleed-through", strength=(0.1, 0.3)),
    "doubled-rules": _rules(_doubled),
    "mixed": _mixed,
    "pen-marks": _paper("pen-marks", count=(4, 14)),
}
PLAIN_CASES: Mapping[str, Callable[[Random], Case]] = {
    "ruled-table": _plain("ruled-table"),
    "two-tables": _plain("two-tables"),
    "unruled-table": _plain("unruled-table"),
    "no-table": _plain("no-table"),
}
CASES = {**FILING_CASES, **PLAIN_CASES}
# Kinds of which a small document is kept as a test's fixture.
FIXTURE_KINDS = (
    "photo", "fax-fine", "faint", "dust", "broken-rules", "open-sides", "wrong-sums", "seal"
)  # fmt: skip
