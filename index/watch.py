"""Following folders: what changes in them is reported once it has come to rest."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

QUIET_MS = 400
"""Changes this close together are one."""

LONGEST_MS = 5_000
"""But a folder that is never quiet is reported this often."""


def watch(
    folders: Sequence[Path], stop: threading.Event | None = None
) -> Iterator[frozenset[Path]]:
    """Sets of paths that changed, until `stop` is set. Folders are followed recursively.

    A set only says that it is time for a sync, which finds out itself what is different: an event
    lost by the system costs nothing but time. Folders must exist.
    """
    import watchfiles

    for events in watchfiles.watch(
        *folders, stop_event=stop, debounce=LONGEST_MS, step=QUIET_MS, recursive=True
    ):
        yield frozenset(Path(path) for _, path in events)
