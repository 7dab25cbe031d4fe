"""A provider of OAI-PMH over a catalogue: six verbs, tokens that miss and repeat nothing, marks of what is gone.

A token holds the request, where the list has come to, and where the catalogue stood when it began: what is added
meanwhile stands behind that, and is found by the next harvest, which asks from the moment of this one's first answer.

Source: OAI-PMH 2.0 (2015-01-08), 2.5.1, 2.7.1, 3.3, 3.5, 3.6 and 4.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from solander.cataloguing import Catalogue
from solander.cataloguing.harvesting import SETS as KINDS_OF_SETS
from solander.encoding import oai_pmh as xml
from solander.encoding.datacite_xml import datacite_xml
from solander.encoding.tei_reading import parse_tei
from solander.errors import SolanderError
from solander.files.folder import Folder
from solander.model.bag_layout import DATACITE_NAME, TEI_NAME
from solander.model.catalogue import Harvest, Item
from solander.model.item import tei_name
from solander.pipeline import clock
from solander.pipeline.archive import RECORD_LIMIT_BYTES
from solander.pipeline.archives.catalogue_entries import TEI_LIMIT_BYTES

RECORDS, HEADERS, SETS = 100, 500, 200
"""So many stand in one answer."""

_ALONE = frozenset(("tei",))
"""Formats of which one record stands in an answer: two TEI files have the same ``xml:id``s, and no document may hold
one twice (xml:id 1.0, 4); and a TEI file may be long."""

_VERBS = {
    "Identify": ((), ()),
    "ListMetadataFormats": ((), ("identifier",)),
    "ListSets": ((), ("resumptionToken",)),
    "GetRecord": (("identifier", "metadataPrefix"), ()),
    "ListIdentifiers": (("metadataPrefix",), ("from", "until", "set", "resumptionToken")),
    "ListRecords": (("metadataPrefix",), ("from", "until", "set", "resumptionToken")),
}
"""The arguments that each needs, and those that it may have."""

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z", re.ASCII)
_SECOND = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z\Z", re.ASCII)
_SET = re.compile(r"[A-Za-z0-9\-_.!~*'()]+(?::[A-Za-z0-9\-_.!~*'()]+)*\Z")
_TOKEN = re.compile(
    r"(oai_dc|tei|datacite)\|(\d{1,18})\|(\d{1,18})\|(\d{1,12})\|(\d{1,12})\|(\d{0,12})\|(\d{0,12})\|(.*)\Z", re.ASCII
)


class Refused(Exception):
    """An error of the protocol."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code, self.message = code, message


class Provider:
    """Answers of one archive; it holds nothing, so that many threads may have one each."""

    def __init__(self, archive: Path, catalogue: Catalogue, *, base: str, name: str, email: str) -> None:
        self._archive, self._catalogue = archive, catalogue
        self._base, self._name, self._email = base, name, email

    def answer(self, arguments: Sequence[tuple[str, str]], *, at: datetime | None = None) -> bytes:
        """The answer to a request: a document of ``OAI-PMH.xsd`` in any case."""
        now = clock.moment(at)
        told: dict[str, str] = {}
        try:
            told = _checked(arguments)
            body = self._verb(told)
        except Refused as refused:
            if refused.code in ("badVerb", "badArgument"):
                told = {}
            body = xml.error(refused.code, refused.message)
        return xml.envelope(self._base, told, body, now)

    def _verb(self, asked: dict[str, str]) -> str:
        verb = asked["verb"]
        if verb == "Identify":
            earliest = self._catalogue.earliest_stamp() or datetime(1970, 1, 1, tzinfo=UTC)
            return xml.identify(self._name, self._base, self._email, earliest)
        if verb == "ListMetadataFormats":
            return self._formats(asked.get("identifier"))
        if verb == "ListSets":
            return self._sets(asked.get("resumptionToken"))
        if verb == "GetRecord":
            item = self._item(asked["identifier"])
            prefix = asked["metadataPrefix"]
            if prefix not in xml.FORMATS or not _has(item, prefix):
                raise Refused("cannotDisseminateFormat", "the item has no record of this format")
            metadata = self._metadata(item, prefix)
            if metadata is None:
                raise Refused("cannotDisseminateFormat", "the record of this format could not be read")
            return f"<GetRecord>\n{xml.record(item, metadata)}</GetRecord>\n"
        return self._list(verb, asked)

    def _item(self, identifier: str) -> Item:
        item = self._catalogue.item(identifier)
        if item is None:
            raise Refused("idDoesNotExist", "there is no such item")
        return item

    def _formats(self, identifier: str | None) -> str:
        if identifier is None:
            return xml.formats(tuple(xml.FORMATS))
        item = self._item(identifier)
        return xml.formats([one for one in xml.FORMATS if _has(item, one)])

    def _sets(self, token: str | None) -> str:
        if token is not None and not token.startswith("sets|"):
            raise Refused("badResumptionToken", "this is no token of ours")
        after = token.removeprefix("sets|") if token is not None else ""
        found = self._catalogue.sets(after, SETS + 1)
        shown = found[:SETS]
        specs = shown if token is not None else (*KINDS_OF_SETS, *shown)
        if not found and token is not None:
            raise Refused("badResumptionToken", "nothing follows it")
        more = xml.resumption(f"sets|{shown[-1]}") if len(found) > SETS else xml.resumption("") if token else ""
        return xml.sets(specs, more)

    def _list(self, verb: str, asked: dict[str, str]) -> str:
        harvest, cursor, size = _resumed(asked["resumptionToken"]) if "resumptionToken" in asked else self._begun(asked)
        limit = HEADERS if verb == "ListIdentifiers" else 1 if harvest.format in _ALONE else RECORDS
        found = self._catalogue.items(harvest, limit + 1)
        if not found:
            if cursor:
                raise Refused("badResumptionToken", "nothing follows it")
            raise Refused("noRecordsMatch", "no item matches")
        shown = found[:limit]
        parts: list[str] = []
        for item in shown:
            if verb == "ListIdentifiers":
                parts.append(xml.header(item if _has(item, harvest.format) else _as_gone(item)))
            elif item.is_deleted or not _has(item, harvest.format):
                parts.append(xml.record(_as_gone(item), ""))
            elif (metadata := self._metadata(item, harvest.format)) is not None:
                parts.append(xml.record(item, metadata))
            else:
                # Catalogued, but no longer to be had: what is told is what is so.
                parts.append(xml.record(_as_gone(item), ""))
        token = ""
        if len(found) > limit:
            after = harvest._replace(after=shown[-1].sequence)
            token = xml.resumption(_token(after, cursor + len(shown), size), size, cursor)
        elif cursor:
            token = xml.resumption("", size, cursor)
        return f"<{verb}>\n{''.join(parts)}{token}</{verb}>\n"

    def _begun(self, asked: dict[str, str]) -> tuple[Harvest, int, int]:
        prefix, in_set = asked["metadataPrefix"], asked.get("set", "")
        if prefix not in xml.FORMATS:
            raise Refused("cannotDisseminateFormat", "there are no records of this format")
        if in_set and not _SET.match(in_set):
            raise Refused("badArgument", "set is none")
        earliest, latest = _span(asked.get("from"), asked.get("until"))
        last = self._catalogue.last_sequence()
        harvest = Harvest(earliest, latest, in_set, prefix, 0, last)
        return harvest, 0, self._catalogue.count_items(harvest)

    def _metadata(self, item: Item, prefix: str) -> str | None:
        """What stands below ``metadata``; ``None`` where it cannot be read."""
        if item.is_deleted:
            return ""
        if prefix == "oai_dc":
            return xml.located(item.dublin_core)
        from lxml import etree  # late: most harvests are of Dublin Core

        folder = Folder(self._archive / item.name)
        try:
            if prefix == "datacite":
                return datacite_xml(folder.read(DATACITE_NAME, RECORD_LIMIT_BYTES), item.identifier)
            name = TEI_NAME if item.page is None else tei_name(item.page)
            root = parse_tei(folder.read(name, TEI_LIMIT_BYTES))
        except (SolanderError, ValueError):
            return None
        return str(etree.tostring(root, encoding="unicode")) + "\n"


