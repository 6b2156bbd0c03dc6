"""What is denied twice, and so affirmed: a doubt that nobody has, a "not" that is called untrue."""

from __future__ import annotations

import re
from collections.abc import Iterator

from retrieval.words.word_lists import word_lists

UNTRUE = frozenset(
    {"untrue", "false", "falsely", "baseless", "unfounded", "fabricated", "disinformation", "lie"}
    | {"lies", "absurd", "groundless", "nonsense", "wrong", "incorrect", "fake", "invented"}
    | {"ложь", "неправда"}
)
"""Words that call a whole claim untrue."""

READ_BEFORE = 60
"""Characters before a doubt in which its negation is looked for."""

_UNTRUE = "|".join(sorted(UNTRUE))
_BETWEEN = r"(?:(?!(?:and|or|but|so|because)(?!\w))[\w’'-]+\s+)"
_NO_DOUBT = re.compile(
    r"(?:(?<!\w)(?:no|not|never|nobody|none|neither|nor|without|cannot|little|hardly|scarcely|few"
    rf"|beyond|(?:{_UNTRUE})\s+to)|n[’']t)\s+{_BETWEEN}{{0,3}}$",
    re.IGNORECASE,
)
_TO_THINK = (
    r"(?:say(?:s|ing)?|said|think(?:s|ing)?|thought|claim(?:s|ed|ing)?|believ(?:e[sd]?|ing)"
    r"|suggest(?:s|ed|ing)?|argu(?:e[sd]?|ing)|assum(?:e[sd]?|ing)|conclud(?:e[sd]?|ing)"
    r"|suppos(?:e[sd]?|ing)|insist(?:s|ed|ing)?|maintain(?:s|ed|ing)?|pretend(?:s|ed|ing)?|impl(?:y|ied))"
)
_TO_THINK_SLAVIC = (
    r"(?:дума\w+|счита\w+|говор\w+|сказа\w+|утвержда\w+|вер(?:ит|ят|ить)|вважа\w+|каза\w+"
    r"|стверджу\w+|вір(?:ить|ять|ити))"
)
_REJECTED = re.compile(
    rf"(?:(?<!\w)(?:{_UNTRUE})(?:\s+that|\s+to\s+{_TO_THINK}(?:\s+that)?|\s*,\s+(?:что|що|будто|ніби))"
    r"|(?<!\w)not\s+(?:true|so|correct|accurate|the\s+case)\s+that"
    r"|(?:(?<!\w)(?:nobody|no\s+one|no-one|none|not|never|cannot)|n[’']t)\s+"
    rf"{_BETWEEN}{{0,3}}{_TO_THINK}(?:\s+that)?"
    rf"|(?<!\w)не\s+(?:\w+\s+){{0,2}}{_TO_THINK_SLAVIC}\s*,\s+(?:что|що|будто|ніби))"
    r"(?!\w|\s+(?:why|how|when|where|what|who|if|whether)(?!\w))",
    re.IGNORECASE,
)


def is_no_doubt(text: str, start: int) -> bool:
    """Whether the doubt that starts at a place is itself denied: "should never have doubted"."""
    return bool(_NO_DOUBT.search(text, max(0, start - READ_BEFORE), start))


def denies_what_is_denied(head: str) -> bool:
    """Whether a "not" before this word denies a denial: "cannot deny", "did not doubt"."""
    return head in {"denying", "question", "doubt", *word_lists("speech_words")["verbs"]["denies"]}


def rejections(text: str) -> Iterator[tuple[int, int]]:
    """Where somebody rejects what a clause says, up to where that clause starts.

    "It is false that", "nobody should think that": a "not" in the clause is then no denial.
    """
    return ((match.start(), match.end()) for match in _REJECTED.finditer(text))
