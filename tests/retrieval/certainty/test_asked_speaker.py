"""Whose words are asked for, and whose are therefore no answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.composition import Parts, compose
from bot.settings import Settings
from corpus.article import Article, Passage
from corpus.importer import Importer
from corpus.sentences import split_sentences
from index.embedding.embedder import Embedder
from index.opening import open_writer
from index.store import Filter, StoredPassage
from index.sync import sync
from retrieval.answer import Answer, Question
from retrieval.attribution.speakers import attribute
from retrieval.certainty.asked_speaker import asked_speaker, speaks
from retrieval.evidence.candidates import Candidate
from retrieval.evidence.quotes import ReadArticle, read_article
from retrieval.evidence.ranked import RankedSentence


@pytest.mark.parametrize(
    ("question", "speaker"),
    [
        ("What did Anna Berg say about the bridge?", "Anna Berg"),
        ("What did Anna Berg’s widow say about the bridge?", None),
        ("What did the critics of Anna Berg say?", None),
        ("What did the man who shot Anna Berg say?", None),
        ("What has the Harbour Ministry announced?", "Harbour Ministry"),
        ("And what did Minsk say about it?", "Minsk"),
        ("How did China react to the visit?", "China"),
        ("What does Berg now publicly claim?", "Berg"),
        ("According to Anna Berg, when will the bridge open?", "Anna Berg"),
        ("Что сказал Лукашенко о границе?", "Лукашенко"),
        ("Що заявив Зеленський про кордон?", "Зеленський"),
        # Nobody's words in particular are asked for.
        ("What did he say about the bridge?", None),
        ("What did officials say about the bridge?", None),
        ("What did Oslo and Bergen say about the bridge?", None),
        ("Who said that the bridge is safe?", None),
        ("What did Anna Berg build?", None),
        ("Did Anna Berg say that the bridge is safe?", None),
        ("", None),
    ],
)
def test_whose_words_are_asked_for(question: str, speaker: str | None) -> None:
    assert asked_speaker(question) == speaker


@given(st.text(max_size=200))
def test_any_question_is_read(question: str) -> None:
    asked_speaker(question)


def answer(parts: Parts, question: str) -> Answer:
    return parts.answerer.answer(Question(question, date(2024, 9, 10)))


def test_another_speaker_s_words_are_no_answer(sample_parts: Parts) -> None:
    asked = "What did {} say about the herring in Sund Bay?"
    told = sample_parts.answerer.answer(
        Question(asked.format("Yasmin Thorvald"), date(2024, 9, 10))
    )
    assert told.answered
    assert all(
        quote.speaker is None or "Thorvald" in f"{quote.speaker} {quote.text}"
        for quote in told.quotes
    )
    other = answer(sample_parts, asked.format("Lukashenko"))
    assert not other.answered
    assert other.nearest


# Everybody speaks about everybody else here.
ARTICLES = {
    "dam": "The dam at Orrin Gorge should be pulled down, the geologist Petra Halvik said."
    " “The rock under it has moved by eleven centimetres,” she told the council.\n\n"
    "Energy minister Tomas Brandl said Halvik had exaggerated the danger. “The dam will stand for"
    " another sixty years,” Brandl said. He accused Halvik of frightening the villagers.\n\n"
    "“Halvik warned of the dam long before anyone listened,” said the head of the transport union,"
    " Olga Sterne. Halvik had told nobody else, the Valley Courier reported. “Brandl has never set"
    " foot in the gorge,” somebody shouted.\n\n"
    "Brandl's rival, Lena Morcant, said the minister knew of the cracks. Kyiv said the dam was none"
    " of its business.",
    "tram": "The night trams carry more drunks than workers, councillor Ingrid Pasch said. “Ingrid"
    " Pasch has not ridden a tram in twenty years,” replied the mayor, Borys Lund. Lund has said"
    " that the losses are small.\n\n"
    "The taxi drivers' chairman, Emil Pasch, said night trams were killing his trade. French"
    " President Louis Garde said the trams of Ukraine were older.",
    "fever": "The fever has reached eleven villages, the World Health Organization said.\n\nThe"
    " WHO’s envoy Ida Solberg said on Monday that nine more were in danger. Those who fell ill"
    " drank from one well. “There is nobody who has not fled,” said a farmer, Jan Ostrow.",
    "ferry": "The ferry to Ostholm, which Nils Aarde steers, is the oldest ferry of the sound.\n\n"
    "“The ferry to Ostholm is not for sale,” Aarde said.",
}


@pytest.fixture(scope="module")
def every_quote(
    tmp_path_factory: pytest.TempPathFactory, embedder: Embedder, model_cache: Path
) -> Iterator[Parts]:
    """An engine that quotes whatever it is permitted to, however little it answers."""
    data = tmp_path_factory.mktemp("speakers")
    (data / "models").symlink_to(model_cache, target_is_directory=True)
    folder = data / "articles"
    folder.mkdir()
    for name, text in ARTICLES.items():
        (folder / f"{name}.md").write_text(f"---\ntitle: {name.title()}\n---\n\n{text}\n")
    with open_writer(data, embedder.key, embedder.dimension) as store:
        sync([folder], store, embedder, Importer())
    made = compose(Settings(data=data, articles=(folder,), reader="none", threshold=0.0))
    yield made
    made.close()


@pytest.mark.parametrize(
    ("question", "theirs", "of_others"),
    [
        ("What did Petra Halvik say about the dam?", "eleven centimetres", "sixty years"),
        ("What did Petra Halvik say about the dam?", "pulled down", "exaggerated"),
        ("What did Halvik say about Brandl?", "", "frightening the villagers"),
        ("What did Halvik say about the dam?", "had told nobody", "long before"),
        ("What did Tomas Brandl say about Halvik?", "exaggerated", "long before"),
        ("What did Brandl say about the gorge?", "frightening", "set foot"),
        ("What did Brandl say about the dam?", "sixty years", "knew of the cracks"),
        ("What did Olga Sterne say about Halvik?", "long before", "exaggerated"),
        ("What did Lena Morcant say about the minister?", "knew of the cracks", "frightening"),
        ("What did Ingrid Pasch say about the night trams?", "more drunks", "killing his trade"),
        ("What did Ingrid Pasch say about trams?", "", "twenty years"),
        ("What did Emil Pasch say about the night trams?", "killing his trade", "more drunks"),
        ("What did Borys Lund say about Ingrid Pasch?", "twenty years", "more drunks"),
        ("What did Borys Lund say about the losses?", "are small", "killing his trade"),
        ("What did Ukraine say about the dam?", "none of its business", "pulled down"),
        ("What did Ukraine say about the trams?", "", "were older"),
        ("What did the WHO say about the fever?", "eleven villages", "nobody"),
        ("What did the WHO say about the fever?", "nine more", "nobody"),
        ("What did the World Health Organization say about the fever?", "nine more", "nobody"),
        ("What did the IRC say about the fever?", "", "villages"),
        ("What did LUND say about the losses?", "are small", "killing his trade"),
        ("WHAT DID LUND SAY ABOUT THE LOSSES?", "are small", ""),
    ],
)
def test_who_is_spoken_about_does_not_speak(
    every_quote: Parts, question: str, theirs: str, of_others: str
) -> None:
    told = every_quote.answerer.answer(Question(question, date(2024, 9, 10), max_quotes=20))
    quoted = " ".join(quote.text for quote in told.quotes)
    assert theirs in quoted
    assert not of_others or of_others not in quoted


def test_one_first_name_has_several_spellings(every_quote: Parts) -> None:
    asked = "What did {} say about the dam?"
    for name, heard in {"Thomas Brandl": True, "Freya Brandl": False}.items():
        question = Question(asked.format(name), date(2024, 9, 10), max_quotes=20)
        quotes = every_quote.answerer.answer(question).quotes
        assert any("sixty years" in quote.text for quote in quotes) is heard


# Likely an answer, and the best that was found though hardly one.
@pytest.mark.parametrize("matter", ["the ferry to Ostholm", "the sale"])
def test_what_is_known_to_be_the_speaker_s_is_quoted_alone(every_quote: Parts, matter: str) -> None:
    asked = Question(f"What did Nils Aarde say about {matter}?", date(2024, 9, 10))
    told = every_quote.answerer.answer(asked)
    assert [quote.speaker for quote in told.quotes] == ["Nils Aarde"]


@pytest.mark.parametrize(
    ("speaker", "text"),
    [
        ("Supreme Court", "The appeal was lost, the US Supreme Court said."),
        ("Defence Ministry", "No ship was sunk, the Russian Defence Ministry said."),
        ("Border Guard", "Nobody crossed, the State Border Guard Service said."),
        ("Health Ministry", "The fever is over, the Ministry of Health said."),
    ],
)
def test_a_body_has_a_longer_name_too(speaker: str, text: str) -> None:
    assert speaks(speaker, *spoken(text))


def test_one_surname_is_not_one_person() -> None:
    assert not speaks("Piotr Berg", *spoken("The bridge is closed, Anna Berg said."))


def spoken(text: str) -> tuple[RankedSentence, ReadArticle]:
    spans = tuple(split_sentences(text))
    article = Article("a", "Title", text, "a")
    vectors = np.zeros((len(spans), 2), np.float32)
    stored = StoredPassage(1, 0, Passage(0, len(text), spans), article, "a", vectors)
    sentence = RankedSentence(Candidate(stored, 1, 1.0, 1, 1.0), 0, 0.0, (), None)
    return sentence, ReadArticle(article, spans, tuple(attribute(text, spans)))


def test_of_an_article_that_changed_meanwhile_only_the_own_passage_is_read(
    sample_parts: Parts,
) -> None:
    stored = sample_parts.store.article(sample_parts.store.articles(Filter(), limit=1)[0][0].id)
    assert stored is not None
    changed = replace(stored, content_hash="another version")
    passages = sample_parts.store.neighbours(stored.id)
    first, last = (
        RankedSentence(Candidate(replace(one, article=changed), 1, 1.0, 1, 1.0), 0, 0.0, (), None)
        for one in (passages[0], passages[-1])
    )
    read = read_article(sample_parts.store, first)
    assert read.holds(first)
    assert len(passages) == 1 or not read.holds(last)
    assert not read.holds(replace(last, candidate=replace(last.candidate, passage=passages[0])))
