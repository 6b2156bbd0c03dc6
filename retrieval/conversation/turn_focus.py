"""The thing that a question is about, as a noun phrase without the verb beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from retrieval.conversation.turn_topic import asks_yes_or_no, time_of
from retrieval.words.sentence_tokens import GENITIVE
from retrieval.words.turn_names import content_words, conversation_words, is_stop_word
from retrieval.words.word_lists import word_lists

_BEING = frozenset({"is", "are", "was", "were", "be", "been", "being"})
_BEFORE_VERB = frozenset({"be", "been", "being", "not", "also"})
_ARTICLES = frozenset({"the", "a", "an"})
_SUBJECT_PRONOUNS = frozenset({"he", "she", "they", "it", "we", "you", "i"})
_ADVERBS = frozenset({"again", "now", "soon", "yet", "still", "already", "ever", "never"})
_PARTICLES = frozenset({"out", "up", "down", "off", "away", "back", "over", "in", "on"})
_PLACES = frozenset({"in", "at", "near", "inside", "outside"})
# "Who won the cup", "What sank the ferry": the word after is the verb of a question about who did.
_SUBJECT_ASKED = re.compile(
    r"(?:who|хто|кто)\s+|what\s+(?=\w+\s+(?:the|a|an|this|that)(?!\w))", re.IGNORECASE
)
_LONGEST_PHRASE = 4


@dataclass(slots=True)
class _Run:
    """Words in a row that say something, and the words before and after them."""

    after: str
    words: list[str] = field(default_factory=list)
    until: str = ""

    @property
    def text(self) -> str:
        return " ".join(self.words)

    @property
    def says_something(self) -> bool:
        return bool(content_words(self.text))


def focus_of(question: str) -> str | None:
    """The last noun phrase: "the Tony Awards" of "Who won the Tony Awards".

    The verb that follows a subject after "did", "will" or "was" is no part of it: "the bridge" of
    "How much will the bridge cost". A named place where something happens is not what is asked
    about: "bread" of "How much does bread cost in Halvern".
    """
    time = time_of(question)
    timeless = f"{question[: time.start]} and {question[time.end :]}" if time else question
    asked = _after_subject_verb(timeless)
    runs = _runs(timeless if asked is None else asked)
    helper = "" if asked is not None else _inverting(timeless)
    subject = None
    for run in runs:
        if run.after in _SUBJECT_PRONOUNS:
            run.words = run.words[1:]
    for place, run in enumerate(runs):
        if helper and run.after == helper:
            # "Why was the tram late" says something of it, "Where was the wedding" does not.
            told = asks_yes_or_no(timeless) or timeless.casefold().startswith("why ")
            subject, *objects = _without_verb(run, helper, told)
            runs[place : place + 1] = [subject, *objects]
            for later in runs[place + 1 :]:
                later.words = _without_verb_after_name(later.words)
            break
    phrases = [run for run in runs if run.says_something and not _is_verb(run)]
    if subject is not None and subject.says_something and not _is_named(subject):
        phrases = [run for run in phrases if run is subject or not _is_place(run)]
    return phrases[-1].text if phrases else None


def noun_of(question: str) -> str | None:
    """What a question about who did something names besides the deed; else a bare phrase.

    "the National Cup in 2021" of "Who won the National Cup in 2021", "Nuclear weapons" as it is.
    """
    told = _after_subject_verb(question)
    if told is not None:
        return _without_particle(told) if content_words(told) else None
    words = question.split()
    bare = len(words) <= _LONGEST_PHRASE and not any(is_stop_word(word) for word in words)
    return question if bare else None


def _without_particle(phrase: str) -> str:
    """ "the fire" of "put the fire out"."""
    start, _, last = phrase.rpartition(" ")
    return start if start and last.casefold() in _PARTICLES else phrase


def _after_subject_verb(question: str) -> str | None:
    """What follows the verb of "Who won …", "Who is building …", "What sank …"."""
    match = _SUBJECT_ASKED.match(question)
    if match is None:
        return None
    words = question[match.end() :].split()
    place = 0
    while place < len(words) and words[place].casefold() in conversation_words("auxiliaries"):
        place += 1
    if place == len(words):
        return None
    helper = words[place - 1].casefold() if place else ""
    first = words[place]
    if helper and (first.casefold() in _ARTICLES or first[:1].isupper()):
        # "Who is the mayor", but "Who did the mayor blame" asks about somebody else.
        return " ".join(words[place:]) if helper in _BEING else None
    if helper in _BEING and not (is_past(first) or first.endswith("ing")):
        return " ".join(words[place:])
    return " ".join(words[place + 1 :])


def _runs(text: str) -> list[_Run]:
    runs = [_Run("")]
    before = ""
    for word in text.split():
        bare = word.strip(",;:?“”\"'()")
        folded = bare.casefold()
        if folded in _ADVERBS:
            continue
        if bare and not is_stop_word(bare):
            runs[-1].words.append(bare)
        elif folded in _ARTICLES:
            runs.append(_Run(before, [bare]))
            continue
        else:
            runs[-1].until = runs[-1].until or folded
            runs.append(_Run(folded))
        before = folded
    return [run for run in runs if run.words]


def _inverting(question: str) -> str:
    """The auxiliary that stands before the subject; empty where none does."""
    words = question.casefold().split()
    return next((word for word in words if word in conversation_words("auxiliaries")), "")


def _without_verb(run: _Run, helper: str, told: bool) -> list[_Run]:
    """The subject, and the object where its words follow the verb without an article."""
    if not _has_two(run) or run.until in _BEFORE_VERB:
        return [run]
    if helper in _BEING:
        dropped = 1 if told or is_past(run.words[-1]) else 0
        return [_Run(run.after, run.words[: len(run.words) - dropped])]
    # A name ends the subject: "the ferry Lindau" catches fire, "Ukraine" sends troops.
    names_end = max(
        (
            place + 1
            for place, word in enumerate(run.words[:-1])
            if word[:1].isupper() and not GENITIVE.search(word)
        ),
        default=0,
    )
    if names_end == 0:
        return [_Run(run.after, run.words[:-1])]
    subject = _Run(run.after, run.words[:names_end])
    objects = _Run("", run.words[names_end + 1 :])
    return [subject, objects] if _is_named(subject) else [subject]


def _without_verb_after_name(words: list[str]) -> list[str]:
    """ "Halvern" of "When will the people from Halvern return"."""
    named = next((place for place, word in enumerate(words) if not word[:1].isupper()), len(words))
    return words[:named] or words


def _has_two(run: _Run) -> bool:
    return len(content_words(run.text)) > 1


@cache
def _past_forms() -> frozenset[str]:
    return frozenset(form for forms in word_lists("irregular_verbs").values() for form in forms)


def is_past(word: str) -> bool:
    """Whether a word looks like the past of a verb: "died", "sent"."""
    return word.casefold().endswith("ed") or word.casefold() in _past_forms()


def _is_verb(run: _Run) -> bool:
    """ "finished" of "will be finished"."""
    return run.after in _BEFORE_VERB and run.words[0].casefold() not in _ARTICLES


def _is_named(run: _Run) -> bool:
    return all(word[:1].isupper() for word in run.words)


def _is_place(run: _Run) -> bool:
    return run.after in _PLACES and _is_named(run)
