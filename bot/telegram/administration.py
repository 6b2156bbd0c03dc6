"""What administrators see and do: articles, removal, index, status, feedback."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from telegram import InlineKeyboardMarkup, Update
from telegram.ext import CallbackQueryHandler, CommandHandler, filters

from bot.feedback import Feedback
from bot.librarian import Job
from bot.telegram.keyboards import (
    KEEP,
    PAGE,
    REMOVE,
    page_keyboard,
    read_press,
    removal_keyboard,
)
from bot.telegram.render import RenderedMessage, rendered
from bot.telegram.rich_text import BOLD, CODE, RichText, joined, plain
from bot.telegram.sending import Place, acknowledge, edit, place_of, say, send, send_file
from bot.telegram.services import Bot, Context, Handler, Services, Speaker, speaker_of
from bot.telegram.shortening import shortened
from bot.telegram.texts import Texts
from bot.telegram.troubles import in_detail
from corpus.errors import OnRecordError
from index.store import ArticleSummary, Filter

CHANGING = frozenset({"remove", "reindex"})
PAGE_SIZE = 10
PROGRESS_SECONDS = 2.0
LONGEST_OFFSET = 9
"""Digits: no collection has more articles, and the store takes no larger numbers."""
LONGEST_TITLE = 80
LONGEST_OUTLET = 40
LONGEST_ID = 100
LONGEST_REASON = 500

Action = Callable[[Context, Speaker], Awaitable[None]]
Command = Callable[[Update, Context], Coroutine[Any, Any, None]]


class Administration:
    """Commands that only administrators may use."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def handlers(self) -> list[Handler]:
        """The commands and their buttons."""
        actions: dict[str, Action] = {
            "articles": self._articles,
            "remove": self._remove,
            "reindex": self._reindex,
            "status": self._status,
            "feedback": self._feedback,
        }
        commands: list[Handler] = [
            CommandHandler(name, self._guarded(name, act), filters=filters.UpdateType.MESSAGE)
            for name, act in actions.items()
        ]
        pressed = CallbackQueryHandler(self.pressed, pattern=f"^({REMOVE}|{KEEP}|{PAGE}):")
        return [*commands, pressed]

    async def pressed(self, update: Update, context: Context) -> None:
        """A button under one of these messages; others may see it but not use it."""
        query = update.callback_query
        if query is None or query.message is None:
            return
        texts = await self._services.texts(query.from_user)
        if not self._services.access.rules(query.from_user.id):
            await acknowledge(query, texts.refusal.administrators_only, alert=True)
            return
        press = read_press(query.data or "")
        chat, message_id = query.message.chat.id, query.message.message_id
        if press.action == PAGE and press.subject.isdecimal():
            await acknowledge(query)
            page = await self._page(int(press.subject[:LONGEST_OFFSET]), texts)
            await edit(context.bot, chat, message_id, *page)
            return
        article_id = await self._services.thread.run(
            self._services.confirmations.take, press.subject
        )
        if article_id is None:
            await acknowledge(query, texts.refusal.expired_button, alert=True)
            return
        await acknowledge(query)
        outcome = texts.administration.kept
        if press.action == REMOVE:
            outcome = await self._carry_out_removal(article_id, texts)
        await edit(context.bot, chat, message_id, RenderedMessage(outcome))

    def _guarded(self, name: str, action: Action) -> Command:
        """The action for administrators, a polite refusal for everybody else."""

        async def guarded(update: Update, context: Context) -> None:
            speaker = await speaker_of(update, self._services)
            if speaker is None:
                return
            if self._services.access.rules(speaker.user.id):
                await action(context, speaker)
            else:
                own = speaker.texts.refusal
                refusal = own.administrators_only if name in CHANGING else own.for_administrators
                await say(context.bot, place_of(speaker.message), refusal)

        return guarded

    async def _articles(self, context: Context, speaker: Speaker) -> None:
        """/articles: what is indexed, page by page."""
        text, markup = await self._page(0, speaker.texts)
        await send(context.bot, place_of(speaker.message), [text], markup)

    async def _page(
        self, offset: int, texts: Texts
    ) -> tuple[RenderedMessage, InlineKeyboardMarkup | None]:
        """Those from `offset` on, or the last page where there are not so many any more."""
        engine = self._services.engine
        articles, total = await engine.articles(Filter(), offset, PAGE_SIZE)
        if total and not articles:
            offset = (total - 1) // PAGE_SIZE * PAGE_SIZE
            articles, total = await engine.articles(Filter(), offset, PAGE_SIZE)
        if not articles:
            return RenderedMessage(texts.guide.empty), None
        heading = texts.administration.articles.format(
            first=offset + 1, last=offset + len(articles), total=total
        )
        lines = [plain(heading).styled(BOLD), *(_line(article, texts) for article in articles)]
        return rendered(joined(lines, "\n\n")), page_keyboard(offset, PAGE_SIZE, total)

    async def _remove(self, context: Context, speaker: Speaker) -> None:
        """/remove ID: asked back before anything is removed."""
        texts = speaker.texts.administration
        article_id = " ".join(context.args or ())
        place = place_of(speaker.message)
        if not article_id:
            await say(context.bot, place, texts.remove_usage)
            return
        article = await self._services.engine.article(article_id)
        if article is None:
            await say(
                context.bot,
                place,
                texts.no_such_article.format(id=shortened(article_id, LONGEST_ID)),
            )
            return
        token = await self._services.thread.run(
            self._services.confirmations.ask, speaker.user.id, article_id
        )
        question = plain(texts.remove_confirm.format(title=shortened(article.title, LONGEST_TITLE)))
        await send(context.bot, place, [rendered(question)], removal_keyboard(token, speaker.texts))

    async def _carry_out_removal(self, article_id: str, texts: Texts) -> str:
        article = await self._services.engine.article(article_id)
        try:
            removed = await self._services.librarian.remove(article_id)
        except OnRecordError as trouble:
            return texts.administration.failed.format(reason=in_detail(trouble, texts))
        if not removed:
            return texts.administration.no_such_article.format(id=shortened(article_id, LONGEST_ID))
        title = shortened(article.title, LONGEST_TITLE) if article else article_id
        return plain(texts.administration.removed.format(title=title)).text

    async def _reindex(self, context: Context, speaker: Speaker) -> None:
        """/reindex, or /reindex rebuild: started here, followed in the background."""
        rebuild = "rebuild" in (context.args or ())
        job = await self._services.librarian.start_index(rebuild=rebuild)
        place = place_of(speaker.message)
        message_id = await say(context.bot, place, _job_text(job, speaker.texts))
        context.application.create_task(
            self._follow(context.application, place, message_id, job, speaker.texts)
        )

    async def _follow(
        self, application: Bot, place: Place, message_id: int, job: Job, texts: Texts
    ) -> None:
        """Show the progress of a run until it ends, or its process or the bot does."""
        shown = job
        while application.running and shown.state in {"queued", "running"}:
            await asyncio.sleep(PROGRESS_SECONDS)
            now = self._services.librarian.job(job.id)
            if now is None:
                return
            if now != shown:
                shown = now
                message = RenderedMessage(_job_text(now, texts))
                await edit(application.bot, place.chat, message_id, message)

    async def _status(self, context: Context, speaker: Speaker) -> None:
        """/status: counts, generation, model, what works less well, the index run."""
        status = await self._services.engine.status()
        waiting = await self._services.thread.run(self._services.inbox.waiting)
        texts = speaker.texts.administration
        lines = [
            texts.status.format(
                articles=status.articles,
                passages=status.passages,
                generation=status.generation,
                last_sync=status.last_sync or "–",
                model=status.embedder_key or "–",
                waiting=max(0, waiting - 1),  # without this command
            )
        ]
        if status.degraded:
            reason = speaker.texts.reason(status.degraded)
            lines.append(texts.degraded.format(reason=reason))
        job = self._services.librarian.job()
        if job:
            lines.append(_job_text(job, speaker.texts))
        await say(context.bot, place_of(speaker.message), "\n".join(lines))

    async def _feedback(self, context: Context, speaker: Speaker) -> None:
        """/feedback: counts, and the ratings as a file of evaluation questions."""
        texts = speaker.texts.administration
        feedback = self._services.feedback
        good, bad = await self._services.thread.run(feedback.counts)
        place = place_of(speaker.message)
        if not good + bad:
            await say(context.bot, place, texts.no_feedback)
            return
        content = await self._services.thread.run(_evaluation_file, feedback)
        caption = texts.feedback.format(up=good, down=bad)
        await send_file(context.bot, place, "questions.jsonl", content, caption)


def _evaluation_file(feedback: Feedback) -> bytes:
    """A line of JSON for each rating."""
    lines = [
        json.dumps(line, ensure_ascii=False)
        for line in feedback.evaluation_questions(undecided=True)
    ]
    return "\n".join([*lines, ""]).encode("utf-8", "replace")


def _line(article: ArticleSummary, texts: Texts) -> RichText:
    """Id (to be copied with a tap), date, outlet and title."""
    outlet = shortened(article.source or texts.answer.unnamed_outlet, LONGEST_OUTLET)
    about = f"{texts.date(article.published)} · {outlet} · {article.passages}"
    return (
        plain(shortened(article.title, LONGEST_TITLE) or texts.answer.untitled)
        + plain("\n")
        + plain(about)
        + plain("\n")
        + plain(article.id).styled(CODE)
    )


def _job_text(job: Job, texts: Texts) -> str:
    """How far a run has come."""
    own = texts.administration
    if job.state == "failed":
        return own.index_failed.format(reason=shortened(texts.reason(job.message), LONGEST_REASON))
    template = own.index_done if job.state == "done" else own.index_running
    return template.format(
        articles=job.articles, passages=job.passages, rate=round(job.passages_per_second)
    )
