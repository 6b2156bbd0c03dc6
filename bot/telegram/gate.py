"""The allow-list, before anything else."""

from __future__ import annotations

from telegram import Update
from telegram.ext import ApplicationHandlerStop, TypeHandler

from bot.telegram.sending import acknowledge, place_of, say
from bot.telegram.services import Context, Handler, Services


class Gate:
    """Lets in whom the settings allow. Others hear so in private, and nothing in groups."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def handlers(self) -> list[Handler]:
        """One for everything."""
        return [TypeHandler(Update, self.check)]

    async def check(self, update: Update, context: Context) -> None:
        """Stop an update of somebody who is not allowed."""
        user, chat = update.effective_user, update.effective_chat
        if user is None:
            raise ApplicationHandlerStop
        if self._services.access.admits(user.id, chat.id if chat else None):
            return
        texts = await self._services.texts(user)
        refusal = texts.refusal.not_allowed.format(user=user.id)
        if update.callback_query:
            await acknowledge(update.callback_query, refusal, alert=True)
        elif update.inline_query:
            await update.inline_query.answer([], cache_time=0, is_personal=True)
        elif update.message and chat and chat.type == chat.PRIVATE:
            await say(context.bot, place_of(update.message), refusal)
        raise ApplicationHandlerStop
