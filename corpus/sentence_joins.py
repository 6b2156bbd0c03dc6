"""Boundaries that are none: where the splitter of the library cuts and news goes on."""

from __future__ import annotations

import re

_LOWER_WORD = re.compile(r"[\s«“„\"'‘(\[–—-]*([^\W\d_]+)")
_INITIAL = re.compile(r"(?:^|[\s(«“„\"’'])[^\W\d_a-zа-яёіїєґ]\.\Z")
_SINGLE_LETTER = re.compile(r"(?<![^\W\d_])[^\W\d_]\.\Z")
_STOPPED = re.compile(r"[.…][\"”’»)\]]*\Z")
_ORDINAL = re.compile(r"(?:^|[\s(–-])\d{1,2}\.\Z")
_BEFORE_NUMBER = re.compile(
    r"(?:^|[\s(’'])(?:no|nos|nr|vol|p|pp|pg|art|ch|fig|sec|par|approx|ca|c|circa|est|max|min|num|núm"
    r"|pág|стр|гл|рис|ст|п|д|кв|оф|тел|bd|abs|kap|tel|abb)\.\Z",
    re.I,
)
_BEFORE_NAME = re.compile(
    r"(?:^|[\s('’])(?:fa|on|sig|sigg|dott|prof|ing|avv|mgr|inż|ks|abp|bp|płk|gen|dr|hr|fr|frau|mme"
    r"|mlle|spc|const|sr|sra|srta|dra|cía|ул|пр|просп|пер|им|ім|акад|проф|доц|гр|ген|тов|св|вул|пл|адм|кап)\.\Z",
    re.I,
)
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
        return bool(_BEFORE_NUMBER.search(before))
    if language in _NUMBERED and _ORDINAL.search(before):
        return True
    return after[:1].isupper() and bool(_BEFORE_NAME.search(before))


def _starts_lower(after: str) -> bool:
    """Whether the next word is small throughout; "iPhone" and "eBay" may begin a sentence."""
    match = _LOWER_WORD.match(after)
    return bool(match and match[1].islower())
