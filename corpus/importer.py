"""Importing: from folders and files to articles, whatever the files are like."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from corpus.draft import Draft
from corpus.errors import CorpusError, ImportRefused, UnreadableFile
from corpus.imported import ImportedFile, ImportSettings, Skipped
from corpus.readers.formats import READERS, reader_of, uncompressed_name, unpacked
from corpus.readers.reading import Flaw, Source
from corpus.refining import Refined, refine

_IGNORED_ENDINGS = ("~", ".swp", ".swx", ".tmp", ".part", ".crdownload", ".bak", ".lock")
_IGNORED_NAMES = frozenset({"thumbs.db", "desktop.ini"})


class Importer:
    """Reads articles from files. Holds only its settings: one may serve several threads."""

    def __init__(self, settings: ImportSettings | None = None) -> None:
        self._settings = settings or ImportSettings()

    def find(self, folders: Sequence[Path]) -> Iterator[Path]:
        """Files below the folders (or the files given), sorted; hidden and temporary ones left out.

        Files that `read` will skip, such as unknown formats and links out of their folder, are
        among them, so that their reason is told. Raises UnreadableFile for a path that is not.
        """
        for folder in folders:
            if not folder.exists():
                raise UnreadableFile(f"there is no file or folder {str(folder)!r}; check the path")
            if folder.is_dir():
                yield from _files_below(folder)
            else:
                yield folder

    def read(self, path: Path) -> ImportedFile:
        """The articles of one file. What cannot be let in is in `skipped`; nothing is raised."""
        try:
            content = self._content(path)
        except CorpusError as error:
            return ImportedFile(path, "", skipped=(Skipped(path, "", str(error)),))
        except OSError as error:
            reason = f"cannot be read ({error.strerror}); check that it exists and may be read"
            return ImportedFile(path, "", skipped=(Skipped(path, "", reason),))
        digest = hashlib.sha256(content).hexdigest()
        return self._imported(path, digest, content)

    def read_all(self, paths: Iterable[Path]) -> Iterator[ImportedFile]:
        """Each file in turn."""
        for path in paths:
            yield self.read(path)

    def _imported(self, path: Path, digest: str, content: bytes) -> ImportedFile:
        refined: list[Refined] = []
        skipped: list[Skipped] = []
        try:
            for draft in self._drafts(path, content):
                if isinstance(draft, Draft):
                    try:
                        refined.append(refine(draft))
                    except CorpusError as error:
                        skipped.append(Skipped(path, draft.where, str(error)))
                else:
                    skipped.append(Skipped(path, draft.where, draft.reason))
        except CorpusError as error:
            skipped.append(Skipped(path, "", str(error)))
        return ImportedFile(
            path,
            digest,
            tuple(one.article for one in refined),
            tuple(skipped),
            tuple(line for one in refined for line in one.dropped),
        )

    def _drafts(self, path: Path, content: bytes) -> Iterator[Draft | Flaw]:
        reader = reader_of(path.name)
        if reader is None:
            known, ending = ", ".join(sorted(READERS)), path.suffix or "without ending"
            raise UnreadableFile(f"the format {ending} is not known; convert it to one of {known}")
        if not content.strip():
            raise UnreadableFile("the file is empty; save it again or remove it")
        plain = unpacked(path.name, content, self._settings)
        return reader(Source(uncompressed_name(path.name), plain, self._settings))

    def _content(self, path: Path) -> bytes:
        """All bytes of a regular file that does not change meanwhile."""
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
        with os.fdopen(descriptor, "rb") as file:
            before = os.fstat(file.fileno())
            if not stat.S_ISREG(before.st_mode):
                raise UnreadableFile("not a regular file; give a file")
            if before.st_size > self._settings.largest_file:
                limit = self._settings.largest_file
                raise UnreadableFile(f"larger than {limit:,} bytes; split it into smaller files")
            content = file.read(self._settings.largest_file + 1)
            after = os.fstat(file.fileno())
        if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns) or len(
            content
        ) != after.st_size:
            raise UnreadableFile(
                "it changed while it was read; import it again when it is complete"
            )
        return content


def _files_below(folder: Path) -> Iterator[Path]:
    for current, folders, names in os.walk(folder, followlinks=False):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not _is_ignored(name):
                yield Path(current, name)


def _is_ignored(name: str) -> bool:
    lowered = name.lower()
    return (
        name.startswith((".", "~$", "#"))
        or lowered.endswith(_IGNORED_ENDINGS)
        or lowered in _IGNORED_NAMES
    )


__all__ = ["ImportRefused", "ImportSettings", "ImportedFile", "Importer", "Skipped"]
