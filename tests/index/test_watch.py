from __future__ import annotations

import threading
from pathlib import Path

from index.watch import watch


def test_a_new_file_is_reported_and_stopping_ends_it(tmp_path: Path) -> None:
    stop = threading.Event()
    seen: list[frozenset[Path]] = []

    def follow() -> None:
        for paths in watch([tmp_path], stop):
            seen.append(paths)
            stop.set()

    follower = threading.Thread(target=follow)
    follower.start()
    wanted = tmp_path / "new.txt"
    while not seen and follower.is_alive():
        wanted.write_text("more " * 10)
        follower.join(0.2)
    follower.join(10)
    assert not follower.is_alive()
    assert any(wanted in paths for paths in seen)
