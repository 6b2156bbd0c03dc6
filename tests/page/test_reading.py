"""Reading on from an answer: the copy menu, the article, the way back, and shared places."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import httpx
from playwright.sync_api import Browser, Page, expect

from index.embedding.embedder import Embedder
from tests.http.serving import indexed_again, make_parts, serving
from tests.page.test_page import BORDER, BRIDGE, ask
from tests.page.visiting import visit, wait_for_answer
from tests.patience import PATIENCE


def test_the_copy_menu_is_as_wide_as_its_words_and_closes(page: Page) -> None:
    page.goto("/")
    ask(page, BORDER)
    menu = page.locator(".copy").first
    forms = menu.locator(".copy-forms")
    menu.locator("summary").click()
    expect(forms).to_be_visible()
    heights = forms.locator("button").evaluate_all("all => all.map(one => one.clientHeight)")
    assert len(set(heights)) == 1
    box = forms.bounding_box()
    assert box is not None
    assert box["width"] > 60
    forms.get_by_role("button", name="BibTeX").focus()
    page.keyboard.press("Escape")
    expect(forms).to_be_hidden()
    expect(menu.locator("summary")).to_be_focused()
    menu.locator("summary").click()
    expect(forms).to_be_visible()
    page.locator(".masthead-motto").click()
    expect(forms).to_be_hidden()


def test_back_closes_the_article_and_stays_on_the_page(page: Page) -> None:
    page.goto("/")
    ask(page, BORDER)
    answered = page.url
    page.get_by_role("button", name="Read in the article").first.click()
    page.wait_for_url("**article=**")
    page.evaluate("history.back()")
    expect(page.locator("#reader")).to_be_hidden()
    assert page.url == answered
    assert page.locator(".exchange").count() == 1
    page.evaluate("history.forward()")
    expect(page.locator("#reader-text mark")).to_be_visible()
    page.keyboard.press("Escape")
    page.wait_for_url(answered)
    ask(page, BRIDGE)
    assert "Zarnow" in page.url
    page.evaluate("history.back()")
    page.wait_for_url(answered)
    expect(page.locator(".exchange h2")).to_have_text(BORDER)
    page.evaluate("history.back()")
    expect(page).to_have_title("OnRecord")


def test_a_shared_place_marks_nothing_once_its_article_has_changed(
    browser: Browser, model: Embedder, tmp_path: Path
) -> None:
    with serving(make_parts(tmp_path, model)) as base:
        page = visit(browser, base_url=base)
        page.goto("/")
        ask(page, BORDER)
        quoted = page.locator(".card", has=page.locator("q", has_text="1,084")).first
        quoted.get_by_role("button", name="Read in the article").click()
        page.wait_for_url("**article=**")
        shared = page.url
        messages = [{"role": "user", "content": BORDER}]
        with httpx.Client(base_url=base, timeout=PATIENCE) as client:
            cited = client.post("/v1/chat/completions", json={"messages": messages}).json()
            file = tmp_path / "articles" / "border.md"
            text = file.read_text(encoding="utf-8")
            page.goto("about:blank")
            page.goto(shared)
            expect(page.locator("#reader-text mark")).to_contain_text("1,084")
            file.write_text(text.replace("Kyiv has asked", "On Monday Kyiv has asked"), "utf-8")
            indexed_again(client)
        page.goto("about:blank")
        page.goto(shared)
        expect(page.locator("#reader-place")).to_contain_text("has changed since")
        assert page.locator("#reader-text mark").count() == 0
        page.close()
    for annotation in cited["choices"][0]["message"]["annotations"]:
        address = urlsplit(annotation["url_citation"]["url"])
        if "article=" in address.query:
            version = annotation["onrecord"]["article"]["content_hash"]
            assert version.startswith(parse_qs(address.query)["version"][0])


def test_only_whole_numbers_within_the_text_are_places(page: Page, address: str) -> None:
    [article] = [
        one
        for one in httpx.get(f"{address}/articles", timeout=PATIENCE).json()["articles"]
        if one["source"] == "Міст Today"
    ]
    for place in ("start=1.5&end=9.7", "start=-4&end=9", "start=5&end=999999", "start=a&end=b"):
        page.goto("about:blank")
        page.goto(f"/?article={article['id']}&{place}")
        expect(page.locator("#reader-text")).to_contain_text("312 metres")
        assert page.locator("#reader-text mark").count() == 0


def test_filters_are_said_with_the_answer_that_they_narrowed(
    browser: Browser, silent_address: str
) -> None:
    page = visit(browser, base_url=silent_address)
    page.goto(f"/?q={quote(BORDER)}&since=2024-06-01&source=Nope")
    expect(page.locator(".verdict")).to_have_text("These articles don’t say.")
    expect(page.locator(".narrowed")).to_have_text("Only articles from 1 June 2024 on, of Nope")
    expect(page.locator(".notes")).to_contain_text("there is no outlet called “Nope” here")
    page.goto(f"/?q={quote(BORDER)}&since=2025-06-01&until=2024-01-01")
    expect(page.get_by_role("alert")).to_contain_text("exchange the two days")
    page.close()


def test_the_keyboard_of_a_phone_does_not_stay_over_the_answer(
    browser: Browser, address: str
) -> None:
    page = visit(
        browser, base_url=address, viewport={"width": 375, "height": 700}, has_touch=True,
        is_mobile=True,
    )  # fmt: skip
    page.goto("/")
    ask(page, BORDER)
    expect(page.locator("#question")).not_to_be_focused()
    page.close()


def test_words_in_marks_get_no_second_ones_and_reports_say_so(page: Page) -> None:
    quotes = page_quotes(page)
    shown = page.evaluate(
        """async (quotes) => {
             const { quoteCard } = await import("/page/quotes.js");
             const { plain, markdown } = await import("/page/citations.js");
             return quotes.map((quote) => {
               const card = quoteCard(quote, { place: "here" });
               document.body.append(card);
               const mark = getComputedStyle(card.querySelector("q"), "::before").content;
               const origin = card.querySelector(".origin").textContent;
               return [mark, origin, plain(quote), markdown(quote)];
             });
           }""",
        quotes,
    )
    [direct, reported] = shown
    assert direct[0] == '""'
    assert direct[1].startswith("Ann Berg")
    assert direct[2].startswith("“Go,” Ann Berg said. (Ann Berg) — Orle Herald")
    assert reported[0] == '"“"'
    assert reported[1].endswith("reporting Ann Berg")
    assert reported[2].startswith("“She blamed Orle.” — Orle Herald, reporting Ann Berg: ")
    assert "Orle Herald, reporting Ann Berg" in reported[3]


def page_quotes(page: Page) -> list[dict[str, object]]:
    """Two quotes as the server gives them: a speaker's own words, and a report of them."""
    page.goto("/")
    article: dict[str, object] = {
        "id": "a", "title": "A bridge", "author": None, "source": "Orle Herald",
        "published": None, "url": None, "language": "en", "content_hash": "0" * 64,
    }  # fmt: skip
    common: dict[str, object] = {
        "number": 1, "start": 0, "highlight": None, "speaker": "Ann Berg", "before": "",
        "after": "", "score": 1, "article": article, "copies": [],
    }  # fmt: skip
    return [
        {**common, "text": "“Go,” Ann Berg said.", "end": 20, "direct": True},
        {**common, "text": "She blamed Orle.", "end": 16, "direct": False},
    ]


