"""Names that pages give their ``meta`` elements: what each states, and how much it weighs.

Three kinds of evidence lie here. ``meta``: written for catalogues (``citation_*``; Dublin Core, which ``harvest``
reads by its prefix). ``open-graph``: written for those who share a link. ``markup``: HTML's own words, which
anybody's template fills (``author``, ``date``, ``keywords``).
"""

from __future__ import annotations

import re
from typing import NamedTuple

from solander.describing.kinds import Kind


class MetaName(NamedTuple):
    """What a ``meta`` of some name states."""

    element: str
    refinement: str | None
    kind: Kind
    preference: int
    """Among evidence of one kind, the lower is the stronger."""


def _of(element: str, refinement: str | None, kind: Kind, names: str) -> dict[str, MetaName]:
    return {name: MetaName(element, refinement, kind, at) for at, name in enumerate(names.split())}


META: dict[str, MetaName] = {
    # For catalogues and for the archives of newspapers.
    **_of("title", None, Kind.CATALOGUE, "citation_title bepress_citation_title eprints.title prism.title"),
    **_of(
        "creator",
        None,
        Kind.CATALOGUE,
        "citation_author citation_authors bepress_citation_author eprints.creators_name",
    ),
    **_of(
        "date",
        "issued",
        Kind.CATALOGUE,
        "citation_publication_date citation_date citation_online_date bepress_citation_date prism.publicationdate "
        "prism.onlinedate eprints.date citation_year",
    ),
    **_of(
        "publisher",
        None,
        Kind.CATALOGUE,
        "citation_publisher bepress_citation_publisher eprints.publisher prism.publisher",
    ),
    **_of("description", "abstract", Kind.CATALOGUE, "citation_abstract eprints.abstract"),
    **_of("subject", None, Kind.CATALOGUE, "citation_keywords citation_keyword prism.keyword eprints.keywords"),
    **_of(
        "relation", "isPartOf", Kind.CATALOGUE, "citation_journal_title citation_conference_title citation_series_title"
    ),
    **_of("identifier", None, Kind.CATALOGUE, "citation_doi prism.doi bepress_citation_doi eprints.id_number"),
    **_of("language", None, Kind.CATALOGUE, "citation_language prism.language"),
    **_of("rights", None, Kind.CATALOGUE, "prism.copyright"),
    # For those who share a link, and for the services that count readers.
    **_of("title", None, Kind.SHARED, "og:title twitter:title twitter:text:title parsely-title sailthru.title"),
    **_of(
        "creator",
        None,
        Kind.SHARED,
        "article:author og:article:author og:author book:author article:author_name parsely-author sailthru.author "
        "cxenseparse:author shareaholic:article_author_name article.author sailthru.byline_name dable:author "
        "mediator_author rnews:author",
    ),
    **_of(
        "date",
        "issued",
        Kind.SHARED,
        "article:published_time og:article:published_time article:published og:published_time og:pubdate "
        "og:release_date book:release_date parsely-pub-date sailthru.date cxenseparse:publishtime "
        "cxenseparse:recs:publishtime shareaholic:article_published_time article.published rnews:datepublished "
        "vr:published_time dable:published_time mediator_published_time",
    ),
    **_of(
        "date",
        "modified",
        Kind.SHARED,
        "article:modified_time og:article:modified_time og:modified_time og:updated_time "
        "shareaholic:article_modified_time article.updated cxenseparse:modifiedtime rnews:datemodified",
    ),
    **_of("publisher", None, Kind.SHARED, "og:site_name og:publisher og:site article:publisher"),
    **_of("description", None, Kind.SHARED, "og:description twitter:description"),
    **_of("subject", None, Kind.SHARED, "article:tag og:article:tag parsely-tags sailthru.tags article:section"),
    **_of("language", None, Kind.SHARED, "og:locale"),
    **_of("identifier", None, Kind.SHARED, "og:url"),
    **_of("coverage", "spatial", Kind.SHARED, "og:locality place:locality"),
    # HTML's own names, and those that templates made after them.
    # Chinese authorities name both in a standard of their own.
    "articletitle": MetaName("title", None, Kind.META, 2),
    "title": MetaName("title", None, Kind.META, 2),
    **_of(
        "creator",
        None,
        Kind.META,
        "author authors byl byline creator dcsext.author bc:authors article-author article_author "
        "articleauthor rbauthors",
    ),
    **_of(
        "date",
        "issued",
        Kind.META,
        "pubdate publishdate publish-date publish_date publication_date publication-date date-pub published "
        "published_time dateissued date.issued date_published originalpublicationdate releasedate isodatetime "
        "pub_date publicationdate publisheddate published-date published_date published_at published-at publishedtime "
        "publishtime publish_time publish-time dateposted date_posted articledate article-date article_date "
        "article_date_original firstpublished sw-pubdate displaydate ptime",
    ),
    **_of(
        "date",
        "modified",
        Kind.META,
        "last-modified lastmod modified revised updated date.modified last-updated last_modified lastmodified "
        "datemodified date-modified date_modified updated_at updated-at updatetime update_time lastupdated "
        "last_updated revision_date utime",
    ),
    # What many a template fills with the day of delivery: weaker than a <time> beside the title.
    "date": MetaName("date", "issued", Kind.META, 12),
    "created": MetaName("date", "issued", Kind.META, 13),
    "date.created": MetaName("date", "issued", Kind.META, 13),
    **{
        name: MetaName("date", "issued", Kind.META, 13)
        for name in ("datecreated", "date_created", "created_at", "creation_date", "creationdate", "createdate")
    },
    # A page of documentation bears the day on which somebody last went over it.
    "ms.date": MetaName("date", "modified", Kind.META, 3),
    **_of("description", None, Kind.META, "description abstract"),
    **_of("subject", None, Kind.META, "keywords news_keywords"),
    **_of("publisher", None, Kind.META, "publisher application-name apple-mobile-web-app-title sitename"),
    **_of("rights", None, Kind.META, "rights copyright"),
    "copyright-holder": MetaName("publisher", None, Kind.META, 3),
    **_of("rights", "license", Kind.META, "license dcterms.license cc:license"),
    **_of("language", None, Kind.META, "content-language language lang"),
    **_of("coverage", "spatial", Kind.META, "geo.placename"),
}

_BYLINE = re.compile(r"[\w-]{1,24}[.:_]byline")
"""Whatever counts readers or searches calls it so in a space of its own: ``search.byline``."""


def meta_name(name: str) -> MetaName | None:
    """What a ``meta`` of a name states; ``None`` where that is unknown.

    Args:
        name: in lower case.
    """
    return META.get(name) or (MetaName("creator", None, Kind.META, 3) if _BYLINE.fullmatch(name) else None)
