"""Buttons that nothing else knows, from an earlier version or out of thin air."""

from __future__ import annotations

from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot.telegram.sending import acknowledge
from bot.telegram.services import Context, Handler, Services


class Expired:
    """Answers the press, so that the button does not wait for ever."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def handlers(self) -> list[Handler]:
        """One for every button left over."""
        return [CallbackQueryHandler(self.pressed)]

    async def pressed(self, update: Update, context: Context) -> None:
        """Say that the button has expired."""
        query = update.callback_query
        if query:
            texts = await self._services.texts(query.from_user)
            await acknowledge(query, texts.refusal.expired_button, alert=True)
