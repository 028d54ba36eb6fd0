"""Tables beside other tools: truths and answers in their own shapes, and the scores of both."""

import json
import subprocess
import sys
from pathlib import Path

import pymupdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocrpipe.document import Table
from ocrpipe.evaluate.gold import GoldTable
from scripts.table_bench.documents import has_text, sample
from scripts.table_bench.grids import (
    GridCell,
    cells_from_slots,
    table_from_cells,
    tables_from_answer,
    tables_from_html,
)
from scripts.table_bench.results import compare, faults, mean_rows, row
from scripts.table_bench.tools import Reading, read_with_peer, reading_from_answer
from scripts.table_bench.truths import (
    Case,
    from_grids,
    from_html,
    from_icdar2013,
    from_truths,
)

HEADED = [
    GridCell(0, 0, 2, 1, "item"),
    GridCell(0, 1, 1, 2, "year"),
    GridCell(1, 1, 1, 1, "2023"),
    GridCell(1, 2, 1, 1, "2024"),
]
"""item | year, which stands over 2023 and 2024."""


def places(table: Table | None) -> list[GridCell]:
    assert table is not None
    return [
        GridCell(cell.row, cell.col, cell.row_span, cell.col_span, cell.text)
        for cell in table.cells
    ]


def pdf(path: Path, *texts: str) -> Path:
    with pymupdf.open() as document:
        for text in texts:
            document.new_page(width=200, height=100).insert_text((20, 50), text)
        document.save(path)
    return path


def test_slots_that_no_cell_covers_are_blank() -> None:
    table = table_from_cells([GridCell(0, 0, 1, 2, "head"), GridCell(1, 1, 1, 1, "2")], "t1")
    assert places(table)[1:] == [GridCell(1, 0, 1, 1, ""), GridCell(1, 1, 1, 1, "2")]
    assert [cell.state for cell in table.cells] == ["printed", "blank", "printed"]


def test_cells_that_share_a_slot_are_no_table() -> None:
    with pytest.raises(ValueError, match="two cells"):
        table_from_cells([GridCell(0, 0, 2, 1, "a"), GridCell(1, 0, 1, 1, "b")], "t1")


@given(st.data())
def test_slots_with_repeated_boxes_are_the_merged_cells(data: st.DataObject) -> None:
    rows = data.draw(st.integers(1, 5))
    columns = data.draw(st.integers(1, 5))
    top, left = data.draw(st.integers(0, rows - 1)), data.draw(st.integers(0, columns - 1))
    height = data.draw(st.integers(1, rows - top))
    width = data.draw(st.integers(1, columns - left))

    def box(row: int, col: int) -> list[int]:
        if top <= row < top + height and left <= col < left + width:
            return [left, top, left + width, top + height]
        return [col, row, col + 1, row + 1]

    slots = [[{"box": box(row, col), "text": "1"} for col in range(columns)] for row in range(rows)]
    cells = cells_from_slots(slots)
    assert GridCell(top, left, height, width, "1") in cells
    assert len(cells) == rows * columns - height * width + 1
    table_from_cells(cells, "t1")


def test_a_box_in_slots_that_are_no_rectangle_is_a_cell_a_row() -> None:
    angle, other = {"box": [0, 0, 9, 9], "text": "a"}, {"box": [1, 1, 2, 2], "text": None}
    cells = cells_from_slots([[angle, angle], [angle, other]])
    assert sorted(cells) == [
        GridCell(0, 0, 1, 2, "a"),
        GridCell(1, 0, 1, 1, "a"),
        GridCell(1, 1, 1, 1, ""),
    ]


def test_answers_have_html_slots_or_rows() -> None:
    html = "<table><tr><th rowspan='2'>item</th><th colspan=2>year</th></tr><tr><td>2023<td>2024"
    rows = [["a", None], ["1", "2"]]
    found = tables_from_answer(
        [{"page": 1, "html": html}, {"page": 2, "rows": rows}, {"page": 2, "rows": []}]
    )
    assert places(found[0]) == HEADED
    assert [cell.text for cell in found[1].cells] == ["a", "", "1", "2"]
    assert len(found) == 2


