"""Speakers who contradict each other, and figures that a later article revises, on the page."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from bot.indexing import bring_in_line
from index.embedding.embedder import Embedder
from tests.conftest import SAMPLES
from tests.http.serving import make_parts, serving
from tests.page.visiting import visit, wait_for_answer

CONTRADICTED = "Did Ukraine send 120,000 troops to the border?"
REVISED = "How many people did the flood in Orle kill?"
EARLIER = """---
title: Flood in Orle leaves 12 dead
source: Orle Herald
date: 2024-05-02
---
The flood in Orle killed 12 people, the mayor said on Thursday.
"""
LATER = """---
title: Death toll of the Orle flood rises
source: Northern Wire
date: 2024-05-06
---
The flood in Orle killed 19 people, the mayor said on Monday, after more bodies were found.
"""


@pytest.fixture(scope="module")
def disputed(tmp_path_factory: pytest.TempPathFactory, model: Embedder) -> Iterator[str]:
    """A server whose articles do not agree."""
    folder = tmp_path_factory.mktemp("disputed")
    parts = make_parts(folder, model, index=False)
    for name, text in (("earlier.md", EARLIER), ("later.md", LATER)):
        (folder / "articles" / name).write_text(text, encoding="utf-8")
    for sample in SAMPLES.glob("2024-08-2*.md"):
        (folder / "articles" / sample.name).write_bytes(sample.read_bytes())
    bring_in_line(parts, parts.settings.articles, rebuild=False)
    with serving(parts) as base:
        yield base


@pytest.fixture
def page(browser: Browser, disputed: str) -> Iterator[Page]:
    """A fresh page of that server."""
    opened = visit(browser, base_url=disputed)
    yield opened
    opened.close()


def test_both_sides_stand_beside_each_other_with_links_to_their_quotes(page: Page) -> None:
    page.goto(f"/?q={quote(CONTRADICTED)}")
    wait_for_answer(page)
    sides = page.get_by_role("region", name="They contradict each other")
    expect(sides.locator("li b")).to_have_text(["Alexander Lukashenko", "Kyiv"])
    expect(sides.locator("li").last).to_contain_text("Kyiv denied that figure.")
    lines = sides.locator("li").evaluate_all(
        "elements => elements.map(element => element.getBoundingClientRect().top)"
    )
    assert lines[0] == lines[1]
    sides.get_by_role("link").last.click()
    expect(page.locator(".card:target")).to_contain_text("Kyiv denied that figure.")


def test_a_revised_figure_is_said_before_the_quotes(page: Page) -> None:
    page.goto(f"/?q={quote(REVISED)}")
    wait_for_answer(page)
    remarks = page.get_by_role("list", name="Remarks")
    expect(remarks).to_contain_text("is later and says 19 where")
    first_card = page.locator(".card").first.bounding_box()
    place = remarks.bounding_box()
    assert place is not None
    assert first_card is not None
    assert place["y"] < first_card["y"]
    remarks.get_by_role("link").first.click()
    expect(page.locator(".card:target")).to_contain_text("19 people")
