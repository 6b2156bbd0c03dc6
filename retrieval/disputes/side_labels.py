"""What a side is called: by everybody whose words it shows, and by nobody else."""

from __future__ import annotations

import re
from collections.abc import Iterable

from retrieval.words.parties import country_named

_STATE_AND_NAMES = re.compile(r"(.+) \((.+)\)", re.DOTALL)
_BETWEEN = ", "


def full_names(spoken: Iterable[str]) -> list[str]:
    """Each speaker once, in order; a name that another one ends with is that other one."""
    names = list(dict.fromkeys(spoken))
    return [name for name in names if not any(other.endswith(f" {name}") for other in names)]


def label_of_shown(label: str, spoken: Iterable[str]) -> str:
    """A side's label for the words that are shown of it, whose speakers are `spoken`.

    Whom the side also has, but whose words are not shown, is left out: nobody could look up that
    it was said. Several of one state stay under its name, as in "Belarus (Lukashenko)".
    """
    names = full_names(spoken)
    state, named = parts_of_label(label)
    persons = _persons(names)
    if state is not None and named and persons and len(names) > 1:
        return f"{state} ({_BETWEEN.join(persons)})"
    return _BETWEEN.join(names) or label


def parts_of_label(label: str) -> tuple[str | None, list[str]]:
    """The state that a label gives, or None, and the names."""
    found = _STATE_AND_NAMES.fullmatch(label)
    if found is None:
        return None, label.split(_BETWEEN)
    return found[1], found[2].split(_BETWEEN)


def misnames(label: str, spoken: Iterable[str]) -> str | None:
    """How a label tells otherwise than its quotes who speaks in them, or None."""
    names = full_names(spoken)
    state, told = parts_of_label(label)
    if state is not None and len(names) == 1:
        return f"is called by {state[:60]!r}, where one alone speaks"
    wanted = names if state is None else _persons(names)
    for name in told:
        if name not in wanted:
            return f"is called {name[:60]!r}, who speaks in none of its quotes"
    for name in wanted:
        if name not in told:
            return f"has words of {name[:60]!r}, who is not in its name {label[:60]!r}"
    strangers = [name for name in names if name not in told and country_named(name) != state]
    if strangers:
        return f"has words of {strangers[0][:60]!r}, who is not {state!r}"
    return None


def _persons(names: Iterable[str]) -> list[str]:
    """Those who are not named as a state, by its capital or by its people."""
    return [name for name in names if country_named(name) is None]
