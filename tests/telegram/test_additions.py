"""Articles that administrators add in numbers, and what goes wrong with it, in their language."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing

import pytest

from bot.telegram.added_articles import ARTICLES_SHOWN
from bot.telegram.texts import ENGLISH, LANGUAGES, RUSSIAN, UKRAINIAN
from tests.corpus.documents import zipped
from tests.telegram.bot_process import BotProcess
from tests.telegram.botapi.person import Person, labels
from tests.telegram.botapi.world import Fault, Json

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.usefixtures("bot")]

DAM = {
    "Northern Herald": ("2024-05-02", "The dam at Orlova holds back 40 million cubic metres of "
                        "water, its operator said on Thursday. Fishermen asked for a ladder."),
    "Valley Times": ("2024-06-12", "After the spring flood engineers inspected the gates. The dam "
                     "at Orlova holds back 40 million cubic metres of water, an engineer told "
                     "reporters during the visit to the valley. A report is due in autumn."),
    "Capital Post": ("2024-09-20", "The dam at Orlova holds back 52 million cubic metres of water, "
                     "a new survey by its operator has found. The survey was made with sonar."),
}  # fmt: skip


async def outcome(administrator: Person, name: str, content: bytes) -> Json:
    """Send a file, and wait for the last word about it."""
    sent = administrator.sends_file(name, content)
    [progress] = await administrator.reads(sent)
    texts = LANGUAGES[administrator.language]
    waiting = tuple(
        text.partition("{")[0]
        for text in (texts.administration.receiving, texts.administration.fetching)
    )
    await administrator.world.until(lambda: not progress["text"].startswith(waiting))
    return progress


def lines(records: list[dict[str, str]]) -> bytes:
    return "\n".join(json.dumps(one, ensure_ascii=False) for one in records).encode()


async def test_a_file_of_many_articles_names_the_first_and_the_pages_list_them_all(
    administrator: Person,
) -> None:
    records = [
        {
            "id": f"ferry-{number}",
            "title": f"Ferry number {number} leaves Skarn",
            "date": f"2019-01-{number:02}",
            "source": "Skarn Observer",
            "text": f"Ferry number {number} left the harbour of Skarn at {number} o'clock.",
        }
        for number in range(1, 13)
    ]
    progress = await outcome(administrator, "ferries.jsonl", lines(records))
    assert "Articles added: 12" in progress["text"]
    named = [one["title"] for one in records if one["title"] in progress["text"].splitlines()]
    assert len(named) == ARTICLES_SHOWN
    assert ENGLISH.administration.others_added.format(count=7) in progress["text"]
    again = await outcome(administrator, "ferries.jsonl", lines(records))
    assert again["text"] == ENGLISH.administration.already_there.format(count=12)

    listed = await administrator.asks("/articles")
    first_page = listed["text"]
    assert labels(listed) == ["›"]
    await administrator.presses(listed, "›")
    await administrator.world.until(lambda: "‹" in labels(listed))
    assert not set(first_page.split("\n\n")) & set(listed["text"].split("\n\n"))
    await administrator.presses(listed, "‹")
    await administrator.world.until(lambda: listed["text"] == first_page)


async def test_what_cannot_be_added_is_told_in_the_language_of_the_administrator(
    russian_administrator: Person,
) -> None:
    own = RUSSIAN.administration
    refused = await outcome(russian_administrator, "x.bin", bytes(range(256)) * 20)
    told, skipped = refused["text"].split("\n\n")
    assert told == own.nothing_found
    assert skipped.startswith(own.skipped.partition("{")[0])
    link = russian_administrator.says("http://127.0.0.1:1/secret")
    [progress] = await russian_administrator.reads(link)
    await russian_administrator.world.until(lambda: len(progress["text"].splitlines()) > 1)
    told, detail = progress["text"].splitlines()
    assert told == own.failed.format(reason=RUSSIAN.trouble.import_refused)
    reason = "127.0.0.1 не в открытом интернете; загружаются только общедоступные адреса"
    assert detail == f"({reason})"


async def test_where_files_are_kept_is_not_told(bot: BotProcess, administrator: Person) -> None:
    records = [{"title": "The pier of Skarn", "text": "The pier of Skarn is 90 metres long."}]
    parts = {"good.jsonl": lines(records), "torn.jsonl": b'{"title": "x"'}
    progress = await outcome(administrator, "parts.zip", zipped(parts))
    left_out = ENGLISH.administration.skipped.partition("{")[0]
    assert f"{left_out}parts.zip (torn.jsonl" in progress["text"]
    assert str(bot.folder) not in progress["text"]


async def test_sources_count_articles_without_an_outlet_too(administrator: Person) -> None:
    text = "The lamp of Skarn burns {} litres of oil a night."
    records = [
        {"title": "A lamp", "text": text.format(4)},
        {"title": "A day", "source": "Skarn Lamp", "date": "2020-02-02", "text": text.format(5)},
    ]
    await outcome(administrator, "lamps.jsonl", lines(records))
    told = (await administrator.asks("/sources"))["text"].splitlines()
    assert "Skarn Lamp: 1, 2 February 2020" in told
    [unnamed] = [line for line in told if line.startswith(ENGLISH.answer.unnamed_outlet)]
    assert int(unnamed.rpartition(" ")[2]) >= 1


async def test_a_question_that_is_too_long_is_refused_in_the_language_of_the_person(
    bot: BotProcess,
) -> None:
    answer = await Person(bot.api, "uk").asks("чому " * 1000)
    assert answer["text"] == UKRAINIAN.refusal.question_too_long.format(most=4000)


async def test_a_revised_figure_and_an_agreement_are_told_in_the_language_of_the_person(
    bot: BotProcess, administrator: Person
) -> None:
    records = [
        {"title": f"The Orlova dam, by {outlet}", "date": day, "source": outlet, "text": text}
        for outlet, (day, text) in DAM.items()
    ]
    await outcome(administrator, "dam.jsonl", lines(records))
    answer = await Person(bot.api, "ru").asks("How much water does the dam at Orlova hold back?")
    text = answer["text"]
    older, newer = (1, 2) if text.index("40 million") < text.index("52 million") else (2, 1)
    assert RUSSIAN.answer.agrees.partition("{outlets}")[0].format(number=older) in text
    revised = RUSSIAN.answer.revised.format(
        newer=newer, says="52 million", older=older, said="40 million"
    )
    assert revised in text


@pytest.mark.parametrize("broken", ["getFile", "download"])
async def test_a_file_whose_way_to_the_bot_breaks_off_is_fetched_again(
    administrator: Person, broken: str
) -> None:
    administrator.world.faults.append(Fault(broken, 2, None))
    records = [{"title": f"The {broken} of Skarn", "text": f"The {broken} of Skarn is old."}]
    progress = await outcome(administrator, f"{broken}.jsonl", lines(records))
    assert "Articles added: 1" in progress["text"]


async def test_a_file_that_does_not_come_is_said_not_to_have_come(
    bot: BotProcess, administrator: Person
) -> None:
    fault = Fault("download", 1000, None)
    administrator.world.faults.append(fault)
    progress = await outcome(administrator, "lost.md", b"The lost letter of Skarn is lost.")
    fault.times = 0
    assert progress["text"] == ENGLISH.administration.not_received
    with closing(sqlite3.connect(bot.folder / "data" / "telegram.sqlite3")) as kept:
        waiting = "SELECT count(*) FROM updates WHERE user = ? AND content NOT NULL"
        await administrator.world.until(
            lambda: kept.execute(waiting, (administrator.id,)).fetchone() == (0,)
        )
