"""Whom the sentences read so far were about, so that a later pronoun finds its name.

A pronoun is traced only where the text leaves one person: where somebody unknown was named since,
or somebody else whom it fits, it stays unknown.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable
from dataclasses import dataclass

from corpus.article import Span
from retrieval.attribution.mentions import Kind
from retrieval.words.parties import country_named
from retrieval.words.sentence_tokens import words


@dataclass(frozen=True, slots=True)
class Named:
    """A speaker by the fullest name that the text gives."""

    name: str
    kind: Kind
    role: str = ""


@dataclass(frozen=True, slots=True)
class _Heard:
    """Whom a sentence is about; nobody where it names somebody whom the text leaves unknown."""

    sentence: int
    end: int
    named: Named | None


class HeardSpeakers:
    """Speakers and subjects in the order of the text, and what it tells of their gender."""

    def __init__(self) -> None:
        """Nobody yet."""
        self._heard: list[_Heard] = []
        self._persons: list[tuple[int, str]] = []
        self._surnames: list[tuple[int, str]] = []
        self._proven: set[str] = set()
        self._gender: dict[str, str] = {}
        self._guessed: dict[str, str] = {}

    def add_person(self, full: str, position: int) -> None:
        """The text has the full name of a person here."""
        insort(self._persons, (position, full))

    def add_surnames(self, alone: Iterable[tuple[int, str]]) -> None:
        """Words that stand alone with a capital: the last names of those added count as named."""
        known: dict[str, set[str]] = {}
        for _, full in self._persons:
            known.setdefault(full.rsplit(maxsplit=1)[-1], set()).add(full)
        self._surnames = sorted(
            (position, full) for position, word in alone for full in known.get(word, ())
        )

    def prove(self, full: str) -> None:
        """The text tells what this name's bearer is, or what it says: it is no place or thing."""
        self._proven.add(full)

    def note_gender(self, name: str, role: str) -> None:
        """What a role tells of its bearer: "spokeswoman", and "wife" of "his wife"."""
        opening, *others = role.lower().split() or [""]
        told = {*others} if opening in _OWN else {opening, *others}
        if told & words("male") and not told & words("female"):
            self._gender.setdefault(name, "male")
        elif told & words("female") and not told & words("male"):
            self._gender.setdefault(name, "female")

    def heard(self, named: Named | None, index: int, end: int) -> None:
        """Sentence `index`, which ends at `end`, is about this speaker, or somebody unknown."""
        self._heard.append(_Heard(index, end, named))

    def owner(self, possessive: str, but: str, first: int) -> str:
        """Whose "its" or "her" is, heard since sentence `first`, `but` somebody; or ""."""
        for one in reversed(self._heard):
            if one.named is None:
                continue
            # "Its" owner may look like a person ("Orla Hydro"), but is none of known gender.
            fits = _PERSON if possessive in {"his", "her"} else _BODY | _PERSON
            gendered = fits is not _PERSON and one.named.name in self._gender
            kind = one.named.kind
            if one.sentence >= first and kind in fits and one.named.name != but and not gendered:
                return one.named.name
        return ""

    def behind_pronoun(self, pronoun: str, index: int, reach: int, until: int) -> Named | None:
        """The speaker last heard who fits a pronoun; None in doubt.

        Within `reach` sentences, and where nobody else whom it fits was named `until` there.
        """
        wanted = _PRONOUNS.get(pronoun.lower())
        if wanted is None:
            return None
        kinds, gender = wanted
        for heard in reversed(self._heard):
            if index - heard.sentence > reach:
                return None
            named = heard.named
            if gender and (named is None or named.kind == "unknown" or " and " in named.name):
                return None
            if named is None or named.kind not in kinds:
                continue
            if pronoun.lower() == "they" and not _is_several(named.name.lower()):
                continue
            if gender and not self._may_be(named.name, gender):
                continue
            if gender and self.names_another(named.name, pronoun, Span(heard.end, until)):
                return None
            return self._guess(named, gender) if gender else named
        return None

    def fits(self, named: Named, pronoun: str) -> bool:
        """Whether a pronoun can stand for a person, as far as the text tells."""
        kinds, gender = _PRONOUNS.get(pronoun.lower(), (frozenset(), ""))
        return bool(gender) and named.kind in kinds and self._may_be(named.name, gender)

    def names_another(self, name: str, pronoun: str, between: Span) -> bool:
        """Whether a stretch of the text names somebody else of its gender, if only by surname."""
        _, gender = _PRONOUNS.get(pronoun.lower(), (frozenset(), ""))
        own = name.rsplit(maxsplit=1)[-1]
        named = self._persons[_places(self._persons, between)]
        alone = self._surnames[_places(self._surnames, between)]
        others = [full for _, full in named]
        others += [full for _, full in alone if full in self._proven]
        return any(
            self._gender.get(full, gender) == gender
            and full.rsplit(maxsplit=1)[-1] != own
            and country_named(full) is None
            for full in others
        )

    def _may_be(self, name: str, gender: str) -> bool:
        return self._gender.get(name, gender) == gender

    def _guess(self, named: Named, gender: str) -> Named | None:
        """The person, unless traced before as the other gender: one of the two was wrong.

        What was guessed counts against this person alone, never for another.
        """
        return named if self._guessed.setdefault(named.name, gender) == gender else None


_OWN = frozenset({"his", "her"})


def _places(named: list[tuple[int, str]], between: Span) -> slice:
    return slice(bisect_left(named, (between.start, "")), bisect_left(named, (between.end, "")))


def _is_several(name: str) -> bool:
    """Whether "they" can say something: officials and the police, and no figures."""
    head = name.rsplit(maxsplit=1)[-1]
    return name.endswith(("s", "police")) and head not in words("documents")


_PERSON: frozenset[Kind] = frozenset({"person"})
_BODY: frozenset[Kind] = frozenset({"organisation", "description", "unknown"})
_PRONOUNS: dict[str, tuple[frozenset[Kind], str]] = {
    "he": (_PERSON, "male"),
    "she": (_PERSON, "female"),
    "it": (_BODY, ""),
    "they": (frozenset({"description"}), ""),
    "er": (_PERSON, "male"),
    "il": (_PERSON, "male"),
    "él": (_PERSON, "male"),
    "elle": (_PERSON, "female"),
    "ella": (_PERSON, "female"),
    "он": (_PERSON, "male"),
    "він": (_PERSON, "male"),
    "она": (_PERSON, "female"),
    "вона": (_PERSON, "female"),
}
