"""Pictures and files sent together, of which each comes as a message of its own."""

from __future__ import annotations

from collections import OrderedDict

from telegram import Message

ALBUMS_REMEMBERED = 1000


class Albums:
    """Which albums were answered: one answer does for all that they hold."""

    def __init__(self) -> None:
        self._answered: OrderedDict[str, None] = OrderedDict()

    def is_answered(self, message: Message) -> bool:
        """Whether another message of the same album was answered. From now on this one was."""
        album = message.media_group_id
        if album is None:
            return False
        answered = album in self._answered
        self._answered[album] = None
        self._answered.move_to_end(album)
        if len(self._answered) > ALBUMS_REMEMBERED:
            self._answered.popitem(last=False)
        return answered
