"""Ratings given under answers become questions that an evaluation reads."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.telegram.bot_process import BotProcess
from tests.telegram.botapi.person import Person
from tests.telegram.conftest import NewApi

pytestmark = pytest.mark.asyncio(loop_scope="session")

RIGHT = "Which treaty did Belarus and Russia sign in 1999?"
UNSAID = "What does a penguin eat for breakfast on Mars?"
LIMITED = "Which treaty did Belarus and Russia sign?"
SINCE = "2025-06-01"
WRONG = "Did Ukraine send 120,000 troops to the border?"


async def test_exported_feedback_is_evaluated(own_api: NewApi, folder: Path) -> None:
    api = own_api()
    await api.start()
    async with BotProcess(api, folder).running() as process:
        limited = f"/since {SINCE} {LIMITED}"
        for question, verdict in ((RIGHT, "👍"), (UNSAID, "👍"), (WRONG, "👎"), (limited, "👍")):
            person = Person(api)
            await person.presses(await person.asks(question), verdict)
        exported = await process.runs("feedback")
        lines = {line["question"]: line for line in map(json.loads, exported.splitlines())}
        assert set(lines) == {RIGHT, UNSAID, LIMITED}
        assert lines[UNSAID]["answerable"] is False
        assert (lines[LIMITED]["since"], lines[LIMITED]["answerable"]) == (SINCE, False)
        known = lines[RIGHT]
        assert not {"since", "until", "sources"} & set(known)
        assert all(line["generation"] >= 1 for line in lines.values())

        (folder / "rated").mkdir()
        (folder / "rated" / "questions.jsonl").write_text(exported, "utf-8")
        records = []
        for path in sorted((folder / "articles").glob("*.md")):
            _, heading, text = path.read_text("utf-8").split("---", 2)
            told = known["evidence"][0] in text
            article_id = known["article_ids"][0] if told else path.stem
            title = heading.partition('title: "')[2].partition('"\n')[0]
            records.append({"id": article_id, "title": title, "text": text.strip()})
        written = "\n".join(json.dumps(record) for record in records)
        (folder / "rated" / "articles.jsonl").write_text(written, "utf-8")
        await process.runs("evaluate", "rated", "--json", "figures.json")
    figures = json.loads((folder / "figures.json").read_text("utf-8"))
    assert (figures["questions"], figures["articles"]) == (3, len(records))
    assert figures["broken_quotes"] in (0, [])
    # Without its filter the third question would be answered, and that would count as wrong.
    abstained = figures["variants"][0]["measures"]["abstained_recall"]
    assert (abstained["value"], abstained["count"]) == (1.0, 2)
