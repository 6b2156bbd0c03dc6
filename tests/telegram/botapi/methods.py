"""The methods of the Bot API that the bot uses."""

from __future__ import annotations

import re
import time
from collections.abc import Awaitable, Callable
from typing import Any

from tests.telegram.botapi.delivery import Delivery
from tests.telegram.botapi.markup import check_keyboard
from tests.telegram.botapi.menus import Menus
from tests.telegram.botapi.parameters import Parameters
from tests.telegram.botapi.receiving import Receiving
from tests.telegram.botapi.refusal import Refusal
from tests.telegram.botapi.text import MAX_CAPTION, read_text, require_text
from tests.telegram.botapi.world import Chat, Json, Query, World

MAX_RESULTS = 50
MAX_UPLOAD = 50_000_000
MAX_DOWNLOAD = 20_000_000
DELETABLE_SECONDS = 48 * 3600
ACTIONS = {"typing", "upload_document", "upload_photo"}


class Methods(Receiving, Menus):
    """One method of the Bot API each, by its name there in lower case."""

    def __init__(self, world: World, delivery: Delivery) -> None:
        Receiving.__init__(self, world, delivery)
        Menus.__init__(self, world)
        self._world = world

    def find(self, name: str) -> Callable[[Parameters], Awaitable[Any]]:
        """The method of a name; names are compared without regard to case."""
        method = getattr(self, name.lower(), None) if name.isalpha() else None
        if method is None or name.lower() == "find":
            raise Refusal(404)
        found: Callable[[Parameters], Awaitable[Any]] = method
        return found

    async def getme(self, given: Parameters) -> Json:
        return {
            **self._world.bot_user(),
            "can_join_groups": True,
            "can_read_all_group_messages": False,
            "supports_inline_queries": True,
        }

    async def sendmessage(self, given: Parameters) -> Json:
        chat = self._world.writable(given.get("chat_id"))
        text, entities = read_text(
            given.text("text"), given.get("entities"), given.get("parse_mode")
        )
        require_text(text)
        markup = check_keyboard(given.get("reply_markup"))
        reply = self._replied(chat, given)
        self._world.count_message(chat)
        return self._keep(chat, given, {"text": text}, entities, markup, reply)

    async def senddocument(self, given: Parameters) -> Json:
        chat = self._world.writable(given.get("chat_id"))
        upload = given.get("document")
        if isinstance(upload, str) and upload.startswith("attach://"):
            upload = given.get(upload.removeprefix("attach://"))
        if not isinstance(upload, tuple):
            raise Refusal(400, "there is no document in the request")
        name, content = upload
        if not content:
            raise Refusal(400, "file must be non-empty")
        if len(content) > MAX_UPLOAD:
            raise Refusal(400, "file is too big")
        caption, entities = read_text(
            given.text("caption"),
            given.get("caption_entities"),
            given.get("parse_mode"),
            MAX_CAPTION,
        )
        markup = check_keyboard(given.get("reply_markup"))
        reply = self._replied(chat, given)
        self._world.count_message(chat)
        body = {"document": self.put_file(name, content), "caption": caption}
        return self._keep(chat, given, body, entities, markup, reply)

    async def editmessagetext(self, given: Parameters) -> Json:
        chat, message = self._own(given)
        text, entities = read_text(
            given.text("text"), given.get("entities"), given.get("parse_mode")
        )
        require_text(text)
        markup = check_keyboard(given.get("reply_markup"))
        if "text" not in message:
            raise Refusal(400, "there is no text in the message to edit")
        wanted = {"text": text, "entities": entities, "reply_markup": markup}
        _require_change(message, wanted)
        self._world.count_message(chat)
        return self._change(message, wanted)

    async def editmessagereplymarkup(self, given: Parameters) -> Json:
        chat, message = self._own(given)
        wanted = {"reply_markup": check_keyboard(given.get("reply_markup"))}
        _require_change(message, wanted)
        self._world.count_message(chat)
        return self._change(message, wanted)

    async def deletemessage(self, given: Parameters) -> bool:
        chat = self._world.chat(given.get("chat_id"))
        number = given.integer("message_id")
        message = chat.messages.get(number)
        if message is None:
            raise Refusal(400, "message to delete not found")
        own = message["from"]["id"] == self._world.bot_id
        if not own and chat.kind != "private":
            raise Refusal(400, "message can't be deleted")
        if self._world.clock() - message["date"] > DELETABLE_SECONDS:
            raise Refusal(400, "message can't be deleted for everyone")
        del chat.messages[number]
        chat.deleted.add(number)
        return True

    async def sendchataction(self, given: Parameters) -> bool:
        chat = self._world.writable(given.get("chat_id"))
        if given.text("action") not in ACTIONS:
            raise Refusal(400, "wrong parameter action in request")
        chat.actions.append(given.text("action"))
        return True

    async def answercallbackquery(self, given: Parameters) -> bool:
        if len(given.text("text")) > 200:
            raise Refusal(400, "MESSAGE_TOO_LONG")
        self._answer(self._world.callbacks, given.text("callback_query_id"), dict(given))
        return True

    async def answerinlinequery(self, given: Parameters) -> bool:
        results = given.get("results") or []
        if not isinstance(results, list) or len(results) > MAX_RESULTS:
            raise Refusal(400, "RESULTS_TOO_MUCH")
        ids = [str(result.get("id", "")) for result in results]
        if len(set(ids)) < len(ids):
            raise Refusal(400, "RESULT_ID_DUPLICATE")
        if any(not 1 <= len(one.encode()) <= 64 for one in ids):
            raise Refusal(400, "RESULT_ID_INVALID")
        for result in results:
            self._check_result(result)
        button = given.get("button")
        if button and not re.fullmatch(r"[\w-]{1,64}", button.get("start_parameter", "")):
            raise Refusal(400, "START_PARAM_INVALID")
        self._answer(self._world.inlines, given.text("inline_query_id"), dict(given))
        return True

    async def getfile(self, given: Parameters) -> Json:
        file_id = given.text("file_id")
        if file_id not in self._world.files:
            raise Refusal(400, "wrong file_id or the file is temporarily unavailable")
        _, content = self._world.files[file_id]
        if len(content) > MAX_DOWNLOAD:
            raise Refusal(400, "file is too big")
        return {
            "file_id": file_id,
            "file_unique_id": file_id,
            "file_size": len(content),
            "file_path": f"documents/{file_id}",
        }

    async def getchat(self, given: Parameters) -> Json:
        chat = self._world.chat(given.get("chat_id"))
        return {**chat.as_json(), "accent_color_id": 0, "max_reaction_count": 11}

    def put_file(self, name: str, content: bytes) -> Json:
        """Keep a file; the document that names it."""
        file_id = f"file{self._world.number()}"
        self._world.files[file_id] = (name, content)
        return {
            "file_id": file_id,
            "file_unique_id": file_id,
            "file_name": name,
            "file_size": len(content),
        }

    def _replied(self, chat: Chat, given: Parameters) -> int | None:
        reply = given.get("reply_parameters")
        if not reply:
            return None
        number = int(reply["message_id"])
        if number in chat.messages:
            return number
        if reply.get("allow_sending_without_reply"):
            return None
        raise Refusal(400, "message to be replied not found")

    def _keep(
        self,
        chat: Chat,
        given: Parameters,
        body: Json,
        entities: list[Json],
        markup: Json | None,
        reply: int | None,
    ) -> Json:
        message: Json = {
            "message_id": self._world.number(),
            "date": int(self._world.clock()),
            "chat": chat.as_json(),
            "from": self._world.bot_user(),
            **body,
            "link_preview_options": given.get("link_preview_options"),
            "caption_entities" if "document" in body else "entities": entities,
            "reply_markup": markup,
        }
        if reply:
            message["reply_to_message"] = _without_reply(chat.messages[reply])
        if given.get("message_thread_id"):
            message["message_thread_id"] = given.integer("message_thread_id")
            message["is_topic_message"] = True
        chat.messages[message["message_id"]] = message
        return _shown(message)

    def _own(self, given: Parameters) -> tuple[Chat, Json]:
        chat = self._world.writable(given.get("chat_id"))
        message = chat.messages.get(given.integer("message_id"))
        if message is None:
            raise Refusal(400, "message to edit not found")
        if message["from"]["id"] != self._world.bot_id:
            raise Refusal(400, "message can't be edited")
        return chat, message

    def _change(self, message: Json, wanted: Json) -> Json:
        message.update(wanted, edit_date=int(self._world.clock()))
        return _shown(message)

    def _answer(self, queries: dict[str, Query], query_id: str, answer: Json) -> None:
        query = queries.get(query_id)
        late = query is None or time.monotonic() - query.asked > query.seconds
        if query is None or late or query.answer is not None:
            raise Refusal(
                400, "query is too old and response timeout expired or query ID is invalid"
            )
        query.answer = answer

    def _check_result(self, result: Json) -> None:
        if result.get("type") != "article" or not str(result.get("title") or "").strip():
            raise Refusal(400, "ARTICLE_TITLE_EMPTY")
        content = result.get("input_message_content") or {}
        text, _ = read_text(
            str(content.get("message_text", "")), content.get("entities"), content.get("parse_mode")
        )
        require_text(text)
        check_keyboard(result.get("reply_markup"))


def _require_change(message: Json, wanted: Json) -> None:
    if all(message.get(name) == value for name, value in wanted.items()):
        raise Refusal(
            400,
            "message is not modified: specified new message content and reply markup are exactly"
            " the same as a current content and reply markup of the message",
        )


def _without_reply(message: Json) -> Json:
    return {name: value for name, value in _shown(message).items() if name != "reply_to_message"}


def _shown(message: Json) -> Json:
    return {name: value for name, value in message.items() if value not in (None, [], "")}
