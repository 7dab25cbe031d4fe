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
