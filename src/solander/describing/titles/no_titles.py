"""What stands in a title's place and names no page: an editor's default, "Home", "News"."""

from __future__ import annotations

_NO_TITLES = frozenset(
    """
    home|homepage|home page|startseite|index|untitled|title|menu|navigation|search|start|welcome|default|page
    titel|titre
    accueil|inicio|strona główna|главная|главная страница|首页|首頁
    ホーム|トップページ|αρχική|αρχική σελίδα|no title|untitled page
    untitled document|untitled-1|untitled 1|new page|new page 1|new document|document|document1|insert title here
    unbenanntes dokument|unbenannt|unbenannt-1|neue seite|neue seite 1|kein titel|ohne titel|dokument1
    document sans titre|document sans nom|page sans titre|sans titre|nouvelle page|nouvelle page 1
    documento sin título|documento sin titulo|sin título|página nueva|página nueva 1|página sin título
    documento senza titolo|senza titolo|nuova pagina|nuova pagina 1|documento sem título|sem título|nova página 1
    dokument bez tytułu|bez tytułu|bez nazwy|nowa strona|nowa strona 1|документ без названия|без названия|без имени
    новая страница|новая страница 1|новый документ|документ без имени|έγγραφο χωρίς τίτλο|χωρίς τίτλο|νέα σελίδα 1
    无标题文档|无标题页|无标题|無標題文件|無標題|未命名文件|未命名|新建网页 1|新建网页1|無題ドキュメント|無題|제목 없음
    news|aktuelles|nachrichten|blog|article|artikel|detail|details|detailansicht|einzelansicht|beitrag|presse|press
    press releases|press release|pressemitteilungen|pressemitteilung|newsroom|noticias|actualités|notizie|aktualności
    wiadomości|новости|新闻|新聞|新闻中心|资讯|动态|ニュース|お知らせ|뉴스|νέα
    naamloos document|naamloos|nieuwe pagina 1|namnlöst dokument|dokument utan titel|unavngivet dokument|adsız belge
    """.replace("\n", "|").split("|")
)
_NAMES = frozenset(name.strip() for name in _NO_TITLES if name.strip())


def is_no_title(title: str) -> bool:
    """Whether words in a title's place name no page, in any of a dozen languages."""
    return " ".join(title.casefold().split()).strip(" .-") in _NAMES
