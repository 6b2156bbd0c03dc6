"""Where the articles do not say: one message, with the best sentences of the nearest passages."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.telegram.rich_text import RichText, joined, plain
from bot.telegram.splitting import BETWEEN_BLOCKS, MAX_ENTITIES, MAX_UNITS
from corpus.sentences import split_sentences
from retrieval.answer import Quote

LONGEST_SHOWN = 350
"""Code points of whole sentences shown of a passage; a single sentence may be longer."""
_ALIKE = 5
"""Letters by which inflected forms of a word are taken for one."""
_WORD = re.compile(r"\w+")


def best_sentences(passage: Quote, question: str) -> Quote:
    """The sentence with most of the question's words, and those beside it that still fit.

    Verbatim like the passage: `start` and `end` are its places in the article.
    """
    sentences = split_sentences(passage.text, passage.article.language)
    if not sentences:
        return passage
    asked = _stems(question)
    shared = [len(asked & _stems(sentence.of(passage.text))) for sentence in sentences]
    first = last = shared.index(max(shared))
    while True:
        after = sentences[last + 1].end if last + 1 < len(sentences) else None
        before = sentences[first - 1].start if first else None
        if after is not None and after - sentences[first].start <= LONGEST_SHOWN:
            last += 1
        elif before is not None and sentences[last].end - before <= LONGEST_SHOWN:
            first -= 1
        else:
            break
    start, end = sentences[first].start, sentences[last].end
    kept = replace(
        passage,
        text=passage.text[start:end],
        start=passage.start + start,
        end=passage.start + end,
    )
    lit = passage.highlight
    inside = lit is not None and kept.start <= lit.start and lit.end <= kept.end
    return kept if inside else replace(kept, highlight=None)


def in_one_message(
    blocks: Sequence[RichText], passages: Sequence[RichText], more: Callable[[int], str]
) -> list[RichText]:
    """The blocks and as many passages after them as one message holds.

    `more` says how many are not shown; it is added where there are any.
    """
    shown = list(blocks)
    hidden = 0
    for passage in passages:
        longer = joined([*shown, passage, plain(more(len(passages)))], BETWEEN_BLOCKS)
        if passage.text.strip() and longer.units <= MAX_UNITS and len(longer.marks) <= MAX_ENTITIES:
            shown.append(passage)
        else:
            hidden += 1
    return [*shown, plain(more(hidden))] if hidden else shown


def _stems(text: str) -> set[str]:
    return {word[:_ALIKE] for word in _WORD.findall(text.casefold()) if len(word) > 2}
