"""What a conversation has shown already, which "What else?" does not want to see again."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import cache

from retrieval.answer import Turn
from retrieval.evidence.ranked import RankedPassage, RankedSentence
from retrieval.selection.distinct import Statement, same_answer
from retrieval.words.turn_names import conversation_words
from retrieval.words.word_lists import alternatives

_SPACE = re.compile(r"\s+")
_ENDING = re.compile(r"[\s?!.…]+$")


@cache
def _asking_for_more() -> re.Pattern[str]:
    leading = alternatives(conversation_words("connectors"))
    alone = alternatives(conversation_words("more"))
    opening = alternatives(conversation_words("else"))
    return re.compile(
        rf"\W*(?:(?:{leading})(?!\w)[,:\s]*){{0,2}}(?:(?:{alone})\W*$|(?:{opening})(?!\w))",
        re.IGNORECASE,
    )


def asks_for_more(question: str) -> bool:
    """Whether what was shown does not count: "What else?", "Who else denied it?", «Что ещё?»."""
    return bool(_asking_for_more().match(_ENDING.sub("", question)))


def shown_before(question: str, history: Sequence[Turn]) -> tuple[str, ...]:
    """Texts that an answer may not repeat: those shown, where the question asks for more."""
    if not asks_for_more(question):
        return ()
    return tuple(_plain(text) for turn in history for text in turn.shown)


def unheard(ranked: Sequence[RankedSentence], shown: Collection[str]) -> list[RankedSentence]:
    """The sentences that were not shown, in order."""
    return [one for one in ranked if not is_shown(one.text, shown)]


def unseen(ranked: Sequence[RankedPassage], shown: Collection[str]) -> list[RankedPassage]:
    """The passages of which no sentence was shown, in order."""
    return [
        one
        for one in ranked
        if not any(is_shown(text, shown) for text in one.candidate.passage.sentence_texts())
    ]


def is_shown(text: str, shown: Collection[str]) -> bool:
    """Whether a text stands in one of those shown, or one of them says the same again."""
    plain = _plain(text)
    own = Statement(plain, 0.0)
    return any(plain in earlier or same_answer(own, Statement(earlier, 0.0)) for earlier in shown)


def _plain(text: str) -> str:
    return _SPACE.sub(" ", text).strip()
