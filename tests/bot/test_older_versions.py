"""Versions of one address that come in any order: the later day counts, the older is history."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.composition import Parts, compose
from bot.indexing import bring_in_line
from bot.librarian import Added
from bot.settings import Settings
from corpus.article import Article
from tests.corpus.documents import page

ADDRESS = "https://gazette.example/ferry"


def saved(day: str, found: str, updated: str = "") -> bytes:
    """The ferry's page as it was saved on a day."""
    changed = f"<meta property='article:modified_time' content='{updated}'>" if updated else ""
    head = (
        f"<link rel='canonical' href='{ADDRESS}'>"
        f"<meta property='article:published_time' content='{day}'>{changed}"
    )
    text = [
        f"The ferry was searched for a whole night, and {found} was found, its captain said.",
        "Passengers of the ferry waited in the hall of the port until the morning.",
        "The company paid each of the two hundred passengers forty crowns.",
    ]
    return page(title="Ferry is searched", paragraphs=text, head=head).encode()


@pytest.fixture
def parts(tmp_path: Path, model_cache: Path) -> Iterator[Parts]:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "models").symlink_to(model_cache, target_is_directory=True)
    (tmp_path / "articles").mkdir()
    made = compose(Settings(data=tmp_path / "data", articles=(tmp_path / "articles",)))
    yield made
    made.close()


def add(parts: Parts, name: str, content: bytes) -> Added:
    return asyncio.run(parts.librarian.add_file(name, content))


def stored(parts: Parts, article_id: str) -> Article:
    article = parts.store.article(article_id)
    assert article is not None
    return article


def test_an_older_page_added_later_becomes_history(parts: Parts) -> None:
    (article_id,) = add(parts, "new.html", saved("2024-07-05", "an anchor")).article_ids
    older = add(parts, "old.html", saved("2024-07-02", "nothing"))
    assert (older.article_ids, older.already_there) == ((), (article_id,))
    (told,) = older.skipped
    assert "older version (2024-07-02)" in told
    assert "2024-07-05 stays" in told
    assert [one.reason for one in older.read[0].skipped] == [told.removeprefix("old.html: ")]
    article = stored(parts, article_id)
    assert "an anchor" in article.text
    assert (str(article.published), str(article.updated)) == ("2024-07-02", "2024-07-05")

    again = add(parts, "old.html", saved("2024-07-02", "nothing"))
    assert again.skipped == older.skipped
    assert len(list((parts.settings.articles[0] / "added").iterdir())) == 2

    bring_in_line(parts, parts.settings.articles, rebuild=True)
    rebuilt = stored(parts, article_id)
    assert (rebuilt.text, rebuilt.published) == (article.text, article.published)


def test_an_update_is_later_than_the_first_day_alone(parts: Parts) -> None:
    add(parts, "a.html", saved("2024-07-02", "an anchor", updated="2024-07-06"))
    (article_id,) = add(parts, "b.html", saved("2024-07-04", "nothing")).already_there
    assert "an anchor" in stored(parts, article_id).text


def test_a_later_page_replaces_the_earlier(parts: Parts) -> None:
    (article_id,) = add(parts, "old.html", saved("2024-07-02", "nothing")).article_ids
    later = add(parts, "new.html", saved("2024-07-05", "an anchor"))
    assert (later.article_ids, later.skipped) == ((article_id,), ())
    assert "an anchor" in stored(parts, article_id).text


def test_without_a_day_the_one_added_last_counts(parts: Parts) -> None:
    def undated(found: str) -> bytes:
        line = {"title": "Ferry is searched", "url": ADDRESS, "text": f"Divers found {found}."}
        return json.dumps(line).encode()

    (article_id,) = add(parts, "one.json", undated("an anchor")).article_ids
    assert add(parts, "two.json", undated("nothing")).article_ids == (article_id,)
    assert "nothing" in stored(parts, article_id).text


def test_the_same_words_with_an_earlier_day_are_a_correction(parts: Parts) -> None:
    add(parts, "one.html", saved("2024-07-05", "an anchor"))
    (article_id,) = add(parts, "one.html", saved("2024-07-02", "an anchor")).article_ids
    assert str(stored(parts, article_id).published) == "2024-07-02"


def test_of_two_versions_in_one_file_the_older_is_named(parts: Parts) -> None:
    lines = [
        {"title": "Ferry", "url": ADDRESS, "date": day, "text": f"Divers found {found}."}
        for day, found in (("2024-07-05", "an anchor"), ("2024-07-02", "nothing"))
    ]
    content = "\n".join(map(json.dumps, lines)).encode()
    added = add(parts, "both.jsonl", content)
    (article_id,) = added.article_ids
    assert "an anchor" in stored(parts, article_id).text
    assert sum("older version" in one for one in added.skipped) == 1
