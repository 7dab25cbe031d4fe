"""What software writes between a title and its text: that it was posted, by whom, on which day; in many languages.

``describing`` reads names out of such lines, ``reading`` tells by them that a line is one.
"""

from __future__ import annotations

VERB = (
    r"(?:posted|published|written|submitted|created|added|uploaded|eingestellt|gepostet|veröffentlicht|geschrieben|"
    r"verfasst|gespeichert|eingetragen|eingereicht|hinzugefügt|"
    r"erstellt|publiziert|publiée?|postée?|rédigée?|écrite?|soumis|envoyé|ajoutée?|proposée?|"
    r"publicad[oa]|escrit[oa]|enviad[oa]|subid[oa]|pubblicat[oa]|scritt[oa]|inviat[oa]|inserit[oa]|aggiunt[oa]|"
    r"postat[oa]|geplaatst|gepubliceerd|ingediend|ingezonden|toegevoegd|opublikowan[ey]|wysłane|napisane|dodane|dodał|zamieszczone|разместил|опубликовано|"
    r"добавил|автор|author|autor|autore|auteur)"
)
BY = r"(?:by|von|par|por|da|di|door|przez|av|af)"
BEFORE_DAY = r"(?:at|on|um|am|à|le|a\sla\(s\)|el|em|às|alle|il|om|op|o|w\sdniu|dnia|в)"
POSTING_SENTENCE = (
    r"(?:this\s(?:entry|post|article|item)\s(?:was|has\sbeen)\s(?=posted|published|written|filed)|"
    r"(?:posted|published)\s(?=(?:on|in|by|at)\s.{3,200}\sfiled\sunder\s)|"
    r"diese[rs]?\s(?:eintrag|beitrag|artikel|post)\swurde\s(?:(?=am|um|unter|in|von|veröffentlicht|verfasst|geschrieben|gepostet))|"
    r"(?:cet(?:te)?\s(?:entrée|article|publication)|ce\s(?:contenu|billet|message))\sa\sété\s(?=publié|posté|écrit)|"
    r"(?:esta\s(?:entrada|publicación)|este\s(?:artículo|post))\s(?:fue|se)\s(?=public|escrit)|"
    r"(?:quest[oa]\s(?:voce|articolo|post)|quest’articolo)\sè\sstat[oa]\s(?=pubblicat|scritt)|"
    r"(?:esta\sentrada|este\s(?:artigo|post))\sfoi\s(?=publicad|escrit|postad)|"
    r"dit\s(?:bericht|artikel)\s(?:werd|is)\s(?=geplaatst|gepubliceerd)|"
    r"(?:det\shär\sinlägget|detta\sinlägg|dette\sindlæg|dette\sinnlegget)\s(?:\w+\s)?(?=postades|publicerades|udgivet|publisert)|"
    r"(?:ten\s)?wpis\szostał\s(?=opublikowan)|(?:эта\s)?запись\s(?:была\s)?(?=опубликован)|"
    r"příspěvek\sbyl\s(?=publikován)|bu\s(?:yazı|girdi)\s(?=.{3,160}\s(?:gönderil|yayınlan|yazıl)))"
)
"""How blogs say in a sentence when a text was posted, by whom, and filed under what; the verb follows."""
