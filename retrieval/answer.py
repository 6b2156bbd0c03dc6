"""A question as it is asked, and the answer that every face shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from corpus.article import Article, Span


@dataclass(frozen=True, slots=True)
class Turn:
    """One earlier exchange of a conversation, as far as a follow-up needs it.

    `standalone` is the question as it was understood. `names` are what its quotes were about
    (speakers, titles' subjects), most important first.
    """

    question: str
    standalone: str
    answered: bool
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody asks. Dates are inclusive; `asked` is the day that "this week" is seen from."""

    text: str
    asked: date
    history: Sequence[Turn] = ()
    since: date | None = None
    until: date | None = None
    sources: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    article_ids: frozenset[str] = frozenset()
    max_quotes: int = 3


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of one article that answer. `article.text[start:end] == text`, always.

    `highlight` lies inside the quote and, like `start` and `end`, counts code points of the
    article's text. `before` and `after` are the sentences around, empty at the article's ends.
    `copies` are the other outlets' articles that carry the same story.
    """

    number: int
    text: str
    start: int
    end: int
    article: Article
    score: float
    highlight: Span | None = None
    speaker: str | None = None
    before: str = ""
    after: str = ""
    copies: tuple[Article, ...] = ()


@dataclass(frozen=True, slots=True)
class Side:
    """One speaker's quotes, by their numbers, where speakers disagree."""

    speaker: str
    quotes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What OnRecord replies. Not answered: no quotes, up to three `nearest` passages instead.

    `confidence` is the probability (0 to 1) that the quotes answer the question. `stages` gives
    the milliseconds spent in each stage.
    """

    question: str
    standalone_question: str
    answered: bool
    confidence: float
    quotes: tuple[Quote, ...]
    nearest: tuple[Quote, ...]
    sides: tuple[Side, ...]
    generation: int
    took_ms: float
    stages: Mapping[str, float] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The quotes, one a line, each with its number; empty where the articles do not say."""
        return "\n".join(f"“{quote.text}” [{quote.number}]" for quote in self.quotes)
