"""The buttons under an answer."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace

from telegram import Bot as TelegramBot
from telegram import CallbackQuery, Update
from telegram.ext import CallbackQueryHandler

from bot.feedback import Verdict
from bot.telegram.keyboards import (
    BAD,
    CONTEXT,
    GOOD,
    MORE,
    OPEN,
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
from bot.telegram.rich_text import ITALIC, plain
from bot.telegram.sending import Place, acknowledge, edit, edit_buttons, send
from bot.telegram.services import Context, Handler, Services
from bot.telegram.shown_answers import ShownAnswer, new_token
from bot.telegram.texts import Texts
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
        texts = self._services.texts(query.from_user)
        press = read_press(query.data or "")
        shown = self._services.shown.get(press.subject)
        if shown is None:
            await acknowledge(query, texts.answer.expired, alert=True)
            return
        if press.action in VERDICTS:
            await self._rate(query, context.bot, shown, press.action, texts)
            return
        articles = await self._articles(shown.passages)
        if articles is None:
            await acknowledge(query, texts.answer.article_gone, alert=True)
            return
        await acknowledge(query)
        if press.action == CONTEXT:
            await self._toggle_context(context.bot, shown, articles, texts)
        elif press.action == MORE:
            await self._show_more(context.bot, shown, query, texts)
        else:
            await self._send_article(context.bot, shown, articles[0])

    async def _rate(
        self, query: CallbackQuery, bot: TelegramBot, shown: ShownAnswer, verdict: str, texts: Texts
    ) -> None:
        """Keep the verdict; in private the button shows it."""
        user = f"telegram:{query.from_user.id}"
        self._services.feedback.rate(shown.token, user, VERDICTS[verdict], shown.visible)
        await acknowledge(query, texts.answer.thanks)
        if shown.chat == query.from_user.id and query.message:
            markup = answer_keyboard(shown, texts, voted=verdict)
            await edit_buttons(bot, shown.chat, query.message.message_id, markup)

    async def _articles(self, quotes: Sequence[Quote]) -> list[Article] | None:
        """The article of each quote; None where one is no longer what was quoted."""
        articles = []
        for quote in quotes:
            article = await self._services.engine.article(quote.article.id)
            if article is None or article.content_hash != quote.article.content_hash:
                return None
            articles.append(article)
        return articles

    async def _toggle_context(
        self, bot: TelegramBot, shown: ShownAnswer, articles: list[Article], texts: Texts
    ) -> None:
        """Show the sentences around, in place, or the answer alone again."""
        turned = replace(shown, in_context=not shown.in_context)
        wanted = (
            _in_context(shown, articles, texts)
            if turned.in_context
            else answer_messages(shown.visible, texts)
        )
        place = Place(shown.chat, reply_to=shown.shown_in[-1] if shown.shown_in else None)
        if len(wanted) != len(shown.shown_in):
            # Too much for the messages that are there: it follows below them.
            await send(bot, place, wanted)
            return
        markup = answer_keyboard(turned, texts)
        for message_id, message in zip(shown.shown_in, wanted, strict=True):
            last = message_id == shown.shown_in[-1]
            if not await edit(bot, shown.chat, message_id, message, markup if last else None):
                await send(bot, place, wanted)
                return
        self._services.shown.put(turned)

    async def _show_more(
        self, bot: TelegramBot, shown: ShownAnswer, query: CallbackQuery, texts: Texts
    ) -> None:
        """The next quotes as an answer of their own, below."""
        rest = shown.answer.quotes[shown.shown :]
        if not rest:
            return
        following = replace(
            shown,
            token=new_token(),
            asked_in=None,
            shown_in=(),
            shown=self._services.quotes_for(query.from_user),
            answer=replace(shown.answer, quotes=rest, sides=(), notes=()),
            in_context=False,
        )
        exhausted = replace(
            shown, answer=replace(shown.answer, quotes=shown.answer.quotes[: shown.shown])
        )
        self._services.shown.put(exhausted)
        self._services.shown.put(following)
        place = Place(shown.chat, reply_to=shown.shown_in[-1] if shown.shown_in else None)
        wanted = answer_messages(following.visible, texts)
        sent = await send(bot, place, wanted, answer_keyboard(following, texts))
        self._services.shown.put(replace(following, shown_in=sent))
        if shown.shown_in:
            markup = answer_keyboard(exhausted, texts)
            await edit_buttons(bot, shown.chat, shown.shown_in[-1], markup)

    async def _send_article(self, bot: TelegramBot, shown: ShownAnswer, article: Article) -> None:
        """An article without an address comes as a text file."""
        name = "".join(c if c.isalnum() or c in " -_" else " " for c in article.title)
        name = " ".join(name.split())[:LONGEST_FILE_NAME] or "article"
        content = f"{article.title}\n\n{article.text}".encode("utf-8", "replace")
        await bot.send_document(shown.chat, io.BytesIO(content), filename=f"{name}.txt")


def _in_context(shown: ShownAnswer, articles: list[Article], texts: Texts) -> list[RenderedMessage]:
    """Every passage on the screen among the sentences around it."""
    blocks = [
        context_block(quote, article, texts)
        for quote, article in zip(shown.passages, articles, strict=True)
    ]
    if not shown.answer.answered:
        blocks.insert(0, plain(texts.answer.nearest).styled(ITALIC))
    blocks = understanding(shown.answer, texts) + blocks
    return messages(blocks)
