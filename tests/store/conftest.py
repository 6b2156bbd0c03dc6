"""Every implementation of the store: embedded, milvus-lite as a file and as a server, Milvus."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.opening import StorePlace
from index.store import OpenWriter
from tests.milvus.lite_server import LiteServer
from tests.milvus.standalone import Standalone
from tests.store.shelf import Shelf, milvus_shelf


@pytest.fixture(scope="session")
def lite_file(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(tmp_path_factory.mktemp("lite") / "store.db")


@pytest.fixture(scope="session")
def lite_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiteServer]:
    server = LiteServer(tmp_path_factory.mktemp("lite-server"))
    server.start()
    yield server
    server.stop()


@pytest.fixture(params=["embedded", "milvus-lite-file", "milvus-lite-server", "milvus-2.3"])
def shelf(request: pytest.FixtureRequest, tmp_path: Path) -> Shelf:
    if request.param == "embedded":
        return Shelf(StorePlace(tmp_path))
    if request.param == "milvus-lite-file":
        return milvus_shelf(request.getfixturevalue("lite_file"))
    if request.param == "milvus-lite-server":
        server: LiteServer = request.getfixturevalue("lite_server")
        return milvus_shelf(server.uri)
    standalone: Standalone = request.getfixturevalue("standalone")
    standalone.keep()
    return milvus_shelf(standalone.uri, keywords=False)


@pytest.fixture
def writer(shelf: Shelf) -> Iterator[OpenWriter]:
    with shelf.writing() as writer:
        yield writer
