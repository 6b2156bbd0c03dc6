"""What a request may hold: words, names, days, whole numbers; nothing unknown."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from corpus.identity import canonical_url

NOT_EMPTY = r"\S"
"""The pattern of a text that must say something."""

SINCE = "Articles of this day or later."
UNTIL = "Articles of this day or earlier."

_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def _whole_characters(text: str) -> str:
    """JSON can spell half a surrogate pair, which is no character and cannot be stored or sent."""
    if any("\ud800" <= mark <= "\udfff" for mark in text):
        raise ValueError("half a surrogate pair is no character")
    return text


def _written_out(value: object) -> object:
    """Pydantic would take numbers, and numbers in strings, for seconds since 1970."""
    if value is None or isinstance(value, date):
        return value
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        raise ValueError("write the day as YYYY-MM-DD")
    return value


def _of_the_web(address: str) -> str:
    """An article keeps no other address: a link to it must lead somewhere, and run nothing."""
    if canonical_url(address) is None:
        raise ValueError("write the address as https://… or http://…")
    return address


Day = Annotated[date, BeforeValidator(_written_out)]
Words = Annotated[str, AfterValidator(_whole_characters)]
# Pydantic itself refuses half a surrogate pair wherever a text has limits or a pattern.
Wording = Annotated[str, Field(pattern=NOT_EMPTY)]
Heading = Annotated[str, Field(pattern=NOT_EMPTY, max_length=1000)]
Name = Annotated[str, Field(min_length=1, max_length=200)]
LONGEST_ARTICLE_ID = 500
ArticleName = Annotated[str, Field(min_length=1, max_length=LONGEST_ARTICLE_ID)]
# Names with a colon belong to other faces: nobody may look into a chat in Telegram by its name.
ConversationName = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^:]+$")]
Address = Annotated[str, Field(min_length=1, max_length=2000)]
WebAddress = Annotated[
    Address, AfterValidator(_of_the_web), Field(json_schema_extra={"format": "uri"})
]
Language = Annotated[str, Field(min_length=2, max_length=20)]


def whole_number(value: object) -> object:
    """To JSON, 2.0 is the same integer as 2, and true is none."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


class Strict(BaseModel):
    """A request: what is not known is refused, so that a misspelt member is noticed."""

    model_config = ConfigDict(extra="forbid")
