"""What a question asks about, read once for all claims that are compared."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from index.keywords import terms
from retrieval.question.answer_fit import counted_noun
from retrieval.words.parties import country_named
from retrieval.words.sentence_tokens import words as speech_words
from retrieval.words.turn_names import is_stop_word, names_in
from retrieval.words.word_lists import irregular_verbs

WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’\-][^\W\d_]+)*")
_ASKS_WHETHER = re.compile(
    r"\W*(?:is|are|was|were|do|does|did|has|have|had|will|would|can|could|ist|sind|hat|haben|правда"
    r"|чи)(?!\w)|.{0,40}\sли(?!\w)",
    re.IGNORECASE,
)
_PAST = re.compile(r"\W*(?:was|were|did|has|have|had)(?!\w)", re.IGNORECASE)
_HAVING = re.compile(
    r"\W*(?:(?:did|do|does|will|would)(?!\w).*\shave(?!\w)|(?:is|are|was|were)\s+there(?!\w))",
    re.IGNORECASE | re.DOTALL,
)

_NOUN_FOLLOWS = frozenset(
    {"the", "a", "an", "any", "some", "of", "for", "in", "at", "on", "by", "from", "with"}
    | {"without", "its", "their", "his", "her", "over", "into", "near", "under", "about"}
)
_QUANTITY = re.compile(
    r"\W*(?:(?:by|at|for)\s+)?how\s+(?:many|much|big|large|high|long|deep|heavy|far|old|strong|tall)"
    r"(?!\w)",
    re.IGNORECASE,
)
_BEFELL = re.compile(
    r"\W*(?:[Ww]as|[Ww]ere)\s+(?:the\s+)?[A-Z][^\W\d_]+(?:\s+[A-Z][^\W\d_]+){0,3}\s+(?P<verb>[a-z]+)"
)


@dataclass(frozen=True, slots=True)
class AskedMatter:
    """A question's words, names apart, and how it asks.

    `words` are its matter words; `stems` also have its verbs of saying, which may be what it is
    about ("Was the city warned?"), and `verbs` are those that may tell what was done: no noun
    after an article, no plural. `names` are the stems of its names. `counted` is what it wants
    counted, `quantity` tells that it asks how many or how large. `whether`: it wants a yes or a
    no; `past`: of what was or was done; `having`: whether there is such a thing; `done_to`: what
    befell the one whom it names.
    """

    text: str
    words: frozenset[str]
    stems: frozenset[str]
    verbs: frozenset[str]
    names: frozenset[str]
    counted: frozenset[str]
    whether: bool
    past: bool
    having: bool
    done_to: bool
    quantity: bool


def asked_matter(question: str) -> AskedMatter:
    """What a question asks about."""
    named = {term for name in names_in(question) for term in terms(name.text)}
    names = {term for term in named if not term[0].isdigit()}
    said = [match.group() for match in WORD.finditer(question)]
    stems = frozenset[str]().union(*(stems_of(word) for word in said if not is_stop_word(word)))
    return AskedMatter(
        question,
        matter_words(question) - names,
        stems - names,
        _verbs(question) - names or stems - names,
        frozenset(named),
        counted_noun(question),
        bool(_ASKS_WHETHER.match(question)),
        bool(_PAST.match(question)),
        bool(_HAVING.match(question)),
        _is_done_to(question),
        bool(_QUANTITY.match(question)),
    )


def _verbs(question: str) -> frozenset[str]:
    """Stems of the words that can be its verb, or the adjective of "Is the tower safe?"."""
    found: set[str] = set()
    before = ""
    for match in WORD.finditer(question):
        word = match.group()
        folded = word.casefold()
        plural = folded.endswith("s") and not folded.endswith("ss")
        if not (is_stop_word(word) or plural or before in _NOUN_FOLLOWS or before.endswith("’s")):
            found.update(stems_of(word))
        before = folded.replace("'", "’")
    return frozenset(found)


def _is_done_to(question: str) -> bool:
    """Whether it asks what was done to a name: "Was Olga Brandt ordered to ...?"."""
    opened = _BEFELL.match(question)
    last = opened["verb"] if opened else ""
    return last.endswith("ed") or last in irregular_verbs()


@lru_cache(maxsize=4096)
def matter_words(text: str) -> frozenset[str]:
    """Stems and numbers of what a text is about: no names of states or of several words, no
    words of saying."""
    found: set[str] = set()
    bodies = [name.span for name in names_in(text) if " " in name.text]
    for match in WORD.finditer(text):
        word, folded = match.group(), match.group().casefold()
        if any(span.start <= match.start() < span.end for span in bodies):
            continue
        if is_stop_word(folded) or country_named(word) is not None:
            continue
        if any(folded in speech_words(group) for group in ("speech_forms", "calendar")):
            continue
        found.update(terms(irregular_verbs().get(folded, word)))
    return frozenset(found)


@lru_cache(maxsize=4096)
def stems_of(word: str) -> frozenset[str]:
    """The stems of a word, also those of the verb that a noun is made of: "payment" is "pay"."""
    plain = irregular_verbs().get(word.casefold(), word)
    made_of = terms(plain[: -len("ment")]) if plain.endswith("ment") else []
    return frozenset([*terms(plain), *made_of])
