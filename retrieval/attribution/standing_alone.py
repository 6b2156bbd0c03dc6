"""Whether a sentence can be understood alone, and where a quote must start so that it can."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.article import Span

LONGEST_QUOTE = 3
"""The most sentences of one quote."""

SHORTEST_STATEMENT = 3
"""Words of the shortest sentence that says something; a Chinese character counts as one."""

SHORTEST_UNSPACED = 20
"""Characters of the same, for scripts that put no spaces between words."""

LONGEST_DATELINE = 8
"""A line of at most so many words that ends in a dash tells where the report was written."""

_WORDS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W_]+(?:[’'.\-][^\W_]+)*")
_DASHES = ("—", "–", "―", "--")
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
    r"|that\b|who\b|which\b|to\b|at\b|with\b)|\s*,)(?!(?:\s+\w+)?,\s+(?-i:[^\W\d_a-zа-яіїєґ]))",
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
_CONTRIBUTED = re.compile(
    r"contributed\s+to\s+this\s+(?:report|article|story)(?!\w)", re.IGNORECASE
)
_WRITTEN_BY = re.compile(
    r"(?:additional\s|further\s)?(?:reporting|writing|editing)\s+by(?!\w)", re.IGNORECASE
)
_IN_CREDITS = frozenset({"and", "in", "for", "with", "editing", "writing", "reporting", "by"})
_OF_AN_EARLIER_VERSION = re.compile(
    r"(?<!\w)earlier\s+version\s+of\s+(?:this|the)\s+(?:article|story|report|page)(?!\w)",
    re.IGNORECASE,
)
_HEADING_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_FINISHED = re.compile(r"[.!?…:;,](?:[”\"’»)\]]*)\s*$|[”»]$")


LONGEST_HEADING = 8
"""Words of the longest line that is taken for a heading."""

LONGEST_CREDIT = 24
"""Words of the longest line that only says who worked on a report."""

SMALL_WORD = 3
"""Letters of the words that headings leave small: "of", "and", "the"."""


def says_something(sentence: str) -> bool:
    """Whether a sentence says anything by itself: "Alabama" and "LONDON (Reuters) —" do not.

    Nor do a heading, who contributed to a report, and what an earlier version of it had wrong.
    """
    plain = sentence.rstrip()
    if _is_heading(plain) or _is_credit(plain) or _OF_AN_EARLIER_VERSION.search(plain):
        return False
    told = len(_WORDS.findall(plain))
    if plain.endswith(_DASHES):
        return told > LONGEST_DATELINE
    return told >= SHORTEST_STATEMENT or len(plain) >= SHORTEST_UNSPACED


def _is_heading(sentence: str) -> bool:
    """ "Moscow Takes Note": few words, all large ones capitalised, no figure, no stop."""
    words = sentence.split()
    if not 1 < len(words) <= LONGEST_HEADING or sentence[-1] in '.!?…:;,”"’»)':
        return False
    large = [word for word in words if len(word) > SMALL_WORD]
    plain = all(_HEADING_WORD.fullmatch(word) for word in words)
    return plain and len(large) > 1 and all(word[0].isupper() for word in large)


def _is_credit(sentence: str) -> bool:
    """ "Reuters contributed to this report.", "Reporting by Anna Lind; Editing by Bo Berg"."""
    if len(sentence.split()) > LONGEST_CREDIT:
        return False
    contributed = _CONTRIBUTED.search(sentence)
    if contributed is not None:
        return not any(map(str.isalnum, sentence[contributed.end() :]))
    written = _WRITTEN_BY.match(sentence)
    if written is None:
        return False
    names = [word.strip(",;.()") for word in sentence[written.end() :].split()]
    return all(not name or name[0].isupper() or name in _IN_CREDITS for name in names)


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
