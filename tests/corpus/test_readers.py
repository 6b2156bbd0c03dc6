"""Every reader, on a real document of its format."""

from __future__ import annotations

import bz2
import gzip
import json
import lzma
from collections.abc import Callable
from datetime import date
from email.message import EmailMessage
from io import BytesIO

import docx
import pypdf
import pytest
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from corpus.article import Article
from corpus.imported import ImportedFile
from corpus.importer import Importer
from tests.corpus.documents import PARAGRAPHS, TITLE, epub, odt, page, pdf


def imported(name: str, content: bytes | str) -> ImportedFile:
    raw = content.encode() if isinstance(content, str) else content
    return Importer().read_content(name, raw)


def only(name: str, content: bytes | str) -> Article:
    file = imported(name, content)
    assert not file.skipped
    (article,) = file.articles
    return article


def flat(text: str) -> str:
    return " ".join(text.split())


def test_plain_text_with_its_title_byline_and_date() -> None:
    article = only("a.txt", f"{TITLE}\n\nBy Ann Ek\nJuly 2, 2024\n\n" + "\n\n".join(PARAGRAPHS))
    assert (article.title, article.author) == (TITLE, "Ann Ek")
    assert article.published == date(2024, 7, 2)
    assert article.text == "\n\n".join(PARAGRAPHS)
    assert article.language == "en"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings(encoding: str) -> None:
    text = "\n\n".join(PARAGRAPHS)
    assert only("a.txt", text.encode(encoding)).text == text


RUSSIAN = (
    "Гавань закрыли в понедельник: в воду упал кран, сообщили власти порта. Никто не пострадал, "
    "но два судна не смогли выйти."
)
FRENCH = (
    "Le port a été fermé lundi après la chute d'une grue dans l'eau, ont annoncé les autorités. "
    "Personne n'a été blessé, mais deux navires n'ont pas pu partir."
)
POLISH = (
    "Port zamknięto w poniedziałek, gdy żuraw wpadł do wody, poinformowały władze. Nikt nie "
    "został ranny, ale dwa statki nie mogły wypłynąć."
)
JAPANESE = (
    "港は月曜日に閉鎖された。クレーンが海に落ちたためだと港湾当局は発表した。"
    "けが人はいなかったが、二隻の船が出港できなかった。"
)


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1251", RUSSIAN),
        ("koi8-r", RUSSIAN),
        ("iso8859-5", RUSSIAN),
        ("utf-16-le", RUSSIAN),
        ("utf-16-be", FRENCH),
        ("utf-32", RUSSIAN),
        ("latin-1", FRENCH),
        ("cp1250", POLISH),
        ("iso8859-2", POLISH),
        ("shift-jis", JAPANESE),
        ("euc-jp", JAPANESE),
    ],
)
def test_old_encodings_are_detected(encoding: str, text: str) -> None:
    assert only("a.txt", text.encode(encoding)).text == text


@pytest.mark.parametrize("encoding", ["windows-1251", "koi8-r", "utf-8"])
def test_a_page_in_the_encoding_that_it_names(encoding: str) -> None:
    written = page(title="Кран упал", paragraphs=[RUSSIAN] * 2).replace("utf-8", encoding)
    assert RUSSIAN in only("a.html", written.encode(encoding)).text


def test_markdown_with_front_matter() -> None:
    article = only(
        "a.md",
        "---\nid: x-1\ntitle: The: crane\nsource: Gazette\nauthor: [Ann Ek, Bo Li]\n"
        "date: 2024-07-02\nurl: https://Example.org/a?utm_source=x#top\n---\n\n".replace(
            "The: crane", '"The: crane"'
        )
        + PARAGRAPHS[0],
    )
    assert (article.id, article.title, article.author) == ("x-1", "The: crane", "Ann Ek, Bo Li")
    assert (article.source, article.published) == ("Gazette", date(2024, 7, 2))
    assert article.url == "https://example.org/a"
    assert article.text == PARAGRAPHS[0]


def test_json_lines_keep_their_text_and_ids() -> None:
    text = "  Two  spaces stay.\n\nAs does this line. "
    lines = [
        {"id": "rt1", "title": "One", "date": "2022-05-16", "source": "cnn.com", "text": text},
        {"headline": "Two", "published_at": "2022-06-01T10:00:00Z", "outlet": "AP", "body": text,
         "link": "https://example.org/2", "author": {"name": "Ann Ek"}},
    ]  # fmt: skip
    file = imported("a.jsonl", "\n".join(map(json.dumps, lines)) + "\n{broken\n[1]\n")
    first, second = file.articles
    assert (first.id, first.source, first.text) == ("rt1", "cnn.com", text)
    assert (second.title, second.source, second.author) == ("Two", "AP", "Ann Ek")
    assert second.published == date(2022, 6, 1)
    assert [one.where for one in file.skipped] == ["line 3", "line 4"]


@pytest.mark.parametrize(
    ("ending", "pack"),
    [(".gz", gzip.compress), (".xz", lzma.compress), (".bz2", bz2.compress)],
)
def test_packed_json(ending: str, pack: object) -> None:
    assert callable(pack)
    content = json.dumps({"articles": [{"title": "One", "text": PARAGRAPHS[0]}]}).encode()
    assert only(f"a.json{ending}", pack(content)).text == PARAGRAPHS[0]


