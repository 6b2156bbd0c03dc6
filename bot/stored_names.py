"""Under which ids articles are stored, where the ids that they have may be those of others."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from corpus.article import Article
from corpus.identity import ids_apart
from corpus.versions import is_same_article
from index.fingerprints import fingerprint
from index.store import StoreWriter


def stored_names(
    articles: Sequence[Article], paths: Sequence[Path], store: StoreWriter
) -> list[str | None]:
    """The id of each article in the store, in whatever version; None of those that are not there.

    One whose own id is another article's has a further one, by its address or by its file, which
    may be any of `paths`.
    """
    own = [article.id for article in articles]
    found = _names_among([[name] for name in own], articles, store)
    taken = set(store.versions({one for one, name in zip(own, found, strict=True) if name is None}))
    apart = [
        _further(article, paths) if name is None and article.id in taken else []
        for article, name in zip(articles, found, strict=True)
    ]
    further = _names_among(apart, articles, store)
    return [name or other for name, other in zip(found, further, strict=True)]


def _further(article: Article, paths: Sequence[Path]) -> list[str]:
    return [name for path in paths for name in ids_apart(article, str(path))]


def _names_among(
    names: Sequence[Sequence[str]], articles: Sequence[Article], store: StoreWriter
) -> list[str | None]:
    """For each article the first of its names that is its own; None where none is."""
    versions = store.versions({name for several in names for name in several})
    found: list[str | None] = []
    for article, several in zip(articles, names, strict=True):
        there = [name for name in dict.fromkeys(several) if name in versions]
        exact = (name for name in there if versions[name] == fingerprint(article))
        found.append(next(exact, None) or _name_of_version(article, there, store))
    return found


def _name_of_version(article: Article, names: Sequence[str], store: StoreWriter) -> str | None:
    """The first name under which another version of an article is stored."""
    stored = (one.article for one in store.stored(names) if names)
    return next((one.id for one in stored if is_same_article(article, one)), None)
