"""Selection: which of the ranked sentences become the quotes of an answer."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from functools import partial

from corpus.article import Span
from index.store import StoreReader
from retrieval.answer import Quote, Side
from retrieval.certainty.asked_speaker import asked_speaker
from retrieval.certainty.counts import counting
from retrieval.disputes.claims import Claim
from retrieval.disputes.figures import Revision
from retrieval.disputes.side_labels import label_of_shown
from retrieval.disputes.sides import Stance, disagreement
from retrieval.evidence.features import Asked
from retrieval.evidence.heard_besides import heard_besides
from retrieval.evidence.likely import is_likely
from retrieval.evidence.linear_model import probability
from retrieval.evidence.quotes import ReadArticles, make_quote, quoted_span, read_article
from retrieval.evidence.ranked import RankedSentence
from retrieval.notes import Note
from retrieval.notes import revised as revised_note
from retrieval.question.answer_kinds import AnswerKind
from retrieval.selection.agreements import agreements, copies_of
from retrieval.selection.already_shown import unheard
from retrieval.selection.distinct import Statement, distinct, same_answer
from retrieval.selection.revisions import revision_asked_for
from retrieval.selection.rivals import rivals_named
from retrieval.time.timeliness import newer_first

# Sentences this far down the ranking are no longer about the question.
COMPETING = 24
# A further quote must have this probability of answering by itself. Of 237 right answers over two
# articles that no reader had learned from all but one stay right with it, all of 306 over two
# others and of 137 over news; those two others show 28 in 100 quotes fewer than at a quarter of it.
LEAST_PROBABILITY = 0.02
# Where the first is no likelier itself, as somebody's own words are, this share of it is enough.
LEAST_SHARE = 0.25
# Log-odds by which a sentence may trail the best and still count as equal evidence: what the
# scores of one fact told in other words differ by.
EQUAL_EVIDENCE = 0.5
# The words of each side that are shown before anything else is.
CLAIMS_OF_A_SIDE = 2


@dataclass(frozen=True, slots=True)
class Selection:
    """The quotes of an answer, who stands where, and what a reader should know besides."""

    quotes: tuple[Quote, ...] = ()
    sides: tuple[Side, ...] = ()
    notes: tuple[Note, ...] = ()


class Selector:
    """Chooses quotes for one question."""

    def __init__(
        self,
        store: StoreReader,
        asked: Asked,
        ranked: Sequence[RankedSentence],
        count: int,
        shown: Sequence[str] = (),
    ) -> None:
        self._store = store
        self._asked = asked
        self._competing = _newer_first(ranked[:COMPETING])
        self._count = count
        self._read = ReadArticles(partial(read_article, store)).of
        besides = counting(asked.text, heard_besides(store, self._competing, self._read))
        self._ranked = [*self._competing, *unheard(besides, shown)]
        self._statements = [self._statement(sentence) for sentence in self._ranked]

    def _statement(self, sentence: RankedSentence) -> Statement:
        passage, read = sentence.candidate.passage, self._read(sentence)
        who = read.attributions[read.index_of(sentence.span)]
        return Statement(
            text=sentence.text,
            score=sentence.log_odds,
            answer=sentence.answer.of(passage.article.text) if sentence.answer else None,
            vector=passage.sentence_vectors[sentence.index],
            story=passage.story,
            scale=self._asked.scale,
            rivals=rivals_named(self._asked.text, sentence.text, who, passage.article.language),
        )

    def select(self) -> Selection:
        """Both sides where there are two, else the best distinct sentences."""
        stances = self._stances()
        chosen = self._of_stances(stances)
        fill = distinct(self._statements[: len(self._competing)], len(self._competing))
        for place in fill:
            if len(chosen) >= self._count:
                break
            if self._is_worth_a_place(place, chosen):
                chosen.append(place)
        told = self._places_told(stances)
        revised = self._with_revisions(chosen, told)
        quotes: list[Quote] = []
        for place in chosen:
            quotes.append(self._quote(place, chosen, quotes))
        notes = [
            revised_note(
                chosen.index(newer) + 1, revision.newer, chosen.index(older) + 1, revision.older
            )
            for newer, older, revision in revised
        ]
        agreed = agreements(self._asked.text, self._ranked, self._statements, chosen)
        return Selection(tuple(quotes), self._sides(stances, chosen, quotes), (*notes, *agreed))

    def _stances(self) -> tuple[Stance, ...]:
        """Who stands on which side, where the sentences themselves disagree.

        Where somebody's own words are asked for, nobody else's are set against them.
        """
        if asked_speaker(self._asked.text) is not None:
            return ()
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
                    likeness=self._likeness(sentence),
                    published=passage.article.published,
                )
            )
        stances = disagreement(self._asked.text, claims)
        if self._asked.kind is AnswerKind.POLAR:
            # A yes and a no: what is claimed and denied of the matter is the answer itself.
            return stances
        told = self._places_told(stances)
        # A dispute about another matter than what is answered is none of this question's.
        about = any(place == 0 or is_likely(self._ranked[place]) for place in told)
        return stances if about else ()

    def _places_told(self, stances: Sequence[Stance]) -> frozenset[int]:
        """Where in the ranking the words of all sides stand."""
        return frozenset(self._place_of(claim) for stance in stances for claim in stance.claims)

    def _likeness(self, sentence: RankedSentence) -> float:
        passage = sentence.candidate.passage
        cosine = float(passage.sentence_vectors[sentence.index] @ self._asked.vector)
        return self._asked.scale.of(cosine, across=self._asked.is_foreign(passage.article))

    def _of_stances(self, stances: Sequence[Stance]) -> list[int]:
        """The best sentence, then the best claims of each side in turn, as far as there is room."""
        chosen: list[int] = [0] if stances else []
        for turn in range(CLAIMS_OF_A_SIDE):
            for stance in stances:
                if turn >= len(stance.claims) or len(chosen) >= self._count:
                    continue
                place = self._place_of(stance.claims[turn])
                # What stands in a quote already is not shown again, unless a side has only that.
                shown = turn and any(self._is_quoted_with(place, other) for other in chosen)
                if place not in chosen and not shown:
                    chosen.append(place)
        return chosen

    def _place_of(self, claim: Claim) -> int:
        return next(
            place
            for place, sentence in enumerate(self._ranked)
            if sentence.candidate.passage.article.id == claim.article_id
            and sentence.span.start == claim.start
        )

    def _sides(
        self, stances: Sequence[Stance], chosen: Sequence[int], quotes: Sequence[Quote]
    ) -> tuple[Side, ...]:
        numbers = {place: number for number, place in enumerate(chosen, start=1)}
        sides = []
        for stance in stances:
            quoted = [
                numbers[place] for place in map(self._place_of, stance.claims) if place in numbers
            ]
            if quoted:
                spoken = [quotes[number - 1].speaker or stance.speaker for number in quoted]
                sides.append(Side(label_of_shown(stance.speaker, spoken), tuple(quoted)))
        return tuple(sides) if len(sides) > 1 else ()

    def _with_revisions(self, chosen: list[int], told: Set[int]) -> list[tuple[int, int, Revision]]:
        """Later figures that revise a chosen one: (newer, older, the figures).

        A revision that was not chosen takes the last place that is not the revised one's own, nor
        that of a side's word, which are `told`.
        """
        found = []
        for older in list(chosen):
            if older not in chosen:  # another revision has taken its place
                continue
            for newer in range(len(self._competing)):
                revision = self._revision(newer, older)
                if revision is None:
                    continue
                if newer not in chosen and not self._make_room(chosen, newer, {older, *told}):
                    continue
                found.append((newer, older, revision))
                break
        return [one for one in found if one[0] in chosen and one[1] in chosen]

    def _make_room(self, chosen: list[int], place: int, kept: Set[int]) -> bool:
        """A place for what itself may answer; what hardly does is not quoted for its figure."""
        if not is_likely(self._ranked[place]):
            return False
        if len(chosen) < self._count:
            chosen.append(place)
            return True
        free = [position for position, other in enumerate(chosen) if other not in kept]
        if not free or self._count < 2:
            return False
        chosen[free[-1]] = place
        return True

    def _revision(self, newer: int, older: int) -> Revision | None:
        first, second = self._ranked[newer], self._ranked[older]
        fresh = first.candidate.passage.article.published
        stale = second.candidate.passage.article.published
        if fresh is None or stale is None or fresh <= stale:
            return None
        return revision_asked_for(
            self._asked.text,
            self._asked.kind,
            self._statements[newer],
            self._statements[older],
            likely=is_likely(first) and is_likely(second),
        )

    def _is_worth_a_place(self, place: int, chosen: Sequence[int]) -> bool:
        best = probability(self._ranked[0].log_odds)
        least = min(LEAST_PROBABILITY, LEAST_SHARE * best)
        likely = probability(self._ranked[place].log_odds) >= least
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

    def _quote(self, place: int, chosen: Sequence[int], earlier: Sequence[Quote]) -> Quote:
        sentence = self._ranked[place]
        own = sentence.candidate.passage.article.id
        return make_quote(
            len(earlier) + 1,
            sentence,
            self._asked,
            self._read(sentence),
            probability(sentence.log_odds),
            copies_of(sentence, self._competing, [self._ranked[one] for one in chosen]),
            [Span(quote.start, quote.end) for quote in earlier if quote.article.id == own],
        )


def select(
    store: StoreReader,
    asked: Asked,
    ranked: Sequence[RankedSentence],
    count: int,
    shown: Sequence[str] = (),
) -> Selection:
    """At most `count` quotes from ranked sentences (at least one), none twice or `shown` before."""
    return Selector(store, asked, ranked, count, shown).select()


def _newer_first(ranked: Sequence[RankedSentence]) -> list[RankedSentence]:
    """Those that are as good as the best, the newest first; then the others.

    The log-odds stay where they are in the ranking.
    """
    best = ranked[0].log_odds if ranked else 0.0
    equal = [i for i, one in enumerate(ranked) if one.log_odds >= best - EQUAL_EVIDENCE]
    dates = [one.candidate.passage.article.published for one in ranked]
    order = [*newer_first(equal, dates), *range(len(equal), len(ranked))]
    return [
        replace(ranked[place], log_odds=ranked[position].log_odds)
        for position, place in enumerate(order)
    ]
