"""Metadata: from the page first and the text second, never invented."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from corpus.article import Article
from corpus.importer import Importer
from corpus.outlets import outlet_of_text
from corpus.readers.markup import parse_page
from corpus.readers.page_metadata import (
    author_name,
    is_author,
    outlet_name,
    own_address,
    page_title,
)
from tests.corpus.documents import PARAGRAPHS, TITLE, page

GERMAN = (
    "Der Hafen von Essling blieb am Montag geschlossen, nachdem ein Kran ins Wasser gefallen war, "
    "wie die Behörde mitteilte. Verletzt wurde niemand, doch zwei Schiffe konnten nicht auslaufen. "
    "Die Versicherung schätzt den Schaden auf mehr als zwei Millionen Kronen, ein Bericht soll bis "
    "Ende Mai vorliegen und die Ursache des Unglücks klären, sagte ein Sprecher der Stadt am Abend."
)


def read(
    head: str = "", url: str | None = None, paragraphs: tuple[str, ...] = PARAGRAPHS
) -> Article:
    content = page(head=head, paragraphs=paragraphs).encode()
    (article,) = Importer().read_content("a.html", content, url=url).articles
    return article


def published(content: str) -> str:
    return f'<meta property="article:published_time" content="{content}">'


def modified(content: str) -> str:
    return f'<meta property="article:modified_time" content="{content}">'


def test_dates_of_a_page() -> None:
    article = read(published("2024-07-02T22:00:00+02:00") + modified("2024-07-04T08:00:00+02:00"))
    assert (article.published, article.updated) == (date(2024, 7, 2), date(2024, 7, 4))


@pytest.mark.parametrize("changed", ["2024-07-02T23:00:00Z", "2024-07-01T23:59:00Z", "soon-ish"])
def test_an_update_that_is_not_later_is_none(changed: str) -> None:
    article = read(published("2024-07-02T08:00:00+02:00") + modified(changed))
    assert (article.published, article.updated) == (date(2024, 7, 2), None)


def test_a_page_is_never_dated_in_the_future() -> None:
    later = datetime.now(UTC).date() + timedelta(days=40)
    article = read(published(f"{later}T08:00:00Z"))
    assert article.published is None or article.published < later


def test_structured_data_names_authors_and_dates() -> None:
    article = read(
        '<script type="application/ld+json">{"@context": "https://schema.org", "@type": '
        '"NewsArticle", "headline": "Crane", "datePublished": "2024-07-02T08:00:00+02:00", '
        '"dateModified": "2024-07-05T08:00:00+02:00", "author": [{"@type": "Person", "name": '
        '"Ann Ek"}, {"@type": "Person", "name": "Bo Li"}]}</script>'
    )
    assert article.author == "Ann Ek, Bo Li"
    assert (article.published, article.updated) == (date(2024, 7, 2), date(2024, 7, 5))


def test_what_a_page_does_not_say_stays_unknown() -> None:
    article = read()
    assert (article.author, article.published, article.updated, article.url) == (None,) * 4


def test_the_address_that_a_page_names_counts_unless_it_is_the_front_page() -> None:
    canonical = '<link rel="canonical" href="https://example.org/news/crane?utm_source=x">'
    assert read(canonical, "https://m.example.org/x").url == "https://example.org/news/crane"
    front = '<link rel="canonical" href="https://example.org/">'
    assert read(front, "https://example.org/news/crane").url == "https://example.org/news/crane"
    assert read(front).url is None
    assert own_address("https://example.org/?p=12", None) == "https://example.org/?p=12"


def test_two_pages_that_name_the_front_page_are_two_articles() -> None:
    front = '<link rel="canonical" href="https://example.org/">'
    assert read(front).id != read(front, paragraphs=PARAGRAPHS[::-1]).id


@pytest.mark.parametrize(
    ("stated", "name"),
    [("© 2022 Essling Gazette", "Essling Gazette"), ("2019-2022 Gazette", "Gazette"),
     ("20 Minutes", "20 Minutes"), ("@essling_gazette", None), ("", None), (None, None),
     ("1843 Magazine", "1843 Magazine")],
)  # fmt: skip
def test_names_of_outlets(stated: str | None, name: str | None) -> None:
    assert outlet_name(stated) == name


def test_labels_and_the_outlet_itself_are_no_authors() -> None:
    wanted = ["Ann Ek", "Redaktion"]
    assert [
        one
        for one in ("Ann Ek", "Name", "admin", "GAZETTE", "", "Redaktion")
        if is_author(one, "Gazette")
    ] == wanted


@pytest.mark.parametrize(
    ("written", "name"),
    [("Article by", ""), ("Par Ann Ek", "Ann Ek"), ("Artikel von Ann Ek", "Ann Ek"),
     ("Autor: Ann Ek", "Ann Ek"), ("Devon Ek", "Devon Ek"), ("Jan von Ek", "Jan von Ek"),
     ("Byron Ek", "Byron Ek")],
)  # fmt: skip
def test_words_that_lead_to_a_name_are_no_part_of_it(written: str, name: str) -> None:
    assert author_name(written) == name


def test_an_address_and_a_placeholder_are_no_authors() -> None:
    assert not any(is_author(one, None) for one in ("www gazette example", "Unbenannt", ""))


@pytest.mark.parametrize(
    "head", ["", f'<meta property="og:title" content="{TITLE}"><meta name="title" content="News">']
)
def test_the_heading_of_a_menu_is_no_title(head: str) -> None:
    content = page(head=head).replace("<nav>", "<h1>Navigation and service</h1><nav>")
    (article,) = Importer().read_content("a.html", content.encode()).articles
    assert article.title == TITLE
    assert article.text.split("\n") == [*PARAGRAPHS]


def test_a_title_of_which_the_head_says_nothing_stays() -> None:
    root = parse_page("<html><head><title>Gazette</title></head><body><h1>Crane falls</h1></body>")
    assert page_title(root, "Crane falls") == "Crane falls"
    assert page_title(None, "Crane falls") == "Crane falls"


def test_a_title_in_the_place_of_the_outlet_is_none() -> None:
    article = read(f'<meta property="og:site_name" content="{TITLE}">', "https://gazette.example/a")
    assert article.source == "gazette.example"


@pytest.mark.parametrize(
    "comment",
    [
        "<!-- saved from url=(0034)https://gazette.example/crane -->",
        "<!--\n Page saved with SingleFile \n url: https://gazette.example/crane\n saved: x\n-->",
    ],
)
def test_a_saved_page_notes_where_it_is_from(comment: str) -> None:
    content = page().replace("<!DOCTYPE html>", f"<!DOCTYPE html>\n{comment}")
    (article,) = Importer().read_content("a.html", content.encode()).articles
    assert (article.url, article.source) == ("https://gazette.example/crane", "gazette.example")


def test_the_language_of_the_text_counts_where_the_template_declares_another() -> None:
    assert read(paragraphs=(GERMAN, GERMAN[::1])).language == "de"
    assert read().language == "en"


@pytest.mark.parametrize(
    ("line", "outlet"),
    [
        ("© 2024 Reuters. All rights reserved.", "Reuters"),
        ("© 2024 Reuters All Rights Reserved", "Reuters"),
        ("© The Essling Gazette", "The Essling Gazette"),
        ("Copyright © 2019-2024 The Essling Gazette. Registered in Essling.",
         "The Essling Gazette"),
        ("COPYRIGHT 2024 BY Essling Gazette", "Essling Gazette"),
        ("Copyright 2024 by Essling Gazette", "Essling Gazette"),
        ("(C) 2024 U.S. Harbour News", "U.S. Harbour News"),
        ("Copyright (c) 2024 Gazette.example", "Gazette.example"),
        ("© 2024 dpa", "dpa"),
        ("© 2024\nBerg was at the harbour.", None),
        ("Copyright law experts expect an appeal.", None),
        ("Copyright Reform Now is a group of authors.", None),
        ("(c) the defendant failed to appear", None),
        ("(c) Berg failed to appear", None),
        ("© 2024. All rights reserved.", None),
    ],
)  # fmt: skip
def test_only_a_line_of_copyright_names_the_outlet(line: str, outlet: str | None) -> None:
    assert outlet_of_text(f"The bridge was closed on Monday.\n\n{line}") == outlet


def test_an_outlet_that_verifies_a_claim_is_named_from_its_sentence_on() -> None:
    text = "So said Ann Berg. The St. Orle Gazette could not independently verify her claim."
    assert outlet_of_text(text) == "The St. Orle Gazette"
    assert outlet_of_text(text.removeprefix("So said Ann ")) == "The St. Orle Gazette"
