"""Code that ends a text is of it; code beside the text, or below its links, is not."""

from __future__ import annotations

import pytest
from tests.reading.test_boxed import PROSE
from tests.reading.test_misnamed import zone_of
from tests.reading.test_posts import read

CODE = "<pre><code>npm install kettle</code></pre>"
TEXT = f"<h1>Kettles</h1><p>{PROSE[0]}</p><p>{PROSE[1]}</p><h2>Boiling</h2><p>{PROSE[2]}</p>"


@pytest.mark.parametrize(
    "code",
    [CODE, f"<div class=language-sh><button></button><span class=lang>sh</span>{CODE}</div>", f"<div>{CODE}</div>"],
)
def test_code_that_ends_a_text_is_of_it(code: str) -> None:
    page = read(f"<div id=app><main><div class=doc>{TEXT}{code}</div></main></div>")
    assert zone_of(page, "npm install kettle") == "main"


@pytest.mark.parametrize("around", ["<div class=sidebar>{}</div>", "<footer>{}</footer>", "<nav>{}</nav>"])
def test_code_in_what_stands_about_the_text_is_not(around: str) -> None:
    page = read(f"<div id=app><main><div class=doc>{TEXT}</div></main>{around.format(CODE)}</div>")
    assert zone_of(page, "npm install kettle") != "main"
