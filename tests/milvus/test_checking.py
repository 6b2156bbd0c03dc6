"""Verifying a store on Milvus: what is wrong is found."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.errors import StoreUnavailable
from index.check import check, repair
from index.milvus.connection import Connection
from index.milvus.log import newest
from index.milvus.settings import MilvusSettings
from index.opening import StorePlace, open_writer
from index.store import Change
from tests.index.collections_of_articles import DIMENSION, MODEL, small


@pytest.fixture
def place(lite: str, tmp_path: Path) -> StorePlace:
    place = StorePlace(tmp_path, MilvusSettings(lite, timeout_seconds=60.0))
    with open_writer(place, MODEL, DIMENSION) as writer:
        writer.apply(Change(put=[small("a", sentences=6), small("b")]))
    return place


def test_a_sound_store(place: StorePlace) -> None:
    report = check(place)
    assert report.sound, report.faults
    assert (report.articles, report.passages, report.degraded) == (2, 5, None)


@pytest.mark.parametrize(
    ("part", "where", "change", "kind"),
    [
        ("passages", "id == 1", None, "count"),
        ("passages", "id == 1", {"start": 3}, "span"),
        ("passages", "id == 1", {"vector": [0.5] * DIMENSION}, "vector"),
        ("passages", "id == 1", {"sentences": []}, "vector"),
        ("documents", "id == 0", {"content": ["Another text."]}, "text"),
        ("documents", "id == 0", {"fingerprint": "0"}, "text"),
        ("documents", "id == 1", None, "count"),
    ],
)
def test_what_is_wrong_is_found(
    place: StorePlace, lite: str, part: str, where: str, change: dict[str, object] | None, kind: str
) -> None:
    connection = Connection(MilvusSettings(lite, timeout_seconds=60.0))
    entry = newest(connection)
    assert entry is not None
    collection = getattr(entry.names, part)
    (row,) = connection.query(collection, where, ["*"])
    row.pop("keywords", None)
    connection.delete(collection, where)
    if change is not None:
        connection.insert(collection, [{**row, **change}])
    report = check(place)
    assert kind in report.kinds, report.faults
    connection.close()


def test_an_article_stored_twice_in_place_of_another_is_found(place: StorePlace, lite: str) -> None:
    connection = Connection(MilvusSettings(lite, timeout_seconds=60.0))
    entry = newest(connection)
    assert entry is not None
    documents = entry.names.documents
    (first,) = connection.query(documents, "id == 0", ["*"])
    connection.delete(documents, "id == 1")
    connection.insert(documents, [{**first, "id": 1}])
    report = check(place)
    assert "row: article a is stored twice" in report.faults
    connection.close()


def test_a_store_on_a_server_is_not_mended_in_place(place: StorePlace) -> None:
    with pytest.raises(StoreUnavailable, match="index --rebuild"):
        repair(place)
