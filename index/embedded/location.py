"""Which files an index consists of.

`CURRENT` names the database in use. A rebuild writes another one beside it and then moves the
name, so that readers see the old index until the new one is whole.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import IndexMissing, StoreUnavailable
from index.store import NOTHING_INDEXED

LONGEST_NAME = 200
_NAME = re.compile(r"index-(\d+)\.db")


@dataclass(frozen=True, slots=True)
class Location:
    """The data folder."""

    data: Path

    @property
    def pointer(self) -> Path:
        """The file that names the database in use."""
        return self.data / "CURRENT"

    @property
    def writer_lock(self) -> Path:
        """Held by the one process that writes."""
        return self.data / "writer.lock"

    def lease(self, database: Path) -> Path:
        """A file that everyone who reads `database` holds a shared lock on."""
        return database.with_suffix(".lease")

    def current(self) -> Path:
        """The database in use. Raises IndexMissing where there is none."""
        try:
            name = self.pointer.read_text("utf-8").strip()
        except FileNotFoundError:
            raise IndexMissing(NOTHING_INDEXED) from None
        except OSError as error:
            raise StoreUnavailable(
                f"cannot read {self.pointer} ({error.strerror}); check the DATA folder"
            ) from None
        database = self.data / name
        if not _NAME.fullmatch(name) or not database.is_file():
            raise IndexMissing(f"the index in {self.data} is gone: run onrecord index")
        return database

    def still_names(self, database: Path) -> bool:
        """Whether it is the one in use that `CURRENT` names: a quick look, of every search."""
        try:
            handle = os.open(self.pointer, os.O_RDONLY)
            try:
                return os.read(handle, LONGEST_NAME).strip() == os.fsencode(database.name)
            finally:
                os.close(handle)
        except OSError:
            return False

    def databases(self) -> list[Path]:
        """Every database in the folder, in use or not."""
        return sorted(path for path in self.data.glob("index-*.db") if _NAME.fullmatch(path.name))

    def next_database(self) -> Path:
        """The path of a database that does not exist yet."""
        numbers = [int(path.stem.removeprefix("index-")) for path in self.databases()]
        return self.data / f"index-{max(numbers, default=0) + 1}.db"

    def switch_to(self, database: Path) -> None:
        """Make `database` the one in use, for good, at one moment."""
        draft = self.data / ".CURRENT"
        with draft.open("w", encoding="utf-8") as file:
            file.write(database.name)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self.pointer)
        sync_folder(self.data)

    def create(self) -> None:
        """Create the data folder. Raises StoreUnavailable where that is not allowed."""
        try:
            self.data.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreUnavailable(
                f"cannot create {self.data} ({error.strerror}); set DATA to a writable folder"
            ) from None


def sync_folder(folder: Path) -> None:
    """Make a renaming in `folder` survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
