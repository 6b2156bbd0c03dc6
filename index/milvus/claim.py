"""The right to write: one writer at a time, whichever machine it runs on.

Milvus has no locks. A writer inserts a claim, then reads all claims that were made before: where
it sees its own alone, nobody else can hold the right, since of two claims the later one sees the
earlier. Where it sees another, it takes its own back and tries again after a random while. A claim
is renewed every `BEAT_SECONDS`; one that stays the same for `LEASE_SECONDS`, by the watcher's own
clock, is that of a writer that died. A writer that was only stopped for so long, as a sleeping
machine is, has lost the right for good: another may have written meanwhile.
"""

from __future__ import annotations

import random
import socket
import threading
import time
import uuid

import structlog

from corpus.errors import StoreBusy, StoreError
from index.milvus.connection import Connection
from index.milvus.filters import both, quoted
from index.milvus.log import NOWHERE
from index.milvus.names import LOG

log = structlog.get_logger(__name__)

CLAIM = "claim"
BEAT_SECONDS = 1.0
LEASE_SECONDS = 6.0


class Claim:
    """Held from construction to `release`. Raises StoreBusy where another does not finish."""

    def __init__(self, connection: Connection, wait_seconds: float) -> None:
        self._connection = connection
        self._owner = uuid.uuid4().hex
        self._beat = 0
        self._renewed = _now()
        self._lost = False
        self._stamp: int | None = None
        self._released = threading.Event()
        self._renewing = threading.Lock()
        self._buried: set[str] = set()
        self._acquire(wait_seconds)
        self._renewer = threading.Thread(target=self._keep_renewing, name="claim", daemon=True)
        self._renewer.start()

    @property
    def stamp(self) -> int | None:
        """The time stamp of the last sign of life: what was written before is seen since then."""
        return self._stamp

    def renew(self) -> int | None:
        """Show that the writer lives; the time stamp of that, where the server gives one.

        Raises StoreBusy where that comes too late.
        """
        with self._renewing:
            self.check()
            before = self._beat
            self._beat += 1
            stamp = self._insert()
            key = quoted(f"{CLAIM}-{self._owner}-{before}")
            self._connection.delete(LOG, f"key in [{key}]")
            return stamp

    def check(self) -> None:
        """Raise StoreBusy where the claim was not renewed in time, so that another may write."""
        self._lost = self._lost or _now() - self._renewed > LEASE_SECONDS - BEAT_SECONDS
        if self._lost:
            raise StoreBusy(
                "this process or its connection to Milvus stood still for too long while indexing,"
                " so another may write now; run it again"
            )

    def release(self) -> None:
        """Let the next writer in."""
        self._released.set()
        self._renewer.join()
        try:
            self._withdraw(self._owner)
        except StoreError as error:
            log.warning("the claim to write runs out by itself", reason=str(error))

    def _acquire(self, wait_seconds: float) -> None:
        limit = time.monotonic() + wait_seconds
        watched: dict[str, int] = {}
        since = time.monotonic()
        while True:
            stamp = self._insert()
            others = self._others(stamp)
            if not others:
                return
            self._withdraw(self._owner)
            if others != watched:
                watched, since = others, time.monotonic()
            elif time.monotonic() - since > LEASE_SECONDS:
                self._bury(watched)
                continue
            if time.monotonic() > limit:
                raise StoreBusy(
                    f"another process is indexing into {self._connection.settings.uri}; "
                    "wait until it is done"
                )
            time.sleep(random.uniform(0.2, 0.6))  # noqa: S311 - only to fall out of step
            self._owner = uuid.uuid4().hex

    def _insert(self) -> int | None:
        started = _now()
        self._stamp = self._connection.insert(
            LOG,
            [
                {
                    "key": f"{CLAIM}-{self._owner}-{self._beat}",
                    "kind": CLAIM,
                    "number": self._beat,
                    "content": [self._owner, socket.gethostname()],
                    "place": NOWHERE,
                }
            ],
        )
        # Not when it ended: the sign is as old as the call, however long that was repeated.
        self._renewed = started
        return self._stamp

    def _others(self, stamp: int | None) -> dict[str, int]:
        """The newest beat of every other claim."""
        rows = self._connection.query(LOG, f'kind == "{CLAIM}"', ["number", "content"], stamp)
        found: dict[str, int] = {}
        for row in rows:
            owner = str(row["content"][0])
            if owner != self._owner and owner not in self._buried:
                found[owner] = max(found.get(owner, 0), int(row["number"]))
        return found

    def _bury(self, dead: dict[str, int]) -> None:
        for owner in dead:
            log.warning("a writer ended without a word; its claim is dropped")
            self._withdraw(owner)
            self._buried.add(owner)

    def _withdraw(self, owner: str) -> None:
        keys = f"key like {quoted(f'{CLAIM}-{owner}-%')}"
        self._connection.delete(LOG, both(f'kind == "{CLAIM}"', keys))
        if owner == self._owner:
            self._buried.add(owner)

    def _keep_renewing(self) -> None:
        while not self._released.wait(BEAT_SECONDS):
            try:
                self.renew()
            except StoreBusy:
                return
            except StoreError as error:
                log.warning("the claim to write is not renewed", reason=str(error))


def _now() -> float:
    """Seconds of a clock that also goes while the machine sleeps, where the system has one."""
    clock = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if clock is None else time.clock_gettime(clock)
