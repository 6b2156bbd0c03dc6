"""Learns the weights of passages, sentences and confidence from open questions.

    python -m retrieval.training.evidence SET[:closed][:every=N][@INDEX] ... --index DIR
        [--asked INDEX] --out DIR

Each SET is a folder that `onrecord evaluate` takes, its articles indexed in INDEX or DIR; how it is
named, see retrieval.training.named_sets. Where `--reader` reads, `every=N` takes what it did not
learn from. `--strangers SET` adds questions about articles that are not in the index: nothing
answers them. `--asked INDEX` adds those that were written for the open `news`, which INDEX holds,
and judged (retrieval.training.asked_questions).
What is reported is cross-validated, no article being in both halves; what is written is fitted on
everything.
"""

from __future__ import annotations

import argparse
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from index.embedding.loading import load_embedder
from index.opening import open_store
from index.store import StoredPassage, StoreReader
from retrieval.answerer import Answerer
from retrieval.certainty.confidence import (
    CLOSE_CONFIDENCE_FEATURES,
    CONFIDENCE_FEATURES,
    ConfidenceModels,
    close_confidence_features,
    confidence_features,
)
from retrieval.evidence.close_look import CLOSE_FEATURES, close_features, read_closely, weighed
from retrieval.evidence.features import PASSAGE_FEATURES, SENTENCE_FEATURES
from retrieval.evidence.linear_model import LinearModel, Matrix, load_linear_model
from retrieval.evidence.ranked import RankedSentence
from retrieval.evidence.ranking import EvidenceRanker, SentenceModels
from retrieval.reading.readers import load_reader
from retrieval.reading.readings import PassageReading, Reader, Readers
from retrieval.training.asked_questions import asked_questions
from retrieval.training.evidence_cases import (
    Found,
    equal_weights,
    find,
    folds,
    passage_group,
    ranked_sentences,
    sentence_group,
    sentence_is_right,
)
from retrieval.training.fitting import Group, fit_probability, fit_ranker
from retrieval.training.held_out import CloseWeights, Outcome, Weights, outcome, summaries
from retrieval.training.named_sets import NamedQuestions, add_arguments, named_questions

log = logging.getLogger(__name__)

FOLDS = 4
UNHURRIED_MS = 1e9


