"""What kind of answer a question asks for, and where a sentence holds something of that kind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum

from corpus.article import Span
from retrieval.question.yes_or_no import (
    is_claim_to_check,
    is_polar,
    wants_yes_or_no,
    without_request,
)
from retrieval.words.currencies import SIGNS


class AnswerKind(StrEnum):
    """The kinds that a question word, or the noun beside it, gives away."""

    PERSON = "person"
    TIME = "time"
    PLACE = "place"
    QUANTITY = "quantity"
    REASON = "reason"
    SPEECH = "speech"
    POLAR = "polar"
    NAME = "name"
    OTHER = "other"


WITH_NAMES = frozenset({AnswerKind.PERSON, AnswerKind.PLACE, AnswerKind.NAME})
"""The kinds that a name answers."""


_MONTH = (
    r"jan(?:uary|\.)?|feb(?:ruary|\.)?|(?-i:March|Mar\.)|apr(?:il|\.)?|(?-i:May)|june?|july?|aug(?:ust|\.)?"
    r"|sept?(?:ember|\.)?|oct(?:ober|\.)?|nov(?:ember|\.)?|dec(?:ember|\.)?"
    r"|январ[яьею]|феврал[яьею]|март[аеу]?|апрел[яьею]|ма[яйею]|июн[яьею]|июл[яьею]|август[аеу]?"
    r"|сентябр[яьею]|октябр[яьею]|ноябр[яьею]|декабр[яьею]"
    r"|січ(?:ень|ня|ні)|лют(?:ий|ого|ому)|берез(?:ень|ня|ні)|квіт(?:ень|ня|ні)|трав(?:ень|ня|ні)"
    r"|черв(?:ень|ня|ні)|лип(?:ень|ня|ні)|серп(?:ень|ня|ні)|верес(?:ень|ня|ні)"
    r"|жовт(?:ень|ня|ні)|листопад[аі]?|груд(?:ень|ня|ні)"
    r"|januar|februar|märz|mai|juni|juli|oktober|dezember"
    r"|janvier|février|(?-i:mars)|avril|juin|juillet|août|septembre|octobre|novembre|décembre"
    r"|enero|febrero|marzo|abril|(?-i:mayo)|junio|julio|agosto|septiembre|octubre|noviembre|diciembre"
)
_NUMBER_WORD = (
    r"two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen"
    r"|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
    r"|hundreds?|thousands?|millions?|billions?|trillions?|dozens?|half|third|quarter"
    r"|дв[ае]|три|четыре|пять|шесть|семь|восемь|девять|десять|сто|тысяч[аи]?|миллион\w{0,2}"
    r"|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|zwanzig|hundert|tausend|millionen"
    r"|deux|trois|quatre|cinq|sept|huit|neuf|dix|douze|vingt|cent|mille"
    r"|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|doce|veinte|cien|mil|millones"
    r"|дві|чотири|п'ять|шість|сім|вісім|дев'ять|тисяч[аі]?|мільйон\w{0,2}"
)

_TIME = re.compile(
    rf"\b(?:(?:{_MONTH})\b(?:\s+\d{{1,2}}(?:st|nd|rd|th)?\b)?(?:,?\s+\d{{4}}\b)?"
    rf"|\d{{1,2}}(?:st|nd|rd|th|\.|-го)?\s+(?:de\s+)?(?:{_MONTH})\b(?:\s+\d{{4}}\b)?"
    r"|(?:1[0-9]|20)\d{2}s?\b|\d{1,2}[:.]\d{2}\b|\d{1,2}\s?[ap]\.?m\b\.?"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|yesterday|today|tomorrow|noon|midnight"
    r"|понедельник|вторник|сред[ау]|четверг|пятниц[ау]|суббот[ау]|воскресень[ея]|вчера|сегодня"
    r"|\d{1,2}(?:th|st|nd|rd)\s+century"
    r"|(?:last|next|this)\s+(?:week|month|year|spring|summer|autumn|fall|winter))\b",
    re.IGNORECASE,
)
_DATED = re.compile(
    rf"\b(?:{_MONTH})\s+\d{{1,2}}(?:st|nd|rd|th)?\b(?:,?\s+\d{{4}}\b)?|\b(?:{_MONTH}),?\s+\d{{4}}\b"
    rf"|\b\d{{1,2}}(?:st|nd|rd|th|\.|-го)?\s+(?:de\s+)?(?:{_MONTH})\b(?:,?\s+\d{{4}}\b)?"
    r"|\b\d{1,2}(?:[:.]\d{2})?\s?[ap]\.?m\b|\b\d{1,2}:\d{2}\b"
    r"|\b(?:in|since|until|till|before|after|by)\s+(?:1[5-9]|20)\d{2}\b",
    re.IGNORECASE,
)
"""Figures that are a day, a year or an hour, and no number of anything."""
_QUANTITY = re.compile(
    rf"(?:[{SIGNS}]\s?)?\b\d+"
    r"(?:[.,\u00a0\u202f ]\d{3})*(?:[.,]\d+)?(?:\s?%|(?!\d))"
    r"(?:[-\s](?:percent|per cent|km|miles?|kilomet(?:er|re)s?|m|kg|tons?|tonnes?|years?|months?"
    r"|weeks?|days?|hours?|minutes?|people|troops|soldiers|million|billion|trillion|thousand"
    r"|degrees?|metres?|meters?|feet|acres|hectares|dollars|euros|pounds"
    r"|км|тыс\w*|тис\w*|млн|млрд|процент\w*|человек|военных)\b){0,2}"
    rf"|\b(?:{_NUMBER_WORD})\b",
    re.IGNORECASE,
)
_REASON = re.compile(
    r"\b(?:because|due to|owing to|as a result|since|so that|in order to|caused by|led to"
    r"|prompt(?:ed|ing)|after|amid|in response|in protest|over|reason|aim(?:ed|ing)|blam(?:ed|ing)"
    r"|потому|из-за|поскольку|чтобы|через те|тому що|оскільки|щоб|weil|wegen|parce)\b",
    re.IGNORECASE,
)
_SPEECH = re.compile(
    r"[“”\"«»„]|\b(?:sa(?:id|ys?)|told|stated?|accord(?:ing)?|add(?:ed|s)|announced|claim(?:ed|s)?"
    r"|den(?:ied|ies)|reject(?:ed|s)|warn(?:ed|s)|urg(?:ed|es)|accus(?:ed|es)|insist(?:ed|s)"
    r"|сказал|заявил|сообщил|отметил|подчеркнул|сказав|заявив|повідомив|зазначив)\w{0,2}\b",
    re.IGNORECASE,
)
_NAME = re.compile(
    r"(?<![\w’'])[A-ZА-ЯЁІЇЄҐÀ-ÖØ-Þ][\w’'.&-]*(?:\s+(?:(?:of|de|van|von|al|the|and|der|la|du)\s+)?"
    r"[A-ZА-ЯЁІЇЄҐÀ-ÖØ-Þ0-9][\w’'.&-]*){0,5}"
)
_ASKED = (
    (
        AnswerKind.REASON,
        r"\b(?:why|what (?:is|was|were) the (?:reasons?|causes?)|how come"
        r"|почему|зачем|чому|навіщо|warum|weshalb|wieso|pourquoi|por qué)\b",
    ),
    (
        AnswerKind.QUANTITY,
        r"\b(?:how (?:many|much|long|far|old|tall|big|large|high|deep|fast"
        r"|often|heavy|wide|soon)|what (?:is|was) the (?:number|price|cost|length"
        r"|height|size|magnitude|population|percentage|share|amount|distance"
        r"|age|rate|speed|area|temperature|death toll)|(?:what|which) "
        r"(?:percentage|percent|number|amount|share|proportion|fraction|age)"
        r"|сколько|скільки|насколько|наскільки|как долго|як довго|как давно|(?:какова|какой|якої"
        r"|яка) (?:длин|высот|стоимост|цен|температур|скорост|численност|довжин|висот|вартіст|цін"
        r"|швидкіст|кількіст)\w*|wie (?:viele?|lange?|alt|hoch|weit|groß|tief|teuer|schwer|oft)"
        r"|was kostete?n?|combien|cuánt[oa]s?)\b",
    ),
    (
        AnswerKind.TIME,
        r"\b(?:when|what (?:year|day|month|date|time|century|decade)|which "
        r"(?:year|day|month|date|century|decade)|since when|until when|когда|коли"
        r"|wann|quand|cuándo|в каком году|якого року|у якому році|en qué año|en quelle année)\b",
    ),
    (
        AnswerKind.PLACE,
        r"\b(?:where|(?:what|which) (?:city|country|state|place|town|region|nation"
        r"|county|village|river|continent|location|airport|province)|где|куда|откуда"
        r"|де|куди|звідки|wo|wohin|woher|où|dónde|adónde)\b",
    ),
    (
        AnswerKind.PERSON,
        r"\b(?:who|whom|whose|(?:what|which) (?:person|man|woman|president|minister"
        r"|leader|actor|actress|singer|player|star|celebrity|author|scientist)"
        r"|кто|кого|кому|кем|хто|кого|ким|wer|wen|wem|qui|quién(?:es)?)\b",
    ),
    (
        AnswerKind.NAME,
        r"\b(?:which|(?:what|whose) (?:\w+\s){0,2}?(?:company|team|name|show|film"
        r"|movie|book|song|airline|bank|organi[sz]ation|party|group|agency|brand"
        r"|virus|disease|language|currency|university|school|title)|what (?:is|was"
        r"|were|are) (?:\w+\s){1,3}(?:called|named)|как(?:ой|ая|ие|ое)|який|яка|які"
        r"|welche[rsn]?|quel(?:le)?s?|cuál(?:es)?)\b",
    ),
)
_ASKED_PATTERNS = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _ASKED)
_ASKED_SPEECH = re.compile(
    r"\bwas\b.*?\b(?:sag(?:te|ten|t|en)|gesagt|meint(?:e|en)?|erklärt(?:e|en)?)\b"
    r"|\b(?:what|how|что|що|que|qué|qu['’]a)\b.*?\b(?:say|said|says|tell|told|think|thinks|claim(?:ed|s)?|respond(?:ed)?"
    r"|react(?:ed)?|den(?:y|ied)|comment(?:ed)?|warn(?:ed)?|accuse[ds]?|promise[ds]?|сказал\w?"
    r"|говор\w+|заявил\w?|думает|сказав|сказала|каже|заявив|dit|dijo|dijeron)\b",
    re.IGNORECASE,
)


def answer_kind(question: str) -> AnswerKind:
    """The kind of answer a question asks for; the first question word decides."""
    if is_claim_to_check(question):
        return AnswerKind.POLAR
    question = without_request(question)
    found = [
        (match.start(), order, kind)
        for order, (kind, pattern) in enumerate(_ASKED_PATTERNS)
        if (match := pattern.search(question))
    ]
    first = min(found, default=None)
    if first and wants_yes_or_no(question, first[0]):
        return AnswerKind.POLAR
    speech = _ASKED_SPEECH.search(question)
    if speech and not (first and _is_closer(first, speech.start())):
        return AnswerKind.SPEECH
    if first:
        return first[2]
    return AnswerKind.POLAR if is_polar(question) else AnswerKind.OTHER


def _is_closer(found: tuple[int, int, AnswerKind], speech: int) -> bool:
    """ "How many did Kyiv say it sent?" asks for a number, "What did the team say?" for words."""
    start, _, kind = found
    return start == speech and kind not in {AnswerKind.NAME, AnswerKind.REASON}


def answers_of_kind(kind: AnswerKind, sentence: str) -> Iterator[Span]:
    """Where `sentence` holds words of the kind asked for, in code points of the sentence."""
    if kind is AnswerKind.QUANTITY:
        yield from _quantities(sentence)
        return
    if kind is AnswerKind.TIME:
        pattern = _TIME
    elif kind in WITH_NAMES:
        pattern = _NAME
    elif kind is AnswerKind.REASON:
        pattern = _REASON
    elif kind is AnswerKind.SPEECH:
        pattern = _SPEECH
    else:
        return
    for match in pattern.finditer(sentence):
        if pattern is not _NAME or not is_only_a_time(match.group()):
            yield Span(match.start(), match.end())


def _quantities(sentence: str) -> Iterator[Span]:
    dated = [match.span() for match in _DATED.finditer(sentence)]
    for match in _QUANTITY.finditer(sentence):
        if not any(start <= match.start() and match.end() <= end for start, end in dated):
            yield Span(match.start(), match.end())


def is_only_a_time(words: str) -> bool:
    """Whether words name a day, a month or a year, and nothing else: nobody, and no place."""
    return _TIME.fullmatch(words.strip(" ,.")) is not None
