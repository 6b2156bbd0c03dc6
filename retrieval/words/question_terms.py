"""The words of a question that carry its meaning, and how much each of them weighs."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress

from index.keywords import terms
from index.store import StoreReader
from retrieval.words.base_forms import base_terms

# Words that ask rather than say. They may be rare in news, yet no passage answers for having them.
_ASKING = (
    "how what when where which who whom whose why do does did is are was were be been being am"
    " the a an of in on at to for from by with and or but if then than that this these those it"
    " its he she his her they their them there here has have had can could will would should may"
    " might must about into over as not no any some much many say says said tell please"
    " кто что где когда почему зачем сколько какой какая какие каком ли и в на с о об по за из у"
    " к от до не это был была было были есть как а но же хто що де коли чому скільки який яка"
    " які чи і й та з зі про від до не це був була було були є як але ж"
    " wer was wo wann warum wie welche der die das ein eine ist sind war und in von zu mit"
    " qui que quand où pourquoi comment combien le la les un une est sont de du des et à en"
    " qué quién cuándo dónde por cómo cuánto el los las una es son y"
)
_SMALL = "".join(letter for letter in map(chr, range(ord("a"), 0x530)) if letter.islower())
CAPITALISED = re.compile(rf"(?<![\w’'])(?:[^\W\d_{_SMALL}][\w’'-]*|\d[\d.,:]*\d|\d+)")
"""A capitalised word, or a number."""


@dataclass(frozen=True, slots=True)
class QuestionTerms:
    """Distinct terms of a question with weights that sum to one, and which of them are names.

    A name is a capitalised word past the first, or a number: something a passage must speak of.
    """

    terms: tuple[str, ...]
    weights: tuple[float, ...]
    names: frozenset[str]

    def share(self, present: frozenset[str]) -> float:
        """Weight (0 to 1) of the question's terms that are among `present`."""
        return sum(compress(self.weights, map(present.__contains__, self.terms)))

    def names_missing(self, present: frozenset[str]) -> float:
        """Share (0 to 1) of the question's names that are not among `present`."""
        if not self.names:
            return 0.0
        return len(self.names - present) / len(self.names)

    def within(self, text: str) -> QuestionTerms:
        """Those that `text`, a part of the question, holds, weighted among themselves."""
        present = term_set(text)
        kept = [
            (term, weight)
            for term, weight in zip(self.terms, self.weights, strict=True)
            if term in present
        ]
        total = sum(weight for _, weight in kept) or 1.0
        return QuestionTerms(
            tuple(term for term, _ in kept),
            tuple(weight / total for _, weight in kept),
            self.names & present,
        )


@lru_cache(maxsize=1)
def _asking_terms() -> frozenset[str]:
    return frozenset(base_terms(_ASKING))


def content_terms(question: str) -> frozenset[str]:
    """The distinct terms of a question but those that ask rather than say."""
    return term_set(question) - _asking_terms()


def question_terms(question: str, store: StoreReader, passages: int) -> QuestionTerms:
    """Terms of `question`, weighted by BM25's inverse document frequency in the store.

    `passages` is the number of passages stored. Weighting: Robertson and Spärck Jones, with the
    +1 inside the logarithm that keeps it positive.
    """
    asking = _asking_terms()
    forms = dict(zip(base_terms(question), terms(question), strict=True))
    distinct = tuple(term for term in forms if term not in asking)
    shares = store.term_shares([forms[term] for term in distinct]) if distinct else []
    raw = [_rarity(share * passages, passages) for share in shares]
    total = sum(raw) or 1.0
    return QuestionTerms(distinct, tuple(value / total for value in raw), _names(question, asking))


def _rarity(holding: float, passages: int) -> float:
    return math.log(1 + (passages - holding + 0.5) / (holding + 0.5))


def _names(question: str, asking: frozenset[str]) -> frozenset[str]:
    found = {term for name in names_as_written(question) for term in base_terms(name)}
    return frozenset(found.difference(asking))


def names_as_written(question: str) -> Iterator[str]:
    """Its capitalised words and numbers; the first word is capitalised whatever it is."""
    for match in CAPITALISED.finditer(question):
        starts_sentence = not question[: match.start()].strip(" \n\t¿¡")
        if match.group()[0].isdigit() or not starts_sentence:
            yield match.group()


@lru_cache(maxsize=4096)
def term_set(text: str) -> frozenset[str]:
    """The distinct base terms of a text; remembered: popular passages come up again."""
    return frozenset(base_terms(text))


def term_sets(texts: Sequence[str]) -> list[frozenset[str]]:
    """The distinct terms of each text."""
    return [term_set(text) for text in texts]
