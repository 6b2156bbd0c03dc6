"""The page in real Chromium: asking, reading, copying, narrowing, sharing."""

from __future__ import annotations

import json
from urllib.parse import parse_qs, quote, urlsplit

import httpx
import pytest
from playwright.sync_api import Browser, Dialog, Page, expect

from bot.composition import Parts
from index.embedding.embedder import Embedder
from tests.http.serving import make_parts, serving
from tests.page.visiting import visit, wait_for_answer
from tests.patience import PATIENCE

BORDER = "How long is the border between Ukraine and Belarus?"
BRIDGE = "How long is the bridge at Zarnow?"
HOSTILE = "What did the hostile page hold?"


def ask(page: Page, question: str) -> None:
    """Ask by keyboard and wait for the answer."""
    page.get_by_role("textbox", name="Ask").fill(question)
    page.keyboard.press("Enter")
    wait_for_answer(page, question)


def test_an_answer_is_shown_as_quotes_with_outlet_and_date(page: Page) -> None:
    page.goto("/")
    ask(page, BORDER)
    card = page.locator(".card", has_text="1,084").first
    expect(card.locator(".outlet")).to_contain_text("Example Courier")
    expect(card.locator("time")).to_have_text("26 August 2024")
    expect(card.locator("q")).to_contain_text("The border between Ukraine and Belarus")
    expect(page.locator("#announcement")).to_contain_text("quote")
    assert quote(BORDER, safe="").replace("%20", "+") in page.url


@pytest.mark.parametrize("question", [BORDER, BRIDGE])
def test_a_quote_opens_the_article_at_exactly_its_words(
    page: Page, address: str, question: str
) -> None:
    """Emoji and joined characters before the quote shift UTF-16 offsets, but not the mark."""
    page.goto("/")
    ask(page, question)
    answer = httpx.post(f"{address}/ask", json={"question": question}, timeout=PATIENCE).json()
    for number, said in enumerate(answer["quotes"]):
        page.get_by_role("button", name="Read in the article").nth(number).click()
        mark = page.locator("#reader-text mark")
        expect(mark).to_be_in_viewport()
        assert mark.evaluate("element => element.textContent") == said["text"]
        if said["highlight"]:
            article = httpx.get(
                f"{address}/articles/{said['article']['id']}", timeout=PATIENCE
            ).json()
            place = slice(said["highlight"]["start"], said["highlight"]["end"])
            expect(mark.locator("strong")).to_have_text(article["text"][place])
        whole = page.locator("#reader-text").evaluate("element => element.textContent")
        assert (
            whole
            == httpx.get(f"{address}/articles/{said['article']['id']}", timeout=PATIENCE).json()[
                "text"
            ]
        )
        page.keyboard.press("Escape")
        expect(page.locator("#reader")).to_be_hidden()


def test_the_emoji_article_is_quoted_past_its_emoji(page: Page) -> None:
    page.goto("/")
    ask(page, BRIDGE)
    card = page.locator(".card", has_text="312 metres").first
    card.get_by_role("button", name="Read in the article").click()
    marked = page.locator("#reader-text mark").evaluate("element => element.textContent")
    assert "312 metres" in marked
    before = page.locator("#reader-text").evaluate("element => element.firstChild.textContent")
    assert before.startswith("🎉🚀👩‍👩‍👧")


