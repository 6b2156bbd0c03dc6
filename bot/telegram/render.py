"""Answers as Telegram messages: pure functions, no sending.

Article text goes in as text and formatting goes beside it as entities, so an article cannot
format, link or break anything.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from telegram import MessageEntity

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
from bot.telegram.splitting import split
from bot.telegram.texts import Texts
from corpus.article import Article
from retrieval.answer import Answer, Quote

LONGEST_LINK = 2000
INLINE_DESCRIPTION = 250


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


def answer_messages(answer: Answer, texts: Texts) -> list[RenderedMessage]:
    """An answer, or that the articles do not say, with the nearest passages marked as such."""
    return messages(answer_blocks(answer, texts))


def answer_blocks(answer: Answer, texts: Texts) -> list[RichText]:
    """The parts of an answer that a message is not broken within."""
    blocks = understanding(answer, texts)
    if answer.answered:
        blocks += _disagreement(answer, texts)
        told = {number for side in answer.sides for number in side.quotes}
        blocks += [quote_block(q, texts) for q in answer.quotes if q.number not in told]
    else:
        blocks.append(plain(texts.answer.not_said).styled(BOLD))
        if answer.nearest:
            blocks.append(plain(texts.answer.nearest).styled(ITALIC))
        blocks += [_passage_block(passage, texts) for passage in answer.nearest]
    blocks += [plain(note).styled(ITALIC) for note in answer.notes]
    return blocks


def understanding(answer: Answer, texts: Texts) -> list[RichText]:
    """How the question was understood, where it took words from the conversation."""
    if answer.standalone_question.strip() == answer.question.strip():
        return []
    understood = texts.answer.understood.format(question=answer.standalone_question)
    return [plain(understood).styled(ITALIC)]


def quote_block(quote: Quote, texts: Texts) -> RichText:
    """One quote with the answering words in bold, and under it where it stands."""
    return _verbatim(quote) + plain("\n") + _citation(quote, texts)


def _passage_block(passage: Quote, texts: Texts) -> RichText:
    """A passage that is near but does not answer: folded, for it may be long."""
    words = plain("“") + _quoted_words(passage) + plain("”")
    return words.styled(FOLDED_QUOTE) + plain("\n") + _citation(passage, texts)


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
    outlet = quote.article.source or texts.answer.unnamed_outlet
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
            name = plain(side.speaker).styled(BOLD) + plain(":\n") if not position else plain("")
            blocks.append(name + quote_block(quote, texts))
    return blocks


def _verbatim(quote: Quote) -> RichText:
    """The words of the article between quotation marks, as a block quotation."""
    return (plain("“") + _quoted_words(quote) + plain("”")).styled(QUOTE)


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


def _citation(quote: Quote, texts: Texts) -> RichText:
    """Number, speaker, outlet, date, title as a link, and who else carries the story."""
    article = quote.article
    title = plain(" ".join(article.title.split()) or texts.answer.untitled)
    link = linkable(article.url)
    outlet = article.source or texts.answer.unnamed_outlet
    parts = [plain(outlet), plain(texts.date(article.published))]
    parts.append(title.styled(LINK, link) if link else title)
    line = plain(f"[{quote.number}] ") + joined(parts, " · ")
    if quote.speaker:
        line = plain(texts.answer.said_by.format(speaker=quote.speaker) + "\n") + line
    outlets = sorted({copy.source for copy in quote.copies if copy.source} - {article.source})
    if outlets:
        line = line + plain(" (" + texts.answer.also_in.format(outlets=", ".join(outlets)) + ")")
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
