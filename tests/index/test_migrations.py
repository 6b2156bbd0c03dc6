from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from corpus.errors import IndexDamaged, IndexMismatch
from index.check import check
from index.embedded.migrations import STEPS
from index.embedded.schema import SCHEMA_VERSION
from index.opening import open_store, open_writer
from index.store import Change, Filter
from tests.index.collections_of_articles import DIMENSION, MODEL, article_of, indexed, small

OPEN = Filter()
WORDS = "border river bridge council harvest engine storm vote price train"

THIRD_VERSION = """
    DELETE FROM meta WHERE name = 'checksum';
    ALTER TABLE articles DROP COLUMN checksum;
    ALTER TABLE passages DROP COLUMN checksum;
    ALTER TABLE vectors DROP COLUMN checksum;
    PRAGMA user_version = 3;
"""

SECOND_VERSION = """
    DROP INDEX origin_articles_by_article;
    DROP INDEX articles_by_outlet;
    CREATE INDEX articles_by_source ON articles (source_folded);
    PRAGMA user_version = 2;
"""

FIRST_VERSION = """
    DROP INDEX articles_by_language;
    DROP INDEX articles_by_fingerprint;
    CREATE TEMP TABLE kept AS SELECT rowid, title, body FROM keywords;
    DROP TABLE keywords;
    DROP TABLE terms;
    DROP TABLE totals;
    DROP TABLE changes;
    DELETE FROM meta WHERE name = 'began';
    CREATE VIRTUAL TABLE keywords USING fts5 (
        title, body,
        tokenize = "unicode61 remove_diacritics 0 categories 'L* N* M* Co' tokenchars '.'"
    );
    CREATE TABLE terms (term TEXT PRIMARY KEY, passages INTEGER NOT NULL) WITHOUT ROWID;
    INSERT INTO keywords (rowid, title, body) SELECT rowid, title, body FROM kept;
    PRAGMA user_version = 1;
"""


def index_of_the_first_version(data: Path, articles: int = 20) -> list[tuple[int, float]]:
    """An index as the first version laid it out; returns what this version finds in it."""
    with open_writer(data, MODEL, DIMENSION) as writer:
        for seed in range(articles):
            writer.apply(Change(put=[small(f"a{seed}", seed, source="Herald", language="en")]))
    found = hits(data)
    connection = sqlite3.connect(database_of(data))
    connection.executescript(THIRD_VERSION + SECOND_VERSION + FIRST_VERSION)
    counts: dict[str, int] = {}
    for title, body in connection.execute("SELECT title, body FROM keywords"):
        for term in {*title.split(), *body.split()}:
            counts[term] = counts.get(term, 0) + 1
    with connection:
        connection.executemany("INSERT INTO terms VALUES (?, ?)", counts.items())
    connection.close()
    return found


def index_with_words_cut_at_marks(data: Path) -> None:
    """An index of the third version, whose terms of 'Лукаше́нко' were 'лукаш' and 'нко'."""
    sentences = ["Алекса́ндр Лукаше́нко прибыл в Минск.", "Его встречали у моста."]
    with open_writer(data, MODEL, DIMENSION) as writer:
        accented = indexed(article_of("accented", sentences), sentences)
        writer.apply(Change(put=[accented, small("other")]))
    connection = sqlite3.connect(database_of(data))
    connection.executescript(THIRD_VERSION)
    with connection:
        connection.execute(
            "UPDATE keywords SET body = replace(body, 'александр лукашенк', 'алекс ндр лукаш нко')"
        )
        connection.execute("DELETE FROM terms WHERE term IN ('александр', 'лукашенк')")
        connection.executemany(
            "INSERT INTO terms VALUES (?, 1)", [("алекс",), ("ндр",), ("лукаш",), ("нко",)]
        )
        connection.execute("UPDATE totals SET value = value + 2 WHERE name = 'terms'")
    connection.close()


def database_of(data: Path) -> Path:
    return data / (data / "CURRENT").read_text().strip()


def hits(data: Path) -> list[tuple[int, float]]:
    store = open_store(data)
    try:
        return [(hit.passage_id, hit.score) for hit in store.search_keywords(WORDS, 10, OPEN)]
    finally:
        store.close()


def test_there_is_a_step_from_every_earlier_version() -> None:
    assert set(STEPS) == set(range(1, SCHEMA_VERSION))


@pytest.mark.parametrize("opened_by", ["reader", "writer"])
def test_an_index_of_the_first_version_is_brought_up(tmp_path: Path, opened_by: str) -> None:
    expected = index_of_the_first_version(tmp_path)
    old = database_of(tmp_path)
    if opened_by == "reader":
        assert hits(tmp_path) == expected
    with open_writer(tmp_path, MODEL, DIMENSION) as writer:
        assert writer.generation == 20
        writer.apply(Change(put=[small("new")], remove=["a3"]))
    assert check(tmp_path).sound
    assert database_of(tmp_path) != old
    assert not old.exists()
    store = open_store(tmp_path)
    assert store.search_keywords("new", 1, Filter(languages=frozenset({"en"})))
    store.close()


def test_words_that_were_cut_at_marks_are_found_once_brought_up(tmp_path: Path) -> None:
    index_with_words_cut_at_marks(tmp_path)
    store = open_store(tmp_path)
    for asked in ("Лукашенко", "Лукаше́нко", "Александра"):
        assert [hit.passage_id for hit in store.search_keywords(asked, 1, OPEN)] == [1]
    assert store.search_keywords("ндр", 1, OPEN) == []
    store.close()
    report = check(tmp_path)
    assert report.sound, report.faults


def test_a_damaged_text_is_told_and_the_index_left_as_it_was(tmp_path: Path) -> None:
    index_with_words_cut_at_marks(tmp_path)
    old = database_of(tmp_path)
    connection = sqlite3.connect(old)
    with connection:
        connection.execute("UPDATE articles SET text = X'00'")
        connection.execute("UPDATE passages SET start = 'no number'")
    connection.close()
    with pytest.raises(IndexDamaged, match="--rebuild"):
        open_store(tmp_path)
    assert database_of(tmp_path) == old


def test_who_reads_the_earlier_version_is_not_disturbed(tmp_path: Path) -> None:
    index_of_the_first_version(tmp_path)
    connection = sqlite3.connect(database_of(tmp_path))
    connection.execute("BEGIN")
    before = connection.execute(
        "SELECT rowid FROM keywords WHERE keywords MATCH 'river'"
    ).fetchall()
    open_store(tmp_path).close()
    connection.execute("COMMIT")
    after = connection.execute("SELECT rowid FROM keywords WHERE keywords MATCH 'river'").fetchall()
    assert before == after
    connection.close()


def test_a_step_that_fails_leaves_the_index_as_it_was(tmp_path: Path) -> None:
    index_of_the_first_version(tmp_path)
    connection = sqlite3.connect(database_of(tmp_path))
    connection.execute("CREATE TABLE totals (in_the_way)")
    connection.close()
    content = database_of(tmp_path).read_bytes()
    with pytest.raises(Exception, match="totals"):
        open_store(tmp_path)
    assert database_of(tmp_path).read_bytes() == content
    assert len(list(tmp_path.glob("index-*.db"))) == 1


def test_a_later_version_is_refused(tmp_path: Path) -> None:
    index_of_the_first_version(tmp_path)
    connection = sqlite3.connect(database_of(tmp_path))
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    connection.close()
    with pytest.raises(IndexMismatch, match="--rebuild"):
        open_store(tmp_path)
