"""Feeds and lists of pages: their entries as articles, and the links that are new."""

from __future__ import annotations

from datetime import date

import pytest

from corpus.readers.feeds import page_links
from tests.corpus.documents import PARAGRAPHS, TITLE, rss
from tests.corpus.test_readers import imported, only


def test_feed_and_what_was_seen_of_it() -> None:
    body = "".join(f"<p>{one}</p>" for one in PARAGRAPHS)
    content = rss(
        [("One", "https://example.org/1#x", body), ("Two", "https://example.org/2", body)]
    )
    first, second = imported("a.xml", content).articles
    assert (first.title, first.source) == ("One", "Port Essling Gazette")
    assert first.published == date(2024, 7, 2)
    assert first.text == "\n\n".join(PARAGRAPHS)
    assert first.id != second.id
    new = page_links(content, {"https://example.org/1"})
    assert [link.url for link in new] == ["https://example.org/2"]


def test_atom_feed() -> None:
    content = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Gazette</title><entry>'
        f"<title>{TITLE}</title><link href='https://example.org/crane'/><id>x</id>"
        "<published>2024-07-02T10:00:00Z</published><updated>2024-07-03T10:00:00Z</updated>"
        f"<author><name>Ann Ek</name></author><content type='html'>&lt;p&gt;{PARAGRAPHS[0]}"
        "&lt;/p&gt;&lt;script&gt;alert(1)&lt;/script&gt;</content></entry></feed>"
    )
    article = only("a.atom", content)
    assert (article.title, article.author, article.source) == (TITLE, "Ann Ek", "Gazette")
    assert (article.published, article.updated) == (date(2024, 7, 2), date(2024, 7, 3))
    assert article.text == PARAGRAPHS[0]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        (
            "a.atom",
            '<feed xmlns="http://www.w3.org/2005/Atom"><title>Gazette</title><entry>'
            f"<title>{TITLE}</title><link href='https://example.org/crane'/><id>x</id>"
            f"<updated>2024-07-02T10:00:00Z</updated><summary>{PARAGRAPHS[0]}</summary></entry></feed>",
        ),
        (
            "a.rss",
            '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>'
            f"<title>Gazette</title><item><title>{TITLE}</title><link>https://example.org/crane"
            f"</link><dc:date>2024-07-02</dc:date><description>{PARAGRAPHS[0]}</description></item>"
            "</channel></rss>",
        ),
    ],
)
def test_the_only_date_of_an_entry_is_that_of_its_article(name: str, content: str) -> None:
    article = only(name, content)
    assert (article.published, article.updated) == (date(2024, 7, 2), None)


def test_sitemap_lists_links() -> None:
    content = (
        b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url>'
        b"<loc>https://example.org/a</loc><lastmod>2024-07-02</lastmod></url></urlset>"
    )
    (link,) = page_links(content)
    assert (link.url, link.changed) == ("https://example.org/a", "2024-07-02")
    assert "onrecord add" in imported("sitemap.xml", content).skipped[0].reason
