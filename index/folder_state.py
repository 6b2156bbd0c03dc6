"""Whether anything in some folders is other than when they were looked at last."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from corpus.errors import UnreadableFile
from corpus.files import files_below


def state_of_files(folders: Iterable[Path]) -> int:
    """A number that is another one once a file came, went or was changed, by sizes and times.

    To be compared within one process only. It costs less than bringing an index in line, which
    also reads again what it could not read before.
    """
    return sum(hash(one) for folder in folders for one in _states(folder))


def _states(folder: Path) -> Iterable[tuple[str, int, int, int]]:
    # What cannot be looked at, or goes meanwhile, is as if it were not there.
    with suppress(UnreadableFile, OSError):
        for path in files_below(folder):
            with suppress(OSError):
                state = path.stat()
                yield str(path), state.st_size, state.st_mtime_ns, state.st_ctime_ns
