"""Whether a sentence tells of another thing than what is asked, in nearly the same words."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from functools import lru_cache

from retrieval.disputes.asked_matter import WORD, AskedMatter, matter_words, stems_of
from retrieval.disputes.claims import ReadClaim
from retrieval.disputes.days_told import days_told
from retrieval.words.parties import country_named
from retrieval.words.sentence_tokens import words as speech_words
from retrieval.words.turn_names import is_stop_word
from retrieval.words.word_lists import irregular_verbs

_PLACED = re.compile(
    r"(?<!\w)(?P<noun>[^\W\d_]+)\s+(?:in|of|at|from|near)\s+(?:the\s+)?"
    r"(?P<name>[A-Z][^\W\d_]+(?:\s[A-Z][^\W\d_]+){0,2})"
)
_OWNED = re.compile(r"(?<!\w)(?P<name>[A-Z][^\W\d_]+)['’]s\s+(?P<noun>[^\W\d_]+)")
_OF_THE_SPEAKER = re.compile(
    r"(?<!\w)(?:that|said|says|say|insisted|insists)\s+"
    r"(?:(?P<alone>it|they|he|she|we|I)|(?:its|their|his|her|our|my)\s+(?P<noun>[^\W\d_]+))(?!\w)"
    r"(?P<rest>[^.;:“”\"]{0,120})"
)
_SAID = re.compile(r"(?<!\w)(?:said|says|say|told\s+\w+|insisted|insists|added)(?!\w)")
_BELONGING = re.compile(r"\s*(?:our|my|its|their|his|her)(?!\w)", re.IGNORECASE)
_MEANT = frozenset(
    {"company", "firm", "government", "client", "team", "office", "ministry", "group", "club"}
    | {"organisation", "organization", "party", "army", "military", "state", "country", "police"}
    | {"council", "city", "bank", "people", "person", "man", "woman", "men", "women", "ones"}
)
"""Who may be anybody: only the context tells whether "the company" is the one that is meant."""

_FURTHER = frozenset(
    {"first", "second", "third", "fourth", "another", "other", "last", "next", "new", "old"}
    | {"remaining", "later", "earlier", "former"}
)
_CIRCUMSTANCE = re.compile(
    r"(?<!\w)(?:in|on|for|at|without|during|with|after|since|near|under)\s+(?!any(?!\w)|all(?!\w))"
    r"(?P<of>[^\W\d_]+(?:\s+(?!(?:in|on|for|at|without|during|with|after|since|near|under)(?!\w))"
    r"[^\W_]+){0,3})"
)
_EMPTY = frozenset(
    {"being", "having", "once", "our", "my", "your", "not", "no", "enough", "ever", "yet", "single"}
    | {"never", "anywhere", "nowhere", "one", "such"}
)
"""Words that tell of no other thing, though they are no stop words."""

_PASSIVE = re.compile(r"(?<!\w)(?:been|was|were|being)(?!\w)", re.IGNORECASE)


def tells_of_another(read: ReadClaim, matter: AskedMatter) -> bool:
    """Whether a claim is of another day than the question, or of another's: not the clinic in
    Rusk, but the clinic in Sund."""
    asked, told = days_told(matter.text), days_told(read.claim.text)
    if asked and told and not asked & told:
        return True
    theirs = _possessions(matter.text)
    return any(
        names.isdisjoint(theirs[noun]) and not any(name in read.claim.text for name in theirs[noun])
        for noun, names in _possessions(read.claim.text).items()
        if noun in theirs
    )


def _possessions(text: str) -> dict[str, frozenset[str]]:
    """From a noun to the names that tell which one is meant."""
    found: dict[str, frozenset[str]] = {}
    for pattern in (_PLACED, _OWNED):
        for match in pattern.finditer(text):
            noun, name = match["noun"].casefold(), match["name"]
            if not is_stop_word(noun) and name.casefold() not in speech_words("calendar"):
                found[noun] = found.get(noun, frozenset()) | {name}
    return found


def each_tells_of_itself(denial: ReadClaim, claim: ReadClaim, matter: AskedMatter) -> bool:
    """Whether both speak of themselves, and not of each other.

    "Nurses said that they had been paid", "Cleaners said that they had not been paid": both are
    true. So is what two bodies say of the same doing of their own; with other verbs it is where
    the question asks only about who claims it.
    """
    ours = _OF_THE_SPEAKER.search(denial.claim.text)
    theirs = _OF_THE_SPEAKER.search(claim.claim.text)
    if ours is None or theirs is None or _own(ours) != _own(theirs):
        return False
    if bool(_PASSIVE.search(ours["rest"])) != bool(_PASSIVE.search(theirs["rest"])):
        return False
    bodies = _is_of_a_body(ours) and _is_of_a_body(theirs)
    if bodies and next(_done(ours["rest"]), None) == next(_done(theirs["rest"]), ""):
        return True
    return _is_asked_of(claim, matter) and not _is_asked_of(denial, matter)


def _is_of_a_body(subject: re.Match[str]) -> bool:
    """Whether it is "it", "they" or "we": a "he" may be somebody else than the speaker."""
    return (subject["alone"] or "").casefold() in {"it", "they", "we"}


def _done(clause: str) -> Iterator[str]:
    return (_stem(word) for word in WORD.findall(clause) if not _only_binds(word))


def _own(subject: re.Match[str]) -> str:
    """What of the speaker's a sentence is about: empty where it is the speaker or its country."""
    noun = (subject["noun"] or "").casefold()
    return "" if noun in _MEANT else noun


