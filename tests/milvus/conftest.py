"""milvus-lite as a file and as a server, and the sample articles on Milvus."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.milvus.connection import Connection
from index.milvus.settings import MilvusSettings
from index.opening import StorePlace
from tests.milvus.lite_server import LiteServer


@pytest.fixture
def lite(tmp_path: Path) -> str:
    """The address of an empty store in a file."""
    return str(tmp_path / "store.db")


@pytest.fixture
def place(lite: str, tmp_path: Path) -> StorePlace:
    """Where that store is."""
    return StorePlace(tmp_path, MilvusSettings(lite, timeout_seconds=60.0))


@pytest.fixture
def connection(lite: str) -> Iterator[Connection]:
    """A connection to it, to look behind the store."""
    connection = Connection(MilvusSettings(lite, timeout_seconds=60.0))
    yield connection
    connection.close()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiteServer]:
    """A server that tests may kill."""
    server = LiteServer(tmp_path_factory.mktemp("server"))
    server.start()
    yield server
    server.kill()
