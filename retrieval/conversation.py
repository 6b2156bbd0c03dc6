"""Follow-up questions, completed from the turn before so that they can be searched alone."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import cache

from retrieval.answer import Turn
from retrieval.references import replace_references
from retrieval.turn_names import Name, content_words, conversation_words, is_stop_word, names_in
from retrieval.turn_topic import as_clause, join_question, time_of, topic_of
from retrieval.word_lists import alternatives

LONGEST_FOLLOW_UP = 200
"""Characters; whoever writes more says what the question is about."""

SHORTEST_TOPIC = 2
"""A question with fewer words of its own, and no name, leans on the turn before."""

LONGEST_LEANING = 8
"""A question with more words that say something does not lean on the turn before."""

# "How many soldiers are at the border?" says itself what it is about, "How many died?" does not.
_PLACING = frozenset({"at", "in", "on", "of", "from", "near", "by", "with", "against", "inside"})
_AUXILIARIES = frozenset({"do", "does", "did", "is", "are", "was", "were", "has", "have", "had"})

_ENDING = re.compile(r"[\s?!.…]+$")


def standalone(question: str, history: Sequence[Turn], known_names: Collection[str] = ()) -> str:
    """The question as it would be asked without the conversation.

    Carries names, topic and time over from the last turn where the question leans on it: a
    pronoun, "What about Minsk?", "And in 2023?", "Why?". A question that says itself what it is
    about comes back unchanged. `known_names` are recognised without their capitals too.
    """
    asked = question.strip()
    if not history or not asked or len(asked) > LONGEST_FOLLOW_UP or "\n" in asked:
        return question
    previous = _ENDING.sub("", history[-1].standalone or history[-1].question)
    if not content_words(previous) or _says_enough(asked):
        return question
    body, connected, about = _without_connector(_ENDING.sub("", asked))
    if not body:
        return question
    names = names_in(body, known_names)
    completed = (
        _complete_time(body, previous)
        or _complete_name(body, previous, names, known_names, connected or about)
        or _complete_asking(body, previous)
        or (_complete_topic(body, previous) if about else None)
        or _complete_references(body, previous, history[-1].names, known_names)
        or _complete_structure(body, previous, names, known_names, connected)
        or _complete_short(body, previous, names, connected)
    )
    return question if completed is None else join_question(completed, asked)


def _says_enough(question: str) -> bool:
    """A long question, or one with a sentence before it, brings its own topic."""
    opening, _, rest = question.partition(". ")
    if rest and len(content_words(opening)) > SHORTEST_TOPIC:
        return True
    return len(content_words(question)) > LONGEST_LEANING


@cache
def _connector() -> tuple[re.Pattern[str], re.Pattern[str]]:
    about = alternatives(conversation_words("about"))
    plain = alternatives(conversation_words("connectors"))
    return (
        re.compile(rf"(?:(?:{plain})[,\s]+)?(?:{about})(?!\w)[,:\s]*", re.IGNORECASE),
        re.compile(rf"(?:(?:{plain})(?!\w)[,:\s]*){{1,2}}", re.IGNORECASE),
    )


def _without_connector(text: str) -> tuple[str, bool, bool]:
    """What follows "and" or "what about", and which of the two led."""
    about, plain = _connector()
    match = about.match(text)
    if match:
        return text[match.end() :], True, True
    match = plain.match(text)
    return (text[match.end() :], True, False) if match else (text, False, False)


def _complete_time(body: str, previous: str) -> str | None:
    """ "And in 2023?": the question before, with this time instead of its own."""
    span = time_of(body)
    if span is None or content_words(body[: span.start] + " " + body[span.end :]):
        return None
    return _with_time(previous, span.of(body))


def _with_time(text: str, time: str) -> str:
    own = time_of(text)
    if own is None:
        return f"{text} {time}"
    return f"{text[: own.start]}{time}{text[own.end :]}"


def _carry_time(completed: str, previous: str) -> str:
    """The time of the question before, where the completed one names none."""
    own = time_of(previous)
    if own is None or time_of(completed) is not None:
        return completed
    return f"{completed} {own.of(previous)}"


def _complete_name(
    body: str, previous: str, names: Sequence[Name], known: Collection[str], leads: bool
) -> str | None:
    """ "And Minsk?": the question before, asked of another."""
    if len(names) != 1 or not leads:
        return None
    rest = body[: names[0].span.start] + " " + body[names[0].span.end :]
    return None if content_words(rest) else _asked_of(names[0], previous, known)


def _asked_of(name: Name, previous: str, known: Collection[str]) -> str | None:
    """Put a name in the place of the first of its kind; the two change places if both are there."""
    there = names_in(previous, known)
    folded = name.text.casefold()
    others = [one for one in there if one.text.casefold() != folded]
    if not others:
        return None
    replaced = next((one for one in others if one.kind == name.kind), others[0])
    changed = previous
    for one in reversed(there):
        if one.text.casefold() == replaced.text.casefold():
            new = name.text
        elif one.text.casefold() == folded:
            new = replaced.text
        else:
            continue
        changed = f"{changed[: one.span.start]}{new}{changed[one.span.end :]}"
    return changed


def _complete_asking(body: str, previous: str) -> str | None:
    """ "Why?", "How many?": the same matter, another question word."""
    if " ".join(body.casefold().split()) not in conversation_words("asking"):
        return None
    first, _, rest = previous.partition(" ")
    if first.casefold() in conversation_words("auxiliaries") and rest:
        if body.casefold() in {"why", "when", "where", "how"}:
            return f"{body} {first.lower()} {rest}"
        return f"{body}? {previous}"
    second = rest.partition(" ")[0].casefold()
    if (
        first.casefold() in {"why", "when", "where", "how"}
        and second in conversation_words("auxiliaries")
        and body.casefold() in {"why", "when", "where", "how"}
    ):
        return f"{body} {rest}"
    return f"{body}? {previous}"


def _complete_topic(body: str, previous: str) -> str | None:
    """ "What about the nuclear weapons?": the same question on another topic."""
    topic = topic_of(previous)
    if topic is None or not content_words(body):
        return f"{body}? {previous}"
    return f"{previous[: topic.start]}{body}{previous[topic.end :]}"


def _complete_references(
    body: str, previous: str, names: Sequence[str], known: Collection[str]
) -> str | None:
    replaced = replace_references(body, previous, names, known)
    return None if replaced is None else _carry_time(replaced, previous)


def _complete_structure(
    body: str, previous: str, names: Sequence[Name], known: Collection[str], connected: bool
) -> str | None:
    """ "And what did Minsk say?": all its words but the name are those of the question before."""
    if not connected or len(names) != 1:
        return None
    own = [word for word in content_words(body) if word not in names[0].text.casefold().split()]
    before = set(content_words(previous))
    if not own:
        return None
    if all(word in before for word in own):
        return _asked_of(names[0], previous, known)
    if topic_of(body) is not None or len(own) > SHORTEST_TOPIC:
        return None
    return _regarding(body, previous)


def _complete_short(body: str, previous: str, names: Sequence[Name], connected: bool) -> str | None:
    """ "How many died?": too little to be about anything by itself."""
    own = content_words(body)
    first = body.split(maxsplit=1)[0].casefold()
    asks = first in conversation_words("asking") or first in {"which", "whose"}
    counts = body.casefold().startswith(("how many", "how much", "сколько", "скільки"))
    longest = SHORTEST_TOPIC if connected or counts else SHORTEST_TOPIC - 1
    if names or not own or len(own) > longest or not (asks or connected):
        return None
    if any(character.isdigit() for character in body):
        return None
    if not connected and not _PLACING.isdisjoint(body.casefold().split()):
        return None
    return _regarding(body, previous)


def _regarding(body: str, previous: str) -> str:
    topic = topic_of(previous)
    matter = topic.of(previous) if topic else as_clause(previous)
    if matter is None:
        matter = _matter(previous)
    return _carry_time(f"{body}, regarding {matter}", previous)


def _matter(previous: str) -> str:
    """The question before without the words that ask."""
    parts = previous.split()
    while parts and (is_stop_word(parts[0].strip(",")) or _is_happening(parts[0])):
        parts = parts[1:]
    return " ".join(part for part in parts if part.casefold() not in _AUXILIARIES)


def _is_happening(word: str) -> bool:
    return word.casefold() in conversation_words("happening")
