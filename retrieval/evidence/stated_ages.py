"""Whose age a question asks for, and whose age a sentence states.

"How old is the minister?" is a near question: its words are everywhere, and ages are too, but the
next best age belongs to somebody else. So an answer must state an age, or a day of birth, and it
must not be another's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import cache
from itertools import takewhile

from corpus.article import Span
from index.keywords import terms
from retrieval.evidence.ranked import RankedSentence
from retrieval.words.name_sounds import sound_alike
from retrieval.words.sentence_tokens import words as speech_words
from retrieval.words.turn_names import content_words, names_in
from retrieval.words.word_lists import word_lists

_ASKED = re.compile(
    r"(?<!\w)(?:how\s+old\s+(?P<tense>is|are|was|were|will)"
    r"|what(?:[’']s|\s+(?P<tense_2>is|are|was|were))\s+the\s+age\s+of"
    r"|(?:сколько\s+лет|какой\s+возраст|скільки\s+років|який\s+вік)(?:\s+(?P<tense_3>был\w?|бу\w+))?)"
    r"\s+(?P<who>.+?)"
    r"(?=\s+(?:when|at|on|in|during|be|now|today|когда|коли|когда|сейчас|зараз)(?!\w)|[?.,!]|$)",
    re.IGNORECASE,
)
_PRESENT = frozenset({"is", "are"})
_OF = re.compile(r"(?<!\w)(?:of|from|who|that|which)(?!\w)|[’']s?(?!\w)", re.IGNORECASE)

_COUNT = (
    r"(?i:\d{1,3}|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[-\s](?:one|two|three"
    r"|four|five|six|seven|eight|nine))?|one|two|three|four|five|six|seven|eight|nine|ten|eleven"
    r"|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen)"
)
_NAME = r"(?:[^\W\d_a-zа-яіїєґ][\w’'.-]*)"
_AGES = r"\d{1,3}(?:,\d{3})+|\d{4,9}|\d{1,4}(?:\.\d{1,3})?[-\s](?:thousand|million|billion)"
"""Of what was never born: "a 5,000-year-old skeleton"."""
_AGE = re.compile(
    rf"(?<![\w.,$€£])(?:"
    rf"(?P<attached>(?:{_COUNT}|{_AGES})[-\s](?:years?|months?|weeks?)[-\s]olds?(?!\w)"
    r"|\d{1,3}[-\s]?летн\w+|\d{1,3}[-\s]?річн\w+|\d{1,3}[-\s]jährige\w*)"
    rf"|(?i:aged|age\s+of|age)\s+{_COUNT}(?!\w)"
    rf"|(?i:turn(?:s|ed|ing)?)\s+{_COUNT}(?!\w|\s+(?:of|percent|per))"
    rf"|(?<=[\w.’'][,(]\s)(?P<enclosed>\d{{1,3}})(?=\s?[,.;)–—]|$)"
    rf"|(?<=\s[(])(?P<enclosed_2>\d{{1,3}})(?=[)])"
    r"|(?<=\sis\s)\d{1,3}(?=\s?[,.;–—]|\s+(?:and|now|today|but)(?!\w)|$)"
    r"|(?<=\swas\s)\d{1,3}(?=\s?[,.;–—]|\s+(?:and|when|at|but)(?!\w)|$)"
    r"|\d{1,3}\s+(?:лет|год[а]?|років|роки|рік|Jahre\s+alt|ans)(?!\w)"
    r"|(?i:in\s+(?:his|her|their)\s+(?:early\s+|mid-?\s?|late\s+)?)(?:\d0s|[a-z]+ies|teens)(?!\w)"
    r"|(?i:was\s+born|were\s+born|born\s+(?:on|in)|birth\s+date|date\s+of\s+birth|родил[аи]?с[ья]"
    r"|народи[влс]\w*|geboren))"
)
_OF_A_THING = re.compile(
    r"(?<!\w)(?:built|founded|opened|established|completed|created|dat(?:es?|ed|ing)\s+(?:back|from)"
    r"|century|centuries|основан\w*|построен\w*|заснован\w*|збудован\w*)(?!\w)",
    re.IGNORECASE,
)
_NAMED_BESIDE = re.compile(rf",\s(?P<name>{_NAME}(?:\s{_NAME})*)(?=[,.;)]|$)")
_PRONOUN_IS = re.compile(r"\W*(?:s?he)\s+(?:is|was)\s+(?:only\s+|just\s+)?", re.IGNORECASE)
_PHRASE_AFTER = re.compile(r"(?:[\s-]+[^\W\d_][\w’'.]*){1,8}")
_ENDS_PHRASE = frozenset(
    {"of", "from", "in", "who", "whose", "was", "were", "is", "are", "and", "at", "on", "to", "for"}
    | {"with", "as", "has", "had", "have", "that", "which", "after", "before", "when", "said", "by"}
)
_STATES = frozenset({"retired", "accused", "convicted", "celebrated", "unarmed", "disgraced"})
_APPOSED = re.compile(
    rf"(?P<name>{_NAME}(?:\s+{_NAME})*)(?:\s?[,(–—]\s?|\s+(?:is|was)\s+)"
    r"(?:(?:now|then|just|only|also|who\s+(?:is|was)|a|an|the|aged)\s+){0,3}$"
)
_OF_ANOTHER_TIME = re.compile(
    r"(?<!\w)(?:when|time|since|as|after|until)\s+(?:\w+\s+){1,3}?(?:was|were)\s+(?:just\s+|only\s+)?$"
    r"|(?<!\w)then\s+(?:just\s+|only\s+)?$|(?<!\w)from\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_OPENS = re.compile(r"\W*(?:A|An|The|At|Only|Just)?\s*", re.IGNORECASE)
_SUBJECT = re.compile(rf",\s(?P<name>{_NAME}(?:\s{_NAME})*)")
_INDEFINITE = re.compile(r"(?<!\w)(?:an?|another|one)\s(?:\w+\s)?$", re.IGNORECASE)
_FIRST_PERSON = re.compile(r"(?<!\w)I(?:\s+am|[’']m|\s+was)\s+$")
_PLACED = re.compile(
    r"(?<!\w)(?:at|in|to|with|from|by|for|on|near|against|like)\s+"
    rf"(?:the\s+)?{_NAME}(?:\s+{_NAME})*"
)
_PRONOUN = re.compile(r"(?<!\w)(?:s?he|his|her|they|who|он[аи]?|он|вона|він)(?!\w)", re.IGNORECASE)
_BIRTH = re.compile(r"born|birth|родил|народи|geboren", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(?:1[89]|20)\d{2}(?!\d)")


@dataclass(frozen=True, slots=True)
class AskedAge:
    """`who` are the terms of a name, or a noun; ages of `now` are wanted, or of any time."""

    who: tuple[str, ...]
    is_name: bool
    now: bool

    def is_in(self, text: str) -> bool:
        """Whether a text names the one asked for: by the last name, or by a single one.

        A text in another script names a person as the name sounds.
        """
        found = terms(text)
        if any(sound_alike(self.who[-1], one) for one in found):
            return True
        return self.who[-1] in found or (len(found) == 1 and found[0] in self.who)


class Belongs(IntEnum):
    """How a stated age stands to the one who is asked about; the best first."""

    CERTAINLY = 0
    PERHAPS = 1
    NOT = 2


def asked_age(question: str) -> AskedAge | None:
    """Whose age is asked for; None where none is, or of something without a name or noun."""
    found = _ASKED.search(question)
    if found is None:
        return None
    who = found["who"]
    tense = found["tense"] or found["tense_2"]
    now = not found["tense_3"] if tense is None else tense.lower() in _PRESENT
    names = names_in(who)
    rest = who.removeprefix("the ").removesuffix(" ").strip()
    if len(names) == 1 and rest == names[0].text:
        return AskedAge(tuple(terms(names[0].text)) or (names[0].text.casefold(),), True, now)
    nouns = content_words(_OF.split(who)[0] if not re.search(r"[’']s?\s", who) else who)
    if not nouns:
        return None
    return AskedAge(tuple(terms(nouns[-1])) or (nouns[-1],), False, now)


def time_of_age(question: str) -> str:
    """When the one asked about was of that age: all that follows the name."""
    found = _ASKED.search(question)
    return question[found.end() :] if found else ""


def surely_tells(asked: AskedAge, sentence: RankedSentence) -> bool:
    """Whether a sentence states an age that certainly is the one asked for."""
    return _told(asked, sentence)[0] is Belongs.CERTAINLY


def telling_age(asked: AskedAge, sentences: Sequence[RankedSentence]) -> list[RankedSentence]:
    """The sentences that may state that age: first those that certainly do, in order."""
    told = [(*_told(asked, one), one) for one in sentences]
    return [
        one if place is None else replace(one, answer=place)
        for wanted in (Belongs.CERTAINLY, Belongs.PERHAPS)
        for belongs, place, one in told
        if belongs is wanted
    ]


def _told(asked: AskedAge, sentence: RankedSentence) -> tuple[Belongs, Span | None]:
    """The best that a sentence tells, and where in the article it does."""
    passage = sentence.candidate.passage
    start = sentence.span.start
    text = sentence.text
    before = passage.article.text[max(0, start - 400) : start]
    around = f"{passage.article.title}\n{before}"
    previous = passage.sentence_texts()[sentence.index - 1] if sentence.index else ""
    year = passage.article.published.year if passage.article.published else None
    best: tuple[Belongs, Span | None] = (Belongs.NOT, None)
    for place, belongs in belonging(asked, text, around, year, previous):
        if belongs < best[0]:
            best = (belongs, Span(start + place.start, start + place.end))
    return best if best[0] is Belongs.CERTAINLY else (best[0], None)


def belonging(
    asked: AskedAge, text: str, around: str = "", year: int | None = None, previous: str = ""
) -> Iterator[tuple[Span, Belongs]]:
    """Every age that a sentence states, and whether it is the one asked for.

    `around` is what stands before the sentence, with the title; `year` that of the article;
    `previous` is the sentence before, whose subject a pronoun takes up.
    """
    # "Anna Berg, 58, who led it from 2017": an age beside a name is that of the day of writing.
    long_ago = False
    if asked.now and year is not None and not _BIRTH.search(text):
        years = [int(one) for one in _YEAR.findall(text)]
        long_ago = bool(years) and min(years) < year - 1
    for match in _AGE.finditer(text):
        if long_ago and not (match["enclosed"] or match["enclosed_2"]):
            continue
        place = Span(match.start(), match.end())
        if asked.now and _OF_ANOTHER_TIME.search(text[: place.start]):
            continue
        if asked.is_name and _PRONOUN_IS.fullmatch(text[: place.start]):
            subject = next((one for one in names_in(previous) if one.kind == "person"), None)
            if subject is not None and asked.is_in(subject.text):
                yield place, Belongs.CERTAINLY
                continue
        yield place, _belongs(asked, text, match, around)
    if asked.is_in(text):
        for match in _OF_A_THING.finditer(text):
            yield Span(match.start(), match.end()), Belongs.PERHAPS


def _belongs(asked: AskedAge, text: str, age: re.Match[str], around: str) -> Belongs:
    earlier, later = text[: age.start()], text[age.end() :]
    if not asked.is_name:
        return _of_the_role(asked, text, age, around)
    apposed = _APPOSED.search(earlier)
    owner = _person(apposed["name"]) if apposed else ""
    if not owner and age["attached"]:
        owner = _named_after(later)
    if owner:
        return Belongs.CERTAINLY if asked.is_in(owner) else Belongs.NOT
    if age["enclosed"] or age["enclosed_2"]:
        return Belongs.NOT
    if asked.is_in(earlier):
        # "The queen died at Balmoral, at 96": who is of an age does not stand after "at".
        return Belongs.PERHAPS if asked.is_in(_PLACED.sub("", earlier)) else Belongs.NOT
    if _OPENS.fullmatch(earlier) and (subject := _SUBJECT.search(later)):
        return Belongs.PERHAPS if asked.is_in(subject["name"]) else Belongs.NOT
    if asked.is_in(later) or _INDEFINITE.search(earlier) or _FIRST_PERSON.search(earlier):
        # "The 96-year-old monarch greeted Truss": a person is not named after a description.
        return Belongs.NOT
    stands_for_a_name = age["attached"] or _PRONOUN.search(earlier) or _OPENS.fullmatch(earlier)
    return Belongs.PERHAPS if stands_for_a_name and asked.is_in(around) else Belongs.NOT


def _of_the_role(asked: AskedAge, text: str, age: re.Match[str], around: str) -> Belongs:
    """ "The 45-year-old minister" is the minister; a 10-year-old who met the minister is not."""
    phrase = " ".join(_phrase_after(text[age.end() :])) if age["attached"] else ""
    if asked.is_in(phrase):
        return Belongs.CERTAINLY
    if asked.is_in(text[: age.start()]):
        return Belongs.PERHAPS
    return Belongs.PERHAPS if not phrase and asked.is_in(around) else Belongs.NOT


def _named_after(later: str) -> str:
    """The name that an age is put before: "45-year-old film director Anna Berg"."""
    phrase = _phrase_after(later)
    beside = _NAMED_BESIDE.match(later[len(" ".join(phrase)) + 1 :]) if phrase else None
    if beside and all(word.islower() for word in phrase):
        # "her 24-year-old fiancé, Olav Berge,": the name beside the description is the same one's.
        return _person(beside["name"])
    *_, last = [-1, *(place for place, word in enumerate(phrase) if word[0].isupper())]
    if len(phrase) - 1 - last > 1:
        # "Kurdish woman arrested": a name ends its phrase, but for the verb that follows it.
        return ""
    return _person(" ".join(word for word in phrase if word[0].isupper()))


def _phrase_after(later: str) -> list[str]:
    found = _PHRASE_AFTER.match(later)
    words = found.group().split() if found else []
    return list(takewhile(lambda word: not _ends_a_phrase(word.lower()), words))


def _ends_a_phrase(word: str) -> bool:
    """Small words, and verbs in the past: "the 47-year-old engineer greeted Anna Berg"."""
    if word in _ENDS_PHRASE or word in _past_forms():
        return True
    return word.endswith("ed") and word not in _STATES


@cache
def _past_forms() -> frozenset[str]:
    forms = word_lists("irregular_verbs").values()
    return frozenset(form for several in forms for form in several)


def _person(name: str) -> str:
    """A name without what is none: months, and words that open a sentence."""
    kept = [
        word
        for word in name.split()
        if word.casefold() not in speech_words("calendar")
        and word.casefold() not in speech_words("not_names")
    ]
    return " ".join(kept)
