"""Articles and files as rows of the documents."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from corpus.article import Article
from corpus.near_duplicates import bands
from index.fingerprints import fingerprint
from index.milvus.connection import Row
from index.milvus.filters import UNDATED, UNKNOWN, day_number
from index.milvus.log import NOWHERE
from index.milvus.pieces import cut, join
from index.milvus.schema import ARTICLE, FILE
from index.store import ArticleSummary, Indexed, Origin

SUMMARY = ("id", "about", "passages")
WHOLE = (*SUMMARY, "content", "story")
EVERYTHING = (
    *("id", "kind", "name", "fingerprint", "source", "language", "story", "signature"),
    *("published", "passages", "terms", "bands", "about", "content"),
)


@dataclass(frozen=True, slots=True)
class Document:
    """An article as it is stored. `passages` is how many it has."""

    version: int
    article: Article
    story: str
    passages: int


def article_row(indexed: Indexed, version: int, story: str, terms: int) -> Row:
    """The row of an article; `terms` is the length of its passages together."""
    article = indexed.article
    return {
        "id": version,
        "kind": ARTICLE,
        "name": article.id,
        "fingerprint": fingerprint(article),
        "source": UNKNOWN if article.source is None else article.source.casefold(),
        "language": article.language or UNKNOWN,
        "story": story,
        "signature": base64.b64encode(indexed.signature).decode("ascii"),
        "published": day_number(article.published),
        "passages": len(indexed.passages),
        "terms": terms,
        "bands": bands(indexed.signature),
        "about": cut(json.dumps(_about(article), ensure_ascii=False)),
        "content": cut(article.text),
        "place": NOWHERE,
    }


def file_row(origin: Origin, version: int) -> Row:
    """The row of a file."""
    content = [origin.size, origin.modified, origin.digest, list(origin.article_ids)]
    return {
        "id": version,
        "kind": FILE,
        "name": origin.path,
        "fingerprint": "",
        "source": UNKNOWN,
        "language": UNKNOWN,
        "story": "",
        "signature": "",
        "published": UNDATED,
        "passages": 0,
        "terms": 0,
        "bands": [],
        "about": [],
        "content": cut(json.dumps(content, ensure_ascii=False)),
        "place": NOWHERE,
    }


def origin_of(row: Row) -> Origin:
    """The inverse of `file_row`, of `name` and `content`."""
    size, modified, digest, ids = json.loads(join(row["content"]))
    return Origin(row["name"], size, modified, digest, tuple(ids))


def document_of(row: Row) -> Document:
    """An article from the fields `WHOLE`."""
    about = _read_about(row)
    text = join(row["content"])
    return Document(int(row["id"]), Article(text=text, **about), row["story"], int(row["passages"]))


def summary_of(row: Row) -> ArticleSummary:
    """An article without its text, from the fields `SUMMARY`."""
    about = json.loads(join(row["about"]))
    return ArticleSummary(
        id=about["id"],
        title=about["title"],
        author=about["author"],
        source=about["source"],
        published=_date_of(about["published"]),
        url=about["url"],
        language=about["language"],
        content_hash=about["content_hash"],
        passages=int(row["passages"]),
        characters=about["characters"],
    )


def signature_of(row: Row) -> bytes:
    """What tells copies of an article."""
    return base64.b64decode(row["signature"])


def _about(article: Article) -> dict[str, Any]:
    return {
        "id": article.id,
        "title": article.title,
        "content_hash": article.content_hash,
        "author": article.author,
        "source": article.source,
        "published": article.published.isoformat() if article.published else None,
        "updated": article.updated.isoformat() if article.updated else None,
        "url": article.url,
        "language": article.language,
        "characters": len(article.text),
    }


def _read_about(row: Row) -> dict[str, Any]:
    about = json.loads(join(row["about"]))
    del about["characters"]
    about["published"] = _date_of(about["published"])
    about["updated"] = _date_of(about["updated"])
    return dict(about)


def _date_of(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
