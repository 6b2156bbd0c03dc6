"""Turns a question into one that its passage does not answer, by asking of something else."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

_YEAR = re.compile(r"\b(?:1[0-9]|20)\d\d\b")
_NUMBER = re.compile(r"\b\d+\b")
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][\w'’-]{2,}")
_PLAIN_WORD = re.compile(r"\b[a-z]{3,}\b")
_AUXILIARY = re.compile(r"\b(is|was|are|were|did|does|do|has|had|have|can|could|will|would)\b")

NUMBER_CHANGES = (-10, -7, -4, -3, -2, -1, 1, 2, 3, 5, 8, 12)


OPPOSITES = (
    "first last,largest smallest,largest least,biggest smallest,highest lowest,most least,"
    "more fewer,more less,early late,earlier later,earliest latest,oldest newest,old new,"
    "before after,during before,northern southern,north south,eastern western,east west,"
    "increase decrease,increased decreased,increasing decreasing,rise fall,rose fell,"
    "begin end,began ended,start stop,started stopped,start end,opened closed,founded dissolved,"
    "created destroyed,built demolished,win lose,won lost,victory defeat,gain loss,gained lost,"
    "buy sell,bought sold,import export,accept reject,accepted rejected,allow forbid,"
    "allowed banned,permitted prohibited,support oppose,supported opposed,support opposition,"
    "agree disagree,agreed disagreed,confirmed denied,include exclude,included excluded,"
    "join leave,joined left,arrive depart,arrived departed,enter exit,entered left,"
    "attack defend,attacked defended,inside outside,above below,over under,upper lower,"
    "internal external,domestic foreign,public private,rural urban,rich poor,strong weak,"
    "strongest weakest,fast slow,fastest slowest,hot cold,warm cool,high low,long short,"
    "longest shortest,large small,great little,major minor,positive negative,good bad,"
    "best worst,better worse,success failure,successful unsuccessful,advantage disadvantage,"
    "common rare,often rarely,always never,easy difficult,legal illegal,male female,men women,"
    "man woman,father mother,son daughter,brother sister,husband wife,king queen,"
    "teacher student,buyer seller,winner loser,majority minority,maximum minimum,"
    "single multiple,primary secondary,direct indirect,living dead,born died,peace war,"
    "ally enemy,light dark,heavy light,wide narrow,thick thin,deep shallow,modern ancient"
)
"""Pairs of words; a question with one exchanged for the other asks for what is not told."""

_OPPOSITE: dict[str, tuple[str, ...]] = {}
for _pair in OPPOSITES.split(","):
    _one, _other = _pair.split(" ")
    _OPPOSITE[_one] = (*_OPPOSITE.get(_one, ()), _other)
    _OPPOSITE[_other] = (*_OPPOSITE.get(_other, ()), _one)


def ask_the_opposite(question: str, generator: random.Random) -> str | None:
    """The question with one word exchanged for its opposite, or else denied; None where neither.

    Denying is drawn rarely: a reader would else learn that whoever says "not" gets no answer.
    """
    found = [match for match in _PLAIN_WORD.finditer(question) if match.group() in _OPPOSITE]
    if found:
        match = generator.choice(found)
        new = generator.choice(_OPPOSITE[match.group()])
        return question[: match.start()] + new + question[match.end() :]
    verb = _AUXILIARY.search(question)
    if verb is None or generator.random() > DENIED:
        return None
    return f"{question[: verb.end()]} {generator.choice(('not', 'never'))}{question[verb.end() :]}"


DENIED = 0.3
"""Share of the questions without an opposite that are denied instead."""


def ask_of_another(
    question: str, passage: str, names: Sequence[str], generator: random.Random
) -> str | None:
    """The question with one year, number or name of the passage exchanged for another.

    None where the question names nothing that the passage names too: exchanging that would
    change nothing.
    """
    found = [match for match in _NAME.finditer(question) if match.group() in passage]
    found += [match for match in _NUMBER.finditer(question) if match.group() in passage]
    if not found:
        return None
    match = generator.choice(found)
    old = match.group()
    if _NUMBER.fullmatch(old):
        new = str(abs(int(old) + generator.choice(NUMBER_CHANGES)))
        if not _YEAR.fullmatch(old) and generator.random() < 0.5:
            new = str(int(old) * generator.choice((2, 3, 10)) + 1)
    else:
        others = [name for name in names if name.casefold() not in question.casefold()]
        if not others:
            return None
        new = generator.choice(others)
    if new == old:
        return None
    return question[: match.start()] + new + question[match.end() :]
