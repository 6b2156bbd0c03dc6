"""Characters that deceive or overwhelm: imported, asked, and shown in every face."""

from __future__ import annotations

import json

import httpx
import pytest

from bot.cited_text import cited_text
from bot.telegram.render import answer_messages
from bot.telegram.texts import ENGLISH
from corpus.article import Article
from corpus.importer import Importer
from retrieval.answer import Answer, Quote

ATTACKS = {
    "right to left override": "The bridge is \u202e324\u202c metres long, the mayor said.",
    "isolates left open": "The bridge is \u2066\u2067 312 metres long, the mayor said.",
    "homoglyphs": "The bridgе at Zаrnow is 312 metres long, the mayor said.",
    "zero width": "The bri\u200bdge is 3\u200d12\ufeff metres\u2060 long, the mayor said.",
    "tags": "The bridge is 312\U000e0041\U000e0042 metres long, the mayor said.",
    "a pile of marks": "The bridge is 312 metres long" + "\u0301" * 3000 + ", the mayor said.",
    "astral": "🎉🚀👩‍👩‍👧 The bridge is 312 metres long, the mayor said. 🎈",
    "interlinear": "The bridge\ufff9 is\ufffa 312\ufffb metres long, the mayor said.",
}
MILLION = "e" + "\u0301" * 1_000_000


@pytest.mark.parametrize("name", ATTACKS)
def test_what_is_imported_is_quoted_as_it_stands(name: str) -> None:
    """The text after import is final: every face shows these very characters, in their order."""
    (article,) = Importer().read_content("a.txt", ATTACKS[name].encode()).articles
    answer = answer_with(article)
    assert answer.quotes[0].text in cited_text(answer).text
    shown = "".join(message.text for message in answer_messages(answer, ENGLISH))
    assert "312" in shown or "324" in shown or "3\u200d12" in shown
    units = [
        len(message.text.encode("utf-16-le")) // 2 for message in answer_messages(answer, ENGLISH)
    ]
    assert max(units) <= 4096


def test_a_million_marks_are_imported_or_refused_in_words() -> None:
    file = Importer().read_content("a.txt", f"The bridge. {MILLION} Long.".encode())
    assert file.articles or "\n" not in str(file.skipped[0])
    for article in file.articles:
        assert max(len(m.text) for m in answer_messages(answer_with(article), ENGLISH)) <= 4096


def test_half_a_pair_in_a_file_does_not_get_into_an_article() -> None:
    """It could be neither stored nor sent."""
    broken = json.dumps({"title": "A \ud800", "text": "The bridge \udc00 is 312 metres long."})
    for article in Importer().read_content("a.json", broken.encode()).articles:
        (article.title + article.text).encode()


@pytest.mark.parametrize("name", ATTACKS)
def test_questions_in_such_characters_are_answered_with_quotes_that_stand(
    client: httpx.Client, name: str
) -> None:
    answer = client.post("/ask", json={"question": ATTACKS[name]}).json()
    assert answer["question"] == ATTACKS[name]
    for quote in answer["quotes"]:
        text = client.get(f"/articles/{quote['article']['id']}").json()["text"]
        assert text[quote["start"] : quote["end"]] == quote["text"]


def test_a_question_of_a_million_marks_is_refused_in_words(client: httpx.Client) -> None:
    asked = json.dumps({"question": MILLION}, ensure_ascii=False).encode()
    refused = client.post("/ask", content=asked, headers={"Content-Type": "application/json"})
    assert refused.status_code == 413
    assert len(refused.text) < 1000


def answer_with(article: Article) -> Answer:
    quote = Quote(1, article.text, 0, len(article.text), article, 0.9)
    return Answer("q", "q", True, 0.9, (quote,), (), (), 1, 1.0)
