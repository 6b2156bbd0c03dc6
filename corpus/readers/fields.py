"""Metadata by name: the many words that feeds, exports and front matter use for one thing."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from urllib.parse import urlsplit

from corpus.draft import Draft
from corpus.identity import canonical_url
from corpus.outlets import outlet_of_url
from corpus.readers.values import as_address, as_names, as_text, sane_id, without_wiki_links

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
_OF_DATES = ("$date", "$numberLong", "@value", "date", "iso", "_seconds", "seconds")
"""What holds a date in the objects that stand for it in the exports of databases."""
_DEEPEST_DATE = 2
_FEWEST_DIGITS = 3
"""A date has more; 1 says that something was published, not when."""
_LETTER = re.compile(r"[^\W\d_]")
_ADDRESS = re.compile(r"https?://", re.I)
_OF_ARTICLES = re.compile(r"\d[^/]*\Z|-[^/]*-[^/]*\Z|/[^/]+/[^/]+\Z|\.html?\Z")
"""What the path of one article ends with, and that of a section does not."""
_APART = re.compile(r"(?<=.)[\s_-]+")


def draft_from_fields(record: Mapping[str, object], where: str = "") -> Draft:
    """A draft from named fields, whatever of the usual names they go by; text may be empty.

    Of several fields that may hold the text it is the longest: others are its beginnings.
    """
    fields = named(record)
    given_id = _first(fields, "id", as_text)
    source, page = _outlet(fields, alone=not where)
    return Draft(
        text=body_of(fields) or _longest(fields, SUMMARIES),
        title=as_text(_first(fields, "title", as_text)),
        authors=as_names(_first(fields, "authors", as_names)),
        source=source,
        published=as_date(_first(fields, "published", as_date)),
        updated=as_date(_first(fields, "updated", as_date)),
        url=next((url for one in ADDRESSES if (url := as_address(fields.get(one)))), page),
        language=as_text(_first(fields, "language", as_text)),
        id=sane_id(given_id if given_id is not None else fields.get("_id")),
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
    """A date as it is, anything else in words to be parsed later; None for a mere flag."""
    for _ in range(_DEEPEST_DATE):
        if isinstance(value, Mapping):
            inner = (value[name] for name in _OF_DATES if name in value)
            value = next(inner, value)
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = as_text(value)
    digits = sum(map(str.isdigit, text or ""))
    return text if digits >= _FEWEST_DIGITS else None


def _outlet(fields: Mapping[str, object], *, alone: bool) -> tuple[str | None, str | None]:
    """The outlet's name, and the article's address where that is given for the outlet.

    Of a record among others an address has to look like one article's: a section's would make all
    of them versions of one.
    """
    texts = (as_text(fields.get(name)) for name in NAMES["source"])
    given = [without_wiki_links(text).strip() for text in texts if text and _LETTER.search(text)]
    address = next(filter(_ADDRESS.match, given), None)
    name = next((one for one in given if not _ADDRESS.match(one)), None)
    if address is None:
        return name, None
    url = canonical_url(address)
    path = urlsplit(url).path.strip("/") if url else ""
    is_page = bool(path) and (alone or _OF_ARTICLES.search(path) is not None)
    return name or outlet_of_url(url), url if is_page else None


def _longest(fields: Mapping[str, object], names: Sequence[str]) -> str:
    texts = (as_text(fields.get(name)) or "" for name in names)
    return max(texts, key=lambda text: len(text.strip()))


def _first(fields: Mapping[str, object], concept: str, read: Callable[[object], object]) -> object:
    """The first field of these names of which `read` makes something."""
    return next((value for name in NAMES[concept] if read(value := fields.get(name))), None)
