"""Attribution in Russian and Ukrainian: "сообщил X", "X заявил", "по словам X"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from corpus.article import Span
from retrieval.attribution.mentions import Kind, Mention
from retrieval.words.sentence_tokens import Token
from retrieval.words.word_lists import by_word, word_lists

if TYPE_CHECKING:
    from retrieval.attribution.speech import Polarity

PRONOUNS = frozenset({"он", "она", "они", "оно", "він", "вона", "вони", "воно"})
_PLACES = frozenset({"в", "во", "у"})
_STOPS = frozenset(
    {"и", "а", "но", "или", "что", "чтобы", "как", "когда", "где", "это", "этот", "по", "из", "за"}
    | {"на", "с", "со", "о", "об", "от", "до", "для", "при", "под", "над", "не", "в", "у", "также"}
    | {"уже", "ранее", "позже", "ещё", "еще", "і", "й", "та", "але", "або", "що", "щоб", "як"}
    | {"коли", "де", "це", "цей", "із", "зі", "про", "від", "вже", "раніше", "пізніше", "во"}
)


def slavic_speech(text: str, tokens: Sequence[Token]) -> Iterator[tuple[Mention, Polarity]]:
    """Speakers of a Russian or Ukrainian sentence, the governing one first."""
    for place, token in enumerate(tokens):
        polarity = _verbs().get(token.lower)
        if polarity is not None and not (place and tokens[place - 1].lower in {"не", "который"}):
            mention = _before(text, tokens, place) or _after(text, tokens, place + 1)
            if mention is not None:
                yield mention, polarity
        phrase = " ".join(one.lower for one in tokens[place : place + 2])
        if phrase in word_lists("speech_words")["slavic_according"]:
            mention = _after(text, tokens, place + 2)
            if mention is not None:
                yield mention, "says"


@cache
def _verbs() -> dict[str, Polarity]:
    return by_word(word_lists("speech_words")["slavic"])  # type: ignore[return-value]


def _is_name(token: Token) -> bool:
    return token.text[0].isupper() and token.lower not in _STOPS and token.lower not in PRONOUNS


def _before(text: str, tokens: Sequence[Token], verb: int) -> Mention | None:
    last = verb - 1
    if last < 0 or not tokens[last].is_word:
        return None
    if tokens[last].lower in PRONOUNS:
        return Mention(tokens[last].text, Span(tokens[last].start, tokens[last].end), "pronoun")
    if not _is_name(tokens[last]):
        return None
    start = last
    while start > 0 and tokens[start - 1].is_word and _is_name(tokens[start - 1]):
        start -= 1
    role = start
    while role > 0 and tokens[role - 1].is_word and tokens[role - 1].lower not in _STOPS:
        role -= 1
    return _named(text, tokens[role : last + 1], start - role)


def _after(text: str, tokens: Sequence[Token], start: int) -> Mention | None:
    if start < len(tokens) and tokens[start].lower in PRONOUNS:
        return Mention(tokens[start].text, Span(tokens[start].start, tokens[start].end), "pronoun")
    if start < len(tokens) and tokens[start].lower in _PLACES:
        start += 1
    end = start
    while end < len(tokens) and end - start < 6 and tokens[end].is_word:
        if tokens[end].lower in _STOPS or (
            end > start and _ends_name(tokens[end - 1], tokens[end])
        ):
            break
        end += 1
    names = [place for place in range(start, end) if _is_name(tokens[place])]
    if not names:
        return None
    first = names[-1]
    while first > start and _is_name(tokens[first - 1]):
        first -= 1
    return _named(text, tokens[start : names[-1] + 1], first - start)


def _ends_name(before: Token, token: Token) -> bool:
    return _is_name(before) and not _is_name(token)


def _is_no_part(token: Token) -> bool:
    """A day of the week, or those who are told: "сказал журналистам Песков"."""
    return token.lower in _days() or token.lower.endswith(("ам", "ям"))


@cache
def _days() -> frozenset[str]:
    words = word_lists("time_words")
    return frozenset(by_word(words["weekdays"])) | frozenset(by_word(words["relative"]))


def _named(text: str, phrase: Sequence[Token], lower_words: int) -> Mention:
    """The name of a phrase. In "президент России Владимир Путин" the last two words are it."""
    while lower_words and _is_no_part(phrase[0]):
        phrase, lower_words = phrase[1:], lower_words - 1
    names = phrase[lower_words:]
    chosen: Sequence[Token] = phrase
    kind: Kind = "description"
    if len(names) >= 2:
        chosen, kind = names[-2:], "person"
    elif lower_words == 0 or lower_words > 2:
        chosen, kind = names, "unknown"
    span = Span(chosen[0].start, chosen[-1].end)
    return Mention(span.of(text), span, kind, text[phrase[0].start : span.start].strip())
