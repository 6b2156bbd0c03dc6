"""Reasons that the other rooms give in English, in the language of who reads them.

`reasons.json` has every one of them with its translations; `{}` stands for what varies, in the
same order in all languages. A reason keeps what it says of its place: "a.zip (line 3): …".
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

LANGUAGES = ("ru", "uk")
"""In the order of the translations of each reason."""

_PLACE = re.compile(r"(?P<file>.*) \((?P<where>[^()]*)\)", re.DOTALL)
_COLON = ": "


def reason_in(code: str, reason: str) -> str | None:
    """A reason in the language of this code; None where it is not among those known."""
    if code not in LANGUAGES:
        return reason
    for place, rest in _divisions(reason):
        translated = _translated(code, rest)
        if translated is not None:
            return _place_in(code, place) + translated
    return None


def known_reasons() -> dict[str, list[str]]:
    """Every reason in English with its translations."""
    content = files("bot").joinpath("telegram", "texts", "reasons.json").read_text("utf-8")
    known: dict[str, list[str]] = json.loads(content)
    return known


def _divisions(reason: str) -> Iterator[tuple[str, str]]:
    """The reason whole, and what follows each of its colons."""
    yield "", reason
    for colon in re.finditer(re.escape(_COLON), reason):
        yield reason[: colon.end()], reason[colon.end() :]


def _translated(code: str, reason: str) -> str | None:
    """The reason, and a reason that it holds in turn; None where it is not among those known."""
    for pattern, translations in _patterns():
        if found := pattern.fullmatch(reason):
            values = [_translated(code, value) or value for value in found.groups()]
            return translations[LANGUAGES.index(code)].format(*values)
    return None


def _place_in(code: str, place: str) -> str:
    """Where the reason holds: the number of a line or an entry is said in words."""
    found = _PLACE.fullmatch(place.removesuffix(_COLON))
    if not found:
        return place
    parts = [_translated(code, part) or part for part in found["where"].split(", ")]
    return f"{found['file']} ({', '.join(parts)}){_COLON}"


@cache
def _patterns() -> list[tuple[re.Pattern[str], list[str]]]:
    return [
        (re.compile("(.+?)".join(map(re.escape, reason.split("{}"))), re.DOTALL), translations)
        for reason, translations in known_reasons().items()
    ]
