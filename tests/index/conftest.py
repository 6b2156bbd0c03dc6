from __future__ import annotations

from pathlib import Path

import pytest

from index.embedding.embedder import Embedder
from index.embedding.loading import load_embedder


@pytest.fixture(scope="session")
def model_cache(request: pytest.FixtureRequest) -> Path:
    """Exported models are kept between test runs: exporting takes many seconds."""
    cache = request.config.cache
    assert cache is not None
    return Path(cache.mkdir("models"))


@pytest.fixture(scope="session")
def embedder(model_cache: Path) -> Embedder:
    return load_embedder("all-MiniLM-L6-v2", cache=model_cache, threads=2)
