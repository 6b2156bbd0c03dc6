"""One bit of the database is flipped: what a reader sees of it is named by the check.

FLIPS in the environment sets how many times: `FLIPS=2000 python -m pytest <this file>`.
"""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from corpus.errors import StoreError
from index.check import check, repair
from index.opening import open_store, open_writer
from index.store import Change, Filter
from tests.index.collections_of_articles import DIMENSION, MODEL, small, unit_rows

FLIPS = int(os.environ.get("FLIPS", "60"))
FILTERS = (Filter(), Filter(sources=frozenset({"herald"})), Filter(since=date(2024, 5, 3)))
WORDS = "border river bridge council harvest engine storm vote price train"


def seen(data: Path) -> object:
    """All that a reader can be told of the articles."""
    with closing(open_store(data)) as store:
        articles = [store.article(one.id) for one in store.articles(Filter())[0]]
        passages = [
            (one.id, one.ordinal, one.passage, one.story, one.sentence_vectors.tobytes())
            for article in articles
            if article is not None
            for one in store.neighbours(article.id)
        ]
        question = unit_rows(1, 9)[0]
        found = [
            (store.search_vectors(question, 9, where), store.search_keywords(WORDS, 9, where))
            for where in FILTERS
        ]
        return articles, passages, found, store.sources(), store.term_shares(WORDS.split())


def is_sound(data: Path) -> bool:
    try:
        return check(data).sound
    except StoreError:
        return False


def test_what_a_flipped_bit_changes_for_readers_is_a_fault(tmp_path: Path) -> None:
    whole, damaged = tmp_path / "whole", tmp_path / "damaged"
    with open_writer(whole, MODEL, DIMENSION) as writer:
        for seed in range(8):
            about = small(f"a{seed}", seed, source="Herald", published=date(2024, 5, seed + 1))
            writer.apply(Change(put=[about]))
    before = seen(whole)
    choice = random.Random(FLIPS)
    harmful = 0
    for _ in range(FLIPS):
        shutil.rmtree(damaged, ignore_errors=True)
        shutil.copytree(whole, damaged)
        database = damaged / "index-1.db"
        content = bytearray(database.read_bytes())
        place, bit = choice.randrange(len(content)), choice.randrange(8)
        content[place] ^= 1 << bit
        database.write_bytes(content)
        if is_sound(damaged):
            assert seen(damaged) == before, f"bit {bit} of byte {place}"
        else:
            harmful += 1
    assert harmful


@pytest.mark.parametrize("bit", [1, 2, 4])
def test_a_generation_that_is_another_number_is_named_and_mended(tmp_path: Path, bit: int) -> None:
    with open_writer(tmp_path, MODEL, DIMENSION) as writer:
        for seed in range(6):
            writer.apply(Change(put=[small(f"a{seed}", seed)]))
        last = writer.generation
    with closing(sqlite3.connect(tmp_path / "index-1.db")) as database, database:
        flipped = str(last ^ bit)
        database.execute("UPDATE meta SET value = ? WHERE name = 'generation'", (flipped,))
    assert "state" in check(tmp_path).kinds
    assert repair(tmp_path).sound
    assert check(tmp_path).generation > last
    with closing(open_store(tmp_path)) as store:
        assert store.articles(Filter())[1] == 6
