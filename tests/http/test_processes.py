"""`onrecord serve` and `onrecord mcp` as processes: clients, a stop, several workers."""

from __future__ import annotations

import json
import os
import re
import signal
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import openai
import pytest
from mcp import Client, StdioServerParameters

from tests.http.process import environment, make_collection, served
from tests.http.tool_use import BORDER, use_the_tools
from tests.patience import PATIENCE
from tests.writing import model_server as models

FOLLOW_UP = "And who said so?"
CONNECTIONS = 12
"""So many fresh connections all reach one of two workers once in 2,048 times."""
ASKERS = 6


@pytest.fixture
def folder(tmp_path: Path, model_cache: Path) -> Path:
    """A collection that is not indexed yet."""
    make_collection(tmp_path, model_cache)
    return tmp_path


@pytest.fixture
def language_model() -> Iterator[str]:
    """The address of a language model that waits until it is let go on."""
    models.released.clear()
    models.asked.clear()
    with models.model_server() as base:
        yield base


async def test_official_clients_work_and_a_stop_lets_a_stream_end(
    folder: Path, language_model: str
) -> None:
    with served(folder, LLM_URL=language_model, LLM_MODEL="waits") as server:
        url = server.wait_until_ready()
        async with Client(f"{url}/mcp") as tools:
            await use_the_tools(tools)
        chat = openai.OpenAI(base_url=f"{url}/v1", api_key="any", max_retries=0)
        assert [model.id for model in chat.models.list()] == ["onrecord"]
        body, accept = {"question": BORDER}, {"Accept": "text/event-stream"}
        with httpx.stream(
            "POST", f"{url}/ask", json=body, headers=accept, timeout=PATIENCE
        ) as stream:
            lines = stream.iter_lines()
            assert next(line for line in lines if line.startswith("event: quote"))
            assert models.asked.wait(PATIENCE)
            server.process.send_signal(signal.SIGTERM)
            wait_until(lambda: refuses(url))
            assert server.process.poll() is None
            models.released.set()
            rest = list(lines)
        events = [line.removeprefix("event: ") for line in rest if line.startswith("event: ")]
        assert events[-2:] == ["answer", "done"]
        answer = json.loads(rest[rest.index("event: answer") + 1].removeprefix("data: "))
        assert "1,084" in answer["written"]["text"]
        assert server.process.wait(timeout=PATIENCE) == 0
    assert server.faults() == ""
    command = StdioServerParameters(
        command=sys.executable, args=["-m", "bot.cli", "mcp"], cwd=folder, env=environment(folder)
    )
    async with Client(command) as tools:
        await use_the_tools(tools)


def test_two_workers_are_one_server(folder: Path, language_model: str) -> None:
    """Whichever worker a connection reaches: the same articles, conversations, runs, counts. A
    stop lets both finish what is in flight.
    """
    models.released.set()
    writing = {"LLM_URL": language_model, "LLM_MODEL": "waits"}
    with served(folder, "--workers", "2", **writing) as server:
        url = server.wait_until_ready()
        wait_until(lambda: len(server.children()) == 2)

        first = httpx.post(f"{url}/ask", json={"question": BORDER}, timeout=PATIENCE).json()
        follow_up = {"question": FOLLOW_UP, "conversation_id": first["conversation_id"]}
        understood = on_fresh_connections(
            lambda: httpx.post(f"{url}/ask", json=follow_up, timeout=PATIENCE).json()
        )
        assert all(one["standalone_question"] != FOLLOW_UP for one in understood)

        added = httpx.post(f"{url}/articles", json=clock("Orle"), timeout=PATIENCE).json()
        [article_id] = added["article_ids"]
        read = on_fresh_connections(
            lambda: httpx.get(f"{url}/articles/{article_id}", timeout=PATIENCE)
        )
        assert {one.status_code for one in read} == {200}

        started = httpx.post(f"{url}/index", timeout=PATIENCE)
        run = str(started.url.join(started.headers["location"]))
        shown = on_fresh_connections(lambda: httpx.get(run, timeout=PATIENCE).json()["job"])
        assert {one["id"] for one in shown} == {started.json()["job"]["id"]}

        # A request is counted once its last byte is sent, which another worker may be told before.
        wait_until(lambda: questions_counted(url) >= 1 + CONNECTIONS)
        counted = on_fresh_connections(lambda: questions_counted(url))
        assert set(counted) == {1 + CONNECTIONS}

        wait_until(lambda: leaders(server.said) != [])
        [leader] = leaders(server.said)
        os.kill(leader, signal.SIGKILL)
        wait_until(lambda: len(leaders(server.said)) == 2)
        assert leaders(server.said)[1] != leader
        wait_until(lambda: len(set(server.children()) - {leader}) == 2)
        (folder / "articles" / "late.json").write_text(json.dumps(clock("Tarn")))
        wait_until(lambda: httpx.get(f"{url}/articles", timeout=PATIENCE).json()["total"] == 6)

        models.released.clear()
        with ThreadPoolExecutor(ASKERS) as askers:
            answers = [askers.submit(ask, url) for _ in range(ASKERS)]
            wait_until(lambda: in_flight(url) > ASKERS)
            server.process.send_signal(signal.SIGINT)
            time.sleep(2)  # for workers that would not wait
            models.released.set()
            assert all("1,084" in answer.result() for answer in answers)
        assert server.process.wait(timeout=PATIENCE) == 0
        assert server.children() == []
    assert server.faults() == ""


def ask(url: str) -> str:
    """The answer to a question."""
    response = httpx.post(f"{url}/ask", json={"question": BORDER}, timeout=PATIENCE)
    return str(response.json()["answer"])


def in_flight(url: str) -> int:
    """Requests that are being answered, the one that asks among them."""
    return count(metrics(url), "onrecord_http_requests_in_flight")


def questions_counted(url: str) -> int:
    """Questions that were answered."""
    asked = 'onrecord_http_requests_total{method="POST",route="/ask",status="200"}'
    return count(metrics(url), asked)


def metrics(url: str) -> str:
    """What is measured, as any worker tells it."""
    return httpx.get(f"{url}/metrics", timeout=PATIENCE).text


def clock(town: str) -> dict[str, str]:
    """An article that is not in the collection."""
    text = f"The clock tower of {town} was repaired after 312 days, its mayor said."
    return {"title": f"The clock of {town}", "text": text}


def on_fresh_connections(call: Callable[[], Any]) -> list[Any]:
    """What a call gives on connections of its own."""
    return [call() for _ in range(CONNECTIONS)]


def count(exposition: str, name: str) -> int:
    """The value of one sample of the metrics."""
    for line in exposition.splitlines():
        if line.startswith(name):
            return int(float(line.rpartition(" ")[2]))
    return 0


def leaders(said: list[str]) -> list[int]:
    """The processes that said that they lead, in order."""
    return [int(found[1]) for line in said if (found := re.search(r"leading.*process=(\d+)", line))]


def refuses(url: str) -> bool:
    """Whether new connections are not taken any more."""
    try:
        httpx.get(f"{url}/healthz", timeout=5)
    except httpx.ConnectError:
        return True
    except httpx.TransportError:
        return False  # taken just before the door was closed, and dropped
    return False


def wait_until(true: Callable[[], bool]) -> None:
    """Come back once it is so. The limit is the test run's own."""
    while not true():
        time.sleep(0.05)
