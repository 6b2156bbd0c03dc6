"""Buttons under an answer: whose language they keep, and what is no button of the bot."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace

import pytest

from bot.telegram.database import open_database
from bot.telegram.shown_answers import ShownAnswer, ShownAnswers, new_token
from bot.telegram.texts import ENGLISH, RUSSIAN
from retrieval.answer import Quote
from retrieval.notes import revised
from tests.telegram.bot_process import BotProcess
from tests.telegram.botapi.person import Person, find_button, labels, new_group
from tests.telegram.botapi.refusal import flood
from tests.telegram.botapi.world import Fault
from tests.telegram.test_asking import QUESTION, covered

pytestmark = pytest.mark.asyncio(loop_scope="session")

MANY = "What did Lukashenko say about Ukraine and the border?"


async def test_an_answer_keeps_the_language_and_quotes_of_who_asked(
    bot: BotProcess, person: Person
) -> None:
    other, group = Person(bot.api, "ru"), new_group(bot.api.world)
    menu = await person.asks("/settings")
    await person.presses(menu, "1")
    answer = await person.asks(f"@{bot.api.world.username} {MANY}", group)
    pressed = await other.presses(answer, "Context")
    assert not pressed.get("text")
    await bot.api.world.until(lambda: "Hide context" in labels(answer))
    assert "August" in answer["text"]
    await other.presses(answer, "More")
    [more] = await person.reads(answer)
    assert len(covered(more, "blockquote")) == 1
    assert "Context" in labels(more)
    thanks = await other.presses(answer, "👍")
    assert thanks["text"] == RUSSIAN.answer.thanks


async def test_the_tick_of_a_rating_stays(person: Person) -> None:
    answer = await person.asks(MANY)
    await person.presses(answer, "👍")
    await person.world.until(lambda: "👍 ✓" in labels(answer))
    await person.presses(answer, "Context")
    await person.world.until(lambda: "Hide context" in labels(answer))
    assert "👍 ✓" in labels(answer)
    await person.presses(answer, "More")
    [more] = await person.reads(answer)
    await person.world.until(lambda: not any(x.startswith("More") for x in labels(answer)))
    assert "👍 ✓" in labels(answer)
    assert "👍" in labels(more)


def keep_five(bot: BotProcess, person: Person, *changed: int) -> ShownAnswer:
    """Another answer under the person's last question: five quotes, two of them shown.

    The articles of some have changed since.
    """
    with closing(open_database(bot.folder / "data")) as database:
        answers = ShownAnswers(database)
        shown = answers.last_of(person.chat.id, person.id)
        assert shown is not None
        first = shown.answer.quotes[0]
        quotes = [_numbered(first, number, changed) for number in range(1, 6)]
        notes = (revised(5, "52", 1, "40"),)
        answer = replace(shown.answer, quotes=tuple(quotes), sides=(), notes=notes)
        # Under a name of its own: the bot may still be writing down where the answer is shown.
        kept = replace(shown, token=new_token(), shown=2, answer=answer)
        answers.put(kept)
    return kept


def _numbered(quote: Quote, number: int, changed: Sequence[int]) -> Quote:
    """The quote under a number, from an article without an address, of another version or not."""
    version = "of another version" if number in changed else quote.article.content_hash
    return replace(
        quote, number=number, article=replace(quote.article, content_hash=version, url=None)
    )


async def test_an_article_opens_although_another_one_has_changed(
    bot: BotProcess, person: Person
) -> None:
    answer = await person.asks(QUESTION)
    token = keep_five(bot, person, 2, 3, 4, 5).token
    await person.sends_press(answer, f"open:{token}")
    [file] = await person.reads(answer)
    assert file["document"]["file_name"].endswith(".txt")
    refused = await person.sends_press(answer, f"context:{token}")
    assert refused["text"] == ENGLISH.answer.article_gone
    token = keep_five(bot, person, 1).token
    refused = await person.sends_press(answer, f"open:{token}")
    assert refused["text"] == ENGLISH.answer.article_gone


async def test_more_passes_over_what_has_changed_and_tells_the_notes_that_are_complete(
    bot: BotProcess, person: Person
) -> None:
    answer = await person.asks(QUESTION)
    kept = keep_five(bot, person, 1, 2, 3)
    assert kept.visible.notes == ()
    await person.sends_press(answer, f"more:{kept.token}")
    [more] = await person.reads(answer)
    assert len(covered(more, "blockquote")) == 2
    assert "[3]" not in more["text"]
    assert more["text"].endswith("[5] is later than [1]: 52 instead of 40")
    await person.world.until(lambda: not any(x.startswith("More") for x in labels(answer)))


async def test_more_is_refused_where_all_that_it_would_bring_has_changed(
    bot: BotProcess, person: Person
) -> None:
    answer = await person.asks(QUESTION)
    token = keep_five(bot, person, 3, 4, 5).token
    refused = await person.sends_press(answer, f"more:{token}")
    assert refused["text"] == ENGLISH.answer.article_gone
    await person.asks("/help")
    assert len(person.heard(person.chat, answer)) == 1


async def test_a_press_from_another_chat_is_refused(bot: BotProcess, person: Person) -> None:
    answer = await person.asks(MANY)
    stranger = Person(bot.api)
    data = find_button(answer, "More")["callback_data"]
    refused = await stranger.sends_press(await stranger.asks("/help"), data)
    assert refused["text"] == ENGLISH.answer.expired
    await person.asks("/help")
    assert len(person.heard(person.chat, answer)) == 1


@pytest.mark.parametrize("data", ["language:xx", "quotes:99", "quotes:"])
async def test_choices_that_were_never_offered_have_expired(person: Person, data: str) -> None:
    menu = await person.asks("/settings")
    refused = await person.sends_press(menu, data)
    assert refused["text"] == ENGLISH.refusal.expired_button
    assert str(refused["show_alert"]).lower() == "true"


@pytest.mark.parametrize("page", ["5000", "9" * 24])
async def test_a_page_beyond_the_end_is_the_last(administrator: Person, page: str) -> None:
    listed = await administrator.asks("/articles")
    total = listed["text"].partition(" of ")[2].partition(":")[0]
    await administrator.sends_press(listed, f"page:{page}")
    await administrator.world.until(lambda: f"to {total} of {total}:" in listed["text"])


async def test_proof_in_a_group_replies_and_needs_quotes(bot: BotProcess, person: Person) -> None:
    group = new_group(bot.api.world)
    await person.asks(f"@{bot.api.world.username} {QUESTION}", group)
    command = person.says(f"/proof@{bot.api.world.username}", group)
    [file] = await person.reads(command)
    assert file["document"]["file_name"] == "answer.json"
    assert file["reply_to_message"]["message_id"] == command["message_id"]
    await person.asks("What does a penguin eat for breakfast on Mars?")
    told = await person.asks("/proof")
    assert told["text"] == ENGLISH.guide.proof_nothing


async def test_context_opens_although_the_press_cannot_be_acknowledged(person: Person) -> None:
    answer = await person.asks(QUESTION)
    data = find_button(answer, "Context")["callback_data"]
    person.world.faults.append(Fault("answerCallbackQuery", 1, flood(600)))
    await person.sends_press(answer, data, late=True)
    await person.world.until(lambda: "Hide context" in labels(answer))


async def test_more_that_has_nothing_left_goes(bot: BotProcess, person: Person) -> None:
    answer = await person.asks(MANY)
    data = find_button(answer, "More")["callback_data"]
    token = data.partition(":")[2]
    with closing(open_database(bot.folder / "data")) as database:
        answers = ShownAnswers(database)
        await person.world.until(lambda: (kept := answers.get(token)) and kept.shown_in)
        shown = answers.get(token)
        assert shown is not None
        quotes = shown.answer.quotes[: shown.shown]
        answers.put(replace(shown, answer=replace(shown.answer, quotes=quotes)))
    await person.sends_press(answer, data)
    await person.world.until(lambda: not any(x.startswith("More") for x in labels(answer)))
