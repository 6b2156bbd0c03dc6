"""The page under axe-core's rules, in each of its states."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.page.test_page import BORDER
from tests.page.visiting import visit, wait_for_answer

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")


def front(page: Page) -> None:
    page.goto("/")
    expect(page.locator("#front-list button").first).to_be_visible()


def answered(page: Page) -> None:
    page.goto(f"/?q={quote(BORDER)}")
    wait_for_answer(page)
    expect(page.locator(".card").first).to_be_visible()
    page.locator(".copy summary").first.click()


def reading(page: Page) -> None:
    answered(page)
    page.get_by_role("button", name="Read in the article").first.click()
    expect(page.locator("#reader-text mark")).to_be_visible()


def filtering(page: Page) -> None:
    page.goto("/?since=2024-01-01&until=2024-12-31")
    expect(page.get_by_label("Outlet")).to_be_visible()


def adding(page: Page) -> None:
    front(page)
    page.get_by_role("button", name="Add an article").click()
    expect(page.get_by_label("A link")).to_be_visible()


def key(page: Page) -> None:
    front(page)
    page.get_by_role("button", name="Key").click()
    expect(page.get_by_role("textbox", name="Key")).to_be_visible()


@pytest.mark.parametrize(
    ("state", "scheme"),
    [
        (front, "light"),
        (answered, "light"),
        (answered, "dark"),
        (reading, "dark"),
        (filtering, "light"),
        (adding, "dark"),
        (key, "light"),
    ],
)
def test_axe_finds_nothing(
    browser: Browser, address: str, state: Callable[[Page], None], scheme: Any
) -> None:
    page = visit(browser, base_url=address, color_scheme=scheme, reduced_motion="reduce")
    state(page)
    assert violations(page) == []
    page.close()


def test_axe_finds_nothing_where_the_articles_do_not_say(
    browser: Browser, silent_address: str
) -> None:
    page = visit(browser, base_url=silent_address, reduced_motion="reduce")
    page.goto(f"/?q={quote(BORDER)}")
    expect(page.locator(".card-near").first).to_be_visible()
    assert violations(page) == []
    page.close()


def violations(page: Page) -> list[str]:
    """Each rule that is broken, with the elements that break it."""
    page.evaluate(AXE)
    found: list[str] = page.evaluate(
        """async () => (await axe.run()).violations.map((one) =>
            `${one.id}: ${one.nodes.map((node) => node.html).join(' ')}`)"""
    )
    return found
