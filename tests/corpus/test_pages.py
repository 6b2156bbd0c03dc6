"""Pages as newspapers make them: the article's own words stay, what surrounds them goes."""

from __future__ import annotations

import pytest

from corpus.article import Article
from corpus.imported import ImportSettings
from corpus.importer import Importer
from corpus.refining import NOT_THE_BODY
from tests.corpus.documents import PARAGRAPHS, TITLE, page

STANDFIRST = (
    "A seventy-year-old crane has toppled off the eastern quay. The port hopes to open this week."
)
SHARE = (
    '<div class="share-bar"><a href="#">Facebook</a> <a href="#">WhatsApp</a> '
    "<button>Copy link</button></div>"
)
FIGURE = (
    "<figure><img src='crane.jpg'><figcaption>The fallen crane on Tuesday. Photo: Bo Li/Gazette"
    "</figcaption></figure>"
)
READ_ALSO = "<p class='related'><a href='/cranes'>Read also: Ten cranes that fell before</a></p>"
NEWSLETTER = (
    "<div class='newsletter'><h3>Never miss a ship</h3><p>Sign up to our newsletter and get the "
    "news of the harbour every morning.</p><form><input type='email'></form></div>"
)
COMMENTS = (
    "<section id='comments'><h2>3 comments</h2><div class='comment'><p>First! I saw it fall with "
    "my own eyes, what a noise that was.</p></div><div class='comment'><p>Somebody should have "
    "painted that crane long ago.</p></div></section>"
)
TABLE = (
    "<table><tr><th>Quay</th><th>State</th></tr><tr><td>East</td><td>closed</td></tr>"
    "<tr><td>West</td><td>open</td></tr></table>"
)
LIST = "<ul><li>Two ships are waiting to leave</li><li>One ship was sent to Elm</li></ul>"
ADVERT = "<div class='ad-slot'>Advertisement</div>"
COOKIES = (
    "<div id='cookie-banner'><p>We use cookies to give you the best experience on this site.</p>"
    "<button>Accept</button></div>"
)


def whole_page(standfirst: str = "") -> str:
    first, second, third = (f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    return (
        f"<!DOCTYPE html><html lang='en'><head><title>{TITLE} - Gazette</title>"
        "<meta property='og:site_name' content='Gazette'></head>"
        f"<body>{COOKIES}<header><nav><a href='/'>Home</a> <a href='/sport'>Sport</a></nav>"
        "</header>"
        f"<main><article><h1>{TITLE}</h1>{standfirst}"
        "<p class='byline'>By <a href='/ann'>Ann Ek</a></p>"
        f"{SHARE}{FIGURE}<div class='article-body'>{first}{READ_ALSO}{second}{ADVERT}{TABLE}{third}"
        f"{LIST}</div>{NEWSLETTER}</article>{COMMENTS}"
        "<aside><h3>Most read</h3><ul><li><a href='/1'>A whale in the bay</a></li></ul></aside>"
        "</main><footer>© 2024 Gazette. All rights reserved.</footer></body></html>"
    )


def read(page: str) -> Article:
    (article,) = Importer().read_content("page.html", page.encode()).articles
    return article


def test_paragraphs_tables_and_lists_stay_readable() -> None:
    lines = read(whole_page()).text.split("\n")
    for paragraph in PARAGRAPHS:
        assert paragraph in lines
    assert any("East" in line and "closed" in line for line in lines)
    assert not any("East" in line and "West" in line for line in lines)
    assert any(line.endswith("Two ships are waiting to leave") for line in lines)
    assert any(line.endswith("One ship was sent to Elm") for line in lines)


@pytest.mark.parametrize(
    "gone",
    ["WhatsApp", "Copy link", "Ten cranes", "newsletter", "Never miss", "First! I saw", "painted",
     "Advertisement", "cookies", "whale", "All rights reserved", "Photo:", "Sport", "Ann Ek"],
)  # fmt: skip
def test_what_surrounds_an_article_is_gone(gone: str) -> None:
    assert gone not in read(whole_page()).text


@pytest.mark.parametrize(
    "block",
    [
        f"<p class='article__standfirst'>{STANDFIRST}</p>",
        f"<div class='articleTeaser'><p>{STANDFIRST}</p></div>",
        f"<header><h2>{STANDFIRST}</h2></header>",
        f"<div id='intro-text'>{STANDFIRST}</div>",
    ],
)
def test_the_standfirst_above_the_text_is_kept_once(block: str) -> None:
    text = read(whole_page(block)).text
    assert text.split("\n")[0] == STANDFIRST
    assert text.count(STANDFIRST) == 1


@pytest.mark.parametrize(
    "block",
    [
        "<div class='author-intro'><p>Ann Ek has written about harbours for years.</p></div>",
        "<p class='teaser'><a href='/x'>The whale that came into the bay on Monday.</a></p>",
        "<aside class='intro'><p>This text is from our archive of harbours and ships.</p></aside>",
        "<p class='lead'>Harbours</p>",
    ],
)
def test_other_blocks_below_the_headline_are_no_standfirst(block: str) -> None:
    assert read(whole_page(block)).text == read(whole_page()).text


def test_what_a_page_holds_beside_its_article_is_told_on_request() -> None:
    content = whole_page(f"<header><h2>{STANDFIRST}</h2></header>").encode()
    asked = Importer(ImportSettings(tell_left_out=True)).read_content("page.html", content)
    silent = Importer().read_content("page.html", content)
    assert asked.articles == silent.articles
    told = [one.text for one in asked.dropped if one.reason == NOT_THE_BODY]
    assert not any(one.reason == NOT_THE_BODY for one in silent.dropped)
    for gone in (
        "We use cookies to give you the best experience on this site.",
        "The fallen crane on Tuesday. Photo: Bo Li/Gazette",
        "Never miss a ship",
        "Somebody should have painted that crane long ago.",
        "A whale in the bay",
        "© 2024 Gazette. All rights reserved.",
    ):
        assert gone in told
    (article,) = asked.articles
    listed = " ".join(told)
    assert not any(line in listed for line in article.text.split("\n") if line.strip())
    assert TITLE not in listed


def test_links_in_a_row_are_told_in_one_line_and_hidden_blocks_not_at_all() -> None:
    menu = "<nav><ul><li><a href='/a'>Politics</a></li><li><a href='/b'>Sport</a></li></ul></nav>"
    hidden = "<div hidden>A hidden offer.</div><p style='display: none'>A second one.</p>"
    content = whole_page().replace("<main>", f"{menu}{hidden}<main>").encode()
    read = Importer(ImportSettings(tell_left_out=True)).read_content("page.html", content)
    told = [one.text for one in read.dropped]
    assert "Politics · Sport" in told
    assert not any("hidden offer" in one or "second one" in one for one in told)


def test_a_sentence_with_an_index_is_not_told_as_left_out() -> None:
    text = "The mayor said so.<sup>1</sup> The share of CO<sub>2</sub> in the hall fell by a third."
    content = page(paragraphs=(*PARAGRAPHS, text)).encode()
    file = Importer(ImportSettings(tell_left_out=True)).read_content("a.html", content)
    assert "The mayor said so" in file.articles[0].text
    assert not any("mayor" in dropped.text for dropped in file.dropped)
