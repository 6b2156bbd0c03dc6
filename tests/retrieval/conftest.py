from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

from index.embedding.embedder import Embedder
from index.embedding.loading import load_embedder

# How long an example takes on a busy machine says nothing of whether it is right.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.fixture(scope="session")
def embedder(request: pytest.FixtureRequest) -> Embedder:
    """The packaged model; its export is kept between test runs, as it takes many seconds."""
    cache = request.config.cache
    assert cache is not None
    return load_embedder("all-MiniLM-L6-v2", cache=Path(cache.mkdir("models")), threads=2)
