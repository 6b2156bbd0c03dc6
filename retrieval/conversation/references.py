"""Pronouns of a follow-up question, replaced by what the turn before was about."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from retrieval.conversation.own_antecedents import is_no_thing_named
from retrieval.conversation.turn_base import core_of
from retrieval.conversation.turn_focus import focus_of
from retrieval.conversation.turn_matter import those_counted
from retrieval.conversation.turn_topic import as_clause, asks_yes_or_no, topic_of, with_asking
from retrieval.words.turn_names import Name, content_words, names_in

MOST_SAID_BEFORE = 2
"""A pronoun after more words that say something has its noun among them."""

_PRONOUN = re.compile(
    r"(?<![\w’'])(?P<word>it|its|he|him|his|she|her|hers|they|them|their|there|this|that|these|those"
    r"|он|него|нём|нем|его|она|ней|её|ее|они|них|их|этом|этого|это|там"
    r"|він|нього|ньому|його|вона|неї|її|вони|їх|цього|це|там)(?![\w’'])",
    re.IGNORECASE,
)
_PEOPLE = frozenset(
    {"he", "him", "his", "she", "her", "hers", "он", "него", "нём", "нем", "его", "она", "ней"}
    | {"её", "ее", "він", "нього", "ньому", "його", "вона", "неї", "її"}
)
_GROUPS = frozenset({"they", "them", "their", "они", "них", "их", "вони", "їх"})
_POSSESSIVE = frozenset({"his", "its", "their", "her"})
_MATTERS = frozenset(
    {"этом", "этого", "это", "це", "цього", "this", "that", "these", "those", "it"}
)
_PREPOSITION = re.compile(
    r"(?<!\w)(?:about|of|on|to|for|with|after|before|by|against|from|behind|over|about\s+all"
    r"|о|об|про|от|до|після|после|на)\s+$",
    re.IGNORECASE,
)
# "Is it true that", "How long does it take", "How hot was it in": the pronoun stands for nothing
# before.
_WEATHER = (
    r"(?:hot|warm|cold|cool|chilly|icy|windy|stormy|cloudy|foggy|sunny|humid|dark|light|late|early)"
)
_SOMEWHEN = r"(?:in|at|on|near|outside|during|when|today|yesterday|tonight|last|this)"
_EXPLETIVE = re.compile(
    rf"how\s+{_WEATHER}\s+(?:is|was|will|did)\s+it(?:\s+(?:be|get))?\s+{_SOMEWHEN}(?!\w)"
    rf"|(?:is|was|will)\s+it\s+(?:be\s+)?{_WEATHER}\s+{_SOMEWHEN}(?!\w)"
    r"|how\s+far\s+(?:is|was)\s+it\s+(?:from|to)(?!\w)"
    r"|(?:does|did|will|would|has|is|was)\s+it\s+(?:rain|snow|hail|freeze|thunder|storm)(?:ed|s|ing)?(?!\w)|"
    r"(?:is|was|isn[’']t)\s+(?:it|this|that)\s+(?:(?:true|possible|likely|unlikely)(?:\s+that(?!\w))?|because"
    r"|(?:safe|legal|clear)\s+(?:to|for|that|if|whether))|(?:does|did|will|would)\s+it\s+(?:take|matter|seem|cost\s+to)|what\s+time\s+is\s+it"
    r"|(?:is|are|was|were|will|has|have)\s+there(?!\w)|there\s+(?:is|are|was|were|will|has|have)(?!\w)",
    re.IGNORECASE,
)
# "How warm will it be?" after "Will it rain?": of the weather too.
_WEATHER_AGAIN = re.compile(rf"how\s+{_WEATHER}\s+(?:is|was|will)\s+it(?:\s+be)?$", re.IGNORECASE)
_AUXILIARY = re.compile(r"(?<!\w)(?:has|had|did|does|will|would|can|could)\s+$", re.IGNORECASE)
_NO_DEED = re.compile(
    r"(?<!\w)(?:is|was|be|been|in|at|near|inside|into|around|through|across)\s+$", re.IGNORECASE
)
_ASKS_FOR_OWNER = re.compile(
    r"(?:who|which|what|whose)\s+(?!(?:is|are|was|were|do|does|did|has|have|had|will|would|can"
    r"|could|should|about)(?!\w))",
    re.IGNORECASE,
)
_PLACED = re.compile(r"(?<!\w)(?:of|in|at|from|near|the)\s+$", re.IGNORECASE)
_FOLLOWING_WORD = re.compile(r"\s+([^\W\d_]+)")
_DETERMINES = re.compile(r"\s+[^\W\d_]{2,}")
_FOLLOWED_BY_VERB = re.compile(
    r"\s+(?:is|are|was|were|do|does|did|has|have|had|will|would|can|could|should|might|may|mean|means"
    r"|happen|happened|happening|start|started|begin|end|ended|work|say|said)(?!\w)",
    re.IGNORECASE,
)
_SAID_ABOUT = re.compile(
    r"(?<!\w)(?:say|said|think|thought|write|wrote|know|tell\s+\w+|told\s+\w+|comment|claim|report"
    r"|сказал[аи]?|думает|сказа(?:в|ла|ли)|думає)\s+(?:anything\s+|something\s+)?(?:about|of|on|об?|про)"
    r"\s+$",
    re.IGNORECASE,
)
_HAPPENING = re.compile(
    r"(?:(?:explain|describe|say|tell\s+me|show\s+me)\s+)?(?P<asking>why|when|where|how)\s+"
    r"(?:(?:did|does|has|will|is|was)\s+(?:it|this|that)\s+"
    r"(?:happen|happened|occur|occurred|take\s+place|happening|(?P<begins>start|begin))"
    r"|(?:it|this|that)\s+(?:happened|occurred|took\s+place))$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class _Before:
    """The question before, as far as each pronoun may need it; nothing is looked for twice."""

    previous: str
    turn_names: Sequence[str]
    known: Collection[str]

    @cached_property
    def core(self) -> str:
        return core_of(self.previous)

    @cached_property
    def names(self) -> Sequence[Name]:
        return names_in(self.previous, self.known)

    @cached_property
    def focus(self) -> str | None:
        return focus_of(self.core)

    @cached_property
    def clause(self) -> str | None:
        return as_clause(self.core)

    @cached_property
    def topic(self) -> str | None:
        span = topic_of(self.core)
        return span.of(self.core) if span else None

    @cached_property
    def counted(self) -> str | None:
        return those_counted(self.core)

    @cached_property
    def person(self) -> str | None:
        return _person(self.names, self.previous, self.turn_names)

    def matter(self, governed: bool) -> str | None:
        """What "it" means: what was asked about, else all that was asked, else its last thing."""
        return self.topic or (self.clause if governed else None) or self.focus


def replace_references(
    body: str, previous: str, turn_names: Sequence[str], known: Collection[str]
) -> str | None:
    """`body` with its pronouns replaced; None where it has none that point to the turn before.

    A pronoun whose name stands before it in the same question stays as it is.
    """
    before = _Before(previous, turn_names, known)
    if _WEATHER_AGAIN.match(body) and _EXPLETIVE.search(before.core):
        return None
    happening = _HAPPENING.fullmatch(body)
    # A trial begins, what somebody did happens.
    begins = happening and happening["begins"] and not asks_yes_or_no(before.core)
    if happening and not (begins and before.focus):
        return with_asking(happening["asking"], before.core)
    own_names = names_in(body, known)
    own_words = set(content_words(body))
    found = [
        (match, replacement)
        for match in _pronouns(body)
        if (replacement := _replacement(match, body, own_names, before))
        # "its ministry" is not the ministry’s.
        and own_words.isdisjoint(content_words(replacement))
    ]
    things = {replacement for match, replacement in found if match["word"].casefold() in _MATTERS}
    parts: list[str] = []
    position = 0
    for match, replacement in found:
        # "Why did they sell it": those who sell are not what is sold.
        if match["word"].casefold() in _GROUPS and replacement in things:
            continue
        parts += [body[position : match.start()], replacement]
        position = match.end()
    return "".join([*parts, body[position:]]) if parts else None


def points_back(body: str) -> bool:
    """Whether a pronoun stands in a question, whatever it means."""
    return next(_pronouns(body), None) is not None


def _pronouns(body: str) -> Iterator[re.Match[str]]:
    """Those that may stand for something: not the "it" of "Is it true that he denied that?"."""
    expletives = [match.span() for match in _EXPLETIVE.finditer(body)]
    for match in _PRONOUN.finditer(body):
        if not any(start <= match.start() < end for start, end in expletives):
            yield match


def _replacement(
    match: re.Match[str],
    body: str,
    own_names: Sequence[Name],
    before: _Before,
) -> str | None:
    word = match["word"].casefold()
    after = body[match.end() :]
    governed = bool(_PREPOSITION.search(body[: match.start()]))
    named_before = any(
        not (word in _MATTERS and is_no_thing_named(name, body, match.span()))
        for name in own_names
        if name.span.end <= match.start()
    )
    if named_before and not governed:
        return None
    if _meant_within(word, body, match.start()):
        return None
    if word in _PEOPLE:
        named_person = any(name.kind == "person" for name in own_names)
        found = None if named_person else before.person
        return _in_form(found, word, after)
    if word in {"there", "там"}:
        place = next((name.text for name in reversed(before.names) if name.kind == "state"), None)
        return f"in {place}" if place and word == "there" else place
    if word in _GROUPS or word == "its":
        subject = next((name.text for name in before.names if name.kind != "person"), None)
        if governed and word != "its":
            subject = before.matter(governed)
        if word != "its":
            subject = before.counted or subject
        return _in_form(subject or before.focus, word, after)
    if word in _MATTERS:
        determines = word not in {"it", "это", "це"} and _DETERMINES.match(after)
        if determines and not _FOLLOWED_BY_VERB.match(after):
            return None
        if word == "it" and _AUXILIARY.search(body[: match.start()]) and _DETERMINES.match(after):
            subject = next((name.text for name in before.names if name.kind != "person"), None)
            return subject or before.matter(governed)
        # What somebody did can be denied or decided, what is asked when or where cannot.
        acted_on = not after.strip() and not _NO_DEED.search(body[: match.start()])
        acted_on = acted_on and asks_yes_or_no(before.core)
        return before.matter(governed or acted_on)
    return None


def _meant_within(word: str, body: str, start: int) -> bool:
    """Whether the question itself says before the pronoun who or what is meant.

    "Which country lost its king": what is asked for is the owner.
    """
    before = body[:start]
    said = content_words(before)
    if not _is_possessive(word, body[start + len(word) :]):
        # A name of two words says no more than one of one.
        further = sum(len(content_words(name.text)) - 1 for name in names_in(before))
        asks_what_is_said = _SAID_ABOUT.search(before) and not content_words(body[start:])
        return not asks_what_is_said and len(said) - max(further, 0) > MOST_SAID_BEFORE
    return len(said) > 1 or bool(_ASKS_FOR_OWNER.match(body))


def _person(there: Sequence[Name], previous: str, turn_names: Sequence[str]) -> str | None:
    """The person last asked about, else the first that the last answer spoke of."""
    asked = [
        name.text
        for name in there
        if name.kind == "person" and not _PLACED.search(previous[: name.span.start])
    ]
    if asked:
        return asked[-1]
    for name in turn_names:
        parsed = names_in(name)
        if len(parsed) == 1 and parsed[0].kind == "person" and " " in parsed[0].text:
            return parsed[0].text
    return None


def _is_possessive(word: str, after: str) -> bool:
    if word != "her":
        return word in _POSSESSIVE
    follows = _FOLLOWING_WORD.match(after)
    return follows is not None and bool(content_words(follows.group(1)))


def _in_form(name: str | None, word: str, after: str) -> str | None:
    """With ’s where the pronoun was possessive; "her" is so before a word that says something."""
    if name is None or not _is_possessive(word, after):
        return name
    return f"{name}’" if name.endswith("s") else f"{name}’s"
