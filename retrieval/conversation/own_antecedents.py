"""Whether a name in a question is what its own "it", "this" or "that" stands for.

"Did Minsk confirm it?" tells of Minsk's doing something to what was said before, and the first word
of "Thanks. Who denied it?" has a capital for its place only.
"""

from __future__ import annotations

import re

from retrieval.words.turn_names import Name, conversation_words
from retrieval.words.word_lists import alternatives

_OPENS = re.compile(
    r"\s*[.?!,;:]|\s+(?:me|us|why|who|whom|what|how|when|where|whether|if|please|again)(?!\w)",
    re.IGNORECASE,
)
"""What follows a first word that is no name: "Thanks.", "Show me", "Explain why"."""

_AUXILIARY = re.compile(
    rf"(?<!\w)(?:{alternatives(conversation_words('auxiliaries'))})\s+(?:the\s+)?$", re.IGNORECASE
)
_ENDS_THE_CLAUSE = re.compile(
    r"\s*(?:$|[,;:.?!])|\s+(?:in|on|at|by|for|with|to|from|as|before|after|during|too|again|then|now"
    r"|already|yet|so|and|or|but|yesterday|today|officially|publicly|either|at\s+all)(?!\w)",
    re.IGNORECASE,
)


def is_no_thing_named(name: Name, body: str, pronoun: tuple[int, int]) -> bool:
    """Whether a name before the pronoun at that place cannot be what it stands for."""
    if name.span.start == 0 and name.kind != "state" and _OPENS.match(body, name.span.end):
        return True
    # "Did Minsk confirm it?", but "Did Minsk say it sent troops?".
    is_subject = _AUXILIARY.search(body[: name.span.start]) is not None
    return is_subject and _ENDS_THE_CLAUSE.match(body, pronoun[1]) is not None
