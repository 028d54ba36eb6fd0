"""From the pages and tables of a document to the annual report that they print."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ocrpipe.disclosure.applications import tables as application_tables
from ocrpipe.disclosure.applications.read import read_applications
from ocrpipe.disclosure.assemble import (
    ReadReviews,
    applications_of,
    figures_by_path,
    proactive_of,
    reviews_of,
)
from ocrpipe.disclosure.compare import likeness
from ocrpipe.disclosure.form import REVIEW_GROUPS, SECTION_HEADINGS
from ocrpipe.disclosure.grid import TableView, of_this_year, view_table
from ocrpipe.disclosure.judgement.checks import Figures, Relation, sum_relations
from ocrpipe.disclosure.judgement.judge import judge
from ocrpipe.disclosure.proactive.read import read_proactive
from ocrpipe.disclosure.proactive.tables import choose_tables
from ocrpipe.disclosure.reviews.read import is_reviews, read_reviews
from ocrpipe.disclosure.several import Beginning, second_report
from ocrpipe.disclosure.text.body import Passage, passages_of
from ocrpipe.disclosure.text.facts import Facts, read_facts
from ocrpipe.disclosure.text.sections import Mark, find_marks, read_sections
from ocrpipe.disclosure.text.statements import find_statements
from ocrpipe.document import Issue, Page, Table
from ocrpipe.errors import IssueCode
from ocrpipe.page import Alternatives
from ocrpipe.report import DisclosureReport, Edition, Section
from ocrpipe.timings import timed

_UNTITLED_PASSAGES = 30
"""Where no section begins, the title and what surrounds it are looked for in so many blocks."""

_NO_REPORT = Issue(
    code=IssueCode.REPORT_NONE,
    severity="info",
    message="this is not recognised as an annual report on government information disclosure: "
    "its text and tables are given, and no figures of the report",
)


@dataclass(frozen=True, slots=True)
class StatutoryTables:
    """The tables of sections 二, 三 and 四; one table may be in more than one.

    `beside` are tables with other columns of the rows of section 三, and `twins` those with the
    same ones.
    """

    proactive: tuple[TableView, ...]
    applications: tuple[TableView, ...]
    beside: tuple[TableView, ...]
    twins: tuple[TableView, ...]
    reviews: tuple[TableView, ...]

    @property
    def all(self) -> tuple[TableView, ...]:
        return self.proactive + self.applications + self.beside + self.twins + self.reviews


@timed("report")
def read_report(
    pages: Sequence[Page],
    tables: Sequence[Table],
    alternatives: Alternatives | None = None,
) -> tuple[DisclosureReport | None, tuple[Issue, ...]]:
    """Read an annual report on government information disclosure.

    `pages` and `tables` are those of one document, tables already stitched over pages. Boxes are
    taken over from the cells: PDF points of the upright page, origin top left. `alternatives` are
    other readings of the cells; no value is taken from them.

    For a document that is no such report there is none, and an issue that says so. A report whose
    tables are missing is a report: what it lacks is empty, and an issue says so. Of several
    reports in one document the first is read.
    """
    views = tuple(map(view_table, tables))
    upright = tuple(map(application_tables.upright, views))
    another = second_report(pages, upright)
    if another is not None:
        tables = another.tables_before(pages, tables)
        pages = another.pages_before(pages)
    passages = passages_of(pages)
    statutory = _find_tables(tables, views, upright)
    marks = find_marks(passages)
    facts = _facts(passages, marks, tables, statutory)
    if not statutory.all and not (facts.title and (facts.titled or marks)):
        return None, (_NO_REPORT,)
    read = read_applications(statutory.applications, statutory.beside, statutory.twins)
    disclosed = read_proactive(statutory.proactive)
    decided = read_reviews(statutory.reviews)
    placed = figures_by_path(disclosed, read, decided)
    sections = _with_captions(read_sections(passages, marks, facts.organization), tables)
    relations = _relations(placed, read.edition, sections, facts.year)
    judged = judge(placed, relations, alternatives or {})
    report = DisclosureReport(
        edition=read.edition,
        letterhead=facts.letterhead,
        organization=facts.organization,
        document_number=facts.document_number,
        signer=facts.signer,
        title=facts.title,
        year=facts.year,
        issue_date=facts.issue_date,
        sections=sections,
        proactive=proactive_of(disclosed, judged.figures),
        applications=applications_of(read, judged.figures),
        reviews=reviews_of(decided, judged.figures),
        checks=judged.checks,
    )
    issues = (
        *_another_report(another),
        *_missing_fields(facts),
        *_missing_tables(statutory, decided, web=any(map(_is_web_page, pages))),
        *_missing_outcomes(decided),
        *disclosed.issues,
        *read.issues,
        *judged.issues,
    )
    return report, issues


def _find_tables(
    tables: Sequence[Table], views: Iterable[TableView], upright: Iterable[TableView]
) -> StatutoryTables:
    """The statutory ones of `tables`, of which `views`, and the `upright` ones, are at hand."""
    ids = {table.id for table in of_this_year(tables)}
    views, upright = (tuple(view for view in of if view.table.id in ids) for of in (views, upright))
    applications = application_tables.choose_tables(upright)
    return StatutoryTables(
        proactive=choose_tables(views),
        applications=applications,
        beside=application_tables.choose_beside(upright, applications),
        twins=application_tables.choose_twins(upright, applications),
        reviews=tuple(view for view in views if is_reviews(view)),
    )


def _facts(
    passages: Sequence[Passage],
    marks: Sequence[Mark],
    tables: Sequence[Table],
    statutory: StatutoryTables,
) -> Facts:
    first = marks[0].index if marks else _UNTITLED_PASSAGES
    last = marks[-1].index + 1 if marks else 0
    form = {view.table.id for view in statutory.all}
    others = [table for table in tables if table.id not in form]
    return read_facts(passages[:first], passages[last:], others)


def _with_captions(sections: Sequence[Section], tables: Sequence[Table]) -> tuple[Section, ...]:
    """Add sections whose heading stands as a table's caption, or as a row across the table."""
    found = {section.number: section for section in sections}
    for table in tables:
        across = (cell.text for cell in table.cells if cell.col_span == table.n_cols)
        for text in (table.caption or "", *across):
            for number, names in SECTION_HEADINGS.items():
                if number not in found and likeness(text, names) >= 0.9:
                    found[number] = Section(number=number, heading=text.strip(), paragraphs=())
    return tuple(found[number] for number in sorted(found))


