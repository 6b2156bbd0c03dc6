"""The commands that Telegram offers in its menus, by language and by who is asking."""

from __future__ import annotations

from dataclasses import asdict

import structlog
from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllGroupChats,
    BotCommandScopeChat,
    BotCommandScopeDefault,
)
from telegram.error import BadRequest, Forbidden

from bot.telegram.access import Access
from bot.telegram.texts import ENGLISH, LANGUAGES, Texts

log = structlog.get_logger(__name__)

FOR_ALL = ("ask", "since", "new", "latest", "sources", "settings", "help")
FOR_GROUPS = ("ask", "since", "new", "sources", "help")
FOR_ADMINISTRATORS = (*FOR_ALL, "articles", "remove", "reindex", "status", "feedback")


async def register_menus(bot: Bot, access: Access) -> None:
    """Tell Telegram the commands: in every language, fewer in groups, more for administrators."""
    for texts in LANGUAGES.values():
        # The texts without a language are for everybody whose language is not among ours.
        code = None if texts is ENGLISH else texts.code
        await bot.set_my_commands(_menu(texts, FOR_ALL), BotCommandScopeDefault(), code)
        await bot.set_my_commands(_menu(texts, FOR_GROUPS), BotCommandScopeAllGroupChats(), code)
        for administrator in access.administrators:
            scope = BotCommandScopeChat(administrator)
            await _register_privately(bot, texts, scope, code)


async def _register_privately(
    bot: Bot, texts: Texts, scope: BotCommandScope, code: str | None
) -> None:
    """An administrator who has never written to the bot has no chat with it yet."""
    try:
        await bot.set_my_commands(_menu(texts, FOR_ADMINISTRATORS), scope, code)
    except (BadRequest, Forbidden) as refusal:
        log.info("telegram.menu_refused", kind=type(refusal).__name__)


def _menu(texts: Texts, names: tuple[str, ...]) -> list[BotCommand]:
    described = asdict(texts.commands)
    return [BotCommand(name, described[name]) for name in names]
