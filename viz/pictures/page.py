"""Pages in one file: nothing is linked, scripts are known by their hashes, data is read as data."""

from __future__ import annotations

import base64
import hashlib
import json
from importlib import resources

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

_ESCAPED = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029", "\x7f": "\\u007f"})


def to_page(template: str, scripts: list[str], data: object, **words: object) -> str:
    """A page by its template. `scripts` run in this order; `data` is what they find as JSON."""
    environment = Environment(loader=PackageLoader("viz"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    known = [script.replace("\r\n", "\n").replace("\r", "\n") for script in scripts]
    return environment.get_template(template).render(
        scripts=[Markup(script) for script in known],
        hashes=" ".join(f"'sha256-{_hash(script)}'" for script in known),
        style=Markup(read_file("page.css")),
        data=Markup(to_data(data)),
        **words,
    )


def to_data(data: object) -> str:
    """JSON that cannot end the element that it stands in."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPED)


def read_file(name: str) -> str:
    """A file beside the templates."""
    return resources.files("viz").joinpath("templates", name).read_text("utf-8")


def to_inline(script: str) -> str:
    """A library as it can stand in a page: without the address of its map, which browsers would ask for."""
    body = "\n".join(line for line in script.split("\n") if not line.startswith("//# sourceMappingURL="))
    return body.replace("</script", "<\\/script")


def _hash(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode("ascii")
