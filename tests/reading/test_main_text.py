"""On every kind of page the text proper is told from what surrounds it: by class of what is mistaken for text, by type
of page, by language. All specimens were written for this."""

import pytest

from solander.model.capture import Capture
from solander.reading import read_page

PARAGRAPHS = (
    "The old iron bridge at Millford opened to traffic at dawn on Saturday, nine months after a barge struck its "
    "second "
    "pier and the county closed it to everything but bicycles.",
    "Engineers had found, when the water fell in spring, that the pier itself was sound; what had failed was a "
    "plate of "
    "1911, riveted over a crack that nobody had written down.",
    "“We could have replaced the span,” said Irma Koss, who led the work, “but then we would have had to replace the "
    "other four, and there is no yard left that makes them.”",
    "The repair cost a third of what a new span would have, and took twice as long, for the rivets had to be driven by "
    "hand; a school in the next town now teaches how.",
)
NAV = (
    "<header class=masthead><a href=/>The Span</a></header><nav class=menu><ul><li><a href=/n>News</a></li><li>"
    "<a href=/s>Sport</a></li><li><a href=/w>Weather</a></li><li><a href=/j>Jobs</a></li></ul></nav>"
)
FOOTER = (
    "<footer class=footer><p>© 2023 The Span. All rights reserved.</p><ul><li><a href=/p>Privacy policy</a></li><li>"
    "<a href=/t>Terms of use</a></li><li><a href=/c>Contact us</a></li></ul></footer>"
)
TEXT = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)


def main_text(body: str, title: str = "Bridge reopens at Millford - The Span") -> str:
    page = f"<!doctype html><html><head><title>{title}</title></head><body>{NAV}{body}{FOOTER}</body></html>"
    return read_page(Capture.of_bytes(page.encode(), media_type="text/html")).text()


def article(inside: str = "", after: str = "", before: str = "") -> str:
    return main_text(
        f"{before}<main class=content><article class=article><h1>Bridge reopens at Millford</h1>"
        f"<div class=article-body>{TEXT}{inside}</div></article>{after}</main>"
    )


COMMENTS = "".join(
    f"<div class=comment><span class=comment-author>{name}</span> <span class=comment-date>{day} March 2023 at "
    f"10:0{day}"
    f"</span><div class=comment-text><p>{words}</p></div><a href=#>Reply</a></div>"
    for day, (name, words) in enumerate(
        (
            (
                "rivet",
                "I walked over it this morning with my father, who helped to paint it in 1962, and he was in tears.",
            ),
            ("mill", "Nobody asks what it cost us who live on the far bank to drive round by Stowe for nine months."),
            ("bargee", "The barge had no business there at low water, and the harbour master had said so in writing."),
            (
                "oona",
                "Rivets are a fine thing, but what about the second pier of the railway bridge, which nobody looks at?",
            ),
        ),
        1,
    )
)
RELATED = "".join(
    f"<div class=related-item><h3><a href=/{number}>{title}</a></h3><p>{words}</p></div>"
    for number, (title, words) in enumerate(
        (
            (
                "Ferry fares to rise in autumn",
                "The company that runs the ferries says that fuel has become dearer, and that "
                "the boats, two of which are fifty years old, must be replaced within the decade.",
            ),
            (
                "A school for riveters",
                "Twelve young people from the county have begun to learn a trade of which it was said "
                "for forty years that it had died out with the yards.",
            ),
            (
                "Who owns the towpath?",
                "A court is to decide whether the path along the river belongs to the county, to the "
                "company that dug the canal, or to those whose gardens end there.",
            ),
        )
    )
)
CONSENT = (
    "<div id=onetrust-consent-sdk class=cookie-consent><div role=dialog><h2>We value your privacy</h2><p>We and "
    "our partners "
    "store and access information on your device, such as cookies and unique identifiers, and process personal "
    "data, such as "
    "what you look at, to show you advertisements and content that suit you, to measure them, and to learn about "
    "those who "
    "read us. You may accept this, refuse it, or choose in detail; you can change your mind at any time by way "
    "of the link "
    "at the foot of each page.</p><button>Accept all</button><button>Reject all</button></div></div>"
)
CARDS = "".join(
    f"<li class=card><a href=/p{number}><img src=/{number}.jpg alt=''><h3>{name}</h3></a><span class=price>£ "
    f"{number}9.00"
    "</span><button>Add to basket</button></li>"
    for number, name in enumerate(("Rivet hammer", "Bolster", "Drift pin", "Cold set", "Snap"), 1)
)


