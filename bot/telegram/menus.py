"""The commands that Telegram offers in its menus, by language and by who is asking."""

from __future__ import annotations

from dataclasses import asdict

import structlog
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeChat,
    BotCommandScopeDefault,
    Update,
)
from telegram.error import TelegramError
from telegram.ext import MessageHandler, filters

from bot.telegram.access import Access
from bot.telegram.services import Context, Handler
from bot.telegram.texts import ENGLISH, LANGUAGES, Texts

log = structlog.get_logger(__name__)

FOR_ALL = ("ask", "since", "new", "latest", "sources", "proof", "settings", "help")
FOR_GROUPS = ("ask", "since", "new", "sources", "proof", "help")
FOR_ADMINISTRATORS = (*FOR_ALL, "articles", "remove", "reindex", "status", "feedback")


class Menus:
    """Tells Telegram the commands: in every language, fewer in groups, more for administrators."""

    def __init__(self, access: Access) -> None:
        self._access = access
        self._registered: set[int] = set()

    def handlers(self) -> list[Handler]:
        """An administrator's first message of a run."""
        theirs = filters.User(self._access.administrators) & filters.ChatType.PRIVATE
        return [MessageHandler(theirs & filters.UpdateType.MESSAGE, self.heard)]

    async def register(self, bot: Bot) -> None:
        """What can be told before anybody writes."""
        for texts in LANGUAGES.values():
            everywhere, groups = BotCommandScopeDefault(), BotCommandScopeAllGroupChats()
            await bot.set_my_commands(_menu(texts, FOR_ALL), everywhere, _code(texts))
            await bot.set_my_commands(_menu(texts, FOR_GROUPS), groups, _code(texts))
        for administrator in self._access.administrators:
            await self._register_privately(bot, administrator)

    async def heard(self, update: Update, context: Context) -> None:
        """With their first message an administrator has a chat that can have a menu."""
        if update.effective_user and update.effective_user.id not in self._registered:
            await self._register_privately(context.bot, update.effective_user.id)

    async def _register_privately(self, bot: Bot, administrator: int) -> None:
        """An administrator who has never written to the bot has no chat with it yet."""
        try:
            for texts in LANGUAGES.values():
                scope = BotCommandScopeChat(administrator)
                await bot.set_my_commands(_menu(texts, FOR_ADMINISTRATORS), scope, _code(texts))
        except TelegramError as refusal:
            log.info("telegram.menu_refused", kind=type(refusal).__name__)
        else:
            self._registered.add(administrator)


def _code(texts: Texts) -> str | None:
    """The texts without a language are for everybody whose language is not among ours."""
    return None if texts is ENGLISH else texts.code


def _menu(texts: Texts, names: tuple[str, ...]) -> list[BotCommand]:
    described = asdict(texts.commands)
    return [BotCommand(name, described[name]) for name in names]
