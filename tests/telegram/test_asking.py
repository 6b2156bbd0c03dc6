"""A person asks the real bot, through the double, and reads what comes back."""

from __future__ import annotations

from typing import Any

import pytest

from bot.telegram.texts import ENGLISH, RUSSIAN, UKRAINIAN, Texts
from tests.telegram.bot_process import BotProcess
from tests.telegram.botapi.person import Person, find_button, labels, new_group
from tests.telegram.botapi.text import utf16
from tests.telegram.botapi.transcript import page
from tests.telegram.botapi.world import Json

pytestmark = pytest.mark.asyncio(loop_scope="session")

QUESTION = "Which treaty did Belarus and Russia sign in 1999?"
ANSWER = "Union State"
PUBLISHED = "25 March 2022"
UNANSWERABLE = "What does a penguin eat for breakfast on Mars?"
ATTEMPTS = 5


def covered(message: Json, kind: str) -> list[str]:
    """The parts of a message that entities of a kind cover."""
    units = utf16(message["text"])
    return [
        "".join(map(chr, units[e["offset"] : e["offset"] + e["length"]]))
        for e in message["entities"]
        if e["type"] == kind
    ]


@pytest.mark.parametrize(
    ("language", "texts"),
    [("en", ENGLISH), ("ru", RUSSIAN), ("uk-UA", UKRAINIAN), ("de", ENGLISH)],
)
async def test_start_speaks_the_language_of_the_person(
    bot: BotProcess, language: str, texts: Texts
) -> None:
    person = Person(bot.api, language)
    greeting = await person.asks("/start")
    assert greeting["text"].startswith(texts.guide.start)
    assert texts.guide.help in greeting["text"]


async def test_an_answer_is_quoted_verbatim_with_its_citation(
    bot: BotProcess, person: Person
) -> None:
    answer = await person.asks(QUESTION)
    text = answer["text"]
    assert text.startswith("“")
    assert ANSWER in covered(answer, "blockquote")[0]
    articles = [path.read_text("utf-8") for path in (bot.folder / "articles").glob("*.md")]
    for quote in covered(answer, "blockquote"):
        assert any(quote.strip("“”") in article for article in articles)
    assert covered(answer, "bold")
    assert covered(answer, "text_link")
    assert f"Borderland Courier · {PUBLISHED}" in text
    assert answer["link_preview_options"] == {"is_disabled": True}
    assert "Context" in labels(answer)
    assert {"👍", "👎"} <= set(labels(answer))


async def test_the_bot_is_seen_typing_while_it_looks(person: Person) -> None:
    # Where the answer is there before the mark is, the mark is dropped.
    while not person.chat.actions:
        await person.asks(QUESTION)
    assert set(person.chat.actions) == {"typing"}


async def test_a_chat_can_be_looked_at_as_a_page(person: Person) -> None:
    await person.asks(QUESTION)
    seen = page(person.chat, person.world.bot_id)
    assert QUESTION in seen
    assert "<blockquote>“" in seen
    assert "<b>" in seen


async def test_what_the_articles_do_not_say_is_not_answered(person: Person) -> None:
    answer = await person.asks(UNANSWERABLE)
    assert answer["text"].startswith("The articles don't say.")


async def test_both_sides_are_heard_where_the_articles_disagree(person: Person) -> None:
    answer = await person.asks("Did Ukraine send 120,000 troops to the border?")
    assert ENGLISH.answer.disagree in answer["text"]
    speakers = [name for name in covered(answer, "bold") if f"{name}:\n“" in answer["text"]]
    assert len(speakers) == 2
    assert "Alexander Lukashenko" in speakers


async def test_context_opens_and_closes_in_place(person: Person) -> None:
    answer = await person.asks(QUESTION)
    before = answer["text"]
    await person.presses(answer, "Context")
    await person.world.until(lambda: answer["text"] != before)
    assert len(answer["text"]) > len(before)
    assert covered(answer, "italic")
    await person.presses(answer, "Hide context")
    await person.world.until(lambda: answer["text"] == before)
    assert "Context" in labels(answer)