def test_an_unknown_outlet_is_not_counted_as_one(page: Page) -> None:
    quotes = page_quotes(page)
    for one in quotes:
        one["article"] = {**one["article"], "source": None}  # type: ignore[dict-item]
    summary = page.evaluate(
        """async (quotes) => {
             const { Exchange } = await import("/page/answers.js");
             const exchange = new Exchange("Who?", () => {});
             exchange.answer({ question: "Who?", standalone_question: "Who?", answered: true,
               confidence: 0.9, quotes, sides: [], notes: [] });
             return exchange.root.querySelector(".summary").textContent;
           }""",
        quotes,
    )
    assert summary.startswith("2 quotes from 1 article ")


def test_what_a_model_wrote_keeps_its_quotes_whole_and_links_its_numbers(page: Page) -> None:
    [quote_of_two_lines, _] = page_quotes(page)
    words = "It rained [1].\nThen it stopped."
    quotes = [{**quote_of_two_lines, "text": words, "end": len(words)}]
    written = page.evaluate(
        """async ([quotes, text]) => {
             const { Exchange } = await import("/page/answers.js");
             const exchange = new Exchange("Who?", () => {});
             exchange.answer({ question: "Who?", standalone_question: "Who?", answered: true,
               confidence: 0.9, quotes, sides: [], notes: ["Connected by a model."],
               written: { text, citations: [1], removed: 0 } });
             const shown = exchange.root.querySelector(".written");
             const by = exchange.root.textContent.split("by a model").length - 1;
             const links = [...shown.querySelectorAll("a")].map((one) => one.textContent);
             return [shown.textContent, links, by];
           }""",
        [quotes, f"The article said: “{words}” [1]"],
    )
    assert written == [f"The article said: “{words}” [1]", ["[1]"], 1]


def test_a_title_from_right_to_left_begins_on_the_right(browser: Browser, address: str) -> None:
    page = visit(browser, base_url=address)
    page.goto("/")
    aligned = page.locator("#front-list .headline-words").first.evaluate(
        "one => { one.textContent = 'افتتاح جسر'; return getComputedStyle(one).textAlign; }"
    )
    assert aligned == "start"
    page.close()


def test_numbers_on_the_timeline_stand_under_their_days(page: Page) -> None:
    page.goto("/")
    ask(page, "How long is it in metres or kilometres, border or bridge?")
    wait_for_answer(page)
    day = page.locator(".timeline time").first
    number = page.locator(".timeline a").first
    left = "one => { const r = document.createRange(); r.selectNodeContents(one);"
    left += " return r.getBoundingClientRect().left; }"
    assert abs(day.evaluate(left) - number.evaluate(left)) < 1
