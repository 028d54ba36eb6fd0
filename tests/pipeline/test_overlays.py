from ocrpipe.document import Page
from ocrpipe.geometry import Box
from ocrpipe.page import TextLine
from ocrpipe.pipeline.overlays import with_overlays
from ocrpipe.pipeline.result import PageResult

PAGE = Page(number=3, width=595, height=842, rotation=0, origin="digital", blocks=())


def test_the_text_of_a_stamp_is_a_seal_at_the_end_of_the_page() -> None:
    result = PageResult(PAGE, (), ())
    box = Box(10, 20, 90, 100)
    (block,) = with_overlays(result, [TextLine("公章", box, 1.0, "zh-Hans")]).page.blocks
    assert (block.id, block.kind, block.text, block.bbox) == ("p3-b1", "seal", "公章", box)
    assert with_overlays(result, ()) is result
