"""Greeting, help, and what there is to ask about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from telegram import Update
from telegram.ext import CommandHandler, MessageHandler, filters

from bot.telegram.addressing import is_inserted
from bot.telegram.render import linkable, messages
from bot.telegram.rich_text import BOLD, LINK, RichText, joined, plain
from bot.telegram.sending import place_of, say, send
from bot.telegram.services import Context, Handler, Services, Speaker, speaker_of
from bot.telegram.shortening import LONGEST_OUTLET, shortened
from bot.telegram.silences import is_in_other_language
from bot.telegram.texts import Texts
from corpus.article import Article
from index.store import ArticleSummary, Filter

LATEST_SHOWN = 10
INLINE = "inline"
"""What follows /start where somebody comes from an inline query."""


class Guide:
    """/start, /help, /sources, /latest, and what the bot cannot read."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def handlers(self) -> list[Handler]:
        """Commands."""
        new = filters.UpdateType.MESSAGE
        return [
            CommandHandler("start", self.start, filters=new),
            CommandHandler("help", self.help, filters=new),
            CommandHandler("sources", self.sources, filters=new),
            CommandHandler("latest", self.latest, filters=new),
        ]

    def last_handlers(self) -> list[Handler]:
        """For what nothing else has taken."""
        private = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE
        unreadable = ~filters.TEXT & ~filters.StatusUpdate.ALL
        return [
            MessageHandler(private & filters.COMMAND, self.unknown_command),
            MessageHandler(private & unreadable, self.unreadable),
        ]

    async def start(self, update: Update, context: Context) -> None:
        """Who this is, how to ask, and how much there is."""
        speaker = await speaker_of(update, self._services)
        if speaker is None:
            return
        texts = speaker.texts
        if context.args == [INLINE]:
            await say(context.bot, place_of(speaker.message), texts.guide.start_inline)
            return
        blocks = [plain(texts.guide.start), await self._collection(texts)]
        blocks += self._help(speaker)
        await self._say(context, speaker, blocks)

    async def help(self, update: Update, context: Context) -> None:
        """How to ask; for administrators also how to look after the collection."""
        speaker = await speaker_of(update, self._services)
        if speaker is None:
            return
        await self._say(context, speaker, self._help(speaker))

    def _help(self, speaker: Speaker) -> list[RichText]:
        blocks = [plain(speaker.texts.guide.help)]
        if self._services.access.rules(speaker.user.id):
            blocks.append(plain(speaker.texts.guide.admin_help))
        return blocks

    async def sources(self, update: Update, context: Context) -> None:
        """Outlets with their number of articles and first and last date."""
        speaker = await speaker_of(update, self._services)
        if speaker is None:
            return
        texts = speaker.texts
        engine = self._services.engine
        rows = await engine.sources()
        lines = [_outlet_line(*row, texts) for row in rows]
        unnamed = (await engine.status()).articles - sum(count for _, count, _, _ in rows)
        if unnamed > 0:
            lines.append(plain(f"{texts.answer.unnamed_outlet}: {unnamed}"))
        heading = plain(texts.guide.sources).styled(BOLD)
        table = [heading, joined(lines, "\n")] if lines else [plain(texts.guide.empty)]
        await self._say(context, speaker, table)

    async def latest(self, update: Update, context: Context) -> None:
        """The newest articles, with links."""
        speaker = await speaker_of(update, self._services)
        if speaker is None:
            return
        articles, _ = await self._services.engine.articles(Filter(), 0, LATEST_SHOWN)
        texts = speaker.texts
        heading = plain(texts.guide.latest).styled(BOLD)
        lines = [article_line(article, texts) for article in articles]
        await self._say(
            context, speaker, [heading, *lines] if lines else [plain(texts.guide.empty)]
        )

    async def unknown_command(self, update: Update, context: Context) -> None:
        """A command that does not exist."""
        speaker = await speaker_of(update, self._services)
        if speaker:
            await say(context.bot, place_of(speaker.message), speaker.texts.refusal.unknown_command)

    async def unreadable(self, update: Update, context: Context) -> None:
        """A photo, a voice message and the like; of an album the first, unless it has a caption."""
        speaker = await speaker_of(update, self._services)
        if speaker is None or is_inserted(speaker.message, context.bot):
            return
        if not self._services.albums.is_answered(speaker.message):
            await say(context.bot, place_of(speaker.message), speaker.texts.guide.text_only)

    async def _collection(self, texts: Texts) -> RichText:
        status = await self._services.engine.status()
        if not status.articles:
            return plain(texts.guide.empty)
        outlets = len(await self._services.engine.sources())
        told = texts.guide.collection.format(articles=status.articles, outlets=outlets)
        if await is_in_other_language(texts.code, self._services.engine):
            told += f"\n{texts.guide.english_only}"
        return plain(told)

    async def _say(self, context: Context, speaker: Speaker, blocks: Sequence[RichText]) -> None:
        await send(context.bot, place_of(speaker.message), messages(blocks))


def _outlet_line(
    outlet: str, count: int, first: date | None, last: date | None, texts: Texts
) -> RichText:
    """An outlet with its number of articles, and from when to when, or the one day."""
    name = shortened(outlet, LONGEST_OUTLET) or texts.answer.unnamed_outlet
    if first == last:
        return plain(f"{name}: {count}, {texts.date(first)}")
    days = {"first": texts.date(first), "last": texts.date(last)}
    return plain(texts.guide.outlet_line.format(outlet=name, count=count, **days))


def article_line(article: ArticleSummary | Article, texts: Texts) -> RichText:
    """Title as a link, outlet and date."""
    title = plain(shortened(article.title) or texts.answer.untitled)
    link = linkable(article.url)
    source = shortened(article.source or "", LONGEST_OUTLET)
    outlet = plain(source or texts.answer.unnamed_outlet)
    heading = title.styled(LINK, link) if link else title
    return heading + plain("\n") + joined([outlet, plain(texts.date(article.published))], " · ")
