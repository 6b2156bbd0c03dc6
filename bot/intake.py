"""Taking files, and pages behind links, into the article folder and the index."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from itertools import islice, takewhile
from pathlib import Path
from typing import TYPE_CHECKING

from bot.added_files import AddedFiles, as_file, record
from bot.followed_links import FollowedLinks
from bot.librarian import Added, PagesFetched, unheard
from bot.seen_pages import SeenPages
from bot.stored_names import stored_names
from corpus.article import Article
from corpus.errors import IndexMissing
from corpus.imported import ImportedFile, Skipped
from corpus.links import Fetched, LinkFetcher, LinkSettings, file_name
from corpus.listed_pages import AlreadySeen, Listed, fetch_pages
from corpus.readers.reading import Flaw
from corpus.robots import Robots
from corpus.versions import Superseded, continued, superseded
from index.fingerprints import fingerprint
from index.store import StoreWriter
from index.sync import sync_changed

if TYPE_CHECKING:
    from bot.composition import Parts

PAGES_AT_ONCE = 10
"""So many pages of a list are fetched before they are stored: what is stored, no crash costs."""

OpenWriter = Callable[[], AbstractContextManager[StoreWriter]]


@dataclass(frozen=True, slots=True)
class _Arrival:
    """A file to be kept: a name for it, its bytes, and what was read of them."""

    name: str
    content: bytes
    read: ImportedFile


@dataclass(frozen=True, slots=True)
class _Kept:
    """A file that was written, what in it is new, and the files whose place it takes."""

    path: Path
    new: tuple[Article, ...]
    replaced: tuple[Path, ...]


@dataclass(slots=True)
class _Outcome:
    """What an import has brought so far, each id once."""

    new: dict[str, None] = field(default_factory=dict)
    there: dict[str, None] = field(default_factory=dict)
    skipped: list[str] = field(default_factory=list)
    read: list[ImportedFile] = field(default_factory=list)

    def added(self, started: float) -> Added:
        there = tuple(one for one in self.there if one not in self.new)
        seconds = time.perf_counter() - started
        return Added(tuple(self.new), there, tuple(self.skipped), seconds, tuple(self.read))


class Intake:
    """Makes all additions. Not for several threads at once."""

    def __init__(
        self,
        parts: Parts,
        added: AddedFiles,
        writer: OpenWriter,
        links: LinkSettings,
        stopping: Callable[[], bool] = lambda: False,
    ) -> None:
        self._parts = parts
        self._added = added
        self._writer = writer
        self._links = links
        self._stopping = stopping
        self._robots = Robots()
        self._followed = FollowedLinks(parts.settings.data / "followed_links.json")

    def add_file(self, name: str, content: bytes) -> Added:
        """Keep a file whose articles are not all there already, and index it."""
        started = time.perf_counter()
        outcome = _Outcome()
        read = self._parts.importer.read_content(name, content)
        self._take_in([_Arrival(name, content, read)], outcome)
        if not outcome.new:
            outcome.skipped += [str(one) for one in read.skipped]
        return outcome.added(started)

    def add_link(self, url: str, fetched: PagesFetched = unheard) -> Added:
        """Fetch a page, or all that a feed or sitemap lists and that is new, and index that.

        `fetched` is told of every listed page that has come. Raises ImportRefused or
        UnreadableFile for the address itself; listed pages that cannot be had are named in
        `skipped`.
        """
        started = time.perf_counter()
        outcome = _Outcome()
        seen = SeenPages(self._parts, self._followed)
        with LinkFetcher(self._links, self._robots) as fetcher:
            pages = _counted(fetch_pages(url, fetcher, seen), fetched)
            found = takewhile(lambda _: not self._stopping(), pages)
            while batch := list(islice(found, PAGES_AT_ONCE)):
                self._take_pages(batch, seen, outcome)
        if self._stopping():
            outcome.skipped.append(f"{url}: stopped before its end; add it again for the rest")
        return outcome.added(started)

    def _take_pages(
        self,
        found: Iterable[Fetched | Listed | AlreadySeen | Flaw],
        seen: SeenPages,
        outcome: _Outcome,
    ) -> None:
        arrivals: list[_Arrival] = []
        followed: dict[str, Sequence[str]] = {}
        for one in found:
            match one:
                case AlreadySeen(url=url):
                    self._pass_by(url, seen, outcome)
                case Flaw(where=where, reason=reason):
                    outcome.skipped.append(f"{where}: {reason}")
                case Listed(link=link, page=page):
                    arrival = self._read(page, outcome)
                    if arrival.read.articles:
                        followed[link] = [article.id for article in arrival.read.articles]
                    arrivals.append(self._without_removed(arrival, outcome))
                case Fetched() as page:
                    arrivals.append(self._read(page, outcome))
        self._take_in(arrivals, outcome)
        self._followed.remember(followed)

    def _pass_by(self, url: str, seen: SeenPages, outcome: _Outcome) -> None:
        if stored := seen.stored(url):
            outcome.there.update(dict.fromkeys(stored))
        else:
            outcome.skipped.append(f"{url}: was removed; add its own address to have it again")

    def _read(self, page: Fetched, outcome: _Outcome) -> _Arrival:
        """What a page holds. It does not say where it was found: what was read of it does."""
        name = file_name(page)
        read = self._parts.importer.read_content(
            name, page.content, url=page.url, encoding=page.encoding
        )
        outcome.skipped += [f"{page.url}: {one.reason}" for one in read.skipped]
        articles = tuple(map(self._continued, read.articles))
        kept_name, kept = as_file(Path(name).stem, [record(one) for one in articles])
        return _Arrival(kept_name, kept, replace(read, articles=articles))

    def _continued(self, article: Article) -> Article:
        """With the date on which its address was first published, as the index has it."""
        try:
            earlier = self._parts.store.article(article.id)
        except IndexMissing:
            return article
        return article if earlier is None else continued(article, earlier)

    def _without_removed(self, arrival: _Arrival, outcome: _Outcome) -> _Arrival:
        """A feed does not bring back what somebody removed."""
        path = self._added.free_path(arrival.name)
        kept: list[Article] = []
        for article in arrival.read.articles:
            if self._parts.removed.found(article, path) is None:
                kept.append(article)
            else:
                outcome.skipped.append(f"{article.url}: was removed; add its own address again")
        return replace(arrival, read=replace(arrival.read, articles=tuple(kept)))

    def _take_in(self, arrivals: Sequence[_Arrival], outcome: _Outcome) -> None:
        """Keep the files that bring anything new, and index them."""
        if not any(one.read.articles for one in arrivals):
            outcome.read += [one.read for one in arrivals]
            return
        with self._writer() as store:
            kept: list[_Kept] = []
            for arrival in arrivals:
                before = {article.id for one in kept for article in one.new}
                one = self._keep(arrival, before.union(outcome.new), store, outcome)
                kept += [] if one is None else [one]
            if kept:
                self._index(kept, store, outcome)

    def _keep(
        self, arrival: _Arrival, before: AbstractSet[str], store: StoreWriter, outcome: _Outcome
    ) -> _Kept | None:
        """Write a file that brings anything new, besides what came just `before`."""
        articles = arrival.read.articles
        names = stored_names(articles, self._added.namesakes(arrival.name), store)
        versions = store.versions({name for name in names if name is not None})
        named = list(zip(articles, names, strict=True))
        unchanged = {
            id(article)
            for article, name in named
            if name is not None and versions[name] == fingerprint(article)
        }
        changed = {
            article.id: name
            for article, name in named
            if name is not None and id(article) not in unchanged
        }
        history = self._history(arrival, changed, store, outcome)
        settled = unchanged.union(id(one.older) for one in history)
        outcome.there.update((name, None) for one, name in named if name and id(one) in settled)
        new = [one for one in articles if id(one) not in settled and one.id not in before]
        if not new and not any(map(_changes_history, history)):
            return None
        earlier = self._paths_of_earlier(new, changed, store)
        same_kind = (one for one in earlier if self._added.is_of_kind(one, arrival.name))
        path = next(same_kind, None) or self._added.free_path(arrival.name)
        self._added.write(path, arrival.content)
        self._parts.removed.discard(new, path)
        return _Kept(path, tuple(new), tuple(one for one in earlier if one != path))

    def _index(self, kept: Sequence[_Kept], store: StoreWriter, outcome: _Outcome) -> None:
        """Bring what was kept into the index, and tell under which ids it is there."""
        paths = [one.path for one in kept]
        # The new files are whole: whatever happens from here on, the next sync finds them.
        replaced = [path for one in kept for path in one.replaced]
        for path in replaced:
            self._added.delete(path)
        folders = [*paths, self._added.folder] if replaced else paths
        model, importer = self._parts.model, self._parts.importer
        report = sync_changed([*paths, *replaced], folders, store, model, importer)
        outcome.skipped += [_without_folder(line, paths) for line in report.skipped]
        for one in kept:
            names = stored_names(one.new, [one.path], store)
            outcome.new.update(dict.fromkeys(name for name in names if name is not None))

    def _history(
        self,
        arrival: _Arrival,
        changed: Mapping[str, str],
        store: StoreWriter,
        outcome: _Outcome,
    ) -> Sequence[Superseded]:
        """What of a file is older than what is stored or beside it, told among what is left out."""
        stored = {one.article.id: one.article for one in store.stored([*changed.values()])}
        known = {own: stored[name] for own, name in changed.items() if name in stored}
        history = superseded(arrival.read.articles, known)
        told = tuple(Skipped(arrival.read.path, "", str(one)) for one in history)
        outcome.skipped += map(str, told)
        outcome.read.append(replace(arrival.read, skipped=(*arrival.read.skipped, *told)))
        return history

    def _paths_of_earlier(
        self, new: Sequence[Article], changed: Mapping[str, str], store: StoreWriter
    ) -> list[Path]:
        """The files that were added with an earlier version of just this article.

        There is one, or another where an addition broke off between the new file and the old.
        """
        if len(new) != 1 or new[0].id not in changed:
            return []
        name = changed[new[0].id]
        given_by = store.givers([name]).get(name, ())
        found = store.origins(path for path in given_by if self._added.holds(Path(path)))
        return sorted(Path(one.path) for one in found.values() if self._added.is_only_ours(one))


def _counted(
    found: Iterable[Fetched | Listed | AlreadySeen | Flaw], fetched: PagesFetched
) -> Iterator[Fetched | Listed | AlreadySeen | Flaw]:
    """The same, telling how many listed pages have come."""
    pages = 0
    for one in found:
        if isinstance(one, Listed):
            pages += 1
            fetched(pages)
        yield one


def _without_folder(line: str, paths: Iterable[Path]) -> str:
    """A line about a file by its name alone: where files are kept is not told to who sent one."""
    for path in paths:
        line = line.replace(str(path), path.name)
    return line


def _changes_history(one: Superseded) -> bool:
    """Whether an older version tells an earlier first date than is known."""
    return continued(one.later, one.older) != one.later
