"""Whether one claim stands against another."""

from __future__ import annotations

import itertools
import math
import re
from dataclasses import replace

from index.keywords import terms
from retrieval.disputes.asked_matter import WORD, AskedMatter, matter_words
from retrieval.disputes.claims import ReadClaim
from retrieval.disputes.contrasts import (
    each_tells_of_itself,
    has_another_object,
    has_another_subject,
    is_of_no_one_told,
    is_restricted,
    tells_of_a_further,
)
from retrieval.disputes.deeds import are_of_other_fates
from retrieval.disputes.denials import ALL_OF_IT, BARE_OBJECT, is_of_the_claim
from retrieval.disputes.distinctions import are_told_apart
from retrieval.disputes.figures import ONE_ORDER, Figure, of_others
from retrieval.disputes.negations import (
    OWN,
    Negation,
    clause_around,
    clause_end,
    negates,
    negations,
    noun_end,
)
from retrieval.words.word_lists import word_lists

LIKELY = math.log(0.3 / 0.7)
"""Log-odds from which a sentence may be the answer: only its figure is one for what is asked."""

NEARBY = 1500
"""A bare denial ("dismissed the allegations") speaks of claims at most so many characters before
it in the same article."""

LONGEST_BREAK = 2
"""Characters between two sentences that stand one after the other."""

_THE_FIGURE = re.compile(
    r"(?<!\w)(?:estimates?|figures?|numbers?|counts?|tolls?|tally|tallies|totals?|sums?|valuations?"
    r"|forecasts?|calculations?)\s+of\s+(?:(?:about|some|around|roughly|nearly)\s+)?"
    r"(?P<figure>\d[\d.,]*(?:\s+(?:hundred|thousand|million|billion|per))?\s+[^\W\d_]+)(?!\w)"
)
_ONLY = re.compile(
    r"(?<!\w)(?:only|just|merely|at\s+most|(?:no|not)\s+more\s+than|less\s+than|fewer\s+than)\s+\d"
)
_WHICH = re.compile(r"\s+that(?!\w)")
_NO_CLAIM = frozenset({"denies", "doubts", "refuses", "urges"})


def _denies(read: ReadClaim) -> bool:
    if read.attribution.verb_polarity == "denies":
        return True
    return read.attribution.verb_polarity == "says" and any(negations(read.claim.text))


def _negates_the_matter(denial: ReadClaim, claim: ReadClaim, matter: AskedMatter) -> bool:
    """Whether what it negates is what both speak of: any sentence may have a "not" in it."""
    common = claim.asked | (denial.words & claim.words)
    both = replace(matter, stems=matter.stems | common, verbs=matter.verbs | common)
    return any(
        _is_of_it(denial, claim, negation, both) for negation in negations(denial.claim.text)
    )


def _is_of_it(denial: ReadClaim, claim: ReadClaim, negation: Negation, matter: AskedMatter) -> bool:
    text = denial.claim.text
    if not negates(text, negation, matter):
        return False
    if negation.untrue:
        return True
    clause = clause_around(text, negation)
    if has_another_object(clause, denial, claim, matter):
        return False
    end = clause_end(text, negation.end)
    if negation.is_determiner:
        none_such = text[negation.end : noun_end(text, negation.end, end)]
        own = OWN.match(text, negation.end) and is_of_no_one_told(denial, claim, matter)
        return not (own or is_restricted(none_such, denial, claim, matter))
    subject = clause[: len(clause) - (end - negation.start)]
    return not (
        has_another_subject(subject, clause, denial, claim, matter)
        or is_restricted(text[negation.end : end], denial, claim, matter)
    )


def _denies_what_is_claimed(denial: ReadClaim, claim: ReadClaim, matter: AskedMatter) -> bool:
    """Whether a "not" is of the question's own words, and a denial of what was said."""
    if denial.attribution.verb_polarity == "denies":
        return is_of_the_claim(denial, claim, matter)
    return any(
        _is_of_it(denial, claim, negation, matter) for negation in negations(denial.claim.text)
    )


def _tells_of_denial(claim: ReadClaim) -> bool:
    """ "Oslo has denied it, the Courier reported" is the paper's word on it, and no claim."""
    denying = frozenset(word_lists("speech_words")["verbs"]["denies"])
    return any(word.casefold() in denying for word in WORD.findall(claim.claim.text))


def opposes(denial: ReadClaim, claim: ReadClaim, matter: AskedMatter) -> bool:
    """Whether the first denies what the second claims, or both accuse each other."""
    if denial.party == claim.party or claim.attribution.verb_polarity in _NO_CLAIM:
        return False
    if not (claim.relevant or claim.alike) or _tells_of_denial(claim):
        return False
    denied = _denies(denial) and not _denies(claim)
    if denied:
        if each_tells_of_itself(denial, claim, matter) or tells_of_a_further(denial, claim, matter):
            return False
        alike = _of_what_is_asked(denial, claim)
        if alike and _denies_what_is_claimed(denial, claim, matter):
            return True
    if _counts_otherwise(denial, claim) or _disputes_the_figure(denial, claim, matter):
        return True
    if _answers_with_less(denial, claim, matter):
        return True
    if denial.attribution.verb_polarity == "denies":
        if not denial.relevant:
            return _answers_bare(denial, claim)
        alike = _same_matter(denial, claim) or _is_charged(denial, claim)
        return denied and alike and is_of_the_claim(denial, claim, matter)
    if not denial.relevant:
        return False
    if denied:
        return _same_matter(denial, claim) and _negates_the_matter(denial, claim, matter)
    return _accuse_each_other(denial, claim)


