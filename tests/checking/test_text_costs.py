"""What would be copied without end while a page is parsed is reckoned from its tags; honest pages are far from it."""

from __future__ import annotations

import pytest

from solander.checking.pages.markup_costs import too_costly
from solander.checking.pages.markup_tags import tags_of
from solander.checking.pages.text_costs import MAXIMUM_COPIED, copied

TEXT = "word " * 20
"""Some letters, so that many of it are soon very many."""

TAGS_WITHOUT_EFFECT = {
    "frames": ("<div>", "<frame x=1>"),
    "parts of tables": ("<div>", "<tr x=1>"),
    "end tags of nothing": ("<div>", "</q x=1>"),
    "bodies": ("<div>", "<body>"),
    "forms": ("<form>", "<form x=1>"),
    "rows between texts": ("<table>", "<tr x=1>"),
    "cells between texts": ("<table><tr>", "<td x=1></td>"),
    "templates between texts": ("<table>", "<template></template>"),
    "a table's end in a template": ("<table><template></table></template>", "<tr x=1>"),
    "blocks in a choice": ("<select>", "<div x=1>"),
    "a choice that ends in a template": ("<select><template></select></template>", "<p x=1>"),
    "a table that is a text": ("<textarea><table></textarea>", "<tr x=1>"),
    "a table in a drawing's title": ("<svg></svg><title><table></title>", "<tr x=1>"),
    "a table in a script's comment": ("<script><!--<script></script><table>--></script>", "<tr x=1>"),
    "a table in a CDATA section": ("<svg><![CDATA[<table>]]></svg>", "<tr x=1>"),
    "blocks in a frameset": ("<frameset>", "<p x=1>"),
    "declarations": ("<div>", "<!DOCTYPE x>"),
}


@pytest.mark.parametrize("kind", TAGS_WITHOUT_EFFECT)
def test_a_text_that_tags_without_effect_divide_is_not_put_together(kind: str) -> None:
    before, tag = TAGS_WITHOUT_EFFECT[kind]
    assert "may copy more" in str(too_costly(before + (TEXT + tag) * 8_000))


PAGES = {
    "paragraphs": f"<p>{TEXT}</p>\n",
    "paragraphs without an end": f"<p>{TEXT}",
    "lines": f"{TEXT}<br>",
    "cells": f"<table><tr><td>{TEXT}</td><td>{TEXT}<tr><th>{TEXT}</table>",
    "tables in tables": f"<table><tr><td><table><tr><td>{TEXT}</table>{TEXT}<td>{TEXT}</table>",
    "choices": f"<select><option>{TEXT}<option>{TEXT}</select>",
    "drawings": f"<svg><title>{TEXT}</title><path d=''/></svg><p>{TEXT}<td>",
    "scripts": "<script>document.write('<table><tr><td>' + a < b)</script><p>x</p>",
    "templates": f"<template><table><tr><td>{TEXT}</table></template><p>{TEXT}",
    "comments": f"<!-- {TEXT}<td> --><p>{TEXT}",
}


@pytest.mark.parametrize("kind", PAGES)
def test_what_makes_elements_is_cheap_however_much_of_it_there_is(kind: str) -> None:
    assert copied(tags_of(PAGES[kind] * 12_000)) < MAXIMUM_COPIED / 10


def test_a_table_of_many_cells_is_cheap() -> None:
    assert copied(tags_of("<table>" + ("<tr>" + f"<td>{TEXT}" * 20) * 2_000)) < MAXIMUM_COPIED / 10


def test_letters_of_which_the_small_form_is_longer_move_nothing() -> None:
    # LATIN CAPITAL LETTER I WITH DOT ABOVE is two characters when small.
    assert copied(tags_of("\u0130" * 5_000 + f"<TITLE>a</TITLE><p>{TEXT}" * 12_000)) < MAXIMUM_COPIED / 10
