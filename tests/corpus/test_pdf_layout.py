"""Paragraphs out of the lines of a PDF, and what stands around them on its pages."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from io import BytesIO

import pytest
from reportlab.lib.enums import TA_JUSTIFY
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle, getSampleStyleSheet
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph

from corpus.importer import Importer
from corpus.readers.pdf_hyphens import AT_LINE_END, resolved
from corpus.sentences import split_sentences
from tests.corpus.documents import PARAGRAPHS, TITLE

QUOTED = tuple(one.translate({0x201C: '"', 0x201D: '"'}) for one in PARAGRAPHS)
STYLES = {
    "space between": ParagraphStyle("a", fontSize=10, leading=12, spaceBefore=6),
    "indented": ParagraphStyle("b", fontSize=10, leading=12, firstLineIndent=12),
    "justified": ParagraphStyle(
        "c", fontSize=9, leading=11, firstLineIndent=10, alignment=TA_JUSTIFY
    ),
}


def set_in_columns(paragraphs: Sequence[str], columns: int, style: ParagraphStyle) -> bytes:
    file = BytesIO()
    document = BaseDocTemplate(file, pagesize=A4)
    width = (A4[0] - 100) / columns
    frames = [Frame(50 + one * width, 60, width - 8, A4[1] - 130) for one in range(columns)]
    document.addPageTemplates([PageTemplate("page", frames, onPage=head_and_foot)])
    title = Paragraph(TITLE, getSampleStyleSheet()["Title"])
    document.build([title, *(Paragraph(one, style) for one in paragraphs)])
    return file.getvalue()


def head_and_foot(canvas: Canvas, document: BaseDocTemplate) -> None:
    """Drawn before the page's text, as most programs do."""
    canvas.setFont("Helvetica", 8)
    canvas.drawString(50, A4[1] - 40, "Port Essling Gazette")
    canvas.drawString(280, 30, f"Page {document.page}")


def drawn(*pages: Sequence[tuple[int, str]]) -> bytes:
    """Pages of lines, each with its height on the page."""
    file = BytesIO()
    canvas = Canvas(file, pagesize=A4)
    for page in pages:
        for height, line in page:
            canvas.drawString(60, height, line)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def text_of(content: bytes) -> str:
    file = Importer().read_content("a.pdf", content)
    assert not file.skipped
    return file.articles[0].text


@pytest.mark.parametrize("columns", [1, 2, 3])
@pytest.mark.parametrize("style", STYLES)
def test_sentences_are_whole_over_lines_columns_and_pages(style: str, columns: int) -> None:
    towns = ("Orm", "Ulm", "Elm", "Alm", "Ilm", "Ems", "Aar", "Inn", "Lek", "Var", "Don", "Ob")
    paragraphs = [
        f"{town} was next after {other}. {QUOTED[number % 3]}"
        for number, (town, other) in enumerate(
            (town, other) for town in towns for other in towns if town > other
        )
    ]
    text = text_of(set_in_columns(paragraphs, columns, STYLES[style]))
    lines = text.split("\n")
    # Where a sentence ends with its column, nothing tells whether the paragraph does.
    sentences = [span.of(one) for one in paragraphs for span in split_sentences(one, "en")]
    assert not [one for one in sentences if not any(one in line for line in lines)]
    assert sum(one in lines for one in paragraphs) > 0.9 * len(paragraphs)
    assert "Page 1" not in text
    assert "Gazette" not in text


def test_running_heads_of_two_pages_and_numbers_alone_are_no_text() -> None:
    body = QUOTED[2]
    text = text_of(
        drawn(
            [(800, "Gazette, 2 July"), (30, "1"), (700, body)],
            [(800, "Gazette, 2 July"), (30, "2"), (700, "It begins on Friday.")],
        )
    )
    assert text == f"{body}\n\nIt begins on Friday."


@pytest.mark.parametrize(
    ("head", "foot"),
    [
        ("7/2/24, 3:58 PM Crane falls", "https://example.org/crane 1/1"),
        ("7/2/24, 3:58 PM Crane falls", "file:///home/ann/crane.html 1/1"),
        ("Crane falls https://example.org/crane", "1 of 1 02/07/2024, 15:58"),
    ],
)
def test_what_a_browser_prints_around_a_page_is_no_text(head: str, foot: str) -> None:
    assert text_of(drawn([(820, head), (15, foot), (700, QUOTED[2])])) == QUOTED[2]


def test_a_date_above_a_text_is_no_head_of_a_browser() -> None:
    file = Importer().read_content("a.pdf", drawn([(820, "2024-07-02, 15:58"), (700, QUOTED[2])]))
    assert str(file.articles[0].published) == "2024-07-02"


def test_lines_that_end_early_and_points_of_a_list_stay_lines() -> None:
    lines = ("Seats of the parties", "Greens 12", "Reds 9", "Independent members of the town 3",
             "Others 1", "1. Roads", "2. Bridges and quays", "3. Schools")  # fmt: skip
    text = text_of(drawn([(700 - 14 * row, line) for row, line in enumerate(lines)]))
    assert text.split("\n") == list(lines)


at_end = partial("{}\x02{}".format)


@pytest.mark.parametrize(
    ("first", "second", "around", "read"),
    [
        ("well", "known", "A well-known town.", "well-known"),
        ("environ", "mental", "Environmental rules.", "environmental"),
        ("governor", "elect", "", "governor-elect"),
        ("674", "mile", "", "674-mile"),
        ("Anglo", "Saxon", "", "Anglo-Saxon"),
    ],
)
def test_hyphens_at_line_ends(first: str, second: str, around: str, read: str) -> None:
    text = f"They say {at_end(first, second)} here. {around}"
    assert resolved(text, 40) == f"They say {read} here. {around}"


def test_a_layout_that_breaks_words_keeps_only_hyphens_between_words() -> None:
    text = (
        f"The envi{AT_LINE_END}ronment of the environment min{AT_LINE_END}ister, whose cost "
        f"plan of cutting was cost{AT_LINE_END}cutting, is in dan{AT_LINE_END}ger."
    )
    assert resolved(text, 12) == (
        "The environment of the environment minister, whose cost plan of cutting was "
        "cost-cutting, is in danger."
    )
