"""Which quotes come first, and under which of them a note stands."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.telegram.first_shown import first_shown
from bot.telegram.following_quotes import following_quotes
from bot.telegram.kept_answer import read_answer, write_answer
from bot.telegram.render import answer_messages
from bot.telegram.shown_answers import ShownAnswer
from bot.telegram.texts import LANGUAGES
from corpus.article import Article
from retrieval.answer import Answer, Quote, Side
from retrieval.notes import NOTHING_MORE, Note, agrees, revised

REVISED = revised(7, "52 ships", 1, "40 ships")


def a_quote(number: int) -> Quote:
    day = date(2024, 8, number)
    article = Article(f"a{number}", f"Title {number}", "", "hash", "Ann", "Courier", day)
    text = f"Statement {number}."
    return Quote(number, text, 0, len(text), article, 0.9)


def an_answer(count: int, *notes: Note, sides: tuple[Side, ...] = ()) -> Answer:
    quotes = tuple(map(a_quote, range(1, count + 1)))
    return Answer("q", "q", True, 0.9, quotes, (), sides, 7, 1.5, notes=notes)


def on_screen(answer: Answer, count: int) -> ShownAnswer:
    kept = read_answer(write_answer(answer))
    return ShownAnswer("t", 5, 6, 7, "q", (8,), count, kept)


def texts_of(answer: Answer) -> list[str]:
    return [quote.text for quote in answer.quotes]


def test_a_note_waits_until_every_quote_that_it_names_is_on_the_screen() -> None:
    shown = on_screen(an_answer(9, REVISED, agrees(2, "Herald"), agrees(5, "Post")), 3)
    assert shown.visible.notes == (agrees(2, "Herald"),)
    following = following_quotes(shown, shown.answer.quotes[3:], 3)
    assert following.visible.notes == (agrees(5, "Post"),)
    last = following_quotes(following, following.answer.quotes[3:], 3)
    assert last.visible.notes == (REVISED,)
    assert last.further == 0


def test_a_note_that_names_no_quote_is_told_once() -> None:
    shown = on_screen(an_answer(5, NOTHING_MORE), 3)
    assert shown.visible.notes == (NOTHING_MORE,)
    assert following_quotes(shown, shown.answer.quotes[3:], 3).visible.notes == ()
    silent = Answer("q", "q", False, 0.1, (), (), (), 7, 1.5, notes=(NOTHING_MORE,))
    assert on_screen(silent, 3).visible.notes == (NOTHING_MORE,)


def test_a_note_about_a_quote_that_may_not_be_shown_is_never_told() -> None:
    shown = on_screen(an_answer(9, REVISED, agrees(4, "Post"), agrees(8, "Echo")), 3)
    sound = [quote for quote in shown.answer.quotes[3:] if quote.number not in (4, 7)]
    following = following_quotes(shown, sound, 9)
    assert following.visible.notes == (agrees(8, "Echo"),)


def test_a_later_figure_stands_beside_the_one_that_it_revises() -> None:
    found = an_answer(9, REVISED, agrees(4, "Post"))
    answer, count = first_shown(found, 3)
    shown = on_screen(answer, count)
    assert texts_of(shown.visible) == [f"Statement {number}." for number in (1, 2, 3, 7)]
    assert [quote.number for quote in answer.quotes] == list(range(1, 10))
    assert shown.visible.notes == (revised(4, "52 ships", 1, "40 ships"),)
    assert agrees(5, "Post") in answer.notes
    assert sorted(texts_of(answer)) == texts_of(found)
    for texts in LANGUAGES.values():
        [message] = answer_messages(shown.visible, texts)
        assert "[4]" in message.text.splitlines()[-1]


def test_a_revision_of_a_revision_comes_along() -> None:
    found = an_answer(9, revised(6, "60", 8, "52"), revised(8, "52", 1, "40"))
    answer, count = first_shown(found, 1)
    assert count == 3
    assert texts_of(answer)[:3] == ["Statement 1.", "Statement 6.", "Statement 8."]
    assert answer.notes == (revised(2, "60", 3, "52"), revised(3, "52", 1, "40"))


def test_what_revises_a_quote_that_waits_waits_too() -> None:
    found = an_answer(9, revised(9, "52", 5, "40"))
    assert first_shown(found, 3) == (found, 3)


def test_each_side_is_heard_and_keeps_its_quotes() -> None:
    sides = (Side("Ann", (1, 9)), Side("Ben", (5,)))
    found = an_answer(9, revised(9, "52", 2, "40"), sides=sides)
    assert first_shown(replace(found, notes=()), 3) == (replace(found, notes=()), 5)
    answer, count = first_shown(found, 3)
    assert count == 6
    assert answer.sides == (Side("Ann", (1, 6)), Side("Ben", (5,)))
    assert texts_of(answer)[5] == "Statement 9."
