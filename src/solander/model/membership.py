"""Labels of membership: the day behind "Joined:" is a member's, and none of the page's.

A thread prints beside each post since when its writer is a member; the labels are those of the languages that boards
are written in.
"""

from __future__ import annotations

from solander.model.caseless import Caseless

BEFORE_CHARACTERS = 60
"""So much of what stands before a day is asked for such a label."""

_WORDS = (
    r"joined|(?:a )?member since|(?:user )?registered|registration date|date (?:joined|registered)|join(?:ed)? date|"
    r"(?:registriert|angemeldet|mitglied|dabei|nutzer) seit|registriert|beigetreten|(?:registrierungs|anmelde|"
    r"anmeldungs|beitritts)datum|inscrite?(?: depuis)?(?: le)?|membre depuis(?: le)?|date d['’]inscription|"
    r"registrad[oa](?: desde)?(?: el)?|miembro desde(?: el)?|fecha de (?:registro|ingreso)|se unió|membro desde|"
    r"cadastrad[oa](?: em)?|data de (?:cadastro|registro)|iscritt[oa](?: dal?| il)?|registrat[oa](?: dal?| il)?|"
    r"membro dal?|data di iscrizione|lid sinds|geregistreerd|medlem (?:siden|sedan|fra|från)|(?:registrert|registreret|"
    r"registrerad|tilmeldt|gick med)|liittynyt|jäsen alkaen|dołączyła?|zarejestrowan[ya]|data rejestracji|"
    r"зарегистрирована?|регистрация|дата регистрации|на (?:форуме|сайте) с|registrován|člen od|"
    r"μέλος από|εγγραφή|kayıt tarihi|üyelik tarihi|注册(?:时间|日期|于)|註冊(?:時間|日期|於)|"
    r"加入(?:时间|時間|日期|于|於)|入会日|가입일"
)
_BETWEEN = (
    r"(?:(?:on|in|the|am|seit|vom|le|el|il|em|op|den|dnia|od|с|since|"
    r"(?:mon|tue|wed|thu|fri|sat|sun|mo|di|mi|do|fr|sa|so|lun|mar|mer|jeu|ven|sam|dim|mié|jue|vie|sáb|dom|gio|sab|"
    r"пн|вт|ср|чт|пт|сб|вс)(?:[a-zé]{0,6}(?:day|tag|woch|di))?)[.,]{0,2}(?:\s+|\Z)){0,2}"
)
_LABEL = Caseless(rf"(?<!\w)(?:{_WORDS})\s*[:：]?\s*")
_BEFORE_DAY = Caseless(rf"(?<!\w)(?:{_WORDS})\s*[:：]?\s*{_BETWEEN}\Z")


def tells_membership(before: str) -> bool:
    """Whether the words right before a day say that somebody became a member on it."""
    return before != "" and _BEFORE_DAY.is_in(before[-BEFORE_CHARACTERS:])


def is_membership_label(text: str) -> bool:
    """Whether a text is such a label and nothing else: "Joined:", "Mitglied seit"."""
    return len(text) <= BEFORE_CHARACTERS and _LABEL.is_all(text.strip())
