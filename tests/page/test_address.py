"""The address: the filters it asks with, and steps back while a question is answered or after."""

from __future__ import annotations

import json
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Request, Route, expect

from tests.page.test_page import BORDER, ask
from tests.page.visiting import wait_for_answer

LOOK_AGAIN = """async () => (await import("/page/collection.js")).showCollection()"""


def is_question(request: Request) -> bool:
    """Whether a request asks something."""
    return urlsplit(request.url).path == "/ask"


def asked_slowly(page: Page, question: str) -> Route:
    """A question on its way to the server, which it reaches once it is let go."""
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/ask", hold)
    page.locator("#question").fill(question)
    page.keyboard.press("Enter")
    while not held:
        page.wait_for_timeout(10)
    return held[0]


def assert_asks_anew(page: Page) -> None:
    """The page shows no conversation, and the next question belongs to none."""
    expect(page.locator("#question-label")).to_have_text("Ask the articles")
    expect(page.locator("#new-conversation")).to_be_hidden()
    expect(page.locator("#front-list li").first).to_be_visible()
    assert page.locator(".exchange").count() == 0
    assert urlsplit(page.url).query == ""
    with page.expect_request(is_question) as sent:
        ask(page, BORDER)
    assert "conversation_id" not in json.loads(sent.value.post_data or "{}")


@pytest.mark.parametrize("way", ["Clear", "All outlets"])
def test_an_outlet_that_is_taken_back_stays_away(page: Page, way: str) -> None:
    page.goto("/?source=Harbour+Gazette")
    expect(page.locator("#source option")).to_have_count(5)
    expect(page.locator("#source")).to_have_value("Harbour Gazette")
    if way == "Clear":
        page.get_by_role("button", name=way).click()
    else:
        page.locator("#source").select_option(label=way)
    page.evaluate(LOOK_AGAIN)
    expect(page.locator("#source")).to_have_value("")


def test_an_outlet_that_is_set_stays_while_the_outlets_are_read_again(page: Page) -> None:
    page.goto("/?source=Nope")
    expect(page.locator("#source option")).to_have_count(6)
    expect(page.locator("#source")).to_have_value("Nope")
    page.locator("#source").select_option("Harbour Gazette")
    page.evaluate(LOOK_AGAIN)
    expect(page.locator("#source")).to_have_value("Harbour Gazette")


def test_a_step_back_ends_the_question_under_way(page: Page) -> None:
    page.goto("/")
    asked_slowly(page, BORDER)
    with page.expect_event("requestfailed", is_question):
        page.evaluate("history.back()")
    page.unroute("**/ask")
    assert_asks_anew(page)


def test_a_step_back_from_an_answer_ends_its_conversation(page: Page) -> None:
    page.goto("/")
    ask(page, BORDER)
    expect(page.locator("#question-label")).to_have_text("Ask a follow-up")
    expect(page.locator("#new-conversation")).to_be_visible()
    page.evaluate("history.back()")
    assert_asks_anew(page)


def test_filters_that_are_set_after_a_question_are_not_in_its_address(page: Page) -> None:
    """Neither once the answer comes nor once an article is opened and closed."""
    page.goto("/?since=2020-01-01")
    on_its_way = asked_slowly(page, BORDER)
    page.get_by_label("Until").fill("2023-01-01")
    page.get_by_label("From").fill("")
    on_its_way.continue_()
    wait_for_answer(page, BORDER)
    expect(page.locator("#question-label")).to_have_text("Ask a follow-up")
    answered = page.url
    assert "since=2020-01-01" in answered
    assert "until" not in answered
    page.get_by_role("button", name="Read in the article").first.click()
    page.wait_for_url("**article=**")
    assert page.url.startswith(f"{answered}&article=")
    page.keyboard.press("Escape")
    page.wait_for_url(answered)
    assert page.locator(".exchange").count() == 1
