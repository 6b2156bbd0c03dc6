"""Thousands of questions through every face, and every quote proven.

    python -m tests.benchmarks.proof_sweep INDEX [--questions FILE ...] [--first 0] [--number 2000]
                                           [--telegram 50] [--page 20] [--terminal 20]

INDEX is a data folder; give a copy, because a server keeps conversations there. Asked are the
questions of each FILE (`questions.jsonl` of an evaluation), titles of articles, and sentences of
articles cut into queries, every second one asking whether it is so. That is their order, none comes
twice, and they are asked from the `--first` on: of each article one sentence after the other, until
there are enough or no more. The threshold is 0, so that nearly all of them are answered. Telegram
(on the double of the Bot API), the page (in Chromium) and the terminal get the first few of them.
`--seconds` ends the others early; `replies` says how far they came.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import math
import random
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import closing
from itertools import chain, count
from pathlib import Path

import httpx
from mcp import Client

from corpus.article import Span
from index.opening import open_store
from index.store import Filter, StoreReader
from retrieval.proof.claimed_quotes import answer_of_text
from retrieval.proof.proving import failures, prove
from tests.benchmarks.proof_sweep_slow_faces import from_page, from_telegram, from_terminal
from tests.http.process import served
from tests.security.faces import Faces
from tests.telegram.botapi.person import Person
from tests.telegram.botapi.server import BotApi
from tests.telegram.botapi.world import World

SEED = 9
WORDS_OF_A_QUERY = (4, 14)
AT_ONCE = 2
"""Questions at a time: the server answers one while another is proven."""


def questions_of(files: Sequence[Path]) -> Iterator[str]:
    """The questions of evaluations."""
    for file in files:
        for line in file.read_text("utf-8").splitlines():
            if line.strip():
                yield json.loads(line)["question"]


def made_up(store: StoreReader, number: int) -> Iterator[str]:
    """Titles, then runs of words from the sentences of articles, a sentence of each in turn."""
    chance = random.Random(SEED)
    summaries, _ = store.articles(Filter(), 0, number)
    yield from (summary.title for summary in summaries)
    for turn in count():
        more = False
        for summary in summaries:
            stored = store.neighbours(summary.id)
            sentences = [span for one in stored for span in one.passage.sentences]
            if turn < len(sentences):
                more = True
                # Each sentence once, in an order of the article's own.
                random.Random(summary.id).shuffle(sentences)
                words = Span(*sentences[turn]).of(stored[0].article.text).split()
                asked = " ".join(words[: chance.randint(*WORDS_OF_A_QUERY)])
                # Who asks whether it is so is shown both sides, where there are two.
                yield f"Is it true that {asked}?" if turn % 2 else asked
        if not more:
            return


def chosen(given: argparse.Namespace, store: StoreReader) -> list[str]:
    """What is asked, each question once."""
    candidates = chain(questions_of(given.questions), made_up(store, given.first + given.number))
    once: dict[str, None] = {}
    for question in candidates:
        if len(once) >= given.first + given.number:
            break
        if question.strip():
            once.setdefault(question)
    return list(once)[given.first :]


def sides_in(answer: object) -> int:
    """How many sides a reply of any face has."""
    if isinstance(answer, list):
        return sum(map(sides_in, answer))
    if not isinstance(answer, dict):
        return 0
    own = answer.get("sides")
    return (len(own) if isinstance(own, list) else 0) + sum(map(sides_in, answer.values()))


class Tally:
    """What became of the quotes, by face."""

    def __init__(self) -> None:
        self.verdicts: Counter[tuple[str, str]] = Counter()
        self.asked: Counter[str] = Counter()
        self.first: list[str] = []
        self.sides = 0
        self._lock = threading.Lock()

    def note(self, face: str, question: str, text: str, store: StoreReader) -> None:
        """Prove one reply."""
        answer = answer_of_text(text)
        findings = prove(answer, store)
        with self._lock:
            self.asked[face] += 1
            self.sides += sides_in(answer)
            for finding in findings:
                self.verdicts[face, finding.verdict.value] += 1
            for finding in failures(findings):
                self.first.append(f"{face}: {question[:60]!r}: {finding.place}: {finding.detail}")


async def sweep(
    url: str, questions: Sequence[str], store: StoreReader, tally: Tally, seconds: float
) -> None:
    """Every question through every face of the server, a few questions at a time."""
    waiting = iter(questions)
    until = time.monotonic() + seconds

    async def some() -> None:
        async with httpx.AsyncClient(base_url=url) as client, Client(f"{url}/mcp") as tools:
            faces = Faces(client, tools).all()
            for question in waiting:
                for name, face in faces.items():
                    reply = await face(question)
                    await asyncio.to_thread(tally.note, name, question, reply, store)
                if time.monotonic() > until:
                    return

    async with asyncio.TaskGroup() as group:
        for _ in range(AT_ONCE):
            group.create_task(some())


async def sweep_slowly(
    url: str,
    questions: Sequence[str],
    person: Person,
    store: StoreReader,
    data: Path,
    given: argparse.Namespace,
) -> AsyncIterator[tuple[str, str, str]]:
    """Face, question and reply of those that take their time, for the first of the questions."""
    async for question, reply in from_telegram(questions[: given.telegram], person):
        yield "Telegram", question, reply
    async for question, reply in from_page(url, questions[: given.page], store):
        yield "page", question, reply
    for question, reply in from_terminal(questions[: given.terminal], data, given.reader):
        yield "terminal", question, reply


async def sweep_all(given: argparse.Namespace, store: StoreReader, tally: Tally) -> int:
    """Every face of a server; the number of questions."""
    questions = chosen(given, store)
    with tempfile.TemporaryDirectory() as nothing:
        # The bot remembers the numbers of updates that it has answered, in the data folder.
        world = World(per_second=1000, _numbers=int(time.time()))
        async with BotApi(world).running() as api:
            settings = {
                "DATA": str(given.index.absolute()),
                "READER": given.reader,
                "LOG_LEVEL": "error",
                "TELEGRAM_TOKEN": api.world.token,
                "TELEGRAM_API": api.url,
                "TELEGRAM_QUESTIONS_PER_MINUTE": "0",
            }
            with served(Path(nothing), **settings) as server:
                url = await asyncio.to_thread(server.wait_until_ready)
                await sweep(url, questions, store, tally, given.seconds)
                slow = sweep_slowly(url, questions, Person(api), store, given.index, given)
                async for face, question, reply in slow:
                    tally.note(face, question, reply, store)
                # It says goodbye to Telegram, which answers on this event loop.
                await asyncio.to_thread(server.stop)
    return len(questions)


def main() -> None:
    """Print one JSON object; exit status 1 where a quote is not proven."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("index", type=Path)
    arguments.add_argument("--questions", type=Path, nargs="*", default=[])
    arguments.add_argument("--first", type=int, default=0)
    arguments.add_argument("--number", type=int, default=2000)
    arguments.add_argument("--telegram", type=int, default=50)
    arguments.add_argument("--page", type=int, default=20)
    arguments.add_argument("--terminal", type=int, default=20)
    arguments.add_argument("--seconds", type=float, default=math.inf)
    arguments.add_argument("--reader", default="none")
    given = arguments.parse_args()
    tally, started = Tally(), time.perf_counter()
    with closing(open_store(given.index)) as store:
        questions = asyncio.run(sweep_all(given, store, tally))
    quotes = sum(tally.verdicts.values())
    proven = sum(n for (_, verdict), n in tally.verdicts.items() if verdict == "proven")
    result = {
        "questions": questions,
        "replies": dict(tally.asked),
        "sides": tally.sides,
        "quotes": quotes,
        "proven": proven,
        "verdicts": {f"{face}, {verdict}": n for (face, verdict), n in tally.verdicts.items()},
        "seconds": round(time.perf_counter() - started),
        "not_proven": tally.first[:20],
    }
    print(json.dumps(result, indent=2, ensure_ascii=False))  # noqa: T201
    sys.exit(proven < quotes or not quotes)


if __name__ == "__main__":
    main()
