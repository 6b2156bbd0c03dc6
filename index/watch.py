"""Following folders: what changes in them is reported once it has come to rest."""

from __future__ import annotations

import threading
import time
from collections.abc import Generator, Iterable, Mapping, Sequence
from contextlib import closing, suppress
from pathlib import Path

import structlog

from index.folder_state import state_of_files

QUIET_MS = 400
"""Changes this close together are one."""

LONGEST_MS = 5_000
"""But a folder that is never quiet is reported this often."""

MOST_PATHS = 1_000
"""More changed paths at once than this are not told apart: the system, which remembers 16,384
events (inotify(7), max_queued_events), may have lost some of them."""

SECONDS_BETWEEN_LOOKS = 600.0
"""This often it is seen whether anything changed without an event: one that was lost, or that the
system never tells, as of what other machines write to a network folder, costs no more than time."""

WAIT_MS = 1_000
"""Without an event the watcher reports this often that it is there."""

POLLING_MS = 5_000
"""Where the system follows no more folders, each file in them is looked at this often."""

ADVICE = "where a limit is reached, raise fs.inotify.max_user_watches or max_user_instances"

Identity = tuple[int, int]
"""Device and number of a folder."""

log = structlog.get_logger(__name__)


def watch(
    folders: Sequence[Path], stop: threading.Event | None = None
) -> Generator[frozenset[Path] | None]:
    """Sets of paths that changed, until `stop` is set. Folders are followed recursively.

    None says that it is not known what changed, and that all of the folders has to be looked at:
    it comes first, as soon as no change can be missed any more, and whenever something may have
    been missed. An empty set says that nothing changed for a moment. A folder may be absent, go,
    or be replaced by another one at any time: what is there is followed, and None comes as soon as
    something else is there than before.
    """
    roots = [folder.absolute() for folder in folders]
    stopped = stop or threading.Event()
    told: set[str] = set()
    polling = False
    while not stopped.is_set():
        there = _identities(roots)
        failed = False
        try:
            with closing(_follow(there, stopped, polling=polling)) as reports:
                for paths in reports:
                    yield paths
                    if _identities(roots) != there:
                        break
        except OSError as error:
            # It went just now, or the system follows no more of them: then they are polled.
            failed, polling = True, not polling and not isinstance(error, FileNotFoundError)
            if str(error) not in told:
                told.add(str(error))
                log.warning("a folder cannot be followed", reason=str(error), advice=ADVICE)
        else:
            if not polling:
                told.clear()
            polling = False
        if not there or (failed and not polling):
            yield frozenset()
            stopped.wait(WAIT_MS / 1_000)


def _follow(
    there: Mapping[Path, Identity], stop: threading.Event, *, polling: bool
) -> Generator[frozenset[Path] | None]:
    """Follow what is there until one of it is deleted. Raises OSError where it cannot be.

    Polling ends after `SECONDS_BETWEEN_LOOKS`, so that what is better is tried again.
    """
    import watchfiles
    from watchfiles._rust_notify import WatchfilesRustInternalError

    if not there:
        return
    began, looked, changed = time.monotonic(), float("-inf"), True
    seen: int | None = None
    try:
        for events in watchfiles.watch(
            *there,
            stop_event=stop,
            debounce=LONGEST_MS,
            step=QUIET_MS,
            rust_timeout=WAIT_MS,
            yield_on_timeout=True,
            recursive=True,
            # Left open, the watcher polls where it knows that the system tells nothing.
            force_polling=True if polling else None,
            poll_delay_ms=POLLING_MS,
        ):
            if not polling:
                _check_room(Path(path) for kind, path in events if kind is watchfiles.Change.added)
            changed = changed or bool(events)
            due = time.monotonic() - looked > SECONDS_BETWEEN_LOOKS
            if due:
                looked, before, seen = time.monotonic(), seen, state_of_files(there)
                changed = changed or seen != before
            if len(events) > MOST_PATHS or (due and changed):
                changed = False
                yield None
            else:
                yield frozenset(Path(path) for _, path in events)
            gone = {Path(path) for kind, path in events if kind is watchfiles.Change.deleted}
            if not gone.isdisjoint(there):
                # Another one that is there by now may have got its number, but is not followed.
                return
            if polling and time.monotonic() - began > SECONDS_BETWEEN_LOOKS:
                return
    except WatchfilesRustInternalError as error:
        raise OSError(str(error)) from None


def _check_room(added: Iterable[Path]) -> None:
    """Raise OSError where a new folder may not be followed since the system's limit is reached.

    The watcher says nothing then. Whether there is room for one more watch tells it.
    """
    import watchfiles

    folder = next((path for path in added if path.is_dir()), None)
    if folder is not None:
        with (
            suppress(FileNotFoundError),
            closing(
                watchfiles.watch(folder, rust_timeout=1, yield_on_timeout=True, recursive=False)
            ) as watcher,
        ):
            next(watcher)


def _identities(roots: Sequence[Path]) -> dict[Path, Identity]:
    """Which folders there are, and which ones they are: a path may come to name another one."""
    found: dict[Path, Identity] = {}
    for root in roots:
        try:
            state = root.stat()
        except OSError:
            continue
        found[root] = (state.st_dev, state.st_ino)
    return found
