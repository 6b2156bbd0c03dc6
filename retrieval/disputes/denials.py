"""What a verb of denying is of: a claim as a whole, or just what follows it."""

from __future__ import annotations

import re

from retrieval.disputes.asked_matter import AskedMatter, matter_words
from retrieval.disputes.claims import COVERED, ReadClaim, share_of
from retrieval.words.turn_names import names_in

_DENYING = (
    r"(?<!\w)(?:den(?:ies|ied)|reject(?:s|ed)|disput(?:es|ed)|dismiss(?:es|ed)|refute[sd]"
    r"|doubt(?:s|ed))\s+"
)
_CLAIMS = (
    r"(?:claims?|allegations?|accusations?|charges?|reports?|findings?|assertions?|statements?"
    r"|suggestions?|rumou?rs?|ideas?|notions?)"
)
BARE_OBJECT = re.compile(
    r"(?:the\s+(?=[^\W\d_]+['’]s?\s))?(?:the|these|those|this|that|such|all|both|its|his|her|their|[^\W\d_]+['’]s?|[A-Z][a-z]+)\s+"
    r"(?:\w+\s+)?(?:claims?|allegations?|accusations?|charges|reports?|figures?|assertions?|statements?|criticisms?"
    r"|suggestions?|rumou?rs?|versions?|accounts?)(?!\w)"
)
ALL_OF_IT = re.compile(
    rf"{_DENYING}(?:this|that|it|them|the\s+\w+|all\s+\w+)\s*[.,;]",
)
"""What was just said is denied as a whole: "The commission denied this."."""

_DENIED = re.compile(
    rf"{_DENYING}(?:(?:(?:the|any|all|an?|such|[^\W\d_]+['’]s)\s+)?{_CLAIMS}\s+)?"
    r"(?:that|of(?=\s+\w+ing))\s+(?P<clause>(?:[^,;:“”\"]|,(?=\d))+)"
)
_OBJECT = re.compile(rf"{_DENYING}(?P<object>(?:[^,.;:“”\"]|[,.](?=\d)){{1,160}})")
_OF_WHAT = re.compile(r"\s+(?:about|of|over|on)\s+(?P<matter>.+)", re.DOTALL)
_NO_DEED = frozenset({"have", "be", "do"})
"""Stems that only tell when: "denied having met him"."""

_ALL_BLAME = re.compile(
    r"(?:this|that|it|them|all)\s*$|(?:(?:any|all)\s+)?(?:wrongdoing|involvement|responsibility|guilt)",
    re.IGNORECASE,
)


def is_of_the_claim(denial: ReadClaim, claim: ReadClaim, matter: AskedMatter) -> bool:
    """Whether what a verb of denying is of is what another claims.

    Who denies that a hotel was closed denies no avalanche, and who rejects a budget no purchase.
    """
    text = denial.claim.text
    asked = claim.relevant or (claim.alike and _names_both(claim.claim.text, matter))
    told = claim.words | (matter.words if asked else frozenset())
    said = _DENIED.search(text)
    if said is not None and (denied := matter_words(said["clause"]) - _NO_DEED):
        return share_of(denied, told) > COVERED
    found = _OBJECT.search(text)
    if found is None or _ALL_BLAME.match(found["object"]):
        return True
    bare = BARE_OBJECT.match(found["object"])
    rest = _OF_WHAT.match(found["object"], bare.end()) if bare else None
    if bare and not rest:
        return True
    denied = matter_words(rest["matter"] if rest else found["object"]) - _NO_DEED
    return share_of(denied, told) > COVERED if denied else True


def _names_both(text: str, matter: AskedMatter) -> bool:
    """Whether a text names both whom the question asks about, by their last names at least.

    What is said of the two and is alike to the question is about it in other words: "a brief
    relationship" for "an affair".
    """
    asked = {name.text.rsplit(maxsplit=1)[-1] for name in names_in(matter.text)}
    return len([name for name in asked if name in text]) >= 2
