"""What a sync has to know of the store: which files gave what, and which versions are there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from collections.abc import Set as AbstractSet

from index.store import Change, Origin, StoreWriter


class StoredState:
    """Files and articles as they were stored when a sync began, and what it has changed since.

    Before whole folders are looked through, all of it is read at once. Where it is known which
    files changed, no more is looked up than these files name, whatever else is stored. May be
    asked by the thread that reads while the one that stores changes it.
    """

    def __init__(self, store: StoreWriter, below: Sequence[str] | None = None) -> None:
        """With `below`, only files that are or lie below these paths are known by path."""
        self._store = store
        self._whole = below is None
        self._origins = dict(store.origins(below))
        self._versions: dict[str, str] = {}
        self._givers: defaultdict[str, set[str]] = defaultdict(set)
        self._learned: set[str] = set()
        self._put: set[str] = set()
        if self._whole:
            self._versions.update(store.versions())
            for origin in self._origins.values():
                for article_id in origin.article_ids:
                    self._givers[article_id].add(origin.path)
        else:
            self.learn(one for origin in self._origins.values() for one in origin.article_ids)

    @property
    def origins(self) -> dict[str, Origin]:
        """The files known by path."""
        return self._origins

    def learn(self, article_ids: Iterable[str]) -> None:
        """Look up some articles, which can be asked about from then on."""
        new = [] if self._whole else [*dict.fromkeys(article_ids)]
        new = [one for one in new if one not in self._learned]
        if new:
            self._versions.update(self._store.versions(new))
            for article_id, paths in self._store.givers(new).items():
                self._givers[article_id].update(paths)
            self._learned.update(new)

    def know(self, paths: Iterable[str]) -> None:
        """Look up what some files gave that lie elsewhere: these are to be read again."""
        new = [path for path in paths if path not in self._origins]
        if new and not self._whole:
            found = self._store.origins(new)
            self._origins.update(found)
            self.learn(one for origin in found.values() for one in origin.article_ids)

    def version(self, article_id: str) -> str | None:
        """The fingerprint of an article when the sync began."""
        return self._versions.get(article_id)

    def holds(self, article_id: str) -> bool:
        """Whether an article is stored by now."""
        return article_id in self._versions or article_id in self._put

    def givers(self, article_id: str) -> AbstractSet[str]:
        """The paths of the files that give an article, as far as they were read by now."""
        return self._givers.get(article_id, frozenset())

    def forget(self, paths: Iterable[str]) -> None:
        """Files are gone: they give nothing any more."""
        for path in paths:
            for article_id in self._origins.pop(path).article_ids:
                self._givers[article_id].discard(path)

    def note(self, change: Change) -> None:
        """A change is about to be stored."""
        self._put.update(one.article.id for one in change.put)
        for path, article_ids in change.begun.items():
            self._give(path, article_ids)
        for origin in change.origins:
            before = self._origins.get(origin.path)
            for article_id in () if before is None else before.article_ids:
                self._givers[article_id].discard(origin.path)
            self._origins[origin.path] = origin
            self._give(origin.path, origin.article_ids)

    def ungiven(self) -> list[str]:
        """The articles that are stored, though no file gives them any more."""
        return sorted(one for one in {*self._versions, *self._put} if not self.givers(one))

    def _give(self, path: str, article_ids: Collection[str]) -> None:
        for article_id in article_ids:
            self._givers[article_id].add(path)
