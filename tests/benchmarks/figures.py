"""Figures of several runs in several processes, kept in a file, and the table made of them."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured in one case, in the order in which it was told first."""

    path: Path

    def note(self, name: str, value: str) -> None:
        """Keep a figure, in the place of an earlier one of the name, and say it."""
        known = self.all()
        known[name] = value
        self.path.write_text(json.dumps(known), "utf-8")
        sys.stdout.write(f"{self.path.parent.name:>9}  {name:<44} {value}\n")
        sys.stdout.flush()

    def all(self) -> dict[str, str]:
        """All of them by name."""
        if not self.path.exists():
            return {}
        known: dict[str, str] = json.loads(self.path.read_text("utf-8"))
        return known


def markdown(first: str, columns: Mapping[str, Mapping[str, str]]) -> str:
    """One Markdown table: a row for each name, a column for each case; `first` heads the names."""
    names = dict.fromkeys(name for figures in columns.values() for name in figures)
    lines = [f"| {first} | {' | '.join(columns)} |", "|---|" + "---|" * len(columns)]
    for name in names:
        cells = [figures.get(name, "") for figures in columns.values()]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def resident() -> tuple[float, float]:
    """MB of memory that are this process's own, and that are mapped from files."""
    own, mapped = (_status(name) for name in ("RssAnon", "RssFile"))
    return own, mapped


def most_resident() -> float:
    """MB that this process had at most: of this program alone, unlike `ru_maxrss`.

    That one counts what the process held before it became this program, too.
    """
    return _status("VmHWM")


def _status(name: str) -> float:
    lines = Path("/proc/self/status").read_text().splitlines()
    fields = dict(line.split(":", 1) for line in lines)
    return float(fields[name].split()[0]) / 1024
