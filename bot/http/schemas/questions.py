"""A question and what may be drawn on to answer it."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, ConfigDict, Field

from bot.days import in_order
from bot.engine import Inquiry
from bot.http.schemas.words import (
    SINCE,
    UNTIL,
    ArticleName,
    ConversationName,
    Day,
    Language,
    Name,
    Strict,
    Wording,
    whole_number,
)


class AskRequest(Strict):
    """A question, and what may be drawn on to answer it."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {"question": "How long is the border between Ukraine and Belarus?"},
                {"question": "And what did Minsk say?", "since": "2024-08-01", "max_quotes": 5},
            ]
        },
    )

    question: Annotated[Wording, Field(description="In a sentence or a few words.")]
    conversation_id: Annotated[
        ConversationName | None,
        Field(description="From an earlier answer, to ask a follow-up."),
    ] = None
    since: Annotated[Day | None, Field(description=SINCE)] = None
    until: Annotated[Day | None, Field(description=UNTIL)] = None
    source: Annotated[
        Name | Annotated[list[Name], Field(max_length=50)] | None,
        Field(description="An outlet, or several; upper and lower case are alike."),
    ] = None
    language: Annotated[
        Language | None,
        Field(description="A language code such as `en`."),
    ] = None
    article_ids: Annotated[
        Annotated[list[ArticleName], Field(max_length=1000)] | None,
        Field(description="Only these articles."),
    ] = None
    max_quotes: (
        Annotated[int, Field(strict=True, ge=1, le=20), BeforeValidator(whole_number)] | None
    ) = None

    def inquiry(self) -> Inquiry:
        """The question as the engine takes it. Raises QuestionError for days out of order."""
        in_order(self.since, self.until)
        sources = [self.source] if isinstance(self.source, str) else self.source or []
        return Inquiry(
            text=self.question,
            conversation_id=self.conversation_id or None,
            since=self.since,
            until=self.until,
            sources=frozenset(sources),
            languages=frozenset([self.language] if self.language else []),
            article_ids=frozenset(self.article_ids or []),
            max_quotes=self.max_quotes,
        )