@pytest.mark.parametrize(
    ("page", "outside"),
    [
        pytest.param(
            {"after": f"<section class=comments><h2>4 comments</h2>{COMMENTS}</section>"}, "far bank", id="comments"
        ),
        pytest.param(
            {"after": f"<section class=related><h2>Read also</h2>{RELATED}</section>"}, "towpath", id="related"
        ),
        pytest.param({"before": CONSENT}, "partners", id="a consent banner before"),
        pytest.param({"after": CONSENT}, "Accept all", id="a consent banner after"),
        pytest.param({"after": f"<ul class='cards products'>{CARDS}</ul>"}, "Bolster", id="cards"),
    ],
)
def test_what_surrounds_an_article_is_not_its_text(page, outside):
    text = article(**page)
    assert outside not in text
    assert all(paragraph in text for paragraph in PARAGRAPHS)


def test_a_hidden_second_copy_is_not_the_text():
    text = article(after=f"<div class=print-version style='display:none' aria-hidden=true>{TEXT}</div>")
    assert [text.count(paragraph) for paragraph in PARAGRAPHS] == [1, 1, 1, 1]


DOCUMENTATION = (
    "<main class=docs><h1>Reading ledgers</h1><p>This page describes how entries of a ledger are read, and which "
    "of them are "
    "kept; it assumes that you have set up the reader.</p><h2>Options</h2><ul><li><code>--from</code> the first "
    "folio that is "
    "read</li><li><code>--to</code> the last one</li></ul><pre>ledger read --from 12 --to 40 "
    "harbour.led</pre><p>Folios that "
    "are missing are told on standard error, and do not stop the reading.</p></main>"
)
THREAD = (
    "<div class='forum topic'><h1>Crack in an iron plate, what now?</h1>"
    + "".join(
        f"<article class='post message'><div class=post-author><a href=/u/{name}>{name}</a><span>Posts: "
        f"{number}12</span></div>"
        f"<div class=post-body><p>{words}</p></div></article>"
        for number, (name, words) in enumerate(
            (
                (
                    "rivet",
                    "I have found a crack of about three inches beside a row of rivets in the plate of a "
                    "footbridge of 1911.",
                ),
                (
                    "mill",
                    "Drill a hole at each end of it first, so that it does not run on, and then look at the "
                    "other side.",
                ),
                (
                    "oona",
                    "And write down where it was and how long, with the date; the next one who looks will be "
                    "glad of it.",
                ),
            ),
            1,
        )
    )
    + "</div>"
)
PRODUCT = (
    "<main><div class=product><h1>Rivet hammer, 2 lb</h1><span class=price>£ 39.00</span><button>Add to "
    "basket</button><div "
    "class=product-description><p>Forged in one piece and hardened at both faces, this hammer is made for rivets "
    "of up to three "
    "eighths of an inch, and is balanced so that it can be used all day.</p><p>The shaft is of ash, split and "
    "not sawn, and "
    "can be replaced with hand tools.</p></div></div></main>"
)
SERVICE = (
    "<main><section class=hero><h1>We mend what is riveted</h1><p>For forty years we have surveyed and repaired "
    "bridges, tanks "
    "and boilers for counties, railways and museums.</p></section><section class=services><h2>Surveys</h2><p>We "
    "look at every "
    "plate and rivet, and you get a drawing that shows what is sound and what is not.</p><h2>Repairs</h2><p>What "
    "can be kept is "
    "kept; what cannot is made again by hand, of the same iron.</p></section></main>"
)
COLLECTION = (
    "<main><h1>Riveting tools</h1><p class=intro>Hammers, snaps and drifts for those who still drive rivets by "
    "hand, from the "
    f"last makers who forge them.</p><ul class=products>{CARDS}</ul></main>"
)
LISTING = "<main><h1>News of the bridges</h1>" + RELATED.replace("related-item", "entry") + "</main>"