async def test_more_brings_further_quotes_and_goes(person: Person) -> None:
    answer = await person.asks("What did Lukashenko say about Ukraine and the border?")
    find_button(answer, "More")
    await person.presses(answer, "More")
    [more] = await person.reads(answer)
    assert not set(covered(more, "blockquote")) & set(covered(answer, "blockquote"))
    await person.world.until(lambda: not any(x.startswith("More") for x in labels(answer)))


async def test_open_article_is_a_link(person: Person) -> None:
    answer = await person.asks(QUESTION)
    assert find_button(answer, "Open article")["url"].startswith("https://example.org/")


async def test_a_verdict_is_thanked_for_and_shown(person: Person) -> None:
    answer = await person.asks(QUESTION)
    thanks = await person.presses(answer, "👍")
    assert thanks["text"] == ENGLISH.answer.thanks
    await person.world.until(lambda: "👍 ✓" in labels(answer))
    await person.presses(answer, "👎")
    await person.world.until(lambda: "👎 ✓" in labels(answer) and "👍" in labels(answer))


@pytest.mark.parametrize("data", ["context:gone", "nonsense", "remove:x", "language:", "\x00:"])
async def test_a_button_of_long_ago_says_so(person: Person, data: str) -> None:
    answer = await person.asks(QUESTION)
    assert (await person.sends_press(answer, data))["callback_query_id"]


async def test_an_edited_question_edits_its_answer(person: Person) -> None:
    question = person.says(UNANSWERABLE)
    [answer] = await person.reads(question)
    person.edits(question, QUESTION)
    await person.world.until(lambda: ANSWER in answer["text"])
    assert len(person.heard(person.chat, question)) == 1
    await person.presses(answer, "Context")


async def test_a_follow_up_knows_what_was_asked_before(person: Person) -> None:
    await person.asks("What did the Foreign Ministry in Kyiv say about Gomel?")
    answer = await person.asks("and what did Minsk say?")
    assert answer["text"]
    forgotten = await person.asks("/new")
    assert forgotten["text"] == ENGLISH.guide.forgotten


async def test_a_group_is_left_alone_until_it_asks(bot: BotProcess, person: Person) -> None:
    group = new_group(bot.api.world)
    ignored = person.says("What a nice day at the border of Belarus!", group)
    mention = person.says(f"@{bot.api.world.username} {QUESTION}", group)
    [answer] = await person.reads(mention)
    assert ANSWER in answer["text"]
    assert answer["reply_to_message"]["message_id"] == mention["message_id"]
    follow_up = person.says("and with whom did they sign it?", group, reply_to=answer)
    await person.reads(follow_up)
    command = person.says(f"/ask@{bot.api.world.username} {QUESTION}", group)
    await person.reads(command)
    other = person.says("/ask@another_bot what?", group)
    last = person.says(f"/ask {QUESTION}", group)
    await person.reads(last)
    assert len(person.heard(group, ignored)) == 4
    assert all(
        m["reply_to_message"]["message_id"] != other["message_id"]
        for m in person.heard(group, ignored)
    )


async def test_ask_in_reply_takes_the_other_message_as_the_question(
    bot: BotProcess, person: Person
) -> None:
    group = new_group(bot.api.world)
    question = person.says(QUESTION, group)
    [answer] = await person.reads(person.says("/ask", group, reply_to=question))
    assert ANSWER in answer["text"]
    mention = person.says(f"@{bot.api.world.username}", group, reply_to=question)
    [answer] = await person.reads(mention)
    assert ANSWER in answer["text"]
    usage = await person.asks("/ask")
    assert usage["text"] == ENGLISH.guide.ask_usage


async def test_inline_results_are_single_quotes_with_their_citation(person: Person) -> None:
    offered = await person.types_inline(QUESTION)
    assert offered["results"]
    assert int(offered["cache_time"]) <= 60
    content = offered["results"][0]["input_message_content"]
    assert ANSWER in content["message_text"]
    assert "Borderland Courier" in content["message_text"]
    assert (await person.types_inline(""))["button"]
    nothing = await person.types_inline(UNANSWERABLE)
    assert nothing["results"] == []


