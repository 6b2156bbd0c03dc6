"""The page where a proxy serves it below a folder of its site, which may have other pages too."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.page.proxying import FOLDER, proxied
from tests.page.test_page import BORDER, ask
from tests.page.visiting import visit
from tests.patience import PATIENCE


@pytest.fixture(scope="module")
def below(address: str) -> Iterator[str]:
    """The page's address below a folder."""
    with proxied(address) as base:
        yield base


@pytest.fixture
def visitor(browser: Browser, below: str) -> Iterator[Page]:
    """A page of it; complaints of the browser and requests to elsewhere fail the test."""
    opened = visit(browser, permissions=["clipboard-read", "clipboard-write"])
    complaints: list[str] = []
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on(
        "console",
        lambda message: complaints.append(message.text) if message.type == "error" else None,
    )
    opened.on(
        "request",
        lambda request: (
            complaints.append(request.url)
            if not urlsplit(request.url).path.startswith(FOLDER)
            and not request.url.startswith("data:")
            else None
        ),
    )
    opened.goto(below)
    yield opened
    opened.close()
    assert complaints == []


def test_a_question_is_answered_and_its_quote_opened_and_shared(visitor: Page, below: str) -> None:
    expect(visitor.locator("#index-status")).to_contain_text("articles")
    expect(visitor.locator("#front-list li").first).to_be_visible()
    ask(visitor, BORDER)
    assert visitor.url.startswith(f"{below}?q=")
    card = visitor.locator(".card", has_text="1,084").first
    card.get_by_text("Copy", exact=True).click()
    card.get_by_role("button", name="Link").click()
    expect(card.get_by_text("Copied")).to_be_visible()
    link = visitor.evaluate("navigator.clipboard.readText()")
    assert link.startswith(f"{below}?article=")
    card.get_by_role("button", name="Read in the article").click()
    visitor.wait_for_url("**article=**")
    visitor.keyboard.press("Escape")
    visitor.wait_for_url(lambda url: "article=" not in url)
    visitor.goto(link)
    expect(visitor.locator("#reader-text mark")).to_contain_text("1,084")
    visitor.keyboard.press("Escape")
    visitor.wait_for_url(below)
    visitor.get_by_role("link", name="OnRecord").click()
    expect(visitor.locator("#front-list li").first).to_be_visible()
    assert visitor.url == below


def test_the_routes_are_described_and_tried_there(visitor: Page, below: str) -> None:
    visitor.get_by_role("link", name="For programs").click()
    expect(visitor).to_have_url(f"{below}docs")
    alive = visitor.locator(".opblock", has_text="/healthz")
    alive.locator(".opblock-summary").click()
    alive.get_by_role("button", name="Try it out").click()
    alive.get_by_role("button", name="Execute").click()
    expect(alive.locator(".live-responses-table .response-col_status").last).to_contain_text("200")


def test_a_run_of_the_index_is_told_where_it_can_be_asked_for(below: str) -> None:
    with httpx.Client(timeout=PATIENCE) as client:
        started = client.post(f"{below}index")
        assert started.status_code == 202
        shown = client.get(started.url.join(started.headers["location"]))
        assert shown.json()["job"]["id"] == started.json()["job"]["id"]
