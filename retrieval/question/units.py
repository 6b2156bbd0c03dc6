"""The unit that a question about a quantity asks for: "how long" wants miles, not dollars."""

from __future__ import annotations

import re

from retrieval.words.currencies import (
    AFTER_A_FIGURE,
    AMOUNT,
    BEFORE_A_FIGURE,
    CURRENCY_WORDS,
    LARGE_AMOUNT,
    SIGNS,
)

_LENGTH = (
    r"km|kilomet(?:er|re)s?|miles?|m|met(?:er|re)s?|cm|centimet(?:er|re)s?|mm|feet|foot|ft|inch(?:es)?"
    r"|yards?|км|километр\w*|кілометр\w*|миль|метр\w*"
    r"|kilometern?|meilen|kilomètres?|mètres?|kilómetros?|metros?"
)
_DURATION = (
    r"seconds?|minutes?|hours?|days?|weeks?|months?|years?|decades?|centur(?:y|ies)|nights?"
    r"|секунд\w*|минут\w*|час\w{0,2}|дн(?:я|ей|і|ів)|недел\w*|месяц\w*|лет|год\w{0,2}|рок\w{0,2}"
    r"|хвилин\w*|годин\w*|тижн\w*|місяц\w*|sekunden?|minuten?|stunden?|tagen?|tage|wochen?"
    r"|monaten?|monate|jahren?|jahre|heures?|jours?|semaines?|mois|ans|años?|días?|horas?|semanas?"
)
_AGE = r"years?[- ]old|aged?|years?|months?[- ]old|\b\d{1,3},|лет|роки?в?|років"
_WEIGHT = r"kg|kilos?|kilograms?|grams?|tons?|tonnes?|pounds?|lbs?|ounces?|кг|тонн\w*"
_MONEY_WORDS = (
    r"dollars?|euros?|pounds?|yen|yuan|crowns?|roubles?|rubles?|(?<!per )cents?|francs?"
    r"|руб\w*|гривен\w*|гривн\w*|доллар\w*|долар\w*|евро|євро|крон\w*"
    rf"|kronen|couronnes?|coronas?|dólares|{CURRENCY_WORDS}"
)
_MONEY = rf"[a-z]{{0,2}}[{SIGNS}](?:\s?\d[\d.,]*\w*)?|{AMOUNT}|{_MONEY_WORDS}"
_TEMPERATURE = r"degrees?|°\s?[cf]?|celsius|fahrenheit|градус\w*"
_SHARE = (
    r"%|per ?cent|percentage|процент\w*|відсотк\w*|thirds?|half|halves|quarters?"
    r"|fifths?|tenths?|majority|minority|most|one in|two in|three in|out of"
    r"|трет\w+|половин\w+|четверт\w+|чверт\w+|hälfte|moitié|mitad"
)
_AREA = r"acres?|hectares?|square|sq\.?|гектар\w*"
_SPEED = r"mph|km/h|kph|knots|per hour|an hour"

_MANY = r"(?:how many|what number of|сколько|скільки|wie viele|combien d[e’']|cu[aá]nt[oa]s)"
"""A unit after these is asked for by name: "how many kilometres"."""

