"""What a thread says beside each message in the same words is none of its text; what anybody wrote is."""

import pytest

from solander.model.capture import Capture
from solander.model.page import Page
from solander.reading import read_page

SAID = (
    "We have lain on polyester for nine winters now, with a length of fire hose about it where it meets the stone.",
    "Chain for the last two metres, whatever you take above it; the quay eats everything else within the year.",
    "Ask the harbour keeper for the old rings below the ladder, they were made for boats that lie dry as yours does.",
    "Thank you all, it will be chain then, and the rings if I can find them under the weed that grows there.",
)
NAMES = ("tidewatcher", "kelp42", "Ines", "tidewatcher")
PROFILES = {
    "en": ("Senior Member", "Posts: 1,2{n}", "Joined: 3 January 2015", "Reply With Quote"),
    "de": ("Alter Hase", "Beiträge: 12{n}", "Registriert: 3. Januar 2015", "Mit Zitat antworten"),
    "fr": ("Membre confirmé", "Messages : 12{n}", "Inscrit le 3 janvier 2015", "Répondre en citant"),
    "ru": ("Старожил", "Сообщения: 12{n}", "Зарегистрирован: 3 января 2015", "Ответить с цитатой"),
}


def message(at: int, tag: str, profile: tuple[str, ...], said: str) -> str:
    rank, posts, joined, button = (line.format(n=at) for line in profile)
    return (
        f"<{tag} class=post id=post{at}><div class=head>{at + 3:02d}.03.2021, 10:1{at}</div>"
        f"<div class=side><b class=username>{NAMES[at]}</b><div class=rank>{rank}</div><div class=extra>{posts}</div>"
        f"<div class=extra>{joined}</div></div><div class=body><p>{said}</p></div>"
        f"<div class=sig>Fair winds to you all, and a dry quay.</div><div class=foot>{button}</div></{tag}>"
    )


def thread(profile: tuple[str, ...], said: tuple[str, ...] = SAID, tag: str = "div", around: str = "div") -> Page:
    held = "".join(message(at, tag, profile, one) for at, one in enumerate(said))
    text = f"<!doctype html><title>A rope</title><h1>A rope</h1><{around} class=thread>{held}</{around}>"
    return read_page(Capture.of_bytes(text.encode()))


@pytest.mark.parametrize("language", PROFILES)
@pytest.mark.parametrize(("tag", "around"), [("div", "div"), ("li", "ol"), ("li", "ul")])
def test_ranks_counts_mottoes_and_buttons_are_beside_the_text(language, tag, around):
    profile = PROFILES[language]
    read = thread(profile, tag=tag, around=around)
    text = read.text()
    assert all(words in text for words in SAID)
    assert not any(line.format(n=0) in text for line in profile)
    assert "Fair winds" not in text
    assert all(read.text("all").count(line.format(n=2)) >= 1 for line in profile)


@pytest.mark.parametrize(("tag", "around"), [("div", "div"), ("li", "ol")])
def test_each_message_is_a_post(tag, around):
    read = thread(PROFILES["en"], tag=tag, around=around)
    posts = [block for division in read.divisions for block in division.blocks if block.kind == "post"]
    assert len({str(post.attributes) + post.source for post in posts}) >= len(SAID)


def test_who_agrees_in_the_same_words_is_heard():
    agreed = "Thanks, that is just what we did as well in the end."
    text = thread(PROFILES["en"], (SAID[0], agreed, SAID[1], agreed)).text()
    assert text.count(agreed) == 2


def test_lines_that_come_back_in_an_article_stay():
    parts = "".join(f"<div class=part><p>{one}</p><p class=label>As the keeper told us.</p></div>" for one in SAID)
    text = f"<!doctype html><title>A rope</title><article><h1>A rope</h1>{parts}</article>"
    assert read_page(Capture.of_bytes(text.encode())).text().count("As the keeper told us.") == len(SAID)


def test_the_heading_that_each_message_repeats_is_said_once():
    held = "".join(
        f"<div class=post id=p{at}><h3>Re: A rope for the mooring</h3><div class=body><p>{one}</p></div></div>"
        for at, one in enumerate(SAID)
    )
    text = f"<!doctype html><title>A rope for the mooring</title><h1>A rope for the mooring</h1>{held}"
    read = read_page(Capture.of_bytes(text.encode()))
    assert read.text().count("Re: A rope") <= 1
    assert read.text("all").count("Re: A rope") == len(SAID)


def test_a_list_of_steps_is_no_thread():
    steps = "".join(f"<li class=step>{one}</li>" for one in SAID)
    text = f"<!doctype html><title>A rope</title><article><h1>A rope</h1><p>{SAID[0]}</p><ol>{steps}</ol></article>"
    page = read_page(Capture.of_bytes(text.encode()))
    assert [block.kind for division in page.divisions for block in division.blocks].count("list") == 1


def test_a_table_of_one_message_lays_it_out():
    held = "".join(
        f"<table id=post{at} class=tborder><tr><td class=date>{at + 3}.03.2021</td><td>#{at}</td></tr><tr><td>"
        f"<div>{NAMES[at]}</div><div>Senior Member</div></td><td><div>{one}</div></td></tr></table>"
        for at, one in enumerate(SAID)
    )
    page = read_page(Capture.of_bytes(f"<!doctype html><title>A rope</title><h1>A rope</h1>{held}".encode()))
    assert not any(block.kind == "table" for division in page.divisions for block in division.blocks)
    assert all(words in page.text() for words in SAID)


def test_a_table_of_posts_in_an_office_holds_data():
    rows = "".join(f"<tr><td>Keeper {at}</td><td>{at + 3} years</td></tr>" for at in range(4))
    text = f"<!doctype html><title>Posts</title><h1>Posts</h1><p>{SAID[0]}</p><table id=posts>{rows}</table>"
    page = read_page(Capture.of_bytes(text.encode()))
    assert any(block.kind == "table" for division in page.divisions for block in division.blocks)
