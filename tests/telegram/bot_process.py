"""The real bot as its own process, talking to the double, by long polling or by webhook."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from tests.conftest import UNHURRIED_MS
from tests.reserved_port import number_of, reserved_port
from tests.telegram.botapi.server import BotApi

START_SECONDS = 240.0
STOP_SECONDS = 120.0
LOG_SHOWN = 2000
COMMAND = [sys.executable, "-c", "from bot.cli import main; main()"]
SAMPLE_ARTICLES = Path(__file__).parents[2] / "corpus" / "articles"
POLLING = "polling"
WEBHOOK = "webhook"
MODES = (POLLING, WEBHOOK)
SECRET = "the-secret-of-the-webhook"


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
            # Time to read, whatever else the machine does: answers must not depend on that here.
            "ONRECORD_RERANK_BUDGET_MS": UNHURRIED_MS,
            **{f"ONRECORD_{name.upper()}": value for name, value in settings.items()},
        }
        self.through: Sequence[str] = ()
        """A command that becomes the bot, such as `env NAME=VALUE`."""
        self._process: asyncio.subprocess.Process | None = None

    @property
    def log(self) -> str:
        """Everything that the process has written to its output so far."""
        return (self.folder / "log.txt").read_text("utf-8", "replace")

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    async def launch(self) -> None:
        """Start the process without waiting for it."""
        with (self.folder / "log.txt").open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *self.through,
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

    async def runs(self, *arguments: str) -> str:
        """Another command of the program beside it, with the same settings; what it writes."""
        process = await asyncio.create_subprocess_exec(
            *COMMAND,
            *arguments,
            cwd=self.folder,
            env=self._environment,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        output, errors = await asyncio.wait_for(process.communicate(), START_SECONDS)
        assert process.returncode == 0, errors.decode()[-LOG_SHOWN:]
        return output.decode()

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


def bot_by(mode: str, api: BotApi, folder: Path, **settings: str) -> BotProcess:
    """The bot alone with long polling, or inside `onrecord serve` with a webhook.

    With a webhook HTTP allows only so few requests a minute that it shows whether Telegram's
    are counted.
    """
    if mode == POLLING:
        return BotProcess(api, folder, **settings)
    api.bot_port = api.bot_port or reserved_port()
    port = str(number_of(api.bot_port))
    hook = {
        "port": port,
        "telegram_webhook_url": f"http://127.0.0.1:{port}",
        "telegram_webhook_secret": SECRET,
        "rate_limit_per_minute": "60",
    }
    return BotProcess(api, folder, "serve", **hook, **settings)
