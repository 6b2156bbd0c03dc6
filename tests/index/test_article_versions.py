"""A new version of the same address replaces the old one and keeps its first date."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from corpus.article import Article
from corpus.importer import Importer
from corpus.versions import superseded
from index.embedding.embedder import Embedder
from index.opening import open_store, open_writer
from index.store import Filter
from index.sync import sync
from index.sync_report import SyncReport

FIRST, SECOND = "2024-05-06", "2024-05-09"
OLD = "The bridge over the Elm is closed to lorries, the council said on Monday."
NEW = "The bridge over the Elm is closed to all traffic, the council said on Thursday."


def saved(folder: Path, name: str, text: str, day: str | None, address: str | None = "/a") -> Path:
    """A page of one address as it was saved on a day."""
    url = f"url: https://paper.example{address}\n" if address else "id: the-bridge\n"
    dated = f"date: {day}\n" if day else ""
    path = folder / name
    path.write_text(f"---\ntitle: The bridge\n{url}{dated}---\n{text}\n")
    return path


class Collection:
    """A folder and its index."""

    def __init__(self, root: Path, embedder: Embedder) -> None:
        self.folder = root / "articles"
        self.folder.mkdir()
        self._data = root / "data"
        self._embedder = embedder

    def sync(self, *, rebuild: bool = False) -> SyncReport:
        model = self._embedder
        with open_writer(self._data, model.key, model.dimension, rebuild=rebuild) as writer:
            return sync([self.folder], writer, model, Importer())

    def article(self) -> Article:
        store = open_store(self._data)
        ((summary,), _) = store.articles(Filter())
        found = store.article(summary.id)
        store.close()
        assert found is not None
        return found

    def by_text(self) -> dict[str, str]:
        """The ids of all articles by their texts."""
        store = open_store(self._data)
        summaries, _ = store.articles(Filter())
        found = [article for one in summaries if (article := store.article(one.id))]
        store.close()
        return {article.text: article.id for article in found}


@pytest.fixture
def collection(tmp_path: Path, embedder: Embedder) -> Collection:
    return Collection(tmp_path, embedder)


def shown(article: Article) -> tuple[str, date | None, date | None]:
    return article.text.strip(), article.published, article.updated


WANTED = (NEW, date(2024, 5, 6), date(2024, 5, 9))


def test_a_file_that_changes_keeps_the_first_date(collection: Collection) -> None:
    saved(collection.folder, "page.md", OLD, FIRST)
    collection.sync()
    path = saved(collection.folder, "page.md", NEW, SECOND)
    report = collection.sync()
    assert (report.added, report.changed) == (0, 1)
    assert shown(collection.article()) == WANTED
    # Read once more for a change that the article does not show, it is the same version.
    path.write_text(path.read_text() + "\n")
    assert collection.sync().changed == 0
    assert shown(collection.article()) == WANTED


@pytest.mark.parametrize("rebuild", [False, True])
@pytest.mark.parametrize("names", [("a.md", "b.md"), ("b.md", "a.md")])
def test_of_two_saved_versions_the_later_counts_in_any_order(
    collection: Collection, names: tuple[str, str], rebuild: bool
) -> None:
    saved(collection.folder, names[0], OLD, FIRST)
    if not rebuild:
        collection.sync()
    saved(collection.folder, names[1], NEW, SECOND)
    collection.sync(rebuild=rebuild)
    assert shown(collection.article()) == WANTED
    older = collection.folder / names[0]
    older.write_text(older.read_text().replace("lorries", "heavy lorries"))
    collection.sync()
    assert shown(collection.article()) == WANTED


def test_of_two_versions_in_one_file_the_later_counts_when_it_is_corrected(
    collection: Collection,
) -> None:
    path = collection.folder / "page.jsonl"
    address = "https://paper.example/a"
    for text in (NEW, NEW.replace("Thursday", "Thursday evening")):
        versions = [
            {"title": "The bridge", "url": address, "date": FIRST, "text": OLD},
            {"title": "The bridge", "url": address, "date": SECOND, "text": text},
        ]
        path.write_text("".join(json.dumps(one) + "\n" for one in versions))
        collection.sync()
        assert shown(collection.article()) == (text, *WANTED[1:])


def test_a_version_without_a_date_does_not_lose_the_one_known(collection: Collection) -> None:
    saved(collection.folder, "page.md", OLD, FIRST)
    collection.sync()
    saved(collection.folder, "page.md", NEW, None)
    collection.sync()
    assert shown(collection.article()) == (NEW, date(2024, 5, 6), None)


def test_a_corrected_date_is_taken_as_given(collection: Collection) -> None:
    saved(collection.folder, "page.md", OLD, FIRST)
    collection.sync()
    saved(collection.folder, "page.md", OLD, SECOND)
    collection.sync()
    assert shown(collection.article()) == (OLD, date(2024, 5, 9), None)


def test_an_article_without_an_address_has_no_history(collection: Collection) -> None:
    saved(collection.folder, "page.md", OLD, FIRST, address=None)
    collection.sync()
    saved(collection.folder, "page.md", NEW, SECOND, address=None)
    collection.sync()
    assert shown(collection.article()) == (NEW, date(2024, 5, 9), None)


def test_where_the_file_of_the_later_version_goes_the_other_file_counts_again(
    collection: Collection,
) -> None:
    saved(collection.folder, "a.md", OLD, FIRST)
    later = saved(collection.folder, "b.md", NEW, SECOND)
    collection.sync()
    assert shown(collection.article())[0] == NEW
    later.unlink()
    collection.sync()
    assert shown(collection.article())[0] == OLD


@pytest.mark.parametrize("day", [FIRST, None])
@pytest.mark.parametrize("corrected", [("a.md",), ("b.md",), ("a.md", "b.md")])
def test_a_correction_counts_though_another_file_gives_the_article_too(
    collection: Collection, corrected: tuple[str, ...], day: str | None
) -> None:
    for name in ("a.md", "b.md"):
        saved(collection.folder, name, OLD, day)
    collection.sync()
    for name in corrected:
        saved(collection.folder, name, NEW, day)
    report = collection.sync()
    assert (report.added, report.changed) == (0, 1)
    assert shown(collection.article())[0] == NEW
    assert collection.sync().changed == 0


def test_a_correction_counts_though_a_link_gives_the_article_too(collection: Collection) -> None:
    page = saved(collection.folder, "page.md", OLD, FIRST)
    (collection.folder / "also.md").symlink_to(page.name)
    collection.sync()
    saved(collection.folder, "page.md", NEW, FIRST)
    collection.sync()
    assert shown(collection.article())[0] == NEW


def test_a_correction_counts_though_a_copy_of_the_old_version_comes_with_it(
    collection: Collection,
) -> None:
    saved(collection.folder, "page.md", OLD, FIRST)
    collection.sync()
    saved(collection.folder, "kept.md", OLD.replace("lorries", "lorries and vans"), FIRST)
    saved(collection.folder, "page.md", NEW, FIRST)
    collection.sync()
    assert shown(collection.article())[0] == NEW


BRIDGE = "The council voted on Monday to close the old bridge for two years, its chair said."
FROG = "A new species of frog was found in the rainforest of the island, scientists said on Friday."


def exported(folder: Path, name: str, *records: tuple[str, str]) -> Path:
    """An export whose articles are counted from 1, each with a title and a text."""
    path = folder / name
    counted = (
        {"id": number, "title": title, "text": text}
        for number, (title, text) in enumerate(records, start=1)
    )
    path.write_text(json.dumps(list(counted)))
    return path


def test_other_articles_of_the_same_id_in_another_file_stay_apart(collection: Collection) -> None:
    first = exported(collection.folder, "a.json", ("Council closes bridge", BRIDGE))
    second = exported(collection.folder, "b.json", ("New frog found", FROG))
    report = collection.sync()
    assert (report.added, report.doubled) == (2, 0)
    before = collection.by_text()
    assert before[BRIDGE] == "1"
    assert collection.sync().changed == 0
    # What changes in one file changes its own article, under the id that it had.
    warty = FROG.replace("frog", "warty frog")
    exported(collection.folder, "b.json", ("New frog found", warty))
    report = collection.sync()
    assert (report.added, report.changed, report.removed) == (0, 1, 0)
    assert collection.by_text() == {BRIDGE: "1", warty: before[FROG]}
    # The id of the other that is gone does not pass to it.
    first.unlink()
    collection.sync()
    exported(collection.folder, "b.json", ("New frog found", FROG))
    collection.sync()
    assert collection.by_text() == {FROG: before[FROG]}
    exported(collection.folder, "c.json", ("Council closes bridge", BRIDGE))
    second.unlink()
    collection.sync()
    assert collection.by_text() == {BRIDGE: "1"}


def test_articles_of_the_same_id_in_one_file_stay_apart(collection: Collection) -> None:
    path = collection.folder / "a.json"
    records = [{"id": 0, "title": "A", "text": BRIDGE}, {"id": 0, "title": "B", "text": FROG}]
    path.write_text(json.dumps(records))
    assert collection.sync().added == 2
    before = collection.by_text()
    path.write_text(json.dumps([*records, {"id": 0, "title": "C", "text": OLD}]))
    report = collection.sync()
    assert (report.added, report.changed, report.removed) == (1, 0, 0)
    assert before.items() < collection.by_text().items()


def test_copies_of_one_article_under_one_id_are_one(collection: Collection) -> None:
    exported(collection.folder, "a.json", ("New frog found", FROG))
    exported(collection.folder, "b.json", ("New frog found", FROG))
    report = collection.sync()
    assert (report.added, report.doubled) == (1, 1)
    assert collection.by_text() == {FROG: "1"}


def test_another_article_of_the_same_id_is_no_older_version() -> None:
    older, later = (
        Article("1", title, text, title, published=date.fromisoformat(day))
        for title, text, day in (("Bridge", BRIDGE, FIRST), ("Frog", FROG, SECOND))
    )
    assert superseded([older], {"1": later}) == []
