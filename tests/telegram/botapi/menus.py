"""The methods that keep the bot's menus of commands."""

from __future__ import annotations

import re

from tests.telegram.botapi.parameters import Parameters
from tests.telegram.botapi.refusal import Refusal
from tests.telegram.botapi.world import Json, World

COMMAND_NAME = re.compile(r"[a-z0-9_]{1,32}")
SCOPES = {
    "default", "all_private_chats", "all_group_chats", "all_chat_administrators", "chat",
    "chat_administrators", "chat_member",
}  # fmt: skip


class Menus:
    """setMyCommands, getMyCommands, deleteMyCommands."""

    def __init__(self, world: World) -> None:
        self._world = world

    async def setmycommands(self, given: Parameters) -> bool:
        commands = given.get("commands") or []
        if len(commands) > 100:
            raise Refusal(400, "BOT_COMMANDS_TOO_MUCH")
        for command in commands:
            if not COMMAND_NAME.fullmatch(str(command.get("command", ""))):
                raise Refusal(400, "BOT_COMMAND_INVALID")
            if not 1 <= len(str(command.get("description", ""))) <= 256:
                raise Refusal(400, "BOT_COMMAND_DESCRIPTION_INVALID")
        self._world.commands[self._scope(given)] = commands
        return True

    async def getmycommands(self, given: Parameters) -> list[Json]:
        return self._world.commands.get(self._scope(given), [])

    async def deletemycommands(self, given: Parameters) -> bool:
        self._world.commands.pop(self._scope(given), None)
        return True

    def _scope(self, given: Parameters) -> tuple[str, str, str]:
        scope = given.get("scope") or {"type": "default"}
        kind = scope.get("type")
        if kind not in SCOPES:
            raise Refusal(400, "can't parse BotCommandScope: unknown type")
        if "chat_id" in scope:
            chat = self._world.chat(scope["chat_id"])
            if chat.kind == "private" and not chat.started:
                raise Refusal(400, "chat not found")
        language = given.text("language_code")
        if language and not re.fullmatch("[a-z]{2}", language):
            raise Refusal(400, "invalid language code specified")
        return str(kind), str(scope.get("chat_id", "")), language
