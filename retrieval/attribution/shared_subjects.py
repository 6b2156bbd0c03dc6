"""Subjects that a verb of saying shares with a verb before it: "Vale promised aid and said".

The subject opens the sentence, and nothing between it and the "and" opens a clause of its own.
"""

from __future__ import annotations

from collections.abc import Sequence

from corpus.article import Span
from retrieval.attribution.following_mentions import mention_after
from retrieval.attribution.mentions import PRONOUNS, Mention, mention_of
from retrieval.attribution.opening_subjects import LONGEST_DESCRIPTION, is_description, past_lead
from retrieval.words.sentence_tokens import Token, is_acronym, is_name_word, is_past_form, words

LONGEST_CLAUSE = 40
"""Words between a subject and the second of its verbs."""

_OF_OWN = frozenset({"that", "who", "which", "whose", "what", "how", "why", "where", "whether"})
_BREAKS = frozenset({";", ":", "—", "–", "(", "-"})


def shared_subject(text: str, tokens: Sequence[Token], joint: int) -> tuple[Mention, int] | None:
    """Whose verb stands after the "and" or "but" at `joint`, and the token it starts with."""
    if tokens[joint].lower not in {"and", "but"}:
        return None
    start = past_lead(tokens)
    found = _subject_at(text, tokens, start, joint)
    if found is None:
        return None
    mention, end = found
    if joint - end > LONGEST_CLAUSE or not is_past_form(tokens[end]):
        return None
    between = tokens[end + 1 : joint]
    return None if _opens_another_clause(between) else (mention, start)


def _subject_at(
    text: str, tokens: Sequence[Token], start: int, joint: int
) -> tuple[Mention, int] | None:
    if start >= joint:
        return None
    first = tokens[start]
    if first.lower in PRONOUNS:
        return Mention(first.text, Span(first.start, first.end), "pronoun"), start + 1
    verb = next((at for at in range(start + 1, joint) if is_past_form(tokens[at])), None)
    if verb is None:
        return None
    if any(token.lower in words("speech_forms") for token in tokens[start:verb]):
        return None
    found = mention_after(text, tokens, start)
    if found is not None and found[1] == verb:
        return found
    # "The" may have been passed over as what leads in.
    phrase = tokens[max(0, start - 1) : verb] if first.start else tokens[start:verb]
    if 1 < len(phrase) <= LONGEST_DESCRIPTION and is_description(phrase):
        mention = mention_of(text, phrase)
        return None if mention is None else (mention, verb)
    return None


def _opens_another_clause(between: Sequence[Token]) -> bool:
    """Whether somebody else may be the subject by the end of these words."""
    for place, token in enumerate(between):
        lower = token.lower
        opens = lower in _OF_OWN | {"but", *PRONOUNS} and not is_acronym(token)
        if token.is_quotation or token.text in _BREAKS or opens:
            return True
        if lower in words("subordinators"):
            return True
        after = between[place + 1] if place + 1 < len(between) else None
        acts = is_name_word(token) or lower in words("speakers")
        if after is not None and acts and is_past_form(after):
            return True
    return False
