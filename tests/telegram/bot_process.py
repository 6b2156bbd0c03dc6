"""The real bot as its own process, talking to the double."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tests.telegram.botapi.server import BotApi

START_SECONDS = 90.0
STOP_SECONDS = 30.0
LOG_SHOWN = 2000
COMMAND = [sys.executable, "-c", "from bot.cli import main; main()"]
SAMPLE_ARTICLES = Path(__file__).parents[2] / "corpus" / "articles"


class BotProcess:
    """`onrecord telegram` or `onrecord serve` in a folder of its own."""

    def __init__(self, api: BotApi, folder: Path, *arguments: str, **settings: str) -> None:
        self.api = api
        self.folder = folder
        self._arguments = arguments or ("telegram",)
        self._environment = {
            **{name: value for name, value in os.environ.items() if "ONRECORD" not in name},
            "ONRECORD_ARTICLES": str(folder / "articles"),
            "ONRECORD_DATA": str(folder / "data"),
            "ONRECORD_TELEGRAM_TOKEN": api.world.token,
            "ONRECORD_TELEGRAM_API": api.url,
            "ONRECORD_LOG_LEVEL": "debug",
            "ONRECORD_TELEGRAM_QUESTIONS_PER_MINUTE": "0",
            **{f"ONRECORD_{name.upper()}": value for name, value in settings.items()},
        }
        self._process: asyncio.subprocess.Process | None = None

    @property
    def log(self) -> str:
        """Everything that the process has written to its output so far."""
        return (self.folder / "log.txt").read_text("utf-8", "replace")

    async def launch(self) -> None:
        """Start the process without waiting for it."""
        with (self.folder / "log.txt").open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *COMMAND,
                *self._arguments,
                cwd=self.folder,
                env=self._environment,
                stdout=log,
                stderr=log,
            )

    async def start(self) -> None:
        """Start the process and wait until it receives updates."""
        world = self.api.world
        world.polling = None
        known = len(world.commands)
        menus = len(world.called("setMyCommands"))
        await self.launch()
        await world.until(
            lambda: (
                (world.polling or world.webhook or self.ended)
                and (len(world.called("setMyCommands")) >= menus + max(known, 6) or self.ended)
            ),
            START_SECONDS,
        )
        assert not self.ended, self.log[-LOG_SHOWN:]

    @property
    def ended(self) -> bool:
        return self._process is not None and self._process.returncode is not None

    async def stop(self, number: int = signal.SIGTERM) -> int:
        """End the process by a signal and wait for its exit status."""
        assert self._process is not None
        if not self.ended:
            self._process.send_signal(number)
        return await self.exit_status()

    async def exit_status(self) -> int:
        assert self._process is not None
        try:
            return await asyncio.wait_for(self._process.wait(), STOP_SECONDS)
        except TimeoutError:
            self._process.kill()
            raise

    @asynccontextmanager
    async def running(self) -> AsyncIterator[BotProcess]:
        await self.start()
        try:
            yield self
        finally:
            status = await self.stop()
        # uvicorn, once it has ended cleanly, ends the process by the signal that it was sent.
        clean = {0, -signal.SIGTERM} if self._arguments[0] == "serve" else {0}
        assert status in clean, self.log[-LOG_SHOWN:]
        assert "telegram.stopped" in self.log


def new_folder(indexed: Path, folder: Path) -> Path:
    """A copy of an indexed collection for one process to work in."""
    shutil.copytree(indexed, folder, symlinks=True, dirs_exist_ok=True)
    return folder
