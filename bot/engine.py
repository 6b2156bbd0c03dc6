"""The asynchronous face of answering: computing happens in threads, never on the event loop."""

from __future__ import annotations

import asyncio
import functools
import uuid
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from bot.conversations import Conversations
from corpus.article import Article
from corpus.errors import QuestionError
from index.store import ArticleSummary, Filter, StoredPassage, StoreStatus
from retrieval.answer import Answer, Question, Quote, Turn
from retrieval.progress import Progress, Unwatched
from retrieval.words.turn_names import says_something

if TYPE_CHECKING:
    from bot.editions import Edition, Editions
    from retrieval.proof.proving import Finding

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")

LOOKING_THREADS = 4


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A question as a front end hands it over. `asked` is today where it is not given.

    With a `history` the turns of the conversation are the caller's to keep: none is stored. A
    question that nobody will follow up has an empty one. With neither that nor a conversation it
    begins one, which its reply names.
    A question with the `turn` of an earlier one is that one corrected, and takes its place.
    `shows` picks the quotes that are put before the reader, where not all are: a follow-up leans
    on these alone, and "What else?" may still bring the others.
    """

    text: str
    conversation_id: str | None = None
    since: date | None = None
    until: date | None = None
    sources: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    article_ids: frozenset[str] = frozenset()
    max_quotes: int | None = None
    asked: date | None = None
    history: Sequence[Turn] | None = None
    turn: str | None = None
    shows: Callable[[Answer], Sequence[Quote]] | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer and the conversation that it belongs to."""

    answer: Answer
    conversation_id: str


