"""Faults of what stands around `onrecord`: its models, Milvus, Telegram, a model that writes."""

from __future__ import annotations

import asyncio
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx

from retrieval.reading.reader import PACKAGED_READER
from tests.benchmarks.fault_measures import (
    WORDS_OF_THE_ANSWER,
    Places,
    Row,
    Stopwatch,
    is_right,
    seconds_until,
)
from tests.http.process import environment, served
from tests.milvus.lite_server import LiteServer
from tests.patience import PATIENCE
from tests.resilience.asking import BORDER, ask
from tests.telegram.bot_process import BotProcess
from tests.telegram.botapi.person import Person
from tests.telegram.botapi.server import BotApi
from tests.telegram.botapi.world import World
from tests.writing import model_server as models

PEOPLE = 10
SECONDS_AWAY = 3.0


def faults_around(places: Places) -> Iterator[Row]:
    """One row for each."""
    yield without_model(places.new("model"))
    yield without_milvus(places.new("milvus"))
    yield asyncio.run(without_telegram(places.new("telegram")))
    yield with_hanging_writer(places.new("writer"))


def without_model(folder: Path) -> Row:
    """One bit of the reader's weights is another."""
    reader = Path(shutil.copytree(PACKAGED_READER, folder / "reader"))
    weights = reader / "reader.onnx"
    content = bytearray(weights.read_bytes())
    content[len(content) // 2] ^= 1
    weights.write_bytes(content)
    watch = Stopwatch()
    ended = subprocess.run(
        [sys.executable, "-m", "bot.cli", "serve", "--port", "0"],
        check=False,
        cwd=folder,
        env=environment(folder, READER=str(reader)),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    seconds = watch.seconds
    said = ended.stderr.splitlines()
    told = sum("is damaged" in line for line in said)
    return Row(
        "a model that does not load",
        "the server does not start, and one line says why",
        "`tests/resilience/test_models_that_do_not_load.py`",
        f"status {ended.returncode} after {seconds:.1f} s, {told} line that says why",
    )


def without_milvus(folder: Path) -> Row:
    """The server of the store is killed, and started again."""
    store = LiteServer(folder / "store")
    store.start()
    try:
        with (
            served(folder, STORE=store.uri, MILVUS_TIMEOUT_SECONDS="5") as running,
            httpx.Client(base_url=running.wait_until_ready(), timeout=PATIENCE) as client,
        ):

            def asked() -> httpx.Response:
                return client.post("/ask", json={"question": BORDER})

            seconds_until(lambda: is_right(asked()))
            store.kill()
            watch = Stopwatch()
            status = asked().status_code
            told = watch.seconds
            alive = client.get("/healthz").status_code
            store.start()
            back = seconds_until(lambda: is_right(asked()))
    finally:
        store.kill()
    return Row(
        "Milvus down",
        "each question is told so (503), and answered once it is back",
        "`tests/milvus/test_serving.py`",
        f"{status} after {told:.1f} s, the server itself alive ({alive}); answered {back:.1f} s"
        " after Milvus listened again",
    )


async def without_telegram(folder: Path) -> Row:
    """Telegram is away while people write."""
    async with BotApi(World(per_second=1000)).running() as api:
        bot = BotProcess(api, folder, reader="none", threshold="0")
        await bot.runs("index")
        async with bot.running():
            people = [Person(api) for _ in range(PEOPLE)]
            await people[0].asks(BORDER)
            await api.stop()
            questions = [person.says(BORDER) for person in people]
            await asyncio.sleep(SECONDS_AWAY)
            await api.start()
            watch = Stopwatch()
            replies = await asyncio.gather(
                *(
                    person.reads(question, seconds=PATIENCE)
                    for person, question in zip(people, questions, strict=True)
                )
            )
            seconds = watch.seconds
            heard = [
                len(person.heard(person.chat, question))
                for person, question in zip(people, questions, strict=True)
            ]
    right = sum(WORDS_OF_THE_ANSWER in first["text"] for first, *_ in replies)
    return Row(
        "Telegram down",
        "no question is lost, none is answered twice",
        "`tests/telegram/test_faults.py`, `tests/telegram/test_restart.py`",
        f"{PEOPLE - right} of {PEOPLE} questions lost, {sum(one > 1 for one in heard)} answered"
        f" twice; all answered {seconds:.1f} s after Telegram was back",
    )


def with_hanging_writer(folder: Path) -> Row:
    """A language model takes the request and never replies."""
    models.released.clear()
    with (
        models.model_server() as base,
        served(folder, LLM_URL=base, LLM_MODEL="waits") as running,
    ):
        url = running.wait_until_ready()
        watch = Stopwatch()
        response = ask(url, BORDER)
        seconds = watch.seconds
        plain = is_right(response) and "written" not in response.json()
        models.released.set()
    return Row(
        "a language model that hangs",
        "the quotes come without its text",
        "`tests/writing/test_writing.py`",
        f"the {'plain' if plain else 'WRONG'} answer after {seconds:.1f} s",
    )
