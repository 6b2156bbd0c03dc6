"""Newer and older articles, events as times, and quotes gathered without saying a thing twice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from bot.composition import Parts, compose
from bot.settings import Settings
from corpus.importer import Importer
from index.embedding.embedder import Embedder
from index.opening import open_writer
from index.sync import sync
from retrieval.answer import Answer, Question
from retrieval.time.event_times import event_time

ASKED = date(2024, 9, 10)
ARTICLES = {
    "2024-01-10-toll": "The toll on the Lorn bridge is 4 crowns, the road office said. Lorries pay"
    " more. Drivers complain of long queues.",
    "2024-06-20-toll": "The toll on the Lorn bridge is 6 crowns, the road office said. It went up"
    " this month. Cyclists cross without paying.",
    "2023-05-02-keeper-old": "The keeper of the Gannet lighthouse is Ivo Stahl, the harbour master"
    " said. The lamp is lit at dusk.",
    "2024-05-02-keeper-new": "The keeper of the Gannet lighthouse is Mara Quint, the harbour master"
    " said. The lamp is lit at dusk.",
    "2024-03-05-league-a": "Castor has joined the Grain League. Its parliament voted by a large"
    " majority. Bread should become cheaper.",
    "2024-03-18-league-b": "The port state of Pollen has joined the Grain League as well. Its"
    " farmers had protested for weeks.",
    "2024-04-02-league-c": "Castor has joined the Grain League, its foreign minister said again."
    " He spoke at a fair.",
    "2024-02-01-flood": "The great Tarn flood of 3 November 2021 destroyed the mill. Nobody was"
    " insured against it.",
    "2021-12-20-mill": "Since the great Tarn flood on 3 November 2021 the mill has stood empty. Its"
    " owner hopes for help.",
    "2024-07-01-soldiers": "President Olin Marr of Poland accused Norway of sending 900 soldiers to"
    " the island of Tarn on Monday. But Norway has rejected the accusations. It denied Marr’s claim"
    " that Oslo had sent 900 soldiers to the island. Trade between the two goes on.",
}


@pytest.fixture(scope="module")
def parts(
    tmp_path_factory: pytest.TempPathFactory, embedder: Embedder, model_cache: Path
) -> Iterator[Parts]:
    data = tmp_path_factory.mktemp("times")
    (data / "models").symlink_to(model_cache, target_is_directory=True)
    folder = data / "articles"
    folder.mkdir()
    for name, text in ARTICLES.items():
        title = name[11:].replace("-", " ").capitalize()
        head = f'---\ntitle: "{title}"\ndate: {name[:10]}\nsource: {name[-5:]}\n---\n\n'
        (folder / f"{name}.md").write_text(head + text, encoding="utf-8")
    with open_writer(data, embedder.key, embedder.dimension) as store:
        sync([folder], store, embedder, Importer())
    made = compose(Settings(data=data, articles=(folder,), rerank_budget_ms=60_000.0))
    yield made
    made.close()


def ask(parts: Parts, text: str) -> Answer:
    return parts.answerer.answer(Question(text, ASKED))


def test_on_equal_evidence_the_newer_article_comes_first(parts: Parts) -> None:
    answer = ask(parts, "Who is the keeper of the Gannet lighthouse?")
    assert "Mara Quint" in answer.quotes[0].text
    assert any("Ivo Stahl" in quote.text for quote in answer.quotes)


def test_a_figure_that_a_later_article_revises_says_so(parts: Parts) -> None:
    answer = ask(parts, "How much is the toll on the Lorn bridge?")
    numbers = {quote.text[31:32]: quote.number for quote in answer.quotes[:2]}
    notes = map(str, answer.notes)
    assert any("6" in note and "4" in note and "later" in note for note in notes), numbers


def test_a_list_gathers_different_answers(parts: Parts) -> None:
    answer = ask(parts, "Which states have joined the Grain League?")
    quoted = " ".join(quote.text for quote in answer.quotes)
    assert "Castor" in quoted
    assert "Pollen" in quoted
    assert sum("Castor has joined" in quote.text for quote in answer.quotes) == 1


def test_an_event_is_a_time_where_articles_date_it(parts: Parts) -> None:
    before = event_time("What did the mill grind before the Tarn flood?", ASKED, parts.store)
    after = event_time("What happened to the mill since the Tarn flood?", ASKED, parts.store)
    assert before is not None
    assert after is not None
    assert (before.since, before.until) == (None, date(2021, 11, 2))
    assert (after.since, after.until) == (date(2021, 11, 3), None)
    assert not before.explicit


@pytest.mark.parametrize(
    "question", ["What happened before the wedding?", "Who won?", "", "before", "since"]
)
def test_an_event_that_no_article_dates_is_no_time(parts: Parts, question: str) -> None:
    assert event_time(question, ASKED, parts.store) is None


def test_what_stands_in_a_quote_is_not_quoted_again(parts: Parts) -> None:
    answer = ask(parts, "Did Norway send 900 soldiers to the island of Tarn?")
    assert len(answer.sides) == 2
    places = [(quote.article.id, quote.start, quote.end) for quote in answer.quotes]
    nested = [
        (one, other)
        for one in places
        for other in places
        if one != other and one[0] == other[0] and other[1] <= one[1] and one[2] <= other[2]
    ]
    assert not nested
