"""Single lines of the block above an article: dates, bylines, counters, addresses, fields."""

from __future__ import annotations

import re

from corpus.cleaning.weekdays import weekday_names

LONGEST = 160

_MONTH_OR_DAY = r"[^\W\d_]{3,12}\.?"
_DATE = re.compile(
    r"\d{4}-\d{2}-\d{2}(?:T[\d:.+Z-]+)?|\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})(?!\d)"
    rf"|\d{{1,2}}(?:st|nd|rd|th|er|\.?[ºª°])?\.?\s+(?:de\s+)?{_MONTH_OR_DAY},?\s+(?:del?\s+)?\d{{4}}"
    r"(?:\s*(?:(?:год[ау]?|рок[уи]?|рік)\b|[гр]\b\.?))?"
    rf"|{_MONTH_OR_DAY}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}|\d{{4}}年\d{{1,2}}月\d{{1,2}}日"
)
_AROUND_DATE = re.compile(
    r"\d{1,2}(?:[:.]\d{2}){0,2}\s*[ap]\.?\s?m\b\.?|\d{1,2}[:.]\d{2}(?:[:.]\d{2})?"
    r"|\d{1,2}\s*h(?:\s*\d{2})?\b|\b\d{1,2}\s+uhr\b|\b[ap]\.?\s?m\b\.?"
    r"|\b(?:uhr|h|hs|horas?|heures?|ore|at|um|on|am|às?|a\s+las?|alle|le|el|il|em|op|om|dnia|kl"
    r"|o\s+godz|[вуо]|об|à)\b"
    r"|\b(?:GMT|UTC|BST|CES?T|MSK|МСК|EES?T|[ECMP][SD]?T)\b(?:[+-]\d{1,2})?"
    r"|\b(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\b\.?",
    re.I,
)
_LABELS = (
    r"first published|published|posted|last updated|updated|last modified|modified|created|date"
    r"|datum|erstellt|erschienen|online seit|eingestellt"
    r"|veröffentlicht|zuletzt aktualisiert|aktualisiert|stand|publié|modifié|mise? à jour|publicado"
    r"|actualizado|atualizado|pubblicato|aggiornato|gepubliceerd|bijgewerkt|opublikowano"
    r"|zaktualizowano|опубликовано|обновлено|опубліковано|оновлено"
)
_LABEL = re.compile(rf"({_LABELS})\b\s*(?:(?:on|at|am|le|el|il|em|op)\b)?\s*:?", re.I)
_LATER = (
    "last", "update", "modif", "zuletzt", "aktualis", "mis", "actualiz", "atualiz", "aggiorn",
    "bijgew", "zaktual", "обнов", "онов",
)  # fmt: skip
_BYLINE = re.compile(
    r"(?:by|von|par|por|автор:?|авторка:?|written by|words by|reported by|author:?|autor:?)"
    r"\s+(\S.*)",
    re.I,
)
_COUNTER = re.compile(
    r"\d{1,2}:\d{2}(?::\d{2})?|\d+ min(?:ute)?s?(?: read)?|\d+ (?:comments?|shares?|views?)", re.I
)
_NAME = re.compile(
    r"[^\W\d_a-z]\S*(?:\s+(?:de|da|di|van|von|der|den|la|le|bin|al|el|[^\W\d_]\.|[^\W\d_a-z]\S*)){1,4}"
)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
_FIELD = re.compile(r"([A-Za-z][A-Za-z _-]{1,20}):\s+(\S.*)")
_BETWEEN = re.compile(
    rf"\s*[|•·]\s*|\s+[–—-]\s+|(?:[.,;]|(?<=[\d.mtrh]))\s+(?=(?:{_LABELS})\b)",
    re.I,
)
"""What ends a date or a time ("5:31 pm", "9 a.m. ET", "14 Uhr") may stand before the next label."""
_BESIDE_DATE = re.compile(
    rf"(?:,\s+|\s+(?:am|on|le|el)\s+)(?={_DATE.pattern})"
    r"|(?<=\d{4}),\s+(?=(?:by|von|par|por)\s)",
    re.I,
)
"""As in "By A B, 2 July 2024" and "2 July 2024, by A B"."""
_EMPHASIS = " \t*"
_DAY_ALONE = re.compile(
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]{0,6}\.? \d{1,2}(?:st|nd|rd|th)?"
    r"|\d{1,2}(?:st|nd|rd|th)? (?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]{0,6}",
    re.I,
)
_ROLE = re.compile(
    r"\b(?:correspondents?|editors?|reporters?|writers?|columnists?|producers?|analysts?|staff"
    r"|bureau|chief|journalist\w*|redakteur\w*|redaktion|korrespondent\w*|rédact\w+"
    r"|correspondante?|redactora?|corresponsal|корреспондент\w*|редактор\w*|кореспондент\w*)\b",
    re.I,
)
"""What somebody is at an outlet; the outlet's name may follow."""
_SECTION = re.compile(
    r"\b(?:news|sports?|world|politics|business|economy|markets?|opinion|culture|technology|tech"
    r"|science|health|travel|breaking|live|video|national|international|local|regional|lifestyle"
    r"|entertainment|weather|analysis|features?|money|europe|africa|asia|americas?|middle east"
    r"|nachrichten|politik|wirtschaft|panorama|kultur|wissen|actualité|économie|monde|mundo"
    r"|política|economía|deportes|новости|политика|экономика|общество|спорт|новини)\b",
    re.I,
)
"""Sections of an outlet, which are written like names."""
_AND = re.compile(r",|;|&|\band\b|\bund\b|\bet\b|\bи\b")
_PUNCTUATION = " \t,;|·•–—-():/.\u00a0"


