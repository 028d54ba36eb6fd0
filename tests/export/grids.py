"""Reading an HTML table back into a grid, as browsers do (HTML standard, 4.9.12)."""

from lxml.html import HtmlElement


def grid_of(table: HtmlElement) -> dict[tuple[int, int], HtmlElement]:
    """The cell that takes each (row, column), by walking rows and stepping over what is taken."""
    taken: dict[tuple[int, int], HtmlElement] = {}
    for row, line in enumerate(table.iter("tr")):
        col = 0
        for one in line.iterchildren("td", "th"):
            while (row, col) in taken:
                col += 1
            height, width = int(one.get("rowspan", "1")), int(one.get("colspan", "1"))
            for y in range(height):
                for x in range(width):
                    assert (row + y, col + x) not in taken
                    taken[row + y, col + x] = one
            col += width
    return taken
