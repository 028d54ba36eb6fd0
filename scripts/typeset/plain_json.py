"""JSON that can be read and compared line by line: what fits a line stands on one."""

import json
from typing import Any

_WIDTH = 150


def dumps(value: Any, indent: int = 0) -> str:
    """`value` as JSON; a list or object that is too long for a line gets one line an entry."""
    short = json.dumps(value, ensure_ascii=False)
    if not isinstance(value, dict | list) or len(short) + indent <= _WIDTH:
        return short
    pad = " " * (indent + 1)
    if isinstance(value, dict):
        entries = [
            f"{pad}{json.dumps(key, ensure_ascii=False)}: {dumps(entry, indent + 1)}"
            for key, entry in value.items()
        ]
        opening, closing = "{", "}"
    else:
        entries = [f"{pad}{dumps(entry, indent + 1)}" for entry in value]
        opening, closing = "[", "]"
    return opening + "\n" + ",\n".join(entries) + "\n" + " " * indent + closing
