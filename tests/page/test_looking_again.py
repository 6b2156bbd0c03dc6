"""How the page follows the index: by one timer, only as much as it must, and through troubles."""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.page.test_address import LOOK_AGAIN
from tests.page.visiting import visit

BETWEEN_MS = 2000
WAIT_SECONDS = 7


@pytest.fixture
def watching(browser: Browser, address: str) -> Iterator[Page]:
    """A page whose time goes on only where a test lets it."""
    opened = visit(browser, base_url=address)
    opened.clock.install()
    yield opened
    opened.close()


def with_a_run(route: Route) -> None:
    """The state of the index as it is, but that a run of it is under way."""
    response = route.fetch()
    state = response.json()
    run = {"id": "x", "state": "running", "articles": 1, "total": 4, "skipped": []}
    route.fulfill(response=response, body=json.dumps({**state, "job": run}))


def count_requests(page: Page) -> dict[str, int]:
    """How often each route is asked from now on."""
    asked: dict[str, int] = {}

    def note(url: str) -> None:
        path = urlsplit(url).path
        asked[path] = asked.get(path, 0) + 1

    page.on("requestfinished", lambda request: note(request.url))
    return asked


def test_a_run_is_followed_by_one_timer_however_often_the_page_looks(watching: Page) -> None:
    watching.route("**/index", with_a_run)
    watching.goto("/")
    expect(watching.locator("#index-status")).to_contain_text("indexing")
    expect(watching.locator("#front-list li").first).to_be_visible()
    for _ in range(4):
        watching.evaluate(LOOK_AGAIN)
    asked = count_requests(watching)
    with watching.expect_request_finished(lambda request: request.url.endswith("/index")):
        watching.clock.run_for(BETWEEN_MS)
    watching.evaluate(LOOK_AGAIN)  # what else was begun with the first has ended before this has
    assert asked == {"/index": 2}


def test_who_looked_too_often_looks_again_when_it_may(watching: Page) -> None:
    told = "too many requests: wait 7 seconds"

    def refuse(route: Route) -> None:
        route.fulfill(
            status=429,
            headers={"Retry-After": str(WAIT_SECONDS)},
            content_type="application/problem+json",
            body=json.dumps({"status": 429, "detail": told}),
        )

    watching.route("**/index", refuse)
    watching.goto("/")
    expect(watching.locator("#index-status")).to_have_text(told)
    watching.unroute("**/index")
    watching.clock.run_for(WAIT_SECONDS * 1000)
    expect(watching.locator("#index-status")).to_contain_text("4 articles")
    expect(watching.locator("#front-list li").first).to_be_visible()


def test_the_newest_articles_are_shown_again_without_asking_for_them(watching: Page) -> None:
    watching.goto("/")
    expect(watching.locator("#front-list li").first).to_be_visible()
    asked = count_requests(watching)
    watching.evaluate(LOOK_AGAIN)
    assert asked == {"/index": 1}
    expect(watching.locator("#front-list li").first).to_be_visible()