_ASKED = (
    (rf"{_MANY} (?:{_LENGTH}|miles?) (?:per|an) hour", _SPEED),
    (rf"{_MANY} (?:{_AREA})(?: \w+)?", _AREA),
    (rf"{_MANY} (?:{_LENGTH})", _LENGTH),
    (rf"{_MANY} (?:{_TEMPERATURE})", _TEMPERATURE),
    (rf"{_MANY} (?:{_WEIGHT})", f"{_WEIGHT}|{_MONEY}"),
    (rf"{_MANY} (?:{_MONEY_WORDS})", _MONEY),
    (rf"{_MANY} (?:%|per ?cent|percentage|процент\w*|відсотк\w*)", _SHARE),
    (rf"{_MANY} (?:{_DURATION})", _DURATION),
    (r"how old|what age|at what age|сколько лет|скільки років|wie alt|quel âge|cuántos años", _AGE),
    (r"how (?:long|soon)|как долго|як довго|wie lange?|combien de temps|cuánto tiempo",
     f"{_LENGTH}|{_DURATION}"),
    (r"how (?:far|wide|tall|high|deep)|(?:what|which) (?:is|was) the (?:length|height|distance"
     r"|depth|width)|(?:какова|какой) (?:длин|высот|ширин)\w*"
     r"|(?:яка|якої) (?:довжин|висот|ширин)\w*|wie (?:weit|hoch|breit|tief)", _LENGTH),
    (r"how heavy|what (?:is|was) the weight|how much (?:does|did|do) (?:\w+ ){1,4}weigh", _WEIGHT),
    (r"how (?:hot|cold|warm)|temperature", _TEMPERATURE),
    (r"how fast|what (?:is|was) the (?:top )?speed", _SPEED),
    (r"(?:what|which) (?:percentage|percent|share|proportion|fraction)", _SHARE),
    (r"how (?:big|large) (?:is|was) the area|what (?:is|was) the area", _AREA),
    (r"(?:what|which) (?:is|was) the (?:price|cost|salary|fee|fine)|how (?:expensive|costly)"
     r"|how much (?!time\b|longer\b)(?:\w+ ){0,4}?(?:cost|pay|paying|paid|spend|spent|worth|earn"
     r"|money|raised?(?=\s*[?.!]|\s+(?:for|from|in|at|on|by|through|so|last|this)\b|$))"
     r"|сколько (?:стоит|стоил\w*|заплатил\w*)|скільки (?:коштує|коштував\w*)"
     r"|was kostete?|wie teuer|combien (?:coûte|a coûté)|cuánto (?:cuesta|costó)", _MONEY),
)  # fmt: skip
_WRITTEN = {
    unit: re.compile(rf"(?<![^\W\d_])(?:{unit})(?!\w)", re.IGNORECASE) for _, unit in _ASKED
}
_PATTERNS = tuple(
    (re.compile(rf"\b(?:{asked})\b", re.IGNORECASE), _WRITTEN[unit]) for asked, unit in _ASKED
)
_OF_MEASURE = rf"(?:(?!m\b)(?:{_LENGTH})|{_WEIGHT}|{_MONEY}|{_TEMPERATURE}|{_AREA}|{_SPEED})(?!\w)"
_LARGE = r"hundreds?|thousands?|millions?|billions?|trillions?"
_NAMED_MEASURE = re.compile(rf"(?<!\w)(?:{_OF_MEASURE}|(?:{_LARGE})(?!\w))", re.IGNORECASE)
_MEASURE = re.compile(
    rf"[^\w{SIGNS}]*(?:(?:{_LARGE})\W+)?(?:{_OF_MEASURE}|{AFTER_A_FIGURE}(?!\w))", re.IGNORECASE
)
_CURRENCY = re.compile(rf"(?:[{SIGNS}]|(?<!\w){BEFORE_A_FIGURE})\s?$")
_LONGEST_CURRENCY = 5
_FIGURE = re.compile(rf"[{SIGNS}]?\s?[\d.,\u00a0\u202f]*\d|[^\W\d_]+")
_HAS_NO_COST = r"free|gratis|nothing|(?:no|without) (?:charge|cost|fee)"
_STOREYS = r"stor(?:e?y|ies|eys)|floors?"
_STRICTLY = (
    (_WRITTEN[_MONEY], r"\b(?:how much|how (?:expensive|costly)|price|salary|fee|fine)\b",
     rf"{_MONEY}|{LARGE_AMOUNT}|{_HAS_NO_COST}"),
    (_WRITTEN[_LENGTH], r"\bhow tall\b", rf"{_LENGTH}|{_STOREYS}"),
    (_WRITTEN[f"{_WEIGHT}|{_MONEY}"], r"\bweigh", _WEIGHT),
    (_WRITTEN[_WEIGHT], r"\bweigh", _WEIGHT),
)  # fmt: skip
_STRICT_PATTERNS = tuple(
    (
        unit,
        re.compile(asked, re.IGNORECASE),
        re.compile(rf"(?<![^\W\d_])(?:{told})(?!\w)", re.IGNORECASE),
    )
    for unit, asked, told in _STRICTLY
)
REACH = 18
"""So many characters after a number its unit is looked for: "1,084 or 674 miles"."""


def unit_asked(question: str) -> re.Pattern[str] | None:
    """The unit that an answer must carry; None where any number may do."""
    return next((unit for asked, unit in _PATTERNS if asked.search(question)), None)


def strictly_asked(question: str) -> re.Pattern[str] | None:
    """What no answer to a question about money, height or weight is without; None for others.

    "How long" and "how high" are asked of time and of marks as well, "how deep" of cuts, "how wide"
    of margins, "how heavy" of losses and rain.
    """
    unit = unit_asked(question)
    return next(
        (
            told
            for known, asked, told in _STRICT_PATTERNS
            if known is unit and asked.search(question)
        ),
        None,
    )


def share_asked(question: str) -> re.Pattern[str] | None:
    """How a share is written, where a question asks for one: "what percentage"."""
    unit = unit_asked(question)
    return unit if unit is _WRITTEN[_SHARE] else None


def names_a_measure(question: str) -> bool:
    """Whether a question names money, a measure or a large number: "how many knots", "millions"."""
    return _NAMED_MEASURE.search(question) is not None


def measures(text: str, start: int, end: int) -> bool:
    """Whether the number at a place is an amount of money or of a measure, and counts no things."""
    if _CURRENCY.match(text[start]) or _CURRENCY.search(
        text[max(0, start - _LONGEST_CURRENCY) : start]
    ):
        return True
    figure = _FIGURE.match(text, start, end)
    return _MEASURE.match(text, figure.end() if figure else end) is not None
