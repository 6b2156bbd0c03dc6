"""SQLite files of personal data that outlive damage: a damaged one is put aside, and begun anew.

Nothing in such a file is worth standing still for: questions are answered without it. Nothing in it
is thrown away either. The file, its log and its shared memory get names of their own beside it, so
that what can be saved may be saved (`sqlite3 FILE .recover`).
"""

from __future__ import annotations

import fcntl
import itertools
import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from types import TracebackType

import structlog

from bot.personal_data import erase_log, make_erasing, make_owned, unusable

DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
OF_THE_MACHINE = frozenset(
    {
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_INTERRUPT,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PROTOCOL,
        sqlite3.SQLITE_NOLFS,
        sqlite3.SQLITE_AUTH,
    }
)
"""What goes wrong with a sound file. All else that does while it is opened is damage: a damaged
table may have a format, a size or columns that no version of this program has written."""
TOLD = (sqlite3.DatabaseError, UnicodeDecodeError)
"""A complaint that quotes a damaged table may itself be no text."""
MARK = ".damaged-"
BESIDE = ("-wal", "-shm", "")
"""The file itself goes last: a log that stayed behind would be read into the new file."""

Prepare = Callable[[sqlite3.Connection], None]
logger = structlog.get_logger(__name__)


class _FoundDamaged(sqlite3.DatabaseError):
    """SQLite's own check has found damage."""


class SoundDatabase:
    """A file that is sound, or else begun anew; one connection to it, in autocommit.

    `prepare` makes the tables. Damage that shows later is met in the same way: the statement is
    then run on the new file. Raises StoreUnavailable where the file cannot be used at all.
    """

    def __init__(
        self, path: Path, prepare: Prepare, *, timeout: float, check_same_thread: bool = True
    ) -> None:
        self._path = path
        self._prepare = prepare
        self._timeout = timeout
        self._check_same_thread = check_same_thread
        self._connection = self._open()

    def execute(self, sql: str, parameters: Sequence[object] = ()) -> sqlite3.Cursor:
        """Run one statement, on a new file where the old one turns out to be damaged."""
        try:
            return self._connection.execute(sql, parameters)
        except TOLD as error:
            if not _is_damage(error):
                raise
        self._connection.close()
        self._connection = self._open()
        return self._connection.execute(sql, parameters)

    def erase_log(self, *, wait: bool = True) -> bool:
        """See `personal_data.erase_log`."""
        return erase_log(self._connection, wait=wait)

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def __enter__(self) -> SoundDatabase:
        """Commit at the end of the block what BEGIN opened in it, or roll it back."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._connection.__exit__(kind, error, trace)

    def _open(self) -> sqlite3.Connection:
        """Connect; where what is there is damaged, put it aside and connect to a new file."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with _alone_in(self._path.parent):
                try:
                    return self._connect()
                except TOLD as error:
                    if not _is_damage(error, opening=True):
                        raise
                    _put_aside(self._path, error)
                    return self._connect()
        except (OSError, *TOLD) as error:
            raise unusable(self._path, error) from None

    def _connect(self) -> sqlite3.Connection:
        make_owned(self._path)
        connection = sqlite3.connect(
            self._path,
            timeout=self._timeout,
            isolation_level=None,
            check_same_thread=self._check_same_thread,
        )
        try:
            connection.text_factory = _readable
            make_erasing(connection)
            [(found,), *_] = connection.execute("PRAGMA quick_check(1)").fetchall()
            if found != "ok":
                raise _FoundDamaged(found)
            self._prepare(connection)
            if missing := self._columns_of_new() - _columns(connection):
                raise _FoundDamaged(f"without {', '.join(sorted(missing))}")
        except TOLD:
            connection.close()
            raise
        return connection

    def _columns_of_new(self) -> set[str]:
        """What a new file would have: a damaged name of a column harms only who asks for it."""
        with closing(sqlite3.connect(":memory:", isolation_level=None)) as new:
            self._prepare(new)
            return _columns(new)


def put_aside_in(folder: Path) -> list[Path]:
    """The damaged files that were put aside in a folder, without what lies beside each."""
    found = (path for path in folder.glob(f"*{MARK}*") if path.name.rpartition(MARK)[2].isdigit())
    return sorted(found)


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """One at a time: another process, started with this one, must not put the new file aside."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _put_aside(path: Path, reason: Exception) -> None:
    """Rename a file and what lies beside it, to the first name that is free."""
    names = (path.with_name(f"{path.name}{MARK}{number}") for number in itertools.count(1))
    aside = next(one for one in names if not one.exists())
    for ending in BESIDE:
        beside = path.with_name(path.name + ending)
        if beside.exists():
            beside.rename(aside.with_name(aside.name + ending))
    logger.error(
        "damaged file put aside",
        file=str(path),
        aside=str(aside),
        reason=str(reason),
        hint="begun anew; delete the one put aside once nothing in it is needed",
    )


def _columns(connection: sqlite3.Connection) -> set[str]:
    """Every column of every table, as "table.column"."""
    found = connection.execute(
        "SELECT tables.name || '.' || columns.name"
        " FROM sqlite_master AS tables, pragma_table_info(tables.name) AS columns"
        " WHERE tables.type = 'table'"
    )
    return {name for (name,) in found}


def _is_damage(error: Exception, *, opening: bool = False) -> bool:
    if isinstance(error, _FoundDamaged | UnicodeDecodeError):
        return True
    code: int | None = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return False
    return code & 0xFF not in OF_THE_MACHINE if opening else code & 0xFF in DAMAGED


def _readable(text: bytes) -> str:
    """One damaged letter takes no more than itself away."""
    return text.decode("utf-8", "replace")