def test_html_without_a_table_has_none() -> None:
    assert tables_from_html("  ") == tables_from_html("<p>text</p>") == ()


def test_truths_of_fixtures_leave_out_web_pages(tmp_path: Path) -> None:
    cell = {"row": 0, "col": 0, "text": "1"}
    truth = {"tables": [{"id": "t1", "n_rows": 1, "n_cols": 1, "cells": [cell]}]}
    for name in ("a.pdf", "b.html"):
        (tmp_path / name).touch()
        (tmp_path / f"{name}.truth.json").write_text(json.dumps(truth), "utf-8")
    (case,) = from_truths(tmp_path)
    assert (case.name, case.tables[0].cells[0].text) == ("a.pdf", "1")


def test_grids_are_cases_by_page_and_trusted_ones_alone(tmp_path: Path) -> None:
    cell = {"row": 0, "col": 0, "rowspan": 1, "colspan": 2, "text": "a"}
    tables = [
        {"page": page, "trusted": trusted, "cells": [cell]}
        for page, trusted in ((2, True), (3, True), (3, False), (5, True), (5, True))
    ]
    (tmp_path / "b.json").write_text(json.dumps({"tables": tables}), "utf-8")
    (tmp_path / "b.pdf").touch()
    (tmp_path / "other.json").write_text("[]", "utf-8")
    cases = list(from_grids(tmp_path))
    assert [(case.name, len(case.tables)) for case in cases] == [
        ("b.pdf p. 2", 1),
        ("b.pdf p. 5", 2),
    ]
    assert cases[0].tables[0].cells[0].col_span == 2


def test_icdar_cells_are_moved_by_their_region(tmp_path: Path) -> None:
    (tmp_path / "us.pdf").touch()
    (tmp_path / "us-str.xml").write_text(
        """<document><table id='1'>
        <region page='1' col-increment='0' row-increment='-1'>
          <cell start-row='1' start-col='0' end-row='2'><content>item</content></cell>
          <cell start-row='1' start-col='1' end-col='2'><content>year</content></cell>
        </region>
        <region page='1' col-increment='1' row-increment='1'>
          <cell start-row='0' start-col='1'><content>2024</content></cell>
        </region>
        </table></document>""",
        "utf-8",
    )
    (case,) = from_icdar2013(tmp_path)
    found = [(cell.row, cell.col, cell.row_span, cell.col_span) for cell in case.tables[0].cells]
    assert found == [(0, 0, 2, 1), (0, 1, 1, 2), (1, 1, 1, 1), (1, 2, 1, 1)]
    assert [cell.text for cell in case.tables[0].cells] == ["item", "year", "", "2024"]


def test_html_truths_name_their_picture(tmp_path: Path) -> None:
    for name in ("scan.png", "page.html"):
        (tmp_path / name).touch()
    (tmp_path / "scan.png.checked.html").write_text("<table><tr><td>1</table>", "utf-8")
    (case,) = from_html(tmp_path)
    assert (case.path.name, len(case.tables)) == ("scan.png", 1)


def test_a_page_is_cut_out_and_turned_into_a_picture(tmp_path: Path) -> None:
    case = Case(pdf(tmp_path / "a.pdf", "first", "second"), (), 2)
    assert has_text(case)
    plain, picture = sample(case, None, tmp_path), sample(case, 150, tmp_path)
    assert picture.name == "a.pdf p. 2 @ 150"
    assert plain.key != picture.key
    with pymupdf.open(plain.path) as document:
        assert [page.get_text().strip() for page in document] == ["second"]
    with pymupdf.open(picture.path) as document:
        (page,) = document
        assert not page.get_text().strip()
        assert page.get_images()[0][2:4] == (417, 209)  # Rounded outwards.


