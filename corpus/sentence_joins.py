"""Boundaries that are none: where the splitter of the library cuts and news goes on."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

_LOWER_WORD = re.compile(r"[\s«“„\"'‘(\[–—-]*([^\W\d_]+)")
_INITIAL = re.compile(r"(?:^|[\s(«“„\"’'])[^\W\d_a-zа-яёіїєґ]\.\Z")
_SINGLE_LETTER = re.compile(r"(?<![^\W\d_])[^\W\d_]\.\Z")
_STOPPED = re.compile(r"[.…][\"”’»)\]]*\Z")
_ORDINAL = re.compile(r"(?:^|[\s(–-])\d{1,2}\.\Z")
_LAST_WORD = re.compile(r"(?:^|[\s(’'])([^\W\d_]{1,6})\.\Z")
_BEFORE_NUMBER = frozenset({
    "nos", "nr", "vol", "p", "pp", "pg", "ch", "fig", "sec", "approx", "ca", "c", "min", "num",
    "núm", "pág", "стр", "гл", "ст", "п", "д", "кв", "оф", "bd", "kap", "tel", "abb",
})  # fmt: skip
_BEFORE_NAME = frozenset({
    "sig", "sigg", "dott", "prof", "avv", "mgr", "inż", "ks", "abp", "płk", "dr", "mme", "mlle",
    "spc", "sr", "sra", "srta", "cía", "ул", "пр", "просп", "пер", "ім", "акад", "проф", "доц",
    "гр", "тов", "св", "вул", "пл", "адм", "кап",
})  # fmt: skip
"""Abbreviations in any language, be they written small or with a capital; see `_WORDS`."""
_NUMBER_WITH_CAPITAL = frozenset({"No", "Art", "Par", "Abs", "Рис", "Тел"})
_NAME_WITH_CAPITAL = frozenset({"Fa", "Ing", "Gen", "Bp", "Hr", "Fr", "Const", "Dra", "Ген"})
"""Abbreviations that are words where they are written small: "go on.", "ответил им."."""
_ROMANCE = ("es", "pt", "it", "ca", "gl")
_NORDIC = ("da", "nb", "nn", "no", "sv")
_NUMBER_ONLY_IN: Mapping[str, Sequence[str]] = {
    "est": ("en",), "Est": ("en",), "art": (*_ROMANCE, "fr", "ro", "pl"),
    "par": ("it", "pl", "cs", "sk"), "max": ("de", "en"), "тел": ("uk", "bg"),
}  # fmt: skip
_NAME_ONLY_IN: Mapping[str, Sequence[str]] = {
    "on": ("it",), "On": ("it",), "ing": ("it", "es", "cs", "sk", "pl"),
    "gen": ("it", "pl", "es", "cs"), "bp": ("pl",), "dra": ("es", "pt", "ca", "gl"),
    "hr": _NORDIC, "fr": _NORDIC,
}  # fmt: skip
"""The languages in which such a word is an abbreviation all the same."""
_WORDS: Mapping[str, Sequence[str]] = {
    "Gen": ("de", "nl", *_NORDIC), "vol": ("fr", "nl"), "fig": _NORDIC, "Art": _NORDIC,
}  # fmt: skip
"""The languages in which an abbreviation of others is a word."""
_POINTS = re.compile(r"(?:\((?:no|art|par|рис|тел)|\bсм\. рис)\.\Z")
"""Such a word behind a bracket, where no sentence ends: "(рис. 3)"."""
_NAMED_AFTER = re.compile(
    r"(?i:театр|завод|фабрик|школ|лице[йяюе]|гимнази|музе[йяюе]|университет|институт|академи"
    r"|больниц|библиотек|парк|стадион|площад|аэропорт|центр|двор(?:ец|ц)|консерватори|филармони"
    r"|колледж|училищ|госпитал|преми|орден|фонд|клуб|улиц|станци|комбинат|бригад|полк|дивизи)"
    r"[а-яё]{0,4}\s+им\.\Z|(?:\b[А-ЯЁ]{2,6}|№\s?\d{1,4})\s+им\.\Z"
)
"""What is named after somebody in Russian; "им." after anything else is "them"."""
_NO_ABBREVIATION = re.compile(r"(?:\d\s?min|\bи пр|\bи т\. ?[дп])\.\Z")
"""What ends like an abbreviation and ends a sentence: "5 min.", "и пр."."""
_CLOSES = re.compile(r"[)\]”»\ufe0e\ufe0f\u0300-\u036f\u200d]+|[\"']+(?=\s|\Z)")
# Two apostrophes close a quotation, in text that was cut into words and joined again.
_OPENS = re.compile(r"\s(?!''\s*\Z)([\"“„«‘'(\[]+)\s*\Z")
_OF_THE_COMPASS = re.compile(r"[°º′″]\s?[NSEW]\.\Z")
_ENUMERATOR = re.compile(r"\(?\d{1,3}[.)]|[•*–-]")
_OF_THE_CLOCK = re.compile(r"\b[ap]\. ?m\.\Z", re.I)
_ASIDE = re.compile(r"[—–]\s*[^\W\d_A-ZА-ЯІЇЄҐ][^\W\d_]*[\s,.:]")
"""A dash and a small word: who said it (“— Who is there? — he asked.”)."""
_TIME_ZONE = re.compile(
    r"(?:ET|EST|EDT|CT|CST|CDT|MT|MST|MDT|PT|PST|PDT|AKT|GMT|UTC|BST|CET|CEST|MSK|JST|IST)\b"
    r"|(?:[A-Z][a-z]+ ){1,3}(?:[Tt]ime|[Ss]tandard [Tt]ime)\b"
    r"|(?:Eastern|Central|Pacific|Mountain|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b"
)
_SAID_IN_CHINESE = re.compile(r"[^，。！？“”\s没不沒]{1,8}(?:说|說|问|問|道|称|稱|表示)[。，！？]")
_CLOSED_IN_CHINESE = ("？”", "！”", "。”", "？」", "！」", "。」")
_NUMBERED = frozenset(
    {"de", "da", "nb", "nn", "no", "fi", "cs", "sk", "hu", "sl", "hr", "et", "is"}
)
"""Languages that write ordinal numbers with a stop."""


def boundary_between_quotes(line: str, place: int, earliest: int, latest: int) -> int:
    """The boundary moved past closing marks after it and before an opening one in front of it.

    A quotation mark alone at the end of a sentence opens the next; a mark of closing (or one that
    only changes the sign before it, such as of an emoji) alone at its start closes the last.
    """
    closing = _CLOSES.match(line, place, latest)
    if closing:
        after = closing.end()
        while after < latest and line[after].isspace():
            after += 1
        return after
    opening = _OPENS.search(line, earliest, place)
    return opening.start(1) if opening else place


def goes_on(before: str, after: str, language: str) -> bool:
    """Whether the sentence that ends with `before` in truth goes on with `after`.

    Both as they stand in the text, white space between them included.
    """
    if not before or not after:
        return False
    if _ENUMERATOR.fullmatch(before.strip()):
        return True
    touching = not before[-1].isspace() and after[0].isalnum()
    if touching and _SINGLE_LETTER.search(before):
        return True
    before, after = before.rstrip(), after.lstrip()
    if _ASIDE.match(after):
        return True
    if _STOPPED.search(before):
        return _goes_on_after_stop(before, after, language)
    return before.endswith(_CLOSED_IN_CHINESE) and bool(_SAID_IN_CHINESE.match(after))


def _goes_on_after_stop(before: str, after: str, language: str) -> bool:
    if _starts_lower(after):
        return True
    if _OF_THE_CLOCK.search(before) and _TIME_ZONE.match(after):
        return True
    if _INITIAL.search(before) and not _OF_THE_COMPASS.search(before):
        # "So do I." ends; "J. K. Lowell" goes on.
        is_name = after[:1].isalpha() and not after[:1].islower()
        return is_name and not (language == "en" and before.endswith(" I."))
    if after[:1].isdigit():
        return _is_before_number(before, language)
    if language in _NUMBERED and _ORDINAL.search(before):
        return True
    return after[:1].isupper() and _is_before_name(before, language)


def _is_before_number(before: str, language: str) -> bool:
    word = _abbreviation(before, language)
    if word in ("max", "Max"):
        # "At most" begins a sentence with a capital; elsewhere it is somebody's name.
        return word == "max" or before.strip() == "Max."
    return (
        word in _NUMBER_WITH_CAPITAL
        or word.lower() in _BEFORE_NUMBER
        or language in _NUMBER_ONLY_IN.get(word, ())
        or _POINTS.search(before) is not None
    )


def _is_before_name(before: str, language: str) -> bool:
    word = _abbreviation(before, language)
    return (
        word in _NAME_WITH_CAPITAL
        or word.lower() in _BEFORE_NAME
        or language in _NAME_ONLY_IN.get(word, ())
        or (word == "им" and _NAMED_AFTER.search(before) is not None)
    )


def _abbreviation(before: str, language: str) -> str:
    """The word in front of the stop at the end, or nothing where it is surely no abbreviation.

    In capitals it is the name of a company or a zone: "BP.", "EST.".
    """
    found = _LAST_WORD.search(before)
    if found is None or _NO_ABBREVIATION.search(before) or language in _WORDS.get(found[1], ()):
        return ""
    return found[1] if found[1][1:].islower() or len(found[1]) == 1 else ""


def _starts_lower(after: str) -> bool:
    """Whether the next word is small throughout; "iPhone" and "eBay" may begin a sentence."""
    match = _LOWER_WORD.match(after)
    return bool(match and match[1].islower())
