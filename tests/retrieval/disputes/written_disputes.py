"""Written disputes of cases/: two articles each, what is disputed in them and what not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.sentences import split_sentences
from index.embedding.embedder import Embedder, PassageText
from retrieval.attribution.speakers import attribute
from retrieval.disputes.claims import Claim
from retrieval.disputes.sides import Stance, disagreement

CASES = Path(__file__).parent.parent / "cases"
HELD_OUT = "disputes_held_out"


@dataclass(frozen=True, slots=True)
class Dispute:
    """A question over two articles; `sides` names who stands on each, nobody: undisputed."""

    question: str
    articles: tuple[str, str]
    sides: tuple[str, ...]


def disputes(name: str = "disputes") -> Iterator[Dispute]:
    for block in (CASES / f"{name}.txt").read_text(encoding="utf-8").split("\n\n")[1:]:
        lines = [(line[0], line[3:]) for line in block.strip().splitlines()]
        texts = [text for kind, text in lines if kind in "AB"]
        for kind, text in lines:
            if kind in "DN":
                question, _, sides = text.partition("|")
                named = tuple(one.strip() for one in sides.split(";") if one.strip())
                yield Dispute(question.strip(), (texts[0], texts[1]), named)


def stances(case: Dispute, embedder: Embedder) -> tuple[Stance, ...]:
    """The sides that are found where all sentences of both articles are heard."""
    return disagreement(case.question, claims_of(case, embedder))


def claims_of(case: Dispute, embedder: Embedder) -> list[Claim]:
    """All sentences of both articles, with who speaks in them."""
    vector = embedder.embed_questions([case.question])[0]
    claims: list[Claim] = []
    for name, text in zip("AB", case.articles, strict=True):
        spans = split_sentences(text)
        (vectors,) = embedder.embed_passages([PassageText("", text, tuple(spans))])
        for span, who, cosine in zip(
            spans, attribute(text, spans), vectors.sentences @ vector, strict=True
        ):
            score = 1.0 - len(claims) / 100
            claims.append(
                Claim(span.of(text), who, name, span.start, score, likeness=float(cosine))
            )
    return claims


def names_all(found: Sequence[Stance], sides: Sequence[str]) -> bool:
    """Whether every expected side is one of those found, by its label or its claims."""
    told = [
        " ".join([stance.speaker, *(claim.text for claim in stance.claims)]).casefold()
        for stance in found
    ]
    return len(found) >= 2 and all(any(side.casefold() in one for one in told) for side in sides)
