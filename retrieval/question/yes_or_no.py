"""Whether a question wants a yes or a no, however it is put: a claim to check wants one too."""

from __future__ import annotations

import re

from retrieval.words.question_language import language_of

_POLAR = re.compile(
    r"^\W*(?:(?:and|but|so)\s+)?(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would"
    r"|should|may|might|must|isn't|aren't|wasn't|didn't|doesn't)\b|\bли\b|^\W*чи\b"
    r"|^\W*(?:ist|sind|hat|haben|wird|werden|kann|war(?:en)?|est-ce que)\b"
    r"|-t-(?:il|elle|ils|elles)\b",
    re.IGNORECASE,
)
_GERMAN_WHAT = re.compile(r"^\W*[Ww]as\s+[a-zäöüß]")
_GERMAN_VERB = re.compile(
    r"^\W*was\s+(?:\w+iert(?:e|en)?|geschah|geschieht|wurde[n]?|wird|werden|kann|können|soll(?:te)?n?|weiß"
    r"|macht(?:e|en)?|plant(?:e|en)?|tat|tut|ging|gab|gibt|lief|kam|steht|stand|hat|hatten?|haben)(?!\w)",
    re.IGNORECASE,
)
_OPENS_A_NAME = re.compile(
    r"^\W*(?:will|may|might|can|must|hat|war|do)\s+(?!(?:the|an?|it|they|s?he|we|you|i|there|this|that"
    r"|these|those|his|her|its|their|our|my|your|any\w*|some\w*|every\w*|all|no|der|die|das|er|sie|es|ein"
    r"|eine|der|den|man)\b)[^?]*$",
    re.IGNORECASE,
)
"""Names and key words that begin as a question does: they have no question mark."""

_ASKS_FOR_A_CLAUSE = re.compile(
    r"\b(?:know\w*|tell|say|said|see|seen|explain\w*|remember|remind|show|find out|found out"
    r"|learn\w*|disclose[ds]?|reveal\w*|report\w*|announce[ds]?|clear|known|idea|sure|specif\w+|indicate[ds]?"
    r"|знае\w*|скажи\w*|сказал\w?|извест\w+|відом\w+|скажі\w*|wissen|weißt|sagen|savez|sais|sabe\w?)"
    r"\W+(?:\w+\W+){0,2}$",
    re.IGNORECASE,
)
_ASKS_FOR_WHAT_IS_TOLD = re.compile(
    r"\b(?:information|word|news|details?|data|figures?|estimates?|evidence|indications?|clues?|ideas?)"
    r"\s+(?:on|about|of|as\s+to|regarding|concerning)\s+(?:\w+\W+){0,2}$",
    re.IGNORECASE,
)
_ASKS_FOR_WHAT_IS_SETTLED = re.compile(
    r"\b(?:ask|wonder|confirm\w*|decid\w+|determin\w+|establish\w*|estimat\w+|clarif\w+)\W+$",
    re.IGNORECASE,
)
_WHEN = re.compile(r"(?:when|while)\b", re.IGNORECASE)
_HEADING = re.compile(r"[:–—]\s+$")
_REQUEST = re.compile(
    r"^\W*(?:can|could|would|will|may|might)\s+(?:you|i|we|anyone|anybody|someone|somebody)\s+"
    r"(?:(?:please|kindly|maybe|also)\s+)?(?:list|name|give|describe|explain|ask|tell|show"
    r"|summari[sz]e|provide|outline|enumerate|identify|clarify|remind)\b(?:\s+(?:me|us)\b)?\W*",
    re.IGNORECASE,
)
_CLAIM = re.compile(
    r"^\W*(?:true\s+or\s+(?:false|not)|right\s+or\s+wrong|fact\s+or\s+(?:fiction|myth)"
    r"|fact[\s-]?check|правда\s+или\s+(?:нет|ложь)|правда\s+чи\s+ні)\b\s*[:,?–—-]"
    r"|^\W*whether\b",
    re.IGNORECASE,
)
_TAG = re.compile(
    r",\s+¿?(?:right|correct|true|yes|no|(?:is|was|are|were|do|does|did|has|have|had|will|would|can)n[’']t"
    r"\s+\w+|да|верно|правда|не\s+так\s+ли|так|вірно|oder|nicht\s+wahr|n[’']est-ce\s+pas|verdad)"
    r"\s*\?\s*$",
    re.IGNORECASE,
)
_WHETHER = re.compile(
    r"\b(?:know|tell|say|see|check|verify|confirm|find\s+out|wonder(?:ing)?|sure|clear|ask|learn)\s+"
    r"(?:(?:me|us|please|for\s+sure)\s+)?(?:whether|if)\b",
    re.IGNORECASE,
)
_QUESTION_WORD = re.compile(
    r"\b(?:what|who|whom|whose|which|when|where|why|how|что|кто|кого|кому|кем|чей|где|куда|откуда|когда"
    r"|почему|зачем|сколько|как|какой|какая|какие|каков\w*|що|хто|кого|кому|ким|де|куди|звідки|коли|чому"
    r"|навіщо|скільки|як|який|яка|які|was|wer|wen|wem|wo|wohin|woher|wann|warum|wie|welche\w?|qui|que|quoi"
    r"|où|quand|pourquoi|comment|combien|quel\w*|qué|quién(?:es)?|dónde|cuándo|cómo|cuánt[oa]s?|cuál(?:es)?"
    r"|por\s+qué)\b",
    re.IGNORECASE,
)


def is_polar(question: str) -> bool:
    """Whether it opens as a question for a yes or a no: "Will it rain?", but not "Will Smith"."""
    if _OPENS_A_NAME.search(question) or _is_german_what(question):
        return False
    return _POLAR.search(question) is not None


def wants_yes_or_no(question: str, place: int) -> bool:
    """Whether the question word at a place only opens a clause: "Did it fall when it was hit?".

    "Do you know when it fell?" and "Did they say why?" ask for what the clause asks, and "War in
    Ukraine: how many died?" for what follows its heading.
    """
    before = question[:place]
    if place == 0 or not is_polar(question) or _HEADING.search(before):
        return False
    if _ASKS_FOR_A_CLAUSE.search(before) or _ASKS_FOR_WHAT_IS_TOLD.search(before):
        return False
    # "Was it confirmed when he came?" does not ask for the time.
    return bool(_WHEN.match(question, place)) or not _ASKS_FOR_WHAT_IS_SETTLED.search(before)


def is_claim_to_check(question: str) -> bool:
    """Whether it states what is to be confirmed.

    "True or false: …", "Tell me whether …", "…, right?".
    """
    if _CLAIM.search(question):
        return True
    found = _WHETHER.search(question) or _TAG.search(question)
    return found is not None and not _QUESTION_WORD.search(question[: found.start()])


def without_request(question: str) -> str:
    """The question without "Could you list" or "Can I ask" before it."""
    return _REQUEST.sub("", question, count=1)


def has_question_word(question: str) -> bool:
    """Whether any word of it asks; without one a text may be a statement to check."""
    return _QUESTION_WORD.search(question) is not None


def _is_german_what(question: str) -> bool:
    """ "Was beschloss der Bundestag?" asks what, "Was the bridge closed?" whether."""
    if _GERMAN_VERB.search(question):
        return True
    return bool(_GERMAN_WHAT.search(question)) and language_of(question) == "de"
