"""Lists of the keyword index that are remembered are those of the database."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from index.embedded.connections import open_reading
from index.embedded.following import generation_of
from index.embedded.keyword_index import Visible, search_keywords
from index.embedded.posting_lists import PostingLists, read_list
from index.opening import open_writer
from index.store import Change, Filter
from tests.index.collections_of_articles import DIMENSION, MODEL, small

MOST = 100


def test_a_list_is_remembered_until_the_index_changes(tmp_path: Path) -> None:
    with open_writer(tmp_path, MODEL, DIMENSION) as writer:
        writer.apply(Change(put=[small(f"a{number}", number) for number in range(30)]))
        connection = open_reading(writer._database)
        before = generation_of(connection)
        lists = PostingLists()
        first = lists.read(connection, before, "river", MOST)
        assert len(first) > 5
        assert np.array_equal(first, read_list(connection, "river", MOST))
        statements: list[str] = []
        connection.set_trace_callback(statements.append)
        assert np.array_equal(lists.read(connection, before, "river", MOST), first)
        assert statements == []
        assert len(lists.read(connection, before, "river", 3)) == 3

        connection.execute("BEGIN")
        assert generation_of(connection) == before
        writer.apply(Change(put=[small("b", 1)], remove=["a1", "a2"]))
        other = open_reading(writer._database)
        after = lists.read(other, writer.generation, "river", MOST)
        assert np.array_equal(after, read_list(other, "river", MOST))
        assert set(after.tolist()) != set(first.tolist())
        # Who still reads the earlier state gets its list, and leaves the later one alone.
        assert np.array_equal(lists.read(connection, before, "river", MOST), first)
        assert np.array_equal(lists.read(other, writer.generation, "river", MOST), after)
        connection.close()
        other.close()


def test_no_more_is_remembered_than_there_is_room_for(tmp_path: Path) -> None:
    with open_writer(tmp_path, MODEL, DIMENSION) as writer:
        writer.apply(Change(put=[small(f"a{number}", number) for number in range(30)]))
        connection = open_reading(writer._database)
        lists = PostingLists(most_entries=20)
        for word in ("river", "bridg", "storm", "vote") * 2:
            assert np.array_equal(
                lists.read(connection, 1, word, MOST), read_list(connection, word, MOST)
            )
            assert sum(map(len, lists._known.values())) <= 20
        connection.close()


def test_dense_and_sparse_numbers_of_passages_give_the_same_answers(tmp_path: Path) -> None:
    """Sums are kept by number while numbers are dense; removals make them sparse."""
    kept = [small(f"a{number}", number) for number in range(5)]
    answers = []
    for others in (0, 300):
        data = tmp_path / str(others)
        with open_writer(data, MODEL, DIMENSION) as writer:
            names = [f"b{number}" for number in range(others)]
            writer.apply(Change(put=[small(name, 7) for name in names]))
            writer.apply(Change(put=kept, remove=names))
            connection = open_reading(writer._database)
            first = connection.execute("SELECT min(id) FROM passages").fetchone()[0]
            hits = search_keywords(connection, "river bridge vote", 20, Visible(Filter()))
            answers.append([(hit.passage_id - first, hit.score) for hit in hits])
            connection.close()
    assert answers[0] == answers[1]
    assert len(answers[0]) > 5
