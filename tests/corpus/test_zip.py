"""A ZIP of files of any format: each is an article, what belongs to none is left out."""

from __future__ import annotations

from corpus.importer import Importer
from tests.corpus.documents import PARAGRAPHS, TITLE, page, zipped
from tests.corpus.test_readers import imported


def test_files_of_a_zip_from_the_web_are_articles_of_their_own() -> None:
    content = zipped({"one.txt": PARAGRAPHS[0], "two.txt": PARAGRAPHS[1], "three.html": page()})
    file = Importer().read_content("a.zip", content, url="https://example.org/a.zip")
    assert len({article.id for article in file.articles}) == 3
    assert {article.url for article in file.articles} == {None}


def test_zip_of_several_formats() -> None:
    content = zipped(
        {
            "one.txt": PARAGRAPHS[0],
            "two/page.html": page(),
            "../../evil\n.txt": PARAGRAPHS[1],
            "__MACOSX/._one.txt": b"\x00\x05\x16",
            "photo.jpg": b"\xff\xd8\xff",
        }
    )
    file = imported("a.zip", content)
    assert len(file.articles) == 3
    (skipped,) = file.skipped
    assert skipped.where == "photo.jpg"


def test_what_belongs_to_a_saved_page_in_a_zip_is_no_article_of_its_own() -> None:
    content = zipped(
        {
            "saved/crane.html": page(),
            "saved/crane_files/advert.html": page(title="Advert"),
            "saved/crane_files/deep/frame.html": page(title="Frame"),
            "notes_files/note.html": page(title="Note"),
        }
    )
    file = imported("a.zip", content)
    assert [article.title for article in file.articles] == [TITLE, "Note"]
    assert not file.skipped
