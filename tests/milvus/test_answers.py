"""The same bot on Milvus: the same commands and answers, and 503 while the server is away."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from datetime import date
from pathlib import Path

import httpx
import pytest

from bot.composition import Parts, compose
from bot.settings import read_settings
from index.check import check
from index.embedding.embedder import Embedder
from index.migration import migrate
from index.milvus.connection import Connection
from index.milvus.settings import MilvusSettings
from index.opening import StorePlace, open_store, open_writer
from index.store import StoreReader
from retrieval.answer import Answer, Question
from retrieval.assembling import assemble
from retrieval.evidence.candidates import Searches
from tests.conftest import SAMPLES
from tests.http.serving import serving
from tests.milvus.standalone import Standalone
from tests.milvus.test_migration import Recorder

QUESTIONS = (
    "How long is the border between Ukraine and Belarus?",
    "Did Ukraine send 120,000 troops to the border?",
    "Who was elected president of the Rovers?",
    "What was stolen from the Marrable House Museum?",
    "When did Belarus empty its embassy in Kyiv?",
    "How hot did it get in Halvern?",
    "Where were nuclear weapons moved to?",
    "Who won the Essling chess open?",
    "What does tram line seven cost?",
    "Who invented the telephone?",
    "Do Kestria and Orvenia agree about the bridge?",
)
BORDER = QUESTIONS[0]
MOST_SECONDS_TO_RECOVER = 120

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def lite_place(sample_data: Path, tmp_path_factory: pytest.TempPathFactory) -> StorePlace:
    return StorePlace(
        sample_data,
        MilvusSettings(str(tmp_path_factory.mktemp("lite") / "s.db"), timeout_seconds=60.0),
    )


@pytest.fixture(scope="module")
def copied(sample_data: Path, embedder: Embedder, lite_place: StorePlace) -> StorePlace:
    fill(sample_data, embedder, lite_place)
    return lite_place


def fill(sample_data: Path, embedder: Embedder, place: StorePlace) -> None:
    """Copy the sample articles' index to a server."""
    with ExitStack() as opened:
        reading = opened.enter_context(open_writer(sample_data, embedder.key, embedder.dimension))
        writing = opened.enter_context(
            open_writer(place, embedder.key, embedder.dimension, rebuild=True)
        )
        migrate(reading, writing, Recorder())


def answers(
    store: StoreReader, embedder: Embedder, searches: Searches | None = None
) -> list[tuple[bool, list[tuple[str, int, int, str]]]]:
    answerer = assemble(
        store, embedder, threshold=0.5, reader=None, budget_ms=150.0, searches=searches
    )
    asked = date(2024, 9, 10)
    return [brief(answerer.answer(Question(text=text, asked=asked))) for text in QUESTIONS]


def brief(answer: Answer) -> tuple[bool, list[tuple[str, int, int, str]]]:
    """Whether it answers, and where its quotes or nearest passages are."""
    shown = answer.quotes or answer.nearest
    return answer.answered, [(one.article.id, one.start, one.end, one.text) for one in shown]


def test_the_same_answers_as_the_embedded_store(
    sample_data: Path, embedder: Embedder, copied: StorePlace
) -> None:
    with closing(open_store(sample_data)) as embedded, closing(open_store(copied)) as milvus:
        wanted, found = answers(embedded, embedder), answers(milvus, embedder)
    assert found == wanted
    assert any(answered for answered, _ in wanted)
    assert not all(answered for answered, _ in wanted)


@pytest.fixture
def run(model_cache: Path, tmp_path: Path) -> Run:
    """Runs a command of the program on a store."""
    data = tmp_path / "data"
    data.mkdir()
    (data / "models").symlink_to(model_cache, target_is_directory=True)

    def run(store: str, *command: str) -> subprocess.CompletedProcess[str]:
        settings = {"ARTICLES": str(SAMPLES), "DATA": str(data), "READER": "none", "STORE": store}
        settings["MILVUS_TIMEOUT_SECONDS"] = "60"
        environment = {**os.environ, **{f"ONRECORD_{key}": one for key, one in settings.items()}}
        return subprocess.run(
            [sys.executable, "-m", "bot.cli", *command],
            env=environment,
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
            timeout=240,
        )

    return run


