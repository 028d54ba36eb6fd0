from ocrpipe.document import Document
from ocrpipe.export import EXPORTERS, export, to_json, to_xlsx
from ocrpipe.options import Format


def test_every_format_has_an_exporter() -> None:
    assert EXPORTERS.keys() == set(Format)


def test_export_gives_the_bytes_of_the_format(filing: Document) -> None:
    assert export(filing, Format.JSON) == to_json(filing).encode("utf-8")
    assert export(filing, Format.XLSX) == to_xlsx(filing)
    assert export(filing, Format.MARKDOWN).decode("utf-8").startswith("<em>未识别")


def test_only_html_asks_for_pictures(filing: Document) -> None:
    for file_format, exporter in EXPORTERS.items():
        asked: list[int] = []
        export(filing, file_format, asked.append)
        assert bool(asked) == exporter.needs_pictures == (file_format == Format.HTML)
