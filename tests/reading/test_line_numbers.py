"""Line numbers in a cell beside code are marked as such, and stay with the code."""

import pytest
from tests.reading.sound import Sound

ROW = "<table class=highlighttable><tr><td class=linenos>{}</td><td class=code><pre>{}</pre></td></tr></table>"
CODE = "for lamp in lamps:\n    lamp.light()\n\nrest()\n"


@pytest.mark.parametrize(
    ("numbers", "code"),
    [
        ("<pre>1\n2\n3\n4</pre>", CODE),
        ("<div class=linenodiv><pre><span>1</span>\n<span>2</span>\n<span>3</span>\n<span>4</span></pre></div>", CODE),
        ("<pre><span>98</span><br><span>99</span><br><span>100</span><br><span>101</span><br></pre>", CODE),
        ("<pre>1</pre>", "rest()"),
        # A last line without words is a line for some programs and none for others.
        ("<pre>1\n2\n3\n4\n5\n</pre>", CODE),
    ],
)
def test_figures_that_count_the_lines_of_the_code_beside_them_are_its_line_numbers(
    sound: Sound, numbers: str, code: str
) -> None:
    text = sound.text(ROW.format(numbers, code))
    (found,) = text.xpath("//ab/fw[@type='lineNum']")
    assert [one for one in "".join(found.itertext()).split() if not one.isdecimal()] == []
    assert text.xpath("count(//ab[@type='pre'])") == 2


def test_a_figure_of_code_keeps_its_line_numbers_with_it(sound: Sound) -> None:
    figure = f"<figure class=highlight>{ROW.format('<pre>1<br>2<br>3<br>4<br></pre>', CODE)}</figure>"
    assert len(sound.text(figure).xpath("//div[@type='main']//figure/ab/fw")) == 1


@pytest.mark.parametrize(
    ("numbers", "code"),
    [
        # They do not count on, or not to the code's end; they are words; there is but one, and no cell says of what.
        ("<pre>1\n2\n4\n8</pre>", CODE),
        ("<pre>1\n2</pre>", CODE),
        ("<pre>one\ntwo\nthree\nfour</pre>", CODE),
        ("<pre>1\n2\n3\n4</pre></td><td>between", CODE),
        ("<pre>007</pre>", "rest()"),
        ("<pre>1234567\n1234568\n1234569\n1234570</pre>", CODE),
    ],
)
def test_other_figures_before_code_stay_what_they_are(sound: Sound, numbers: str, code: str) -> None:
    assert not sound.text(ROW.format(numbers, code)).xpath("//fw")


def test_one_figure_above_a_line_of_code_stays_what_it_is(sound: Sound) -> None:
    assert not sound.text("<pre>1</pre><pre>rest()</pre>").xpath("//fw")
