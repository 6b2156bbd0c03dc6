"""Settings: where the store is, how it is laid out, and that no secret is told."""

from __future__ import annotations

import logging
from datetime import date
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.http.workers import check_workers
from bot.settings import Settings, read_settings
from bot.store_place import place_of
from corpus.errors import SettingsError, StoreUnavailable
from index.milvus.connection import Capabilities, Connection
from index.milvus.following import ENTRY_SECONDS
from index.milvus.log import BOUNDED_SECONDS, grace_seconds, newest
from index.milvus.settings import MilvusSettings, Partitioning
from index.opening import StorePlace, open_store, open_writer
from index.store import Change, Filter
from tests.index.collections_of_articles import DIMENSION, MODEL, small

TOKEN = "root:very-secret-1234"


@pytest.mark.parametrize(
    ("version", "keywords"),
    [
        ("2.3.5", False),
        ("v2.3.5-lite", False),
        ("2.4.17", False),
        ("v2.5.0-beta", True),
        ("2.6.6", True),
        ("3.0.0", True),
        ("10.1", True),
        ("milvus_lite-3.2.2", True),
        ("unknown", False),
    ],
)
def test_a_server_is_known_by_its_version(version: str, keywords: bool) -> None:
    assert Capabilities.of(version).keywords is keywords


@pytest.mark.parametrize(
    "store", ["http://host:19530", "https://host:443", "unix:/run/milvus", "a/b.db", "embedded"]
)
def test_addresses_of_a_store(store: str, tmp_path: Path) -> None:
    place = place_of(Settings(store=store, data=tmp_path))
    assert place.name == (str(tmp_path) if store == "embedded" else store)


@pytest.mark.parametrize("store", ["milvus", "localhost:19530", "ftp://host", ""])
def test_other_addresses_are_refused(store: str) -> None:
    with pytest.raises(SettingsError, match="give embedded, the address"):
        read_settings(store=store)


@pytest.mark.parametrize(
    ("store", "told"),
    [
        (f"http://user:{TOKEN}@host:19530/x.db", "set MILVUS_TOKEN"),
        ("http://host:19530/paths", "set MILVUS_DATABASE"),
        ("http://", "lacks its host"),
        ("https://:19530", "lacks its host"),
        ("http://host:abc", "no such port"),
        ("http://host:99999", "no such port"),
    ],
)
def test_addresses_that_cannot_be_meant_are_refused_and_not_repeated(store: str, told: str) -> None:
    with pytest.raises(SettingsError, match=told) as refused:
        read_settings(store=store)
    assert TOKEN not in str(refused.value)
    assert place_of(Settings(), "a/b.db").milvus == MilvusSettings("a/b.db")


def test_a_folder_that_cannot_be_made_is_told_in_one_line() -> None:
    with pytest.raises(StoreUnavailable, match="no folder for"):
        open_store(place_of(Settings(store="/proc/none/store.db")))


def test_a_password_in_the_address_is_refused_and_not_repeated() -> None:
    with pytest.raises(SettingsError, match="set MILVUS_TOKEN") as refused:
        read_settings(store=f"http://{TOKEN}@host:19530")
    assert TOKEN not in str(refused.value)


def test_the_token_is_never_told(
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    settings = Settings(
        store="http://127.0.0.1:9", milvus_token=SecretStr(TOKEN), milvus_timeout_seconds=0.5
    )
    place = place_of(settings)
    assert place.milvus is not None
    assert place.milvus.token == TOKEN
    with caplog.at_level(logging.DEBUG), pytest.raises(StoreUnavailable) as failed:
        open_store(place)
    told = [str(failed.value), repr(place), repr(settings), caplog.text, *capfd.readouterr()]
    assert not any("very-secret" in one for one in told)
    assert "127.0.0.1:9" in str(failed.value)
    assert "\n" not in str(failed.value)


@pytest.mark.parametrize("partitions", ["month", "hash"])
def test_partitions_hold_everything_once(lite: str, partitions: Partitioning) -> None:
    settings = MilvusSettings(
        lite, partitions=partitions, partition_count=4, index_type="IVF_SQ8", timeout_seconds=60.0
    )
    place = StorePlace(Path("unused"), settings)
    puts = [small(f"n{number}", number, published=_day(number)) for number in range(24)]
    with open_writer(place, MODEL, DIMENSION) as writer:
        writer.apply(Change(put=[*puts, small("undated")]))
    connection = Connection(settings)
    entry = newest(connection)
    assert entry is not None
    with connection.translated():
        client = connection._connected()
        described = client.describe_collection(entry.names.passages)
        index = client.describe_index(entry.names.passages, "vector")
    keys = [one["name"] for one in described["fields"] if one.get("is_partition_key")]
    assert keys == ["month" if partitions == "month" else "article"]
    assert index["index_type"] == "IVF_SQ8"
    store = open_store(place)
    for where, wanted in (
        (Filter(), 25),
        (Filter(since=_day(3), until=_day(8)), 6),
        (Filter(since=_day(20)), 4),
        (Filter(article_ids=frozenset({"n1", "undated"})), 2),
    ):
        hits = store.search_vectors(puts[0].vectors[0].passage, 99, where)
        assert len(hits) == 2 * wanted
        assert len(store.search_keywords("border river storm vote price", 99, where)) > 0
    store.close()
    connection.close()


def test_with_replicas_what_was_replaced_stays_until_the_slowest_knows() -> None:
    alone, several = grace_seconds(1), grace_seconds(2)
    assert alone > ENTRY_SECONDS
    assert several > BOUNDED_SECONDS + ENTRY_SECONDS


def _day(number: int) -> date:
    return date(2023 + number // 12, 1 + number % 12, 15)


def test_a_file_that_one_process_opens_has_one_worker() -> None:
    with pytest.raises(SettingsError, match="one process at a time"):
        check_workers(Settings(store="a/b.db", workers=2))
    check_workers(Settings(store="http://host:19530", workers=2))
    check_workers(Settings(workers=2))
