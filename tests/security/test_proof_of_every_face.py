"""Whatever face an answer comes from, it carries what it takes to prove each of its quotes."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from mcp import Client

from bot.composition import Parts
from index.embedding.embedder import Embedder
from index.store import Filter
from retrieval.proof.claimed_quotes import DEEPEST, answer_of_text, claimed_quotes
from retrieval.proof.proving import Verdict, prove
from tests.http.serving import make_parts, serving
from tests.patience import PATIENCE
from tests.security.faces import Faces

QUESTIONS = (
    "How long is the border between Ukraine and Belarus?",
    "How long is the bridge at Zarnow?",
    "Що відкрили в Зарнові? 🎉",
    "Which words did the hostile page hold?",
    "How many tonnes of herring were landed?",
)


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory, model: Embedder) -> Parts:
    return make_parts(tmp_path_factory.mktemp("faces"), model)


@pytest.fixture(scope="module")
def server(parts: Parts) -> Iterator[str]:
    with serving(parts) as base:
        yield base


async def test_every_quote_of_every_face_is_proven(server: str, parts: Parts) -> None:
    async with (
        httpx.AsyncClient(base_url=server, timeout=PATIENCE) as client,
        Client(f"{server}/mcp") as tools,
    ):
        for name, face in Faces(client, tools).all().items():
            for question in QUESTIONS:
                findings = prove(answer_of_text(await face(question)), parts.store)
                assert findings, name
                assert all(finding.verdict.holds for finding in findings), (name, findings)


async def test_every_answer_says_which_versions_made_it(server: str, parts: Parts) -> None:
    async with (
        httpx.AsyncClient(base_url=server, timeout=PATIENCE) as client,
        Client(f"{server}/mcp") as tools,
    ):
        faces = Faces(client, tools)
        asked = json.loads(await faces.ask(QUESTIONS[0]))["made_by"]
        assert asked == json.loads(await faces.chat(QUESTIONS[0]))["onrecord"]["made_by"]
        assert asked == json.loads(await faces.tools(QUESTIONS[0]))["structuredContent"]["made_by"]
        events = answer_of_text(await faces.events(QUESTIONS[0]))
        assert isinstance(events, list)
        assert asked in [event.get("made_by") for event in events]
    assert asked["embedding_model"] == parts.model.key
    assert asked["reader"] is None
    assert asked["onrecord"]
    assert asked["weights"]
    assert asked["store"].startswith("embedded/")


async def test_a_changed_quote_is_found_whichever_face_it_is_in(server: str, parts: Parts) -> None:
    async with (
        httpx.AsyncClient(base_url=server, timeout=PATIENCE) as client,
        Client(f"{server}/mcp") as tools,
    ):
        for name, face in Faces(client, tools).all().items():
            answer = await face(QUESTIONS[0])
            changed = answer_of_text(answer.replace("1,084", "1,085"))
            findings = prove(changed, parts.store)
            assert any("U+0035" in finding.detail for finding in findings), name


def test_the_terminal_proves_what_is_piped_in(server: str, parts: Parts) -> None:
    """A stream, as `curl` shows it, through `onrecord prove -`."""
    accept = {"Accept": "text/event-stream"}
    asked = {"question": QUESTIONS[1]}
    stream = httpx.post(f"{server}/ask", json=asked, headers=accept, timeout=PATIENCE).text
    assert "quotes[0]: proven" in proven_by_terminal(parts.settings.data, stream, 0)
    lie = stream.replace("312 metres", "321 metres")
    assert "differs at" in proven_by_terminal(parts.settings.data, lie, 1)


def proven_by_terminal(data: Path, text: str, status: int) -> str:
    """What `onrecord prove -` says."""
    done = subprocess.run(
        [sys.executable, "-m", "bot.cli", "--data", str(data), "prove", "-"],
        input=text,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == status, done.stdout + done.stderr
    return done.stdout


def test_what_is_wrapped_too_deep_is_not_passed_over(parts: Parts) -> None:
    wrapped: object = {"quotes": ["x"]}
    for _ in range(DEEPEST + 1):
        wrapped = {"answer": wrapped}
    (claim,) = claimed_quotes(wrapped)
    assert claim.place == ".".join(["answer"] * DEEPEST)
    (finding,) = prove(wrapped, parts.store)
    assert finding.verdict is Verdict.MALFORMED


def test_a_quote_hides_no_list_of_quotes_beside_it() -> None:
    claims = claimed_quotes({"text": "a", "article": {}, "quotes": [1, 2]})
    assert [claim.place for claim in claims] == ["quote", "quotes[0]", "quotes[1]"]


def test_a_field_that_stands_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="'quotes' twice"):
        answer_of_text('{"quotes": [{"text": "a"}], "quotes": []}')


@pytest.mark.parametrize("sign", ["\u2028", "\u2029", "\x85", "\x0b", "\x1c"])
def test_only_ends_of_lines_end_the_lines_of_a_stream(sign: str) -> None:
    told = {"question": f"one{sign}two", "quotes": []}
    event = json.dumps(told, ensure_ascii=False).replace("\x0b", "\\u000b")
    event = event.replace("\x1c", "\\u001c")
    for end in ("\n", "\r\n", "\r"):
        stream = f"event: answer{end}data: {event}{end}{end}data: [DONE]{end}{end}"
        assert answer_of_text(stream) == [told]


def test_the_data_of_an_event_may_have_several_lines() -> None:
    lines = json.dumps({"quotes": [1]}, indent=1).splitlines()
    stream = "event: answer\n" + "\n".join(f"data: {line}" for line in lines)
    assert answer_of_text(stream) == [{"quotes": [1]}]


def test_a_byte_order_mark_is_no_fault() -> None:
    assert answer_of_text('\ufeff {"quotes": []}') == {"quotes": []}


def test_what_is_found_moves_no_cursor(parts: Parts) -> None:
    identity = parts.store.articles(Filter())[0][0].id
    article = {"id": identity, "content_hash": "\x1b[2K\x9b\u202e"}
    lie = {"quotes": [{"text": "a", "start": 0, "end": 1, "article": article}]}
    told = proven_by_terminal(parts.settings.data, json.dumps(lie), 1)
    assert "\\x1b[2K\\x9b\\u202e" in told
    assert told.replace("\n", "").isprintable()
