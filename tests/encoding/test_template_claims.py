"""A template is named as the maker only of what markup says is one's, and by means that TEI allows."""

import pytest

from solander.encoding.tei_body import TextWriter
from solander.model.page import ZONES, Block, Division


@pytest.mark.parametrize("zone", [zone for zone in ZONES if zone != "main"])
def test_only_what_markup_names_is_claimed_to_be_a_templates(zone):
    divisions = tuple(Division(name, (Block("paragraph", "", (name,)),)) for name in ("main", zone))
    back = TextWriter("page.html#", divisions).write(divisions).partition("<back>")[2]
    assert ('subtype="template"' in back) == (zone != "other")
    assert f'type="{zone}"' in back


def test_the_attribute_that_tei_keeps_for_posts_is_not_used():
    # TEI P5, att.cmc, its constraint: "for use within a post element".
    divisions = tuple(Division(zone, (Block("paragraph", "", (zone,)),)) for zone in ZONES)
    assert "generatedBy" not in TextWriter("page.html#", divisions).write(divisions)
