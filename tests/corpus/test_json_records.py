"""JSON as programs export it: their names for fields, their markup, their words for nothing."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from corpus.article import Article
from corpus.importer import Importer

TEXT = (
    "The council voted on Monday to close the old bridge for two years. “We see no other way,” "
    "its chair, Anna Berg, said."
)
MORE = "The work begins in March, Smith & Sons said."
PAGE = f"<p>{TEXT}</p>\n<p>The work begins in March, Smith &amp; <b>Sons</b> said.</p>"


def only(document: Any) -> Article:
    file = Importer().read_content("a.json", json.dumps(document).encode())
    assert not file.skipped
    (article,) = file.articles
    return article


@pytest.mark.parametrize(
    "document",
    [
        {"title": {"rendered": "Bridge"}, "content": {"rendered": PAGE, "protected": False}},
        {"title": "Bridge", "body": PAGE},
        {"version": "https://jsonfeed.org/version/1.1", "title": "Feed", "description": "News",
         "items": [{"id": "1", "title": "Bridge", "content_html": PAGE}]},
        {"response": {"status": "ok", "results": [
            {"webTitle": "Bridge", "fields": {"body": PAGE, "byline": "Ann Ek"}}]}},
        {"hits": {"total": 1, "hits": [{"_source": {"title": "Bridge", "text": PAGE}}]}},
        {"@graph": [{"@type": "Organization", "name": "Gazette", "description": "A newspaper."},
                    {"@type": "NewsArticle", "headline": "Bridge", "articleBody": PAGE}]},
        {"Article Title": "Bridge", "Article Text": PAGE},
        {"headLine": "Bridge", "bodyText": PAGE},
        {"title": "Bridge", "paragraphs": [TEXT, MORE]},
        {"title": "Bridge", "text": [{"text": TEXT}, {"text": MORE}]},
        {"title": "Bridge", "text": "  ", "body": PAGE},
        {"title": "Bridge", "content": "The council voted …", "maintext": PAGE},
        {"title": "Bridge", "description": f"{TEXT} {TEXT} {TEXT}", "maintext": PAGE},
    ],
)  # fmt: skip
def test_the_text_is_found_and_read_as_a_browser_shows_it(document: Any) -> None:
    article = only(document)
    assert article.title == "Bridge"
    assert article.text == f"{TEXT}\n\n{MORE}"


def test_words_set_apart_in_text_leave_its_lines() -> None:
    text = only({"title": "Bridge", "text": f"{TEXT}\n\n<b>Costs</b>\n1 < 2 euros a head."}).text
    assert text == f"{TEXT}\n\nCosts\n1 < 2 euros a head."


WRAPPED = (
    "The harbour of Port Essling was closed on Monday after a crane fell\n"
    "into the water, the port authority said. Nobody was hurt, but two of\n"
    "the ships could not leave the eastern quay before the following day.\n"
    "\n"
    "Insurers put the damage at 2.4 million crowns. An inquiry has to give\n"
    "its report by the end of the month, and the minister will then decide\n"
    "what is to be done with the three other cranes of the same old type."
)


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_lines_of_fixed_width_are_joined_in_records_as_in_plain_text(ends: str) -> None:
    written = WRAPPED.replace("\n", ends)
    article = only({"title": "Crane falls", "text": written})
    (plain,) = Importer().read_content("a.txt", written.encode()).articles
    assert article.text == plain.text
    assert "a crane fell into the water" in article.text
    assert "following day.\n\nInsurers" in article.text


def test_text_without_markup_stays_as_it_is() -> None:
    text = f"{TEXT}  If a < b  and c > d, R&D grows.\n\n  Two  spaces."
    assert only({"title": "Bridge", "text": text}).text == text


@pytest.mark.parametrize("nothing", [None, "None", "nan", float("nan"), "null", "N/A", ""])
def test_words_for_nothing_are_nothing(nothing: object) -> None:
    fields = ("title", "author", "source", "date", "url")
    article = only({"text": TEXT, **dict.fromkeys(fields, nothing)})
    assert article.title.endswith("[…]")
    assert (article.author, article.source, article.published, article.url) == (None,) * 4


@pytest.mark.parametrize(
    "written",
    [
        "['Ann Ek', \"Bo O'Neill\"]",
        "By Ann Ek and Bo O'Neill",
        ["By Ann Ek", {"name": "Bo O'Neill"}],
        [{"firstName": "Ann", "lastName": "Ek"}, {"given_name": "Bo", "family_name": "O'Neill"}],
    ],
)
def test_authors_are_names(written: object) -> None:
    assert (
        only({"title": "Bridge", "text": TEXT, "authors": written}).author == "Ann Ek, Bo O'Neill"
    )


@pytest.mark.parametrize("name", ["pub_date", "publication date", "datePublished", "date"])
def test_the_day_of_a_crawl_gives_way_to_that_of_publication(name: str) -> None:
    article = only(
        {"text": TEXT, "timestamp": "2025-01-01", "created": "2025-01-02", name: "2024-07-02"}
    )
    assert article.published == date(2024, 7, 2)


@pytest.mark.parametrize(
    "written",
    [
        {"$date": "2024-07-02T10:00:00Z"},
        {"$date": {"$numberLong": "1719914400000"}},
        {"$date": 1719914400000},
        {"@type": "xsd:dateTime", "@value": "2024-07-02"},
        {"date": "2024-07-02 10:00:00.000000", "timezone_type": 3, "timezone": "UTC"},
        {"_seconds": 1719914400, "_nanoseconds": 0},
        "2024-07-02 10:00:00",
        1719914400,
    ],
)
@pytest.mark.parametrize("name", ["published", "created_at"])
def test_databases_export_a_date_as_an_object(name: str, written: object) -> None:
    assert only({"text": TEXT, name: written}).published == date(2024, 7, 2)


@pytest.mark.parametrize("flag", [1, True, "1", "yes", "true"])
def test_that_something_was_published_is_no_date(flag: object) -> None:
    record = {"text": TEXT, "published": flag, "published_at": "2024-07-02 10:00:00"}
    assert only(record).published == date(2024, 7, 2)


@pytest.mark.parametrize("number", [7, "7", [7], {"id": 7}])
def test_a_number_names_nobody(number: object) -> None:
    article = only({"text": TEXT, "author": number, "source": number, "author_name": "Ann Ek"})
    assert (article.author, article.source) == ("Ann Ek", None)


def test_the_address_of_an_article_may_be_its_source() -> None:
    url = "https://www.example.org/news/articles/abc"
    article = only({"text": TEXT, "source": url})
    assert (article.url, article.source) == (url, "example.org")
    article = only({"text": TEXT, "source": url, "url": "https://example.com/b", "site": "Gazette"})
    assert (article.url, article.source) == ("https://example.com/b", "Gazette")


@pytest.mark.parametrize("source", ["https://example.org/", "https://example.org/world/news"])
def test_the_address_of_a_section_does_not_make_its_articles_one(source: str) -> None:
    records = [{"text": text, "source": source} for text in (TEXT, MORE)]
    articles = Importer().read_content("a.json", json.dumps(records).encode()).articles
    assert [(one.url, one.source) for one in articles] == [(None, "example.org")] * 2
    assert len({one.id for one in articles}) == 2


def test_the_address_of_a_page_may_be_an_object() -> None:
    page = {"@type": "WebPage", "@id": "https://example.org/bridge"}
    assert only({"text": TEXT, "mainEntityOfPage": page}).url == "https://example.org/bridge"


def test_a_list_of_nothing_says_so() -> None:
    (skipped,) = Importer().read_content("a.json", b'{"articles": []}').skipped
    assert "no article" in skipped.reason


def test_markup_that_nests_like_an_attack_is_a_flaw_of_its_record() -> None:
    records = [
        {"title": "A", "text": "<div>" * 5_000 + TEXT + "</div>"},
        {"title": "B", "text": TEXT},
    ]
    file = Importer().read_content("a.json", json.dumps(records).encode())
    assert [one.where for one in file.skipped] == ["record 1"]
    assert [one.title for one in file.articles] == ["B"]


HEAD = "Bridge closes\nBy Ann Ek\nUpdated: July 3, 2024 10:00 a.m.\nUpdated:\n0:00\n"


def test_a_masthead_that_agrees_with_the_metadata_goes() -> None:
    given = {"title": "Bridge closes", "author": "Ann Ek", "date": "2024-07-02"}
    article = only({**given, "text": HEAD + TEXT})
    assert (article.text, article.author) == (TEXT, "Ann Ek")
    assert (article.published, article.updated) == (date(2024, 7, 2), date(2024, 7, 3))


def test_a_masthead_fills_what_the_metadata_lack() -> None:
    article = only({"title": "Bridge closes", "text": f"By Ann Ek\nJuly 2, 2024\n{TEXT}"})
    assert (article.text, article.author) == (TEXT, "Ann Ek")
    assert article.published == date(2024, 7, 2)


@pytest.mark.parametrize(
    ("given", "head"),
    [
        ({"author": "Bo Li"}, "By Ann Ek"),
        ({"date": "2024-07-20"}, "July 2, 2024"),
        ({}, "July 2, 2024"),
        ({"date": "2024-07-02"}, "By the bridge."),
    ],
)
def test_a_line_that_says_otherwise_stays(given: dict[str, str], head: str) -> None:
    text = f"{head}\n{TEXT}"
    assert only({"title": "Bridge closes", **given, "text": text}).text == text
