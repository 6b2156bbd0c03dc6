"""Figures that a later article revises: the same quantity, another number."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from index.keywords import terms
from retrieval.disputes.calendar_words import months_besides_english
from retrieval.disputes.days_told import days_told
from retrieval.disputes.deeds import are_of_other_deeds
from retrieval.disputes.distinctions import are_told_apart
from retrieval.words.parties import country_named
from retrieval.words.sentence_tokens import words as speech_words
from retrieval.words.turn_names import is_stop_word, names_in

SHARED_WORDS = 2
"""Besides what is counted, so many words must be common: where, what happened, to whom; and they
must be half of the shorter text's words, for most figures that are alike count something else."""

ONE_ORDER = 100.0
"""A revised figure is at most so many times the other: a share's price is no company's."""

_PERCENT = r"(?P<percent>\s?%|\s?percent|\s?per\s+cent)?"
_FIGURE = re.compile(
    r"(?<![\w.,/:$€£-])(?P<currency>[$€£])?"
    r"(?P<number>(?>\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?))"
    r"(?P<scale>\s?(?:thousand|million|billion|trillion|bn|tn|[KMBT](?!\w)))?"
    rf"{_PERCENT}"
    r"(?![\w:/-])(?:\s+(?P<counted>[^\W\d_]+(?:[ -][^\W\d_]+){0,2}))?"
)
_NAMED_NUMBER = re.compile(
    r"(?<!\w)(?P<number>two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\s+"
    r"(?:more\s+)?(?P<counted>[^\W\d_]+(?:\s[^\W\d_]+){0,2})",
    re.IGNORECASE,
)
_SMALL_NUMBERS = (
    "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"
)  # fmt: skip
_SCALES = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_SCALES |= {"k": 1e3, "m": 1e6, "b": 1e9, "bn": 1e9, "t": 1e12, "tn": 1e12}
_NUMBER = re.compile(
    rf"\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?|(?<!\w)(?:{'|'.join(_SMALL_NUMBERS)})(?!\w)",
    re.IGNORECASE,
)
_AMOUNT = re.compile(
    rf"(?P<currency>[$€£])?(?P<number>{_NUMBER.pattern})"
    r"(?P<scale>\s?(?:thousand|million|billion|trillion|bn|tn|[KMBT])(?!\w))?"
    rf"{_PERCENT}",
    re.IGNORECASE,
)
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
MARKS = frozenset({"%", "$", "€", "£"})
_CHANGED_SINCE = re.compile(
    r"(?<!\w)(?:r[io]sen?|rising|climb\w*|grew|grown|jump\w*|increas\w+|fell|fallen|dropp?\w*|revis\w+"
    r"|updat\w+|correct\w+|toll|now|so far)(?!\w)",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<![\d,.])(?:19|20)\d\d(?![\d,])")


class Figure(NamedTuple):
    """A number in a text and what it counts, as stems ("percent", "$" for shares and money)."""

    value: float
    counted: frozenset[str]
    shown: str


class Amount(NamedTuple):
    """A number, whatever it counts. `mark` is "%", a currency's sign, or empty."""

    value: float
    mark: str


class Revision(NamedTuple):
    """Two figures for one quantity, as the two texts write them."""

    newer: str
    older: str


def figures(text: str) -> list[Figure]:
    """The quantities of a text. Years, dates, clock times, ages and changes ("up 3%") are none."""
    found: list[Figure] = []
    for match in _FIGURE.finditer(text):
        value = _scaled(match)
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
            found.append(Figure(_value(match["number"]), counted, match["number"]))
    return found


def numbers_in(text: str) -> frozenset[float]:
    """Every number that a text gives, whatever it counts; scales ("million") are left out."""
    return frozenset(_value(match.group()) for match in _NUMBER.finditer(text))


def amounts_in(text: str) -> frozenset[Amount]:
    """Every number that a text gives, with its scale and its mark, whatever it counts."""
    return frozenset(
        Amount(
            _scaled(match),
            "%" if match["percent"] else match["currency"] or "",
        )
        for match in _AMOUNT.finditer(text)
    )


def _scaled(match: re.Match[str]) -> float:
    scale = (match["scale"] or "").strip().lower()
    return _value(match["number"]) * _SCALES.get(scale, 1.0)


def _value(number: str) -> float:
    if number[0].isdigit():
        return float(number.replace(",", ""))
    return float(_SMALL_NUMBERS.index(number.lower()) + 2)


def _shown(match: re.Match[str]) -> str:
    parts = (match["currency"], match["number"], match["scale"], match["percent"])
    return "".join(part for part in parts if part)


def _counted(words: str | None) -> frozenset[str]:
    """Stems of the first words after a number, up to one that only binds."""
    stems: list[str] = []
    for word in (words or "").split():
        binds = is_stop_word(word) or word.lower() in speech_words("subordinators")
        if binds or word.lower() in _NO_QUANTITY:
            break
        stems.extend(terms(word))
    return frozenset(stems)


