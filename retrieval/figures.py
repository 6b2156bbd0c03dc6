"""Figures that a later article revises: the same quantity, another number."""

from __future__ import annotations

import re
from typing import NamedTuple

from index.keywords import terms
from retrieval.turn_names import is_stop_word, names_in

SHARED_WORDS = 2
"""Besides what is counted, so many words must be common: where, what happened, to whom; and they
must be half of the shorter text's words, for most figures that are alike count something else."""

_FIGURE = re.compile(
    r"(?<![\w.,/:$€£-])(?P<currency>[$€£])?(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"(?P<scale>\s?(?:thousand|million|billion|trillion))?(?P<percent>\s?%|\s?percent|\s?per\s+cent)?"
    r"(?![\w:/-])(?:\s+(?P<counted>[^\W\d_]+(?:[ -][^\W\d_]+){0,2}))?"
)
_NAMED_NUMBER = re.compile(
    r"(?<!\w)(?P<number>two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\s+"
    r"(?:more\s+)?(?P<counted>[^\W\d_]+(?:\s[^\W\d_]+){0,2})"
)
_SMALL_NUMBERS = (
    "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"
)  # fmt: skip
_SCALES = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_NO_AMOUNT_AFTER = re.compile(
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan\.|Feb\.|Aug\.|Sept\.|Oct\.|Nov\.|Dec\.|age|aged|up|down|by)\s+$"
)
_MONTH_NAMES = frozenset(
    {"january", "february", "march", "april", "may", "june", "july", "august", "september"}
    | {"october", "november", "december"}
)
_NO_QUANTITY = _MONTH_NAMES | frozenset(
    {"am", "pm", "year", "years", "day", "days", "week", "weeks", "month", "months", "hour"}
    | {"hours", "minute", "minutes"}
)
_PAST = re.compile(r"(?<!\w)(?:ago|previous|previously|earlier|formerly)(?!\w)", re.IGNORECASE)
_YEAR = re.compile(r"(?<![\d,.])(?:19|20)\d\d(?![\d,])")


class Figure(NamedTuple):
    """A number in a text and what it counts, as stems ("percent", "$" for shares and money)."""

    value: float
    counted: frozenset[str]
    shown: str


class Revision(NamedTuple):
    """Two figures for one quantity, as the two texts write them."""

    newer: str
    older: str


def figures(text: str) -> list[Figure]:
    """The quantities of a text. Years, dates, clock times, ages and changes ("up 3%") are none."""
    found: list[Figure] = []
    for match in _FIGURE.finditer(text):
        value = float(match["number"].replace(",", "")) * _SCALES.get(
            (match["scale"] or "").strip().lower(), 1.0
        )
        counted = _counted(match["counted"])
        if match["percent"]:
            counted |= {"%"}
        if match["currency"]:
            counted |= {match["currency"]}
        is_year = value.is_integer() and 1900 <= value < 2100 and "," not in match["number"]
        if counted and not is_year and not _NO_AMOUNT_AFTER.search(text[: match.start()]):
            found.append(Figure(value, counted, _shown(match)))
    for match in _NAMED_NUMBER.finditer(text):
        counted = _counted(match["counted"])
        if counted:
            value = float(_SMALL_NUMBERS.index(match["number"]) + 2)
            found.append(Figure(value, counted, match["number"]))
    return found


def _shown(match: re.Match[str]) -> str:
    parts = (match["currency"], match["number"], match["scale"], match["percent"])
    return "".join(part for part in parts if part)


def _counted(words: str | None) -> frozenset[str]:
    """Stems of the first words after a number, up to one that only binds."""
    stems: list[str] = []
    for word in (words or "").split():
        if is_stop_word(word) or word.lower() in _NO_QUANTITY:
            break
        stems.extend(terms(word))
    return frozenset(stems)


def superseded(newer: str, older: str) -> Revision | None:
    """The figure of a later text that differs from an earlier one's for the same quantity.

    The same: they count the same thing, speak of the same places and people, and share at least
    `SHARED_WORDS` other words.
    Where either text has both numbers, nothing is revised.
    """
    fresh, stale = figures(newer), figures(older)
    if not fresh or not stale:
        return None
    if _of_different_times(newer, older) or _of_others(newer, older) or _PAST.search(newer):
        return None
    said, before = _saying(newer), _saying(older)
    common = said & before
    fresh_values = {figure.value for figure in fresh}
    stale_values = {figure.value for figure in stale}
    for figure in fresh:
        for other in stale:
            if figure.value in stale_values or other.value in fresh_values:
                continue
            same = figure.counted & other.counted
            shared = len(common - same)
            enough = shared >= SHARED_WORDS and 2 * len(common) >= min(len(said), len(before))
            if same and enough and _one_kind(figure, other):
                return Revision(figure.shown, other.shown)
    return None


def _of_others(newer: str, older: str) -> bool:
    """Whether each text names somebody or somewhere that the other does not."""
    one, other = _named(newer), _named(older)
    return bool(one - other) and bool(other - one)


def _named(text: str) -> frozenset[str]:
    """Names as stems; a word that opens the text is no name for that alone."""
    return frozenset(
        term for name in names_in(text) if name.span.start > 0 for term in terms(name.text)
    )


def _of_different_times(newer: str, older: str) -> bool:
    """Inflation in June does not revise inflation in May."""
    for one, other in ((_months(newer), _months(older)), (_years(newer), _years(older))):
        if one and other and not one & other:
            return True
    return False


def _months(text: str) -> frozenset[str]:
    capitalised = re.findall(r"(?<!\w)[A-Z][a-z]+", text)
    return frozenset(word.lower() for word in capitalised) & _MONTH_NAMES


def _years(text: str) -> frozenset[str]:
    return frozenset(_YEAR.findall(text))


def _one_kind(figure: Figure, other: Figure) -> bool:
    marks = {"%", "$", "€", "£"}
    return figure.counted & marks == other.counted & marks


def _saying(text: str) -> frozenset[str]:
    words = (word for word in re.findall(r"[^\W\d_]+", text) if not is_stop_word(word))
    return frozenset(term for word in words for term in terms(word))