def test_commands_on_a_file_of_milvus_lite(run: Run, lite: str) -> None:
    indexed = run(lite, "index")
    assert indexed.returncode == 0, indexed.stderr
    assert "articles added" in indexed.stdout
    asked = run(lite, "ask", BORDER)
    assert asked.returncode == 0, asked.stderr
    assert "1,084 kilometres" in asked.stdout
    checked = run(lite, "check")
    assert checked.returncode == 0, checked.stdout
    assert "sound" in checked.stdout
    back = run(lite, "migrate", "--to", "embedded")
    assert back.returncode == 0, back.stderr
    assert "verified" in back.stdout
    assert "copying" in back.stderr
    again = run("embedded", "ask", BORDER)
    assert _untimed(again.stdout) == _untimed(asked.stdout)
    assert run(lite, "migrate", "--to", lite).returncode == 2
    assert run(lite, "migrate", "--to", "nowhere").returncode == 2


def test_a_file_that_another_program_has_open_is_named_in_one_line(run: Run, lite: str) -> None:
    connection = Connection(MilvusSettings(lite))
    assert connection.capabilities.keywords
    refused = run(lite, "articles")
    connection.close()
    assert refused.returncode == 3
    (line,) = refused.stderr.strip().splitlines()
    assert "close the other program" in line


def _untimed(shown: str) -> str:
    return re.sub(r"\d+ ms", "", shown)


@pytest.fixture(scope="module")
def standalone_place(sample_data: Path, embedder: Embedder, standalone: Standalone) -> StorePlace:
    place = StorePlace(
        sample_data,
        MilvusSettings(
            standalone.uri,
            shards=2,
            partitions="month",
            partition_count=4,
            index_type="IVF_SQ8",
            timeout_seconds=60.0,
        ),
    )
    fill(sample_data, embedder, place)
    return place


def test_a_server_without_keywords_answers_by_meaning_and_says_so(
    sample_data: Path, embedder: Embedder, standalone_place: StorePlace
) -> None:
    by_meaning = Searches(keywords=False)
    with (
        closing(open_store(sample_data)) as embedded,
        closing(open_store(standalone_place)) as milvus,
    ):
        assert answers(milvus, embedder) == answers(embedded, embedder, by_meaning)
    report = check(standalone_place)
    assert report.sound, report.faults
    assert "no keyword search" in (report.degraded or "")


@pytest.fixture
def parts(
    sample_data: Path, embedder: Embedder, standalone_place: StorePlace, tmp_path: Path
) -> Iterator[Parts]:
    assert standalone_place.milvus is not None
    settings = read_settings(
        articles=(SAMPLES,),
        data=tmp_path,
        store=standalone_place.milvus.uri,
        milvus_timeout_seconds=10.0,
        reader="none",
        rate_limit_per_minute=0,
    )
    parts = compose(settings)
    vars(parts)["model"] = embedder
    yield parts
    parts.close()


def test_while_the_server_is_away_503_then_answers_again_without_a_restart(
    parts: Parts, standalone: Standalone, standalone_place: StorePlace
) -> None:
    with serving(parts) as url, httpx.Client(base_url=url, timeout=120) as client:
        before = answered(client)
        assert before.status_code == 200
        ready = client.get("/readyz").json()
        assert "no keyword search" in ready["degraded"]
        try:
            standalone.kill()
            away = client.post("/ask", json={"question": BORDER})
            assert away.status_code == 503
            assert away.headers["retry-after"]
            assert "see that it runs" in away.json()["detail"]
            assert client.get("/readyz").status_code == 503
            assert client.get("/healthz").status_code == 200
        finally:
            standalone.keep()
        after = answered(client)
        assert after.json()["quotes"] == before.json()["quotes"]
    report = check(standalone_place)
    assert report.sound, report.faults
    assert report.articles == 16


def answered(client: httpx.Client) -> httpx.Response:
    """The reply to a question, once the server is there for it."""
    limit = time.monotonic() + MOST_SECONDS_TO_RECOVER
    while (reply := client.post("/ask", json={"question": BORDER})).status_code == 503:
        assert time.monotonic() < limit, reply.text
        time.sleep(0.5)
    return reply
