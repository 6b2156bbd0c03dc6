"""/settings: language and number of quotes, chosen with buttons."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

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

Change = Callable[[Preference], Preference]


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
        speaker = await speaker_of(update, self._services)
        if speaker is None:
            return
        text, markup = await self._menu(speaker.user)
        await send(context.bot, place_of(speaker.message), [text], markup)

    async def choose(self, update: Update, context: Context) -> None:
        """Keep a choice and show it. Everyone chooses for themselves, in groups too."""
        query = update.callback_query
        if query is None:
            return
        press = read_press(query.data or "")
        if press.action == LANGUAGE and press.subject in {AUTOMATIC, *LANGUAGES}:
            chosen = None if press.subject == AUTOMATIC else press.subject
            changed = partial(replace, language=chosen)
        elif press.action == QUOTES and press.subject in map(str, QUOTE_CHOICES):
            changed = partial(replace, quotes=int(press.subject))
        else:
            texts = await self._services.texts(query.from_user)
            await acknowledge(query, texts.refusal.expired_button, alert=True)
            return
        await self._keep(query, context, changed)

    async def _keep(self, query: CallbackQuery, context: Context, changed: Change) -> None:
        await self._services.thread.run(self._change, query.from_user.id, changed)
        texts = await self._services.texts(query.from_user)
        await acknowledge(query, texts.settings.saved)
        if query.message:
            text, markup = await self._menu(query.from_user)
            await edit(context.bot, query.message.chat.id, query.message.message_id, text, markup)

    def _change(self, user: int, changed: Change) -> None:
        """In the thread: nothing comes between, so that of two choices none is lost."""
        preferences = self._services.preferences
        preferences.put(user, changed(preferences.get(user)))

    async def _menu(self, user: User) -> tuple[RenderedMessage, InlineKeyboardMarkup]:
        texts = await self._services.texts(user)
        language = (await self._services.preference(user)).language
        quotes = await self._services.quotes_for(user)
        name = LANGUAGES[language].name if language in LANGUAGES else texts.settings.automatic
        text = texts.settings.title.format(language=name, quotes=quotes)
        return RenderedMessage(text), settings_keyboard(language, quotes, texts)
