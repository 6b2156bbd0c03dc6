"""Dates of a page are those of its article, in whatever form, and never of what is beside it."""

from __future__ import annotations

from datetime import date

import pytest

from corpus.article import Article
from corpus.importer import Importer
from corpus.readers.page_dates import date_of_address
from tests.corpus.documents import PARAGRAPHS, TITLE, page

OTHERS = (
    '<script type="application/ld+json">{"@type": "ItemList", "itemListElement": [{"@type": '
    '"NewsArticle", "headline": "Other", "datePublished": "2020-01-01", "dateModified": '
    '"2023-02-02"}]}</script>'
)
OWN = (
    '<script type="application/ld+json">{"@graph": [{"@type": "WebSite"}, {"@type": "NewsArticle",'
    f' "headline": "{TITLE}", "datePublished": "2024-07-02", "dateModified": "2024-07-03"'
    "}]}</script>"
)
ANOTHER = OWN.replace(TITLE, "Bridge falls").replace("2024-07-02", "2019-01-01")


def read(head: str = "", before: str = "", after: str = "", paragraphs: str = "") -> Article:
    text = (*PARAGRAPHS, paragraphs) if paragraphs else PARAGRAPHS
    content = page(head=head, paragraphs=text)
    content = content.replace("<article>", f"{before}<article>")
    content = content.replace("</article>", f"</article>{after}")
    (article,) = Importer().read_content("a.html", content.encode()).articles
    return article


DAY = date(2024, 7, 2)


@pytest.mark.parametrize(
    ("head", "updated"),
    [
        ('<meta content="2024-07-02T23:30:00-05:00" property="article:published_time">', None),
        ('<meta itemprop="datePublished" content="2024-07-02"><meta itemprop="dateModified"'
         ' content="2024-07-05">', date(2024, 7, 5)),
        ('<meta name="date" content="2 July 2024"><meta content="2024-07-05T08:00:00Z"'
         ' data-rh="true" property="article:modified_time">', date(2024, 7, 5)),
        (OTHERS + OWN, date(2024, 7, 3)),
        (ANOTHER + OWN, date(2024, 7, 3)),
        ('<meta name="date" content="{{ date }}">' + OWN, date(2024, 7, 3)),
    ],
)  # fmt: skip
def test_metadata_of_the_page(head: str, updated: date | None) -> None:
    article = read(head)
    assert (article.published, article.updated) == (DAY, updated)


@pytest.mark.parametrize("written", ["07/02/2024", "02/07/2024"])
def test_the_order_of_a_numeric_date_is_that_of_the_text(written: str) -> None:
    said = "The crane had been checked on June 28 and July 1, and the quay opens on July 4."
    head = f'<meta name="date" content="{written}">'
    assert read(head, paragraphs=said).published == DAY
    assert read(head).published is None


@pytest.mark.parametrize(
    "before",
    [
        '<div class="date">July 2, 2024</div>',
        '<div><time datetime="2024-07-02T10:00:00Z">2 hours ago</time></div>',
        "<p>By Anna Berg | 2 July 2024</p>",
        "<p>By Anna Berg on 2 July 2024</p>",
        "<div>Published: 2 July 2024. Updated: 5 July 2024</div>",
    ],
)
def test_what_stands_above_the_article(before: str) -> None:
    article = read(before=before)
    assert article.published == DAY
    assert article.updated == (date(2024, 7, 5) if "Updated" in before else None)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('<aside><time datetime="2021-03-04">4 March 2021</time> Bridge falls</aside>', ""),
        ('<ul><li><a href="/b">Bridge falls</a> <span>4 March 2021</span></li></ul>', ""),
        ("", "<footer>Copyright 12 May 2019 Gazette</footer>"),
        ("", '<div>Concert on <time datetime="2024-05-05">5 May 2024</time></div>'),
        ("", "<div id='comments'><p>Bo, 12 August 2024: nice</p></div>"),
    ],
)
def test_what_stands_beside_or_below_it_is_no_date_of_it(before: str, after: str) -> None:
    article = read(before=before, after=after)
    assert (article.published, article.updated) == (None, None)


def test_an_address_names_the_day() -> None:
    head = '<link rel="canonical" href="https://gazette.example/2024/07/02/crane">'
    assert read(head).published == DAY


def test_structured_data_that_is_damaged_or_deep_is_passed_over() -> None:
    deep = '<script type="application/ld+json">' + '[{"@graph":' * 5_000 + "</script>"
    assert (
        read(deep + '<script type="application/ld+json">{"@type": </script>' + OWN).published == DAY
    )


def test_a_plain_date_anywhere_comes_before_one_of_which_the_day_may_be_the_month() -> None:
    head = '<meta name="pubdate" content="07/02/2024">'
    assert read(head).published is None
    assert read(head + OWN).published == DAY
    assert read(head, before='<div class="date">July 2, 2024</div>').published == DAY
    address = '<link rel="canonical" href="https://gazette.example/2024/07/02/crane">'
    assert read(head + address).published == DAY


TEASER = (
    '<div itemscope itemtype="https://schema.org/NewsArticle"><meta itemprop="datePublished"'
    ' content="2020-03-04"><meta itemprop="dateModified" content="2024-09-09">'
    "<h2>Bridge falls into river</h2></div>"
)


def test_items_of_other_articles_do_not_date_this_one() -> None:
    for before, after in ((TEASER, ""), ("", TEASER)):
        alone = read(before=before, after=after)
        assert (alone.published, alone.updated) == (None, None)
        stated = read(OWN, before=before, after=after)
        assert (stated.published, stated.updated) == (DAY, date(2024, 7, 3))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('<div itemscope itemtype="https://schema.org/NewsArticle">', "</div>"),
        ("<div>", "</div>"),
    ],
)
def test_the_item_of_the_article_dates_it_after_its_structured_data(
    before: str, after: str
) -> None:
    opened = f'{before}<meta itemprop="datePublished" content="2024-06-30">'
    assert read(before=opened, after=after).published == date(2024, 6, 30)
    assert read(OWN, before=opened, after=after).published == DAY


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("/2024/07/10-dead-in-crash/", None),
        ("/2024/07/10-dead-in-crash", None),
        ("/2024/07/10.5-million-vote", None),
        ("/2024/07/02/", "2024-07-02"),
        ("/2024/7/2", "2024-7-2"),
        ("/2024/07/02?page=1", "2024-07-02"),
        ("/news/2024-07-02-crane-falls", "2024-07-02"),
        ("/news/2024_07_02_crane", "2024-07-02"),
        ("/news/2024-07-02.html", "2024-07-02"),
        ("/news/2024-07-02", "2024-07-02"),
        ("/gn/2024/07-02/10248.shtml", "2024-07-02"),
        ("/2024-07/10-dead", None),
    ],
)
def test_the_day_in_an_address_is_no_beginning_of_a_headline(path: str, day: str | None) -> None:
    assert date_of_address(f"https://gazette.example{path}") == day


def test_the_page_around_an_article_does_not_hide_it() -> None:
    address = "https://gazette.example/crane"
    around = (
        f'<link rel="canonical" href="{address}"><script type="application/ld+json">'
        f'{{"@type": "WebPage", "url": "{address}"}}</script>'
    )
    assert read(around + OWN).published == DAY
    assert read(around.replace('"url"', '"datePublished": "2024-07-02", "url"')).published == DAY
