"""The people and bodies that an article names, so that later mentions find their full name."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.article import Span
from retrieval.attribution.mentions import Kind, Mention, is_title
from retrieval.attribution.opening_subjects import plain_subject
from retrieval.attribution.western_speech import is_western_title, opens_a_clause
from retrieval.words.parties import country_named
from retrieval.words.sentence_tokens import Token, is_name_word, tokens_of, words

_CAPITALISED = re.compile(
    r"(?<!\w)[^\W\d_a-zа-яіїєґ][\w’'\-‑]*+"
    r"(?:[ \u00a0](?:(?:of|for|and|the|de|van|von|der|al|bin)[ \u00a0]){0,2}"
    r"(?:[A-ZА-ЯЁІЇЄҐ]\.[ \u00a0])?[^\W\d_a-zа-яіїєґ][\w’'\-‑]*+){1,6}"
)
_ROLE = re.compile(r",\s+((?:an?|the)\s+[^,.;\n\x00]{3,80})")
_POSSESSIVE = re.compile(r"[’']s?$")

_OF_A_PLACE = re.compile(r"(?<!\w)(?:the|an?|in|at|from|near|into|across|around)\s$", re.IGNORECASE)
"""What stands before the names of places and things, hardly before those of people."""

_OWNER = re.compile(r"(?P<name>[^,;]{2,60}?)(?:[’']s|(?<=s)[’'])\s+\w")

_ARTICLES = frozenset({"the", "a", "an"})
_OWN = frozenset({"its", "their", "his", "her"})
_HONORIFICS = frozenset({"mr.", "mrs.", "ms.", "dr.", "mr", "mrs", "ms", "dr"})

OPENING_REACH = 120
"""Characters of a sentence in which its subject is looked for."""


@dataclass(frozen=True, slots=True)
class Named:
    """A speaker by the fullest name that the text gives."""

    name: str
    kind: Kind
    role: str = ""


class KnownSpeakers:
    """What an article tells of its speakers up to the sentence that is being read."""

    def __init__(self, blanked: str) -> None:
        """`blanked` is the article with its quotations blanked out."""
        self._people: dict[str, list[tuple[int, str]]] = {}
        self._by_first_name: dict[str, list[tuple[int, str]]] = {}
        self._spoken: set[str] = set()
        self._persons: list[tuple[int, str]] = []
        self._bodies: list[tuple[int, str, frozenset[str]]] = []
        self._roles: dict[str, str] = {}
        self._titled: dict[str, set[str]] = {}
        self._bodies_of: dict[str, str] = {}
        self._gender: dict[str, str] = {}
        self._recent: list[tuple[int, int, Named]] = []
        for match in _CAPITALISED.finditer(blanked):
            self._register(blanked, match)

    def _register(self, blanked: str, match: re.Match[str]) -> None:
        tokens = tokens_of(blanked, Span(*match.span()))
        lowers = frozenset(_POSSESSIVE.sub("", token.lower) for token in tokens)
        if lowers & words("organisations"):
            while tokens and not is_name_word(tokens[0]):
                tokens = tokens[1:]
            body = blanked[tokens[0].start : tokens[-1].end] if tokens else match.group()
            self._bodies.append((match.start(), _POSSESSIVE.sub("", body), lowers - _ARTICLES))
            return
        start = 0
        for place, token in enumerate(tokens[:-1]):
            titled = is_title(tokens, place) or is_western_title(token)
            if titled or token.text.endswith(("’s", "'s")):
                start = place + 1
        if start and is_name_word(tokens[-1]):
            holder = _POSSESSIVE.sub("", tokens[-1].text)
            self._titled.setdefault(tokens[start - 1].lower, set()).add(holder)
        name = _name_of_a_person(blanked, tokens[start:])
        for one in (tokens[start:], name):
            if len(one) > 1 and all(token.text[0].isupper() for token in one):
                full = blanked[one[0].start : one[-1].end]
                self._by_first_name.setdefault(one[0].text, []).append((one[0].start, full))
        if name:
            self._register_person(blanked, match, tokens, name)

    def _register_person(
        self, blanked: str, match: re.Match[str], tokens: Sequence[Token], name: Sequence[Token]
    ) -> None:
        full = blanked[name[0].start : name[-1].end]
        if country_named(full) is not None or full.endswith(("’s", "'s")):
            full = _POSSESSIVE.sub("", full)
        last = full.split()[-1]
        self._people.setdefault(last, []).append((name[0].start, full))
        opening = next(place for place, token in enumerate(tokens) if is_name_word(token))
        role = blanked[tokens[opening].start : name[0].start].strip()
        if role or not _OF_A_PLACE.search(blanked, max(0, match.start() - 12), match.start()):
            insort(self._persons, (name[0].start, full))
        following = _ROLE.match(blanked, name[-1].end)
        if following:
            role = f"{role} {following.group(1)}".strip()
        if role:
            self._roles.setdefault(full, role)
            self._note_gender(full, role)

    def _note_gender(self, name: str, role: str) -> None:
        told = set(role.lower().split())
        if told & words("male") and not told & words("female"):
            self._gender.setdefault(name, "male")
        elif told & words("female") and not told & words("male"):
            self._gender.setdefault(name, "female")

    def named(self, mention: Mention) -> Named | None:
        """The fullest name of a mention; itself where the text gives no fuller one."""
        if mention.kind == "description":
            return self._behind_description(mention)
        name = mention.name
        kind = mention.kind
        if kind in {"person", "unknown"} and " " not in name:
            full = self._full_name(name, mention.span.start)
            if full is not None:
                name, kind = full, "person"
        if kind == "organisation" and set(name.lower().split()) & words("organisations"):
            name = self._fuller_body(name, mention.span.start) or name
        self._note_gender(name, mention.role)
        role = "" if mention.role.lower() in _HONORIFICS else mention.role
        if role:
            self._roles.setdefault(name, role)
        return Named(name, kind, role or self._roles.get(name, ""))

    def _full_name(self, name: str, position: int) -> str | None:
        """The one full name with this surname so far; None where there are several.

        Else the one that begins with it, of somebody who spoke or whose role is told: a first
        name, or the family's in Chinese ("Xi").
        """
        known = self._people.get(name, [])
        names = {full for _, full in known[: bisect_left(known, (position, ""))]}
        if names:
            return names.pop() if len(names) == 1 else None
        begun = self._by_first_name.get(name, [])
        names = {full for _, full in begun[: bisect_left(begun, (position, ""))]}
        if len(names) != 1 or country_named(name) is not None:
            return None
        full = names.pop()
        return full if full in self._roles or full in self._spoken else None

    def _fuller_body(self, name: str, position: int) -> str | None:
        """The last body named before whose name holds all words of this one."""
        wanted = {word.lower() for word in name.split()}
        same: str | None = None
        for _, body, parts in reversed(self._bodies[: bisect_left(self._bodies, (position,))]):
            if wanted < parts:
                return body
            if wanted == parts:
                same = body
        return same

    def _behind_description(self, mention: Mention) -> Named | None:
        """ "the ministry", "the spokesman": the last body or person that the text calls so."""
        described = [word for word in mention.name.split() if word.lower() not in _ARTICLES]
        head = described[-1].lower()
        general = words("documents") | words("settlements")
        if mention.name.lower().startswith("the ") and head not in general:
            body = self._fuller_body(" ".join(described), mention.span.start)
            if body is not None:
                return Named(body, "organisation")
            called = [name for name, role in self._roles.items() if head in role.lower().split()]
            people = [
                name for name in called if not any(one.endswith(f" {name}") for one in called)
            ]
            if len(people) == 1 and self._alone_holds(people[0], head):
                return Named(people[0], "person", self._roles[people[0]])
        return Named(mention.name, "description", mention.name)

    def _alone_holds(self, name: str, title: str) -> bool:
        """Whether nobody else bears a title, "Pope Francis" beside "Pope John Paul II" included."""
        return title in words("titles") and self._titled.get(title, set()) <= {
            name.rsplit(maxsplit=1)[-1]
        }

    def spoke(self, named: Named, index: int, sentence: Span) -> None:
        """Sentence `index` was attributed to this speaker."""
        self._spoken.add(named.name)
        self._heard(named, index, sentence)

    def opened(self, blanked: str, sentence: Span, index: int) -> None:
        """A sentence that nobody speaks: whom it is about may be a later pronoun's."""
        near = Span(sentence.start, min(sentence.end, sentence.start + OPENING_REACH))
        subject = plain_subject(blanked, tokens_of(blanked, near))
        name = None if subject is None else self.named(subject)
        if name is not None and name.kind != "unknown":
            self._heard(name, index, sentence)

    def _heard(self, named: Named, index: int, sentence: Span) -> None:
        self._recent.append((index, sentence.end, named))

    def body_of(self, named: Named, index: int, reach: int, position: int) -> str:
        """Whom a speaker's role says that the speaker speaks for ("its chairman"), or ""."""
        if named.kind == "person" and named.role and named.name not in self._bodies_of:
            self._bodies_of[named.name] = self._owner(named, index - reach, position)
        return self._bodies_of.get(named.name, "")

    def _owner(self, named: Named, first: int, position: int) -> str:
        opening, _, office = named.role.partition(" ")
        if not words("of_their_own").isdisjoint(office.lower().split()):
            return ""
        owner = _OWNER.match(named.role)
        if owner is not None:
            plain = owner["name"].removeprefix("the ").removeprefix("The ")
            body = self._fuller_body(plain, position) or self._full_name(plain, position)
            return body or owner["name"]
        if opening.lower() not in _OWN:
            return ""
        for place, _, one in reversed(self._recent):
            # "Its" owner may look like a person ("Orla Hydro"), but is none of known gender.
            fits = _PERSON if opening.lower() in {"his", "her"} else _BODY | _PERSON
            gendered = fits is not _PERSON and one.name in self._gender
            if place >= first and one.kind in fits and one.name != named.name and not gendered:
                return one.name
        return ""

    def behind_pronoun(self, pronoun: str, index: int, reach: int, position: int) -> Named | None:
        """The speaker last heard who fits the pronoun at `position`; None in doubt.

        Within `reach` sentences, and where nobody else whom it fits was named since.
        """
        wanted = _PRONOUNS.get(pronoun.lower())
        if wanted is None:
            return None
        kinds, gender = wanted
        for place, end, named in reversed(self._recent):
            if index - place > reach:
                return None
            if named.kind not in kinds:
                continue
            known = self._gender.get(named.name)
            if gender and known and known != gender:
                continue
            if pronoun.lower() == "they" and not _is_several(named.name.lower()):
                continue
            if gender and " and " in named.name:
                continue
            if gender and self._names_another(named.name, gender, Span(end, position)):
                return None
            if gender:
                self._gender.setdefault(named.name, gender)
            return named
        return None

    def fits(self, named: Named, pronoun: str) -> bool:
        """Whether a pronoun can stand for a person, as far as the text tells."""
        kinds, gender = _PRONOUNS.get(pronoun.lower(), (frozenset(), ""))
        known = self._gender.get(named.name, gender)
        return bool(gender) and named.kind in kinds and known == gender

    def _names_another(self, name: str, gender: str, between: Span) -> bool:
        """Whether a stretch of the text has the full name of somebody else of that gender."""
        own = name.rsplit(maxsplit=1)[-1]
        first = bisect_left(self._persons, (between.start, ""))
        last = bisect_left(self._persons, (between.end, ""))
        return any(
            self._gender.get(full, gender) == gender
            and full.rsplit(maxsplit=1)[-1] != own
            and country_named(full) is None
            for _, full in self._persons[first:last]
        )


def _name_of_a_person(blanked: str, name: Sequence[Token]) -> Sequence[Token]:
    """The words of a name that are a person's; none where it is that of a place or a title."""
    if name[0].lower in {"of", "for"}:
        name = name[-2:] if len(name) > 3 else []
    while name and (not is_name_word(name[0]) or opens_a_clause(name)):
        name = name[1:]
    if not 2 <= len(name) <= 4 or not all(is_name_word(one) for one in name):
        return []
    last = name[-1].lower
    titled = blanked[name[-1].end : name[-1].end + 1] == "." and f"{last}." in words("titles")
    return [] if titled or last in words("places") else name


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
