"""Selection: which of the ranked sentences become the quotes of an answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.article import Article, Span
from index.store import StoreReader
from retrieval.answer import Quote, Side
from retrieval.distinct import Statement, distinct, same_answer
from retrieval.evidence import RankedSentence
from retrieval.features import Asked
from retrieval.figures import Revision, superseded
from retrieval.linear_model import probability
from retrieval.quotes import ReadArticle, make_quote, quoted_span, read_article
from retrieval.sides import Claim, Stance, disagreement

# Sentences this far down the ranking are no longer about the question.
COMPETING = 24
# A further quote must have this probability of answering by itself: below it, 99 in 100 do not.
LEAST_PROBABILITY = 0.01
# The words of each side that are shown before anything else is.
CLAIMS_OF_A_SIDE = 2


@dataclass(frozen=True, slots=True)
class Selection:
    """The quotes of an answer, who stands where, and what a reader should know besides."""

    quotes: tuple[Quote, ...] = ()
    sides: tuple[Side, ...] = ()
    notes: tuple[str, ...] = ()


class Selector:
    """Chooses quotes for one question."""

    def __init__(
        self, store: StoreReader, asked: Asked, ranked: Sequence[RankedSentence], count: int
    ) -> None:
        self._store = store
        self._asked = asked
        self._ranked = ranked[:COMPETING]
        self._count = count
        self._articles: dict[str, ReadArticle] = {}
        self._statements = [_statement(sentence) for sentence in self._ranked]

    def select(self) -> Selection:
        """Both sides where there are two, else the best distinct sentences."""
        stances = self._stances()
        chosen = self._of_stances(stances)
        fill = distinct(self._statements, self._asked.text, len(self._ranked))
        for place in fill:
            if len(chosen) >= self._count:
                break
            if self._is_worth_a_place(place, chosen):
                chosen.append(place)
        revised = self._with_revisions(chosen)
        quotes: list[Quote] = []
        for place in chosen:
            quotes.append(self._quote(place, quotes))
        notes = [
            f"[{chosen.index(newer) + 1}] is later and says {revision.newer}"
            f" where [{chosen.index(older) + 1}] says {revision.older}"
            for newer, older, revision in revised
        ]
        return Selection(
            tuple(quotes), self._sides(stances, chosen), (*notes, *self._agreements(chosen))
        )

    def _stances(self) -> tuple[Stance, ...]:
        """Who stands on which side, where the sentences themselves disagree."""
        claims = []
        for sentence in self._ranked:
            read = self._read(sentence)
            passage = sentence.candidate.passage
            claims.append(
                Claim(
                    text=sentence.text,
                    attribution=read.attributions[read.index_of(sentence.span)],
                    article_id=passage.article.id,
                    start=sentence.span.start,
                    score=sentence.log_odds,
                    story=passage.story,
                )
            )
        return disagreement(self._asked.text, claims)

    def _of_stances(self, stances: Sequence[Stance]) -> list[int]:
        """The best sentence, then the best claims of each side in turn, as far as there is room."""
        chosen: list[int] = [0] if stances else []
        for turn in range(CLAIMS_OF_A_SIDE):
            for stance in stances:
                if turn >= len(stance.claims) or len(chosen) >= self._count:
                    continue
                place = self._place_of(stance.claims[turn])
                if place not in chosen:
                    chosen.append(place)
        return chosen

    def _place_of(self, claim: Claim) -> int:
        return next(
            place
            for place, sentence in enumerate(self._ranked)
            if sentence.candidate.passage.article.id == claim.article_id
            and sentence.span.start == claim.start
        )

    def _sides(self, stances: Sequence[Stance], chosen: Sequence[int]) -> tuple[Side, ...]:
        numbers = {place: number for number, place in enumerate(chosen, start=1)}
        sides = []
        for stance in stances:
            quoted = [
                numbers[place] for place in map(self._place_of, stance.claims) if place in numbers
            ]
            if quoted:
                sides.append(Side(stance.speaker, tuple(quoted)))
        return tuple(sides) if len(sides) > 1 else ()

    def _with_revisions(self, chosen: list[int]) -> list[tuple[int, int, Revision]]:
        """Later figures that revise a chosen one: (newer, older, the figures).

        A revision that was not chosen takes the last place that is not the revised one's own.
        """
        found = []
        for older in list(chosen):
            for newer in range(len(self._ranked)):
                revision = self._revision(newer, older)
                if revision is None:
                    continue
                if newer not in chosen and not self._make_room(chosen, older, newer):
                    continue
                found.append((newer, older, revision))
                break
        return [one for one in found if one[0] in chosen and one[1] in chosen]

    def _make_room(self, chosen: list[int], keep: int, place: int) -> bool:
        if len(chosen) < self._count:
            chosen.append(place)
            return True
        if self._count < 2:
            return False
        position = len(chosen) - 1 if chosen[-1] != keep else len(chosen) - 2
        chosen[position] = place
        return True

    def _revision(self, newer: int, older: int) -> Revision | None:
        first, second = self._ranked[newer], self._ranked[older]
        fresh = first.candidate.passage.article.published
        stale = second.candidate.passage.article.published
        if fresh is None or stale is None or fresh <= stale:
            return None
        return superseded(first.text, second.text)

    def _is_worth_a_place(self, place: int, chosen: Sequence[int]) -> bool:
        likely = probability(self._ranked[place].log_odds) >= LEAST_PROBABILITY
        return (likely or not chosen) and not self._repeats(place, chosen)

    def _repeats(self, place: int, chosen: Sequence[int]) -> bool:
        return any(
            place == other
            or self._is_quoted_with(place, other)
            or same_answer(self._statements[place], self._statements[other])
            for other in chosen
        )

    def _is_quoted_with(self, place: int, other: int) -> bool:
        """Whether one sentence already stands in the quote made for another."""
        first, second = self._ranked[place], self._ranked[other]
        if first.candidate.passage.article.id != second.candidate.passage.article.id:
            return False
        span = quoted_span(second, self._read(second))
        return span.start <= first.span.start and first.span.end <= span.end

    def _agreements(self, chosen: Sequence[int]) -> list[str]:
        """Other outlets that answer the same in another story, told once for each quote."""
        notes = []
        for number, place in enumerate(chosen, start=1):
            own = self._ranked[place].candidate.passage
            outlets = {
                other.candidate.passage.article.source
                for index, other in enumerate(self._ranked)
                if other.candidate.passage.story != own.story
                and other.candidate.passage.article.source not in {None, own.article.source}
                and same_answer(self._statements[place], self._statements[index])
            }
            if outlets:
                notes.append(f"[{number}] agrees with {', '.join(sorted(map(str, outlets)))}")
        return notes

    def _quote(self, place: int, earlier: Sequence[Quote]) -> Quote:
        sentence = self._ranked[place]
        own = sentence.candidate.passage.article.id
        return make_quote(
            len(earlier) + 1,
            sentence,
            self._asked,
            self._read(sentence),
            probability(sentence.log_odds),
            self._copies(sentence),
            [Span(quote.start, quote.end) for quote in earlier if quote.article.id == own],
        )

    def _copies(self, sentence: RankedSentence) -> tuple[Article, ...]:
        """Other outlets' articles among the ranked that carry the same story."""
        own = sentence.candidate.passage
        others = {
            other.candidate.passage.article.id: other.candidate.passage.article
            for other in self._ranked
            if other.candidate.passage.story == own.story
            and other.candidate.passage.article.id != own.article.id
        }
        return tuple(others.values())

    def _read(self, sentence: RankedSentence) -> ReadArticle:
        article_id = sentence.candidate.passage.article.id
        if article_id not in self._articles:
            self._articles[article_id] = read_article(self._store, sentence)
        return self._articles[article_id]


def select(
    store: StoreReader, asked: Asked, ranked: Sequence[RankedSentence], count: int
) -> Selection:
    """At most `count` quotes from ranked sentences (at least one), none twice."""
    return Selector(store, asked, ranked, count).select()


def _statement(sentence: RankedSentence) -> Statement:
    passage = sentence.candidate.passage
    return Statement(
        text=sentence.text,
        score=sentence.log_odds,
        answer=sentence.answer.of(passage.article.text) if sentence.answer else None,
        vector=passage.sentence_vectors[sentence.index],
        story=passage.story,
    )
