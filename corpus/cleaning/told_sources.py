"""Brackets at the end of a line that say who told what stands before them: no picture's credit.

Agencies are named by both. A report names outlets, a poll or who wrote it; a picture names the one
who took it, where it comes from, or that it is one.
"""

from __future__ import annotations

import re

from corpus.cleaning.lines import ends_like_sentence

_PICTURE = re.compile(
    r"photo|picture|image|foto|bild|фото|світлин|снимок|getty|shutterstock|alamy|imago|epa\b"
    r"|\b(?:handout|courtesy|pool|stringer|files?|archiv\w*|архив\w*|архів\w*|screenshot|video)\b",
    re.I,
)
_LABEL = re.compile(
    r"(?:sources?|quellen?|fuentes?|fontes?|fonti|bron(?:nen)?|źródł[oa]|источники?|джерел[оа])\b",
    re.I,
)
_WORK = re.compile(
    r"(?:(?:additional|further|with) )?"
    r"(?:reporting|reported|reportage|writing|written|editing|edited|compiled)\b",
    re.I,
)
_POLL = re.compile(
    r"\b(?:polls?|polling|surveys?|umfragen?|sondages?|sondeos?|encuestas?|опрос\w*|опитуван\w*"
    r"|ipsos|norc|yougov|gallup|gfk|forsa|insa|ifop|elabe|quinnipiac|levada|левада\w*)\b",
    re.I,
)
_OUTLET_WORD = re.compile(
    r"\b(?:news|times|post|independent|guardian|herald|tribune|journal|telegraph|observer|gazette"
    r"|chronicle|press|agency|agencies|agencias?|agences?|tv|radio|broadcasting|media|today"
    r"|zeitung|rundschau|kurier|rundfunk|presse|monde|figaro|mundo|país|corriere|repubblica"
    r"|gazeta|pravda|правда|новости|известия|ведомости|новини|радио|радіо|агентств\w*)\b",
    re.I,
)
_SEVERAL = re.compile(r"\s*[,;]\s*|\s+(?:and|und|et|y|e|и|та|і)\s+")


def names_who_told(before: str, brackets: str) -> bool:
    """Whether brackets at the end of a line, after the text `before`, source a report."""
    if _PICTURE.search(brackets):
        return False
    inside = brackets.strip()[1:-1].strip()
    if before.strip() and _POLL.search(inside):
        return True
    if not ends_like_sentence(before):
        return False
    if _WORK.match(inside):
        return True
    if "/" in inside:
        return False
    listed = _SEVERAL.split(inside)
    return _LABEL.match(inside) is not None or (len(listed) > 1 and all(map(_is_outlet, listed)))


def _is_outlet(name: str) -> bool:
    """Whether it is written as an outlet: one word, capitals, or a word that outlets bear.

    Who takes pictures is named by two words.
    """
    words = name.split()
    return len(words) == 1 or any(
        _OUTLET_WORD.fullmatch(word) or (len(word) > 1 and word.isupper()) for word in words
    )
