"""/proof: an answer as a file that anybody can verify, and what verifying it says now."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace

from telegram import Update
from telegram.ext import CommandHandler, filters

from bot.answer_json import answer_json
from bot.telegram.addressing import replied_to
from bot.telegram.sending import Place, place_of, say, send_file
from bot.telegram.services import Context, Handler, Services, Speaker, speaker_of
from bot.telegram.shown_answers import ShownAnswer
from bot.telegram.texts import Texts
from retrieval.answer import Answer
from retrieval.proof.proving import Finding, Verdict, failures

FILE_NAME = "answer.json"
LINES_SHOWN = 5
"""Quotes that do not stand, each named in a short line: Telegram takes captions of 1,024 units."""


class Proof:
    """Proves the answer that the command replies to, or else the person's last one in the chat."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def handlers(self) -> list[Handler]:
        """The command."""
        return [CommandHandler("proof", self.prove, filters=filters.UpdateType.MESSAGE)]

    async def prove(self, update: Update, context: Context) -> None:
        """Send the answer as JSON, with the verdict on its quotes."""
        speaker = await speaker_of(update, self._services)
        if speaker is None:
            return
        shown = await self._meant(speaker)
        place = place_of(speaker.message)
        if shown is None:
            await say(context.bot, place, speaker.texts.guide.proof_usage)
            return
        if not shown.visible.quotes:
            await say(context.bot, place, speaker.texts.guide.proof_nothing)
            return
        await self._send(context, place, shown, speaker)

    async def _meant(self, speaker: Speaker) -> ShownAnswer | None:
        kept, shown = self._services.thread, self._services.shown
        answered = replied_to(speaker.message)
        if answered is not None:
            return await kept.run(shown.shown_in, speaker.chat.id, answered.message_id)
        return await kept.run(shown.last_of, speaker.chat.id, speaker.user.id)

    async def _send(
        self, context: Context, place: Place, shown: ShownAnswer, speaker: Speaker
    ) -> None:
        document = answer_json(await self._with_texts(shown.visible), None)
        findings = await self._services.engine.prove(document)
        content = json.dumps(document, ensure_ascii=False, indent=2).encode()
        caption = proof_caption(findings, speaker.texts)
        await send_file(context.bot, place, FILE_NAME, content, caption)

    async def _with_texts(self, answer: Answer) -> Answer:
        """The articles with their texts, where they still have the version that is quoted.

        A kept answer has none, and what stands in quotation marks is seen in the article.
        """
        quotes = []
        for quote in answer.quotes:
            stored = await self._services.engine.article(quote.article.id)
            same = stored is not None and stored.content_hash == quote.article.content_hash
            quotes.append(replace(quote, article=stored) if stored and same else quote)
        return replace(answer, quotes=tuple(quotes))


def proof_caption(findings: Sequence[Finding], texts: Texts) -> str:
    """How many quotes stand, and what became of the first that do not."""
    failed = list(failures(findings))
    lines = [texts.guide.proof.format(proven=len(findings) - len(failed), total=len(findings))]
    lines += [_in_words(one, texts) for one in failed[:LINES_SHOWN]]
    if len(failed) > LINES_SHOWN:
        lines.append(texts.guide.proof_others.format(count=len(failed) - LINES_SHOWN))
    return "\n".join(lines)


def _in_words(finding: Finding, texts: Texts) -> str:
    """What became of one quote that does not stand."""
    own = texts.guide
    words = {
        Verdict.DIFFERENT: own.different,
        Verdict.MISPLACED: own.misplaced,
        Verdict.OTHER_VERSION: own.other_version,
        Verdict.ARTICLE_GONE: own.article_gone,
        Verdict.ALTERED: own.altered,
    }
    return f"{finding.place}: {words.get(finding.verdict, own.malformed)}"
