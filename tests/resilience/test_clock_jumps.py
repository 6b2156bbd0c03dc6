"""A clock that is set wrong by a year, back and forth, under programs that run on."""

from __future__ import annotations

import time
from pathlib import Path

import httpx
import pytest

from index.check import check
from tests.http.process import served
from tests.patience import PATIENCE
from tests.resilience.asking import BORDER, FERRY, NEWS, ask
from tests.resilience.disturbing import YEAR, Disturbance
from tests.telegram.bot_process import BotProcess, new_folder
from tests.telegram.botapi.person import Person
from tests.telegram.botapi.server import BotApi
from tests.telegram.botapi.world import World

FOLLOW_UP = "And who said so?"
LIMIT = 2
"""Requests a minute: on a slow machine too, twice as many come before the minute is over."""
TREATY = "Which treaty did Belarus and Russia sign in 1999?"
UNION = "Union State"


def test_answers_conversations_and_the_index_outlive_a_clock_that_is_set(
    folder: Path, machine: Disturbance
) -> None:
    with served(folder, through=machine.through) as running:
        url = running.wait_until_ready()
        generations = [httpx.get(f"{url}/readyz", timeout=PATIENCE).json()["generation"]]
        conversation, before = ask(url, BORDER).json()["conversation_id"], 0.0
        for number, wrong in enumerate((-YEAR, 0, YEAR, 0)):
            machine.wrong_clock(wrong)
            if wrong < before:
                assert understands(url, conversation)
            first = ask(url, BORDER).json()
            assert "1,084" in first["quotes"][0]["text"]
            conversation, before = first["conversation_id"], wrong
            assert understands(url, conversation)
            text = f"The ferry of week {number} carries {500 + number} passengers, they said."
            (folder / "articles" / f"ferry-{number}.md").write_text(text)
            while articles(url) < 5 + number:
                time.sleep(0.1)
            generations.append(httpx.get(f"{url}/readyz", timeout=PATIENCE).json()["generation"])
        assert generations == sorted(set(generations))
        assert httpx.post(f"{url}/articles", json=NEWS, timeout=PATIENCE).status_code == 201
        assert "240" in ask(url, FERRY).json()["quotes"][0]["text"]
    years = {line[:4] for line in running.said if "route=/ask" in line}
    assert len(years) == 3
    assert running.faults() == ""
    assert check(folder / "data").sound


def understands(url: str, conversation: str) -> bool:
    """Whether a follow-up is completed from a conversation."""
    follow_up = ask(url, FOLLOW_UP, conversation).json()
    return bool(follow_up["standalone_question"] != FOLLOW_UP)


def articles(url: str) -> int:
    """How many are indexed."""
    return int(httpx.get(f"{url}/articles", timeout=PATIENCE).json()["total"])


def test_a_jump_does_not_open_the_door_of_the_rate_limit(
    folder: Path, machine: Disturbance
) -> None:
    """Nor does it stay shut for a year."""
    with (
        served(folder, through=machine.through, RATE_LIMIT_PER_MINUTE=str(LIMIT)) as running,
        httpx.Client(base_url=running.wait_until_ready(), timeout=PATIENCE) as client,
    ):
        for wrong in (0, -YEAR, YEAR):
            machine.wrong_clock(wrong)
            responses = [client.get("/articles") for _ in range(2 * LIMIT)]
            refused = [one for one in responses if one.status_code == 429]
            assert refused
            assert all(1 <= int(one.headers["Retry-After"]) <= 60 for one in refused)


@pytest.mark.parametrize("wrong", [-YEAR, YEAR])
async def test_telegram_answers_each_question_once_across_a_jump(
    indexed: Path, tmp_path: Path, machine: Disturbance, wrong: float
) -> None:
    async with BotApi(World()).running() as api:
        process = BotProcess(api, new_folder(indexed, tmp_path / "own"))
        process.through = machine.through
        person = Person(api)
        async with process.running():
            first = person.says(TREATY)
            [answer] = await person.reads(first)
            machine.wrong_clock(wrong)
            [again] = await person.reads(person.says(TREATY))
            assert UNION in again["text"]
            before = answer["text"]
            await person.presses(answer, "Context")
            await api.world.until(lambda: answer["text"] != before)
            machine.wrong_clock(0)
            await person.reads(person.says(TREATY))
        assert "Traceback" not in process.log
        assert len({line[:4] for line in process.log.splitlines() if "answered" in line}) == 2
        assert len(person.heard(person.chat, first)) == 3
