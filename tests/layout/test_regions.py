from hypothesis import given
from hypothesis import strategies as st

from ocrpipe.geometry import Box
from ocrpipe.layout.regions import find_regions
from ocrpipe.page import GridCell, Region, TableGrid

TABLE = Box(70, 200, 520, 500)
GRID = TableGrid(TABLE, 1, 1, (GridCell(0, 0, 1, 1, TABLE),))


def kinds(regions: tuple[Region, ...]) -> list[tuple[str, Box]]:
    return [(region.kind, region.box) for region in regions]


def test_a_grid_is_a_table_whatever_the_model_calls_it() -> None:
    for kind in ("figure", "table", "text", "title"):
        detected = [Region(kind, TABLE.padded(-5), 0.9)]
        assert find_regions(detected, [GRID], [], 595, 842) == (Region("table", TABLE, 1.0),)


def test_a_table_of_the_model_around_several_grids_gives_way() -> None:
    upper, lower = Box(70, 200, 520, 300), Box(70, 310, 520, 500)
    grids = [TableGrid(box, 1, 1, (GridCell(0, 0, 1, 1, box),)) for box in (lower, upper)]
    found = find_regions([Region("table", TABLE, 0.9)], grids, [], 595, 842)
    assert kinds(found) == [("table", upper), ("table", lower)]


def test_shade_around_the_foot_of_a_table_is_no_figure_and_a_picture_below_it_is_one() -> None:
    shade = Region("figure", Box(0, 410, 595, 842), 0.5)
    assert kinds(find_regions([shade], [GRID], [], 595, 842)) == [("table", TABLE)]
    picture = Region("figure", Box(70, 490, 520, 800), 0.5)
    found = find_regions([picture], [GRID], [], 595, 842)
    assert kinds(found) == [("table", TABLE), ("figure", picture.box)]


def test_text_around_a_grid_stays() -> None:
    text = Region("text", Box(70, 100, 520, 190), 0.9)
    found = find_regions([text], [GRID], [], 595, 842)
    assert kinds(found) == [("text", text.box), ("table", TABLE)]


def test_a_seal_is_no_figure() -> None:
    seal = Region("seal", Box(380, 600, 500, 720), 0.9)
    figure = Region("figure", Box(375, 595, 505, 725), 0.8)
    assert find_regions([figure], [], [seal], 595, 842) == (seal,)


def test_what_the_model_found_twice_is_there_once() -> None:
    found = find_regions(
        [Region("text", Box(70, 100, 520, 190), 0.6), Region("title", Box(72, 98, 518, 188), 0.9)],
        [], [], 595, 842,
    )  # fmt: skip
    assert [region.kind for region in found] == ["title"]


def test_overlapping_tables_of_the_model_are_one() -> None:
    upper = Region("table", Box(70, 200, 520, 360), 0.7)
    lower = Region("table", Box(70, 340, 520, 500), 0.9)
    assert find_regions([upper, lower], [], [], 595, 842) == (Region("table", TABLE, 0.9),)


@given(
    st.lists(
        st.builds(
            lambda x, y, width, height: Box(x, y, x + width, y + height),
            st.floats(-50, 500), st.floats(-50, 800), st.floats(1, 400), st.floats(1, 400),
        ),
        max_size=8,
    )
)  # fmt: skip
def test_regions_stay_on_the_page_and_grids_are_kept(boxes: list[Box]) -> None:
    detected = [Region("figure", box, 0.5) for box in boxes]
    found = find_regions(detected, [GRID], [], 595, 842)
    assert Region("table", TABLE, 1.0) in found
    page = Box(0, 0, 595, 842)
    assert all(region.box.intersection(page) == region.box for region in found)
