"""What a sentence says no to: the very thing that is asked, or something else it tells of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from retrieval.disputes.asked_matter import WORD, AskedMatter, stems_of
from retrieval.disputes.double_negations import (
    UNTRUE,
    denies_what_is_denied,
    is_no_doubt,
    rejections,
)
from retrieval.question.answer_fit import NEGATION_REACH
from retrieval.words.turn_names import is_stop_word

LONGEST_CLAUSE = 160
"""Characters after a negation that are read: longer clauses tell of more than one thing."""

_AGREEING = "doubt|matter|reason|need|cause|surprise|wonder|choice|option|alternative|secret|longer"
_NEGATION = re.compile(
    r"(?<!\w)(?:(?<!\bor\s)not(?!\s+(?:only|just|merely|because))|cannot|never"
    r"|(?:at|under|in|on|by)\s+no\s+(?:time|point|stage|moment|circumstances?|way|account|means)"
    r"|(?:we|I)\s+(?:\w+ly\s+)?(?:deny|reject|dispute|refute)(?:\s+(?:having|ever))?"
    rf"|no(?!\s+(?:{_AGREEING})(?!\w))|none|nobody|neither|nothing(?!\s+(?:but|to|of|wrong)(?!\w))"
    r"|without|(?<!no\s)(?<!without\s)doubt(?:s|ed)?|unlikely|hardly|не|никогда|нет|ні|ніколи|немає"
    r"|(?:is|are|was|were|be|been|as|that|it|a|an|outright|это|це)\s+(?:\w+ly\s+)?(?P<untrue>"
    rf"{'|'.join(sorted(UNTRUE))}))(?!\w|\s+(?:to|flag)(?!\w))|n[’']t(?!\w)",
    re.IGNORECASE,
)
_NOT_SO = re.compile(r"\s+(?:true|correct|accurate|so|the\s+case)(?!\w)", re.IGNORECASE)
_CONDITION = re.compile(r"(?<!\w)(?:if|whether|unless)(?!\w)[^.;,]*$", re.IGNORECASE)
_CLAUSE = re.compile(
    r"[,.](?!\d)|[;:“”\"!?]|\s(?:but|when|while|which|who|although|because)(?!\w)", re.IGNORECASE
)
_OPENED = re.compile(
    r"[,.](?!\d)|[;:“”\"!?]|\s(?:that|but|when|while|which|who)(?!\w)", re.IGNORECASE
)
_BEFORE_A_TIME = re.compile(
    r"(?<!\w)(?:before|until|till|any\s+more|any\s+longer|anymore)(?!\w)", re.IGNORECASE
)
"""What did not happen before a time, or does no more, did or will happen."""

_OF_THE_FUTURE = re.compile(r"(?:will|would|shall|wo)\s*$", re.IGNORECASE)
_NEXT_DAYS = re.compile(
    r"(?<!\w)(?:tomorrow|next\s+(?:day|week|month|season|year))(?!\w)", re.IGNORECASE
)
_THAT = re.compile(r"\s+that(?!\w)", re.IGNORECASE)
_PARTLY = re.compile(
    r"(?<!\w)(?:alone|enough\s*$|on\s+purpose|as\s+\w+\s+as|so\s+\w+|too\s+\w+|all\s+(?:of|the)"
    r"|every|in\s+vain|again|twice|at\s+once|that\s+(?:fast|soon|often|much|many))(?!\w)",
    re.IGNORECASE,
)
_OTHERWISE = re.compile(
    r"\s+but\s+(?:in|at|to|from|on|by|with|for|a|an|the|only|half|after|before)(?!\w)",
    re.IGNORECASE,
)
""" "Not in Lint but in Sund": it was done, elsewhere."""

_ADVERB = re.compile(
    r"(?<![\w-])(?!(?:famil|suppl|repl|assemb|app|ral|anoma|monopo)i?ly)[a-z]{3,}ly(?!\w)"
)
_AFFIRMING = frozenset(
    {"actually", "really", "certainly", "definitely", "reportedly", "allegedly", "simply", "early"}
    | {"currently", "recently", "previously", "illegally", "unlawfully", "secretly", "personally"}
    | {"clearly", "finally", "only", "daily", "weekly", "monthly", "yearly"}
)
"""Adverbs with which a "not" still denies all of it."""

OWN = re.compile(r"\s+of\s+(?:our|my|its|their|his|her)(?!\w)", re.IGNORECASE)
""" "None of our drivers": those of the one who speaks."""

_DETERMINERS = frozenset({"no", "none", "nobody", "nothing"})
_ANYBODY = frozenset({"nobody", "nothing"})
_INVERTING = re.compile(r"(?:at|under|in|on|by|neither)(?!\w)")
""" "At no time did we", "neither we nor they did": the subject stands between it and the verb."""

SUBJECT_AND_VERB = 2
"""Words that say something, after such a no, or after "nobody", of which one is the verb."""

_LIKE_NO = re.compile(r"\s+(?:a|an|any|one)(?!\w)", re.IGNORECASE)
_DOUBTS = frozenset({"doubt", "doubts", "doubted"})
_FAINT = _DOUBTS | {"without", "unlikely", "hardly"}
_FILLERS = frozenset(
    {"ever", "yet", "single", "even", "all", "one", "very", "so", "our", "my", "your", "enough"}
    | {"once", "having", "being", "nor"}
    | {"был", "была", "было", "были", "був", "була", "було", "були", "ещё", "еще", "ще"}
)
_AUXILIARIES = frozenset({"has", "have", "had", "is", "are", "was", "were", "been", "will"})
_GENERAL = frozenset({"one", "person", "people", "man", "woman", "member", "official", "such"})
"""Who did not do it, where no more than that is told: "no official has said so"."""

_PROOFS = frozenset({"evidence", "proof", "sign", "indication", "trace", "question", "truth"})
_PLANS = frozenset({"plan", "plans", "intention", "intend", "intends", "intended", "planned"})
_ATTEMPTS = frozenset({"try", "tried", "attempt", "attempted", "seek", "sought", "agree", "agreed"})
_LIGHT_VERBS = frozenset(
    {"give", "gave", "given", "make", "made", "receive", "received", "get", "got", "issue"}
    | {"issued", "take", "took", "taken", "reach", "reached"}
)
"""To give no order is not to order: the noun tells what was not done."""


@dataclass(frozen=True, slots=True)
class Negation:
    """A word that says no, with its place; `untrue` where it calls a whole claim untrue."""

    word: str
    start: int
    end: int
    untrue: bool

    @property
    def is_determiner(self) -> bool:
        """Whether it stands before what there was none of."""
        return self.word in _DETERMINERS


@lru_cache(maxsize=4096)
def negations(text: str) -> tuple[Negation, ...]:
    """What says no: but for what is only supposed ("whether or not"), for what is denied twice
    ("cannot deny", "it is false that it is not"), and for what only came later ("not before
    Friday").

    Remembered: a claim is read once for every other that may speak against it.
    """
    found = list(_negations(text))
    for start, clause in rejections(text) if found else ():
        end = clause_end(text, clause)
        if any(clause <= one.start < end for one in found):
            found = [one for one in found if one.end <= start or one.start >= end]
    return tuple(found)


def _negations(text: str) -> Iterator[Negation]:
    for found in _NEGATION.finditer(text):
        start, end = found.span()
        if _CONDITION.search(text, max(0, start - 80), start):
            continue
        if found["untrue"]:
            yield Negation("untrue", start, end, untrue=True)
            continue
        clause = clause_end(text, end)
        if _BEFORE_A_TIME.search(text, end, clause) or _denies_twice(text, end, clause):
            continue
        word = found.group().casefold()
        if word in _DOUBTS and is_no_doubt(text, start):
            continue
        if _NOT_SO.match(text, end):
            yield Negation("untrue", start, end, untrue=True)
        else:
            like_no = word == "not" and _LIKE_NO.match(text, end)
            yield Negation("no" if like_no else word, start, end, untrue=False)


def clause_end(text: str, place: int) -> int:
    """Where the clause ends that goes on at a place."""
    last = min(len(text), place + LONGEST_CLAUSE)
    end = _CLAUSE.search(text, place, last)
    return end.start() if end else last


def noun_end(text: str, start: int, end: int) -> int:
    """Where the noun after a "no" ends, if something befell it; else where it starts."""
    for match in WORD.finditer(text, start, end):
        if match.group().casefold() in _AUXILIARIES:
            return match.start()
    return start


def clause_around(text: str, negation: Negation) -> str:
    """The clause that a negation stands in, with its subject: what follows "said that"."""
    first = max(0, negation.start - LONGEST_CLAUSE)
    opened = [match.end() for match in _OPENED.finditer(text, first, negation.start)]
    return text[opened[-1] if opened else first : clause_end(text, negation.end)]


def _denies_twice(text: str, place: int, end: int) -> bool:
    return denies_what_is_denied(next(_content(_words(text, place, end)), ""))


def _words(text: str, place: int, end: int) -> list[str]:
    return [match.group().casefold() for match in WORD.finditer(text, place, end)]


def _content(words: Sequence[str]) -> Iterator[str]:
    """The words that say something; an adverb says only how."""
    for word in words:
        if not is_stop_word(word) and word not in _FILLERS and not word.endswith("ly"):
            yield word


def negates(text: str, negation: Negation, wanted: AskedMatter) -> bool:
    """Whether what a negation says no to is what is wanted.

    A "not" is of the verb after it: who does "not regret selling it" has sold it. A "no" is of
    the noun after it and of what befell that: "no shot was heard" denies no shot.
    """
    end = clause_end(text, negation.end)
    if negation.untrue:
        return _calls_it_untrue(text, negation, end, wanted)
    if wanted.past and _tells_of_later(text, negation, end):
        return False
    if _OTHERWISE.match(text, end) or _says_only_how(text[negation.end : end], wanted):
        return False
    words = _words(text, negation.end, end)
    if negation.word in _FAINT:
        return any(wanted.stems & stems_of(word) for word in words[:NEGATION_REACH])
    if negation.is_determiner:
        return _denies_any(text, negation, words, wanted)
    content = list(_content(words))
    if _INVERTING.match(negation.word):
        return bool(_met(content[:SUBJECT_AND_VERB], wanted.verbs))
    skipped = _ATTEMPTS if wanted.past else _ATTEMPTS | _PLANS
    head = content[1:2] if content[:1] and content[0] in skipped else content[:1]
    return any(wanted.verbs & stems_of(word) for word in [*content[:1], *head])


def _calls_it_untrue(text: str, negation: Negation, end: int, wanted: AskedMatter) -> bool:
    """Whether what is called untrue, where it is told at once, is mostly what is asked."""
    if not _THAT.match(text, negation.end):
        return True
    told = list(_content(_words(text, negation.end, end)))
    return 2 * sum(bool(wanted.stems & stems_of(word)) for word in told) > len(told)


def _says_only_how(clause: str, wanted: AskedMatter) -> bool:
    """Whether it was done, but otherwise: not willingly, not alone, not all of it."""
    if _PARTLY.search(clause):
        return True
    adverbs = {word.casefold() for word in _ADVERB.findall(clause)} - _AFFIRMING
    return any(wanted.stems.isdisjoint(stems_of(word)) for word in adverbs)


def _tells_of_later(text: str, negation: Negation, end: int) -> bool:
    """Whether a no to what was done is only one to what comes or would have come: "would not do
    it again", "would never have done it without them"."""
    if _NEXT_DAYS.search(text, negation.end, end):
        return True
    return bool(_OF_THE_FUTURE.search(text, max(0, negation.start - 12), negation.start))


def _denies_any(text: str, negation: Negation, words: Sequence[str], wanted: AskedMatter) -> bool:
    """Whether "no", "nobody" or "none" is of what is wanted."""
    before = _words(text, max(0, negation.start - 40), negation.start)[-1:]
    if negation.word in _ANYBODY and _met(before, wanted.verbs):
        return True
    place = next((i for i, word in enumerate(words) if word in _AUXILIARIES), None)
    noun = list(_content(words if place is None else words[:place]))
    if noun[:1] and noun[0] in (_PROOFS if wanted.past else _PROOFS | _PLANS):
        return len(_met(words, wanted.stems)) >= min(2, len(wanted.stems))
    if place is not None:
        verb = [word for word in _content(words[place + 1 :]) if not word[0].isdigit()][:1]
        theirs = negation.word == "none" and OWN.match(text, negation.end)
        whose = not noun or theirs or not _GENERAL.isdisjoint(noun) or _met(noun, wanted.stems)
        return bool(whose and _met(verb, wanted.stems if wanted.having else wanted.verbs))
    if negation.word in _ANYBODY or (negation.word == "none" and OWN.match(text, negation.end)):
        return bool(_met(noun[:SUBJECT_AND_VERB], wanted.verbs))
    if _LIGHT_VERBS.intersection(before):
        return bool(_met(noun[:1], wanted.verbs))
    if wanted.having:
        return bool(_met(noun[:1], wanted.stems))
    # "There are no rebels in the hills": nothing else is told than what is asked.
    told = [*(word for word in before if word not in _AUXILIARIES), *noun]
    every = wanted.stems | wanted.names
    return len(_met(told, wanted.stems)) > 1 and all(every & stems_of(word) for word in noun)


def _met(words: Iterable[str], wanted: frozenset[str]) -> frozenset[str]:
    return frozenset[str]().union(*(wanted & stems_of(word) for word in words))


def tells_only_of(text: str, wanted: AskedMatter) -> bool:
    """Whether a text negates what is asked, and nothing besides it."""
    every = wanted.stems | wanted.names
    return any(
        all(
            every & stems_of(word)
            for word in _content(_words(text, negation.end, clause_end(text, negation.end)))
        )
        for negation in negations(text)
    )
