"""Takes away one guard after the other, and looks whether a test notices.

    python -m tests.security.guards [--only WORDS] [--from NUMBER] [--list]

Works on a copy of the tree. Prints a table with a line for each guard: what it is, whether the
tests that stand for it failed without it (killed) or passed all the same (SURVIVED), and the first
that failed. Exit status 1 where a guard survives, or stands no more where the list has it. Takes
half an hour or more, so it is no part of the tests.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.security.guard import Guard
from tests.security.guards_of_files import READING
from tests.security.guards_of_links import FETCHING
from tests.security.guards_of_pages import SHOWING
from tests.security.guards_of_people import ADMITTING, KEEPING, WRITTEN
from tests.security.guards_of_proofs import PROVING

GUARDS = (*FETCHING, *READING, *SHOWING, *PROVING, *ADMITTING, *WRITTEN, *KEEPING)
ROOT = Path(__file__).parents[2]
MODELS = Path(".pytest_cache/d/models")
FAILED = re.compile(r"^(?:FAILED|ERROR) (tests/.+?)(?: - .*)?$", re.M)
"""In pytest's summary; a line of a log may begin so too."""
SECONDS = 240


def copy_tree(folder: Path) -> None:
    """Everything that git would keep, as it stands now, and the exported models."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    for name in listed.stdout.splitlines():
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    if (ROOT / MODELS).is_dir():
        (folder / MODELS).parent.mkdir(parents=True)
        (folder / MODELS).symlink_to(ROOT / MODELS, target_is_directory=True)


def without(guard: Guard, folder: Path) -> str:
    """What became of the tests without a guard."""
    path = folder / guard.file
    whole = path.read_text("utf-8")
    if whole.count(guard.kept) != 1:
        return f"stands {whole.count(guard.kept)} times in {guard.file}: bring the list up to date"
    path.write_text(whole.replace(guard.kept, guard.removed), "utf-8")
    tried = run_tests(folder, *guard.tests)
    path.write_text(whole, "utf-8")
    if tried.returncode == 0:
        return "SURVIVED"
    found = FAILED.search(tried.stdout)
    if found is None:
        return f"pytest ends with {tried.returncode} and no test that failed"
    if run_tests(folder, found[1]).returncode != 0:
        return f"{found[1]} fails with the guard too"
    return f"killed by {found[1]}"


def run_tests(folder: Path, *tests: str) -> subprocess.CompletedProcess[str]:
    """pytest over the copy, until the first failure."""
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-x", f"--timeout={SECONDS}", *tests],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )


def main() -> None:
    """Try them all, or those whose name holds some words."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="")
    parser.add_argument("--from", type=int, default=0, dest="first")
    parser.add_argument("--list", action="store_true")
    given = parser.parse_args()
    chosen = [guard for guard in GUARDS[given.first :] if given.only in guard.name]
    if given.list:
        sys.stdout.write("\n".join(guard.name for guard in chosen) + "\n")
        return
    outcomes = []
    sys.stdout.write("| guard | without it |\n|---|---|\n")
    with tempfile.TemporaryDirectory() as folder:
        copy_tree(Path(folder))
        for guard in chosen:
            outcomes.append(without(guard, Path(folder)))
            sys.stdout.write(f"| {guard.name} | {outcomes[-1]} |\n")
            sys.stdout.flush()
    killed = sum(outcome.startswith("killed") for outcome in outcomes)
    sys.stdout.write(f"{killed} of {len(outcomes)} killed\n")
    sys.exit(killed < len(outcomes))


if __name__ == "__main__":
    main()
