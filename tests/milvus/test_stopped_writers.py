"""A writer that stood still for longer than its claim holds must not write over another's work."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from index.check import check
from index.milvus.settings import MilvusSettings
from index.opening import StorePlace, open_store, open_writer
from index.store import Change, Filter
from tests.index.collections_of_articles import DIMENSION, MODEL, small
from tests.milvus.lite_server import LiteServer
from tests.milvus.stopping import REFUSED

ROOT = Path(__file__).parents[2]


def test_who_was_stopped_too_long_writes_nothing_more(server: LiteServer) -> None:
    place = StorePlace(Path("unused"), MilvusSettings(server.uri, timeout_seconds=60.0))
    command = [sys.executable, "-m", "tests.milvus.stopping", server.uri]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as stopped:
        assert stopped.stdin is not None
        assert stopped.stdout is not None
        assert stopped.stdout.readline() == "holds\n"
        os.kill(stopped.pid, signal.SIGSTOP)
        with open_writer(place, MODEL, DIMENSION, wait_seconds=120.0) as other:
            other.apply(Change(put=[small("b1"), small("b2")]))
        os.kill(stopped.pid, signal.SIGCONT)
        told, _ = stopped.communicate("\n")
        assert "run it again" in told
        assert stopped.returncode == REFUSED
    with closing(open_store(place)) as store:
        assert {one.id for one in store.articles(Filter())[0]} == {"a", "b1", "b2"}
    assert not check(place).faults
