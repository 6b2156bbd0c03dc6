"""Answers as Telegram messages: pure functions, no sending.

Article text goes in as text and formatting goes beside it as entities, so an article cannot
format, link or break anything.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from telegram import MessageEntity

from bot.own_words import in_own_words
from bot.telegram.limits import NO_LIMITS, Limits
from bot.telegram.nearest import best_sentences, in_one_message
from bot.telegram.notes import note_in_words
from bot.telegram.rich_text import (
    BOLD,
    FOLDED_QUOTE,
    ITALIC,
    LINK,
    QUOTE,
    Mark,
    RichText,
    joined,
    plain,
)
from bot.telegram.shortening import (
    LONGEST_NAME,
    LONGEST_OUTLET,
    outlets_in_line,
    shortened,
)
from bot.telegram.splitting import split
from bot.telegram.texts import Texts
from corpus.article import Article
from retrieval.answer import Answer, Quote

OWN_MARKS = frozenset('“”„«»"')
LONGEST_LINK = 2000
INLINE_DESCRIPTION = 250
LONGEST_QUESTION = 300
LONGEST_NOTE = 300


@dataclass(frozen=True, slots=True)
class RenderedMessage:
    """What one message says; offsets of entities are UTF-16 units."""

    text: str
    entities: tuple[MessageEntity, ...] = ()


def rendered(text: RichText) -> RenderedMessage:
    """A text as a message. It must fit: see `splitting.split`."""
    return RenderedMessage(text.text, text.entities())


def messages(blocks: Sequence[RichText]) -> list[RenderedMessage]:
    """Blocks as as few messages as they fit into."""
    return [rendered(message) for message in split(blocks)]


def answer_messages(
    answer: Answer, texts: Texts, limits: Limits = NO_LIMITS
) -> list[RenderedMessage]:
    """An answer, or that the articles do not say, with the nearest passages marked as such."""
    return messages(answer_blocks(answer, texts, limits))


def silent_messages(
    answer: Answer, line: str, texts: Texts, limits: Limits = NO_LIMITS
) -> list[RenderedMessage]:
    """That nothing answers, and why. That nothing is left to tell needs no more words."""
    known = line == texts.answer.nothing_more
    above = [] if known else understanding(answer, texts, limits)
    return messages([*above, plain(line)])


def answer_blocks(answer: Answer, texts: Texts, limits: Limits) -> list[RichText]:
    """The parts of an answer that a message is not broken within."""
    blocks = understanding(answer, texts, limits)
    if not answer.answered:
        return _not_said_blocks(answer, blocks, texts)
    blocks += _disagreement(answer, texts)
    told = {number for side in answer.sides for number in side.quotes}
    blocks += [quote_block(q, texts) for q in answer.quotes if q.number not in told]
    return blocks + _notes(answer, texts)


def _not_said_blocks(answer: Answer, blocks: list[RichText], texts: Texts) -> list[RichText]:
    """That the articles do not say, and what is nearest: never more than one message."""
    said = [*blocks, plain(texts.answer.not_said).styled(BOLD), *_notes(answer, texts)]
    if answer.nearest:
        said.append(plain(texts.answer.nearest).styled(ITALIC))
    asked = answer.standalone_question
    passages = [_passage_block(best_sentences(one, asked), texts) for one in answer.nearest]
    return in_one_message(
        said, passages, lambda count: texts.answer.others_near.format(count=count)
    )


def _notes(answer: Answer, texts: Texts) -> list[RichText]:
    worded = [note_in_words(note, texts) for note in answer.notes]
    notes = [plain(shortened(words, LONGEST_NOTE)) for words in worded if words]
    return [joined(notes, "\n").styled(ITALIC)] if notes else []


def understanding(answer: Answer, texts: Texts, limits: Limits) -> list[RichText]:
    """How the question was understood: with words of the conversation, with which filters."""
    lines = []
    if answer.is_reworded:
        question = shortened(answer.standalone_question, LONGEST_QUESTION)
        lines.append(texts.answer.understood.format(question=question))
    if told := limits.in_words(texts):
        lines.append(told)
    return [plain("\n".join(lines)).styled(ITALIC)] if lines else []


def quote_block(quote: Quote, texts: Texts, *, numbered: bool = True) -> RichText:
    """One quote with the answering words in bold, and under it where it stands."""
    return _verbatim(quote) + plain("\n") + _citation(quote, texts, numbered=numbered)


def _passage_block(passage: Quote, texts: Texts) -> RichText:
    """A passage that is near but does not answer: folded, for a sentence may be long."""
    return _between_marks(passage).styled(FOLDED_QUOTE) + plain("\n") + _citation(passage, texts)


def context_block(quote: Quote, article: Article, texts: Texts) -> RichText:
    """One quote among the sentences around it, cut from the article in one piece."""
    start, end = _context_span(quote, article)
    before = plain(article.text[start : quote.start])
    after = plain(article.text[quote.end : end])
    parts = before.styled(ITALIC) + _quoted_words(quote) + after.styled(ITALIC)
    return parts.styled(QUOTE) + plain("\n") + _citation(quote, texts)


def inline_description(quote: Quote) -> str:
    """The beginning of a quote, for the list that an inline query opens."""
    text = plain(" ".join(quote.text.split())).text
    return text if len(text) <= INLINE_DESCRIPTION else text[: INLINE_DESCRIPTION - 1] + "…"


def inline_title(quote: Quote, texts: Texts) -> str:
    """Outlet and date, for the list that an inline query opens."""
    source = shortened(quote.article.source or "", LONGEST_OUTLET)
    outlet = source or texts.answer.unnamed_outlet
    return plain(f"{outlet}, {texts.date(quote.article.published)}").text


def linkable(url: str | None) -> str | None:
    """The address where Telegram would take it for a link, otherwise None."""
    if not url or len(url) > LONGEST_LINK or not url.isascii() or not url.isprintable():
        return None
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return None
    labels = host.split(".")
    named = len(labels) > 1 and all(
        label and label.replace("-", "").isalnum() and not label.startswith("-") for label in labels
    )
    plain_address = parts.scheme in {"http", "https"} and named and port != 0
    return url if plain_address and not any(c in url for c in ' <>"\\^`{|}') else None


def _disagreement(answer: Answer, texts: Texts) -> list[RichText]:
    """Each side under the name of who speaks for it."""
    if not answer.sides:
        return []
    by_number = {quote.number: quote for quote in answer.quotes}
    blocks = [plain(texts.answer.disagree).styled(ITALIC)]
    for side in answer.sides:
        quotes = [by_number[number] for number in side.quotes if number in by_number]
        for position, quote in enumerate(quotes):
            speaker = plain(shortened(side.speaker, LONGEST_NAME)).styled(BOLD)
            name = speaker + plain(":\n") if not position else plain("")
            told = replace(quote, speaker=None) if quote.speaker == side.speaker else quote
            blocks.append(name + quote_block(told, texts))
    return blocks


def _verbatim(quote: Quote) -> RichText:
    """The words of the article between quotation marks, as a block quotation."""
    return _between_marks(quote).styled(QUOTE)


def _between_marks(quote: Quote) -> RichText:
    """The words of the article between quotation marks, unless they begin or end with their own.

    A block quotation shows without marks too where it begins and ends.
    """
    words, text = _quoted_words(quote), quote.text.strip()
    if text[:1] in OWN_MARKS or text[-1:] in OWN_MARKS:
        return words
    return plain("“") + words + plain("”")


def _quoted_words(quote: Quote) -> RichText:
    """The words of the article, those that answer in bold."""
    text = plain(quote.text)
    if quote.highlight is None:
        return text
    start = max(0, quote.highlight.start - quote.start)
    end = min(len(quote.text), quote.highlight.end - quote.start)
    words = text.text[start:end]
    start += len(words) - len(words.lstrip())
    end -= len(words) - len(words.rstrip())
    if start >= end:
        return text
    return RichText(text.text, (Mark(start, end, BOLD),))


def _citation(quote: Quote, texts: Texts, *, numbered: bool = True) -> RichText:
    """Number, speaker, outlet, date, title as a link, and who else carries the story."""
    article = quote.article
    title = plain(shortened(article.title) or texts.answer.untitled)
    link = linkable(article.url)
    outlet = shortened(article.source or "", LONGEST_OUTLET) or texts.answer.unnamed_outlet
    parts = [plain(outlet), plain(texts.date(article.published))]
    parts.append(title.styled(LINK, link) if link else title)
    line = plain(f"[{quote.number}] " if numbered else "") + joined(parts, " · ")
    if quote.speaker:
        speaker = shortened(quote.speaker, LONGEST_NAME)
        words = texts.answer.said_by if in_own_words(quote) else texts.answer.reporting
        line = plain(words.format(speaker=speaker) + "\n") + line
    outlets = sorted({copy.source for copy in quote.copies if copy.source} - {article.source})
    if outlets:
        also = texts.answer.also_in.format(outlets=outlets_in_line(outlets))
        line = line + plain(f" ({also})")
    return line


def _context_span(quote: Quote, article: Article) -> tuple[int, int]:
    """The quote and the sentences around it, in code points of the article."""
    start, end = quote.start, quote.end
    if quote.before:
        found = article.text.rfind(quote.before, 0, quote.start)
        start = found if found >= 0 else quote.start
    if quote.after:
        found = article.text.find(quote.after, quote.end)
        end = found + len(quote.after) if found >= 0 else quote.end
    return start, end
