"""Names of months as pages print them: full, inflected and shortened, in the languages that Solander reads.

A word stands here only if it names the same month in every language of the table, so that no language need be
known first. Croatian alone gives names of its neighbours' months to others: "listopada" is its October, and November
in Polish. There the form decides, for Croatian writes a stop behind the day ("5. listopada 2018."), or the page's
language. Words are kept case-folded and without accents; ``month_of`` brings a word to that form.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

# Three lines a month: en, de, fr, es, it, pt, nl, Scandinavian, pl; ru, uk, el, cs, tr; ro, hu, sk, hr, fi, ca, bg,
# sr, ar, he. A fourth: tr in short, id, ms, th, hi, hu in short, ar of the Levant; a fifth: hr, uk, cs, sr and be as
# the third and fourth lack them.
_WORDS = (
    "january jan januar janner janvier janv enero ene gennaio gen janeiro januari stycznia styczen sty "
    "января январь янв січня ιανουαριου ιανουαριος ιαν ledna leden ocak "
    "ianuarie januara sijecnja tammikuuta tammikuun tammikuu gener януари јануар يناير ינואר בינואר "
    "oca มกราคม ม.ค जनवरी "
    "sijecanj січень студзеня",
    "february feb februar feber fevrier fevr fev febrero febbraio fevereiro februari lutego luty "
    "февраля февраль фев лютого φεβρουαριου φεβρουαριος φεβ unora unor subat "
    "februarie februara veljace helmikuuta helmikuun helmikuu febrer февруари фебруар فبراير פברואר בפברואר "
    "şub กุมภาพันธ์ ก.พ फरवरी febr شباط "
    "veljaca лютий",
    "march mar marz mrz mars marzo março marco maart mrt marts marca marzec "
    "марта март мар березня μαρτιου μαρτιος μαρ brezna brezen mart "
    "martie marcius ozujka maaliskuuta maaliskuun maaliskuu مارس מרץ במרץ "
    "maret มีนาคม มี.ค मार्च آذار اذار "
    "ozujak березень сакавіка",
    "april apr avril avr abril abr aprile kwietnia kwiecien kwi "
    "апреля апрель апр квітня απριλιου απριλιος απρ dubna duben nisan "
    "aprilie aprilis aprila travnja huhtikuuta huhtikuun huhtikuu април أبريل ابريل אפריל באפריל "
    "nis เมษายน เม.ย अप्रैल نيسان "
    "travanj квітень красавіка",
    "may mai mayo maggio mag maio mei maj maja мая май травня μαιου μαιος μαϊου μαϊος kvetna kveten mayis "
    "majus svibnja toukokuuta toukokuun toukokuu maig мај مايو מאי במאי "
    "พฤษภาคม พ.ค मई أيار ايار "
    "svibanj травень траўня",
    "june jun juni juin junio giugno giu junho czerwca czerwiec cze "
    "июня июнь июн червня ιουνιου ιουνιος ιουν cervna cerven haziran "
    "iunie junius juna lipnja kesakuuta kesakuun kesakuu juny юни јун يونيو יוני ביוני "
    "haz มิถุนายน มิ.ย जून حزيران "
    "lipanj червень чэрвеня",
    "july jul juli juillet juil julio luglio lug julho lipca lipiec lip "
    "июля июль июл липня ιουλιου ιουλιος ιουλ cervence cervenec temmuz "
    "iulie julius jula srpnja heinakuuta heinakuun heinakuu juliol юли јул يوليو יולי ביולי "
    "tem julai กรกฎาคม ก.ค जुलाई تموز "
    "srpanj липень ліпеня",
    "august aug aout agosto ago augustus augusti sierpnia sierpien sie "
    "августа август авг серпня αυγουστου αυγουστος αυγ srpna srpen agustos "
    "augusztus kolovoza elokuuta elokuun elokuu agost أغسطس اغسطس אוגוסט באוגוסט "
    "agustus ağu ogos สิงหาคม ส.ค अगस्त آب "
    "kolovoz серпень жніўня avgust avgusta",
    "september sep sept septembre septiembre settembre setembro set wrzesnia wrzesien wrz "
    "сентября сентябрь сен сент вересня σεπτεμβριου σεπτεμβριος σεπ zari eylul "
    "septembrie szeptember septembra rujna syyskuuta syyskuun syyskuu setembre "
    "септември септембар سبتمبر ספטמבר בספטמבר "
    "eyl กันยายน ก.ย सितंबर सितम्बर szept أيلول ايلول "
    "rujan вересень верасня septembar",
    "october oct oktober okt octobre octubre ottobre ott outubro out pazdziernika pazdziernik paz "
    "октября октябрь окт жовтня οκτωβριου οκτωβριος οκτ rijna rijen ekim "
    "octombrie oktobra lokakuuta lokakuun lokakuu октомври октобар أكتوبر اكتوبر אוקטובר באוקטובר "
    "eki ตุลาคม ต.ค अक्टूबर अक्तूबर "
    "жовтень кастрычніка oktobar",
    "november nov novembre noviembre novembro listopada listopad lis "
    "ноября ноябрь ноя листопада νοεμβριου νοεμβριος νοε νοεμ kasim "
    "noiembrie novembra studenoga marraskuuta marraskuun marraskuu ноември новембар نوفمبر נובמבר בנובמבר "
    "kas พฤศจิกายน พ.ย नवंबर नवम्बर "
    "studeni листопад лістапада listopadu novembar",
    "december dec dezember dez decembre diciembre dic dicembre dezembro desember grudnia grudzien gru "
    "декабря декабрь дек грудня δεκεμβριου δεκεμβριος δεκ prosince prosinec aralik "
    "decembrie decembra prosinca joulukuuta joulukuun joulukuu desembre декември децембар ديسمبر דצמבר בדצמבר "
    "ara disember ธันวาคม ธ.ค दिसंबर दिसम्बर "
    "prosinac грудень снежня decembar",
)


def _folded(word: str) -> str:
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter)).replace("ı", "i")


# The table's own words are folded too: NFKD turns the Cyrillic "й" into "и" as it takes off the breve.
_MONTHS = {_folded(word): month for month, words in enumerate(_WORDS, 1) for word in words.split()}

# Croatian, where its names are others' or too short to be known without the language.
_CROATIAN = {
    _folded(word): month
    for month, words in enumerate(
        ["sij", "vel velj", "ozu", "tra", "svi", "lip", "srp", "kol", "ruj", "listopad listopada lis", "stu", "pro"], 1
    )
    for word in words.split()
}
_CROATIAN_BEHIND_STOP = {"listopada": 10}

# "Marc" is a name; with its accent it is a month.
_AS_WRITTEN = {"márc": 3}

LONGEST = max(map(len, _MONTHS))
"""Letters of the longest name of a month: bounds the patterns that look for one."""


@lru_cache(maxsize=2048)
def month_of(word: str, *, behind_stop: bool = False, croatian: bool = False) -> int | None:
    """The number of the month that a word names, 1 to 12; ``None`` if it names none.

    Args:
        word: as it is written.
        behind_stop: the day's number before it has a full stop, as ordinals have.
        croatian: the page is Croatian or Bosnian.
    """
    word = word.strip(".")
    if behind_stop or croatian:
        folded = _folded(word)
        if found := (_CROATIAN if croatian else _CROATIAN_BEHIND_STOP).get(folded):
            return found
    return _MONTHS.get(_folded(word)) or _AS_WRITTEN.get(word.casefold())
