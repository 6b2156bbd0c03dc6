"""Documents of word processors: what was changed in them, what is in boxes, lists and tables."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from corpus.article import Article
from corpus.importer import Importer
from tests.corpus.documents import odt_of_body

DRAFT = "The mayor took a bribe, said a draft that was deleted."


def imported(name: str, content: bytes) -> Article:
    file = Importer().read_content(name, content)
    assert not file.skipped
    (article,) = file.articles
    return article


def saved(document: Any, title: str) -> Article:
    file = BytesIO()
    document.core_properties.title = title
    document.save(file)
    return imported("a.docx", file.getvalue())


def word(document: Any) -> str:
    return saved(document, "Bridge").text


def with_inner(before: str, inner: str, after: str) -> str:
    """A Word document of one paragraph with some XML between two runs."""
    document = docx.Document()
    paragraph = document.add_paragraph(before)
    # The prefix is declared on the outermost element alone.
    opening, _, rest = inner.partition(">")
    spaced = f"{opening.rstrip('/')} {nsdecls('w')}{'/' if opening.endswith('/') else ''}>{rest}"
    paragraph._p.append(parse_xml(spaced))
    paragraph.add_run(after)
    return word(document)


@pytest.mark.parametrize(
    ("inner", "read"),
    [
        ("<w:ins w:id='1' w:author='e'><w:r><w:t>not </w:t></w:r></w:ins>", "not "),
        ("<w:moveTo w:id='1' w:author='e'><w:r><w:t>not </w:t></w:r></w:moveTo>", "not "),
        ("<w:del w:id='1' w:author='e'><w:r><w:delText>soon </w:delText></w:r></w:del>", ""),
        ("<w:moveFrom w:id='1' w:author='e'><w:r><w:t>soon </w:t></w:r></w:moveFrom>", ""),
        ("<w:sdt><w:sdtContent><w:r><w:t>not </w:t></w:r></w:sdtContent></w:sdt>", "not "),
        (
            "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:t>Type here"
            "</w:t></w:r></w:sdtContent></w:sdt>",
            "",
        ),
        ("<w:smartTag w:element='x'><w:r><w:t>not </w:t></w:r></w:smartTag>", "not "),
        ("<w:fldSimple w:instr='x'><w:r><w:t>not </w:t></w:r></w:fldSimple>", "not "),
        ("<w:hyperlink w:anchor='x'><w:r><w:t>not </w:t></w:r></w:hyperlink>", "not "),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>secretly </w:t></w:r>", ""),
        ("<w:r><w:t>re</w:t><w:noBreakHyphen/><w:t>open and </w:t></w:r>", "re-open and "),
    ],
)
def test_a_sentence_reads_as_word_shows_it(inner: str, read: str) -> None:
    inner = inner.replace("<w:t>", "<w:t xml:space='preserve'>")
    text = with_inner("The council voted to ", inner, "close the bridge.")
    assert text == f"The council voted to {read}close the bridge."


def test_paragraphs_in_content_controls_are_read_and_a_list_of_contents_is_not() -> None:
    document = docx.Document()
    document.add_paragraph("The council voted on Monday.")
    for gallery in ("Quick Parts", "Table of Contents"):
        control = parse_xml(
            f"<w:sdt {nsdecls('w')}><w:sdtPr><w:docPartObj><w:docPartGallery w:val='{gallery}'/>"
            "</w:docPartObj></w:sdtPr><w:sdtContent><w:p><w:r><w:t>The work begins in March."
            "</w:t></w:r></w:p></w:sdtContent></w:sdt>"
        )
        document.element.body.insert(-1, control)
    assert word(document) == "The council voted on Monday.\n\nThe work begins in March."


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next() -> None:
    document = docx.Document()
    first = document.add_paragraph("The council voted ")
    end = f"<w:rPr {nsdecls('w')}><w:del w:id='1' w:author='e'/></w:rPr>"
    first._p.get_or_add_pPr().append(parse_xml(end))
    document.add_paragraph("to close the bridge.")
    assert word(document) == "The council voted to close the bridge."


def test_equal_cells_are_two_and_merged_cells_one() -> None:
    document = docx.Document()
    document.add_paragraph("The seats of the parties are these.")
    table = document.add_table(rows=3, cols=3)
    for row, words in zip(
        table.rows, (("Seats", "", "2024"), ("Greens", "12", "12"), ("Reds", "9", "")), strict=True
    ):
        for cell, written in zip(row.cells, words, strict=True):
            cell.text = written
    table.cell(0, 0).merge(table.cell(0, 1))
    table.cell(1, 2).merge(table.cell(2, 2))
    rows = "Seats | 2024\nGreens | 12 | 12\nReds | 9 | 12"
    assert word(document) == f"The seats of the parties are these.\n\n{rows}"


def test_points_of_a_list_are_marked_and_headings_are_not() -> None:
    document = docx.Document()
    document.add_heading("What it costs", 2)
    document.add_paragraph("Two quays are rebuilt", style="List Bullet")
    document.add_paragraph("One crane is bought", style="List Number")
    assert word(document) == (
        "What it costs\n\n- Two quays are rebuilt\n\n- One crane is bought"
    )  # fmt: skip


SENTENCE = "The council voted on Monday to close the old bridge for two years."


@pytest.mark.parametrize(
    ("blocks", "given", "title"),
    [
        ([("Bridge closes", "Title"), (SENTENCE, "Normal")], "Press release template", None),
        ([("Bridge closes", "Heading 1"), (SENTENCE, "Normal")], "Press release template", None),
        ([("2 July", "Normal"), ("Bridge closes", "Title"), (SENTENCE, "Normal")], "Old", None),
        ([("Bridge closes", "Title"), (SENTENCE, "Normal")], "", None),
        ([("Bridge closes", "Normal"), (SENTENCE, "Normal")], "Bridge  closes", None),
        ([("News", "Heading 1"), ("Bridge closes", "Normal"), (SENTENCE, "Normal")],
         "Bridge closes", None),
        ([(SENTENCE, "Normal"), ("Background", "Heading 1")], "Bridge closes", "Bridge closes"),
        ([(SENTENCE, "Normal")], "Bridge closes", "Bridge closes"),
    ],
)  # fmt: skip
def test_the_title_is_the_one_that_the_document_says(
    blocks: list[tuple[str, str]], given: str, title: str | None
) -> None:
    document = docx.Document()
    for text, style in blocks:
        document.add_paragraph(text, style=style)
    article = saved(document, given)
    assert article.title == (title or "Bridge closes")
    assert SENTENCE in article.text
    assert "Bridge closes" not in article.text
    assert ("Background" in article.text) == any(text == "Background" for text, _ in blocks)


def test_an_open_document_without_drafts_comments_and_footnotes() -> None:
    article = imported(
        "a.odt",
        odt_of_body(
            "<text:tracked-changes><text:changed-region><text:deletion>"
            f"<text:p>{DRAFT}</text:p></text:deletion></text:changed-region></text:tracked-changes>"
            "<text:h>Council closes the old bridge</text:h>"
            "<text:p>The council voted on Monday<text:note><text:note-citation>1"
            "</text:note-citation><text:note-body><text:p>By the minutes.</text:p>"
            "</text:note-body></text:note> to close the bridge<office:annotation>"
            "<dc:creator>Ed</dc:creator><text:p>Check this!</text:p></office:annotation>, "
            "its chair <text:span>Anna<text:s/>Berg</text:span> said.</text:p>"
            "<text:p><draw:frame><draw:text-box><text:p>The bridge in May.</text:p>"
            "</draw:text-box></draw:frame>It was built in 1931.</text:p>"
        ),
    )
    assert article.title == "Council closes the old bridge"
    assert article.text.split("\n\n")[-3:] == [
        "The council voted on Monday to close the bridge, its chair Anna Berg said.",
        "It was built in 1931.",
        "The bridge in May.",
    ]
    assert "bribe" not in article.text