def _has(item: Item, prefix: str) -> bool:
    return prefix == "oai_dc" or prefix in item.formats


def _as_gone(item: Item) -> Item:
    return Item(identifier=item.identifier, sequence=item.sequence, stamp=item.stamp, sets=item.sets, is_deleted=True)


def _checked(arguments: Sequence[tuple[str, str]]) -> dict[str, str]:
    """The arguments, once each and as their verb wants them."""
    verbs = [value for name, value in arguments if name == "verb"]
    if len(verbs) != 1 or verbs[0] not in _VERBS:
        raise Refused("badVerb", "verb is missing, repeated or none of the six")
    needed, allowed = _VERBS[verbs[0]]
    asked: dict[str, str] = {}
    for name, value in arguments:
        if name in asked:
            raise Refused("badArgument", "an argument is repeated")
        if name not in ("verb", *needed, *allowed):
            raise Refused("badArgument", "an argument is not one of this verb's")
        if not value or any(letter < " " for letter in value) or "\ufffd" in value:
            raise Refused("badArgument", "an argument is empty, or no text")
        asked[name] = value
    if "resumptionToken" in asked:
        if len(asked) > 2:
            raise Refused("badArgument", "resumptionToken stands alone")
    elif missing := [name for name in needed if name not in asked]:
        raise Refused("badArgument", f"{missing[0]} is missing")
    return asked


def _span(first: str | None, last: str | None) -> tuple[datetime | None, datetime | None]:
    if first is not None and last is not None and len(first) != len(last):
        raise Refused("badArgument", "from and until are of one granularity")
    earliest = _moment(first) if first is not None else None
    latest = _moment(last) if last is not None else None
    if earliest is not None and latest is not None and earliest > latest:
        raise Refused("badArgument", "from is later than until")
    if latest is not None and last is not None and _DAY.match(last):
        latest += timedelta(hours=23, minutes=59, seconds=59)
    return earliest, latest


def _moment(written: str) -> datetime:
    if not (_DAY.match(written) or _SECOND.match(written)):
        raise Refused("badArgument", "from and until are YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ")
    try:
        return datetime.fromisoformat(written.removesuffix("Z")).replace(tzinfo=UTC)
    except ValueError:
        raise Refused("badArgument", "from or until is no date") from None


def _token(harvest: Harvest, cursor: int, size: int) -> str:
    first, last = (str(int(one.timestamp())) if one else "" for one in (harvest.earliest, harvest.latest))
    parts = (harvest.format, harvest.after, harvest.up_to, cursor, size, first, last, harvest.in_set)
    return "|".join(str(part) for part in parts)


def _resumed(token: str) -> tuple[Harvest, int, int]:
    match = _TOKEN.match(token)
    if match is None or (match[8] and not _SET.match(match[8])) or not int(match[4]):
        raise Refused("badResumptionToken", "this is no token of ours")
    try:
        first, last = (datetime.fromtimestamp(int(one), UTC) if one else None for one in (match[6], match[7]))
    except (ValueError, OverflowError, OSError):
        raise Refused("badResumptionToken", "this is no token of ours") from None
    harvest = Harvest(first, last, match[8], match[1], int(match[2]), int(match[3]))
    return harvest, int(match[4]), int(match[5])