def _is_charged(denial: ReadClaim, claim: ReadClaim) -> bool:
    """The claim names the one who denies, and both speak of what is asked."""
    return _names(claim, denial) and bool(denial.asked & claim.asked)


def _of_what_is_asked(denial: ReadClaim, claim: ReadClaim) -> bool:
    return claim.alike and (denial.alike or _rejects_the_claimant(denial, claim))


def _counts_otherwise(first: ReadClaim, second: ReadClaim) -> bool:
    """Two likely answers to a question about a quantity, of two parties, with other figures.

    Where one text has the other's figure too, they speak of several quantities; where each names
    what the other does not, of several places; where the higher one is of a later day, of a count
    that went on; where one is `ONE_ORDER` times the other, of two matters. So they do where one
    tells of the dead and the other of the hurt.
    """
    if min(first.claim.score, second.claim.score) < LIKELY:
        return False
    speakers = frozenset(
        terms(
            f"{first.attribution.speaker} {first.attribution.role}"
            f" {second.attribution.speaker} {second.attribution.role}"
        )
    )
    one, other = first.claim.text, second.claim.text
    if of_others(one, other, speakers) or are_told_apart(one, other):
        return False
    pairs = list(itertools.product(first.counts, second.counts))
    if any(a.value in second.values or b.value in first.values for a, b in pairs):
        return False
    return any(
        a.counted & b.counted
        and max(a.value, b.value) <= ONE_ORDER * min(a.value, b.value)
        and not _went_on(first, second, a, b)
        and not are_of_other_fates(one, a.shown, other, b.shown)
        for a, b in pairs
    )


def _disputes_the_figure(denial: ReadClaim, claim: ReadClaim, matter: AskedMatter) -> bool:
    """ "Aurum disputes the estimate of 90 tonnes": the figure that another gives for what is asked.

    The number alone is not enough: 90 tonnes are no 90 crowns.
    """
    if denial.attribution.verb_polarity != "denies" or not matter.quantity or not claim.relevant:
        return False
    found = _THE_FIGURE.search(denial.claim.text)
    return found is not None and re.sub(r"\s+", " ", found["figure"]) in claim.claim.text


def _answers_with_less(denial: ReadClaim, claim: ReadClaim, matter: AskedMatter) -> bool:
    """Who is accused of it says that it was "only 6 per cent": all that is asked, and a figure."""
    return (
        matter.quantity
        and claim.attribution.verb_polarity == "accuses"
        and denial.attribution.verb_polarity == "says"
        and _names(claim, denial)
        and matter.words <= denial.asked & claim.asked
        and bool(_ONLY.search(denial.claim.text))
        and not denial.numbers & claim.numbers
        and not is_restricted(denial.claim.text, denial, claim, matter)
    )


def _went_on(first: ReadClaim, second: ReadClaim, count: Figure, other: Figure) -> bool:
    """Whether the higher of two counts is of a later day: the dead of a flood become more."""
    day, other_day = first.claim.published, second.claim.published
    if day is None or other_day is None or day == other_day:
        return False
    return (day > other_day) == (count.value > other.value)


def _rejects_the_claimant(denial: ReadClaim, claim: ReadClaim) -> bool:
    """ "Manila rejected Beijing's version": what was claimed is denied by naming who claimed it."""
    return (
        denial.attribution.verb_polarity == "denies"
        and _names(denial, claim)
        and bool(BARE_OBJECT.search(denial.claim.text))
    )


def _names(claim: ReadClaim, denial: ReadClaim) -> bool:
    surname = denial.attribution.speaker.split()[-1]
    body = denial.attribution.body
    # To name a body is to charge it only where somebody accuses it: most texts name a company.
    accused = claim.attribution.verb_polarity == "accuses" and body and body in claim.claim.text
    return bool(accused) or _has_word(claim.claim.text, surname) or denial.party in claim.states


def _has_word(text: str, word: str) -> bool:
    """Whether a word stands in a text by itself: no "Li" is in "Libya"."""
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text) is not None


def _answers_bare(denial: ReadClaim, claim: ReadClaim) -> bool:
    """ "Kyiv dismissed the allegations": those about it, just before in the same article."""
    if denial.claim.article_id != claim.claim.article_id:
        return False
    if not 0 < denial.claim.start - claim.claim.start <= NEARBY:
        return False
    if _follows_at_once(denial, claim) and ALL_OF_IT.search(denial.claim.text):
        return bool(_claimed(claim) & claim.asked)
    bare = BARE_OBJECT.search(denial.claim.text)
    # "Oslo denied the claim that ..." tells which claim it means.
    told = bare is not None and _WHICH.match(denial.claim.text, bare.end())
    return bare is not None and not told and _names(claim, denial)


def _claimed(claim: ReadClaim) -> frozenset[str]:
    """The words of a claim besides those that say who makes it."""
    return claim.words - matter_words(f"{claim.attribution.speaker}, {claim.attribution.role}")


def _follows_at_once(denial: ReadClaim, claim: ReadClaim) -> bool:
    """Whether nothing stands between the two sentences but a space or a new paragraph."""
    return denial.claim.start - (claim.claim.start + len(claim.claim.text)) <= LONGEST_BREAK


def _same_matter(first: ReadClaim, second: ReadClaim) -> bool:
    """Common words beyond the question's share: the same numbers, or half of the shorter text."""
    if first.numbers & second.numbers:
        return True
    if not first.states & second.states:
        return False
    common = len(first.words & second.words)
    shorter = min(len(first.words), len(second.words))
    return common >= 2 and common * 2 >= shorter


def _accuse_each_other(first: ReadClaim, second: ReadClaim) -> bool:
    accusing = {first.attribution.verb_polarity, second.attribution.verb_polarity} == {"accuses"}
    return accusing and first.party in second.states and second.party in first.states
