"""Finding files in folders and reading them whole, without being led astray."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path

from corpus.errors import ImportRefused, UnreadableFile

_IGNORED_ENDINGS = ("~", ".swp", ".swx", ".tmp", ".part", ".crdownload", ".bak", ".lock")
_IGNORED_NAMES = frozenset({"thumbs.db", "desktop.ini"})
# How browsers name the folder of a page that they save, by their language.
_OF_PAGES = ("_files", ".files", "-Dateien", "_fichiers", "_archivos", "_file", "_bestanden")
_PAGES = (".html", ".htm", ".xhtml")
_UNNAMEABLE = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|\u202a-\u202e\u2066-\u2069\ud800-\udfff]+')
_LONGEST_NAME = 150


def files_below(folder: Path) -> Iterator[Path]:
    """Files of a folder, sorted, without hidden and temporary ones; a file gives itself.

    Folders that are symbolic links are given as they are, to be refused with their reason, and so
    are those that cannot be listed, whose files are not known then. Raises UnreadableFile where
    there is nothing at that path.
    """
    if not folder.exists():
        raise UnreadableFile(f"there is no file or folder {str(folder)!r}; check the path")
    if not folder.is_dir():
        yield folder
        return
    unlisted: list[OSError] = []
    for current, folders, names in os.walk(folder, onerror=unlisted.append, followlinks=False):
        linked = [name for name in folders if Path(current, name).is_symlink()]
        folders[:] = sorted(
            name for name in folders if not is_ignored(name) and not is_of_page(Path(current, name))
        )
        for name in sorted([*names, *linked]):
            if not is_ignored(name):
                yield Path(current, name)
    for error in unlisted:
        # Others have gone since they were come upon.
        if not isinstance(error, FileNotFoundError | NotADirectoryError):
            yield Path(error.filename)


def is_ignored(name: str) -> bool:
    """Whether a file is hidden, or an editor's or a download's own business."""
    lowered = name.lower()
    return (
        name.startswith((".", "~$", "#"))
        or lowered.endswith(_IGNORED_ENDINGS)
        or lowered in _IGNORED_NAMES
    )


def is_of_page(folder: Path) -> bool:
    """Whether a folder holds what belongs to the saved page beside it: pictures, styles, frames."""
    return any(folder.with_name(page).is_file() for page in pages_of(folder.name))


def pages_of(folder: str) -> Iterator[str]:
    """The names that a saved page may have whose pictures, styles and frames a folder holds."""
    for ending in _OF_PAGES:
        if folder.endswith(ending):
            yield from (folder.removesuffix(ending) + page for page in _PAGES)


def read_content(path: Path, limit: int) -> bytes:
    """All bytes of a regular file that does not change meanwhile.

    Raises ImportRefused for a symbolic link that leads out of its folder, UnreadableFile for what
    is no file, too large or still being written, OSError as the system does.
    """
    if path.is_symlink() and not path.resolve().is_relative_to(path.parent.resolve()):
        raise ImportRefused("a symbolic link out of its folder; copy the file itself")
    # Without blocking: a named pipe would wait for a writer for ever.
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    with os.fdopen(descriptor, "rb", buffering=0) as file:
        before = os.fstat(file.fileno())
        if not stat.S_ISREG(before.st_mode):
            raise UnreadableFile("not a regular file; give a file")
        if before.st_size > limit:
            raise UnreadableFile(f"larger than {limit:,} bytes; split it into smaller files")
        content = _read_up_to(file.fileno(), before.st_size + 1)
        after = os.fstat(file.fileno())
    unchanged = (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns)
    if not unchanged or len(content) != after.st_size:
        raise UnreadableFile("it changed while it was read; import it again when it is complete")
    return content


def safe_name(name: str) -> str:
    """A file name out of any string: no folders, no control characters, not hidden, not long."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    cleaned = _UNNAMEABLE.sub("-", last).strip(" .-")
    stem, dot, ending = cleaned.rpartition(".")
    if not dot:
        return cleaned[:_LONGEST_NAME] or "article"
    return f"{stem[:_LONGEST_NAME].rstrip(' .') or 'article'}.{ending[:20]}"


def _read_up_to(descriptor: int, size: int) -> bytes:
    parts: list[bytes] = []
    while size > 0 and (part := os.read(descriptor, min(size, 1 << 24))):
        parts.append(part)
        size -= len(part)
    return b"".join(parts)
