"""Whatever is damaged in the database is told in words, by whoever comes upon it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from corpus.errors import IndexDamaged, StoreError
from corpus.importer import Importer
from index.check import check, repair
from index.opening import open_store, open_writer
from index.store import Change, Filter
from index.sync import sync
from tests.index.collections_of_articles import DIMENSION, MODEL, small, unit_rows
from tests.index.followed_folder import EMBEDDER, Followed

OPEN = Filter()


def fill(data: Path, number: int = 5) -> Path:
    """An index of a few articles; returns its database."""
    with open_writer(data, MODEL, DIMENSION) as writer:
        for seed in range(number):
            put = small(f"a{seed}", seed, source="Herald", published=date(2024, 5, seed + 1))
            writer.apply(Change(put=[put]))
    return next(data.glob("index-*.db"))


def alter(database: Path, *statements: str) -> None:
    with closing(sqlite3.connect(database)) as connection, connection:
        for statement in statements:
            connection.execute(statement)


def ask(data: Path) -> None:
    with closing(open_store(data)) as store:
        hits = store.search_vectors(unit_rows(1, 9)[0], 1000, OPEN)
        store.passages([hit.passage_id for hit in hits])
        for summary in store.articles(OPEN)[0]:
            store.neighbours(summary.id)


UNREADABLE = [
    "UPDATE passages SET sentences = x'00' WHERE id = 3",
    "UPDATE vectors SET passage = x'00' WHERE number = 3",
    "UPDATE vectors SET sentences = x'00' WHERE number = 3",
    "UPDATE articles SET published = 'May' WHERE id = 'a3'",
    "UPDATE articles SET author = CAST(x'ff41' AS TEXT) WHERE id = 'a3'",
]


@pytest.mark.parametrize("statement", UNREADABLE)
def test_a_value_that_cannot_be_read_is_a_fault_and_no_program_error(
    tmp_path: Path, statement: str
) -> None:
    alter(fill(tmp_path), statement)
    (tmp_path / "index-1.vectors").unlink()
    with pytest.raises(IndexDamaged, match="--rebuild"):
        ask(tmp_path)
    assert not check(tmp_path).sound
    assert not repair(tmp_path).sound


@pytest.mark.parametrize("name", ["dimension", "embedder"])
def test_an_index_that_does_not_name_its_model_is_refused(tmp_path: Path, name: str) -> None:
    alter(fill(tmp_path), f"DELETE FROM meta WHERE name = '{name}'")  # noqa: S608
    for use in (ask, check, repair):
        with pytest.raises(IndexDamaged, match="--rebuild"):
            use(tmp_path)


def test_a_generation_that_is_no_number_is_told_of(tmp_path: Path) -> None:
    alter(fill(tmp_path), "UPDATE meta SET value = 'x' WHERE name = 'generation'")
    for use in (ask, check, repair):
        with pytest.raises(StoreError, match="--rebuild"):
            use(tmp_path)


DIFFERENT = [
    "UPDATE articles SET author = 'Somebody else' WHERE id = 'a3'",
    "UPDATE articles SET published = '2024-06-04' WHERE id = 'a3'",
    "UPDATE articles SET source_folded = 'heralt' WHERE id = 'a3'",
    "UPDATE articles SET story = 'another' WHERE id = 'a3'",
    "UPDATE passages SET vector = 1 WHERE id = 3",
    "UPDATE vectors SET sentences = zeroblob(length(sentences)) WHERE number = 3",
    "UPDATE vectors SET key = x'00' WHERE number = 3",
    "INSERT INTO origin_articles VALUES ('nowhere.txt', 'a3')",
    "UPDATE keywords_content SET c1 = 'other words' WHERE id = 3",
    "UPDATE keywords_data SET block = zeroblob(length(block)) WHERE id > 10",
]


@pytest.mark.parametrize("statement", DIFFERENT)
def test_check_names_what_is_not_what_was_written(tmp_path: Path, statement: str) -> None:
    alter(fill(tmp_path), statement)
    assert not check(tmp_path).sound


@pytest.mark.parametrize("statement", UNREADABLE + DIFFERENT[:7])
def test_repair_and_a_sync_mend_a_damaged_article_and_read_no_other(
    tmp_path: Path, statement: str
) -> None:
    followed = Followed(tmp_path)
    for name, numbers in {"one": (1, 2), "two": (3, 4), "three": (5, 6)}.items():
        followed.write(f"{name}.jsonl", *numbers)
    followed.take(followed.folder)
    whole = followed.holds()
    database = next(followed.data.glob("index-*.db"))
    alter(database, statement.replace("'a3'", "'hall-3'"))
    assert not check(followed.data).sound
    assert repair(followed.data).sound
    with open_writer(followed.data, MODEL, DIMENSION) as writer:
        report = sync([followed.folder], writer, EMBEDDER, Importer())
    assert (report.added, report.changed, report.removed) == (report.embedded, 0, 0)
    assert report.added in (1, 2)
    assert followed.holds() == whole
    assert check(followed.data).sound
