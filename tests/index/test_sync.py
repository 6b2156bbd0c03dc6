from __future__ import annotations

import os
from pathlib import Path

import pytest

from corpus.errors import CorpusError
from corpus.imported import ImportSettings
from corpus.importer import Importer
from index.check import check
from index.embedding.embedder import Embedder
from index.opening import open_store, open_writer
from index.store import Filter
from index.sync import sync
from index.sync_report import SyncReport
from tests.index.collections_of_articles import eventually

TEXT = (
    "{subject} was the talk of the town on Monday, officials said.\n\n"
    "The council had met for three hours before it took its decision on {subject}. "
    "“We did not expect this many people,” said the mayor, who has led the town since 2016.\n\n"
    "A second meeting about {subject} is planned for the autumn.\n"
)


class Town:
    """A folder of articles and its index."""

    def __init__(self, root: Path, embedder: Embedder) -> None:
        self.folder = root / "articles"
        self.folder.mkdir()
        self.data = root / "data"
        self.embedder = embedder

    def write(self, name: str, subject: str) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        head = f"---\ntitle: About {subject}\nsource: Town Paper\ndate: 2024-05-06\n---\n"
        path.write_text(head + TEXT.format(subject=subject))
        return path

    def sync(self, *roots: Path, rebuild: bool = False) -> SyncReport:
        key, dimension = self.embedder.key, self.embedder.dimension
        with open_writer(self.data, key, dimension, rebuild=rebuild) as writer:
            return sync(roots or [self.folder], writer, self.embedder, Importer(ImportSettings()))

    def titles(self) -> set[str]:
        store = open_store(self.data)
        titles = {one.title for one in store.articles(Filter(), limit=1000)[0]}
        store.close()
        return titles


@pytest.fixture
def town(tmp_path: Path, embedder: Embedder) -> Town:
    return Town(tmp_path, embedder)


def counts(report: SyncReport) -> tuple[int, int, int, int]:
    return report.added, report.changed, report.removed, report.unchanged


def test_added_changed_moved_and_removed_are_told_apart(town: Town) -> None:
    town.write("bridge.md", "The bridge")
    library = town.write("library.md", "The library")
    first = town.sync()
    assert counts(first) == (2, 0, 0, 0)
    assert first.embedded > 0

    again = town.sync()
    assert counts(again) == (0, 0, 0, 2)
    assert (again.embedded, again.generation) == (0, first.generation)

    library.rename(town.folder / "moved.md")
    moved = town.sync()
    assert (moved.moved, moved.embedded, moved.removed) == (1, 0, 0)
    assert town.titles() == {"About The bridge", "About The library"}

    town.write("bridge.md", "The tram")
    town.write("new.md", "The park")
    third = town.sync()
    assert third.added + third.changed == 2
    assert town.titles() == {"About The tram", "About The library", "About The park"}

    (town.folder / "moved.md").unlink()
    fourth = town.sync()
    assert counts(fourth) == (0, 0, 1, 2)
    assert town.titles() == {"About The tram", "About The park"}
    assert check(town.data).sound


def test_a_touched_file_is_not_embedded_again(town: Town) -> None:
    path = town.write("bridge.md", "The bridge")
    town.sync()
    os.utime(path, (2_000_000_000, 2_000_000_000))
    report = town.sync()
    assert counts(report) == (0, 0, 0, 1)
    assert report.embedded == 0


def test_the_same_article_in_two_files_stays_until_both_are_gone(town: Town) -> None:
    first = town.write("one.md", "The bridge")
    second = town.write("two.md", "The bridge")
    report = town.sync()
    assert (report.added, report.doubled) == (1, 1)
    first.unlink()
    assert town.sync().removed == 0
    assert town.titles() == {"About The bridge"}
    town.write("other.md", "The park")
    second.unlink()
    assert town.sync().removed == 1
    assert town.titles() == {"About The park"}


def test_what_cannot_be_read_is_skipped_with_a_reason_and_the_rest_is_indexed(town: Town) -> None:
    town.write("bridge.md", "The bridge")
    (town.folder / "empty.txt").write_text("")
    (town.folder / "binary.txt").write_bytes(bytes(range(256)) * 50)
    report = town.sync()
    assert report.added == 1
    assert len(report.skipped) == 2
    assert all("\n" not in reason for reason in report.skipped)


