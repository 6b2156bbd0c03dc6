"""Titles of any length, words without a break, and scripts from right to left."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from bot.indexing import bring_in_line
from index.embedding.embedder import Embedder
from tests.http.serving import make_parts, serving
from tests.page.visiting import visit, wait_for_answer

UNBROKEN = f"""---
title: {"W" * 300}
author: {"A" * 150}
source: {"S" * 180}
date: 2024-04-04
---
The long word of Karn is {"karn" * 150}, the mayor of Karn said on Friday.
"""
WORDY = f"""---
title: {"What the town crier of Velm had to say about it " * 60}
source: Velm Gazette
date: 2024-02-02
---
The town crier of Velm announced a new market day, the council said.
"""
ARABIC = """---
title: افتتاح جسر جديد في مدينة زرناو
source: صحيفة الميناء
date: 2024-03-03
---
افتتح رئيس البلدية يوم الأحد جسرا جديدا في مدينة زرناو. يبلغ طول الجسر 312 مترا.
"""
RIGHT_TO_LEFT = "element => getComputedStyle(element).direction"


@pytest.fixture(scope="module")
def unusual(tmp_path_factory: pytest.TempPathFactory, model: Embedder) -> Iterator[str]:
    """A server that answers from articles of unusual looks."""
    folder = tmp_path_factory.mktemp("unusual")
    parts = make_parts(folder, model, index=False)
    for name, text in (("unbroken.md", UNBROKEN), ("wordy.md", WORDY), ("arabic.md", ARABIC)):
        (folder / "articles" / name).write_text(text, encoding="utf-8")
    bring_in_line(parts, parts.settings.articles, rebuild=False)
    with serving(parts) as base:
        yield base


@pytest.fixture
def phone(browser: Browser, unusual: str) -> Iterator[Page]:
    """That server on the narrowest of phones."""
    page = visit(
        browser, base_url=unusual, viewport={"width": 320, "height": 700}, reduced_motion="reduce"
    )
    yield page
    page.close()


def assert_fits(page: Page) -> None:
    """Nothing has to be scrolled sideways."""
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.locator("#reader-body").evaluate("one => one.scrollWidth - one.clientWidth") <= 0


@pytest.mark.parametrize(
    "question", ["What is the long word of Karn?", "What did the town crier of Velm announce?"]
)
def test_it_fits_a_phone(phone: Page, question: str) -> None:
    phone.goto("/")
    expect(phone.locator("#front-list button").first).to_be_visible()
    assert_fits(phone)
    phone.goto(f"/?q={quote(question)}")
    wait_for_answer(phone)
    expect(phone.locator(".card").first).to_be_visible()
    assert_fits(phone)
    title = phone.locator(".card .headline").first.bounding_box()
    assert title is not None
    assert title["height"] < 150
    phone.get_by_role("button", name="Read in the article").first.click()
    expect(phone.locator("#reader-text mark")).to_be_in_viewport()
    assert_fits(phone)


def test_what_is_written_from_right_to_left_is_shown_so(phone: Page) -> None:
    phone.goto(f"/?q={quote('كم يبلغ طول الجسر؟')}")
    wait_for_answer(phone)
    card = phone.locator(".card", has_text="312").first
    expect(card).to_be_visible()
    for place in ("blockquote p", ".headline-words", ".outlet bdi"):
        assert card.locator(place).first.evaluate(RIGHT_TO_LEFT) == "rtl", place
    assert phone.locator(".exchange h2").evaluate(RIGHT_TO_LEFT) == "rtl"
    card.get_by_role("button", name="Read in the article").click()
    expect(phone.locator("#reader-text mark")).to_be_visible()
    for place in ("#reader-text", "#reader-title", "#reader-byline bdi >> nth=0"):
        assert phone.locator(place).evaluate(RIGHT_TO_LEFT) == "rtl", place
    assert phone.locator("#reader-byline bdi").last.evaluate(RIGHT_TO_LEFT) == "ltr"
