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
    missing = {one for one, name in zip(own, found, strict=True) if name is None}
    taken = set(store.versions(missing)) if missing else set()
    apart = [
        _further(article, paths) if name is None and article.id in taken else []
        for article, name in zip(articles, found, strict=True)
    ]
    further = _names_among(apart, articles, store) if any(apart) else found
    return [name or other for name, other in zip(found, further, strict=True)]


def _further(article: Article, paths: Sequence[Path]) -> list[str]:
    return [name for path in paths for name in ids_apart(article, str(path))]


def _names_among(
    names: Sequence[Sequence[str]], articles: Sequence[Article], store: StoreWriter
) -> list[str | None]:
    """For each article the first of its names that is its own; None where none is."""
    versions = store.versions({name for several in names for name in several})
    there = [[name for name in dict.fromkeys(several) if name in versions] for several in names]
    exact = [
        next((name for name in several if versions[name] == fingerprint(article)), None)
        for article, several in zip(articles, there, strict=True)
    ]
    other = {
        name
        for found, several in zip(exact, there, strict=True)
        if found is None
        for name in several
    }
    found_there = store.stored(sorted(other)) if other else []
    stored = {one.article.id: one.article for one in found_there}
    return [
        found or _name_of_version(article, [stored[one] for one in several if one in stored])
        for article, found, several in zip(articles, exact, there, strict=True)
    ]


def _name_of_version(article: Article, stored: Sequence[Article]) -> str | None:
    """The first name under which another version of an article is stored."""
    return next((one.id for one in stored if is_same_article(article, one)), None)
