"""The question that a follow-up builds on, without what earlier follow-ups put around it.

"Why? Did Ukraine send troops" and "Who said that: did Ukraine send troops" were both completed
from "Did Ukraine send troops". What comes next is completed from that again, so a conversation
however long never puts a frame around a frame.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from retrieval.answer import Turn
from retrieval.conversation.turn_topic import question_of, topic_of
from retrieval.words.turn_names import content_words, conversation_words, says_something
from retrieval.words.word_lists import alternatives

MOST_OF_ITS_OWN = 3
"""Words besides the pronoun that "Who confirmed that in Kyiv?" may say."""

_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_FRAGMENT = re.compile(r"(?P<fragment>[^?:]+)\?\s+(?=\S)")
_FRAME = re.compile(r"(?P<frame>[^?:]+):\s+(?=\S)")


def turns_to_build_on(history: Sequence[Turn], longest: int) -> list[Turn]:
    """The turns that say something, of those short enough to stand in another question."""
    return [
        turn
        for turn in history
        if max(len(turn.question), len(turn.standalone)) <= longest
        and says_something(turn.standalone or turn.question)
    ]


def is_grounded(turns: Sequence[Turn]) -> bool:
    """Whether anything was answered since the topic came up that the last turn is about."""
    for turn in reversed(turns):
        if turn.answered or turn.standalone == turn.question:
            return turn.answered
    return False


def without_asking(question: str) -> str:
    """Without "Why?" or "How many?" before it."""
    match = _FRAGMENT.match(question)
    while match and " ".join(match["fragment"].casefold().split()) in conversation_words("asking"):
        question = question[match.end() :]
        match = _FRAGMENT.match(question)
    return question


def without_fragment(question: str) -> str:
    """Without "The drones?" before the question that it was asked of."""
    question = without_asking(question)
    match = _FRAGMENT.match(question)
    rest = question[match.end() :] if match else ""
    return rest if content_words(rest) else question


def core_of(question: str) -> str:
    """What is asked below "Why?", "Who said that:", "What did Minsk say about whether"."""
    question = without_asking(question)
    match = _FRAME.match(question)
    if match and _is_frame(match["frame"]) and content_words(question[match.end() :]):
        rest = question[match.end() :]
        question = without_asking(f"{rest[:1].upper()}{rest[1:]}")
    topic = topic_of(question)
    within = question_of(topic.of(question)) if topic else None
    return within or question


def says(text: str) -> bool:
    """Whether it asks what somebody said and not about what: "What did the police say?"."""
    return 2 <= len(content_words(text)) <= MOST_OF_ITS_OWN and _ends_saying(text)


def _ends_saying(text: str) -> bool:
    words = text.casefold().split()
    # «Что сказал мэр?»: the verb comes first.
    verb = words[1:2] if is_cyrillic(text) and len(words) == 3 else words[-1:]
    return bool(verb) and conversation_words("saying").issuperset(verb)


def is_cyrillic(text: str) -> bool:
    """Whether a question is asked in a language written so."""
    return bool(_CYRILLIC.search(text))


@cache
def _whole() -> re.Pattern[str]:
    words = alternatives(conversation_words("whole"))
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)


def speaks_of_the_whole(text: str) -> bool:
    """Whether a word stands for all that was said before: "that", "so", «это»."""
    return bool(_whole().search(text))


def _is_frame(text: str) -> bool:
    return _ends_saying(text) or speaks_of_the_whole(text)
