"""Folders are followed though the system follows no more of them.

The limits are set in a user namespace of the test's own, where the system allows one.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

LIMITS = Path("/proc/sys/user")
SHELL = 'echo "$2" > "$1" && shift 2 && exec "$@"'

FOLLOWER = """
import pathlib, sys, threading, time
from index.watch import watch

root, late = pathlib.Path(sys.argv[1]), sys.argv[2] == "late"
stop, began, places, found = threading.Event(), 0, set(), set()
if late:
    wanted = {root / f"new{number}" / "article.txt" for number in range(40)}
else:
    wanted = {root / f"{number}" / "article.txt" for number in range(30)}
everything = False
for paths in watch([root], stop):
    if paths is None:
        # Who follows looks at all there is.
        everything = True
        found |= {path for path in wanted if path.exists()}
    else:
        found |= paths & wanted
    began += 1
    if began == 1 and late:
        for path in wanted:
            path.parent.mkdir()
    elif everything and began > 3:
        for path in wanted - found:
            with path.open("a") as file:
                file.write("more")
    if wanted <= found:
        print("all found")
        stop.set()
"""


def limited(limit: str, number: int) -> list[str]:
    """The start of a command for a process that may have so many of something."""
    unshare = shutil.which("unshare")
    path = LIMITS / limit
    if unshare is None or not path.exists():
        pytest.skip("no user namespaces here")
    command = [unshare, "-Ur", "sh", "-c", SHELL, "sh", str(path), str(number)]
    if subprocess.run([*command, "true"], capture_output=True, check=False).returncode:
        pytest.skip("user namespaces are not allowed here")
    return command


@pytest.mark.parametrize(
    ("limit", "number", "when"),
    [
        ("max_inotify_watches", 10, "at first"),
        ("max_inotify_watches", 40, "late"),
        ("max_inotify_instances", 0, "at first"),
    ],
)
def test_what_the_system_does_not_follow_is_polled(
    tmp_path: Path, limit: str, number: int, when: str
) -> None:
    for name in range(30):
        (tmp_path / f"{name}").mkdir()
    command = [*limited(limit, number), sys.executable, "-c", FOLLOWER, str(tmp_path), when]
    done = subprocess.run(command, capture_output=True, text=True, timeout=240, check=False)
    assert "all found" in done.stdout, done.stderr
    assert "fs.inotify.max_user_watches" in done.stdout + done.stderr
