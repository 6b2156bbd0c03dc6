"""Pages of Chromium that wait for as long as it takes."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Browser, Page, expect

from tests.patience import PATIENCE

PATIENCE_MS = PATIENCE * 1000


def visit(browser: Browser, **options: Any) -> Page:
    """A page in a context of its own, with options of `Browser.new_context`."""
    opened = browser.new_page(**options)
    opened.set_default_timeout(PATIENCE_MS)
    return opened


def wait_for_answer(page: Page, question: str | None = None) -> None:
    """Until the newest question, which is this one, has its whole answer.

    Quotes are shown before it; then their cards are put up anew.
    """
    if question is not None:
        expect(page.locator(".exchange h2").first).to_have_text(question)
    expect(page.locator(".exchange").first).not_to_have_attribute("aria-busy", "true")
