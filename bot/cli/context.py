"""What commands share: the settings they run with, and the parts made from them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

import typer

from bot.settings import Settings, read_settings
from corpus.errors import SettingsError

if TYPE_CHECKING:
    from bot.composition import Parts

ReadSettings = Callable[..., Settings]


def configured(**common: object) -> ReadSettings:
    """A function that reads the settings with what the command line said, once it is called."""

    def read(**own: object) -> Settings:
        return read_settings(**{**common, **own})

    return read


def settings_of(context: typer.Context, **own: object) -> Settings:
    """The settings of a command; `own` are those that only this command takes."""
    read: ReadSettings = context.obj
    return read(**own)


@contextmanager
def parts_of(context: typer.Context, **own: object) -> Iterator[Parts]:
    """The parts of the process, closed at the end."""
    with parts_for(settings_of(context, **own)) as parts:
        yield parts


@contextmanager
def parts_for(settings: Settings) -> Iterator[Parts]:
    """The same for settings that were read already."""
    from bot.composition import compose
    from bot.logs import set_up_logging

    set_up_logging(settings)
    parts = compose(settings)
    try:
        yield parts
    finally:
        parts.close()


def day(text: str | None, option: str) -> date | None:
    """A date given on the command line. Raises SettingsError for one that is none."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise SettingsError(f"{option} {text!r} is no date: write it as 2024-06-30") from None
