"""Terms of a text in their base forms: "Who led it?" and "They lead it" speak of the same.

Stemming cuts endings, so "lost" never meets "lose"; a question with "did" has the base form
where the text that answers has the past.
"""

from __future__ import annotations

from functools import cache

from index.keywords import terms
from retrieval.words.word_lists import word_lists

# Stems of other verbs too, "founded" and "bounded", or the past of one and the base of another.
_OF_OTHERS = frozenset({"found", "bound", "lay"})


def base_terms(text: str) -> list[str]:
    """The terms of the keyword index, irregular forms of a verb as the term of its base form."""
    found = terms(text)
    return list(map(_bases().get, found, found))


@cache
def _bases() -> dict[str, str]:
    return {
        term: base
        for verb, forms in word_lists("irregular_verbs").items()
        for base in terms(verb)
        for form in forms
        if form not in _OF_OTHERS
        for term in terms(form)
    }
