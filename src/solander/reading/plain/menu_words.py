"""Words that menus are made of, in the languages that Solander reads: what is sure of a line is sure in any place.

A headline in capitals or in title case has the form of a menu; only words tell the two apart. A word stands here only
if, alone in its line, it leads somewhere.
"""

from __future__ import annotations

import re
from itertools import pairwise

_ENTRIES = frozenset(
    entry
    for entries in (
        "home|homepage|menu|main menu|search|news|events|about|about us|contact|contact us|contacts|links|sitemap",
        "login|log in|sign in|sign up|register|subscribe|newsletter|services|visas|visa|press|media|gallery|jobs",
        "faq|help|english|deutsch|français|español|italiano|português|polski|русский|中文|日本語|العربية|languages",
        "close|open menu|toggle navigation|toggle menu|navigation|share|print|print this page|back|back to top|more",
        "read more|archive|archives|blog|shop|store|cart|account|my account|privacy|privacy policy|terms|topics",
        "startseite|menü|hauptmenü|suche|suchen|aktuelles|nachrichten|über uns|kontakt|impressum|datenschutz|anmelden",
        "accueil|rechercher|recherche|actualités|à propos|nous contacter|contactez-nous|mentions légales|connexion",
        "plan du site|imprimer|partager|inicio|buscar|noticias|contacto|aviso legal|cerca|notizie|contatti|chi siamo",
        "início|notícias|contato|strona główna|szukaj|aktualności|o nas|главная|поиск|новости|контакты|о нас|меню",
        "αρχική|αναζήτηση|νέα|επικοινωνία|首页|首頁|主页|新闻|新聞|搜索|导航|菜单|联系我们|聯繫我們|关于我们|登录|注册|返回顶部",
        "打印|分享|网站地图|繁体|简体",
    )
    for entry in entries.split("|")
)
_SKIP = re.compile(
    r"(?:skip to|skip navigation|jump to|go to (?:main )?content|zum (?:haupt)?inhalt|direkt zum inhalt|"
    r"aller au contenu|passer au contenu|ir al contenido|saltar al contenido|vai al contenuto|przejdź do|"
    r"перейти к|跳转到|跳到)",
    re.IGNORECASE,
)
_PARTS = re.compile(r"\s*[|｜·•»›]\s*|\s>\s|\s{3,}|\t")
_JOINING = frozenset(("&", "and", "und", "et", "of", "y", "e"))
_LINKING = frozenset(("the", "of", "at", "by", "for", "in", "on", "to", "a", "der", "die", "de", "la"))
_NUMBER_OF_LINK = re.compile(r"#?\[[0-9]{1,4}\](?=\S)")
"""What browsers in a terminal set before the words of a link ("[3]Home")."""
_SENTENCE = re.compile(r"[.!?。！？…]")

MENU_CHARACTERS = 4_000
"""A longer line is no menu; its words are not looked up one by one."""

SHORT_CHARACTERS = 28
"""An entry of a menu that stands in a line of its own is hardly longer."""


def is_entry(line: str) -> bool:
    """Whether a line is an entry of a menu, by its words."""
    if len(line) > MENU_CHARACTERS:
        return False
    line = _unnumbered(line)
    bare = line.strip(" .:!›»«>|-–•·[]()☰≡×✕").casefold()
    return bare in _ENTRIES or (len(line) < 60 and _SKIP.match(line) is not None)


def _unnumbered(line: str) -> str:
    return _NUMBER_OF_LINK.sub("", line) if "[" in line else line


def holds_entry(line: str) -> bool:
    """Whether one word of a line, or two side by side, would be an entry of a menu."""
    if len(line) > MENU_CHARACTERS:
        return False
    words = line.split()
    return any(map(is_entry, words)) or any(is_entry(f"{a} {b}") for a, b in pairwise(words))


def is_menu(line: str) -> bool:
    """Whether a line is a menu for certain: phrases side by side, parted by marks, or words that lead somewhere."""
    if len(line) > MENU_CHARACTERS:
        return False
    line = _unnumbered(line)
    parts = [part for part in _PARTS.split(line) if part]
    if len(parts) > 1:
        known = sum(map(is_entry, parts))
        short = all(len(part) <= SHORT_CHARACTERS and not _SENTENCE.search(part) for part in parts)
        # One bar may part a title from its site.
        return known > 0 if len(parts) == 2 else short or known > 1
    words = line.split()
    if len(words) < 3 or re.search(r"[.!?。！？…,，、：:;]", line):
        return False
    known = sum(is_entry(word) for word in words) + sum(is_entry(f"{a} {b}") for a, b in pairwise(words))
    capitals = sum(word[0].isupper() or word in _JOINING or word[0].lower() == word[0].upper() for word in words)
    linking = any(word in _LINKING for word in words)
    return known > 1 and capitals == len(words) and not linking and 5 * known >= len(words)


def may_be_menu(line: str) -> bool:
    """Whether a line has the form of a menu: many capitals side by side, and nothing that makes a sentence of them."""
    if len(line) > MENU_CHARACTERS:
        return False
    words = line.split()
    if is_menu(line):
        return True
    if re.search(r"[.!?。！？…,，、：:]", line):
        return False
    if not line.isascii() and all(len(word) <= 6 and word[0].lower() == word[0].upper() for word in words):
        return len(words) > 3
    if len(words) < 5:
        return False
    capitals = sum(word[0].isupper() or word in _JOINING for word in words)
    return capitals * 10 >= len(words) * 9 and not any(word in _LINKING for word in words)
