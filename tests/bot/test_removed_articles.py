"""What was removed stays removed, by whichever process."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.composition import Parts, compose
from bot.removed_articles import RemovedArticles
from bot.settings import Settings
from corpus.article import Article, content_hash
from corpus.errors import StoreUnavailable
from tests.bot.own_collection import add_file, indexed, own_collection, record, remove, texts

ROOT = Path(__file__).parents[2]
REMOVE = """
import sys
from pathlib import Path
from bot.removed_articles import RemovedArticles
from tests.bot.test_removed_articles import article
for number in range(20):
    RemovedArticles(Path(sys.argv[1])).add(article(f"{sys.argv[2]}-{number}", "News."))
"""
BORDER = (
    "The border was closed on Monday, the ministry in Minsk said. It is 1,084 kilometres long,"
    " and since spring lorries have waited there for up to nine days in queues of many kilometres."
)
FERRY = "The ferry to Ostholm sank in the harbour. All of its 240 passengers were saved by divers."


def article(article_id: str, text: str, url: str | None = None) -> Article:
    """An article as it is stored."""
    return Article(article_id, "News", text, content_hash("News", text), url=url)


@pytest.fixture
def parts(tmp_path: Path, model_cache: Path) -> Iterator[Parts]:
    with own_collection(tmp_path, model_cache) as made:
        yield made


def put(parts: Parts, name: str, content: bytes) -> Path:
    """A file in the article folder."""
    path = parts.settings.articles[0] / name
    path.write_bytes(content)
    return path


def test_processes_that_share_the_list_lose_nothing_of_each_other(tmp_path: Path) -> None:
    path = tmp_path / "shared" / "removed.txt"

    def run(name: str) -> None:
        command = [sys.executable, "-c", REMOVE, str(path), name]
        subprocess.run(command, cwd=ROOT, check=True)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(run, ["one", "other"]))
    assert len(RemovedArticles(path).ids()) == 40


def test_two_front_ends_may_name_one_list(tmp_path: Path) -> None:
    shared = tmp_path / "removed.txt"
    for name in ("first", "second"):
        parts = compose(Settings(data=tmp_path / name, removed=shared))
        parts.removed.add(article(name, "News."))
    assert RemovedArticles(shared).ids() == {"first", "second"}
    parts.removed.discard([article("first", "News.")], tmp_path / "first.json")
    assert RemovedArticles(shared).ids() == {"second"}


@pytest.mark.parametrize(
    "line", [b"b", b"\xff", b'{"url": "x"}', b'{"id": "b", "content_hash": "c", "signature": "ab"}']
)
def test_a_damaged_list_is_told(tmp_path: Path, line: bytes) -> None:
    path = tmp_path / "removed.txt"
    path.write_bytes(json.dumps("a").encode() + b"\n" + line + b"\n")
    with pytest.raises(StoreUnavailable, match="mend or delete it"):
        RemovedArticles(path).ids()


def test_a_list_of_ids_alone_is_read_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "removed.txt"
    path.write_text('"a"\n"b"\n', "utf-8")
    removed = RemovedArticles(path)
    removed.add(article("c", BORDER))
    assert removed.ids() == {"a", "b", "c"}
    assert removed.found(article("a", FERRY), tmp_path / "a.json") is not None
    removed.discard([article("a", FERRY)], tmp_path / "a.json")
    assert RemovedArticles(path).ids() == {"b", "c"}


def test_a_list_that_cannot_be_used_says_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "removed.txt"
    path.mkdir()
    with pytest.raises(StoreUnavailable, match="make it writable"):
        RemovedArticles(path).ids()
    path.rmdir()
    path.with_suffix(".lock").mkdir()
    removed = RemovedArticles(path)
    with pytest.raises(StoreUnavailable, match="make it writable"):
        removed.add(article("a", BORDER))
    # What nobody removed is let in whoever may change the list.
    removed.discard([article("a", BORDER)], tmp_path / "a.json")


@pytest.mark.parametrize("name", ["1", "another"])
def test_of_two_articles_of_one_id_just_the_removed_one_stays_away(parts: Parts, name: str) -> None:
    put(parts, "a.json", record("1", BORDER))
    put(parts, "b.json", record("1", FERRY))
    indexed(parts)
    before = texts(parts)
    gone = name if name in before else next(one for one in before if one != "1")
    left = [text for one, text in before.items() if one != gone]
    assert remove(parts, gone)
    for rebuild in (False, True):
        indexed(parts, rebuild=rebuild)
        assert [*texts(parts).values()] == left


def test_what_is_added_anew_brings_back_no_namesake(parts: Parts) -> None:
    put(parts, "a.json", record("1", BORDER))
    indexed(parts)
    assert remove(parts, "1")
    assert add_file(parts, "b.json", record("1", FERRY)).article_ids == ("1",)
    indexed(parts, rebuild=True)
    assert texts(parts) == {"1": FERRY}
    assert add_file(parts, "c.json", record("1", BORDER)).article_ids
    assert sorted(texts(parts).values()) == sorted([BORDER, FERRY])


def test_a_new_version_of_what_was_removed_is_told_once(parts: Parts) -> None:
    path = put(parts, "a.json", record("1", BORDER))
    put(parts, "b.json", record("2", FERRY))
    indexed(parts)
    assert remove(parts, "1")
    corrected = record("1", BORDER.replace("1,084", "1,111"))
    path.write_bytes(corrected)
    (told,) = indexed(parts).skipped
    assert "removed article" in told
    assert "onrecord add" in told
    assert indexed(parts).skipped == ()
    assert add_file(parts, path.name, corrected).article_ids == ("1",)
    assert "1,111" in texts(parts)["1"]
    assert indexed(parts).skipped == ()
