"""What the page says where the server cannot answer: too often, nothing indexed, gone."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from index.embedding.embedder import Embedder
from tests.http.serving import make_parts, serving
from tests.page.test_page import BORDER
from tests.page.visiting import visit, wait_for_answer


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


def test_a_question_that_is_too_long_is_refused_and_not_cut(page: Page) -> None:
    """A field with a limit of its own drops what is pasted beyond it, and says nothing."""
    page.goto("/")
    page.locator("#question").focus()
    page.keyboard.insert_text("Why? " * 820)
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("shorten it to at most 4,000")
    expect(page.locator("#question")).to_have_value(("Why? " * 820).strip())


def test_as_long_a_question_as_the_settings_allow_is_asked(
    browser: Browser, model: Embedder, tmp_path: Path
) -> None:
    page = visit(browser)
    with serving(make_parts(tmp_path, model, max_question_characters=5000)) as base:
        page.goto(base)
        page.locator("#question").focus()
        page.keyboard.insert_text("Why? " * 820)
        page.keyboard.press("Enter")
        wait_for_answer(page, ("Why? " * 820).strip())
        expect(page.get_by_role("alert")).to_have_count(0)
        page.close()


@pytest.mark.parametrize("wrong", ["ключ", "clé", "wrong-key"])
def test_a_key_that_nobody_has_is_said_to_be_unknown(
    browser: Browser, model: Embedder, tmp_path: Path, wrong: str
) -> None:
    page = visit(browser)
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    with serving(make_parts(tmp_path, model, api_keys=("reader-key",))) as base:
        page.goto(base)
        status = page.locator("#index-status")
        expect(status).to_have_text("A key is needed for this: give it under Key below.")
        use_key(page, wrong)
        expect(status).to_have_text("This key is not known here: correct it under Key below.")
        submit(page, BORDER)
        expect(page.get_by_role("alert")).to_contain_text("This key is not known here")
        page.get_by_role("textbox", name="Key").fill("reader-key")
        page.get_by_role("button", name="Use").click()
        expect(status).to_contain_text("4 articles")
    assert faults == []
    page.close()


def use_key(page: Page, key: str) -> None:
    """Give the page a key."""
    page.get_by_role("button", name="Key", exact=True).click()
    page.get_by_role("textbox", name="Key").fill(key)
    page.get_by_role("button", name="Use").click()
