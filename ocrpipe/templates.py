"""HTML templates with one way of escaping: text from a document is never live in a page."""

import base64
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import jinja2


def load_template(package: str, name: str, **filters: Callable[..., str]) -> "jinja2.Template":
    """The template `name` in the folder templates of a package; `filters` are added by name."""
    import jinja2  # Only what writes HTML pays for it.

    environment = jinja2.Environment(
        loader=jinja2.PackageLoader(package),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(filters)
    return environment.get_template(name)


@dataclass(frozen=True, slots=True)
class Assets:
    """The style and the script that a page carries, and the policy under which only they work.

    `policy` is a Content Security Policy (W3C, level 3): nothing is fetched, pictures are data.
    """

    style: str
    script: str
    policy: str


@cache
def load_assets(package: str, style: str, script: str | None = None) -> Assets:
    """The style sheet and the script of these names in the folder templates of a package."""
    folder = resources.files(package) / "templates"
    texts = {name: (folder / name).read_text("utf-8") for name in (style, script) if name}
    policy = (
        "default-src 'none'; img-src data:; base-uri 'none'; form-action 'none'; "
        f"style-src {_digest(texts[style])}"
    )
    if script is not None:
        policy += f"; script-src {_digest(texts[script])}"
    return Assets(texts[style], texts.get(script or "", ""), policy)


def _digest(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"