@pytest.mark.parametrize(
    ("body", "inside"),
    [
        pytest.param(
            DOCUMENTATION, ("describes how entries", "--from 12", "Folios that are missing"), id="documentation"
        ),
        pytest.param(THREAD, ("about three inches", "Drill a hole", "write down where"), id="forum"),
        pytest.param(PRODUCT, ("Forged in one piece", "split and not sawn"), id="product"),
        pytest.param(SERVICE, ("For forty years", "every plate and rivet", "made again by hand"), id="service"),
        pytest.param(COLLECTION, ("Hammers, snaps and drifts",), id="collection"),
        pytest.param(LISTING, ("fuel has become dearer", "Twelve young people", "A court is to decide"), id="listing"),
    ],
)
def test_the_text_of_each_type_of_page_is_found(body, inside):
    text = main_text(body, title="The Span")
    assert all(words in text for words in inside)
    assert "Privacy policy" not in text
    assert "Weather" not in text


CHINESE = (
    "周六清晨，米尔福德的旧铁桥重新开放通车。九个月前，一艘驳船撞上了它的第二座桥墩，县里随即封闭了这座桥，只允许自行车通过。",
    "工程师们在春天水位下降时发现，桥墩本身完好无损；出问题的是一九一一年的一块钢板，它被铆在一道没有人记录过的裂缝上。",
    "负责这项工程的科斯说：“我们本可以更换这一跨，但那样就得把另外四跨也换掉，而现在已经没有工厂能造它们了。”",
)
RUSSIAN = (
    "Старый железный мост в Милфорде открылся для движения в субботу на рассвете, через девять месяцев после "
    "того, как баржа "
    "задела его вторую опору и округ закрыл его для всех, кроме велосипедистов.",
    "Когда весной спала вода, инженеры обнаружили, что сама опора цела; подвела плита 1911 года, приклёпанная "
    "поверх трещины, о "
    "которой никто не сделал записи.",
    "«Мы могли бы заменить пролёт, — сказала руководившая работами Ирма Косс, — но тогда пришлось бы менять и "
    "остальные четыре».",
)
GREEK = (
    "Η παλιά σιδερένια γέφυρα στο Μίλφορντ άνοιξε για την κυκλοφορία το ξημέρωμα του Σαββάτου, εννέα μήνες "
    "αφότου μια φορτηγίδα "
    "χτύπησε το δεύτερο βάθρο της και η κομητεία την έκλεισε για όλους εκτός από τα ποδήλατα.",
    "Όταν την άνοιξη έπεσε η στάθμη του νερού, οι μηχανικοί διαπίστωσαν ότι το ίδιο το βάθρο ήταν γερό· είχε "
    "υποχωρήσει μια πλάκα "
    "του 1911, καρφωμένη πάνω από μια ρωγμή που κανείς δεν είχε καταγράψει.",
    "«Θα μπορούσαμε να αντικαταστήσουμε το άνοιγμα», είπε η Ίρμα Κος, «αλλά τότε θα έπρεπε να αλλάξουμε και τα "
    "άλλα τέσσερα».",
)
POLISH = (
    "Stary żelazny most w Milford otwarto dla ruchu w sobotę o świcie, dziewięć miesięcy po tym, jak barka "
    "uderzyła w jego drugi "
    "filar, a hrabstwo zamknęło go dla wszystkich oprócz rowerzystów.",
    "Kiedy wiosną opadła woda, inżynierowie stwierdzili, że sam filar jest cały; zawiodła płyta z 1911 roku, "
    "przynitowana na "
    "pęknięciu, którego nikt nie zapisał.",
    "„Mogliśmy wymienić przęsło, ale wtedy trzeba by było wymienić także cztery pozostałe” — powiedziała Irma "
    "Koss, która "
    "kierowała pracami.",
)


