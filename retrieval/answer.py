"""A question as it is asked, and the answer that every face shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from corpus.article import Article, Span
from retrieval.notes import Note

MAX_CHARACTERS = 4000
"""A question may have so many, where nothing else is set."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One earlier exchange of a conversation, as far as a follow-up needs it.

    `standalone` is the question as it was understood. `names` are what its quotes were about
    (speakers, titles' subjects), most important first. `shown` are the texts that it showed:
    those of its quotes, or the whole answer where only that is known.
    """

    question: str
    standalone: str
    answered: bool
    names: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody asks. Dates are inclusive; `asked` is the day that "this week" is seen from.

    A follow-up is not completed to more than `max_characters`.
    """

    text: str
    asked: date
    history: Sequence[Turn] = ()
    since: date | None = None
    until: date | None = None
    sources: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    article_ids: frozenset[str] = frozenset()
    max_quotes: int = 3
    max_characters: int = MAX_CHARACTERS


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of one article that answer. `article.text[start:end] == text`, always.

    `highlight` lies inside the quote and, like `start` and `end`, counts code points of the
    article's text. `before` and `after` are the sentences around, empty at the article's ends.
    `copies` are the other outlets' articles that carry the same story. `direct` says whether the
    words are the speaker's own where that was judged before, for quotes that have come away from
    the text of their article.
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
    direct: bool | None = None


@dataclass(frozen=True, slots=True)
class Side:
    """One speaker's quotes, by their numbers, where speakers disagree."""

    speaker: str
    quotes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class MadeBy:
    """The versions of everything that had a part in an answer.

    `onrecord` is the program's version, `embedding_model` the name, revision and arithmetic of
    the vectors, `reader` the name and checksum of the model that reads (None: none does),
    `weights` the checksum of the packaged tables that rank and decide, `store` the kind of store
    and the version of its layout. `reranker` is the name and checksum of the cross-encoder that
    orders passages (None: none is set). `writer` is the language model that connected the quotes,
    as its server names it (None: the quotes stand alone).
    """

    onrecord: str
    embedding_model: str | None
    reader: str | None
    weights: str
    store: str
    reranker: str | None = None
    writer: str | None = None


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
    notes: tuple[Note, ...] = ()
    made_by: MadeBy | None = None

    @property
    def is_reworded(self) -> bool:
        """Whether the question was understood in other words than it was asked in."""
        asked, understood = self.question.strip(), self.standalone_question.strip()
        return asked.casefold() != understood.casefold()

    @property
    def text(self) -> str:
        """The quotes, one a line, each with its number; empty where the articles do not say."""
        return "\n".join(f"“{quote.text}” [{quote.number}]" for quote in self.quotes)
