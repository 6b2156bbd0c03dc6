from __future__ import annotations

from pathlib import Path

import pytest

from index.embedding.embedder import Embedder
from index.embedding.loading import load_embedder


@pytest.fixture(scope="session")
def embedder(request: pytest.FixtureRequest) -> Embedder:
    """The packaged model; its export is kept between test runs, as it takes many seconds."""
    cache = request.config.cache
    assert cache is not None
    return load_embedder("all-MiniLM-L6-v2", cache=Path(cache.mkdir("models")), threads=2)
