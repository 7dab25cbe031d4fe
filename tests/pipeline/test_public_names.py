"""What the pipeline hands on: a type checker, ``from … import *`` and a program at work see the same names."""

from __future__ import annotations

import ast
import inspect

from solander import pipeline


def test_the_names_that_type_checkers_see_are_those_that_are_handed_on() -> None:
    (seen,) = (node for node in ast.parse(inspect.getsource(pipeline)).body if isinstance(node, ast.If))
    homes = {
        alias.asname or alias.name: node.module
        for node in seen.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    assert homes == pipeline._HOMES
    assert sorted(homes) == sorted(pipeline.__all__)


def test_every_name_that_is_handed_on_is_there() -> None:
    assert all(getattr(pipeline, name) is not None for name in pipeline.__all__)
