"""Which of the paths that a watcher reports may hold articles."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from corpus.files import is_ignored, is_of_page


def visible_paths(paths: Iterable[Path], folders: Sequence[Path]) -> list[Path]:
    """Absolute paths at or below some folders, without what lies hidden or behind links there.

    They are those that looking through the folders would come upon, or would have.
    """
    visible = dict.fromkeys(path.absolute() for path in sorted(paths))
    return [path for path in visible if any(_is_visible(path, root) for root in folders)]


def is_linked_folder(path: Path) -> bool:
    """Whether a path is a link to a folder, which is not followed."""
    return path.is_symlink() and path.is_dir()


def holds_files(folder: Path) -> bool:
    """Whether there is any file in a folder that may hold articles. Stops at the first."""
    with os.scandir(folder) as entries:
        below = [entry for entry in entries if not is_ignored(entry.name)]
    if any(not entry.is_dir(follow_symlinks=False) for entry in below):
        return True
    return any(holds_files(Path(entry.path)) for entry in below)


def _is_visible(path: Path, root: Path) -> bool:
    if path == root:
        return True
    if root not in path.parents:
        return False
    names = path.relative_to(root).parts
    if any(map(is_ignored, names)):
        return False
    folders = [root.joinpath(*names[:depth]) for depth in range(1, len(names))]
    if any(folder.is_symlink() or is_of_page(folder) for folder in folders):
        return False
    return not (path.is_dir() and is_of_page(path))
