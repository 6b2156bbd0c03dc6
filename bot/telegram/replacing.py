"""What several messages say, said anew in their place: edited, continued, or shortened."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import Bot, InlineKeyboardMarkup

from bot.telegram.render import RenderedMessage
from bot.telegram.sending import Place, delete, edit, send

MOVED = RenderedMessage("⬆️")


async def put_in_place(
    bot: Bot,
    place: Place,
    shown_in: Sequence[int],
    wanted: Sequence[RenderedMessage],
    markup: InlineKeyboardMarkup | None,
) -> tuple[int, ...]:
    """Say `wanted` where the messages `shown_in` stand; the ids of the messages that say it now.

    What there is too little of is sent below, what there is too much of is deleted. Where one of
    the messages is gone, all are sent anew, so that they stand together. The buttons are under
    the last.
    """
    kept = list(shown_in[: len(wanted)])
    for number, (message_id, message) in enumerate(zip(kept, wanted, strict=False), start=1):
        under = markup if number == len(wanted) else None
        if not await edit(bot, place.chat, message_id, message, under):
            await _take_away(bot, place.chat, [one for one in shown_in if one != message_id])
            return await send(bot, place, wanted, markup)
    await _take_away(bot, place.chat, shown_in[len(wanted) :])
    return (*kept, *await send(bot, place, wanted[len(kept) :], markup))


async def _take_away(bot: Bot, chat: int, message_ids: Sequence[int]) -> None:
    """Delete messages. After two days Telegram refuses that; then they point upwards."""
    for message_id in message_ids:
        if not await delete(bot, chat, message_id):
            await edit(bot, chat, message_id, MOVED)