class Engine:
    """Answers questions for every front end of one process."""

    def __init__(
        self,
        editions: Editions,
        conversations: Conversations,
        *,
        max_quotes: int,
        max_question_characters: int,
        count: Callable[[Answer], None],
        threads: int = 8,
    ) -> None:
        """`count` is told of every answer, in the thread that made it (for metrics)."""
        self._editions = editions
        self._conversations = conversations
        self._max_quotes = max_quotes
        self._max_question_characters = max_question_characters
        self._count = count
        self._answering = ThreadPoolExecutor(threads, thread_name_prefix="answer")
        # Who only looks something up, or asks whether all is well, waits behind no questions.
        self._looking = ThreadPoolExecutor(LOOKING_THREADS, thread_name_prefix="look")

    async def ask(self, inquiry: Inquiry, progress: Progress | None = None) -> Reply:
        """Answer one question and remember the turn.

        Raises QuestionError for a question that is empty, too long or no text; Cancelled where
        `progress.check` says so.
        """
        return await self._run(self.ask_now, inquiry, progress or Unwatched())

    def ask_now(self, inquiry: Inquiry, progress: Progress) -> Reply:
        """The same for callers that have a thread of their own (the terminal)."""
        text = self._checked(inquiry.text)
        conversation_id = inquiry.conversation_id or uuid.uuid4().hex
        question = Question(
            text=text,
            asked=inquiry.asked or date.today(),
            history=(
                self._conversations.history(conversation_id, inquiry.turn)
                if inquiry.history is None
                else inquiry.history
            ),
            since=inquiry.since,
            until=inquiry.until,
            sources=inquiry.sources,
            languages=inquiry.languages,
            article_ids=inquiry.article_ids,
            max_quotes=inquiry.max_quotes or self._max_quotes,
            max_characters=self._max_question_characters,
        )
        edition = self._edition
        answer = replace(edition.answerer.answer(question, progress), made_by=edition.made_by)
        self._count(answer)
        if inquiry.history is None:
            shown = inquiry.shows(answer) if inquiry.shows else answer.quotes
            self._remember(conversation_id, answer, shown, inquiry.turn)
        return Reply(answer, conversation_id)

    def _remember(
        self, conversation_id: str, answer: Answer, shown: Sequence[Quote], key: str | None
    ) -> None:
        """Keep the turn for follow-ups; "hi" and "?" leave nothing that one could lean on."""
        if not says_something(answer.standalone_question):
            return
        turn = Turn(
            question=answer.question,
            standalone=answer.standalone_question,
            answered=answer.answered,
            names=_speakers(shown),
            shown=tuple(quote.text for quote in shown),
        )
        self._conversations.append(conversation_id, turn, key)

    async def showed(self, conversation_id: str, turn: str, quotes: Sequence[Quote]) -> None:
        """Further quotes of the answer to an earlier turn are put before the reader now."""
        names, texts = _speakers(quotes), tuple(quote.text for quote in quotes)
        await self._run(self._conversations.extend, conversation_id, turn, names, texts)

    async def search(self, text: str, k: int, where: Filter) -> list[tuple[StoredPassage, float]]:
        """The best passages for a text, with their fused scores, best first."""
        checked = self._checked(text)
        return await self._run(lambda: self._edition.answerer.search(checked, k, where))

    async def article(self, article_id: str) -> Article | None:
        """One article with its text, or None."""
        return await self._look(lambda: self._edition.store.article(article_id))

    async def articles(
        self, where: Filter, offset: int, limit: int
    ) -> tuple[Sequence[ArticleSummary], int]:
        """A page of articles, newest first, and how many there are in all."""
        return await self._look(lambda: self._edition.store.articles(where, offset, limit))

    async def sources(self) -> Sequence[tuple[str, int, date | None, date | None]]:
        """Each outlet with its number of articles and its first and last date."""

        def sources() -> Sequence[tuple[str, int, date | None, date | None]]:
            return self._edition.store.sources()

        return await self._look(sources)

    async def status(self) -> StoreStatus:
        """What the store holds now."""
        return await self._look(self.status_now)

    def status_now(self) -> StoreStatus:
        """The same for callers that have a thread of their own."""
        return self._edition.store.status()

    async def forget(self, conversation_id: str) -> int:
        """Drop a conversation; the number of turns that were kept."""
        return await self._run(self._conversations.forget, conversation_id)

    async def forget_expired(self) -> None:
        """Drop conversations whose time is over, also where nobody asks any more."""
        await self._run(self._conversations.drop_expired)

    async def prove(self, answer: object) -> list[Finding]:
        """Hold each quote of an answer, whatever it looks like, against what is stored now."""
        from retrieval.proof.proving import prove

        return await self._run(lambda: prove(answer, self._edition.store))

    def close(self) -> None:
        """Finish what is in flight and stop the threads."""
        self._answering.shutdown(wait=True)
        self._looking.shutdown(wait=True)

    @property
    def _edition(self) -> Edition:
        """What to answer with now. Looks at the disk: not for the event loop."""
        return self._editions.current

    def _checked(self, text: str) -> str:
        if not text.strip():
            raise QuestionError("the question is empty: ask in a sentence or a few words")
        if len(text) > self._max_question_characters:
            raise QuestionError(
                f"the question has {len(text):,} characters: shorten it to at most"
                f" {self._max_question_characters:,}"
            )
        if any("\ud800" <= character <= "\udfff" for character in text):
            raise QuestionError(
                "the question holds half a character, which no text can: type it again"
            )
        return text

    async def _run(
        self,
        function: Callable[Parameters, Result],
        *args: Parameters.args,
        **kwargs: Parameters.kwargs,
    ) -> Result:
        call = functools.partial(function, *args, **kwargs)
        return await asyncio.get_running_loop().run_in_executor(self._answering, call)

    async def _look(self, function: Callable[[], Result]) -> Result:
        return await asyncio.get_running_loop().run_in_executor(self._looking, function)


def _speakers(quotes: Sequence[Quote]) -> tuple[str, ...]:
    """Who speaks in quotes, each once."""
    return tuple(dict.fromkeys(quote.speaker for quote in quotes if quote.speaker))
