"""/proof: what Telegram shows can be proven by anybody."""

from __future__ import annotations

import asyncio
import json
import sys

import pytest

from bot.telegram.proof import LINES_SHOWN, proof_caption
from bot.telegram.texts import ENGLISH, LANGUAGES, Texts
from retrieval.proof.proving import Finding, Verdict
from tests.telegram.bot_process import COMMAND, BotProcess
from tests.telegram.botapi.person import Person
from tests.telegram.botapi.world import Json
from tests.telegram.test_asking import QUESTION, covered

asynchronous = pytest.mark.asyncio(loop_scope="session")


async def proof_of(person: Person, command: Json) -> tuple[str, bytes]:
    """Caption and content of the file that comes."""
    [file] = await person.reads(command)
    _, content = person.world.files[file["document"]["file_id"]]
    return file["caption"], content


@asynchronous
async def test_an_answer_comes_as_a_file_that_proves_it(bot: BotProcess, person: Person) -> None:
    answer = await person.asks(QUESTION)
    caption, content = await proof_of(person, person.says("/proof", reply_to=answer))
    document = json.loads(content)
    quotes = [quote["text"] for quote in document["quotes"]]
    assert quotes == [shown.strip("“”") for shown in covered(answer, "blockquote")]
    assert caption == ENGLISH.guide.proof.format(proven=len(quotes), total=len(quotes))
    assert document["made_by"]["onrecord"]
    (bot.folder / "answer.json").write_bytes(content)
    proving = await asyncio.create_subprocess_exec(
        *COMMAND,
        *("--data", str(bot.folder / "data"), "prove", str(bot.folder / "answer.json")),
        stdout=sys.stderr,
    )
    assert await proving.wait() == 0


@asynchronous
async def test_without_a_reply_the_last_answer_is_meant(person: Person) -> None:
    nothing = await person.asks("/proof")
    assert nothing["text"] == ENGLISH.guide.proof_usage
    await person.asks(QUESTION)
    _, content = await proof_of(person, person.says("/proof"))
    assert json.loads(content)["question"] == QUESTION


@asynchronous
async def test_only_answers_are_proven(person: Person) -> None:
    greeting = await person.asks("/start")
    [told] = await person.reads(person.says("/proof", reply_to=greeting))
    assert told["text"] == ENGLISH.guide.proof_usage


@pytest.mark.parametrize("texts", LANGUAGES.values(), ids=list(LANGUAGES))
def test_quotes_that_do_not_stand_are_named_or_counted(texts: Texts) -> None:
    failed = [Finding(f"quotes[{n}]", "a", Verdict.OTHER_VERSION, "") for n in range(7)]
    caption = proof_caption(failed, texts)
    assert caption.count(texts.guide.other_version) == LINES_SHOWN
    assert caption.endswith(texts.guide.proof_others.format(count=2))
    assert len(caption) <= 1024