def _relations(
    figures: Figures, edition: Edition | None, sections: Sequence[Section], year: int | None
) -> tuple[Relation, ...]:
    """The sums of the form, and the numbers that the text states."""
    stated = (
        Relation(
            statement.rule,
            f"section {section.number}: {statement.words}",
            (),
            (statement.path,),
            statement.value,
        )
        for section in sections[:1]
        for statement in find_statements(section.paragraphs, year)
        if statement.path in figures
    )
    return (*sum_relations(figures, edition), *stated)


def _another_report(another: Beginning | None) -> tuple[Issue, ...]:
    if another is None:
        return ()
    return (
        Issue(
            code=IssueCode.REPORT_ANOTHER,
            severity="warning",
            message="another report begins on this page and is not read: split the file before it",
            page=another.page,
        ),
    )


def _missing_fields(facts: Facts) -> tuple[Issue, ...]:
    fields = {"organization": facts.organization, "title": facts.title, "year": facts.year}
    return tuple(
        Issue(
            code=IssueCode.REPORT_FIELD_MISSING,
            severity="warning",
            message=f"the report's {name} was not found",
        )
        for name, value in fields.items()
        if value is None
    )


def _is_web_page(page: Page) -> bool:
    """Whether these are texts of a web page, of which small pictures are not read."""
    return page.height <= 0


def _missing_tables(
    statutory: StatutoryTables, decided: ReadReviews, *, web: bool
) -> tuple[Issue, ...]:
    remedy = (
        ": if it is a picture in the web page, or stands in a frame of it, "
        "save and convert that picture or frame"
        if web
        else ""
    )
    missing = [
        f"the table of section {number} ({SECTION_HEADINGS[section][0]}) was not found{remedy}"
        for section, number, views in (
            (2, "二", statutory.proactive),
            (3, "三", statutory.applications),
            (4, "四", statutory.reviews),
        )
        if not views
    ]
    if statutory.reviews:
        missing += [
            f"section 四 does not print {entry.names[0]}"
            for entry in REVIEW_GROUPS
            if not any(decided[kind] for kind in decided if kind == entry.key)
        ]
    return tuple(
        Issue(code=IssueCode.REPORT_TABLE_MISSING, severity="warning", message=message)
        for message in missing
    )


def _missing_outcomes(decided: ReadReviews) -> tuple[Issue, ...]:
    return tuple(
        Issue(
            code=IssueCode.TABLE_INCOMPLETE,
            severity="warning",
            message=f"no place of reviews/{kind}/{outcome} was found in section 四",
        )
        for kind, figures in decided.items()
        for outcome, placed in figures.items()
        if placed.table_id is None
    )
