"""Fixtures that the HTTP and page tests share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from index.embedding.embedder import Embedder
from index.embedding.loading import load_embedder
from tests.http.serving import NEVER_ANSWERS, make_parts, serving
from tests.patience import PATIENCE


@pytest.fixture(scope="session")
def model(model_cache: Path) -> Embedder:
    """The default model, prepared once and kept in pytest's cache."""
    return load_embedder("all-MiniLM-L6-v2", cache=model_cache, threads=2)


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory, model: Embedder) -> Iterator[str]:
    """A server that answers every question, for tests that change nothing."""
    with serving(make_parts(tmp_path_factory.mktemp("answering"), model)) as base:
        yield base


@pytest.fixture(scope="session")
def silent_address(tmp_path_factory: pytest.TempPathFactory, model: Embedder) -> Iterator[str]:
    """A server that is never sure enough to answer."""
    folder = tmp_path_factory.mktemp("silent")
    with serving(make_parts(folder, model, threshold=NEVER_ANSWERS)) as base:
        yield base


@pytest.fixture
def client(address: str) -> Iterator[httpx.Client]:
    """A client of the answering server."""
    with httpx.Client(base_url=address, timeout=PATIENCE) as one:
        yield one


@pytest.fixture
def changing(tmp_path: Path, model: Embedder) -> Iterator[httpx.Client]:
    """A client of a server of its own, whose collection may be changed."""
    with (
        serving(make_parts(tmp_path, model)) as base,
        httpx.Client(base_url=base, timeout=PATIENCE) as one,
    ):
        yield one
