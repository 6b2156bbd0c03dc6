"""Links end to end: a feed is followed, what was seen is skipped and said, what fails is named."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import ClassVar

import httpx
import pytest

from bot.composition import Parts, compose
from bot.librarian import Added
from bot.settings import Settings
from corpus.errors import ImportRefused
from index.store import Filter
from tests.corpus.documents import page, rss
from tests.corpus.sites import serving
from tests.http.serving import serving as serving_parts
from tests.patience import PATIENCE

NUMBERS = ("one", "two", "three")
REDIRECTED, GONE = "away", "gone"


def story(number: str, changed: str = "") -> str:
    """A page whose text no other page shares."""
    return page(
        title=f"Ferry number {number} is late {changed}",
        paragraphs=[
            f"The ferry {number} left Ostholm {number} hours late on Monday, its captain said.",
            f"Passengers of the {number} waited in hall {number}. {changed}",
            f"The company paid each of the {number} hundred passengers {number} crowns.",
        ],
        head='<meta property="article:published_time" content="'
        + ("2024-07-05" if changed else "2024-07-02")
        + '">',
    )


class Paper(BaseHTTPRequestHandler):
    """A newspaper with a feed of three stories, one of them behind a redirect, and a dead link."""

    asked: ClassVar[list[str]] = []
    changed: ClassVar[dict[str, str]] = {}

    def do_GET(self) -> None:
        self.asked.append(self.path)
        here = f"http://{self.headers['host']}"
        name = self.path.strip("/")
        if name == REDIRECTED:
            self.answer(302, b"", location="/three")
        elif name == "feed":
            names = ("one", "two", REDIRECTED, GONE)
            self.answer(200, rss([(one, f"{here}/{one}?utm_source=rss", "x") for one in names]))
        elif name in NUMBERS:
            self.answer(200, story(name, self.changed.get(name, "")).encode())
        else:
            self.answer(404, b"not here")

    def answer(self, status: int, body: bytes, location: str | None = None) -> None:
        self.send_response(status)
        self.send_header("content-length", str(len(body)))
        if location:
            self.send_header("location", location)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:
        """Silence."""


@pytest.fixture
def paper() -> Iterator[str]:
    Paper.asked.clear()
    Paper.changed.clear()
    with serving(Paper) as address:
        yield address.replace("news.example", "127.0.0.1")


@pytest.fixture
def parts(tmp_path: Path, model_cache: Path) -> Iterator[Parts]:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "models").symlink_to(model_cache, target_is_directory=True)
    (tmp_path / "articles").mkdir()
    made = compose(
        Settings(
            data=tmp_path / "data", articles=(tmp_path / "articles",), url_networks=("127.0.0.1",)
        )
    )
    yield made
    made.close()


def add(parts: Parts, url: str) -> Added:
    return asyncio.run(parts.librarian.add_link(url))


def test_a_feed_is_followed_and_what_was_seen_is_skipped(parts: Parts, paper: str) -> None:
    added = add(parts, f"{paper}/feed")
    assert len(added.article_ids) == 3
    assert added.already_there == ()
    (failed,) = added.skipped
    assert failed.startswith(f"{paper}/{GONE}: ")
    assert "404" in failed
    assert Paper.asked.count("/robots.txt") == 1
    stored, _ = parts.store.articles(Filter())
    assert {one.title for one in stored} == {f"Ferry number {one} is late" for one in NUMBERS}

    Paper.asked.clear()
    again = add(parts, f"{paper}/feed")
    assert again.article_ids == ()
    assert set(again.already_there) == set(added.article_ids)
    assert again.skipped == added.skipped
    # The redirected page too is known by the link that led to it.
    assert Paper.asked == ["/feed", f"/{GONE}"]


def test_a_feed_does_not_bring_back_what_was_removed(parts: Parts, paper: str) -> None:
    added = add(parts, f"{paper}/feed")
    for article_id in added.article_ids:
        assert asyncio.run(parts.librarian.remove(article_id))
    again = add(parts, f"{paper}/feed")
    assert (again.article_ids, again.already_there) == ((), ())
    assert sum("removed" in reason for reason in again.skipped) == 3
    assert len(add(parts, f"{paper}/one").article_ids) == 1


def test_a_feed_does_not_bring_back_a_page_that_was_added_by_itself(
    parts: Parts, paper: str
) -> None:
    for link in ("one", REDIRECTED):
        (article_id,) = add(parts, f"{paper}/{link}").article_ids
        assert asyncio.run(parts.librarian.remove(article_id))
    (kept,) = add(parts, f"{paper}/feed").article_ids
    two = parts.store.article(kept)
    assert two is not None
    assert two.title == "Ferry number two is late"
    again = add(parts, f"{paper}/feed")
    assert (again.article_ids, again.already_there) == ((), (kept,))
    assert sum("removed" in reason for reason in again.skipped) == 2
    (back,) = add(parts, f"{paper}/one").article_ids
    assert set(add(parts, f"{paper}/feed").already_there) == {kept, back}


def test_a_new_version_of_a_page_replaces_the_old_and_keeps_its_first_date(
    parts: Parts, paper: str
) -> None:
    (article_id,) = add(parts, f"{paper}/one").article_ids
    Paper.changed["one"] = "Divers found its anchor in the harbour of Elm."
    assert add(parts, f"{paper}/one").article_ids == (article_id,)
    article = parts.store.article(article_id)
    assert article is not None
    assert "anchor" in article.text
    assert (str(article.published), str(article.updated)) == ("2024-07-02", "2024-07-05")
    (kept,) = (parts.settings.articles[0] / "added").iterdir()
    assert json.loads(kept.read_text())["date"] == "2024-07-02"
    assert parts.store.status().articles == 1


def test_other_networks_and_the_switch(tmp_path: Path, parts: Parts, paper: str) -> None:
    public_only = compose(Settings(data=tmp_path / "d", articles=(tmp_path / "articles",)))
    with pytest.raises(ImportRefused, match="public"):
        add(public_only, f"{paper}/one")
    public_only.close()
    off = Settings(data=tmp_path / "d", articles=(tmp_path / "articles",), url_import=False)
    switched_off = compose(off)
    with pytest.raises(ImportRefused, match="switched off"):
        add(switched_off, f"{paper}/feed")
    switched_off.close()


def test_a_feed_over_http(parts: Parts, paper: str) -> None:
    with serving_parts(parts) as base:
        first = httpx.post(f"{base}/articles", json={"url": f"{paper}/feed"}, timeout=PATIENCE)
        again = httpx.post(f"{base}/articles", json={"url": f"{paper}/feed"}, timeout=PATIENCE)
    assert (first.status_code, again.status_code) == (201, 200)
    assert len(first.json()["article_ids"]) == 3
    assert set(again.json()["already_there"]) == set(first.json()["article_ids"])
    assert f"{paper}/{GONE}" in first.json()["skipped"][0]


def test_the_command_line_follows_a_feed_and_explains(parts: Parts, paper: str) -> None:
    own = {name: value for name, value in os.environ.items() if not name.startswith("ONRECORD_")}
    result = subprocess.run(
        [sys.executable, "-m", "bot.cli", "add", "--explain", f"{paper}/feed", f"{paper}/{GONE}"],
        env={
            **own,
            "ONRECORD_ARTICLES": str(parts.settings.articles[0]),
            "ONRECORD_DATA": str(parts.settings.data),
            "ONRECORD_URL_NETWORKS": "127.0.0.0/8",
            "COLUMNS": "200",
        },
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    lines = result.stdout.splitlines()
    assert sum(line.startswith("added ") for line in lines) == 3
    assert sum(line.startswith("skipped ") and "404" in line for line in lines) == 2
    assert any(line.endswith("Ferry number one is late") for line in lines)
    assert "  published: 2024-07-02" in lines
    assert "  dropped (not part of the article body): Sign up for our newsletter." in lines
