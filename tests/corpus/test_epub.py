"""Chapters of an EPUB: their titles, their named characters, and short ones."""

from __future__ import annotations

from corpus.importer import Importer
from tests.corpus.documents import PARAGRAPHS, epub_of_pages

XHTML = (
    '<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" '
    '"http://www.w3.org/TR/xhtml11/DTD/xhtml11.dtd"><html xmlns="http://www.w3.org/1999/xhtml">'
    "<head><title>Issue 3</title></head><body>{}</body></html>"
)


def test_the_title_is_the_first_heading_of_the_highest_level() -> None:
    body = f"<h2>Crane falls</h2><p>{PARAGRAPHS[0]}</p><h2>What it costs</h2><p>{PARAGRAPHS[2]}</p>"
    (article,) = Importer().read_content("a.epub", epub_of_pages([XHTML.format(body)])).articles
    assert article.title == "Crane falls"
    assert "What it costs" in article.text


def test_named_characters_are_characters() -> None:
    body = "<h1>Crane</h1><p>It weighs 84&nbsp;tonnes &mdash; Smith &amp; Sons said so&hellip;</p>"
    (article,) = Importer().read_content("a.epub", epub_of_pages([XHTML.format(body)])).articles
    assert article.text == "It weighs 84 tonnes — Smith & Sons said so…"


def test_a_brief_item_is_an_article_and_a_cover_says_why_it_is_none() -> None:
    pages = [
        XHTML.format("<h1>The Quarterly</h1><p>Spring</p>"),
        XHTML.format("<h1>Mayor resigns</h1><p>The mayor resigned on Monday, the town said.</p>"),
        XHTML.format("<img src='map.png'/>"),
    ]
    file = Importer().read_content("a.epub", epub_of_pages(pages))
    assert [one.title for one in file.articles] == ["Mayor resigns"]
    (skipped,) = file.skipped
    assert skipped.where == "OPS/c0.xhtml"
    assert "no sentence" in skipped.reason
