"""Whose words a question asks for: "What did the ministry in Kyiv say about the border?"

An answer to such a question is what that speaker said, or what is told of it; what somebody else
says about the same matter is none, however alike it sounds.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from difflib import SequenceMatcher

from corpus.article import Span
from index.keywords import terms
from retrieval.attribution.speakers import Attribution
from retrieval.attribution.speech import speeches_in
from retrieval.disputes.claims import holds_office, party_of
from retrieval.disputes.opposition import LIKELY
from retrieval.evidence.quotes import ReadArticle, ReadArticles
from retrieval.evidence.ranked import RankedSentence
from retrieval.words.acronyms import acronym_of, is_acronym, stands_in
from retrieval.words.parties import countries_in, country_named
from retrieval.words.question_terms import CAPITALISED
from retrieval.words.quotations import masked, quotations
from retrieval.words.sentence_tokens import tokens_of
from retrieval.words.sentence_tokens import words as speech_words
from retrieval.words.turn_names import is_stop_word, names_in

_SAYING = (
    r"sa(?:y|ys|id)|tell|told|claim(?:s|ed)?|stated?|announced?|argued?|warn(?:s|ed)?|promise[ds]?"
    r"|suggest(?:ed)?|think|thinks|thought|believed?s?|respond(?:ed)?|repl(?:y|ied)|react(?:ed)?"
    r"|comment(?:ed)?|explain(?:ed)?|describe[ds]?|insist(?:ed)?|predict(?:ed)?|demand(?:ed)?"
    r"|accuse[ds]?|den(?:y|ied)|criticis?z?e[ds]?|call(?:ed)?\s+for"
)
_SLAVIC_SAYING = (
    r"сказал[аи]?|заявил[аи]?|сообщил[аи]?|говорит|говорил[аи]?|думает|ответил[аи]?|обещал[аи]?"
    r"|сказа(?:в|ла|ли)|заяви(?:в|ла|ли)|повідоми(?:в|ла|ли)|каже|говори(?:ть|в|ла|ли)|думає"
    r"|відпові(?:в|ла|ли)|обіця(?:в|ла|ли)"
)
_ASKED = (
    re.compile(
        r"(?<!\w)(?:what|how)\s+(?:else\s+)?(?:did|does|do|has|have|had)\s+(?P<who>.{2,60}?)\s+"
        rf"(?:\w+ly\s+|also\s+|then\s+)?(?:{_SAYING})(?!\w)",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?<!\w)(?:что|що)\s+(?:\w+\s+){{0,2}}?(?:{_SLAVIC_SAYING})\s+(?P<who>.{{2,60}}?)"
        r"(?=\s+(?:о|об|обо|про|на|по|в|у|насчёт|насчет|щодо|после|після)(?!\w)|[?.,!]|$)",
        re.IGNORECASE,
    ),
    re.compile(r"\W*according\s+to\s+(?P<who>[^,?]{2,60}),", re.IGNORECASE),
)

_RELATIVE = re.compile(r"(?<!\w)(?:who|whom|whose|which|that)(?!\w)")
"""In small letters: the WHO is a body."""

SAME_FIRST_NAME = 0.4
"""Ratio of Ratcliff and Obershelp from which on two first names before one last name may be one
person's: Joe and Joseph .67, Bob and Robert .44, but Joe and Jill .29, Donald and Melania .31."""

_OF_THEIR_OWN = speech_words("of_their_own")
"""Words of a role that names the speaker, yet speaks for itself: "Berg's rival"."""


def asked_speaker(question: str) -> str | None:
    """The name of the speaker whose words are asked for; None where no name is asked so."""
    found = _asked(question)
    return names_in(found["who"])[0].text if found else None


def matter_said(question: str) -> str:
    """What the speaker's words are to be about: all that follows the asking for them."""
    found = _asked(question)
    return question[found.end() :] if found else ""


def speaks(speaker: str, sentence: RankedSentence, told: ReadArticle) -> bool:
    """Whether the text tells that the speaker speaks in a sentence of the article `told`."""
    return _heard(speaker, sentence, told) is True


def _asked(question: str) -> re.Match[str] | None:
    for pattern in _ASKED:
        found = pattern.search(question)
        # "What did Reuters and Kyiv say": with several names nothing is left out.
        if found and len(names_in(found["who"])) == 1 and not _is_somebody_near(found["who"]):
            return found
    return None