def superseded(newer: str, older: str) -> Revision | None:
    """The figure of a later text that differs from an earlier one's for the same quantity.

    The same: they count the same thing, speak of the same places, people, times and deeds, and
    share at least `SHARED_WORDS` other words.
    Where either text has both numbers, nothing is revised.
    """
    fresh, stale = figures(newer), figures(older)
    if not fresh or not stale:
        return None
    if _of_other_things(newer, older):
        return None
    said, before = _saying(newer), _saying(older)
    common = said & before
    for figure, other in _changed(fresh, stale, newer, older):
        same = figure.counted & other.counted
        shared = len(common - same)
        enough = shared >= SHARED_WORDS and 2 * len(common) >= min(len(said), len(before))
        if same and enough:
            return Revision(figure.shown, other.shown)
    return None


def answers_otherwise(
    newer: str, older: str, answer: str, before: str, counted: frozenset[str] = frozenset()
) -> Revision | None:
    """Another figure for what a question asked, where both texts answer that question.

    `answer` and `before` are the answering words of the newer and of the older text. They must
    count the same thing; the texts may share few words, for the question binds them. A bare number
    counts what the question wants counted, `counted`, unless its text says that it counts
    something else.
    """
    if _of_other_things(newer, older):
        return None
    fresh = figures(f"{answer} ") or _bare(answer, newer, counted)
    stale = figures(f"{before} ") or _bare(before, older, counted)
    for figure, other in _changed(fresh, stale, newer, older):
        # Sums of money alone are no one quantity: a price, a loan, a fine.
        if (figure.counted & other.counted) - MARKS:
            return Revision(figure.shown, other.shown)
    return None


def _bare(answer: str, text: str, counted: frozenset[str]) -> list[Figure]:
    """The one number of an answer that names nothing counted, as a count of what is asked."""
    match = _NUMBER.fullmatch(answer.strip())
    if match is None or not counted:
        return []
    value = _value(match.group())
    told = [figure for figure in figures(text) if figure.value == value]
    if any(figure.counted & MARKS or not figure.counted & counted for figure in told):
        return []
    return [Figure(value, counted, match.group())]


def _changed(
    fresh: Sequence[Figure], stale: Sequence[Figure], newer: str, older: str
) -> Iterator[tuple[Figure, Figure]]:
    """Pairs of figures of one kind and order that could be one quantity, changed.

    A text that gives several sums or shares does not tell which of them is meant.
    """
    new_values, old_values = _values(newer), _values(older)
    for figure, other in itertools.product(fresh, stale):
        kind = figure.counted & MARKS
        if kind != other.counted & MARKS or figure.value in old_values or other.value in new_values:
            continue
        if kind and any(_count_of(kind, text) > 1 for text in (newer, older)):
            continue
        low, high = sorted((figure.value, other.value))
        if high > ONE_ORDER * low or are_of_other_deeds(newer, figure.shown, older, other.shown):
            continue
        yield figure, other


def _of_other_things(newer: str, older: str) -> bool:
    """Whether two texts tell of other times, places, people or deeds, or the newer of the past."""
    if _of_different_times(newer, older) or of_others(newer, older) or _PAST.search(newer):
        return True
    return are_told_apart(newer, older)


def _values(text: str) -> frozenset[float]:
    return numbers_in(text) | {figure.value for figure in figures(text)}


def _count_of(kind: frozenset[str], text: str) -> int:
    return len({figure.value for figure in figures(text) if figure.counted & MARKS == kind})


def of_others(newer: str, older: str, besides: frozenset[str] = frozenset()) -> bool:
    """Whether each text names somebody or somewhere that the other does not.

    `besides` are the stems of names that do not count.
    """
    one, other = _named(newer) - besides, _named(older) - besides
    return bool(one - other) and bool(other - one)


def _named(text: str) -> frozenset[str]:
    """Names as stems; a word that opens the text is no name for that alone, but a state is."""
    return frozenset(
        term
        for name in names_in(text)
        if name.span.start > 0 or country_named(name.text) is not None
        for term in terms(name.text)
    )


def _of_different_times(newer: str, older: str) -> bool:
    """Inflation in June does not revise inflation in May, nor those killed on Friday those killed
    on Monday; but the dead of Monday may have risen on Friday."""
    days, others = days_told(newer), days_told(older)
    kinds = [(days & _MONTH_NAMES, others & _MONTH_NAMES), (years_in(newer), years_in(older))]
    kinds.append((months_besides_english(newer), months_besides_english(older)))
    if not _CHANGED_SINCE.search(newer):
        kinds.append((_weekdays(days), _weekdays(others)))
    return any(one and other and not one & other for one, other in kinds)


def _weekdays(days: frozenset[str]) -> frozenset[str]:
    return frozenset(day for day in days if day.isalpha()) - _MONTH_NAMES


def years_in(text: str) -> frozenset[str]:
    """The years that a text names, as it writes them."""
    return frozenset(_YEAR.findall(text))


def _saying(text: str) -> frozenset[str]:
    words = (word for word in re.findall(r"[^\W\d_]+", text) if not is_stop_word(word))
    return frozenset(term for word in words for term in terms(word))
