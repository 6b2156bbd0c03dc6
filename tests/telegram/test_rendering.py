"""Whatever an article says, Telegram takes the message, and nothing of the answer is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.telegram.keyboards import answer_keyboard
from bot.telegram.nearest import LONGEST_SHOWN, best_sentences
from bot.telegram.render import (
    OWN_MARKS,
    RenderedMessage,
    answer_messages,
    context_block,
    inline_description,
    inline_title,
    linkable,
    messages,
    quote_block,
)
from bot.telegram.rich_text import plain, units
from bot.telegram.shortening import LONGEST_TITLE, MOST_OUTLETS, shortened
from bot.telegram.shown_answers import ShownAnswer, new_token
from bot.telegram.texts import ENGLISH, LANGUAGES, Texts
from corpus.article import Article, Span
from retrieval.answer import Answer, Quote, Side
from retrieval.notes import NOTHING_MORE, NoteKind, agrees, revised
from tests.telegram.any_answers import ANY_CHARACTER, URLS, answers, quotes
from tests.telegram.botapi.markup import check_keyboard, check_link
from tests.telegram.botapi.text import read_text, require_text, utf16


def as_telegram_keeps(message: RenderedMessage) -> tuple[str, list[dict[str, Any]]]:
    """The message as the double keeps it; Refusal where it does not."""
    kept = read_text(message.text, [entity.to_dict() for entity in message.entities], None)
    require_text(kept[0])
    return kept


def covered(text: str, entity: dict[str, Any]) -> str:
    raw = text.encode("utf-16-le")
    return raw[2 * entity["offset"] : 2 * (entity["offset"] + entity["length"])].decode("utf-16-le")


@settings(max_examples=150, deadline=None)
@given(answers(), st.sampled_from(list(LANGUAGES.values())))
def test_telegram_takes_every_answer(answer: Answer, texts: Texts) -> None:
    rendered = answer_messages(answer, texts)
    assert rendered
    for message in rendered:
        assert len(message.entities) <= 100
        kept, entities = as_telegram_keeps(message)
        assert utf16(kept)
        assert all(entity["length"] > 0 for entity in entities)


@settings(max_examples=150, deadline=None)
@given(answers())
def test_nothing_of_a_quote_is_lost(drawn: Answer) -> None:
    answer = replace(drawn, answered=True, quotes=drawn.quotes or drawn.nearest, nearest=())
    quoted = "".join(
        covered(message.text, entity.to_dict())
        for message in answer_messages(answer, ENGLISH)
        for entity in message.entities
        if entity.type in {"blockquote", "expandable_blockquote"}
    )
    told = [number for side in answer.sides for number in side.quotes]
    in_order = sorted(
        answer.quotes,
        key=lambda quote: told.index(quote.number) if quote.number in told else len(told),
    )
    wanted = ""
    for quote in in_order:
        words = plain(quote.text).text
        own = OWN_MARKS & set(quote.text.strip()[:1] + quote.text.strip()[-1:])
        wanted += words if own else f"“{words}”"
    assert "".join(quoted.split()) == "".join(wanted.split())


@settings(max_examples=60, deadline=None)
@given(answers(), st.sampled_from(list(LANGUAGES.values())))
def test_that_nothing_answers_is_told_in_one_message(answer: Answer, texts: Texts) -> None:
    silent = replace(answer, answered=False, quotes=(), nearest=answer.quotes or answer.nearest)
    [message] = answer_messages(silent, texts)
    as_telegram_keeps(message)
    entities = [entity.to_dict() for entity in message.entities]
    shown = [
        covered(message.text, entity).strip("“”")
        for entity in entities
        if entity["type"] == "expandable_blockquote"
    ]
    for words in shown:
        assert any(words.strip() in plain(one.text).text for one in silent.nearest)
    hidden = len(silent.nearest) - len(shown)
    assert not hidden or message.text.endswith(texts.answer.others_near.format(count=hidden))


@settings(max_examples=60, deadline=None)
@given(quotes(1), st.text(ANY_CHARACTER, max_size=60))
def test_the_sentences_of_a_passage_stand_in_its_article(passage: Quote, question: str) -> None:
    shown = best_sentences(passage, question)
    assert shown.article.text[shown.start : shown.end] == shown.text
    assert passage.start <= shown.start < shown.end <= passage.end
    lit = shown.highlight
    assert lit is None or shown.start <= lit.start < lit.end <= shown.end


@settings(max_examples=150, deadline=None)
@given(quotes(1), st.sampled_from(list(LANGUAGES.values())))
def test_telegram_takes_every_context_and_inline_result(quote: Quote, texts: Texts) -> None:
    for message in messages([context_block(quote, quote.article, texts)]):
        as_telegram_keeps(message)
    for message in messages([quote_block(quote, texts)]):
        as_telegram_keeps(message)
    assert inline_title(quote, texts).strip()
    assert len(inline_description(quote)) <= 250


@settings(max_examples=150, deadline=None)
@given(URLS)
def test_a_link_is_made_only_where_telegram_takes_it(url: str | None) -> None:
    link = linkable(url)
    if link is not None:
        assert link == url
        check_link(link)


@settings(max_examples=50, deadline=None)
@given(answers(), st.integers(1, 5))
def test_telegram_takes_every_keyboard(answer: Answer, shown: int) -> None:
    kept = ShownAnswer(new_token(), 1, 1, 1, "?", (), shown, answer)
    check_keyboard(answer_keyboard(kept, ENGLISH).to_dict())


def a_quote(text: str, highlight: Span | None = None, number: int = 1, **fields: Any) -> Quote:
    article = Article(
        id="a",
        title="Ukraine warns Belarus",
        text=text,
        content_hash="x",
        source="Courier",
        published=date(2024, 8, 26),
        url="https://example.org/a",
    )
    return Quote(number, text, 0, len(text), article, 0.9, highlight, **fields)


def an_answer(*found: Quote, **fields: Any) -> Answer:
    return Answer("q", "q", True, 0.9, found, (), fields.pop("sides", ()), 1, 1.0, **fields)


def test_the_answering_words_are_bold_and_the_title_is_a_link() -> None:
    text = "😀 The border runs for 1,084 kilometres."
    start = text.index("1,084")
    quote = a_quote(text, Span(start, start + 16))
    [message] = answer_messages(an_answer(quote), ENGLISH)
    kept, entities = as_telegram_keeps(message)
    by_kind = {entity["type"]: entity for entity in entities}
    assert covered(kept, by_kind["bold"]) == "1,084 kilometres"
    assert covered(kept, by_kind["blockquote"]) == f"“{text}”"
    assert covered(kept, by_kind["text_link"]) == "Ukraine warns Belarus"
    assert by_kind["text_link"]["url"] == "https://example.org/a"
    assert kept.index("“") == 0
    assert "Courier · 26 August 2024 · Ukraine warns Belarus" in kept


@pytest.mark.parametrize(
    "text", ["“We go,” she said.", "She said: “We go.”", "«Да»", '"Yes," he said']
)
def test_quotation_marks_of_the_article_are_not_doubled(text: str) -> None:
    [message] = answer_messages(an_answer(a_quote(text)), ENGLISH)
    assert message.text.startswith(text + "\n")


def test_markup_in_an_article_stays_text() -> None:
    text = "<b>not bold</b> *nor this* [x](http://evil.example) &amp;"
    [message] = answer_messages(an_answer(a_quote(text)), ENGLISH)
    assert text in message.text
    assert {entity.type for entity in message.entities} == {"blockquote", "text_link"}


def test_a_long_answer_is_broken_between_quotes_and_counted() -> None:
    found = [a_quote(f"Sentence {n} " + "word " * 300, number=n) for n in range(1, 6)]
    rendered = answer_messages(an_answer(*found), ENGLISH)
    assert len(rendered) > 1
    for number, message in enumerate(rendered, start=1):
        assert units(message.text) <= 4096
        assert message.text.endswith(f"{number}/{len(rendered)}")
        assert message.text.count("“") == message.text.count("”")


def test_one_quote_longer_than_a_message_is_broken_between_sentences() -> None:
    text = "😀 This is a sentence of some length, as they go. " * 200
    rendered = answer_messages(an_answer(a_quote(text.strip())), ENGLISH)
    assert len(rendered) > 1
    for message in rendered[:-1]:
        assert units(message.text) <= 4096
        body = message.text.rpartition("\n\n")[0]
        assert body.endswith("as they go.")
        as_telegram_keeps(message)


def test_both_sides_stand_under_their_speakers() -> None:
    answer = an_answer(
        a_quote("There are more than 120,000 soldiers.", speaker="Lukashenko"),
        a_quote("That figure is not true.", number=2, speaker="Foreign Ministry"),
        sides=(Side("Lukashenko", (1,)), Side("Foreign Ministry", (2,))),
    )
    [message] = answer_messages(answer, ENGLISH)
    kept, entities = as_telegram_keeps(message)
    assert "The articles disagree:" in kept
    bold = [covered(kept, entity) for entity in entities if entity["type"] == "bold"]
    assert bold == ["Lukashenko", "Foreign Ministry"]


def test_no_answer_says_so_before_the_nearest_passages() -> None:
    answer = Answer("q", "q", False, 0.1, (), (a_quote("Something near."),), (), 1, 1.0)
    [message] = answer_messages(answer, ENGLISH)
    assert message.text.startswith("The articles don't say.")
    assert message.text.index("do not answer") < message.text.index("Something near.")


FILLER = "Ships came and went that day, and nobody at the port of Elm counted them. " * 4
KEY = "The ferry of Skarn carried 612 passengers in May."


def test_of_a_near_passage_the_sentences_that_speak_of_the_question_are_shown() -> None:
    passage = a_quote(FILLER + KEY + " " + FILLER)
    shown = best_sentences(passage, "How many passengers did the ferry carry?")
    assert KEY in shown.text
    assert len(shown.text) <= LONGEST_SHOWN
    assert shown.text[-1] == "."
    alone = best_sentences(a_quote(KEY), "How many ferries are there?")
    assert alone == a_quote(KEY)


def test_a_sentence_too_long_for_the_message_is_counted_instead() -> None:
    long = a_quote("goods " + "📦" * 1_990)
    near = (a_quote(KEY), long, a_quote(FILLER.strip()), long)
    answer = Answer("ferry?", "ferry?", False, 0.1, (), near, (), 1, 1.0)
    [message] = answer_messages(answer, ENGLISH)
    assert KEY in message.text
    assert "goods" not in message.text
    assert message.text.endswith(ENGLISH.answer.others_near.format(count=2))


def test_long_titles_and_names_are_shortened_visibly_and_quotes_never() -> None:
    title = "The charter of the harbour " * 100
    words = "He said it. " * 100
    quote = a_quote(words.strip())
    copies = tuple(replace(quote.article, source=f"Outlet {n}") for n in range(40))
    quote = replace(quote, article=replace(quote.article, title=title), copies=copies)
    [message] = answer_messages(an_answer(quote), ENGLISH)
    assert words.strip() in message.text
    [link] = [entity for entity in message.entities if entity.type == "text_link"]
    shown = covered(message.text, link.to_dict())
    assert shown.endswith("…")
    assert title.startswith(shown[:-1] + " ")
    assert len(shown) <= LONGEST_TITLE
    assert link.url == "https://example.org/a"
    assert message.text.count("Outlet ") == MOST_OUTLETS
    assert message.text.endswith(", …)")


@pytest.mark.parametrize("texts", LANGUAGES.values(), ids=list(LANGUAGES))
def test_every_kind_of_note_is_worded_in_every_language(texts: Texts) -> None:
    notes = (agrees(1, "Herald"), revised(2, "52 ships", 1, "40 ships"), NOTHING_MORE)
    assert {note.kind for note in notes} == set(NoteKind)
    [message] = answer_messages(an_answer(a_quote(KEY), notes=notes), texts)
    for note in notes:
        assert all(value in message.text for value in note.values.values())
        assert "{" not in str(note)
    assert texts is ENGLISH or "agrees with" not in message.text
    assert message.text.endswith(texts.answer.nothing_more)


@given(st.text(ANY_CHARACTER, max_size=300), st.integers(2, 200))
def test_what_is_cut_off_shows(text: str, longest: int) -> None:
    line = " ".join(text.split())
    short = shortened(text, longest)
    assert len(short) <= longest
    assert short == line or (short.endswith("…") and line.startswith(short[:-1]))


@pytest.mark.parametrize("texts", LANGUAGES.values(), ids=list(LANGUAGES))
def test_who_only_is_reported_does_not_stand_under_the_words_as_if_they_were_theirs(
    texts: Texts,
) -> None:
    own = replace(a_quote("“We paid for it,” Anna Berg said."), speaker="Anna Berg")
    told = a_quote("Anna Berg said that the town had paid for it.", speaker="Anna Berg")
    for quote, words in ((own, texts.answer.said_by), (told, texts.answer.reporting)):
        [message] = answer_messages(an_answer(quote), texts)
        assert words.format(speaker="Anna Berg") in message.text.split("\n")
