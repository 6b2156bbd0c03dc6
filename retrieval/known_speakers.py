"""The people and bodies that an article names, so that later mentions find their full name."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache

from corpus.article import Span
from retrieval.mentions import Kind, Mention
from retrieval.parties import country_named
from retrieval.sentence_tokens import Token, is_name_word, tokens_of, words

_CAPITALISED = re.compile(
    r"(?<!\w)[^\W\d_a-zа-яіїєґ][\w’'\-‑]*+"
    r"(?:[ \u00a0](?:(?:of|for|and|the|de|van|von|der|al|bin)[ \u00a0]){0,2}"
    r"(?:[A-ZА-ЯЁІЇЄҐ]\.[ \u00a0])?[^\W\d_a-zа-яіїєґ][\w’'\-‑]*+){1,6}"
)
_ROLE = re.compile(r",\s+((?:an?|the)\s+[^,.;\n\x00]{3,80})")
_POSSESSIVE = re.compile(r"[’']s?$")

_ARTICLES = frozenset({"the", "a", "an"})
_HONORIFICS = frozenset({"mr.", "mrs.", "ms.", "dr.", "mr", "mrs", "ms", "dr"})


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
        self._bodies: list[tuple[int, str, frozenset[str]]] = []
        self._roles: dict[str, str] = {}
        self._gender: dict[str, str] = {}
        self._recent: list[tuple[int, Named]] = []
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
            if token.lower in words("titles") or token.text.endswith(("’s", "'s")):
                start = place + 1
        name = tokens[start:]
        if name[0].lower in {"of", "for"}:
            name = name[-2:] if len(name) > 3 else []
        while name and not is_name_word(name[0]):
            name = name[1:]
        if not 2 <= len(name) <= 4 or not all(is_name_word(one) for one in name):
            return
        full = blanked[name[0].start : name[-1].end]
        if country_named(full) is not None or full.endswith(("’s", "'s")):
            full = _POSSESSIVE.sub("", full)
        last = full.split()[-1]
        self._people.setdefault(last, []).append((name[0].start, full))
        role = blanked[match.start() : name[0].start].strip()
        if role.lower() in words("not_names"):
            role = ""
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

    def _full_name(self, surname: str, position: int) -> str | None:
        """The one full name with this surname so far; None where there are several."""
        known = self._people.get(surname, [])
        names = {full for _, full in known[: bisect_left(known, (position, ""))]}
        return names.pop() if len(names) == 1 else None

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
        if mention.name.lower().startswith("the "):
            body = self._fuller_body(" ".join(described), mention.span.start)
            if body is not None:
                return Named(body, "organisation")
            people = [name for name, role in self._roles.items() if head in role.lower().split()]
            if len(people) == 1 and head in words("titles"):
                return Named(people[0], "person", self._roles[people[0]])
        return Named(mention.name, "description", mention.name)

    def spoke(self, named: Named, index: int) -> None:
        """Sentence `index` was attributed to this speaker."""
        self._recent.append((index, named))

    def opened(self, blanked: str, sentence: Span, index: int) -> None:
        """A sentence that nobody speaks: the name it opens with may be a later pronoun's."""
        tokens = tokens_of(blanked, Span(sentence.start, min(sentence.end, sentence.start + 80)))
        place = 0
        while place < len(tokens) and tokens[place].lower in {"but", "and", "yet", "the", "so"}:
            place += 1
        end = place
        while end < len(tokens) and is_name_word(tokens[end]):
            end += 1
        if end == place or end >= len(tokens) or not _goes_on_plainly(tokens[end]):
            return
        if tokens[end - 1].text.endswith(("’s", "'s")):
            return
        span = Span(tokens[place].start, tokens[end - 1].end)
        kind = _kind_of(span.of(blanked))
        name = self.named(Mention(span.of(blanked), span, kind))
        if name is not None and name.kind != "unknown":
            self._recent.append((index, name))

    def behind_pronoun(self, pronoun: str, index: int, reach: int) -> Named | None:
        """The speaker last heard who fits the pronoun, within `reach` sentences; None in doubt."""
        wanted = _PRONOUNS.get(pronoun.lower())
        if wanted is None:
            return None
        kinds, gender = wanted
        for place, named in reversed(self._recent):
            if index - place > reach:
                return None
            if named.kind not in kinds:
                continue
            known = self._gender.get(named.name)
            if gender and known and known != gender:
                continue
            if pronoun.lower() == "they" and not named.name.lower().endswith(("s", "police")):
                continue
            if gender:
                self._gender.setdefault(named.name, gender)
            return named
        return None


def _goes_on_plainly(token: Token) -> bool:
    """A lower-case word after a name: it is the subject, no list, heading or credit."""
    return token.text[0].islower() and token.lower not in {"and", "of", "or"}


_PERSON: frozenset[Kind] = frozenset({"person"})
_BODY: frozenset[Kind] = frozenset({"organisation", "description", "unknown"})
_PRONOUNS: dict[str, tuple[frozenset[Kind], str]] = {
    "he": (_PERSON, "male"),
    "she": (_PERSON, "female"),
    "it": (_BODY, ""),
    "they": (frozenset({"description"}), ""),
    "он": (_PERSON, "male"),
    "він": (_PERSON, "male"),
    "она": (_PERSON, "female"),
    "вона": (_PERSON, "female"),
}


@cache
def _kind_of(name: str) -> Kind:
    parts = [word.lower() for word in name.split()]
    if words("organisations").intersection(parts) or country_named(name) is not None:
        return "organisation"
    if parts[-1].endswith("s") and country_named(parts[-1]) is not None:  # a people
        return "organisation"
    return "person" if 2 <= len(name.split()) <= 3 else "unknown"
