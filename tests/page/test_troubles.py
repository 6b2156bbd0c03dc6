"""What the page says where the server cannot answer: too often, nothing indexed, gone."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from index.embedding.embedder import Embedder
from tests.http.serving import make_parts, serving
from tests.page.test_page import BORDER
from tests.page.visiting import visit


def submit(page: Page, question: str) -> None:
    """Ask, whatever comes of it."""
    page.locator("#question").fill(question)
    page.keyboard.press("Enter")


def test_who_asks_too_often_or_of_nobody_keeps_the_question(
    browser: Browser, model: Embedder, tmp_path: Path
) -> None:
    page = visit(browser, reduced_motion="reduce")
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    # Asking for the state of the index takes up all that is allowed in a minute.
    with serving(make_parts(tmp_path, model, rate_limit_per_minute=1)) as base:
        page.goto(base)
        expect(page.locator("#index-status")).to_contain_text("too many requests")
        submit(page, BORDER)
        expect(page.get_by_role("alert")).to_contain_text("too many requests")
        expect(page.locator("#question")).to_have_value(BORDER)
    submit(page, BORDER)
    failure = page.get_by_role("alert").first
    expect(failure).to_have_text("The server does not answer. Is it still running?")
    expect(page.locator("#question")).to_have_value(BORDER)
    assert faults == []
    page.close()


def test_without_an_index_the_page_says_what_to_do(
    browser: Browser, model: Embedder, tmp_path: Path
) -> None:
    page = visit(browser)
    with serving(make_parts(tmp_path, model, index=False)) as base:
        page.goto(base)
        expect(page.locator("#index-status")).to_contain_text("onrecord index")
        submit(page, BORDER)
        expect(page.get_by_role("alert")).to_contain_text("onrecord index")
        expect(page.locator("#question")).to_have_value(BORDER)
    page.close()
