"""Boundaries that are none: where the splitter of the library cuts and news goes on."""

from __future__ import annotations

import re

_LOWER_WORD = re.compile(r"[\s«“„\"'‘(\[–—-]*([^\W\d_]+)")
_INITIAL = re.compile(r"(?:^|[\s(«“„\"’'])[^\W\d_a-zа-яёіїєґ]\.\Z")
_SINGLE_LETTER = re.compile(r"(?<![^\W\d_])[^\W\d_]\.\Z")
_STOPPED = re.compile(r"[.…][\"”’»)\]]*\Z")
_ORDINAL = re.compile(r"(?:^|[\s(–-])\d{1,2}\.\Z")
_BEFORE_NUMBER = re.compile(
    r"(?:^|[\s(])(?:no|nos|nr|vol|p|pp|pg|art|ch|fig|sec|par|approx|ca|c|circa|est|max|min|num|núm"
    r"|pág|стр|гл|рис|ст|п|д|кв|оф|тел|bd|abs|kap|tel|abb)\.\Z",
    re.I,
)
_BEFORE_NAME = re.compile(
    r"(?:^|[\s('’])(?:fa|on|sig|sigg|dott|prof|ing|avv|mgr|inż|ks|abp|bp|płk|gen|dr|hr|fr|frau|mme"
    r"|mlle|sr|sra|srta|dra|ул|пр|просп|пер|им|ім|акад|проф|доц|гр|ген|тов|св|вул|пл|адм|кап)\.\Z",
    re.I,
)
_SAID_IN_CHINESE = re.compile(r"[^，。！？“”\s没不沒]{1,8}(?:说|說|问|問|道|称|稱|表示)[。，！？]")
_CLOSED_IN_CHINESE = ("？”", "！”", "。”", "？」", "！」", "。」")
_NUMBERED = frozenset(
    {"de", "da", "nb", "nn", "no", "fi", "cs", "sk", "hu", "sl", "hr", "et", "is"}
)
"""Languages that write ordinal numbers with a stop."""


def goes_on(before: str, after: str, language: str) -> bool:
    """Whether the sentence that ends with `before` in truth goes on with `after`.

    Both as they stand in the text, white space between them included.
    """
    if not before or not after:
        return False
    touching = not before[-1].isspace() and after[0].isalnum()
    if touching and _SINGLE_LETTER.search(before):
        return True
    before, after = before.rstrip(), after.lstrip()
    if _STOPPED.search(before):
        return _goes_on_after_stop(before, after, language)
    return before.endswith(_CLOSED_IN_CHINESE) and bool(_SAID_IN_CHINESE.match(after))


def _goes_on_after_stop(before: str, after: str, language: str) -> bool:
    if _starts_lower(after):
        return True
    if _INITIAL.search(before):
        # "So do I." ends; "J. K. Lowell" goes on.
        return after[:1].isupper() and not (language == "en" and before.endswith(" I."))
    if after[:1].isdigit():
        return bool(_BEFORE_NUMBER.search(before))
    if language in _NUMBERED and _ORDINAL.search(before):
        return True
    return after[:1].isupper() and bool(_BEFORE_NAME.search(before))


def _starts_lower(after: str) -> bool:
    """Whether the next word is small throughout; "iPhone" and "eBay" may begin a sentence."""
    match = _LOWER_WORD.match(after)
    return bool(match and match[1].islower())
