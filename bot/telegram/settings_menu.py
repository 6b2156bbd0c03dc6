"""/settings: language and number of quotes, chosen with buttons."""

from __future__ import annotations

from dataclasses import replace

from telegram import CallbackQuery, InlineKeyboardMarkup, Update, User
from telegram.ext import CallbackQueryHandler, CommandHandler, filters

from bot.telegram.keyboards import (
    AUTOMATIC,
    LANGUAGE,
    QUOTE_CHOICES,
    QUOTES,
    read_press,
    settings_keyboard,
)
from bot.telegram.preferences import Preference
from bot.telegram.render import RenderedMessage
from bot.telegram.sending import acknowledge, edit, place_of, send
from bot.telegram.services import Context, Handler, Services, speaker_of
from bot.telegram.texts import LANGUAGES


class SettingsMenu:
    """Shows the choices and keeps them."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def handlers(self) -> list[Handler]:
        """The command and its buttons."""
        return [
            CommandHandler("settings", self.show, filters=filters.UpdateType.MESSAGE),
            CallbackQueryHandler(self.choose, pattern=f"^({LANGUAGE}|{QUOTES}):"),
        ]

    async def show(self, update: Update, context: Context) -> None:
        """The choices as they are."""
        speaker = speaker_of(update, self._services)
        if speaker is None:
            return
        text, markup = self._menu(speaker.user)
        await send(context.bot, place_of(speaker.message), [text], markup)

    async def choose(self, update: Update, context: Context) -> None:
        """Keep a choice and show it. Everyone chooses for themselves, in groups too."""
        query = update.callback_query
        if query is None:
            return
        press = read_press(query.data or "")
        preference = self._services.preferences.get(query.from_user.id)
        if press.action == LANGUAGE and press.subject in {AUTOMATIC, *LANGUAGES}:
            chosen = None if press.subject == AUTOMATIC else press.subject
            preference = replace(preference, language=chosen)
        elif press.action == QUOTES and press.subject in map(str, QUOTE_CHOICES):
            preference = replace(preference, quotes=int(press.subject))
        else:
            refusal = self._services.texts(query.from_user).refusal.expired_button
            await acknowledge(query, refusal, alert=True)
            return
        await self._keep(query, context, preference)

    async def _keep(self, query: CallbackQuery, context: Context, preference: Preference) -> None:
        self._services.preferences.put(query.from_user.id, preference)
        await acknowledge(query, self._services.texts(query.from_user).settings.saved)
        if query.message:
            text, markup = self._menu(query.from_user)
            await edit(context.bot, query.message.chat.id, query.message.message_id, text, markup)

    def _menu(self, user: User) -> tuple[RenderedMessage, InlineKeyboardMarkup]:
        texts = self._services.texts(user)
        language = self._services.preferences.get(user.id).language
        quotes = self._services.quotes_for(user)
        name = LANGUAGES[language].name if language in LANGUAGES else texts.settings.automatic
        text = texts.settings.title.format(language=name, quotes=quotes)
        return RenderedMessage(text), settings_keyboard(language, quotes, texts)
