"""Days that the calendar does not have, typed or in a link: said, and no question is lost."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.page.test_page import BORDER
from tests.page.visiting import visit


@pytest.mark.parametrize("day", ["20240-08-26", "2024-13-45", "then"])
def test_a_link_with_such_a_day_is_answered_in_words(
    browser: Browser, address: str, day: str
) -> None:
    page = visit(browser, base_url=address)
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(f"/?q={quote(BORDER)}&since={day}")
    expect(page.locator(".exchange h2")).to_have_text(BORDER)
    expect(page.locator(".exchange .failure, .exchange .summary")).not_to_be_empty()
    assert faults == []
    page.close()


def test_a_year_of_five_digits_is_not_asked_and_its_question_stays(page: Page) -> None:
    page.goto("/")
    page.locator("#filters summary").click()
    page.locator("#since").evaluate("field => { field.value = '20244-08-26'; }")
    page.locator("#filters summary").click()
    page.locator("#question").fill(BORDER)
    page.keyboard.press("Enter")
    expect(page.locator("#filters")).to_have_attribute("open", "")
    expect(page.locator("#question")).to_have_value(BORDER)
    assert page.locator(".exchange").count() == 0


def test_a_day_that_is_none_is_told_as_it_is_written(page: Page) -> None:
    page.goto("/")
    told = page.evaluate(
        """async (days) => {
             const { longDate, shortDate } = await import("/page/dates.js");
             return days.map((day) => [longDate(day), shortDate(day)]);
           }""",
        ["2024-08-26", "20240-08-26", "", None],
    )
    assert told == [
        ["26 August 2024", "26 Aug 2024"],
        ["20240-08-26", "20240-08-26"],
        ["", ""],
        ["", ""],
    ]
