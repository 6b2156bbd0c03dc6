"""Changes that would have to wait for a long run of the index are refused, and not made."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator

import pytest

from bot import one_at_a_time
from bot.one_at_a_time import OneAtATime
from corpus.errors import StoreBusy
from tests.patience import PATIENCE


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> Iterator[OneAtATime]:
    monkeypatch.setattr(one_at_a_time, "LONGEST_WAIT", 0.01)
    made = OneAtATime()
    yield made
    made.close()


async def test_a_change_is_taken_out_while_a_run_goes_on(work: OneAtATime) -> None:
    over, made = threading.Event(), list[str]()

    def run() -> None:
        over.wait(PATIENCE)

    work.begin(run)
    with pytest.raises(StoreBusy, match="nothing was changed"):
        await work.change(made.append, "refused")
    over.set()
    await work.change(made.append, "made")
    assert made == ["made"]


async def test_a_change_waits_for_other_changes_and_what_it_raises_is_raised(
    work: OneAtATime,
) -> None:
    over, begun = threading.Event(), threading.Event()

    def long() -> str:
        begun.set()
        over.wait(PATIENCE)
        return "long"

    first = asyncio.create_task(work.change(long))
    second = asyncio.create_task(work.change(int, "no number"))
    await asyncio.to_thread(begun.wait, PATIENCE)
    await asyncio.wait([second], timeout=0.1)
    over.set()
    assert await first == "long"
    with pytest.raises(ValueError, match="no number"):
        await second


async def test_a_change_that_is_dropped_at_the_end_is_told(work: OneAtATime) -> None:
    over, begun = threading.Event(), threading.Event()

    def long() -> None:
        begun.set()
        over.wait(PATIENCE)

    first = asyncio.create_task(work.change(long))
    second = asyncio.create_task(work.change(int, "1"))
    await asyncio.to_thread(begun.wait, PATIENCE)
    closing = asyncio.create_task(asyncio.to_thread(work.close))
    with pytest.raises(StoreBusy, match="nothing was changed"):
        await second
    over.set()
    await asyncio.gather(first, closing)
