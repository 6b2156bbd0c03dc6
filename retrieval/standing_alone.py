"""Whether a sentence can be understood alone, and where a quote must start so that it can."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.article import Span

LONGEST_QUOTE = 3
"""The most sentences of one quote."""

_OPENING = re.compile(
    r"[\s“”\"„«‘'(\[—–-]*"
    r"(?:(?:but|and|so|yet|still|however|also|then|nevertheless|instead|meanwhile|moreover"
    r"|furthermore|in addition|in response|но|а|и|однако|але|і|проте)\b,?\s+)*",
    re.IGNORECASE,
)
_PRONOUN = re.compile(
    r"(?:he|she|they|his|her|their|its|him|them|these|those|such|both"
    r"|он|она|они|его|её|их|это|эти|він|вона|вони|його|її|їх|це|ці)(?!\w)|(?:this|that)(?!\w)(?!\s+"
    r"(?:week|month|year|morning|afternoon|evening|summer|winter|spring|autumn|fall)\b)",
    re.IGNORECASE,
)
_IT = re.compile(r"it(?!\w)(?!['’]s)", re.IGNORECASE)
# "It is unclear whether": the pronoun stands for what follows.
_EXPLETIVE = re.compile(
    r"it\s*(?:['’]s|is|was|has been|will be|would be|may be|might be|seems|appears|remains|took)"
    r"\s+(?:(?:not|now|still|also|only|very|too|more|most|never|currently|immediately)\s+)*"
    r"(?:unclear|clear|possible|impossible|likely|unlikely|important|hard|difficult|easy|true"
    r"|necessary|known|unknown|expected|believed|thought|estimated|time|the\s+(?:first|second"
    r"|third|last|only|biggest|largest|latest)|that|how|what|who|because|when|a\s+\w+\s+that"
    r"|raining|snowing)\b",
    re.IGNORECASE,
)
_ANAPHOR = re.compile(
    r"the\s+(?:move|decision|announcement|statement|incident|attack|attacks|ruling|deal|agreement"
    r"|measure|measures|report|proposal|plan|bill|law|warning|claim|claims|allegation|allegations"
    r"|accusation|accusations|comments|remarks|result|results|two|three|pair|duo|trio|latter|former"
    r"|company|ministry|agency|group|team|man|woman|suspect|victim|victims|couple|spokesman"
    r"|spokeswoman|official|minister|visit|meeting|strike|strikes|change|changes|increase|decrease"
    r"|figure|figures|number|same|rest|others?)(?=\s+(?!of\b|in\b|by\b|for\b|between\b|on\b|from\b"
    r"|that\b|who\b|which\b|to\b|at\b|with\b)|\s*,)",
    re.IGNORECASE,
)
_PRONOUN_SPEAKS = re.compile(
    r"[”\"’»]\s*(?:he|she|it|they|(?i:said|says))\s+(?:also\s+|later\s+)?"
    r"(?:said|says|added|told|wrote|continued|explained|noted|tweeted|asked|replied|stated|warned)\b"
)
_QUOTED_WHOLE = re.compile(r"[“\"„«][^”\"»]*[”\"»]?\s*$")
_FIRST_PERSON = re.compile(
    r"(?:i|we|our|my|us|me|мы|мой|наш\w*|ми|я)(?:['’]\w+)?(?!\w)", re.IGNORECASE
)
_FINISHED = re.compile(r"[.!?…:;,](?:[”\"’»)\]]*)\s*$|[”»]$")


def mentions_unresolved(sentence: str) -> bool:
    """Whether a sentence leans on one before it: "He said…", "The move…", “…,” he added.

    A leading "but" or "and" alone does not count where a name follows it.
    """
    opening = _OPENING.match(sentence)
    body = sentence[opening.end() :] if opening else sentence
    if _PRONOUN.match(body) or _ANAPHOR.match(body):
        return True
    if _IT.match(body):
        return not _EXPLETIVE.match(body)
    if _PRONOUN_SPEAKS.search(sentence):
        return True
    return bool(_QUOTED_WHOLE.match(sentence.strip()) and _FIRST_PERSON.match(body))


def self_contained_start(text: str, sentences: Sequence[Span], index: int) -> int:
    """The first sentence of a quote that ends with sentence `index`: at most three in all.

    Steps back while the first sentence leans on the one before. Where even three do not help,
    or a heading or caption stands between, the sentence is quoted alone.
    """
    first = index
    while mentions_unresolved(sentences[first].of(text)):
        first -= 1
        if first < 0 or index - first >= LONGEST_QUOTE:
            return index
        if not _FINISHED.search(sentences[first].of(text)):
            return index
    return first
