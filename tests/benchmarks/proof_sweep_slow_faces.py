"""The faces that take their time, for `proof_sweep`: the terminal, Telegram, the page in Chromium.

Each gives replies in the form that `onrecord prove` takes.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator, Sequence
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from playwright.async_api import Page, async_playwright, expect

from index.store import StoreReader
from tests.page.conftest import ARGUMENTS, CHROMIUM
from tests.telegram.botapi.person import Person

SECONDS = 120


def from_terminal(questions: Sequence[str], data: Path, reader: str) -> Iterator[tuple[str, str]]:
    """Question and reply of `onrecord ask --json`, a process for each."""
    command = [sys.executable, "-m", "bot.cli", "--data", str(data), "ask", "--json", "--"]
    settings = {"ONRECORD_READER": reader, "ONRECORD_THRESHOLD": "0"}
    for question in questions:
        done = subprocess.run(
            [*command, question], env=settings, capture_output=True, text=True, check=False
        )
        if done.returncode > 1:
            raise RuntimeError(done.stderr)
        yield question, done.stdout


async def from_telegram(questions: Sequence[str], person: Person) -> AsyncIterator[tuple[str, str]]:
    """Question and the file that `/proof` gives for its answer."""
    for question in questions:
        if question.startswith(("/", "http")):
            continue
        [answer, *_] = await person.reads(person.says(question), seconds=SECONDS)
        if not any(entity["type"].endswith("blockquote") for entity in answer["entities"]):
            continue  # a refusal, or a question only about time: nothing is quoted
        asked = person.says("/proof", reply_to=answer)
        [file, *_] = await person.reads(asked, seconds=SECONDS)
        _, content = person.world.files[file["document"]["file_id"]]
        yield question, content.decode()


async def from_page(
    url: str, questions: Sequence[str], store: StoreReader
) -> AsyncIterator[tuple[str, str]]:
    """Question and what stands on the screen: each quote's words, and where its link leads."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        page = await browser.new_page(base_url=url)
        await page.goto("/")
        for question in questions:
            await page.get_by_role("textbox", name="Ask").fill(question)
            await page.keyboard.press("Enter")
            newest = page.locator(".exchange").first
            await expect(newest.locator("h2")).to_have_text(question, timeout=SECONDS * 1000)
            await expect(newest).not_to_have_attribute("aria-busy", "true", timeout=SECONDS * 1000)
            yield question, json.dumps(await _shown(page, store))
        await browser.close()


async def _shown(page: Page, store: StoreReader) -> dict[str, object]:
    """The quotes of the newest exchange, as a reader sees them and can follow them."""
    quotes = []
    cards = page.locator(".exchange").first.locator(".card")
    for number in range(await cards.count()):
        card = cards.nth(number)
        words = await card.locator("q").evaluate("element => element.textContent")
        await card.get_by_role("button", name="Read in the article").click()
        mark = page.locator("#reader-text mark")
        await mark.wait_for(timeout=SECONDS * 1000)
        if await mark.evaluate("element => element.textContent") != words:
            words = f"the mark in the article is another than {words!r}"
        place = parse_qs(urlsplit(page.url).query)
        article = store.article(place["article"][0])
        quotes.append(
            {
                "text": words,
                "start": int(place["start"][0]),
                "end": int(place["end"][0]),
                # The page does not show versions; what it opens is the one that is stored.
                "article": {
                    "id": place["article"][0],
                    "content_hash": article.content_hash if article else None,
                },
            }
        )
        await page.keyboard.press("Escape")
    return {"quotes": quotes}
