"""milvus-lite as a file and as a server, and the sample articles on Milvus."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.milvus.lite_server import LiteServer


@pytest.fixture
def lite(tmp_path: Path) -> str:
    """The address of an empty store in a file."""
    return str(tmp_path / "store.db")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiteServer]:
    """A server that tests may kill."""
    server = LiteServer(tmp_path_factory.mktemp("server"))
    server.start()
    yield server
    server.kill()
