"""A new version of an article that is there already: its text counts, its first date stays."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from corpus.article import Article
from corpus.near_duplicates import same_story, signature


def continued(new: Article, earlier: Article) -> Article:
    """`new` with the history of `earlier`, the version of the same address before it.

    The first date of publishing stays; a later one is the date of the update. Articles without
    an address, or of another one, have no common history.
    """
    if new.url is None or new.url != earlier.url:
        return new
    published = _first(new.published, earlier.published)
    updated = _last(new.published, new.updated, earlier.updated)
    if updated is not None and published is not None and updated <= published:
        updated = None
    if published is None:
        updated = new.updated or earlier.updated
    return replace(new, published=published, updated=updated)


def is_same_article(one: Article, other: Article, signed: bytes = b"", others: bytes = b"") -> bool:
    """Whether two articles of one id are versions of one: the same address, or the same story.

    Exports count their articles from 1, so that an equal id alone proves nothing. Signatures
    (`corpus.near_duplicates`) are made where none are given.
    """
    if one.content_hash == other.content_hash or (one.url is not None and one.url == other.url):
        return True
    return same_story(signed or signature(one.text), others or signature(other.text))


def is_newer(one: Article, other: Article) -> bool:
    """Whether `one` says of itself that it is of a later day than `other`."""
    its, others = _day(one), _day(other)
    return its is not None and others is not None and its > others


@dataclass(frozen=True, slots=True)
class Superseded:
    """An article of which a later version is known: it is history."""

    older: Article
    later: Article

    def __str__(self) -> str:
        return (
            f"an older version ({_day(self.older)}) of {self.later.id};"
            f" the one of {_day(self.later)} stays, remove it first if that is wrong"
        )


def superseded(articles: Iterable[Article], known: Mapping[str, Article]) -> list[Superseded]:
    """Those of `articles` that say to be older than another of their id, here or in `known`.

    `known` are stored versions by id. Without days on both, none is older than the other; the
    same words with an earlier day are a correction, and other articles under the id are no history.
    """
    articles = list(articles)
    latest = dict(known)
    for one in articles:
        if one.id not in latest or is_newer(one, latest[one.id]):
            latest[one.id] = one
    return [
        Superseded(one, later)
        for one in articles
        for later in [latest[one.id]]
        if is_newer(later, one)
        and later.content_hash != one.content_hash
        and is_same_article(one, later)
    ]


def _day(article: Article) -> date | None:
    return article.updated or article.published


def _first(*days: date | None) -> date | None:
    return min((day for day in days if day is not None), default=None)


def _last(*days: date | None) -> date | None:
    return max((day for day in days if day is not None), default=None)