def test_a_half_written_file_keeps_the_article_it_had(town: Town) -> None:
    path = town.write("bridge.md", "The bridge")
    town.sync()
    path.write_text("")
    report = town.sync()
    assert report.removed == 0
    assert report.skipped
    assert town.titles() == {"About The bridge"}
    town.write("bridge.md", "The tram")
    town.sync()
    assert town.titles() == {"About The tram"}


def test_a_missing_or_emptied_folder_does_not_wipe_the_index(town: Town) -> None:
    path = town.write("bridge.md", "The bridge")
    town.sync()
    with pytest.raises(CorpusError):
        town.sync(town.folder / "mistyped")
    path.unlink()
    with pytest.raises(CorpusError, match="empty now"):
        town.sync()
    town.folder.rmdir()
    with pytest.raises(CorpusError):
        town.sync()
    assert town.titles() == {"About The bridge"}


def test_an_empty_folder_makes_an_empty_index(town: Town) -> None:
    report = town.sync()
    assert counts(report) == (0, 0, 0, 0)
    assert open_store(town.data).status().articles == 0


def test_other_folders_are_left_alone(town: Town, tmp_path: Path) -> None:
    town.write("bridge.md", "The bridge")
    town.sync()
    other = tmp_path / "other"
    other.mkdir()
    (other / "park.md").write_text(TEXT.format(subject="The park"))
    report = town.sync(other)
    assert (report.added, report.removed) == (1, 0)
    assert "About The bridge" in town.titles()


def test_a_changed_sentence_embeds_only_its_passage(town: Town) -> None:
    paragraphs = [
        f"Paragraph {number} tells what happened in street {number} in some detail. "
        "The neighbours had complained for years, and nothing had been done about it. " * 6
        for number in range(6)
    ]
    path = town.folder / "long.md"
    head = "---\ntitle: Streets\n---\n"
    path.write_text(head + "\n\n".join(paragraphs))
    first = town.sync()
    paragraphs[-1] = paragraphs[-1].replace("years", "decades")
    path.write_text(head + "\n\n".join(paragraphs))
    second = town.sync()
    assert second.reused >= first.embedded - 2
    assert 1 <= second.embedded <= 2


def test_a_rebuild_from_the_folder_gives_the_same_index(town: Town) -> None:
    for subject in ("bridge", "park", "tram"):
        town.write(f"{subject}.md", f"The {subject}")
    town.sync()
    titles, before = town.titles(), open_store(town.data).status()
    report = town.sync(rebuild=True)
    assert counts(report) == (3, 0, 0, 0)
    after = open_store(town.data).status()
    assert town.titles() == titles
    assert (after.passages, after.embedder_key) == (before.passages, before.embedder_key)
    assert after.generation > before.generation


def test_copies_of_an_agency_text_are_one_story(town: Town) -> None:
    long = "\n\n".join(TEXT.format(subject=f"Matter {number}") for number in range(8))
    for name, source in (("one", "Post"), ("two", "Gazette")):
        extra = "Written by an agency." if name == "two" else ""
        text = f"---\ntitle: {source} reports\nsource: {source}\n---\n{long}{extra}\n"
        (town.folder / f"{name}.md").write_text(text)
    (town.folder / "other.md").write_text(
        "---\ntitle: The park\nsource: Town Paper\n---\n"
        "Gardeners planted forty lime trees along the river on Tuesday. They had asked for more."
    )
    town.sync()
    store = open_store(town.data)
    stories = {
        one.source: {part.story for part in store.neighbours(one.id)}
        for one in store.articles(Filter())[0]
    }
    store.close()
    assert stories["Post"] == stories["Gazette"] != stories["Town Paper"]
    assert all(len(found) == 1 for found in stories.values())


def test_an_added_article_is_found_by_a_reader_already_open(town: Town) -> None:
    town.write("bridge.md", "The bridge")
    town.sync()
    store = open_store(town.data)
    town.write("park.md", "The skating rink")
    town.sync()
    question = town.embedder.embed_questions(["When is the meeting about the skating rink?"])[0]

    def best() -> str:
        hit = store.search_vectors(question, 1, Filter())[0]
        return store.passages([hit.passage_id])[0].article.title

    assert eventually(lambda: best() == "About The skating rink")
    store.close()


def test_a_file_whose_time_is_set_back_is_read_by_its_content(town: Town) -> None:
    path = town.write("one.md", "ships")
    os.utime(path, (1_700_000_000, 1_700_000_000))
    town.sync()
    town.write("one.md", "tanks")
    os.utime(path, (1_700_000_000, 1_700_000_000))
    town.sync()
    assert town.titles() == {"About tanks"}