class Remembering:
    """A reader that reads each passage once for each question, however often it is asked to."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._known: dict[_Shown, PassageReading] = {}

    @property
    def languages(self) -> frozenset[str] | None:
        """Those of the reader itself."""
        return self._reader.languages

    def read_passages(
        self, question: str, passages: Sequence[StoredPassage]
    ) -> list[PassageReading]:
        """One reading for each passage, in order."""
        new = [one for one in passages if _shown(question, one) not in self._known]
        for passage, reading in zip(new, self._reader.read_passages(question, new), strict=True):
            self._known[_shown(question, passage)] = reading
        return [self._known[_shown(question, one)] for one in passages]


_Shown = tuple[str, int, int, int]


def _shown(question: str, stored: StoredPassage) -> _Shown:
    """A question and what of which passage is read for it: all, or a close-up."""
    return question, stored.id, stored.passage.start, stored.passage.end


def learn(found: Sequence[Found], readers: Readers, passages: LinearModel | None = None) -> Weights:
    """Fit the models one on top of the other; `passages` is learned where it is not given."""
    if passages is None:
        passages = fit_ranker(PASSAGE_FEATURES, _present([passage_group(one) for one in found]))
    start = equal_weights(SENTENCE_FEATURES, "words_in_sentence")
    ranked = [ranked_sentences(one, passages, start, readers) for one in found]
    groups = [sentence_group(one.known, row) for one, row in zip(found, ranked, strict=True)]
    sentences = fit_ranker(SENTENCE_FEATURES, _present(groups))
    first = [Case(one, _best_first(sentences, row)) for one, row in zip(found, ranked, strict=True)]
    certainty = _fit_certainty(CONFIDENCE_FEATURES, confidence_features, first)
    closely = _learn_closely(first, readers)
    return Weights(passages, sentences, certainty, closely)


@dataclass(frozen=True, slots=True)
class Case:
    """A question and its sentences, best first."""

    found: Found
    ranked: Sequence[RankedSentence]


def _best_first(model: LinearModel, row: Sequence[RankedSentence]) -> list[RankedSentence]:
    if not row:
        return []
    scores = model.log_odds(np.array([sentence.features for sentence in row]))
    order = np.argsort(-scores, kind="stable")
    return [replace(row[i], log_odds=float(scores[i])) for i in order]


def _learn_closely(first: Sequence[Case], readers: Readers) -> CloseWeights | None:
    """What close-ups of the best sentences are worth; None where nobody reads them."""
    looked = [
        Case(case.found, read_closely(readers, case.found.asked, case.ranked)) for case in first
    ]
    groups = [
        sentence_group(case.found.known, seen, close_features)
        for case in looked
        if (seen := [one for one in case.ranked if one.closely is not None])
    ]
    if not groups:
        return None
    sentences = fit_ranker(CLOSE_FEATURES, _present(groups))
    again = [Case(case.found, weighed(sentences, case.ranked)) for case in looked]
    told = [case for case in again if case.ranked and case.ranked[0].closely is not None]
    return CloseWeights(
        sentences, _fit_certainty(CLOSE_CONFIDENCE_FEATURES, close_confidence_features, told)
    )


def _fit_certainty(
    names: Sequence[str],
    features: Callable[[Sequence[RankedSentence]], Matrix],
    cases: Sequence[Case],
) -> LinearModel:
    """The probability that one of the three best sentences is right."""
    with_evidence = [case for case in cases if case.ranked]
    rows = np.array([features(case.ranked)[0] for case in with_evidence])
    right = [
        any(sentence_is_right(case.found.known, sentence) for sentence in case.ranked[:3])
        for case in with_evidence
    ]
    return fit_probability(names, rows, np.array(right))


def _present(groups: Sequence[Group | None]) -> list[Group]:
    return [group for group in groups if group is not None]


def _cross_validate(found: Sequence[Found], readers: Readers, passages: LinearModel | None) -> None:
    known = [one.known for one in found]
    outcomes: list[Outcome] = []
    for learning, testing in folds(known, FOLDS):
        weights = learn([one for one in found if one.known.id in learning], readers, passages)
        outcomes.extend(outcome(one, weights, readers) for one in found if one.known.id in testing)
        log.info("%d of %d questions tested", len(outcomes), len(found))
    for line in summaries(outcomes):
        log.info(line)


def _found(given: argparse.Namespace) -> list[Found]:
    """Every question with its candidates."""
    sets = list(named_questions(given.sets, given.strangers, given.limit))
    paths = {given.asked, *(named.index or given.index for named in sets)} - {None}
    stores = {path: open_store(path) for path in paths}
    answerers = {path: _searching(store, given.index) for path, store in stores.items()}
    if given.asked is not None:
        asked = tuple(asked_questions(stores[given.asked]))
        sets.append(NamedQuestions(asked, closed=False, index=given.asked))
    return [
        find(answerers[named.index or given.index], one, closed=named.closed)
        for named in sets
        for one in named.questions
    ]


def _searching(store: StoreReader, models: Path) -> Answerer:
    """An answerer that is asked for candidates only."""
    sentences = equal_weights(SENTENCE_FEATURES, "words_in_sentence")
    ranker = EvidenceRanker(
        equal_weights(PASSAGE_FEATURES, "fused_rank"),
        SentenceModels(sentences, sentences),
        Readers(None, 1.0),
    )
    certainty = equal_weights(CONFIDENCE_FEATURES, "best")
    return Answerer(
        store,
        load_embedder("all-MiniLM-L6-v2", cache=models / "models"),
        ranker,
        ConfidenceModels(certainty, certainty, certainty, certainty),
        threshold=0.0,
    )


def main() -> None:
    """Learn, report, write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    add_arguments(parser, limit=2000)
    parser.add_argument("--asked", type=Path, metavar="INDEX", help="an index of the open `news`")
    parser.add_argument("--reader", default="none")
    parser.add_argument("--passages", type=Path, help="weights of passages, not to be learned")
    given = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    given.out.mkdir(parents=True, exist_ok=True)  # before the minutes of reading, not after
    reader = load_reader(given.reader, 2)
    readers = Readers(Remembering(reader) if reader else None, UNHURRIED_MS)
    passages = load_linear_model(given.passages, PASSAGE_FEATURES) if given.passages else None
    found = _found(given)
    log.info("%d questions", len(found))
    _cross_validate(found, readers, passages)
    weights = learn(found, readers, passages)
    kind = "plain" if given.reader == "none" else "reading"
    if passages is None:
        (given.out / "passages.json").write_text(weights.passages.to_json())
    (given.out / f"sentences-{kind}.json").write_text(weights.sentences.to_json())
    (given.out / f"confidence-{kind}.json").write_text(weights.confidence.to_json())
    if weights.closely is not None:
        (given.out / "sentences-closely.json").write_text(weights.closely.sentences.to_json())
        (given.out / "confidence-closely.json").write_text(weights.closely.confidence.to_json())


if __name__ == "__main__":
    main()
