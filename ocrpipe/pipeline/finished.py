"""Pages that come with their texts and tables, as those of a web page do, among those that are
read."""

from collections.abc import Collection, Sequence

from ocrpipe.document import Document, Page, Table


def chosen_pages(document: Document, numbers: Collection[int]) -> Document:
    """The document with the pages of these numbers alone."""
    if all(page.number in numbers for page in document.pages):
        return document
    return document.model_copy(
        update={
            "pages": tuple(page for page in document.pages if page.number in numbers),
            "tables": tuple(table for table in document.tables if table.pages[0] in numbers),
            "issues": tuple(issue for issue in document.issues if issue.page in numbers),
        }
    )


def among_finished(
    tables: Sequence[Table], finished: Document | None
) -> tuple[tuple[Table, ...], tuple[Page, ...], tuple[Table, ...]]:
    """Tables that were read, and the pages and tables of a finished document, with ids that count
    all tables in the order of the pages."""
    if finished is None:
        return tuple(tables), (), ()
    given = [table.pages[0] for table in (*finished.tables, *tables)]
    order = sorted(range(len(given)), key=given.__getitem__)
    ids = {place: f"t{number}" for number, place in enumerate(order, start=1)}
    count = len(finished.tables)
    own = [table.model_copy(update={"id": ids[at]}) for at, table in enumerate(finished.tables)]
    new = {old.id: table.id for old, table in zip(finished.tables, own, strict=True)}
    pages = tuple(
        page.model_copy(
            update={
                "blocks": tuple(
                    block.model_copy(update={"table_id": new.get(block.table_id or "")})
                    for block in page.blocks
                )
            }
        )
        for page in finished.pages
    )
    read = (table.model_copy(update={"id": ids[count + at]}) for at, table in enumerate(tables))
    return tuple(read), pages, tuple(own)
