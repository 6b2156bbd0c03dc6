"""Administrators add articles by sending a file or a link."""

from __future__ import annotations

import re
import time
from collections.abc import Awaitable, Callable

import structlog
from telegram import Update
from telegram.constants import FileSizeLimit
from telegram.error import BadRequest
from telegram.ext import MessageHandler, filters

from bot.engine import Inquiry
from bot.librarian import Added
from bot.telegram.render import messages
from bot.telegram.rich_text import plain
from bot.telegram.sending import edit, place_of, say, send
from bot.telegram.services import Context, Handler, Services, Speaker, speaker_of
from bot.telegram.texts import Texts
from corpus.errors import OnRecordError

log = structlog.get_logger(__name__)

LINK_ALONE = re.compile(r"^\s*https?://\S+\s*$", re.IGNORECASE)
MEGABYTE = 1_000_000
SKIPPED_SHOWN = 5


class Additions:
    """Takes files and links, shows progress, and proves that the article can be asked."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def handlers(self) -> list[Handler]:
        """Private messages only: what is posted in a group is not meant for the collection."""
        private = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE
        return [
            MessageHandler(private & filters.Document.ALL, self.file),
            MessageHandler(private & filters.Regex(LINK_ALONE), self.link),
        ]

    async def file(self, update: Update, context: Context) -> None:
        """A document that was sent to the bot."""
        speaker = speaker_of(update, self._services)
        if speaker is None or not (document := speaker.message.document):
            return
        if not await self._may(context, speaker):
            return
        texts = speaker.texts.administration
        name = document.file_name or "article.txt"
        limit = int(FileSizeLimit.FILESIZE_DOWNLOAD)
        too_big = texts.too_big.format(megabytes=limit // MEGABYTE)
        if (document.file_size or 0) > limit:
            await say(context.bot, place_of(speaker.message), too_big)
            return
        begun = time.perf_counter()
        progress = await say(
            context.bot, place_of(speaker.message), texts.receiving.format(name=name)
        )
        try:
            source = await context.bot.get_file(document.file_id)
            content = bytes(await source.download_as_bytearray())
        except BadRequest as refusal:
            reason = too_big if "too big" in refusal.message.lower() else refusal.message
            await self._report(context, speaker, progress, reason)
            return
        await self._add(
            context,
            speaker,
            progress,
            begun,
            lambda: self._services.librarian.add_file(name, content),
        )

    async def link(self, update: Update, context: Context) -> None:
        """A message that is nothing but an address."""
        speaker = speaker_of(update, self._services)
        if speaker is None or not await self._may(context, speaker):
            return
        url = (speaker.message.text or "").strip()
        begun = time.perf_counter()
        progress = await say(
            context.bot,
            place_of(speaker.message),
            speaker.texts.administration.fetching.format(url=url),
        )
        await self._add(
            context, speaker, progress, begun, lambda: self._services.librarian.add_link(url)
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
        progress: int,
        begun: float,
        add: Callable[[], Awaitable[Added]],
    ) -> None:
        """Carry out one import and say how it went."""
        texts = speaker.texts.administration
        try:
            added = await add()
            lines = _added_lines(added, texts=speaker.texts)
            if added.article_ids:
                await self._report(context, speaker, progress, "\n".join(lines))
                lines.append(await self._try(added.article_ids[0], begun, speaker.texts))
        except OnRecordError as trouble:
            log.info("telegram.not_added", kind=type(trouble).__name__)
            lines = [texts.failed.format(reason=trouble)]
        await self._report(context, speaker, progress, "\n".join(lines))

    async def _try(self, article_id: str, begun: float, texts: Texts) -> str:
        """Ask the new article for its own title, as a reader would find it."""
        article = await self._services.engine.article(article_id)
        if article is None:
            return texts.administration.no_such_article.format(id=article_id)
        inquiry = Inquiry(
            text=article.title or article.text[:100], article_ids=frozenset({article_id})
        )
        answer = (await self._services.engine.ask(inquiry)).answer
        seconds = f"{time.perf_counter() - begun:.1f}"
        if answer.answered:
            return texts.administration.tried.format(seconds=seconds)
        return texts.administration.tried_unanswered.format(seconds=seconds)

    async def _report(self, context: Context, speaker: Speaker, progress: int, text: str) -> None:
        """Put the outcome where the progress was, or below where that is gone."""
        first, *others = messages([plain(text)])
        place = place_of(speaker.message)
        if not await edit(context.bot, speaker.chat.id, progress, first):
            others.insert(0, first)
        await send(context.bot, place, others)


def _added_lines(added: Added, texts: Texts) -> list[str]:
    """What an import brought, line by line."""
    own = texts.administration
    lines = []
    if added.article_ids:
        seconds = f"{added.seconds:.1f}"
        lines.append(own.added.format(count=len(added.article_ids), seconds=seconds))
    elif added.already_there:
        lines.append(own.already_there)
    lines += [own.skipped.format(reason=reason) for reason in added.skipped[:SKIPPED_SHOWN]]
    if len(added.skipped) > SKIPPED_SHOWN:
        lines.append(own.skipped.format(reason=f"+{len(added.skipped) - SKIPPED_SHOWN}"))
    return lines or [own.failed.format(reason="0")]
