"""Feeds and sitemaps that administrators send as a link, from a real server on this machine."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from typing import ClassVar

import pytest

from bot.telegram.texts import ENGLISH, RUSSIAN
from tests.corpus.documents import page, rss
from tests.corpus.sites import serving, sitemap
from tests.telegram.bot_process import BotProcess
from tests.telegram.botapi.person import Person
from tests.telegram.botapi.world import Json
from tests.telegram.conftest import PAPER_HOST

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.usefixtures("bot")]

BRIDGES = ("Alder", "Birch", "Cedar")
GONE = "gone"


def bridge(name: str) -> bytes:
    text = [
        f"The {name} bridge over the Torne was closed for {len(name)} weeks, the province said.",
        f"Lorries of the {name} quarry take the long way round by the village of {name}by.",
        f"The {name} bridge was built by {name} & Sons, who have sent nobody to look at it.",
    ]
    return page(title=f"{name} bridge over the Torne is closed", paragraphs=text).encode()


class Paper(BaseHTTPRequestHandler):
    """A paper with a feed, a sitemap, a dead link, and a page that waits until it may come.

    While it waits it sends white space: a server that falls silent is given up sooner.
    """

    held: ClassVar[threading.Event] = threading.Event()

    def do_GET(self) -> None:
        here = f"http://{self.headers['host']}"
        place, _, name = self.path.strip("/").partition("/")
        links = [f"{here}/{place}/{one}" for one in (*BRIDGES, GONE)]
        if name == "feed":
            self.answer(200, rss([(one, one, "x") for one in links]))
        elif name == "sitemap.xml":
            self.answer(200, sitemap("urlset", "url", *links))
        elif name in BRIDGES:
            body = bridge(name).replace(b"Torne", place.encode())
            if name == BRIDGES[-1]:
                self.answer_when_let(body)
            else:
                self.answer(200, body)
        else:
            self.answer(404, b"not here")

    def answer_when_let(self, body: bytes) -> None:
        self.send_response(200)
        self.end_headers()
        while not self.held.wait(1.0):
            self.wfile.write(b" ")
        self.wfile.write(body)

    def answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:
        """Silence."""


@pytest.fixture
def paper() -> Iterator[str]:
    Paper.held.set()
    with serving(Paper, PAPER_HOST, PAPER_HOST) as address:
        yield address


async def last_word(administrator: Person, progress: Json, word: str) -> list[str]:
    await administrator.world.until(lambda: word in progress["text"])
    text: str = progress["text"]
    return text.split("\n\n")


async def test_the_articles_of_a_feed_are_added_named_and_asked(
    bot: BotProcess, administrator: Person, paper: str
) -> None:
    Paper.held.clear()
    sent = administrator.says(f"{paper}/Torne/feed")
    [progress] = await administrator.reads(sent)
    fetching = ENGLISH.administration.fetching.format(url=f"{paper}/Torne/feed")
    # The seconds that it takes are told behind it, on a slow machine at once.
    assert progress["text"].startswith(fetching)
    pages = ENGLISH.administration.pages_read.format(count=len(BRIDGES) - 1)
    await administrator.world.until(lambda: progress["text"].endswith(pages))
    seconds = progress["text"].removeprefix(fetching).removesuffix(pages)
    assert seconds.removesuffix(" s").strip().isdigit()
    Paper.held.set()

    blocks = await last_word(administrator, progress, "sked")
    assert blocks[0].startswith("Articles added: 3, in ")
    assert {block.split(" ")[0] for block in blocks[1:4]} == set(BRIDGES)
    assert f"{paper}/Torne/{GONE}" in blocks[4]
    assert blocks[5].startswith(ENGLISH.administration.tried.partition("{")[0])
    assert len(administrator.heard(administrator.chat, sent)) == 1
    answer = await Person(bot.api).asks("Who built the Birch bridge over the Torne?")
    assert "Birch & Sons" in answer["text"]

    [again] = await administrator.reads(administrator.says(f"{paper}/Torne/feed"))
    assert (await last_word(administrator, again, "Already"))[0] == (
        ENGLISH.administration.already_there.format(count=3)
    )


async def test_the_pages_of_a_sitemap_are_added_for_a_russian_administrator(
    russian_administrator: Person, paper: str
) -> None:
    own = RUSSIAN.administration
    sent = russian_administrator.says(f"{paper}/Kemi/sitemap.xml")
    [progress] = await russian_administrator.reads(sent)
    tried = own.tried.partition("{")[0]
    blocks = await last_word(russian_administrator, progress, tried)
    assert blocks[0].startswith(own.added.partition(",")[0].format(count=3))
    assert f"{paper}/Kemi/{GONE}" in "".join(blocks)
