"""The label of a list of contents heads the list, and goes where the list goes."""

from __future__ import annotations

import pytest
from tests.reading.sound import LEAD

LIST = "<ul><li><a href=#wares>Wares</a></li><li><a href=#dues>Dues</a></li></ul>"
SECTIONS = f"<h2 id=wares>Wares</h2>{LEAD}<h2 id=dues>Dues</h2>{LEAD}"


@pytest.mark.parametrize(
    "box",
    [
        f"<div class='contents topic' id=contents><p class=topic-title>Contents</p>{LIST}</div>",
        f"<div id=toc class=toc2><div id=toctitle>Inhalt</div>{LIST}</div>",
        f"<nav class=toc><p>目录</p>{LIST}</nav>",
        f"<div class=table-of-contents><div><span>On this page</span></div>{LIST}</div>",
    ],
)
def test_the_line_above_a_list_of_contents_is_its_heading(sound, box):
    text = sound.text(box + SECTIONS)
    (contents,) = [one for one in text.iter("list") if "Wares" in "".join(one.itertext())]
    head = contents.getparent().find("head")
    assert head is not None
    assert head.getnext() is contents


@pytest.mark.parametrize(
    "box",
    [
        f"<div class=goods><p>What we sell</p>{LIST}</div>",
        f"<div class=contents>{LEAD}<p>Wares:</p>{LIST}</div>",
        "<div class=contents><p>The box holds</p><ul><li>A rope</li><li>A lamp</li></ul></div>",
        f"<div class=toc><p><a href=#top>Contents</a></p>{LIST}</div>",
    ],
)
def test_a_line_above_another_list_is_none(sound, box):
    heads = ["".join(one.itertext()) for one in sound.text(box + SECTIONS).iter("head")]
    assert heads == ["Wares", "Dues"]