def test_text_of_articles_is_never_html(page: Page) -> None:
    dialogs: list[str] = []

    def dismiss(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", dismiss)
    page.goto("/")
    expect(page.locator("#front-list")).to_contain_text("<img src=x onerror=alert(1)>")
    ask(page, HOSTILE)
    card = page.locator(".card", has_text="<script>alert(4)</script>").first
    card.get_by_role("button", name="Read in the article").click()
    expect(page.locator("#reader-text")).to_contain_text("<script>alert(4)</script>")
    expect(page.locator("#reader-title")).to_have_text("<img src=x onerror=alert(1)> & <b>bold</b>")
    assert page.locator("#reader a[href^='javascript']").count() == 0
    assert page.locator("main img, dialog img, main script, dialog script").count() == 0
    assert dialogs == []


def test_only_addresses_of_the_web_become_links(page: Page) -> None:
    page.goto("/")
    made = page.evaluate(
        """async (addresses) => {
             const { safeAddress } = await import("/page/elements.js");
             return addresses.map(safeAddress);
           }""",
        ["https://a.example/", "javascript:alert(1)", "data:text/html,x", "//b.example", None],
    )
    assert made == ["https://a.example/", None, None, None, None]


def test_a_follow_up_is_asked_in_the_same_conversation(page: Page) -> None:
    sent: list[dict[str, object]] = []
    page.on(
        "request",
        lambda request: (
            sent.append(json.loads(request.post_data or "{}"))
            if urlsplit(request.url).path == "/ask"
            else None
        ),
    )
    page.goto("/")
    ask(page, BORDER)
    expect(page.locator("#question-label")).to_have_text("Ask a follow-up")
    ask(page, "And who said so?")
    assert "conversation_id" not in sent[0]
    assert sent[1]["conversation_id"]
    assert page.locator(".exchange").count() == 2
    page.get_by_role("button", name="New conversation").click()
    assert page.locator(".exchange").count() == 0
    ask(page, BORDER)
    assert "conversation_id" not in sent[2]


def test_filters_narrow_and_travel_in_the_address(page: Page) -> None:
    page.goto("/")
    page.get_by_text("Narrow by date and outlet").click()
    expect(page.locator("#source option")).to_have_count(5)
    page.get_by_label("Outlet").select_option("Harbour Gazette")
    page.get_by_label("Until").fill("2023-01-01")
    ask(page, "What happened?")
    expect(page.locator(".card .outlet").first).to_contain_text("Harbour Gazette")
    shared = page.url
    assert "source=Harbour+Gazette" in shared
    assert "until=2023-01-01" in shared
    page.goto("about:blank")
    page.goto(shared)
    expect(page.locator(".exchange h2")).to_have_text("What happened?")
    expect(page.get_by_label("Outlet")).to_have_value("Harbour Gazette")
    expect(page.locator(".card .outlet").first).to_contain_text("Harbour Gazette")


def test_a_shared_place_opens_the_article_there(page: Page) -> None:
    page.goto("/")
    ask(page, BRIDGE)
    page.get_by_role("button", name="Read in the article").first.click()
    expect(page.locator("#reader-text mark")).to_be_visible()
    marked = page.locator("#reader-text mark").evaluate("element => element.textContent")
    page.wait_for_url("**article=**")
    shared = page.url
    page.goto("about:blank")
    page.goto(shared)
    mark = page.locator("#reader-text mark")
    expect(mark).to_be_in_viewport()
    assert mark.evaluate("element => element.textContent") == marked


def test_not_said_is_said_with_the_nearest_passages(browser: Browser, silent_address: str) -> None:
    page = visit(browser, base_url=silent_address)
    page.goto(f"/?q={quote(BORDER)}")
    expect(page.locator(".verdict")).to_have_text("The articles don’t say.")
    expect(page.locator(".card-near").first).to_be_visible()
    expect(page.locator("#announcement")).to_have_text("The articles don’t say.")
    page.close()


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("Plain", "— Example Courier, 26 August 2024: A border under strain"),
        ("Markdown", "[A border under strain](<https://news.example/border>)"),
        ("BibTeX", "@online{"),
        ("CSL", '"article-newspaper"'),
        ("Link", "/?article="),
    ],
)
def test_a_quote_is_copied_with_its_citation(page: Page, form: str, expected: str) -> None:
    page.goto("/")
    ask(page, BORDER)
    card = page.locator(".card", has_text="1,084").first
    card.get_by_text("Copy", exact=True).click()
    card.get_by_role("button", name=form).click()
    expect(card.get_by_text("Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert expected in copied
    if form == "Link":
        page.goto(copied)
        expect(page.locator("#reader-text mark")).to_contain_text("1,084")
        return
    assert "1,084" in copied
    if form == "CSL":
        [item] = json.loads(copied)
        assert item["issued"] == {"date-parts": [[2024, 8, 26]]}


def test_quotes_of_several_days_stand_on_a_timeline(page: Page) -> None:
    page.goto("/")
    ask(page, "How long is it in metres or kilometres, border or bridge?")
    days = page.locator(".timeline time").evaluate_all(
        "elements => elements.map(element => element.dateTime)"
    )
    assert len(days) > 1
    assert days == sorted(days)
    page.locator(".timeline a").first.click()
    expect(page.locator(".card:target")).to_be_in_viewport()
    assert page.locator(".exchange").count() == 1


def test_the_link_of_a_follow_up_asks_what_it_meant(page: Page) -> None:
    """Somebody who gets the link has not followed the conversation."""
    page.goto("/")
    ask(page, BORDER)
    ask(page, "And the bridge at Zarnow?")
    understood = page.locator(".understood").first.inner_text().removeprefix("Understood as: ")
    page.wait_for_url(lambda url: parse_qs(urlsplit(url).query)["q"] == [understood])
    shared = page.url
    page.goto("about:blank")
    page.goto(shared)
    expect(page.locator(".exchange h2")).to_have_text(understood)
    with page.expect_navigation(url=shared):
        page.evaluate("() => { setTimeout(() => history.go(-2)); }")
    expect(page.locator(".exchange h2")).not_to_have_text("")


def test_the_state_of_the_index_is_shown(page: Page) -> None:
    page.goto("/")
    expect(page.locator("#index-status")).to_contain_text("4 articles")
    expect(page.locator("#index-status")).to_contain_text("1 July 2022 – 26 August 2024")


def test_a_file_is_added_and_a_wrong_link_explained(
    browser: Browser, model: Embedder, tmp_path_factory: pytest.TempPathFactory
) -> None:
    parts: Parts = make_parts(tmp_path_factory.mktemp("adding"), model)
    with serving(parts) as base:
        page = visit(browser, base_url=base)
        page.goto("/")
        page.get_by_role("button", name="Add an article").click()
        page.get_by_label("A link").fill("http://127.0.0.1/secret")
        page.get_by_role("button", name="Add", exact=True).click()
        expect(page.locator("#add-outcome")).to_contain_text("public")
        page.get_by_label("A link").fill("")
        page.get_by_label("A file").set_input_files(
            {
                "name": "clock.txt",
                "mimeType": "text/plain",
                "buffer": b"The clock of Orle\n\nThe clock tower of Orle was repaired in May.",
            }
        )
        page.get_by_role("button", name="Add", exact=True).click()
        expect(page.locator("#add-outcome")).to_contain_text("1 article added")
        page.get_by_role("button", name="Close").last.click()
        page.close()


def test_a_key_is_asked_for_where_one_is_needed(
    browser: Browser, model: Embedder, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("keyed")
    with serving(make_parts(folder, model, api_keys=("reader-key",))) as base:
        page = visit(browser, base_url=base)
        page.goto("/")
        page.locator("#question").fill(BORDER)
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="Key")).to_be_visible()
        page.get_by_role("textbox", name="Key").fill("reader-key")
        page.get_by_role("button", name="Use").click()
        page.locator("#question").fill(BORDER)
        page.keyboard.press("Enter")
        expect(page.locator(".card").first).to_be_visible()
        assert "reader-key" not in page.url
        page.close()
