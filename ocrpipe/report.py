"""Layer 2 of the output contract: an annual report on government information disclosure.

The filing is a 政府信息公开工作年度报告. The keys of rows and columns are fixed by the two
editions of the statutory form; `ocrpipe.disclosure` holds the forms and fills this schema.
"""

from datetime import date
from decimal import Decimal
from functools import cache
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer

from ocrpipe.geometry import Box


def _decimal_to_number(value: int | Decimal | None) -> int | float | None:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


FigureValue = Annotated[
    int | Decimal | None,
    PlainSerializer(_decimal_to_number, return_type=int | float | None, when_used="json"),
]

FigureState = Literal["printed", "blank", "absent", "unread"]
Trust = Literal["confirmed", "read", "doubtful"]
Edition = Literal["2019", "2021"]


class Model(BaseModel):
    """Base of every value of the contract: frozen, and unknown fields are errors."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    def model_post_init(self, context: Any, /) -> None:
        # Pydantic notes for each value which fields it was given. Nobody asks, and these sets were
        # half of the memory that the cells of a long document took: values of a class share one.
        object.__setattr__(self, "__pydantic_fields_set__", _fields_of(type(self)))


@cache
def _fields_of(model: type[BaseModel]) -> set[str]:
    return set(model.model_fields)


class Figure(Model):
    """One figure of a statutory table, with where it stands on the paper."""

    value: FigureValue = Field(description="The number, or null unless state is 'printed'.")
    raw: str = Field(description="The text as printed, for instance '+15' or '1,024'.")
    state: FigureState = Field(
        description="printed: a number stands there; blank: the cell is empty (which is not 0); "
        "absent: the filing has no such cell; unread: there is ink that could not be read."
    )
    page: int | None = Field(default=None, ge=1, description="Page number from 1.")
    bbox: Box | None = Field(
        default=None, description="Cell box in PDF points of the upright page, origin top left."
    )
    confidence: float = Field(ge=0, le=1)
    trust: Trust = Field(
        description="confirmed: checks that involve it hold; read: well read, no check covers it; "
        "doubtful: look at the paper."
    )


class LetterheadLine(Model):
    text: str
    language: str = Field(description="BCP 47: zh-Hans, bo, ...")
    page: int = Field(ge=1)
    bbox: Box | None
    confidence: float = Field(ge=0, le=1)


class Section(Model):
    number: int = Field(ge=1, le=6)
    heading: str
    paragraphs: tuple[str, ...]


class ProactiveRow(Model):
    article: str = Field(description="第二十条第（一）项 and so on, in the form's wording.")
    item: str = Field(
        description="The row's label, for instance 行政许可: in the form's wording where it is a "
        "row of the form, else as printed."
    )
    figures: dict[str, Figure]


class ProactiveDisclosure(Model):
    """Section 二, 主动公开政府信息情况. `rows` is empty where the filing has no such table."""

    rows: tuple[ProactiveRow, ...]


class ApplicationRow(Model):
    key: str = Field(description="The row's key, for instance refused.state_secret.")
    label: str = Field(description="The row's label as printed.")
    figures: dict[str, Figure]


class Applications(Model):
    """Section 三, 收到和处理政府信息公开申请情况, in the form's order."""

    rows: tuple[ApplicationRow, ...]


class Reviews(Model):
    """Section 四, 政府信息公开行政复议、行政诉讼情况: outcome key to figure, by kind of case."""

    reconsideration: dict[str, Figure] = Field(description="行政复议")
    direct_litigation: dict[str, Figure] = Field(description="未经复议直接起诉")
    litigation_after_reconsideration: dict[str, Figure] = Field(description="复议后起诉")


class Check(Model):
    """One arithmetic relation (勾稽关系) that the figures should satisfy."""

    rule: str = Field(description="Name of the rule, for instance applications.balance.")
    scope: str = Field(description="What it was applied to, for instance column natural_person.")
    expected: FigureValue
    actual: FigureValue
    state: Literal["pass", "fail", "unassessable"]
    figures: tuple[str, ...] = Field(
        description="Paths of the figures involved, for instance applications/new/total."
    )


class DisclosureReport(Model):
    """What one filing says, whichever way it was published."""

    edition: Edition | None = Field(
        description="The form printed in section 三, not the year; null where it is not printed."
    )
    letterhead: tuple[LetterheadLine, ...]
    organization: str | None
    document_number: str | None
    signer: str | None
    title: str | None
    year: int | None
    issue_date: date | None
    sections: tuple[Section, ...]
    proactive: ProactiveDisclosure
    applications: Applications
    reviews: Reviews
    checks: tuple[Check, ...]