@pytest.mark.parametrize(
    ("paragraphs", "entries"),
    [
        pytest.param(
            CHINESE, ("新闻", "体育", "相关阅读", "铆工学校开学", "渡轮票价秋季上涨", "版权所有"), id="Chinese"
        ),
        pytest.param(
            PARAGRAPHS, ("News", "Sport", "Read also", "A school for riveters", "Ferry fares", "Imprint"), id="English"
        ),
        pytest.param(
            GREEK, ("Ειδήσεις", "Αθλητικά", "Διαβάστε επίσης", "Σχολή", "Ακριβότερα πλοία", "Όροι χρήσης"), id="Greek"
        ),
        pytest.param(
            POLISH, ("Wiadomości", "Sport", "Czytaj także", "Szkoła", "Droższe promy", "Regulamin"), id="Polish"
        ),
        pytest.param(
            RUSSIAN, ("Новости", "Спорт", "Читайте также", "Школа", "Паромы подорожают", "О редакции"), id="Russian"
        ),
    ],
)
def test_news_is_told_from_its_surroundings_in_each_language(paragraphs, entries):
    first, second, heading, one, other, last = (
        f"<a href=/{number}>{entry}</a>" for number, entry in enumerate(entries)
    )
    text = read_page(
        Capture.of_bytes(
            f"<!doctype html><meta charset=utf-8><body><table><tr><td><div id=t1>{first} "
            f"{second}</div></td></tr><tr><td>"
            f"<div id=c7><div "
            f"class=z>{''.join(f'<p>{paragraph}</p>' for paragraph in paragraphs)}</div></div><div id=c8>"
            f"{heading}<ul><li>{one}</li><li>{other}</li></ul></div></td></tr><tr><td>{last}</td></tr></table>".encode(),
            media_type="text/html",
        )
    ).text()
    assert all(paragraph in text for paragraph in paragraphs)
    assert not any(entry in text for entry in entries)


@pytest.mark.parametrize(
    "words",
    [
        "Please enable JavaScript.",
        "You need to enable JavaScript to run this app.",
        "Bitte aktivieren Sie JavaScript.",
        "Veuillez activer JavaScript dans votre navigateur.",
        "Por favor, habilite JavaScript.",
        "Attiva JavaScript per continuare.",
        "Пожалуйста, включите JavaScript.",
        "请启用 JavaScript。",
        "JavaScriptを有効にしてください。",
    ],
)
def test_what_asks_for_scripts_is_no_main_text(words: str) -> None:
    questions = "<details><summary>Can I visit?</summary><p>Yes, by appointment, from Tuesday to Friday.</p></details>"
    page = f"<html><title>FAQ</title><h1>Frequently asked questions</h1>{questions}<noscript>{words}</noscript></html>"
    text = read_page(Capture.of_bytes(page.encode(), media_type="text/html")).text()
    assert "by appointment" in text
    assert words not in text


def test_what_a_page_says_to_those_without_scripts_stays() -> None:
    said = "The ferry runs on Sundays too, from the first of May, at ten and at four."
    text = article(f"<noscript><p>{said}</p></noscript>")
    assert said in text


def test_a_page_of_nothing_but_a_wish_for_scripts_keeps_it() -> None:
    page = "<html><title>Harbour</title><body><noscript>Please enable JavaScript.</noscript></body></html>"
    assert "enable JavaScript" in read_page(Capture.of_bytes(page.encode(), media_type="text/html")).text()


def test_paragraphs_behind_a_paywall_are_text() -> None:
    said = (
        "The keeper of the light had written down every ship that passed the point, and what the wind was at the hour.",
        "When the board asked for the books, it was told that they had gone to the paper mill with the old charts.",
        "Nobody at the mill could remember them, but a binder in the town had bought two loads of paper that winter.",
        "What he made of it is still in use: the copies of the parish registers, whose boards are stiff with numbers.",
    )
    paragraphs = "".join(f'<p class="paywall">{line}</p>' if at else f"<p>{line}</p>" for at, line in enumerate(said))
    content = f"<!doctype html><html lang=en><title>The lost books</title><article><h1>The lost books</h1>{paragraphs}"
    text = read_page(Capture.of_bytes(content.encode())).text()
    assert all(line in text for line in said)
