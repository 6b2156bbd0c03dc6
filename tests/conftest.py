"""What tests of several rooms share: the packaged model, and the sample articles indexed."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from bot.composition import Parts, compose
from bot.settings import Settings
from corpus.importer import Importer
from index.embedding.embedder import Embedder
from index.embedding.loading import load_embedder
from index.opening import open_writer
from index.sync import sync
from tests.milvus.standalone import Standalone

SAMPLES = Path(__file__).parent.parent / "corpus" / "articles"


UNHURRIED_MS = "60000"

PACE = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much)
"""What Hypothesis says of how fast examples are found, and not of whether they are right."""


def pytest_configure(config: pytest.Config) -> None:
    """No outcome depends on luck, on how fast the machine is, or on how the tests were started.

    Hypothesis: how long an example takes says nothing of whether it is right, and the examples are
    the same each time; `--hypothesis-profile=searching` looks for others. A profile holds for the
    tests that are imported after it, so it is loaded here, before any is.
    The reader: with the time that it has by default, a busy machine would answer differently.
    Programs under test are stopped as by Ctrl-C: they must not inherit that it is ignored, as it
    is for whatever a script starts in the background.
    """
    searching = settings(deadline=None, suppress_health_check=PACE)
    settings.register_profile("searching", searching)
    settings.register_profile("the same", searching, derandomize=True)
    if not config.getoption("--hypothesis-profile"):
        settings.load_profile("the same")
    os.environ.setdefault("ONRECORD_RERANK_BUDGET_MS", UNHURRIED_MS)
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def kept_folder(config: pytest.Config, tmp_path_factory: pytest.TempPathFactory, name: str) -> Path:
    """A folder that is kept between test runs, where pytest keeps anything (`cacheprovider`)."""
    cache: pytest.Cache | None = getattr(config, "cache", None)
    return Path(cache.mkdir(name)) if cache is not None else tmp_path_factory.mktemp(name)


@pytest.fixture(scope="session")
def model_cache(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Exported models are kept between test runs: exporting takes many seconds."""
    return kept_folder(request.config, tmp_path_factory, "models")


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
    """A process over the sample articles, not to be changed."""
    parts = compose(Settings(data=sample_data, articles=(SAMPLES,)))
    yield parts
    parts.close()


@pytest.fixture(scope="session")
def standalone(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Standalone]:
    """The real Milvus server, one for all tests; its program is unpacked once for all runs."""
    binaries = kept_folder(request.config, tmp_path_factory, "milvus")
    server = Standalone(tmp_path_factory.mktemp("milvus"), binaries)
    server.start()
    yield server
    server.kill()
