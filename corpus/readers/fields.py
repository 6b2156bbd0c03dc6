"""Metadata by name: the many words that feeds, exports and front matter use for one thing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from corpus.draft import Draft

NAMES: Mapping[str, Sequence[str]] = {
    "id": ("id", "guid", "uuid", "article_id", "_id"),
    "title": ("title", "headline", "name", "heading"),
    "text": ("text", "body", "content", "article", "fulltext", "full_text", "maintext",
             "articlebody", "content_text", "article_text", "description", "summary"),
    "authors": ("author", "authors", "byline", "creator", "writer", "dc:creator"),
    "source": ("source", "outlet", "publisher", "site", "sitename", "site_name", "newspaper",
               "publication", "source_name", "domain", "source_domain", "hostname"),
    "published": ("date", "published", "date_published", "published_at", "publishedat",
                  "publish_date", "publication_date", "date_publish", "datepublished", "pubdate",
                  "published_date", "publicationdate", "created", "created_at", "datetime",
                  "timestamp", "time"),
    "updated": ("updated", "modified", "date_modified", "datemodified", "updated_at",
                "updatedat", "last_modified", "lastmod", "date_modify"),
    "url": ("url", "link", "canonical", "canonical_url", "permalink", "source_url", "uri", "href"),
    "language": ("language", "lang", "locale", "inlanguage"),
}  # fmt: skip
LONGEST_ID = 200


def draft_from_fields(record: Mapping[str, object], where: str = "") -> Draft:
    """A draft from named fields, whatever of the usual names they go by; text may be empty."""
    fields = {str(key).strip().lower(): value for key, value in record.items()}
    found = {concept: _first(fields, names) for concept, names in NAMES.items()}
    return Draft(
        text=as_text(found["text"]) or "",
        title=as_text(found["title"]),
        authors=as_names(found["authors"]),
        source=as_text(found["source"]),
        published=as_date(found["published"]),
        updated=as_date(found["updated"]),
        url=as_text(found["url"]),
        language=as_text(found["language"]),
        id=sane_id(found["id"]),
        where=where,
        as_given=True,
    )


def as_text(value: object) -> str | None:
    """A string as it is, a number in digits, the name of a `{name: ...}`; else None."""
    if isinstance(value, str):
        return value if value.strip() else None
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, Mapping):
        return as_text(value.get("name") or value.get("text") or value.get("title"))
    if isinstance(value, Sequence) and value and all(isinstance(part, str) for part in value):
        return "\n\n".join(value)
    return None


def as_names(value: object) -> tuple[str, ...]:
    """Names out of one string, one `{name: ...}`, or a list of either."""
    if isinstance(value, Sequence) and not isinstance(value, (str, bytes)):
        names = [as_text(part) for part in value]
        return tuple(name.strip() for name in names if name)
    name = as_text(value)
    return (name.strip(),) if name else ()


def as_date(value: object) -> str | date | None:
    """A date as it is, anything else in words to be parsed later."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    return as_text(value)


def sane_id(value: object) -> str | None:
    """An identifier that can be kept verbatim: one line, no control characters, not too long."""
    text = as_text(value)
    if text is None or len(text) > LONGEST_ID or not text.isprintable() or text != text.strip():
        return None
    return text


def _first(fields: Mapping[str, object], names: Sequence[str]) -> object:
    for name in names:
        value = fields.get(name)
        if value not in (None, "", [], {}):
            return value
    return None
