"""Metadata by name: the many words that feeds, exports and front matter use for one thing."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from corpus.draft import Draft
from corpus.readers.values import as_address, as_names, as_text, sane_id

NAMES: Mapping[str, Sequence[str]] = {
    "id": ("id", "guid", "uuid", "articleid"),
    "title": ("title", "headline", "name", "heading", "articletitle", "webtitle"),
    "authors": ("author", "authors", "byline", "creator", "writer", "dc:creator", "authorname",
                "authornames", "bylines"),
    "source": ("source", "outlet", "publisher", "site", "sitename", "newspaper", "publication",
               "sourcename", "newsoutlet", "outletname", "publishername", "domain",
               "sourcedomain", "hostname"),
    "published": ("published", "datepublished", "publishedat", "publishdate", "publicationdate",
                  "datepublish", "pubdate", "publisheddate", "webpublicationdate",
                  "firstpublished", "date", "datetime", "created", "createdat", "timestamp",
                  "time"),
    "updated": ("updated", "modified", "datemodified", "updatedat", "lastmodified", "lastmod",
                "datemodify"),
    "language": ("language", "lang", "locale", "inlanguage"),
}  # fmt: skip
"""Without spaces, hyphens and underscores, in small letters; the surest name first. Times at which
something was created or stamped may be those of a crawl, so they come last."""
ADDRESSES = (
    "url", "link", "canonical", "canonicalurl", "permalink", "weburl", "sourceurl", "uri", "href",
    "mainentityofpage",
)  # fmt: skip
BODIES = (
    "text", "body", "content", "article", "fulltext", "maintext", "articlebody", "contenttext",
    "contenthtml", "articletext", "bodytext", "bodyhtml", "paragraphs", "story", "storytext",
)  # fmt: skip
SUMMARIES = ("description", "summary", "excerpt", "standfirst")
_APART = re.compile(r"(?<=.)[\s_-]+")


def draft_from_fields(record: Mapping[str, object], where: str = "") -> Draft:
    """A draft from named fields, whatever of the usual names they go by; text may be empty.

    Of several fields that may hold the text it is the longest: others are its beginnings.
    """
    fields = named(record)
    found = {concept: _first(fields, names) for concept, names in NAMES.items()}
    return Draft(
        text=body_of(fields) or _longest(fields, SUMMARIES),
        title=as_text(found["title"]),
        authors=as_names(found["authors"]),
        source=as_text(found["source"]),
        published=as_date(found["published"]),
        updated=as_date(found["updated"]),
        url=next((url for one in ADDRESSES if (url := as_address(fields.get(one)))), None),
        language=as_text(found["language"]),
        id=sane_id(found["id"] if found["id"] is not None else fields.get("_id")),
        where=where,
        as_given=True,
    )


def named(record: Mapping[str, object]) -> dict[str, object]:
    """The fields by plain names: `articletext` for "Article Text" and `article_text`."""
    return {_APART.sub("", str(key).strip()).lower(): value for key, value in record.items()}


def body_of(fields: Mapping[str, object]) -> str:
    """The text of an article in the fields that hold whole texts; empty where there is none."""
    return _longest(fields, BODIES)


def as_date(value: object) -> str | date | None:
    """A date as it is, anything else in words to be parsed later."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    return as_text(value)


def _longest(fields: Mapping[str, object], names: Sequence[str]) -> str:
    texts = (as_text(fields.get(name)) or "" for name in names)
    return max(texts, key=lambda text: len(text.strip()))


def _first(fields: Mapping[str, object], names: Sequence[str]) -> object:
    """The first of these fields that says something."""
    for name in names:
        value = fields.get(name)
        if isinstance(value, date) or as_text(value) is not None:
            return value
    return None
