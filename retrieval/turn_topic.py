"""What a question is about, as a phrase that can stand in another question."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from corpus.article import Span
from retrieval.time_expressions import read_time
from retrieval.turn_names import content_words, conversation_words, is_stop_word, names_in
from retrieval.word_lists import alternatives

# Only where a time stands in a question matters here, not the days that it means.
_ANY_DAY = date(2199, 12, 31)
_ARTICLE = re.compile(r"(?:the|a|an|this|its|their|his|her)\s+", re.IGNORECASE)
_ASKING_VERB = re.compile(
    r"(?P<asking>why|when|where|how)\s+(?P<verb>\w+)\s+(?P<rest>.+)", re.IGNORECASE | re.DOTALL
)


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
        return told[: names[0].span.end]
    if article:
        noun = told[start:].split(" ", 1)[0]
        return told[: start + len(noun)]
    return None


def time_of(question: str) -> Span | None:
    """Where a question names a calendar time, whichever it is."""
    reference = read_time(question, _ANY_DAY)
    return None if reference is None or reference.latest else reference.span


def focus_of(question: str) -> str | None:
    """The last noun phrase of a question: "the Tony Awards" of "Who won the Tony Awards"."""
    time = time_of(question)
    timeless = f"{question[: time.start]} and {question[time.end :]}" if time else question
    runs: list[list[str]] = [[]]
    for word in timeless.split():
        bare = word.strip(",;:“”\"'()")
        if bare and not is_stop_word(bare):
            runs[-1].append(bare)
        elif bare.casefold() in {"the", "a", "an"}:
            runs.append([bare])
        elif runs[-1]:
            runs.append([])
    phrases = [run for run in runs if content_words(" ".join(run))]
    return " ".join(phrases[-1]) if phrases else None


def join_question(completed: str, asked: str) -> str:
    """With a capital at the start and the question mark that belongs at the end."""
    text = " ".join(completed.split())
    mark = "" if asked.endswith(("!", ".")) else "?"
    return f"{text[:1].upper()}{text[1:]}{mark}"
