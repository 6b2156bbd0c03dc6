"""Proof of quotes: every quote of an answer held against the stored article.

Takes an answer as any face gives it as JSON, or one that a reader pasted. Of each quote that it
claims all is looked at that the article can tell: `text`, `start`, `end`, what stands around it,
who speaks, and its article with `id`, `content_hash`, title, outlet, date and address. Where the
answer shows its quotes in a text, those must be the same; where it has sides, each must be called
by whoever speaks in its quotes, as the stored article is read again.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import TypeGuard

from corpus.article import Article
from index.store import StoreReader
from retrieval.proof.claimed_quotes import claimed_quotes
from retrieval.proof.shown_quotes import faults, shown_texts
from retrieval.proof.told_of_quotes import altered, is_cut, other_article
from retrieval.proof.told_sides import faults_beside

SHOWN_AROUND = 20


class Verdict(Enum):
    """What became of one quote."""

    PROVEN = "proven"
    DIFFERENT = "different"
    MISPLACED = "misplaced"
    OTHER_VERSION = "other version"
    ARTICLE_GONE = "article gone"
    MALFORMED = "malformed"
    ALTERED = "altered"
    CUT = "cut"

    @property
    def holds(self) -> bool:
        """Whether the quote stands, word for word, at its place in that version.

        Words cut out of a sentence do; what is told of them says that they are cut.
        """
        return self in {Verdict.PROVEN, Verdict.CUT}


@dataclass(frozen=True, slots=True)
class Finding:
    """One quote and what was found. `place` is where the answer has it ("quotes[0]").

    `detail` names the first difference, in one line.
    """

    place: str
    article_id: str | None
    verdict: Verdict
    detail: str


def prove(answer: object, store: StoreReader) -> list[Finding]:
    """Verify each quote of an answer; what cannot be verified is a finding too, never an error.

    A side or a remark that tells something else than the quotes that it refers to, and a text that
    shows its quotes otherwise, are one finding more for each. Whatever is in `answer` is taken as
    untrusted.
    """
    quotes = [_prove_quote(claim.place, claim.quote, store) for claim in claimed_quotes(answer)]
    standing = {finding.place: finding.verdict.holds for finding in quotes}
    beside = [
        Finding(
            fault.place,
            None,
            Verdict.MALFORMED if fault.malformed else Verdict.ALTERED,
            fault.detail,
        )
        for fault in faults_beside(answer, standing, store)
    ]
    shown = [
        Finding(text.place, None, Verdict.ALTERED, fault)
        for text in shown_texts(answer)
        for fault in faults(text)
    ]
    return [*quotes, *beside, *shown]


def _prove_quote(place: str, quote: object, store: StoreReader) -> Finding:
    if not isinstance(quote, Mapping):
        return _malformed(place, None, "is no quote with text, start, end and article")
    source = quote.get("article")
    identity = source.get("id") if isinstance(source, Mapping) else None
    if not isinstance(source, Mapping) or not _is_identity(identity):
        return _malformed(place, None, "names no article.id")
    text, start, end = quote.get("text"), quote.get("start"), quote.get("end")
    if not isinstance(text, str) or not text:
        return _malformed(place, identity, "has no text")
    if not _is_offset(start) or not _is_offset(end) or not start < end:
        return _malformed(place, identity, "has no span: start and end are offsets, start first")
    if end - start != len(text):
        fault = f"its span covers {end - start} characters, its text has {len(text)}"
        return _malformed(place, identity, fault)
    article = store.article(identity)
    if article is None:
        return Finding(place, identity, Verdict.ARTICLE_GONE, "the store holds no such article")
    verdict, detail = _compare(text, start, end, source.get("content_hash"), article)
    if verdict is not Verdict.PROVEN:
        return Finding(place, identity, verdict, detail)
    outside = _highlight_outside(quote.get("highlight"), start, end)
    if outside:
        return _malformed(place, identity, outside)
    other = altered(quote, start, end, article, store) or _other_copy(quote.get("copies"), store)
    if other:
        return Finding(place, identity, Verdict.ALTERED, other)
    if is_cut(start, end, article, store):
        whole = f"{detail}, but begins or ends inside a sentence: read it where it stands"
        return Finding(place, identity, Verdict.CUT, whole)
    return Finding(place, identity, verdict, detail)


def _other_copy(copies: object, store: StoreReader) -> str | None:
    """A fault of the articles that are said to carry the same story."""
    for copy in copies if isinstance(copies, list) else ():
        identity = copy.get("id") if isinstance(copy, Mapping) else None
        article = store.article(identity) if _is_identity(identity) else None
        if article is None:
            return f"names a copy that the store does not hold: {str(identity)[:60]!r}"
        other = next(other_article(copy, article), None)
        if other:
            return f"names a copy that {other}"
    return None


def _malformed(place: str, article_id: str | None, fault: str) -> Finding:
    return Finding(place, article_id, Verdict.MALFORMED, fault)


def _is_identity(value: object) -> TypeGuard[str]:
    """A name that a store can hold: lone surrogates, which JSON lets through, are in none."""
    return isinstance(value, str) and not any("\ud800" <= sign <= "\udfff" for sign in value)


def _is_offset(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _compare(
    text: str, start: int, end: int, version: object, article: Article
) -> tuple[Verdict, str]:
    """The verdict on a well-formed quote, worst first: words, then place, then version."""
    there = article.text[start:end]
    same_version = version == article.content_hash
    if there == text and same_version:
        return Verdict.PROVEN, f"stands at {start}:{end}"
    if there == text:
        return Verdict.OTHER_VERSION, _version_detail(version, article)
    if not same_version and version is not None:
        return Verdict.OTHER_VERSION, f"{_version_detail(version, article)}; there it differs"
    elsewhere = article.text.find(text)
    if elsewhere >= 0:
        found = f"{elsewhere}:{elsewhere + len(text)}"
        return Verdict.MISPLACED, f"does not stand at {start}:{end} but at {found}"
    return Verdict.DIFFERENT, first_difference(text, there, start)


def _version_detail(version: object, article: Article) -> str:
    if not isinstance(version, str) or not version:
        return "the answer does not say which version it quotes (article.content_hash)"
    return f"quotes version {version[:12]}, the store holds {article.content_hash[:12]}"


def first_difference(quoted: str, stored: str, start: int) -> str:
    """Where two texts first part, told in code points of the article, with what stands around."""
    at = next(
        (i for i, (one, other) in enumerate(zip(quoted, stored, strict=False)) if one != other),
        min(len(quoted), len(stored)),
    )
    around = stored[max(0, at - SHOWN_AROUND) : at]
    return (
        f"differs at {start + at}, after {around!r}:"
        f" the quote has {_name(quoted[at : at + 1])}, the article {_name(stored[at : at + 1])}"
    )


def _name(character: str) -> str:
    """A character that can be told from its look-alikes."""
    if not character:
        return "nothing more"
    shown = repr(character) if character.isprintable() else ""
    name = unicodedata.name(character, "unnamed")
    return " ".join(part for part in (shown, f"U+{ord(character):04X}", name) if part)


def _highlight_outside(highlight: object, start: int, end: int) -> str | None:
    """A fault of the marked words: they must lie inside the quote."""
    if highlight is None:
        return None
    if isinstance(highlight, Mapping):
        first, last = highlight.get("start"), highlight.get("end")
        if _is_offset(first) and _is_offset(last) and start <= first < last <= end:
            return None
    return f"has its highlight outside: {str(highlight)[:60]}"


def failures(findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings that do not hold."""
    return (finding for finding in findings if not finding.verdict.holds)
