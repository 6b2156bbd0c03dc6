"""The names of weekdays, which stand beside dates, as the Unicode consortium's CLDR has them."""

from __future__ import annotations

from functools import cache

LANGUAGES = ("cs", "de", "en", "es", "fr", "it", "nl", "pl", "pt", "ru", "sv", "uk")
_APOSTROPHES = ("'", "’")
"""As people type what CLDR writes as a letter ("пʼятниця")."""


@cache
def weekday_names() -> frozenset[str]:
    """Names and abbreviations in these languages, in small letters and without stops."""
    from babel import Locale  # only a line with a date needs it

    names = {
        name.rstrip(".").casefold()
        for language in LANGUAGES
        for width in ("wide", "abbreviated")
        for name in Locale(language).days["format"][width].values()
    }
    typed = {name.replace("ʼ", mark) for name in names for mark in _APOSTROPHES}
    return frozenset(names | typed)
