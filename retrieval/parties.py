"""Which state a name stands for: the country, its capital, its people, its seat of power."""

from __future__ import annotations

import re
from functools import cache

from retrieval.word_lists import alternatives, word_lists

_POSSESSIVE = re.compile(r"['’]s?(?!\w)")
# Plural and feminine forms of demonyms end in these; nothing else is tried.
_ENDINGS = ("", "s", "es")


@cache
def _names() -> dict[str, str]:
    """Every Latin name (casefolded) with the country that it stands for."""
    names: dict[str, str] = {}
    for country, known in word_lists("countries").items():
        for name in (country, *known.get("also", ()), *known.get("seats", ())):
            names.setdefault(name.casefold(), country)
    for country, known in word_lists("countries").items():
        for name in known.get("capitals", ()):
            names.setdefault(name.casefold(), country)
        for name in known.get("demonyms", ()):
            for ending in _ENDINGS:
                names.setdefault(f"{name}{ending}".casefold(), country)
    return names


@cache
def _pattern() -> re.Pattern[str]:
    """Capitalised only: "turkey" and "china" are also things, "us" and "polish" also words."""
    latin = {
        f"{name}{ending}"
        for country, known in word_lists("countries").items()
        for names, endings in (
            ((country, *known.get("also", ()), *known.get("seats", ())), ("",)),
            (known.get("capitals", ()), ("",)),
            (known.get("demonyms", ()), _ENDINGS),
        )
        for name in names
        for ending in endings
    }
    stems = {
        stem
        for known in word_lists("countries").values()
        for stem in known.get("cyrillic_stems", ())
    }
    return re.compile(
        rf"(?<![\w-])(?:(?P<latin>{alternatives(latin)})(?!\w)|(?P<stem>{alternatives(stems)})\w*)"
    )


@cache
def _stems() -> dict[str, str]:
    return {
        stem.casefold(): country
        for country, known in word_lists("countries").items()
        for stem in known.get("cyrillic_stems", ())
    }


def countries_in(text: str) -> list[str]:
    """The states that a text names in any of these ways, in order, each once."""
    found: dict[str, None] = {}
    for match in _pattern().finditer(text):
        if match["latin"]:
            country = _names().get(" ".join(match["latin"].casefold().split()))
        else:
            country = _stems().get(match["stem"].casefold())
        if country is not None:
            found.setdefault(country)
    return list(found)


def country_named(name: str) -> str | None:
    """The state that exactly this name stands for ("Kyiv", "Ukrainian", "the Kremlin")."""
    plain = _POSSESSIVE.sub("", name.strip()).casefold().removeprefix("the ")
    known = _names().get(plain)
    if known is not None or " " in plain:
        return known
    return next(iter(countries_in(name)), None)
