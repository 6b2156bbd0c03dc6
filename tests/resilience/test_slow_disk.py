"""A disk that is slow: who reads does not wait for who writes, and nothing is lost."""

from __future__ import annotations

import signal
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx

from index.check import check
from tests.http.process import served
from tests.patience import PATIENCE
from tests.resilience.asking import BORDER, FERRY, NEWS, ask
from tests.resilience.disturbing import Disturbance

SLOW_MS = 40
STANDS_STILL_MS = 200_000
"""Far longer than what is asked in the meantime takes."""
ASKERS = 8


def test_questions_are_answered_while_an_addition_waits_for_the_disk(
    folder: Path, machine: Disturbance
) -> None:
    with served(folder, through=machine.through) as running, ThreadPoolExecutor(1) as writer:
        url = running.wait_until_ready()
        machine.slow_disk(STANDS_STILL_MS)
        adding = writer.submit(httpx.post, f"{url}/articles", json=NEWS, timeout=PATIENCE)
        found = httpx.get(f"{url}/search", params={"q": BORDER}, timeout=PATIENCE)
        assert found.status_code == httpx.codes.OK
        assert httpx.get(f"{url}/healthz", timeout=PATIENCE).status_code == httpx.codes.OK
        assert not adding.done()
        machine.slow_disk(0)
        assert adding.result().status_code == httpx.codes.CREATED
        assert "240" in ask(url, FERRY).json()["quotes"][0]["text"]


def test_many_ask_and_what_was_acknowledged_outlives_sigkill(
    folder: Path, machine: Disturbance
) -> None:
    with served(folder, through=machine.through) as running, ThreadPoolExecutor(ASKERS) as askers:
        url = running.wait_until_ready()
        machine.slow_disk(SLOW_MS)
        asked = [askers.submit(ask, url, BORDER, f"conversation-{n}") for n in range(2 * ASKERS)]
        added = httpx.post(f"{url}/articles", json=NEWS, timeout=PATIENCE)
        assert added.status_code == httpx.codes.CREATED
        for answered in asked:
            assert answered.result().status_code == httpx.codes.OK
            assert "1,084" in answered.result().json()["quotes"][0]["text"]
        running.stop(signal.SIGKILL)
    report = check(folder / "data")
    assert report.sound
    assert report.articles == len(list((folder / "articles").iterdir())) == 5
