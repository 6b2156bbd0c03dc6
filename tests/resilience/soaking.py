"""Everybody at once: readers of every face, a writer, Telegram, and the page."""

from __future__ import annotations

import asyncio
import itertools
import random
import re
import time
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

import httpx
import numpy as np
from mcp import Client

from tests.benchmarks.http_load import QUESTIONS
from tests.resilience.versions import Versions
from tests.resilience.vitals import Vitals
from tests.security.faces import Faces
from tests.telegram.botapi.person import Person
from tests.telegram.botapi.world import Json

PATIENCE = 120.0
TOWNS = ("Orle", "Tarn", "Zarnow", "Ostholm", "Velm", "Krasny Bor", "Sund", "Halm")
THINGS = ("a ferry", "a clock tower", "a dairy", "a tram line", "an archive", "a lighthouse")
FILES = 6
PARTS_OF_THE_PAGE = re.compile(r'(?:src|href)="(/[^"#]+)"')

Step = Callable[[int], Awaitable[None]]


class Soak:
    """What everybody does, and what became of it."""

    def __init__(self, url: str, articles: Path) -> None:
        self._url = url
        self._articles = articles
        self._versions = Versions()
        for file in articles.iterdir():
            self._versions.add(file.name, file.read_bytes())
        self._chance = random.Random(9)
        self.milliseconds: dict[str, list[float]] = defaultdict(list)
        self.faults: Counter[str] = Counter()
        self.quotes = 0
        self.wrong: list[str] = []

    async def read(self, until: float, first: int) -> None:
        """Ask through one face after the other, and prove what comes."""
        async with (
            httpx.AsyncClient(base_url=self._url, timeout=PATIENCE) as client,
            Client(f"{self._url}/mcp") as tools,
        ):
            faces = itertools.cycle(Faces(client, tools).all().values())

            async def step(number: int) -> None:
                self._prove(await next(faces)(QUESTIONS[number % len(QUESTIONS)]))

            await self._repeat("answer", step, until, first)

    async def write(self, until: float) -> None:
        """Put files into the folder, change and remove them; send articles and delete them."""
        async with httpx.AsyncClient(base_url=self._url, timeout=PATIENCE) as client:

            async def step(number: int) -> None:
                file = self._articles / f"passing-{number % FILES}.md"
                if number % 4 == 3:
                    file.unlink(missing_ok=True)
                else:
                    file.write_bytes(self._news(file.name, number))
                await self._send_and_delete(client, number)
                await asyncio.sleep(0.3)

            await self._repeat("addition and removal", step, until)

    async def chat(self, person: Person, until: float) -> None:
        """Ask in Telegram, and have the answer proven."""

        async def step(number: int) -> None:
            answer = await self._told(person, QUESTIONS[number % len(QUESTIONS)])
            proof = await self._told(person, "/proof", answer)
            _, content = person.world.files[proof["document"]["file_id"]]
            self._prove(content.decode())

        await self._repeat("Telegram answer and proof", step, until)

    async def look(self, until: float) -> None:
        """Load the page with all of its parts."""
        async with httpx.AsyncClient(base_url=self._url, timeout=PATIENCE) as client:

            async def step(number: int) -> None:
                page = (await client.get("/")).raise_for_status()
                for part in PARTS_OF_THE_PAGE.findall(page.text):
                    (await client.get(part)).raise_for_status()
                await asyncio.sleep(0.2)

            await self._repeat("page", step, until)

    def report(self) -> dict[str, object]:
        """Counts, latencies in milliseconds, faults, and quotes that do not hold."""
        return {
            "steps": {name: len(times) for name, times in self.milliseconds.items()},
            "p50_p95_p99_ms": {
                name: np.percentile(times, [50, 95, 99]).round().tolist()
                for name, times in self.milliseconds.items()
            },
            "quotes_proven": self.quotes - len(self.wrong),
            "quotes_wrong": self.wrong[:20],
            "errors": dict(self.faults),
        }

    async def _repeat(self, name: str, step: Step, until: float, first: int = 0) -> None:
        for number in itertools.count(first):
            if time.monotonic() >= until:
                return
            started = time.perf_counter()
            try:
                await step(number)
            except (httpx.HTTPError, AssertionError, ValueError, LookupError) as error:
                self.faults[f"{name}: {type(error).__name__}: {str(error)[:80]}"] += 1
            else:
                self.milliseconds[name].append((time.perf_counter() - started) * 1000)

    def _prove(self, reply: str) -> None:
        quotes, wrong = self._versions.faults(reply)
        self.quotes += quotes
        self.wrong += wrong

    async def _send_and_delete(self, client: httpx.AsyncClient, number: int) -> None:
        name = f"sent-{number}.md"
        upload = {"file": (name, self._news(name, number))}
        added = (await client.post("/articles", files=upload)).raise_for_status().json()
        for article_id in added["article_ids"]:
            (await client.delete(f"/articles/{article_id}")).raise_for_status()

    def _news(self, name: str, number: int) -> bytes:
        """An article that nobody has read before."""
        town, thing = self._chance.choice(TOWNS), self._chance.choice(THINGS)
        days = self._chance.randrange(20, 4000)
        text = (
            f"---\ntitle: {thing.title()} for {town}, {name} {number}\n---\n"
            f"{town} has opened {thing} after {days} days, its mayor said at {time.time()}. "
            f"Report {number} of {name} counted {days * 3} visitors in {town}.\n"
        ).encode()
        self._versions.add(name, text)
        return text

    async def _told(self, person: Person, text: str, about: Json | None = None) -> Json:
        """The first thing that the bot says to something."""
        said = person.says(text, reply_to=about)
        [told, *_] = await person.reads(said, seconds=PATIENCE)
        return told


async def everybody(
    soak: Soak, people: Sequence[Person], *, readers: int, seconds: float, vitals: Vitals
) -> None:
    """All of them at once, for so long."""
    until = time.monotonic() + seconds
    async with asyncio.TaskGroup() as group:
        for number in range(readers):
            group.create_task(soak.read(until, number))
        for person in people:
            group.create_task(soak.chat(person, until))
        group.create_task(soak.write(until))
        group.create_task(soak.look(until))
        group.create_task(vitals.watch(until))
