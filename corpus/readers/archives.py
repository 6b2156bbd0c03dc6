"""Opening ZIP files, which DOCX, ODT and EPUB are too, without being blown up by them."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO

from corpus.errors import ImportRefused, UnreadableFile
from corpus.imported import ImportSettings

MOST_MEMBERS = 20_000
ENCRYPTED = 0x1
"""The general purpose flag of a member that needs a password (APPNOTE 4.4.4)."""


@dataclass(slots=True)
class Archive:
    """A ZIP whose members are read within one budget of unpacked bytes."""

    file: zipfile.ZipFile
    settings: ImportSettings
    spent: int = 0
    names: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        members = [info for info in self.file.infolist() if not info.is_dir()]
        if len(members) > MOST_MEMBERS:
            raise ImportRefused(f"holds more than {MOST_MEMBERS:,} files; split it")
        self.names = tuple(info.filename for info in members)

    def read(self, name: str, largest: int | None = None) -> bytes:
        """One member. Sizes are counted as they unpack: what the archive says of them may lie.

        Raises ImportRefused above the limits, UnreadableFile for a torn or encrypted member.
        """
        limit = min(
            largest or self.settings.largest_file, self.settings.largest_unpacked - self.spent
        )
        try:
            if self.file.getinfo(name).flag_bits & ENCRYPTED:
                raise UnreadableFile("it is encrypted; save it without a password")
            with self.file.open(name) as stream:
                content = stream.read(limit + 1)
        except KeyError:
            raise UnreadableFile(f"{name!r} is missing in it; save it again") from None
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, RuntimeError):
            raise UnreadableFile("it is torn or packed in an unusual way; pack it anew") from None
        self.spent += len(content)
        if len(content) > limit:
            raise ImportRefused("it unpacks to too much (a bomb?); give the files themselves")
        return content


@contextmanager
def opened_archive(content: bytes, settings: ImportSettings) -> Iterator[Archive]:
    """The archive in these bytes. Raises UnreadableFile where they are none."""
    try:
        file = zipfile.ZipFile(BytesIO(content))
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError):
        raise UnreadableFile("it is torn or of another format; save it again") from None
    with file:
        yield Archive(file, settings)
