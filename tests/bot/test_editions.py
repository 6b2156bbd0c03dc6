"""A rebuild with another model while a real server answers: no request fails, none is mixed."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.composition import Parts, compose
from bot.indexing import bring_in_line
from corpus.errors import ModelError
from index.embedding.embedder import Embedder
from index.embedding.loading import load_embedder
from index.embedding.recorded import load_recorded
from tests.bot.small_model import DIMENSION, make_small_model
from tests.http.serving import make_parts, serving
from tests.patience import PATIENCE

QUESTIONS = ("When was the bridge closed?", "Who won?", "What did the council decide?")


@pytest.fixture(scope="module")
def small_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_small_model(tmp_path_factory.mktemp("models") / "small")


@pytest.fixture
def parts(tmp_path: Path, embedder: Embedder, model_cache: Path) -> Parts:
    models = tmp_path / "data" / "models"
    models.mkdir(parents=True)
    # What was exported is at hand, but not where models of earlier runs lay: there they may be yet.
    for exported in model_cache.glob("onnx-*"):
        (models / exported.name).symlink_to(exported, target_is_directory=True)
    return make_parts(tmp_path, embedder)


@contextmanager
def asking(url: str, clients: int = 3) -> Iterator[Counter[str]]:
    """Ask without pause; counts, by model, the answers so far. Any failure is raised at the end."""
    models: Counter[str] = Counter()
    done = threading.Event()

    def ask(first: int) -> None:
        with httpx.Client(base_url=url, timeout=PATIENCE) as client:
            for number in range(first, 1_000_000):
                if done.is_set():
                    return
                answer = _ask(client, QUESTIONS[number % len(QUESTIONS)])
                models[answer["made_by"]["embedding_model"]] += 1

    with ThreadPoolExecutor(clients) as pool:
        askers = [pool.submit(ask, first) for first in range(clients)]
        try:
            yield models
        finally:
            done.set()
        for asker in askers:
            asker.result()


def _ask(client: httpx.Client, question: str) -> dict[str, Any]:
    response = client.post("/ask", json={"question": question})
    assert response.status_code == 200, response.text
    answer: dict[str, Any] = response.json()
    assert answer["quotes"] or answer["nearest"]
    return answer


def rebuild_with(parts: Parts, model: Path | str) -> str:
    """As `onrecord index --rebuild` of another process does; the key of the model."""
    settings = parts.settings.model_copy(update={"embedding_model": str(model)})
    other = compose(settings)
    bring_in_line(other, settings.articles, rebuild=True)
    return other.model.key


def wait_for(models: Counter[str], key: str, number: int = 10) -> None:
    enough, end = models[key] + number, time.monotonic() + PATIENCE
    while models[key] < enough:
        assert time.monotonic() < end, f"{key} does not answer: {models}"
        time.sleep(0.02)


def test_a_server_follows_a_rebuild_with_another_model_and_back(
    parts: Parts, small_model: Path
) -> None:
    first = parts.model.key
    with serving(parts) as url:
        with asking(url) as models:
            wait_for(models, first)
            second = rebuild_with(parts, small_model)
            wait_for(models, second)
            assert parts.store.embedder_key == parts.model.key == second
            rebuild_with(parts, "all-MiniLM-L6-v2")
            wait_for(models, first)
        assert set(models) == {first, second}
        assert len(list((parts.settings.data).glob("index-*.db"))) <= 2


def test_after_it_articles_are_added_with_the_new_model(parts: Parts, small_model: Path) -> None:
    with serving(parts) as url, httpx.Client(base_url=url, timeout=PATIENCE) as client:
        with asking(url, clients=1) as models:
            wait_for(models, rebuild_with(parts, small_model))
        assert parts.model.dimension == DIMENSION
        text = "The lighthouse of Marrow Point was sold for 311 crowns. A school bought it."
        added = client.post("/articles", json={"title": "Lighthouse sold", "text": text})
        assert added.status_code == 201, added.text
        hits = client.get("/search", params={"q": "lighthouse Marrow Point crowns", "k": 5}).json()
        assert "lighthouse" in str(hits).casefold()


def test_a_model_that_cannot_be_found_leaves_the_old_index_answering(
    parts: Parts, small_model: Path, tmp_path: Path
) -> None:
    first = parts.model.key
    fleeting = tmp_path / "fleeting"
    fleeting.symlink_to(small_model, target_is_directory=True)
    # No server runs during this rebuild, so that the model is gone before anybody looks for it.
    store = parts.store
    second = rebuild_with(parts, fleeting)
    hidden = small_model.rename(tmp_path / "hidden")
    try:
        assert parts.store is store
        with serving(parts) as url, asking(url, clients=1) as models:
            wait_for(models, first)
            state = httpx.get(f"{url}/index", timeout=PATIENCE).json()
    finally:
        hidden.rename(small_model)
    assert set(models) == {first} != {second}
    assert "another model" in state["degraded"]


def test_a_recorded_model_is_the_same_model(
    embedder: Embedder, model_cache: Path, small_model: Path
) -> None:
    small = load_embedder(str(small_model), cache=model_cache, threads=1)
    for one in (embedder, small):
        again = load_recorded(one.key, cache=model_cache, threads=1)
        assert (again.key, again.dimension) == (one.key, one.dimension)
    with pytest.raises(ModelError, match="EMBEDDING_MODEL"):
        load_recorded("small@000000000000/int8", cache=model_cache)
