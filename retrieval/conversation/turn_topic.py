"""What a question is about, as a phrase that can stand in another question."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from corpus.article import Span
from retrieval.time.time_expressions import read_time
from retrieval.words.turn_names import content_words, conversation_words, names_in
from retrieval.words.word_lists import alternatives

# Only where a time stands in a question matters here, not the days that it means.
_ANY_DAY = date(2199, 12, 31)
_ARTICLE = re.compile(r"(?:the|a|an|this|its|their|his|her)\s+", re.IGNORECASE)
_ASKING_VERB = re.compile(
    r"(?P<asking>why|when|where|how)\s+(?P<verb>\w+)\s+(?P<rest>.+)", re.IGNORECASE | re.DOTALL
)

_REPLACEABLE = frozenset({"why", "when", "where", "how"})


@cache
def _marker() -> re.Pattern[str]:
    return re.compile(
        rf"(?<!\w)(?:{alternatives(conversation_words('topic_markers'))})\s+", re.IGNORECASE
    )


def topic_of(question: str) -> Span | None:
    """What stands after "about": "the 120,000 troops" of "What did Kyiv say about …"."""
    match = _marker().search(question)
    if match is None or not content_words(question[match.end() :]):
        return None
    return Span(match.end(), len(question))


def topic_with_marker(question: str) -> Span | None:
    """The topic with the word before it: "about the 120,000 troops"."""
    topic, match = topic_of(question), _marker().search(question)
    return None if topic is None or match is None else Span(match.start(), topic.end)


def as_clause(question: str) -> str | None:
    """A question as a clause: "Did Ukraine send troops" is "whether Ukraine did send troops"."""
    asking, rest = "whether", question
    match = _ASKING_VERB.fullmatch(question)
    if match is not None:
        asking, rest = match["asking"].lower(), f"{match['verb']} {match['rest']}"
    verb, _, told = rest.partition(" ")
    if verb.casefold() not in conversation_words("auxiliaries") or not told:
        return None
    subject = _subject(told)
    if subject is None:
        return None
    remainder = told[len(subject) :].strip()
    if not remainder:
        return None
    return f"{asking} {subject} {verb.lower()} {remainder}"


def _subject(told: str) -> str | None:
    """The name, or the article with its noun, that a clause starts with."""
    names = names_in(told)
    article = _ARTICLE.match(told)
    start = article.end() if article else 0
    if names and names[0].span.start == start:
        # "the Greyfield libraries close": the name only places what the clause is about.
        return None if article else told[: names[0].span.end]
    words = told[start:].split()
    # "the mayor resign": with more words nobody can tell where "the tram line" ends.
    if article and len(words) == 2:
        return told[: start + len(words[0])]
    return None


def time_of(question: str) -> Span | None:
    """Where a question names a calendar time, whichever it is."""
    reference = read_time(question, _ANY_DAY)
    return None if reference is None or reference.latest else reference.span


def question_of(clause: str) -> str | None:
    """The question that `as_clause` made a clause of; None where it is none of those."""
    asking, _, told = clause.partition(" ")
    words = told.split()
    if asking.casefold() not in {"whether", *_REPLACEABLE}:
        return None
    place = next(
        (
            place
            for place, word in enumerate(words)
            if place and word.casefold() in conversation_words("auxiliaries")
        ),
        None,
    )
    if place is None or place + 1 == len(words):
        return None
    told = " ".join([*words[:place], *words[place + 1 :]])
    verb = words[place].casefold()
    if asking.casefold() == "whether":
        return f"{verb.capitalize()} {told}"
    return f"{asking.capitalize()} {verb} {told}"


def asks_yes_or_no(question: str) -> bool:
    """Whether an auxiliary opens it: "Did Ukraine send troops"."""
    first, _, rest = question.partition(" ")
    return bool(rest) and first.casefold() in conversation_words("auxiliaries")


def asks_of_a_deed(question: str) -> bool:
    """Whether it tells what somebody did: "When will the troops leave", not "Where was the cup"."""
    first, _, rest = question.partition(" ")
    helper = rest.partition(" ")[0].casefold()
    return (
        asks_yes_or_no(question)
        or as_clause(question) is not None
        or (
            first.casefold() in _REPLACEABLE
            and helper in conversation_words("auxiliaries") - {"is", "are", "was", "were"}
        )
    )


def with_asking(asking: str, question: str) -> str:
    """The same question with "why", "how many" … instead of what it asks, or before it."""
    first, _, rest = question.partition(" ")
    helpers = conversation_words("auxiliaries")
    replaceable = asking.casefold() in _REPLACEABLE
    if replaceable and asks_yes_or_no(question):
        return f"{asking} {first.lower()} {rest}"
    if (
        replaceable
        and first.casefold() in _REPLACEABLE
        and rest.partition(" ")[0].casefold() in helpers
    ):
        return f"{asking} {rest}"
    opening = f"{asking} ".casefold()
    return question if question.casefold().startswith(opening) else f"{asking}? {question}"


def join_question(completed: str, asked: str) -> str:
    """With a capital at the start and the question mark that belongs at the end."""
    text = " ".join(completed.split())
    mark = "" if asked.endswith(("!", ".")) else "?"
    return f"{text[:1].upper()}{text[1:]}{mark}"
