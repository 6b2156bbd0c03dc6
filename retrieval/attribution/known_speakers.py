"""The people and bodies that an article names, so that later mentions find their full name."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from corpus.article import Span
from retrieval.attribution.capital_runs import CapitalRun, LoneWord, capital_runs
from retrieval.attribution.heard_speakers import HeardSpeakers, Named
from retrieval.attribution.known_bodies import ARTICLES, KnownBodies
from retrieval.attribution.mentions import Mention, is_title
from retrieval.attribution.opening_subjects import plain_subject, subject_acts
from retrieval.attribution.person_names import name_of_a_person, past_openers
from retrieval.attribution.western_speech import is_western_title
from retrieval.words.parties import country_named
from retrieval.words.sentence_tokens import GENITIVE, Token, is_name_word, tokens_of, words

_ROLE = re.compile(r",\s+((?:an?|the)\s+[^,.;\n\x00]{3,80})")
_SMALL = re.compile(r"(?<!\w)[a-zа-яіїєґß-öø-ÿ]\w++")

_OWNER = re.compile(r"(?P<name>[^,;]{2,60}?)(?:[’']s|(?<=s)[’'])\s+\w")

_OWN = frozenset({"its", "their", "his", "her"})
_HONORIFICS = frozenset({"mr.", "mrs.", "ms.", "dr.", "mr", "mrs", "ms", "dr"})

OPENING_REACH = 120
"""Characters of a sentence in which its subject is looked for."""


class KnownSpeakers:
    """What an article tells of its speakers up to the sentence that is being read."""

    def __init__(self, blanked: str) -> None:
        """`blanked` is the article with its quotations blanked out."""
        self._people: dict[str, list[tuple[int, str]]] = {}
        self._by_first_name: dict[str, list[tuple[int, str]]] = {}
        self._spoken: set[str] = set()
        self._roles: dict[str, str] = {}
        self._titled: dict[str, set[str]] = {}
        self._held_alone: set[str] = set()
        self._bodies_of: dict[str, str] = {}
        self._small = frozenset(_SMALL.findall(blanked))
        self._bodies = KnownBodies()
        self._heard = HeardSpeakers()
        alone: list[tuple[int, str]] = []
        for run in capital_runs(blanked):
            if isinstance(run, LoneWord):
                alone.append((run.start, run.word))
                if run.title.lower() in words("titles"):
                    self._held_alone.add(run.word)
            elif run.is_body:
                self._bodies.add(blanked, run.tokens)
            else:
                alone.extend(self._register(blanked, run))
        self._heard.add_surnames(alone)

    def _register(self, blanked: str, run: CapitalRun) -> Iterator[tuple[int, str]]:
        """Keep whom a run names; yield a last name that it has alone: "Chief Lund"."""
        tokens = run.tokens
        start = 0
        for place, token in enumerate(tokens[:-1]):
            titled = is_title(tokens, place) or is_western_title(token)
            if titled or token.text.endswith(("’s", "'s")):
                start = place + 1
        if start and is_name_word(tokens[-1]):
            holder = GENITIVE.sub("", tokens[-1].text)
            self._titled.setdefault(tokens[start - 1].lower, set()).add(holder)
            if start == len(tokens) - 1:
                self._held_alone.add(holder)
        name = name_of_a_person(blanked, tokens[start:])
        rest = past_openers(blanked, tokens[start:])
        if len(rest) == 1:
            yield rest[0].start, GENITIVE.sub("", rest[0].text)
        for one in (tokens[start:], name):
            if len(one) > 1 and all(token.text[0].isupper() for token in one):
                full = blanked[one[0].start : one[-1].end]
                self._by_first_name.setdefault(one[0].text, []).append((one[0].start, full))
        if name:
            self._register_person(blanked, run, name)

    def _register_person(self, blanked: str, run: CapitalRun, name: Sequence[Token]) -> None:
        full = blanked[name[0].start : name[-1].end]
        if country_named(full) is not None or full.endswith(("’s", "'s")):
            full = GENITIVE.sub("", full)
        self._people.setdefault(full.split()[-1], []).append((name[0].start, full))
        role = blanked[run.opening : name[0].start].strip()
        if role or not run.is_placed:
            self._heard.add_person(full, name[0].start)
        following = _ROLE.match(blanked, name[-1].end)
        if following:
            role = f"{role} {following.group(1)}".strip()
        if role:
            self._note_role(full, role)

    def _note_role(self, name: str, role: str) -> None:
        self._roles.setdefault(name, role)
        self._heard.note_gender(name, role)
        self._heard.prove(name)

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
            elif name in self._held_alone or name in self._people:
                kind = "person"
        if kind == "organisation" and set(name.lower().split()) & words("organisations"):
            name = self._bodies.fuller(name, mention.span.start) or name
        self._heard.note_gender(name, mention.role)
        role = "" if mention.role.lower() in _HONORIFICS else mention.role
        if role:
            self._note_role(name, role)
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

    def _behind_description(self, mention: Mention) -> Named | None:
        """ "the ministry", "the spokesman": the last body or person that the text calls so."""
        described = [word for word in mention.name.split() if word.lower() not in ARTICLES]
        head = described[-1].lower()
        general = words("documents") | words("settlements")
        if mention.name.lower().startswith("the ") and head not in general:
            body = self._bodies.fuller(" ".join(described), mention.span.start)
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
        last = named.name.rsplit(maxsplit=1)[-1]
        if named.kind == "person" and last not in self._people:
            self._people[last] = [(sentence.start, named.name)]
        self._heard.prove(named.name)
        self._heard.heard(named, index, sentence.end)

    def opened(self, blanked: str, sentence: Span, index: int) -> None:
        """A sentence that nobody speaks: whom it is about may be a later pronoun's."""
        near = Span(sentence.start, min(sentence.end, sentence.start + OPENING_REACH))
        tokens = tokens_of(blanked, near)
        subject = plain_subject(blanked, tokens)
        named = None if subject is None else self.named(subject)
        if subject is None or named is None:
            return
        if named.kind != "unknown":
            self._heard.heard(named, index, sentence.end)
        elif self.leaves_unknown(tokens, subject, named):
            self.in_doubt(index, sentence)

    def leaves_unknown(self, tokens: Sequence[Token], subject: Mention, named: Named) -> bool:
        """Whether a subject, `named` by the text, may be a person of whom it tells one name only.

        A word that the text has small elsewhere is none: "Cases rose".
        """
        unknown = named.kind == "unknown" and subject.name.lower() not in self._small
        return unknown and subject_acts(tokens, subject)

    def in_doubt(self, index: int, sentence: Span) -> None:
        """From sentence `index` on a pronoun may be somebody whom the text leaves unknown."""
        self._heard.heard(None, index, sentence.end)

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
            body = self._bodies.fuller(plain, position) or self._full_name(plain, position)
            return body or owner["name"]
        if opening.lower() not in _OWN:
            return ""
        return self._heard.owner(opening.lower(), named.name, first)

    def behind_pronoun(self, pronoun: str, index: int, reach: int, until: int) -> Named | None:
        """The speaker or subject last heard who fits a pronoun; None in doubt.

        Whoever is named from then `until` that place may be meant too.
        """
        return self._heard.behind_pronoun(pronoun, index, reach, until)

    def fits(self, named: Named, pronoun: str) -> bool:
        """Whether a pronoun can stand for a person, as far as the text tells."""
        return self._heard.fits(named, pronoun)

    def is_somebody(self, named: Named, pronoun: str) -> bool:
        """Whether a name that a pronoun fits is surely a person's."""
        told = named.name in self._spoken or named.name in self._roles
        return told and self.fits(named, pronoun)

    def names_another(self, named: Named, pronoun: str, between: Span) -> bool:
        """Whether a stretch of the text names somebody else for whom the pronoun can stand."""
        return self._heard.names_another(named.name, pronoun, between)
