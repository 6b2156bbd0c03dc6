"""An index of which only a part was put back from a copy."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.errors import IndexMissing
from index.check import check
from index.opening import open_store, open_writer
from index.store import Change
from tests.index.collections_of_articles import DIMENSION, MODEL, small
from tests.index.test_faults import database_of, fill, search


@pytest.mark.parametrize("later", [1, 4, 9])
def test_a_checkpoint_of_what_was_undone_is_not_used_once_its_number_comes_again(
    tmp_path: Path, later: int
) -> None:
    fill(tmp_path, 5)
    database = database_of(tmp_path)
    before = database.read_bytes()
    with open_writer(tmp_path, MODEL, DIMENSION) as writer:
        for seed in range(4):
            writer.apply(Change(put=[small(f"undone{seed}", 100 + seed)]))
    database.write_bytes(before)
    with open_writer(tmp_path, MODEL, DIMENSION) as writer:
        for seed in range(later):
            writer.apply(Change(put=[small(f"other{seed}", 200 + seed)]))
    assert check(tmp_path).sound
    found = search(tmp_path)
    database.with_suffix(".vectors").unlink()
    assert search(tmp_path) == found


def test_a_database_put_back_alone_is_read_once_somebody_indexed(tmp_path: Path) -> None:
    fill(tmp_path, 3)
    expected = search(tmp_path)
    for path in tmp_path.iterdir():
        if path.name != "index-1.db":
            path.unlink()
    with pytest.raises(IndexMissing, match="run onrecord index"):
        open_store(tmp_path)
    open_writer(tmp_path, MODEL, DIMENSION).close()
    assert search(tmp_path) == expected


def test_a_lease_that_was_lost_comes_back(tmp_path: Path) -> None:
    fill(tmp_path, 3)
    expected = search(tmp_path)
    database_of(tmp_path).with_suffix(".lease").unlink()
    open_writer(tmp_path, MODEL, DIMENSION).close()
    assert search(tmp_path) == expected