def dated(line: str) -> tuple[str, bool] | None:
    """The date of a line that says nothing else, and whether it is that of an update."""
    if len(line) > LONGEST:
        return None
    label = _LABEL.match(line)
    rest = line[label.end() :] if label else line
    found = _DATE.search(rest)
    if not found or not _is_around_date(f"{rest[: found.start()]} {rest[found.end() :]}"):
        return None
    return found[0], bool(label and label[1].lower().startswith(_LATER))


def _is_around_date(words: str) -> bool:
    """Whether there is nothing but a weekday, a time and the words that lead to them."""
    rest = " ".join(
        word for word in words.split() if word.strip(_PUNCTUATION).casefold() not in weekday_names()
    )
    return not _AROUND_DATE.sub("", rest).strip(_PUNCTUATION)


def bare_day(line: str) -> str | None:
    """The date of a line that is only a date, without a label, be it even without a year."""
    if _LABEL.match(line):
        return None
    found = dated(line)
    return found[0] if found else line if _DAY_ALONE.fullmatch(line) else None


def is_section(line: str) -> bool:
    """Whether a line names a section of an outlet ("World News")."""
    return _SECTION.search(line) is not None


def bare_label(line: str) -> bool | None:
    """For a label alone ("Updated:"), whether it is that of an update; None for other lines."""
    label = _LABEL.fullmatch(line)
    return label[1].lower().startswith(_LATER) if label else None


def byline(line: str) -> tuple[str, ...]:
    """The names of "By A B and C D"; nothing for other lines."""
    match = _BYLINE.fullmatch(line) if len(line) <= LONGEST else None
    return names(match[1]) if match else ()


def names(text: str) -> tuple[str, ...]:
    """Names out of "A B, C D and E F"; nothing where any part is no name."""
    if len(text) > LONGEST or text.rstrip().endswith(("!", "?", ":")):
        return ()
    parts = [part.strip() for part in _AND.split(text) if part.strip()]
    if len(parts) > 1:
        # Of "A B, Political Correspondent, The Gazette" the first is a name.
        roles = (place for place, part in enumerate(parts) if _ROLE.search(part))
        parts = parts[: max(1, next(roles, len(parts)))]
    return tuple(parts) if parts and all(_NAME.fullmatch(part) for part in parts) else ()


def is_counter(line: str) -> bool:
    """Whether a line only counts something: minutes, comments, the time of a player."""
    return len(line) <= LONGEST and bool(_COUNTER.fullmatch(line))


def is_address(line: str) -> bool:
    """Whether a line is a web address and nothing else."""
    return bool(_ADDRESS.fullmatch(line))


def named_field(line: str) -> tuple[str, str] | None:
    """Name (in small letters) and value of a line like "Author: A B"."""
    match = _FIELD.fullmatch(line) if len(line) <= 2 * LONGEST else None
    return (match[1].strip().lower(), match[2].strip()) if match else None


def pieces(line: str) -> list[str]:
    """The parts of "By A B | July 2, 2024"."""
    if len(line) > LONGEST:
        return [line]
    parts = (one.strip(_EMPHASIS) for one in _BETWEEN.split(line))
    return [
        part
        for whole in parts
        for part in ([whole] if dated(whole) else _BESIDE_DATE.split(_without_weekday(whole)))
        if part
    ]


def _without_weekday(line: str) -> str:
    """A line without the weekday that stands between a comma and its date."""
    date = _DATE.search(line)
    before, comma, word = (
        line[: date.start()].rstrip(" ,").rpartition(", ") if date else ("", "", "")
    )
    if not date or not comma or word.strip(_PUNCTUATION).casefold() not in weekday_names():
        return line
    return f"{before}{comma}{line[date.start() :]}"
