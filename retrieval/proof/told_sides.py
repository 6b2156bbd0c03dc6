"""The sides and the remarks of an answer, held against the quotes that they refer to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from corpus.article import Article
from index.store import StoreReader
from retrieval.attribution.speakers import Attribution
from retrieval.disputes.claims import party_of
from retrieval.disputes.side_labels import misnames, parts_of_label
from retrieval.proof.claimed_quotes import DEEPEST, WRAPPINGS
from retrieval.proof.told_speakers import spoken_in
from retrieval.words.parties import countries_in, country_named

_REVISED = re.compile(r"\[(\d{1,9})\] is later and says (.+) where \[(\d{1,9})\] says (.+)")


class Fault(NamedTuple):
    """What is told otherwise, where in the answer, and whether it is no side at all."""

    place: str
    detail: str
    malformed: bool = False


def faults_beside(answer: object, standing: Mapping[str, bool], store: StoreReader) -> list[Fault]:
    """What an answer of any face tells of its quotes together otherwise than it is.

    `standing` has for each place of a quote ("quotes[0]") whether it was proven.
    """
    return list(_faults(answer, "", DEEPEST, standing, store))


def _faults(
    value: object, place: str, levels: int, standing: Mapping[str, bool], store: StoreReader
) -> Iterator[Fault]:
    if levels == 0:
        return
    if isinstance(value, list):
        for number, one in enumerate(value):
            yield from _faults(one, f"{place}[{number}]", levels - 1, standing, store)
    if not isinstance(value, Mapping):
        return
    before = f"{place}." if place else ""
    quotes = value.get("quotes")
    numbered = _Numbered(quotes if isinstance(quotes, list) else [], before, standing)
    sides = value.get("sides")
    if sides is not None and not isinstance(sides, list):
        yield Fault(f"{before}sides", "is no list of sides", malformed=True)
    for number, side in enumerate(sides if isinstance(sides, list) else ()):
        yield from _faults_of_side(side, f"{before}sides[{number}]", numbered, store)
    notes = value.get("notes")
    for number, note in enumerate(notes if isinstance(notes, list) else ()):
        yield from _faults_of_note(note, f"{before}notes[{number}]", numbered)
    for field in WRAPPINGS:
        yield from _faults(value.get(field), before + field, levels - 1, standing, store)


class _Numbered:
    """The quotes of one answer by the numbers that they say they have."""

    def __init__(self, quotes: Sequence[Any], before: str, standing: Mapping[str, bool]) -> None:
        self._quotes: dict[int, tuple[Mapping[str, Any], bool]] = {}
        for place, quote in enumerate(quotes):
            number = quote.get("number") if isinstance(quote, Mapping) else None
            if isinstance(number, int):
                stands = standing.get(f"{before}quotes[{place}]", False)
                self._quotes.setdefault(number, (quote, stands))

    def __contains__(self, number: object) -> bool:
        return isinstance(number, int) and number in self._quotes

    def __getitem__(self, number: int) -> Mapping[str, Any]:
        return self._quotes[number][0]

    def stands(self, number: int) -> bool:
        """Whether the quote with a number was proven."""
        return self._quotes[number][1]


def _faults_of_side(
    side: object, place: str, quotes: _Numbered, store: StoreReader
) -> Iterator[Fault]:
    """At most one."""
    label = side.get("speaker") if isinstance(side, Mapping) else None
    numbers = side.get("quotes") if isinstance(side, Mapping) else None
    if not isinstance(label, str) or not label or not isinstance(numbers, list) or not numbers:
        yield Fault(place, "is no side with speaker and quotes", malformed=True)
        return
    for number in numbers:
        if number not in quotes:
            yield Fault(place, f"has {str(number)[:60]!r}, which is no quote of this answer")
            return
        if not quotes.stands(number):
            yield Fault(place, f"rests on quote {number}, which is not proven")
            return
    told = [quotes[number] for number in numbers]
    fault = misnames(label, [one for quote in told for one in _speakers(quote, store)])
    fault = fault or _of_another_state(label, told, store)
    if fault:
        yield Fault(place, fault)


def _speakers(quote: Mapping[str, Any], store: StoreReader) -> list[str]:
    """Whom a proven quote names, else who speaks there as its article is read; one, or nobody."""
    if isinstance(quote.get("speaker"), str) and quote["speaker"]:
        return [quote["speaker"]]
    return [who.speaker for _, who in _read(quote, store)][:1]


def _of_another_state(
    label: str, told: Sequence[Mapping[str, Any]], store: StoreReader
) -> str | None:
    """A fault of the state that several speak for.

    It must be that of one of them, or be named in an article where none of them tells theirs.
    """
    state, _ = parts_of_label(label)
    if state is None:
        return None
    read = [one for quote in told for one in _read(quote, store)]
    states = {party_of(who) for _, who in read if country_named(party_of(who)) is not None}
    named = {one for article, _ in read for one in countries_in(f"{article.title} {article.text}")}
    if state in (states or named):
        return None
    return f"speaks for {state[:60]!r}, where its articles have {', '.join(states)[:60]!r}"


def _read(quote: Mapping[str, Any], store: StoreReader) -> list[tuple[Article, Attribution]]:
    """A proven quote's article, with each who speaks in it."""
    article = store.article(quote["article"]["id"])
    if article is None:
        return []
    return [(article, who) for who in spoken_in(article, quote["start"], quote["end"], store)]


def _faults_of_note(note: object, place: str, quotes: _Numbered) -> Iterator[Fault]:
    """Of a later figure: each of the two must stand in its quote. Other remarks tell no words."""
    found = _REVISED.fullmatch(note) if isinstance(note, str) else None
    if found is None:
        return
    newer, says, older, said = found.groups()
    for number, words in ((int(newer), says), (int(older), said)):
        if number in quotes and words not in str(quotes[number].get("text")):
            yield Fault(place, f"has {words[:60]!r}, which quote {number} does not say")
            return
    if int(newer) in quotes and int(older) in quotes:
        days = [str(_published(quotes[int(number)])) for number in (older, newer)]
        if days != sorted(days) or days[0] == days[1]:
            yield Fault(
                place, f"calls quote {newer} later: it is of {days[1]}, not after {days[0]}"
            )


def _published(quote: Mapping[str, Any]) -> object:
    source = quote.get("article")
    return source.get("published") if isinstance(source, Mapping) else None
