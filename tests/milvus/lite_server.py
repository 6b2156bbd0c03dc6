"""milvus-lite in its server mode: a process of its own on loopback."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.reserved_port import number_of, reserved_port

MOST_SECONDS_TO_START = 240


class LiteServer:
    """One server over one folder. `uri` stays the same when it is started again."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._reserved = reserved_port()
        self._port = number_of(self._reserved)
        self._process: subprocess.Popen[bytes] | None = None
        self.uri = f"http://127.0.0.1:{self._port}"

    def start(self) -> None:
        """Start it, and wait until it listens."""
        command = [sys.executable, "-m", "milvus_lite", "server", "--host", "127.0.0.1"]
        command += ["--data-dir", str(self._folder), "--port", str(self._port)]
        self._process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        limit = time.monotonic() + MOST_SECONDS_TO_START
        while not self._listens():
            if self._process.poll() is not None or time.monotonic() > limit:
                pytest.fail(f"milvus-lite does not serve {self._folder} on port {self._port}")
            time.sleep(0.1)

    def kill(self) -> None:
        """End it without a word."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """End it in order."""
        self._end(signal.SIGINT)

    def _end(self, how: signal.Signals) -> None:
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(120)
            self._process = None

    def _listens(self) -> bool:
        with socket.socket() as probe:
            probe.settimeout(1)
            return probe.connect_ex(("127.0.0.1", self._port)) == 0