def test_a_file_that_needs_nothing_is_given_as_it_is(tmp_path: Path) -> None:
    case = Case(pdf(tmp_path / "a.pdf", ""), ())
    assert not has_text(case)
    assert sample(case, None, tmp_path).path == case.path


def test_scores_count_tables_that_are_missing_or_too_many(tmp_path: Path) -> None:
    gold = table_from_cells(HEADED, "t1")
    case = Case(pdf(tmp_path / "a.pdf", ""), (GoldTable.model_validate(gold),))
    chosen = sample(case, None, tmp_path)
    wrong = table_from_cells([*HEADED[:3], GridCell(1, 2, 1, 1, "2O24")], "t1")
    extra = table_from_cells([GridCell(row, 0, 1, 1, "x") for row in range(4)], "t2")
    right = compare(chosen, Reading("a", (gold,)), None)
    worse = compare(chosen, Reading("b", (wrong, extra)), None)
    none = compare(chosen, Reading("c", error="broken"), None)
    assert (right.cell_f1, right.counts.exact) == (1.0, 1)
    assert worse.cell_f1 == pytest.approx(2 * 3 / (4 + 8))
    assert none.cell_f1 == 0.0
    assert row("a.pdf", (right, none)) == "| a.pdf | 1.000 – – 1/1 | 0.000 – – 0/1 failed |"
    (mean,) = mean_rows({"all": [{"a": right}, {"a": worse}]}, ["a"])
    assert mean == "| all: 2 | 0.750 – – 1/2 |"
    assert list(faults(worse))[1] == "  text (1, 2, 1, 1): '2024', read '2O24'"


def test_a_tool_that_fails_on_a_file_has_no_tables_there() -> None:
    reading = reading_from_answer({"file": "a", "tool": "peer 1", "error": "ValueError: no"})
    assert reading == Reading("peer 1", (), "ValueError: no")


def test_what_a_tool_prints_does_not_reach_the_answers() -> None:
    program = """
import os
from scripts.peers.answers import write_answers

def read(path):
    print("working")
    os.write(1, b"from C")
    if path == "b":
        raise ValueError("broken")
    return [{"page": 1, "rows": [["甲"]]}]

write_answers(lambda: ("peer 1", read))
"""
    done = subprocess.run(
        [sys.executable, "-c", program, "a", "b"],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )
    first, second = (reading_from_answer(json.loads(line)) for line in done.stdout.splitlines())
    assert [cell.text for cell in first.tables[0].cells] == ["甲"]
    assert second == Reading("peer 1", (), "ValueError: broken")


def fake_python(folder: Path, last: str) -> str:
    """Answers for every file it is asked about until one is named `last`."""
    path = folder / "python"
    path.write_text(
        f"""#!/bin/sh
shift 2
for file; do
    case "$file" in *{last}) exit 3;; esac
    echo '{{"tool": "peer 1", "tables": [{{"page": 1, "rows": [["1"]]}}]}}'
done
"""
    )
    path.chmod(0o755)
    return str(path)


def test_what_a_tool_read_is_kept(tmp_path: Path) -> None:
    case = Case(pdf(tmp_path / "a.pdf", "text"), ())
    samples = [sample(case, dpi, tmp_path) for dpi in (None, 72)]
    python = fake_python(tmp_path, "nothing")
    read = read_with_peer("img2table", samples, python, tmp_path)
    assert [len(read[chosen.key].tables) for chosen in samples] == [1, 1]
    Path(python).unlink()
    assert read_with_peer("img2table", samples, python, tmp_path) == read


def test_a_tool_that_ends_early_is_named(tmp_path: Path) -> None:
    case = Case(pdf(tmp_path / "last.pdf", "text"), ())
    samples = [sample(case, dpi, tmp_path) for dpi in (72, None)]
    with pytest.raises(RuntimeError, match="1 of 2 files and ended with 3"):
        read_with_peer("img2table", samples, fake_python(tmp_path, "last.pdf"), tmp_path)
