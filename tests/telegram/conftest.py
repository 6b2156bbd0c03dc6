"""One indexed collection for all, one bot process for most, and others where settings differ."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
import pytest_asyncio

from tests.telegram.bot_process import COMMAND, SAMPLE_ARTICLES, BotProcess, new_folder
from tests.telegram.botapi.person import Person
from tests.telegram.botapi.server import BotApi
from tests.telegram.botapi.world import World

ADMINISTRATOR = 77
INDEX_SECONDS = 120


@pytest.fixture(scope="session")
def indexed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample articles, indexed once by the program itself.

    Exported models are kept between test runs: exporting takes many seconds.
    """
    folder = tmp_path_factory.mktemp("indexed")
    cache = request.config.cache
    assert cache is not None
    (folder / "data").mkdir()
    (folder / "data" / "models").symlink_to(cache.mkdir("models"), target_is_directory=True)
    shutil.copytree(SAMPLE_ARTICLES, folder / "articles")
    environment = {
        **{name: value for name, value in os.environ.items() if "ONRECORD" not in name},
        "ONRECORD_ARTICLES": str(folder / "articles"),
        "ONRECORD_DATA": str(folder / "data"),
    }
    subprocess.run(
        [*COMMAND, "index"],
        cwd=folder,
        env=environment,
        check=True,
        timeout=INDEX_SECONDS,
        capture_output=True,
    )
    return folder


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def api() -> AsyncIterator[BotApi]:
    """The double that the shared bot talks to. Flood limits are tested on another."""
    async with BotApi(World(per_second=1000, per_minute_in_group=1000)).running() as running:
        yield running


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def administrator(api: BotApi) -> Person:
    return Person(api, id=ADMINISTRATOR)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def bot(
    api: BotApi,
    administrator: Person,
    indexed: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> AsyncIterator[BotProcess]:
    """The bot that most tests share, by long polling; everybody is somebody else to it."""
    folder = new_folder(indexed, tmp_path_factory.mktemp("shared"))
    process = BotProcess(api, folder, telegram_admins=str(ADMINISTRATOR))
    async with process.running():
        yield process


@pytest.fixture
def person(bot: BotProcess) -> Person:
    """Somebody new to the shared bot."""
    return Person(bot.api)


@pytest.fixture
def folder(indexed: Path, tmp_path: Path) -> Path:
    """An indexed collection for a process of one's own."""
    return new_folder(indexed, tmp_path / "own")


NewApi = Callable[..., BotApi]


@pytest_asyncio.fixture(loop_scope="session")
async def own_api() -> AsyncIterator[NewApi]:
    """Makes doubles of one's own, with other limits; closes them afterwards."""
    made: list[BotApi] = []

    def make(**world: int | str | bool) -> BotApi:
        api = BotApi(World(**world))  # type: ignore[arg-type]
        made.append(api)
        return api

    yield make
    for api in made:
        api.delivery.remove_webhook()
        await api.stop()
    await asyncio.sleep(0)
