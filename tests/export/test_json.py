import json
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from ocrpipe.document import Document
from ocrpipe.export import to_json
from tests.export.conftest import block, document, make_filing


def test_round_trip_gives_the_same_bytes(filing: Document) -> None:
    text = to_json(filing)
    again = Document.model_validate_json(text)
    assert again == filing
    assert to_json(again) == text


def test_two_equal_documents_give_the_same_bytes() -> None:
    assert to_json(make_filing()) == to_json(make_filing())


def test_form_of_the_text(filing: Document) -> None:
    text = to_json(filing)
    assert text.endswith("}\n")
    assert '\n  "source": {\n    "name": "年报 2019.pdf"' in text
    assert "\\u" not in text


def test_values_of_the_contract(filing: Document) -> None:
    data = json.loads(to_json(filing), parse_float=Decimal)
    assert data["schema_version"] == "1.0"
    label = next(one for one in data["tables"][1]["cells"] if one["text"] == "三、本年度办理结果")
    assert (label["row"], label["row_span"]) == (2, 3)
    assert [region["page"] for region in label["regions"]] == [1, 2]
    figures = data["report"]["proactive"]["rows"][0]["figures"]
    assert figures["made_this_year"]["value"] == 1024
    assert figures["fee_amount"]["value"] == Decimal("3.5")
    assert figures["in_force"] == {
        "value": None, "raw": "", "state": "absent", "page": None, "bbox": None,
        "confidence": Decimal("0.9"), "trust": "read",
    }  # fmt: skip
    assert data["report"]["issue_date"] == "2020-01-20"


@given(st.text())
def test_any_text_survives(text: str) -> None:
    before = document([block("p1-b1", "text", text)])
    assert Document.model_validate_json(to_json(before).encode("utf-8")) == before
