"""The real standalone server of the package `milvus`, as a process that tests may kill."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest
from pymilvus import MilvusClient
from pymilvus.exceptions import MilvusException

MOST_SECONDS_TO_START = 400
SECONDS_OF_ONE_TRY = 150
MOST_SECONDS_TO_STOP = 30

NO_NAMESPACE = (
    "the Milvus server binds every interface, so these tests run it in a network namespace, and "
    "`unshare --net` is not allowed here: run them as root, in a container with SYS_ADMIN, or "
    "where unprivileged user namespaces are on"
)


class Standalone:
    """One server over one folder. `uri` stays the same when it is started again."""

    def __init__(self, base: Path, binaries: Path) -> None:
        self._base = base
        self._binaries = binaries
        self._door = base / "door"
        self._process: subprocess.Popen[bytes] | None = None
        self.uri = f"unix:{self._door}"

    def start(self) -> None:
        """Start it, and wait until it answers.

        One that ends or hangs at its start gets another try: a supervisor would do the same.
        """
        limit = time.monotonic() + MOST_SECONDS_TO_START
        while time.monotonic() < limit:
            self._launch()
            if self._answers_within(SECONDS_OF_ONE_TRY):
                return
            self.kill()
        log = self._base / "logs" / "server.log"
        told = log.read_text("utf-8", errors="replace")[-2_000:] if log.exists() else "no log"
        pytest.fail(f"the Milvus server did not start:\n{told}")

    def keep(self) -> None:
        """Start it again where a failed test left it dead, so that the next ones are told apart."""
        if self._process is None or self._process.poll() is not None:
            self.start()

    def kill(self) -> None:
        """End it as a power cut would: without a word. Nothing happens where it is dead."""
        self._signal(signal.SIGKILL)

    def stop(self) -> None:
        """End it in order."""
        self._signal(signal.SIGINT)

    def memory_megabytes(self) -> float:
        """What the server holds in memory now."""
        pid = int((self._base / "server.pid").read_text("utf-8"))
        status = Path(f"/proc/{pid}/status").read_text("utf-8")
        line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
        return int(line.split()[1]) / 1024

    def _launch(self) -> None:
        self._base.mkdir(parents=True, exist_ok=True)
        self._binaries.mkdir(parents=True, exist_ok=True)
        (self._base / "server.pid").unlink(missing_ok=True)
        self._process = subprocess.Popen(
            [
                *_unshare(),
                sys.executable,
                "-m",
                "tests.milvus.enclosed",
                *map(str, (self._base, self._door, self._binaries)),
            ],
            start_new_session=True,
        )

    def _answers_within(self, seconds: float) -> bool:
        """Whether it does so long after it has begun; before that its program is unpacked."""
        assert self._process is not None
        while self._process.poll() is None and not (self._base / "server.pid").exists():
            time.sleep(0.3)
        limit = time.monotonic() + seconds
        while self._process.poll() is None and time.monotonic() < limit:
            if self._answers():
                return True
            time.sleep(0.3)
        return False

    def _signal(self, how: signal.Signals) -> None:
        if self._process is None:
            return
        pid = self._base / "server.pid"
        if self._process.poll() is None and pid.exists():
            with suppress(ProcessLookupError):
                os.kill(int(pid.read_text("utf-8")), how)
        self._wait()

    def _wait(self) -> None:
        assert self._process is not None
        try:
            self._process.wait(MOST_SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()

    def _answers(self) -> bool:
        if not self._door.exists():
            return False
        try:
            client = MilvusClient(self.uri, timeout=10, dedicated=True)
            try:
                client.list_collections(timeout=10)
            finally:
                client.close()
        except MilvusException:
            return False
        return True


def _unshare() -> list[str]:
    """The command that gives a program a network of its own. Fails where none may be had."""
    program = shutil.which("unshare")
    for options in (["--net"], ["--user", "--map-root-user", "--net"]):
        if program is None:
            break
        command = [program, *options]
        if subprocess.run([*command, "true"], check=False, capture_output=True).returncode == 0:
            return command
    pytest.fail(NO_NAMESPACE)
