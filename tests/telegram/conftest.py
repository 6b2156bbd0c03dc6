"""One indexed collection for all, two bot processes for most, and others where settings differ.

What a person does is tried twice: with a bot that polls, and with one that is fed by webhook.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
import pytest_asyncio

from tests.telegram.bot_process import (
    COMMAND,
    MODES,
    SAMPLE_ARTICLES,
    BotProcess,
    bot_by,
    new_folder,
)
from tests.telegram.botapi.person import Person
from tests.telegram.botapi.server import BotApi
from tests.telegram.botapi.world import World

ADMINISTRATOR = 77
RUSSIAN_ADMINISTRATOR = 78
UKRAINIAN_ADMINISTRATOR = 79
INDEX_SECONDS = 280
PAPER_HOST = "127.0.0.2"
"""Where tests serve pages that the shared bot may fetch; other private addresses it may not."""


@pytest.fixture(scope="session")
def indexed(model_cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample articles, indexed once by the program itself.

    Exported models are kept between test runs: exporting takes many seconds.
    """
    folder = tmp_path_factory.mktemp("indexed")
    (folder / "data").mkdir()
    (folder / "data" / "models").symlink_to(model_cache, target_is_directory=True)
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


@pytest.fixture(scope="session", params=MODES)
def mode(request: pytest.FixtureRequest) -> str:
    """How the shared bot receives updates."""
    return str(request.param)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def api(mode: str) -> AsyncIterator[BotApi]:
    """The double that the shared bot talks to. Flood limits are tested on another."""
    async with BotApi(World(per_second=1000, per_minute_in_group=1000)).running() as running:
        yield running


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def administrator(api: BotApi) -> Person:
    return Person(api, id=ADMINISTRATOR)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def russian_administrator(api: BotApi) -> Person:
    return Person(api, "ru", id=RUSSIAN_ADMINISTRATOR)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def bot(
    mode: str,
    api: BotApi,
    administrator: Person,
    indexed: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> AsyncIterator[BotProcess]:
    """The bot that most tests share; everybody is somebody else to it."""
    folder = new_folder(indexed, tmp_path_factory.mktemp("shared"))
    administrators = f"{ADMINISTRATOR},{RUSSIAN_ADMINISTRATOR},{UKRAINIAN_ADMINISTRATOR}"
    process = bot_by(
        mode,
        api,
        folder,
        telegram_admins=administrators,
        url_networks=PAPER_HOST,
    )
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
        await api.end()
    await asyncio.sleep(0)
