"""The writer is killed at random moments; what was committed is there, once, and is found.

KILLS in the environment sets how many times:
`KILLS=500 python -m pytest tests/index/test_crashes.py`.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import time
from multiprocessing.process import BaseProcess
from pathlib import Path

from corpus.errors import IndexMissing
from index.check import check
from index.opening import open_store
from index.store import Filter
from tests.index.collections_of_articles import small
from tests.index.crashing import possible_states, work

KILLS = int(os.environ.get("KILLS", "40"))
MOST_EVENTS = 16


def test_killing_the_writer_loses_nothing_and_doubles_nothing(tmp_path: Path) -> None:
    data, journal = tmp_path / "data", tmp_path / "journal"
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.index.crashing", "index.embedded.writer", "faiss"])
    choice = random.Random(KILLS)
    survived = 0
    for turn in range(KILLS):
        process = context.Process(target=work, args=(data, journal, turn), daemon=True)
        process.start()
        wait_for_work(process, journal, choice)
        process.kill()
        process.join()
        survived += verify(data, journal)
    assert survived > KILLS // 2


def wait_for_work(process: BaseProcess, journal: Path, choice: random.Random) -> None:
    """Until a random number of events was journalled, and then for a random moment."""
    wanted = events(journal) + choice.randint(1, MOST_EVENTS)
    while events(journal) < wanted:
        assert process.is_alive()
        time.sleep(0.002)
    time.sleep(choice.random() * 0.02)


def events(journal: Path) -> int:
    return journal.read_bytes().count(b"\n") if journal.exists() else 0


def verify(data: Path, journal: Path) -> bool:
    """The index is sound and holds one of the states it may; settle the journal on that one."""
    try:
        store = open_store(data)
    except IndexMissing:
        assert {} in possible_states(journal)
        return False
    try:
        report = check(data)
        assert report.kinds <= {"checkpoint"}, report.faults
        found = {}
        for summary in store.articles(Filter(), limit=1000)[0]:
            article = store.article(summary.id)
            assert article is not None
            found[summary.id] = int(article.text.split("-")[2].split()[0])
        assert found in possible_states(journal)
        for name, seed in found.items():
            put = small(name, seed)
            # Each article has a word that no other has.
            hits = store.search_keywords(f"{name}-{seed}", len(put.passages), Filter())
            found_by_word = store.passages([hit.passage_id for hit in hits])
            assert {one.article.id for one in found_by_word} == {name}
            for passage, vectors in zip(put.passages, put.vectors, strict=True):
                best = store.search_vectors(vectors.passage, 1, Filter())[0]
                one = store.passages([best.passage_id])[0]
                assert (one.article, one.passage) == (put.article, passage)
    finally:
        store.close()
    journal.write_text(json.dumps(["done", found]) + "\n")
    return bool(found)
