"""`onrecord serve` as a process of its own, as people run it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import httpx

from tests.http.collection import write_articles
from tests.patience import PATIENCE

ROOT = Path(__file__).parent.parent.parent
ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")


class Served:
    """A running `onrecord serve`, its address and what it has said so far."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.said: list[str] = []
        self._listening = threading.Thread(target=self._listen)
        self._listening.start()

    def url(self) -> str:
        """The address, as soon as it is told."""
        while self.process.poll() is None:
            for line in self.said:
                if found := ADDRESS.search(line):
                    return found.group()
            time.sleep(0.05)
        raise RuntimeError("".join(self.said))

    def wait_until_ready(self) -> str:
        """The address, as soon as questions are answered there."""
        url = self.url()
        while self.process.poll() is None:
            try:
                if httpx.get(f"{url}/readyz", timeout=5).status_code == httpx.codes.OK:
                    return url
            except httpx.HTTPError:
                pass
            time.sleep(0.05)
        raise RuntimeError("".join(self.said))

    def children(self) -> list[int]:
        """The processes that it started, the oldest first; the resource tracker is not one."""
        found = []
        for status in Path("/proc").glob("[0-9]*/stat"):
            try:
                parent = int(status.read_text().rpartition(")")[2].split()[1])
                command = (status.parent / "cmdline").read_bytes()
            except OSError:
                continue
            if parent == self.process.pid and b"spawn_main" in command:
                found.append(int(status.parent.name))
        return sorted(found)

    def faults(self) -> str:
        """What it said from the first traceback on; empty where there was none."""
        said = list(self.said)
        places = [place for place, line in enumerate(said) if "Traceback" in line]
        return "".join(said[places[0] :]) if places else ""

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Ask it to end; its exit status."""
        self.process.send_signal(number)
        status = self.process.wait(timeout=PATIENCE)
        self.heard_out()
        return status

    def heard_out(self) -> None:
        """Come back once everything that it said was heard."""
        self._listening.join()

    def _listen(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self.said.append(line)


def environment(folder: Path, **settings: str) -> dict[str, str]:
    """Settings of a process over a collection in `folder`; the reader is left out."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("ONRECORD_")}
    given = {
        "ARTICLES": str(folder / "articles"),
        "DATA": str(folder / "data"),
        "READER": "none",
        "THRESHOLD": "0",
        "RATE_LIMIT_PER_MINUTE": "0",
        **settings,
    }
    return {**own, "PYTHONPATH": str(ROOT), **{f"ONRECORD_{k}": v for k, v in given.items()}}


def make_collection(folder: Path, models: Path) -> None:
    """The articles of these tests in a folder, and the exported model at hand."""
    write_articles(folder / "articles")
    (folder / "data").mkdir()
    (folder / "data" / "models").symlink_to(models, target_is_directory=True)


@contextmanager
def served(
    folder: Path, *arguments: str, through: Sequence[str] = (), **settings: str
) -> Iterator[Served]:
    """`onrecord serve` over a collection, ended with the block where it still runs.

    `through` is a command that becomes the server, such as `prlimit --nofile=160`.
    """
    with subprocess.Popen(
        [*through, sys.executable, "-m", "bot.cli", "serve", "--port", "0", *arguments],
        cwd=folder,
        env=environment(folder, **settings),
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        running = Served(process)
        try:
            yield running
        finally:
            if process.poll() is None:
                running.stop()
            running.heard_out()
