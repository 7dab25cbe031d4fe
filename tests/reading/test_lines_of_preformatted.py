"""A group within what is set as it was written is a line of it; the pointer of a run leads to its words."""

import pytest
from tests.reading.sound import Sound

PICTURE = "<img src=a.png alt=Lamp>"


@pytest.mark.parametrize(
    ("page", "place"),
    [
        (f"<pre><h3></h3><div>{PICTURE}</div>Price: 5</pre>", "pre[1]/text()[1]"),
        (f"<pre><p>x</p><div><div>{PICTURE}</div></div><div>Price: 5</div></pre>", "pre[1]/div[2]/text()[1]"),
        ("<listing><p><div><div> </div>Price: 5</div></listing>", "listing[1]/div[1]/text()[1]"),
        ("<pre><h3>x</h3><div> <b> </b></div> <div><i>Price: 5</i></div></pre>", "pre[1]/div[2]/i[1]/text()[1]"),
        (f"<pre>{PICTURE}<div> </div>Price: 5</pre>", "pre[1]/text()[1]"),
    ],
)
def test_words_behind_a_picture_or_white_space_in_a_group_have_their_own_place(
    sound: Sound, page: str, place: str
) -> None:
    text = sound.text(page)
    (words,) = [one for one in text.iter("ab") if "Price: 5" in "".join(one.itertext())]
    assert words.get("source").endswith(f"#xpath(/html/body/{place})")
    assert len(list(text.iter("graphic"))) == page.count("<img")


def test_a_picture_beside_words_in_one_line_stays_among_them(sound: Sound) -> None:
    text = sound.text(f"<pre><div>{PICTURE} Price: 5</div>per pound</pre>")
    (words,) = text.iter("ab")
    assert [one.tag for one in words] == ["graphic"]
    assert "".join(words.itertext()).split("\n") == ["Lamp Price: 5", "per pound"]


@pytest.mark.parametrize("said", ["lang=de", "hidden", "dir=rtl", 'style="display:none"'])
@pytest.mark.parametrize(
    "page", ["<pre><header {}>Price: 5</header>per pound</pre>", "<pre>Lamp<div {}>Price: 5</div>per pound</pre>"]
)
def test_a_group_of_which_something_is_said_ends_its_line_too(sound: Sound, page: str, said: str) -> None:
    (words,) = sound.text(page.format(said)).iter("ab")
    assert "".join(words.itertext()).split("\n")[-2:] == ["Price: 5", "per pound"]
