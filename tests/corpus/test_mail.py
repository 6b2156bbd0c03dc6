"""Mails in mails, parts without names, and the mail that a mail answers."""

from __future__ import annotations

from datetime import date
from email.message import EmailMessage

import pytest

from corpus.imported import ImportedFile, ImportSettings
from corpus.importer import Importer
from tests.corpus.documents import PARAGRAPHS, page

QUOTED = "> Is the harbour closed?\n>\n> Ann"


def mail(subject: str, text: str) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["Subject"] = "Ann Ek <ann@example.org>", subject
    message.set_content(text)
    return message


def imported(message: EmailMessage) -> ImportedFile:
    return Importer(ImportSettings(tell_left_out=True)).read_content("a.eml", bytes(message))


def test_a_mail_attached_without_a_name_is_read() -> None:
    outer = mail("Forwarded", PARAGRAPHS[0])
    outer.add_attachment(mail("Inner", PARAGRAPHS[2]))
    file = imported(outer)
    assert not file.skipped
    assert [(one.title, one.text) for one in file.articles] == [
        ("Forwarded", PARAGRAPHS[0]),
        ("Inner", PARAGRAPHS[2]),
    ]


def test_a_mail_attached_with_a_name_is_read() -> None:
    outer = mail("Forwarded", PARAGRAPHS[0])
    outer.add_attachment(mail("Inner", PARAGRAPHS[2]), filename="inner.eml")
    assert [one.title for one in imported(outer).articles] == ["Forwarded", "Inner"]


def test_a_part_without_a_name_is_read_by_its_type() -> None:
    outer = mail("Story", PARAGRAPHS[0])
    outer.add_attachment(page(title="Attached").encode(), "text", "html")
    outer.add_attachment(b"\x89PNG", "image", "png")
    file = imported(outer)
    assert [one.title for one in file.articles] == ["Story", "Attached"]
    assert not file.skipped


def test_the_foot_of_a_mailing_list_is_no_article() -> None:
    outer = mail("Story", PARAGRAPHS[0])
    outer.add_attachment("____\nPress list\nhttps://example.org/list\n", disposition="inline")
    file = imported(outer)
    assert [one.title for one in file.articles] == ["Story"]
    assert "no sentence" in file.skipped[0].reason


@pytest.mark.parametrize(
    "opening",
    [
        "On Tue, 2 Jul 2024 at 10:00, Bo Li <bo@example.org> wrote:",
        "On Tue, 2 Jul 2024 at 10:00, Bo Li <bo@example.org>\nwrote:",
        "Am 02.07.2024 um 10:00 schrieb Bo Li:",
        "Le 2 juillet 2024, Bo Li a écrit :\n",
    ],
)
def test_the_mail_that_is_answered_is_no_part_of_the_answer(opening: str) -> None:
    file = imported(mail("Re: Harbour", f"{PARAGRAPHS[0]}\n\n{opening}\n{QUOTED}\n"))
    assert file.articles[0].text.strip() == PARAGRAPHS[0]
    assert any("Is the harbour closed?" in one.text for one in file.dropped)


def test_points_marked_like_quotations_stay() -> None:
    text = f"{PARAGRAPHS[0]}\n\nThe 3 quays are these:\n> East\n> West\n> North"
    assert imported(mail("Quays", text)).articles[0].text.strip() == text


def archived(headers: dict[str, str], page_headers: dict[str, str]) -> EmailMessage:
    """A page and its picture in one file, as browsers save them and newsletters are sent."""
    message = EmailMessage()
    message["From"], message["Subject"] = "<Saved by Blink>", "Crane falls"
    message["Date"] = "Sun, 1 Feb 2026 10:00:00 -0000"
    for name, value in headers.items():
        message[name] = value
    message.set_content(page(), subtype="html")
    message.add_related(b"\x89PNG", "image", "png")
    for name, value in page_headers.items():
        next(message.iter_parts())[name] = value
    return message


ADDRESS = "https://example.org/crane"


@pytest.mark.parametrize(
    ("headers", "page_headers"),
    [
        ({"Snapshot-Content-Location": ADDRESS}, {}),
        ({}, {"Content-Location": ADDRESS}),
        ({"Snapshot-Content-Location": ADDRESS}, {"Content-Location": ADDRESS}),
    ],
)
def test_a_page_was_not_published_on_the_day_it_was_saved(
    headers: dict[str, str], page_headers: dict[str, str]
) -> None:
    (article,) = imported(archived(headers, page_headers)).articles
    assert (article.url, article.published) == (ADDRESS, None)


def test_a_newsletter_was_published_on_the_day_it_was_sent() -> None:
    (article,) = imported(archived({}, {})).articles
    assert article.published == date(2026, 2, 1)


def with_html(body: str) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["Subject"] = "Ann Ek <ann@example.org>", "Story"
    message.set_content(body, subtype="html")
    return message


def test_what_is_attached_to_a_page_without_an_article_is_read() -> None:
    outer = with_html("<div>See attached</div>")
    outer.add_attachment("\n\n".join(PARAGRAPHS), filename="story.txt")
    file = imported(outer)
    (article,) = file.articles
    assert PARAGRAPHS[1] in article.text
    assert [one.where for one in file.skipped] == ["the text of the mail"]


def test_a_page_without_an_article_is_refused_once() -> None:
    (skipped,) = imported(with_html("<div>See you</div>")).skipped
    assert "no article was found" in skipped.reason