def _is_somebody_near(who: str) -> bool:
    """Whether the name is another's than the speaker's: "Berg's widow", "the man who shot Berg"."""
    near = _OF_THEIR_OWN | speech_words("near_somebody")
    return bool(_RELATIVE.search(who)) or not near.isdisjoint(who.casefold().split())


def words_of(
    speaker: str,
    sentences: Sequence[RankedSentence],
    read: Callable[[RankedSentence], ReadArticle],
) -> list[RankedSentence]:
    """The sentences, in order, in which that speaker is known to speak, or may do so.

    What only may be the speaker's counts where what is known to be is neither likely an answer nor
    the best that was found.

    Where somebody else speaks in a sentence, it must tell of the speaker's own saying: to be
    spoken about is not to speak, nor is to be named in a quotation. Where nobody is known to
    speak, its passage or title must name the speaker. Many speak for a state, and not every text
    says so: there it is enough that the passage names the state, unless who speaks has no office
    or another state's. `read` gives a sentence's article.
    """
    articles = ReadArticles(read)
    heard = [(_heard(speaker, one, articles.of(one)), one) for one in sentences]
    own = [one for certain, one in heard if certain]
    possible = [one for certain, one in heard if certain is not None]
    if any(one.log_odds >= LIKELY or one is possible[0] for one in own):
        return own
    return possible


def _heard(speaker: str, sentence: RankedSentence, told: ReadArticle) -> bool | None:
    """Whether the speaker is known to speak in a sentence; None where somebody else does."""
    who = told.attributions[told.index_of(sentence.span)]
    if who is not None:
        if _names(who.speaker, speaker):
            return True if _is_name_of(who.speaker, speaker) else None
        if _speaks_for(who, speaker) or _is_told_to_speak(speaker, sentence.text):
            return True
        if country_named(speaker) is None or not _may_speak_for_a_state(who):
            return None
    elif _is_only_quoted(speaker, sentence.text):
        return None
    passage = sentence.candidate.passage
    return False if _names(f"{passage.article.title}\n{passage.text}", speaker) else None


def _speaks_for(who: Attribution, speaker: str) -> bool:
    """Whether a role names the one asked for: "a spokesman for the Harbour Ministry"."""
    if party_of(who) == country_named(speaker):
        return True
    return _names(who.role, speaker) and _OF_THEIR_OWN.isdisjoint(who.role.casefold().split())


def _may_speak_for_a_state(who: Attribution) -> bool:
    """Whether the text leaves open for which state, if any, somebody speaks."""
    return country_named(party_of(who)) is None and (not who.role or holds_office(who))


def _is_name_of(name: str, speaker: str) -> bool:
    """Jill Biden is not Joe Biden; Alyaksandr and Alexander Lukashenko are one.

    So are the Supreme Court and the US Supreme Court: the one has all words of the other.
    """
    if not _names(name, speaker):
        return False
    if country_named(speaker) is not None:
        return True
    if set(terms(speaker)) <= set(terms(name)):
        return True
    first, *rest = name.casefold().split()
    asked, *asked_rest = speaker.casefold().split()
    if not rest or not asked_rest or {first, asked} & speech_words("titles"):
        return True
    return SequenceMatcher(None, first, asked).ratio() >= SAME_FIRST_NAME


def _is_told_to_speak(speaker: str, sentence: str) -> bool:
    """ "Anna Berg had denied it, the union said": one speaks, and tells what another said."""
    tokens = tokens_of(_outside_quotations(sentence), Span(0, len(sentence)))
    return any(_is_name_of(one.mention.name, speaker) for one in speeches_in(sentence, tokens))


def _is_only_quoted(speaker: str, sentence: str) -> bool:
    """Whether only a quotation names the speaker: nobody is quoted naming oneself."""
    return _names(sentence, speaker) and not _names(_outside_quotations(sentence), speaker)


def _outside_quotations(sentence: str) -> str:
    return masked(sentence, quotations(sentence))


def _names(text: str, speaker: str) -> bool:
    """Whether a text has the speaker's name, or a person's last name."""
    state = country_named(speaker)
    if state is not None:
        return state in countries_in(text)
    short = speaker if is_acronym(speaker) else acronym_of(speaker)
    if short is not None and stands_in(short, text):
        return True
    *_, last = terms(speaker) or [speaker.casefold()]
    if not is_acronym(speaker):
        return last in terms(text)
    # A name may be shouted ("PUTIN"), but "Who" in a text is nobody's acronym.
    return not is_stop_word(speaker) and last in terms(" ".join(CAPITALISED.findall(text)))
