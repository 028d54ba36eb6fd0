"""Rows of section 三 by their labels, in the form's order."""

from ocrpipe.disclosure.applications.rows import match_rows, table_rows
from ocrpipe.disclosure.grid import view_table
from tests.disclosure import forms


def test_rows_that_a_filing_prints_in_another_order_are_doubted() -> None:
    figures = {key: [str(number)] * 7 for number, key in enumerate(forms.row_keys("2021"))}
    rows = forms.applications_rows("2021", figures)
    first = next(index for index, row in enumerate(rows) if row[0].text.startswith("一、"))
    rows[first], rows[first + 1] = rows[first + 1], rows[first]
    found = match_rows(table_rows(view_table(forms.make_table(rows))))
    # 一 and 二 add up to the same in either order: no sum would tell.
    assert [row.key for row in found if row.doubt] == ["new", "carried_over"]
