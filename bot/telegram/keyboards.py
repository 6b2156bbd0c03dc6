"""Buttons, and what they say to the bot when pressed: at most 64 bytes."""

from __future__ import annotations

from dataclasses import dataclass

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.telegram.render import linkable
from bot.telegram.shown_answers import ShownAnswer
from bot.telegram.texts import LANGUAGES, Texts

CONTEXT = "context"
MORE = "more"
OPEN = "open"
GOOD = "good"
BAD = "bad"
REMOVE = "remove"
KEEP = "keep"
LANGUAGE = "language"
QUOTES = "quotes"
PAGE = "page"

AUTOMATIC = "auto"
QUOTE_CHOICES = (1, 3, 5)


@dataclass(frozen=True, slots=True)
class Press:
    """A pressed button: what it does, and to what."""

    action: str
    subject: str


def data(action: str, subject: str) -> str:
    """What a button carries."""
    return f"{action}:{subject}"


def read_press(content: str) -> Press:
    """A pressed button. Anything may come in, also from buttons of an earlier version."""
    action, _, subject = content.partition(":")
    return Press(action, subject)


def answer_keyboard(shown: ShownAnswer, texts: Texts) -> InlineKeyboardMarkup:
    """Context, More and Open article where there is something to see, then the verdicts."""
    first: list[InlineKeyboardButton] = []
    if shown.passages:
        label = (
            texts.answer.hide_context_button if shown.in_context else texts.answer.context_button
        )
        first.append(_button(label, CONTEXT, shown.token))
    if shown.further:
        label = texts.answer.more_button.format(count=shown.further)
        first.append(_button(label, MORE, shown.token))
    if shown.passages:
        link = linkable(shown.passages[0].article.url)
        first.append(
            InlineKeyboardButton(texts.answer.open_button, url=link)
            if link
            else _button(texts.answer.open_button, OPEN, shown.token)
        )
    verdicts = [
        _button("👍 ✓" if shown.voted == GOOD else "👍", GOOD, shown.token),
        _button("👎 ✓" if shown.voted == BAD else "👎", BAD, shown.token),
    ]
    return InlineKeyboardMarkup([row for row in (first, verdicts) if row])


def settings_keyboard(language: str | None, quotes: int, texts: Texts) -> InlineKeyboardMarkup:
    """Languages, then numbers of quotes; what is chosen is ticked."""
    names = {AUTOMATIC: texts.settings.automatic}
    names |= {code: one.name for code, one in LANGUAGES.items()}
    chosen = language or AUTOMATIC
    languages = [
        _button(_ticked(name, code == chosen), LANGUAGE, code) for code, name in names.items()
    ]
    numbers = [
        _button(_ticked(str(number), number == quotes), QUOTES, str(number))
        for number in QUOTE_CHOICES
    ]
    return InlineKeyboardMarkup([languages[:2], languages[2:], numbers])


def removal_keyboard(token: str, texts: Texts) -> InlineKeyboardMarkup:
    """Remove or keep."""
    return InlineKeyboardMarkup(
        [
            [
                _button(texts.administration.remove_button, REMOVE, token),
                _button(texts.administration.keep_button, KEEP, token),
            ]
        ]
    )


def page_keyboard(offset: int, size: int, total: int) -> InlineKeyboardMarkup | None:
    """Back and forth through a list; None where it has one page."""
    buttons = []
    if offset > 0:
        buttons.append(_button("‹", PAGE, str(max(0, offset - size))))
    if offset + size < total:
        buttons.append(_button("›", PAGE, str(offset + size)))
    return InlineKeyboardMarkup([buttons]) if buttons else None


def _button(label: str, action: str, subject: str) -> InlineKeyboardButton:
    return InlineKeyboardButton(label, callback_data=data(action, subject))


def _ticked(label: str, chosen: bool) -> str:
    return f"{label} ✓" if chosen else label
