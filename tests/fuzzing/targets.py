"""What is fuzzed: every parser, question handling, rendering, proof and the guard of writing.

A target takes any bytes. It raises nothing but what it promises, and checks what it gives.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date

from bot.cited_text import cited_text
from bot.telegram.render import answer_messages
from bot.telegram.texts import ENGLISH
from bot.writing.guard import guard
from corpus.article import Article, Span, content_hash
from corpus.importer import Importer
from corpus.passages import split_passages
from corpus.readers.formats import READERS
from corpus.sentences import split_sentences
from index.keywords import terms
from retrieval.answer import Answer, Quote, Turn
from retrieval.conversation.follow_ups import standalone
from retrieval.proof.claimed_quotes import answer_of_text, claimed_quotes
from retrieval.time.time_expressions import read_time

Target = Callable[[bytes], None]

ENDINGS = (*READERS, ".json.gz", ".jsonl.xz", ".json.bz2")
ASKED = date(2024, 8, 26)
LONGEST_MESSAGE = 4096
"""UTF-16 units that Telegram takes."""


def fuzz_import(data: bytes) -> None:
    """The first byte chooses the format. What comes out tiles and can be stored and sent."""
    ending = ENDINGS[data[0] % len(ENDINGS)] if data else ".txt"
    for article in Importer().read_content(f"a{ending}", data[1:]).articles:
        article.text.encode()
        article.title.encode()
        sentences = split_sentences(article.text, article.language)
        place = 0
        for passage in split_passages(article.text, sentences, _words, 200):
            assert passage.start == place
            place = passage.end
        assert place == len(article.text)


def fuzz_question(data: bytes) -> None:
    """Two turns of a conversation, with times and search terms."""
    first, _, second = data.decode(
        "utf-8", "surrogatepass" if _pairs(data) else "replace"
    ).partition("\0")
    alone = standalone(second, [Turn(first, first, answered=True, names=(first[:20],))])
    assert alone.strip() or not second.strip()
    read_time(alone, ASKED)
    for term in terms(alone.encode("utf-8", "replace").decode()):
        assert not term.isspace()


def fuzz_rendering(data: bytes) -> None:
    """An answer out of any text: messages that fit, and the quote whole in the plain text."""
    text = data.decode("utf-8", "replace")
    answer = _answer_out_of(text)
    for message in answer_messages(answer, ENGLISH):
        units = len(message.text.encode("utf-16-le")) // 2
        assert 0 < units <= LONGEST_MESSAGE
        assert all(0 <= one.offset < one.offset + one.length <= units for one in message.entities)
    if answer.answered:
        assert answer.quotes[0].text in cited_text(answer).text


def fuzz_proof(data: bytes) -> None:
    """Whatever is pasted for proof is read, or refused as no JSON."""
    with suppress(ValueError, RecursionError):
        json.dumps(
            [
                claim.place
                for claim in claimed_quotes(answer_of_text(data.decode("utf-8", "replace")))
            ]
        )


def fuzz_guard(data: bytes) -> None:
    """What a model writes: nothing comes through that is not the quote and connecting words."""
    quoted, _, written = data.decode("utf-8", "replace").partition("\0")
    answer = _answer_out_of(quoted)
    kept = guard(written, answer.quotes)
    assert not kept.text or answer.quotes[0].text.rstrip(" .") in kept.text


TARGETS: dict[str, Target] = {
    "import": fuzz_import,
    "question": fuzz_question,
    "rendering": fuzz_rendering,
    "proof": fuzz_proof,
    "guard": fuzz_guard,
}


def _words(texts: Sequence[str]) -> list[int]:
    return [len(text.split()) for text in texts]


def _pairs(data: bytes) -> bool:
    """Whether the bytes spell lone surrogates, as Python reads them."""
    try:
        data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return False
    return True


def _answer_out_of(text: str) -> Answer:
    start = len(text) // 4
    quoted = text[start : max(start + 1, 3 * len(text) // 4)]
    article = Article(
        "a", text[:40], text, content_hash("", text), source=text[40:60] or None, url=text[:80]
    )
    quotes = (
        (
            Quote(
                1,
                quoted,
                start,
                start + len(quoted),
                article,
                0.5,
                Span(start, start + 1),
                text[:9],
            ),
        )
        if quoted.strip()
        else ()
    )
    return Answer(text, text, bool(quotes), 0.5, quotes, (), (), 1, 1.0)
