"""The whole document as JSON."""

import json

from ocrpipe.document import Document


def to_json(document: Document) -> str:
    """The document in JSON: indented by 2, characters as they are, a line end at the end.

    The same document gives the same bytes, and `Document.model_validate_json` reads it back.
    """
    data = document.model_dump(mode="json")
    # NaN is no JSON, and the schema admits none.
    return json.dumps(data, ensure_ascii=False, indent=2, allow_nan=False) + "\n"
