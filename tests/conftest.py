"""What tests of several rooms share: the packaged model, and the sample articles indexed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.composition import Parts, compose
from bot.settings import Settings
from corpus.importer import Importer
from index.embedding.embedder import Embedder
from index.embedding.loading import load_embedder
from index.opening import open_writer
from index.sync import sync

SAMPLES = Path(__file__).parent.parent / "corpus" / "articles"


@pytest.fixture(scope="session")
def model_cache(request: pytest.FixtureRequest) -> Path:
    """Exported models are kept between test runs: exporting takes many seconds."""
    cache = request.config.cache
    assert cache is not None
    return Path(cache.mkdir("models"))


@pytest.fixture(scope="session")
def embedder(model_cache: Path) -> Embedder:
    """The packaged model."""
    return load_embedder("all-MiniLM-L6-v2", cache=model_cache, threads=2)


@pytest.fixture(scope="session")
def sample_data(
    tmp_path_factory: pytest.TempPathFactory, embedder: Embedder, model_cache: Path
) -> Path:
    """A data folder with the sample articles in its index. Not to be changed."""
    data = tmp_path_factory.mktemp("samples")
    (data / "models").symlink_to(model_cache, target_is_directory=True)
    with open_writer(data, embedder.key, embedder.dimension) as store:
        sync([SAMPLES], store, embedder, Importer())
    return data


@pytest.fixture(scope="session")
def sample_parts(sample_data: Path) -> Iterator[Parts]:
    """A process over the sample articles. Not to be changed."""
    parts = compose(Settings(data=sample_data, articles=(SAMPLES,)))
    yield parts
    parts.close()
