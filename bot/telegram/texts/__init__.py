"""Everything that the bot says, in English, Russian and Ukrainian."""

from __future__ import annotations

from bot.telegram.texts.catalogue import Texts
from bot.telegram.texts.english import ENGLISH
from bot.telegram.texts.russian import RUSSIAN
from bot.telegram.texts.ukrainian import UKRAINIAN

LANGUAGES = {"en": ENGLISH, "ru": RUSSIAN, "uk": UKRAINIAN}

__all__ = ["ENGLISH", "LANGUAGES", "RUSSIAN", "UKRAINIAN", "Texts", "texts_for"]


def texts_for(language_code: str | None) -> Texts:
    """The texts for an IETF language tag as Telegram gives it; English where it has none."""
    code = (language_code or "").lower().partition("-")[0]
    return LANGUAGES.get("ru" if code == "be" else code, ENGLISH)
