"""Several worker processes behind one address, over one index.

Every worker answers from the same files: SQLite's database and the mapped vectors. One of them
leads (see `bot.leadership`); any of them may change the collection, one after the other, because
the store's writer lock lets one process write at a time.
"""

from __future__ import annotations

import os
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import uvicorn
from uvicorn.supervisors.multiprocess import Multiprocess, Process

from bot.http.counting_files import FOLDER_VARIABLE, reserve_counting_files
from bot.http.serving import configuration
from bot.settings import Settings
from bot.store_place import place_of
from corpus.errors import SettingsError

if TYPE_CHECKING:
    from fastapi import FastAPI

START_SECONDS = 60
"""A worker that does not come up within this is ended and started again."""


@dataclass(frozen=True, slots=True)
class Worker:
    """Makes the application of one worker, in the worker's own process."""

    settings: Settings
    shared: Path

    def __call__(self) -> FastAPI:
        """The application; it closes its parts itself."""
        from bot.logs import set_up_logging

        set_up_logging(self.settings)
        reserve_counting_files(self.shared)
        from bot.composition import compose
        from bot.http.app import create_app

        return create_app(compose(self._fair_share()), shared=self.shared, closes_parts=True)

    def _fair_share(self) -> Settings:
        """As many threads as there are cores for each worker, where none are set."""
        if self.settings.threads:
            return self.settings
        threads = max(1, (os.cpu_count() or 1) // self.settings.workers)
        return self.settings.model_copy(update={"threads": threads})


class Workers(Multiprocess):
    """uvicorn's supervisor with a listening socket for each worker.

    Behind one socket the worker that wakes first takes every connection that waits; of several
    on one port the kernel chooses by the connection. A worker started in place of another
    listens on all, so that nobody waits at a socket without a worker.
    """

    def __init__(self, config: uvicorn.Config, sockets: list[socket.socket], shared: Path) -> None:
        super().__init__(config, sockets)
        self._shared = shared

    def init_processes(self) -> None:
        """Start the workers."""
        for one in self.sockets:
            process = Process(self.config, [one])
            process.start()
            self.processes.append(process)

    def keep_subprocess_alive(self) -> None:
        """Replace workers that have ended, and let the metrics forget what they had in flight."""
        from prometheus_client.multiprocess import mark_process_dead

        before = {process.pid for process in self.processes}
        super().keep_subprocess_alive()
        for ended in before - {process.pid for process in self.processes}:
            mark_process_dead(ended, str(self._shared))  # type: ignore[no-untyped-call]


def run_workers(settings: Settings, address: tuple[str, int], family: int) -> None:
    """Serve on an address by `settings.workers` processes until SIGINT or SIGTERM.

    Raises SettingsError for settings that several workers cannot have.
    """
    check_workers(settings)
    with tempfile.TemporaryDirectory(prefix="onrecord-") as folder:
        # Each worker inherits it, and imports the library for itself.
        os.environ[FOLDER_VARIABLE] = folder
        config = configuration(
            Worker(settings, Path(folder)),
            factory=True,
            workers=settings.workers,
            timeout_worker_healthcheck=START_SECONDS,
        )
        with _listening(address, family, settings.workers) as sockets:
            Workers(config, sockets, Path(folder)).run()


def check_workers(settings: Settings) -> None:
    """Raise SettingsError where there can be one process only.

    It has to receive what any of several could get, or opens a file that one opens at a time.
    """
    if settings.workers > 1 and not place_of(settings).is_shared:
        raise SettingsError(
            "a .db file of milvus-lite is opened by one process at a time: set ONRECORD_WORKERS=1,"
            " or run a Milvus server"
        )
    if settings.workers > 1 and settings.telegram_token and settings.telegram_webhook_url:
        raise SettingsError(
            "Telegram's webhook needs a single process to keep the order of messages: set"
            " ONRECORD_WORKERS=1, or leave ONRECORD_TELEGRAM_WEBHOOK_URL out for long polling"
        )


@contextmanager
def _listening(address: tuple[str, int], family: int, number: int) -> Iterator[list[socket.socket]]:
    sockets = [socket.socket(family, socket.SOCK_STREAM) for _ in range(number)]
    try:
        for one in sockets:
            one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
            one.bind(address)
        yield sockets
    finally:
        for one in sockets:
            one.close()
