"""OnRecord as a Telegram bot."""

from bot.telegram.application import TelegramFace
from bot.telegram.database import forget_user
from bot.telegram.run import run
from bot.telegram.webhook import router, telegram_beside

__all__ = ["TelegramFace", "forget_user", "router", "run", "telegram_beside"]