async def test_typing_on_cancels_the_earlier_inline_query(person: Person) -> None:
    # On a machine that stands still between the two, the earlier is answered before the later
    # arrives: then it is typed again.
    for _ in range(ATTEMPTS):
        earlier = person.starts_inline("Which treaty")
        offered = await person.types_inline(QUESTION)
        assert offered["results"]
        if earlier() is None:
            return
    pytest.fail("the earlier query was answered every time")


async def test_since_keeps_older_articles_out(person: Person) -> None:
    answer = await person.asks(f"/since 2022-03-26 {QUESTION}")
    assert PUBLISHED not in answer["text"]
    assert answer["text"].startswith("Only articles from 26 March 2022 on")
    answer = await person.asks(f"{QUESTION} since 2022-03-25")
    assert PUBLISHED in answer["text"]
    assert answer["text"].startswith("Only articles from 25 March 2022 on")


async def test_an_outlet_may_be_named_as_the_source(person: Person) -> None:
    answer = await person.asks(f"{QUESTION} according to the Borderland Courier")
    assert answer["text"].startswith("Only Borderland Courier")
    assert PUBLISHED in answer["text"]
    await person.presses(answer, "Context")
    await person.world.until(lambda: "Hide context" in labels(answer))
    assert answer["text"].startswith("Only Borderland Courier")
    other = await person.asks(f"Eastern Ledger: {QUESTION}")
    assert "Borderland Courier" not in other["text"]


@pytest.mark.parametrize(
    ("written", "reply"),
    [
        ("", ENGLISH.guide.since_usage),
        ("2024-13-45 who?", ENGLISH.guide.since_not_understood.format(written="2024-13-45")),
        ("2199-01-01 who?", ENGLISH.guide.since_ahead.format(written="2199-01-01")),
        ("tomorrow who?", ENGLISH.guide.since_ahead.format(written="tomorrow")),
        ("June 2024", "From 1 June 2024 on."),
    ],
)
async def test_since_helps_who_writes_it_wrongly(person: Person, written: str, reply: str) -> None:
    answer = await person.asks(f"/since {written}".strip())
    assert answer["text"].startswith(reply)
    assert "/since " in answer["text"]


async def test_sources_and_latest_tell_what_there_is(person: Person) -> None:
    assert "Borderland Courier" in (await person.asks("/sources"))["text"]
    latest = await person.asks("/latest")
    assert covered(latest, "text_link")


async def test_settings_are_kept(person: Person) -> None:
    menu = await person.asks("/settings")
    await person.presses(menu, "1")
    await person.world.until(lambda: "1 ✓" in labels(menu))
    assert len(covered(await person.asks(QUESTION), "blockquote")) == 1
    await person.presses(menu, "Русский")
    await person.world.until(lambda: "Русский ✓" in labels(menu))
    assert (await person.asks("/new"))["text"] == RUSSIAN.guide.forgotten


@pytest.mark.parametrize(
    ("body", "reply"),
    [
        ({"photo": [{"file_id": "a", "file_unique_id": "a", "width": 1, "height": 1}]}, "text"),
        ({"voice": {"file_id": "a", "file_unique_id": "a", "duration": 1}}, "text"),
    ],
)
async def test_what_cannot_be_read_is_said(person: Person, body: Any, reply: str) -> None:
    message = person.sends(body)
    [answer] = await person.reads(message)
    assert reply in answer["text"]


async def test_an_unknown_command_points_to_help(person: Person) -> None:
    assert "/help" in (await person.asks("/frobnicate"))["text"]


async def test_a_question_that_is_too_long_is_refused_in_words(person: Person) -> None:
    answer = await person.asks("why " * 1010)
    assert "shorten" in answer["text"]


async def test_the_menus_are_registered_in_three_languages(bot: BotProcess) -> None:
    commands = bot.api.world.commands
    for language in ("", "ru", "uk"):
        names = [c["command"] for c in commands["default", "", language]]
        assert {"ask", "new", "latest", "sources", "settings", "help"} <= set(names)
        assert "remove" not in names
    assert commands["default", "", ""] != commands["default", "", "ru"]
