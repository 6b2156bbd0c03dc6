"""Follow-up questions, completed from the turn before so that they can be searched alone."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import cache

from retrieval.answer import MAX_CHARACTERS, Turn
from retrieval.conversation.named_instead import asked_about, asked_of
from retrieval.conversation.references import points_back, replace_references
from retrieval.conversation.said_before import complete_saying, complete_whole
from retrieval.conversation.turn_base import (
    core_of,
    is_cyrillic,
    is_grounded,
    says,
    turns_to_build_on,
    without_asking,
    without_fragment,
)
from retrieval.conversation.turn_matter import regarding
from retrieval.conversation.turn_topic import join_question, time_of, topic_of, with_asking
from retrieval.selection.already_shown import asks_for_more
from retrieval.words.shouting import unshouted
from retrieval.words.turn_names import Name, content_words, conversation_words, names_in
from retrieval.words.word_lists import alternatives

LONGEST_FOLLOW_UP = 200
"""Characters; whoever writes more says what the question is about."""

SHORTEST_TOPIC = 2
"""A question with fewer words of its own, and no name, leans on the turn before."""

LONGEST_LEANING = 8
"""A question with more words that say something does not lean on the turn before."""

# "How many soldiers are at the border?" says itself what it is about, "How many died?" does not.
_PLACING = frozenset({"at", "in", "on", "of", "from", "near", "by", "with", "against", "inside"})
# "What was stolen?" leans on what was said before, "What is inflation?" does not.
_WHAT_HAPPENED = re.compile(
    r"(?:what\s+(?!(?:is|are)\s)|что\s|що\s|was\s+(?!ist\s|sind\s))", re.IGNORECASE
)
_OF_ANYONE = re.compile(r"\w+\s+(?:any|some|every)(?:one|body)(?!\w)", re.IGNORECASE)
_ENDING = re.compile(r"[\s?!.…]+$")


def standalone(
    question: str,
    history: Sequence[Turn],
    known_names: Collection[str] = (),
    longest: int = MAX_CHARACTERS,
) -> str:
    """The question as it would be asked without the conversation.

    Carries names, topic and time over from the last turn that says something, where the question
    leans on it: a pronoun, "What about Minsk?", "And in 2023?", "Why?". A question that says itself
    what it is about comes back unchanged, and so does one that would need more than `longest`
    characters. `known_names` are recognised without their capitals too.
    """
    asked = unshouted(question.strip())
    turns = turns_to_build_on(history, longest)
    if not turns or not asked or len(asked) > LONGEST_FOLLOW_UP or "\n" in asked:
        return question
    if _says_enough(asked):
        return question
    completed = _completed(asked, turns, known_names)
    if completed is None:
        return question
    joined = join_question(completed, asked)
    return joined if len(joined) <= longest else question


def stands_alone(question: str) -> bool:
    """Whether a question may mean what it says without the conversation.

    It has a name, and nothing in it points back. Its completion is still tried first: "What did
    Minsk say?" means more after another question than at the start.
    """
    body, connected, _ = _without_connector(_ENDING.sub("", question.strip()))
    if connected or asks_for_more(question):
        return False
    return bool(names_in(body)) and not points_back(body)


def _completed(asked: str, turns: Sequence[Turn], known_names: Collection[str]) -> str | None:
    previous = _ENDING.sub("", turns[-1].standalone or turns[-1].question)
    body, connected, about = _without_connector(_ENDING.sub("", asked))
    if not body:
        return None
    names = names_in(body, known_names)
    if says(body):
        leans = connected or not names or points_back(body)
        return _complete_saying(body, previous, turns, known_names, leans)
    asked_before = without_asking(previous)
    core = core_of(previous)
    return (
        _complete_more(body, previous)
        or _complete_time(body, asked_before)
        or _complete_about(body, asked_before)
        or _complete_name(body, previous, names, known_names, connected or about)
        or _complete_asking(body, asked_before)
        or (_complete_topic(body, asked_before, core) if about else None)
        or complete_whole(body, core)
        or _complete_references(body, asked_before, turns[-1].names, known_names)
        or _complete_structure(body, asked_before, names, known_names, connected)
        or _complete_short(body, core, names, connected)
    )


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


def _complete_more(body: str, previous: str) -> str | None:
    """ "What else?", "Is that true?": the question before, once more."""
    asked = " ".join(body.casefold().split())
    again = conversation_words("more") | conversation_words("again")
    return previous if asked in again else None


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


def _complete_saying(
    body: str, previous: str, turns: Sequence[Turn], known: Collection[str], leans: bool
) -> str | None:
    """ "What did Minsk say?": about what was asked before, if the articles had an answer to it."""
    if not leans and not is_grounded(turns):
        return None
    asked_before, core = without_asking(previous), core_of(previous)
    names, topic = names_in(body, known), topic_of(core)
    asked_of_another = is_cyrillic(body) or (
        topic is not None and names and names[0].text.casefold() in topic.of(core).casefold()
    )
    if topic is not None and len(names) == 1 and asked_of_another:
        return asked_of(names[0], body, core, known)
    replaced = replace_references(body, asked_before, turns[-1].names, known)
    return _carry_time(complete_saying(replaced or body, core), previous)


def _complete_name(
    body: str, previous: str, names: Sequence[Name], known: Collection[str], leads: bool
) -> str | None:
    """ "And Minsk?": the question before, asked of another."""
    if len(names) != 1 or not leads:
        return None
    rest = body[: names[0].span.start] + " " + body[names[0].span.end :]
    return None if content_words(rest) else asked_of(names[0], body, previous, known)


def _complete_about(body: str, previous: str) -> str | None:
    """ "And about Poland?": the same question on another topic."""
    changed = asked_about(body, previous)
    return None if changed is None else _carry_time(changed, previous)


def _complete_asking(body: str, previous: str) -> str | None:
    """ "Why?", "How many?": the same matter, another question word."""
    if " ".join(body.casefold().split()) not in conversation_words("asking"):
        return None
    return with_asking(body, previous)


def _complete_topic(body: str, previous: str, core: str) -> str | None:
    """ "What about the nuclear weapons?": the same question on another topic."""
    topic = topic_of(previous)
    if topic is None or not content_words(body):
        return f"{body}? {without_fragment(core)}"
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
        return asked_of(names[0], body, previous, known)
    if topic_of(body) is not None or len(own) > SHORTEST_TOPIC:
        return None
    return _carry_time(regarding(body, previous), previous)


def _complete_short(body: str, previous: str, names: Sequence[Name], connected: bool) -> str | None:
    """ "How many died?": too little to be about anything by itself."""
    own = content_words(body)
    first = body.split(maxsplit=1)[0].casefold()
    asks = first in conversation_words("asking") or first in {"which", "whose"}
    asks = asks or bool(_WHAT_HAPPENED.match(body) or _OF_ANYONE.match(body))
    counts = body.casefold().startswith(("how many", "how much", "сколько", "скільки"))
    longest = SHORTEST_TOPIC if connected or counts else SHORTEST_TOPIC - 1
    if names or not own or len(own) > longest or not (asks or connected):
        return None
    if any(character.isdigit() for character in body):
        return None
    if not asks:
        return f"{body}? {without_fragment(previous)}"
    if not connected and not _PLACING.isdisjoint(body.casefold().split()):
        return None
    return _carry_time(regarding(body, previous), previous)
