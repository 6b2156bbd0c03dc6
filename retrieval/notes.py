"""Remarks under an answer: what kind, and the values that it speaks of.

Every face words them for its readers; `str` gives the wording of those that speak English.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum


class NoteKind(Enum):
    """What a remark says. The values of each are named in its wording."""

    REVISED = "revised"
    AGREES = "agrees"
    NOTHING_MORE = "nothing_more"


_ENGLISH = {
    NoteKind.REVISED: "[{newer}] is later and says {says} where [{older}] says {said}",
    NoteKind.AGREES: "[{number}] agrees with {outlets}",
    NoteKind.NOTHING_MORE: (
        "nothing more about this was found than what this conversation has shown"
    ),
}


@dataclass(frozen=True, slots=True)
class Note:
    """One remark. `values` are words and numbers of quotes, by their names in the wording."""

    kind: NoteKind
    values: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return _ENGLISH[self.kind].format(**self.values)


def revised(newer: int, says: str, older: int, said: str) -> Note:
    """The later quote, by its number, gives another figure than the earlier one."""
    values = {"newer": str(newer), "says": says, "older": str(older), "said": said}
    return Note(NoteKind.REVISED, values)


def agrees(number: int, outlets: str) -> Note:
    """Other outlets tell the same as a quote, in stories of their own."""
    return Note(NoteKind.AGREES, {"number": str(number), "outlets": outlets})


NOTHING_MORE = Note(NoteKind.NOTHING_MORE)
"""The conversation has been shown all that was found."""
