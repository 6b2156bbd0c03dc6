"""Follow-ups that speak of all that was asked before: "Who said so?", "What did Minsk say?"."""

from __future__ import annotations

import re

from retrieval.conversation.turn_base import MOST_OF_ITS_OWN, is_cyrillic, says, speaks_of_the_whole
from retrieval.conversation.turn_focus import noun_of
from retrieval.conversation.turn_topic import as_clause, asks_of_a_deed, topic_of, with_asking
from retrieval.words.turn_names import content_words, conversation_words

_WHEN_WAS_THAT = re.compile(
    r"(?P<asking>why|when|where|how)\s+(?:was|is)\s+(?:that|this|it)", re.IGNORECASE
)
_WHO_DID_IT = re.compile(r"(?:who|what)\s+(?:\w+\s+)?did\s+(?:it|this|that)", re.IGNORECASE)
_POINTS_BACK = re.compile(r"\s+(?:that|this|so|it)$", re.IGNORECASE)


def complete_whole(body: str, core: str) -> str | None:
    """`body` with what was asked before; None where it does not speak of the whole of it."""
    if len(content_words(body)) > MOST_OF_ITS_OWN:
        return None
    if _WHO_DID_IT.fullmatch(body):
        return _joined(body, core)
    return _same_event(body, core) or _of_the_whole(body, core)


def complete_saying(body: str, core: str) -> str:
    """ "What did the police say?": about what was asked before."""
    if says(core):
        return body
    topic = topic_of(core)
    matter = topic.of(core) if topic else as_clause(core) or noun_of(core)
    if matter is None or is_cyrillic(body):
        return _joined(body, core)
    known = set(content_words(body))
    return body if known.issuperset(content_words(matter)) else f"{body} about {matter}"


def _same_event(body: str, core: str) -> str | None:
    """ "When was that?" after "Did Ukraine send troops": when did it send them."""
    match = _WHEN_WAS_THAT.fullmatch(body)
    if match is None or not asks_of_a_deed(core):
        return None
    return with_asking(match["asking"], core)


def _of_the_whole(body: str, core: str) -> str | None:
    """ "Who decided that?", «Кто это сказал?»: the question before is what is meant.

    Only where English grammar cannot put it into the pronoun's place, as other steps do.
    """
    cyrillic = is_cyrillic(body)
    ends_so = bool(re.search(r"(?:that|this|so|das)$", body, re.IGNORECASE))
    if not speaks_of_the_whole(body) or not (cyrillic or ends_so):
        return None
    topic = topic_of(core)
    if (
        not cyrillic
        and topic is not None
        and _last_word(_POINTS_BACK.sub("", body)) in (conversation_words("saying"))
    ):
        # Nobody says troops: "Who said that" is about them.
        return f"{body} about {topic.of(core)}"
    if not cyrillic and (topic is not None or as_clause(core) is not None):
        return None
    return _joined(body, core)


def _last_word(text: str) -> str:
    return text.casefold().rpartition(" ")[2]


def _joined(body: str, core: str) -> str:
    return f"{body}: {core[:1].lower()}{core[1:]}"
