"""The page for everybody: under axe-core's rules, by keyboard, on phones, with contrast."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.page.test_page import BORDER, ask
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


def test_everything_is_reached_by_keyboard(page: Page) -> None:
    page.goto("/")
    expect(page.locator("#front-list button").first).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.locator("#question").focus()
    page.keyboard.type(BORDER)
    page.keyboard.press("Enter")
    wait_for_answer(page, BORDER)
    expect(page.locator(".card").first).to_be_visible()
    reached: list[str] = []
    for _ in range(12):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.textContent.trim()"))
        if reached[-1] == "Read in the article":
            break
    assert reached[-1] == "Read in the article"
    page.keyboard.press("Enter")
    expect(page.locator("#reader")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#reader")).to_be_hidden()
    assert page.evaluate("document.activeElement.textContent.trim()") == "Read in the article"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 390, 1100])
def test_it_fits_phones_and_keeps_its_contrast(
    browser: Browser, address: str, scheme: str, width: int
) -> None:
    page = visit(
        browser,
        base_url=address,
        viewport={"width": width, "height": 800},
        color_scheme=scheme,
    )
    page.goto(f"/?q={quote(BORDER)}")
    wait_for_answer(page)
    expect(page.locator(".card").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for place in ("body", ".summary", ".around", ".number", "mark", ".quiet"):
        if page.locator(place).count():
            assert page.locator(place).first.evaluate(CONTRAST) >= 4.5, place
    page.close()


CONTRAST = """element => {
  const luminance = (colour) => {
    const [r, g, b] = colour.match(/[\\d.]+/g).slice(0, 3).map((part) => part / 255)
      .map((part) => part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const transparent = (colour) => colour === 'rgba(0, 0, 0, 0)';
  let behind = element;
  while (behind.parentElement && transparent(getComputedStyle(behind).backgroundColor)) {
    behind = behind.parentElement;
  }
  const [a, b] = [getComputedStyle(element).color, getComputedStyle(behind).backgroundColor]
    .map(luminance).sort((x, y) => y - x);
  return (a + 0.05) / (b + 0.05);
}"""


def test_controls_have_names(page: Page) -> None:
    page.goto("/")
    ask(page, BORDER)
    unnamed = page.evaluate(
        """[...document.querySelectorAll('button, input, select, summary, a')]
        .filter((one) => !(one.labels?.length || one.textContent.trim()
            || one.getAttribute('aria-label')))
        .map((one) => one.outerHTML)"""
    )
    assert unnamed == []
    assert page.locator("h1").count() == 1
    assert page.locator("html[lang]").count() == 1