def test_html_page_without_its_surroundings() -> None:
    head = (
        '<meta property="og:site_name" content="Port Essling Gazette">'
        '<meta name="author" content="Ann Ek">'
        '<meta property="article:published_time" content="2024-07-02T08:00:00+02:00">'
        '<link rel="canonical" href="https://example.org/news/crane">'
    )
    table = (
        "<table><tr><th>Quay</th><th>State</th></tr><tr><td>East</td><td>closed</td></tr></table>"
    )
    article = only("a.html", page(head=head, extra=table))
    assert (article.title, article.author) == (TITLE, "Ann Ek")
    assert (article.source, article.published) == ("Port Essling Gazette", date(2024, 7, 2))
    assert article.url == "https://example.org/news/crane"
    for paragraph in PARAGRAPHS:
        assert paragraph in article.text.split("\n")
    assert "newsletter" not in article.text.lower()
    assert "All rights" not in article.text
    assert "East | closed" in article.text


def wrapped(text: str, width: int = 72) -> list[str]:
    import textwrap

    return textwrap.wrap(text, width)


def test_pdf_with_running_heads_and_wrapped_lines() -> None:
    bodies = [f"{town} is next. {PARAGRAPHS[0]} {town} waits." for town in ("Orm", "Ulm", "Elm")]
    pages = [
        ["Port Essling Gazette", *wrapped(body.replace("Monday", f"day {number}")), str(number)]
        for number, body in enumerate(bodies, start=1)
    ]
    article = only("a.pdf", pdf(pages))
    for number, body in enumerate(bodies, start=1):
        assert body.replace("Monday", f"day {number}") in article.text
    assert "Port Essling Gazette" not in article.text
    assert "\n2\n" not in article.text


def laid_out(draw: Callable[[Canvas], None]) -> bytes:
    file = BytesIO()
    canvas = Canvas(file, pagesize=A4, pageCompression=1)
    draw(canvas)
    canvas.save()
    return file.getvalue()


def test_pdf_of_a_layout_program_in_two_columns() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setTitle(TITLE)
        canvas.setFont("Times-Bold", 20)
        canvas.drawString(60, 780, TITLE)
        for column, paragraph in enumerate(PARAGRAPHS[:2]):
            lines = canvas.beginText(60 + 250 * column, 740)
            lines.setFont("Times-Roman", 11)
            for line in wrapped(paragraph.translate({0x201C: '"', 0x201D: '"'}), 40):
                lines.textLine(line)
            canvas.drawText(lines)

    article = only("a.pdf", laid_out(draw))
    assert article.title == TITLE
    assert article.text.split("\n\n") == [
        one.translate({0x201C: '"', 0x201D: '"'}) for one in PARAGRAPHS[:2]
    ]


def test_pdf_of_scanned_pages_says_so() -> None:
    scan = Image.new("L", (60, 80), 200)
    pages = laid_out(lambda canvas: canvas.drawInlineImage(scan, 0, 0, 595, 842))
    for content in (pages, pdf([[]])):
        (skipped,) = imported("a.pdf", content).skipped
        assert "OCR" in skipped.reason


def test_pdf_with_a_password_says_so() -> None:
    writer = pypdf.PdfWriter(clone_from=BytesIO(pdf([list(PARAGRAPHS)])))
    writer.encrypt("secret", algorithm="RC4-128")
    locked = BytesIO()
    writer.write(locked)
    (skipped,) = imported("a.pdf", locked.getvalue()).skipped
    assert "password" in skipped.reason


def test_word_document_with_a_table() -> None:
    document = docx.Document()
    document.add_heading(TITLE, 1)
    for paragraph in PARAGRAPHS:
        document.add_paragraph(paragraph)
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "East", "closed"
    document.core_properties.author = "Ann Ek"
    file = BytesIO()
    document.save(file)
    article = only("a.docx", file.getvalue())
    assert (article.title, article.author) == (TITLE, "Ann Ek")
    assert article.text == "\n\n".join([*PARAGRAPHS, "East | closed"])


def test_open_document() -> None:
    article = only("a.odt", odt(TITLE, PARAGRAPHS))
    assert (article.title, article.author) == (TITLE, "Ann Ek")
    assert article.text == "\n\n".join([*PARAGRAPHS, "- A point"])


def test_epub_gives_an_article_for_each_chapter() -> None:
    first, second = imported(
        "a.epub", epub({TITLE: PARAGRAPHS, "Other": PARAGRAPHS[::-1]})
    ).articles
    assert (first.title, second.title) == (TITLE, "Other")
    assert (first.source, first.published) == ("The Quarterly", date(2024, 3, 1))
    assert first.text == "\n\n".join(PARAGRAPHS)


def test_mail_with_an_attachment() -> None:
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "Ann Ek <ann@example.org>", TITLE
    mail["Date"] = "Tue, 02 Jul 2024 10:00:00 +0200"
    mail.set_content("\n\n".join(PARAGRAPHS) + "\n-- \nAnn Ek\nGazette\n")
    mail.add_attachment(page(title="Attached").encode(), "text", "html", filename="../page.html")
    first, second = imported("a.eml", bytes(mail)).articles
    assert (first.title, first.author, first.published) == (TITLE, "Ann Ek", date(2024, 7, 2))
    assert flat(first.text) == flat("\n\n".join(PARAGRAPHS))
    assert second.title == "Attached"


def test_saved_web_archive() -> None:
    archive = EmailMessage()
    archive["From"], archive["Subject"] = "<Saved by Blink>", TITLE
    archive["Snapshot-Content-Location"] = "https://example.org/crane"
    archive.set_content(page(), subtype="html")
    article = only("a.mhtml", bytes(archive))
    assert (article.title, article.url) == (TITLE, "https://example.org/crane")
    assert PARAGRAPHS[1] in article.text
