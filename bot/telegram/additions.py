"""Administrators add articles by sending a file or a link."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import partial

import structlog
from telegram import Update
from telegram.constants import FileSizeLimit
from telegram.error import BadRequest, InvalidToken, NetworkError
from telegram.ext import MessageHandler, filters

from bot.engine import Inquiry
from bot.librarian import Added
from bot.telegram.added_articles import ARTICLES_SHOWN, added_blocks
from bot.telegram.receiving import received
from bot.telegram.render import messages
from bot.telegram.rich_text import RichText, plain
from bot.telegram.sending import edit, place_of, say, send
from bot.telegram.services import Context, Handler, Services, Speaker, speaker_of
from bot.telegram.texts import Texts
from bot.telegram.texts.catalogue import AdministrationTexts
from bot.telegram.ticking import ticking
from bot.telegram.troubles import in_detail
from corpus.article import Article
from corpus.errors import OnRecordError

log = structlog.get_logger(__name__)

LINK_ALONE = re.compile(r"^\s*https?://\S+\s*$", re.IGNORECASE)
MEGABYTE = 1_000_000
FOLLOWING_SECONDS = 20.0
"""So long a reader may take to see what was stored; it follows in the background."""
FOLLOWING_PAUSE = 0.1


@dataclass(slots=True)
class _Adding:
    """An import under way: the line that says so, the message it stands in, since when.

    `begun` is of `time.perf_counter`, `pages` how many pages of a feed or sitemap have come.
    """

    line: str
    progress: int
    begun: float
    pages: int = 0

    def fetched(self, pages: int) -> None:
        """So many pages have come."""
        self.pages = pages

    def so_far(self, seconds: int, texts: AdministrationTexts) -> str:
        """How far it has come after so many seconds."""
        pages = texts.pages_read.format(count=self.pages) if self.pages else ""
        return self.line + texts.still_at_it.format(seconds=seconds) + pages


class Additions:
    """Takes files and links, shows progress, and proves that the article can be asked."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def handlers(self) -> list[Handler]:
        """Private messages only: what is posted in a group is not meant for the collection.

        Under the file of somebody else a caption is a question.
        """
        private = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE
        meant = filters.User(self._services.access.administrators) | ~filters.CAPTION
        return [
            MessageHandler(private & filters.Document.ALL & meant, self.file),
            MessageHandler(private & filters.Regex(LINK_ALONE), self.link),
        ]

    async def file(self, update: Update, context: Context) -> None:
        """A document that was sent to the bot."""
        speaker = await speaker_of(update, self._services)
        if speaker is None or not (document := speaker.message.document):
            return
        if not await self._may(context, speaker):
            return
        texts = speaker.texts.administration
        name = document.file_name or "article.txt"
        reading = texts.receiving.format(name=name)
        limit = int(FileSizeLimit.FILESIZE_DOWNLOAD)
        too_big = texts.too_big.format(megabytes=limit // MEGABYTE)
        if (document.file_size or 0) > limit:
            await say(context.bot, place_of(speaker.message), too_big)
            return
        begun = time.perf_counter()
        progress = await say(context.bot, place_of(speaker.message), reading)
        try:
            content = await received(context.bot, document.file_id)
        except BadRequest as refusal:
            reason = too_big if "too big" in refusal.message.lower() else refusal.message
            await self._report(context, speaker, progress, [plain(reason)])
            return
        except (NetworkError, InvalidToken) as error:
            log.warning("telegram.not_received", kind=type(error).__name__)
            await self._report(context, speaker, progress, [plain(texts.not_received)])
            return
        adding = _Adding(reading, progress, begun)
        await self._add(
            context, speaker, adding, lambda: self._services.librarian.add_file(name, content)
        )

    async def link(self, update: Update, context: Context) -> None:
        """A message that is nothing but an address."""
        speaker = await speaker_of(update, self._services)
        if speaker is None or not await self._may(context, speaker):
            return
        url = (speaker.message.text or "").strip()
        begun = time.perf_counter()
        fetching = speaker.texts.administration.fetching.format(url=url)
        progress = await say(context.bot, place_of(speaker.message), fetching)
        adding = _Adding(fetching, progress, begun)
        await self._add(
            context,
            speaker,
            adding,
            lambda: self._services.librarian.add_link(url, adding.fetched),
        )

    async def _may(self, context: Context, speaker: Speaker) -> bool:
        """Whether this person may change the collection; told politely where not."""
        if self._services.access.rules(speaker.user.id):
            return True
        refusal = speaker.texts.refusal.administrators_only
        await say(context.bot, place_of(speaker.message), refusal)
        return False

    async def _add(
        self,
        context: Context,
        speaker: Speaker,
        adding: _Adding,
        add: Callable[[], Awaitable[Added]],
    ) -> None:
        """Carry out one import and say how it goes and went."""
        texts = speaker.texts
        line = partial(adding.so_far, texts=texts.administration)
        try:
            async with ticking(context.bot, speaker.chat.id, adding.progress, line):
                added = await add()
            articles = await self._arrived(added.article_ids[:ARTICLES_SHOWN])
            blocks = added_blocks(added, articles, texts)
            if articles:
                await self._report(context, speaker, adding.progress, blocks)
                blocks.append(plain(await self._try(articles[0], adding.begun, texts)))
        except OnRecordError as trouble:
            log.info("telegram.not_added", kind=type(trouble).__name__)
            reason = in_detail(trouble, texts)
            blocks = [plain(texts.administration.failed.format(reason=reason))]
        await self._report(context, speaker, adding.progress, blocks)

    async def _arrived(self, article_ids: Sequence[str]) -> list[Article]:
        """The new articles, once what answers has followed what was stored."""
        until = time.monotonic() + FOLLOWING_SECONDS
        while True:
            found = [await self._services.engine.article(one) for one in article_ids]
            if all(found) or time.monotonic() > until:
                return [article for article in found if article]
            await asyncio.sleep(FOLLOWING_PAUSE)

    async def _try(self, article: Article, begun: float, texts: Texts) -> str:
        """Ask the new article for its own title, as a reader would find it."""
        inquiry = Inquiry(
            text=article.title or article.text[:100],
            article_ids=frozenset({article.id}),
            history=(),
        )
        answer = (await self._services.engine.ask(inquiry)).answer
        seconds = texts.tenths(time.perf_counter() - begun)
        if answer.answered:
            return texts.administration.tried.format(seconds=seconds)
        return texts.administration.tried_unanswered.format(seconds=seconds)

    async def _report(
        self, context: Context, speaker: Speaker, progress: int, blocks: list[RichText]
    ) -> None:
        """Put the outcome where the progress was, or below where that is gone."""
        first, *others = messages(blocks)
        place = place_of(speaker.message)
        if not await edit(context.bot, speaker.chat.id, progress, first):
            others.insert(0, first)
        await send(context.bot, place, others)
