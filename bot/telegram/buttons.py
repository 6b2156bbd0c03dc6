"""The buttons under an answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from telegram import Bot as TelegramBot
from telegram import CallbackQuery, Message, Update
from telegram.ext import CallbackQueryHandler

from bot.feedback import Verdict
from bot.telegram.following_quotes import following_quotes
from bot.telegram.keyboards import (
    BAD,
    CONTEXT,
    GOOD,
    MORE,
    OPEN,
    Press,
    answer_keyboard,
    read_press,
)
from bot.telegram.render import (
    RenderedMessage,
    answer_messages,
    context_block,
    messages,
    understanding,
)
from bot.telegram.replacing import put_in_place
from bot.telegram.rich_text import BOLD, ITALIC, plain
from bot.telegram.sending import Place, acknowledge, edit_buttons, send, send_file
from bot.telegram.services import Context, Handler, Services, conversation_id
from bot.telegram.shown_answers import ShownAnswer
from bot.telegram.texts import LANGUAGES, Texts
from corpus.article import Article
from retrieval.answer import Quote

VERDICTS: dict[str, Verdict] = {GOOD: "good", BAD: "bad"}
LONGEST_FILE_NAME = 60


class Buttons:
    """Context, More, Open article and the verdicts."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def handlers(self) -> list[Handler]:
        """One handler for every button under an answer."""
        actions = "|".join((CONTEXT, MORE, OPEN, GOOD, BAD))
        return [CallbackQueryHandler(self.pressed, pattern=f"^({actions}):")]

    async def pressed(self, update: Update, context: Context) -> None:
        """Find the answer that the button belongs to, and do what it says."""
        query = update.callback_query
        if query is None:
            return
        press = read_press(query.data or "")
        async with self._services.shown.lock(press.subject):
            await self._carry_out(press, query, context.bot)

    async def _carry_out(self, press: Press, query: CallbackQuery, bot: TelegramBot) -> None:
        texts = await self._services.texts(query.from_user)
        shown = await self._services.thread.run(self._services.shown.get, press.subject)
        if shown is None or query.message is None or query.message.chat.id != shown.chat:
            await acknowledge(query, texts.answer.expired, alert=True)
            return
        if press.action in VERDICTS:
            await self._rate(query, bot, shown, press.action, texts)
            return
        if not shown.shown_in:
            # The process ended between sending the answer and writing that down.
            shown = replace(shown, shown_in=(query.message.message_id,))
        own = LANGUAGES.get(shown.language, texts)
        show = {CONTEXT: self._toggle_context, MORE: self._show_more}.get(
            press.action, self._send_article
        )
        if not await show(query, bot, shown, own):
            await acknowledge(query, texts.answer.article_gone, alert=True)

    async def _rate(
        self, query: CallbackQuery, bot: TelegramBot, shown: ShownAnswer, verdict: str, texts: Texts
    ) -> None:
        """Keep the verdict; in private the button shows it."""
        user = f"telegram:{query.from_user.id}"
        limits = shown.limits.fields()
        await self._services.thread.run(
            self._services.feedback.rate,
            shown.token,
            user,
            VERDICTS[verdict],
            shown.visible,
            limits,
        )
        await acknowledge(query, texts.answer.thanks)
        if shown.chat == query.from_user.id and query.message:
            voted = replace(shown, voted=verdict)
            await self._services.keep(voted)
            markup = answer_keyboard(voted, LANGUAGES.get(shown.language, texts))
            await edit_buttons(bot, shown.chat, query.message.message_id, markup)

    async def _articles(self, quotes: Sequence[Quote]) -> list[Article | None]:
        """The article of each quote; None where it is no longer what was quoted."""
        articles: list[Article | None] = []
        for quote in quotes:
            article = await self._services.engine.article(quote.article.id)
            same = article is not None and article.content_hash == quote.article.content_hash
            articles.append(article if same else None)
        return articles

    async def _toggle_context(
        self, query: CallbackQuery, bot: TelegramBot, shown: ShownAnswer, texts: Texts
    ) -> bool:
        """Show the sentences around, in place, or the answer alone again.

        False where the article of any quote has changed: its sentences are no longer there.
        """
        found = await self._articles(shown.passages)
        articles = [article for article in found if article is not None]
        if len(articles) < len(found):
            return False
        await acknowledge(query)
        turned = replace(shown, in_context=not shown.in_context)
        wanted = (
            _in_context(shown, articles, texts)
            if turned.in_context
            else answer_messages(shown.visible, texts, shown.limits)
        )
        markup = answer_keyboard(turned, texts)
        place = _below(shown, query)
        shown_in = await put_in_place(bot, place, shown.shown_in, wanted, markup)
        await self._services.keep(replace(turned, shown_in=shown_in))
        return True

    async def _show_more(
        self, query: CallbackQuery, bot: TelegramBot, shown: ShownAnswer, texts: Texts
    ) -> bool:
        """The next quotes as an answer of their own, below.

        Quotes whose article has changed are passed over; False where no others are left.
        """
        rest = shown.answer.quotes[shown.shown :]
        articles = await self._articles(rest)
        sound = [quote for quote, article in zip(rest, articles, strict=True) if article]
        if rest and not sound:
            return False
        await acknowledge(query)
        if not rest:
            await self._take_more_away(bot, shown, texts)
            return True
        wanted = shown.wanted or await self._services.quotes_for(query.from_user)
        following = following_quotes(shown, sound, wanted)
        exhausted = replace(
            shown,
            answer=replace(
                shown.answer,
                quotes=shown.answer.quotes[: shown.shown],
                notes=shown.visible.notes,
            ),
        )
        said = answer_messages(following.visible, texts, shown.limits)
        async with self._services.shown.lock(following.token):
            await self._services.keep(following)
            sent = await send(bot, _below(shown, query), said, answer_keyboard(following, texts))
            await self._services.keep(replace(following, shown_in=sent))
            # Only now: what could not be sent is still there for another press.
            await self._services.keep(exhausted)
        if shown.turn:
            conversation = conversation_id(shown.user, shown.chat)
            quotes = following.visible.quotes
            await self._services.engine.showed(conversation, str(shown.turn), quotes)
        await self._take_more_away(bot, exhausted, texts)
        return True

    async def _take_more_away(self, bot: TelegramBot, shown: ShownAnswer, texts: Texts) -> None:
        """Show under an answer that there is nothing more to it."""
        if shown.shown_in:
            markup = answer_keyboard(shown, texts)
            await edit_buttons(bot, shown.chat, shown.shown_in[-1], markup)

    async def _send_article(
        self, query: CallbackQuery, bot: TelegramBot, shown: ShownAnswer, texts: Texts
    ) -> bool:
        """The first quote's article, without an address, as a text file; False where it changed."""
        [article] = await self._articles(shown.passages[:1]) or [None]
        if article is None:
            return False
        await acknowledge(query)
        name = "".join(c if c.isalnum() or c in " -_" else " " for c in article.title)
        name = " ".join(name.split())[:LONGEST_FILE_NAME] or "article"
        content = f"{article.title}\n\n{article.text}".encode("utf-8", "replace")
        await send_file(bot, _below(shown, query), f"{name}.txt", content)
        return True


def _below(shown: ShownAnswer, query: CallbackQuery) -> Place:
    """Where what a button brings is written: as a reply to the answer, in its topic."""
    message = query.message
    topic = None
    if isinstance(message, Message) and message.is_topic_message:
        topic = message.message_thread_id
    return Place(
        chat=shown.chat,
        topic=topic,
        reply_to=shown.shown_in[-1] if shown.shown_in else None,
    )


def _in_context(shown: ShownAnswer, articles: list[Article], texts: Texts) -> list[RenderedMessage]:
    """Every passage on the screen among the sentences around it."""
    blocks = [
        context_block(quote, article, texts)
        for quote, article in zip(shown.passages, articles, strict=True)
    ]
    if not shown.answer.answered:
        said = plain(texts.answer.not_said).styled(BOLD)
        blocks = [said, plain(texts.answer.nearest).styled(ITALIC), *blocks]
    blocks = understanding(shown.answer, texts, shown.limits) + blocks
    return messages(blocks)
