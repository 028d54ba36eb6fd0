"""HTML templates with one way of escaping: text from a document is never live in a page."""

from collections.abc import Callable
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
