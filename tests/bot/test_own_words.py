"""Whose words a quote is said to be, by every face, also after it was kept."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.answer_json import quote_json
from bot.cited_text import cited_text
from bot.own_words import in_own_words
from bot.telegram.kept_answer import read_answer, write_answer
from bot.telegram.render import answer_messages
from bot.telegram.texts import ENGLISH
from corpus.article import Article
from retrieval.answer import Answer, Quote

TEXT = (
    "“Two drones crossed our border. They fell near Gomel. We shot down a third one over Brest,”"
    " Lukashenko said. Lukashenko said that the air defence was ready."
)
MIDDLE, TOLD = "They fell near Gomel.", "Lukashenko said that the air defence was ready."
SPEAKER = "Lukashenko"


def an_answer(words: str) -> Answer:
    article = Article("a", "Drones", TEXT, "hash", source="Courier")
    start = TEXT.index(words)
    quote = Quote(1, words, start, start + len(words), article, 0.9, speaker=SPEAKER)
    return Answer("q", "q", True, 0.9, (quote,), (), (), 1, 1.0)


@pytest.mark.parametrize(("words", "direct"), [(MIDDLE, True), (TOLD, False)])
def test_every_face_says_the_same_also_of_a_kept_answer(words: str, *, direct: bool) -> None:
    answer = an_answer(words)
    kept = read_answer(write_answer(answer))
    again = read_answer(write_answer(kept))
    attributed = ENGLISH.answer.said_by if direct else ENGLISH.answer.reporting
    for one in (answer, kept, again):
        [quote] = one.quotes
        assert in_own_words(quote) is quote_json(quote)["direct"] is direct
        assert cited_text(one).text.startswith(SPEAKER if direct else "Courier, reporting")
        [message] = answer_messages(one, ENGLISH)
        assert attributed.format(speaker=SPEAKER) in message.text.splitlines()


def test_of_a_quote_kept_by_an_earlier_version_its_own_marks_tell() -> None:
    [quote] = an_answer(MIDDLE).quotes
    bare = replace(quote, article=replace(quote.article, text=""))
    assert not in_own_words(bare)
    assert in_own_words(replace(bare, text=f"“{MIDDLE}”"))
