"""New versions and namesakes among what is added: nothing takes the place of something else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.composition import Parts
from tests.bot.own_collection import (
    add_file,
    add_text,
    files,
    indexed,
    own_collection,
    record,
    texts,
)
from tests.corpus.documents import page

URL = "https://news.example/border"
BORDER = "The border was closed on Monday, the ministry in Minsk said. It is 1,084 kilometres long."
REOPENED = "The border was opened again on Friday. Lorries waited in a queue of nine kilometres."
FERRY = "The ferry to Ostholm sank in the harbour. All of its 240 passengers were saved by divers."


@pytest.fixture
def parts(tmp_path: Path, model_cache: Path) -> Iterator[Parts]:
    with own_collection(tmp_path, model_cache) as made:
        yield made


def a_page() -> bytes:
    """The later version of the article as its page."""
    paragraphs = [REOPENED, "The queue of lorries ended on Saturday, said a driver from Brest."]
    head = f'<link rel="canonical" href="{URL}">'
    return page(title="Border opened", paragraphs=paragraphs, head=head).encode()


def test_a_page_takes_the_place_of_a_text_in_a_file_of_its_own(parts: Parts) -> None:
    (article_id,) = add_text(parts, "Border closed", BORDER, URL).article_ids
    again = add_file(parts, "border.html", a_page())
    assert (again.article_ids, again.skipped) == ((article_id,), ())
    assert files(parts) == ["border.html"]
    for rebuild in (False, True):
        indexed(parts, rebuild=rebuild)
        assert "queue of lorries" in texts(parts)[article_id]


def test_a_text_takes_the_place_of_a_file_of_another_kind(parts: Parts) -> None:
    story = f"---\ntitle: Border closed\nurl: {URL}\n---\n{BORDER}\n".encode()
    (article_id,) = add_file(parts, "story.md", story).article_ids
    assert add_text(parts, "Border opened", REOPENED, URL).article_ids == (article_id,)
    assert files(parts) == ["Border opened.json"]
    for rebuild in (False, True):
        indexed(parts, rebuild=rebuild)
        assert texts(parts) == {article_id: REOPENED}


def test_a_file_of_the_same_kind_is_written_over(parts: Parts) -> None:
    add_text(parts, "Border closed", BORDER, URL)
    add_text(parts, "Border opened", REOPENED, URL)
    assert files(parts) == ["Border closed.json"]
    assert [*texts(parts).values()] == [REOPENED]


def test_an_addition_that_broke_off_is_made_good_by_the_next(parts: Parts) -> None:
    (article_id,) = add_text(parts, "Border closed", BORDER, URL).article_ids
    (parts.settings.articles[0] / "added" / "border.html").write_bytes(a_page())
    indexed(parts)
    add_file(parts, "border.html", a_page())
    assert files(parts) == ["border.html"]
    assert "queue of lorries" in texts(parts)[article_id]


def test_a_packed_file_stays_readable_beside_its_namesake(parts: Parts) -> None:
    import gzip

    add_file(parts, "news.json.gz", gzip.compress(record("1", BORDER)))
    added = add_file(parts, "news.json.gz", gzip.compress(record("2", FERRY)))
    assert added.article_ids == ("2",)
    assert files(parts) == ["news-2.json.gz", "news.json.gz"]
    assert texts(parts) == {"1": BORDER, "2": FERRY}


def test_an_article_whose_id_is_taken_is_reported_under_its_own_and_kept_once(
    parts: Parts,
) -> None:
    assert add_file(parts, "a.json", record("1", BORDER)).article_ids == ("1",)
    (own,) = add_file(parts, "b.json", record("1", FERRY)).article_ids
    assert texts(parts) == {"1": BORDER, own: FERRY}
    again = add_file(parts, "b.json", record("1", FERRY))
    assert (again.article_ids, again.already_there) == ((), (own,))
    assert files(parts) == ["a.json", "b.json"]
    assert texts(parts) == {"1": BORDER, own: FERRY}


def test_a_new_version_of_an_article_whose_id_is_taken_takes_its_place(parts: Parts) -> None:
    add_file(parts, "a.json", record("1", BORDER))
    (own,) = add_file(parts, "b.json", record("1", FERRY, url=URL)).article_ids
    longer = f"{FERRY} Its captain was the last to leave."
    assert add_file(parts, "b.json", record("1", longer, url=URL)).article_ids == (own,)
    assert files(parts) == ["a.json", "b.json"]
    assert texts(parts) == {"1": BORDER, own: longer}