def tells_of_a_further(denial: ReadClaim, claim: ReadClaim, matter: AskedMatter) -> bool:
    """Whether a denial is of the second letter, where nobody else tells of two."""
    said = f"{claim.claim.text} {matter.text}".casefold()
    return any(
        word.casefold() in _FURTHER
        and word.casefold() not in said
        and not matter.stems.isdisjoint(stems_of(noun))
        for word, noun in itertools.pairwise(WORD.findall(denial.claim.text))
    )


def is_restricted(clause: str, denial: ReadClaim, claim: ReadClaim, matter: AskedMatter) -> bool:
    """Whether what is negated is only denied of a place, time or purpose that nobody else tells of.

    "Unemployment has not fallen in the north" leaves open whether it fell.
    """
    if days_told(clause) - days_told(claim.claim.text) - days_told(matter.text):
        return True
    known = _known(denial, claim, matter) | _stems_said(claim.claim.text)
    for found in _CIRCUMSTANCE.finditer(clause):
        stems = [_stem(word) for word in WORD.findall(found["of"]) if not _only_binds(word)]
        if stems and known.isdisjoint(stems):
            return True
    return False


def is_of_no_one_told(denial: ReadClaim, claim: ReadClaim, matter: AskedMatter) -> bool:
    """Whether neither question nor claim names who speaks: "our drivers" are of another then."""
    told = _stems_said(matter.text) | _stems_said(claim.claim.text)
    return told.isdisjoint(_who(denial))


def _is_asked_of(read: ReadClaim, matter: AskedMatter) -> bool:
    return not _who(read).isdisjoint(_stems_said(matter.text))


def _who(read: ReadClaim) -> frozenset[str]:
    who = read.attribution
    return _stems_said(f"{who.speaker} {who.role} {who.body}")


@lru_cache(maxsize=4096)
def _stems_said(text: str) -> frozenset[str]:
    """The stems of all words of a text that say something, names among them."""
    words = [match.group() for match in WORD.finditer(text)]
    return frozenset[str]().union(
        *(stems_of(_bare(word)) for word in words if not is_stop_word(word))
    )


def _bare(word: str) -> str:
    """A name without its possessive ending."""
    return word[:-2] if word[-2:] in ("'s", "’s") else word


def has_another_object(
    clause: str, denial: ReadClaim, claim: ReadClaim, matter: AskedMatter
) -> bool:
    """Whether a clause has a word of the question go on otherwise than the question does.

    Asked about a tax on bread, "the tax on milk was not raised" is no answer. What the claim or
    the question also speak of is no other thing, nor is a clause that has what is asked for too.
    """
    said = matter_words(clause)
    known = _known(denial, claim, matter)
    following, before = dict(_neighbours(matter.text)), dict(_described(matter.text))
    passive = _PASSIVE.search(clause)
    words = list(_neighbours(clause))
    for place, (word, goes_on) in enumerate(words):
        # Who is said to have met nobody of the press may be whom another is asked to have met.
        later = said if passive else {after for _, after in words[place:]}
        asked = following.get(word)
        if asked in matter.words and asked not in later and goes_on not in known:
            return True
    pairs = [(before.get(word), told) for word, told in _described(clause)]
    return any(
        asked in matter.words and asked not in said and told not in known for asked, told in pairs
    )


def has_another_subject(
    subject: str, clause: str, denial: ReadClaim, claim: ReadClaim, matter: AskedMatter
) -> bool:
    """Whether what stands before a "not" is somebody else than the question is about.

    "The striker had not signed" tells nothing of a goalkeeper. What belongs to the speaker
    ("its soldiers") and who has no name of its own ("the company") may be what is meant.
    """
    told = _SAID.split(subject)[-1]
    words = [word for word in WORD.findall(told) if not _only_binds(word)]
    if not words or _BELONGING.match(told) or not _MEANT.isdisjoint(map(str.casefold, words)):
        return False
    known = _known(denial, claim, matter)
    if any(stems_of(_bare(word)) & known for word in words):
        return False
    asked = next((word for word in WORD.findall(matter.text) if not is_stop_word(word)), "")
    return stems_of(_bare(asked)).isdisjoint(_stems_said(clause))


def _known(denial: ReadClaim, claim: ReadClaim, matter: AskedMatter) -> frozenset[str]:
    """What is no other thing: what the question, the claim, or the speaker's own name tells."""
    return matter.stems | claim.words | _who(denial) | _stems_said(matter.text)


def _described(text: str) -> Iterator[tuple[str, str]]:
    """The stem of each noun, with that of the word right before it: "old" of "the old bridge"."""
    for before, word in itertools.pairwise(WORD.findall(text)):
        if not (_only_binds(before) or _only_binds(word) or before[0].isdigit() or _is_done(word)):
            yield _stem(word), _stem(before)


def _is_done(word: str) -> bool:
    """Whether a word has the form of a verb: what stands before it is who did it."""
    return word.endswith(("ed", "ing")) or word.casefold() in irregular_verbs()


def _neighbours(text: str) -> Iterator[tuple[str, str]]:
    """The stem of each word, with that of the next word that says something."""
    words = (match.group() for match in WORD.finditer(text))
    return itertools.pairwise(_stem(word) for word in words if not _only_binds(word))


def _stem(word: str) -> str:
    return min(stems_of(_bare(word)), default="")


def _only_binds(word: str) -> bool:
    folded = word.casefold()
    return (
        is_stop_word(folded)
        or folded in _EMPTY
        or folded.endswith(("ly", "n't", "n’t"))
        or folded in speech_words("calendar")
        or country_named(word) is not None
    )
