"""Pronouns of a follow-up question, replaced by what the turn before was about."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from retrieval.turn_names import Name, content_words, conversation_words, names_in
from retrieval.turn_topic import as_clause, focus_of, topic_of

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
# "Is it true that", "How long does it take": the pronoun stands for nothing before.
_EXPLETIVE = re.compile(
    r"(?:is|was|isn[’']t)\s+(?:it|this|that)\s+(?:true|possible|likely|unlikely|safe|legal|clear|raining"
    r"|snowing|because)|(?:does|did|will|would)\s+it\s+(?:take|matter|seem|cost\s+to)|what\s+time\s+is\s+it"
    r"|(?:is|are|was|were|will|has|have)\s+there(?!\w)|there\s+(?:is|are|was|were|will|has|have)(?!\w)",
    re.IGNORECASE,
)
_AUXILIARY = re.compile(r"(?<!\w)(?:has|had|did|does|will|would|can|could)\s+$", re.IGNORECASE)
_BEING = re.compile(r"(?<!\w)(?:is|was|be|been)\s+$", re.IGNORECASE)
_ASKS_FOR_OWNER = re.compile(
    r"(?:who|which|what|whose)\s+(?!(?:is|are|was|were|do|does|did|has|have|had|will|would|can"
    r"|could|should|about)(?!\w))",
    re.IGNORECASE,
)
_PLACED = re.compile(r"(?<!\w)(?:of|in|at|from|near|the)\s+$", re.IGNORECASE)
_DETERMINES = re.compile(r"\s+[^\W\d_]{2,}")
_FOLLOWED_BY_VERB = re.compile(
    r"\s+(?:is|are|was|were|do|does|did|has|have|had|will|would|can|could|should|might|may|mean|means"
    r"|happen|happened|happening|start|started|begin|end|ended|work|say|said)(?!\w)",
    re.IGNORECASE,
)
_HAPPENING = re.compile(
    r"(?P<asking>why|when|where|how)\s+(?:did|does|has|will|is|was)\s+(?:it|this|that)\s+"
    r"(?:happen|happened|occur|occurred|take\s+place|happening|start|begin)$",
    re.IGNORECASE,
)


def replace_references(
    body: str, previous: str, turn_names: Sequence[str], known: Collection[str]
) -> str | None:
    """`body` with its pronouns replaced; None where it has none that point to the turn before.

    A pronoun whose name stands before it in the same question stays as it is.
    """
    if _EXPLETIVE.search(body):
        return None
    happening = _HAPPENING.fullmatch(body)
    if happening:
        return _same_event(happening["asking"], previous)
    own_names = names_in(body, known)
    parts: list[str] = []
    position = 0
    for match in _PRONOUN.finditer(body):
        replacement = _replacement(match, body, own_names, previous, turn_names, known)
        if replacement is not None:
            parts += [body[position : match.start()], replacement]
            position = match.end()
    if not parts:
        return None
    return "".join([*parts, body[position:]])


def _same_event(asking: str, previous: str) -> str:
    first, _, rest = previous.partition(" ")
    if first.casefold() in conversation_words("auxiliaries") and rest:
        return f"{asking} {first.lower()} {rest}"
    return f"{asking}? {previous}"


def _replacement(
    match: re.Match[str],
    body: str,
    own_names: Sequence[Name],
    previous: str,
    turn_names: Sequence[str],
    known: Collection[str],
) -> str | None:
    word = match["word"].casefold()
    after = body[match.end() :]
    governed = bool(_PREPOSITION.search(body[: match.start()]))
    named_before = any(name.span.end <= match.start() for name in own_names)
    if named_before and not governed:
        return None
    if _meant_within(word, body, match.start()):
        return None
    there = names_in(previous, known)
    if word in _PEOPLE:
        named_person = any(name.kind == "person" for name in own_names)
        found = None if named_person else _person(there, previous, turn_names)
        return _in_form(found, word, after)
    if word in {"there", "там"}:
        place = next((name.text for name in reversed(there) if name.kind == "state"), None)
        return f"in {place}" if place and word == "there" else place
    if word in _GROUPS or word == "its":
        subject = next((name.text for name in there if name.kind != "person"), None)
        if governed and word != "its":
            subject = _matter(previous, governed)
        return _in_form(subject or focus_of(previous), word, after)
    if word in _MATTERS:
        determines = word not in {"it", "это", "це"} and _DETERMINES.match(after)
        if determines and not _FOLLOWED_BY_VERB.match(after):
            return None
        if word == "it" and _AUXILIARY.search(body[: match.start()]) and _DETERMINES.match(after):
            subject = next((name.text for name in there if name.kind != "person"), None)
            return subject or _matter(previous, governed)
        acted_on = not after.strip() and not _BEING.search(body[: match.start()])
        return _matter(previous, governed or acted_on)
    return None


def _meant_within(word: str, body: str, start: int) -> bool:
    """Whether the question itself says before the pronoun who or what is meant.

    "Which country lost its king": what is asked for is the owner.
    """
    said = content_words(body[:start])
    if word not in _POSSESSIVE:
        return len(said) > MOST_SAID_BEFORE
    return len(said) > 1 or bool(_ASKS_FOR_OWNER.match(body))


def _matter(previous: str, governed: bool) -> str | None:
    """What "it" means: what the question was about, else all that it asked, else its last thing."""
    topic = topic_of(previous)
    if topic is not None:
        return topic.of(previous)
    clause = as_clause(previous) if governed else None
    return clause or focus_of(previous)


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


def _in_form(name: str | None, word: str, after: str) -> str | None:
    """With ’s where the pronoun was possessive; "her" is so before a word that says something."""
    if name is None or word not in _POSSESSIVE:
        return name
    follows = re.match(r"\s+([^\W\d_]+)", after)
    if word == "her" and (follows is None or not content_words(follows.group(1))):
        return name
    return f"{name}’" if name.endswith("s") else f"{name}’s"
