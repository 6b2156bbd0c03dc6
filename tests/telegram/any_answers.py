"""Answers of any kind, for the property tests of rendering."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from corpus.article import Article, Span, content_hash
from retrieval.answer import Answer, Quote, Side
from retrieval.notes import NOTHING_MORE, agrees, revised

ANY_CHARACTER = st.one_of(
    st.characters(codec=None),
    st.characters(min_codepoint=0x1F300, max_codepoint=0x1FAFF),
    st.sampled_from("<>&*_`[]()~\\ \n\r\t\u200b\u202e\u0301\ud83d\ude00 .!?“”"),
)
WORDS = st.text(ANY_CHARACTER, min_size=1, max_size=200)
NAMES = st.text(ANY_CHARACTER, max_size=40)
NOTES = st.one_of(
    st.builds(agrees, st.integers(1, 5), NAMES),
    st.builds(revised, st.just(2), NAMES, st.just(1), NAMES),
    st.just(NOTHING_MORE),
)
URLS = st.one_of(
    st.none(),
    st.just("https://example.org/a/b?c=d#e"),
    st.sampled_from(["http://localhost/x", "javascript:alert(1)", "https://", "ftp://a.b/c"]),
    st.text(ANY_CHARACTER, max_size=60).map(lambda rest: "https://" + rest),
)


@st.composite
def articles(draw: st.DrawFn) -> Article:
    text = draw(WORDS) * draw(st.sampled_from([1, 1, 3, 30, 120]))
    title = draw(NAMES) * draw(st.sampled_from([1, 1, 60]))
    return Article(
        id=draw(st.text(st.characters(codec="utf-8"), min_size=1, max_size=80)),
        title=title,
        text=text,
        content_hash=content_hash(title, text),
        source=draw(st.none() | NAMES),
        published=draw(st.none() | st.dates(date(1900, 1, 1), date(2100, 1, 1))),
        url=draw(URLS),
    )


@st.composite
def quotes(draw: st.DrawFn, number: int) -> Quote:
    article = draw(articles())
    length = len(article.text)
    start = draw(st.integers(0, length - 1))
    end = draw(st.integers(start + 1, length))
    inner = draw(st.integers(start, end - 1))
    highlight = Span(inner, draw(st.integers(inner + 1, end)))
    return Quote(
        number=number,
        text=article.text[start:end],
        start=start,
        end=end,
        article=article,
        score=0.5,
        highlight=draw(st.sampled_from([None, highlight])),
        speaker=draw(st.none() | NAMES),
        before=article.text[max(0, start - 50) : start],
        after=article.text[end : end + 50],
        copies=tuple(draw(st.lists(articles(), max_size=2))),
    )


@st.composite
def answers(draw: st.DrawFn) -> Answer:
    found = tuple(draw(quotes(number)) for number in range(1, draw(st.integers(0, 5)) + 1))
    answered = bool(found) and draw(st.booleans())
    sides = (Side("A", (1,)), Side("B", (2,))) if answered and len(found) > 2 else ()
    question = draw(st.text(ANY_CHARACTER, min_size=1, max_size=200))
    return Answer(
        question=question,
        standalone_question=draw(st.sampled_from([question, question + "?"])),
        answered=answered,
        confidence=0.5,
        quotes=found if answered else (),
        nearest=() if answered else found[:3],
        sides=sides,
        generation=1,
        took_ms=1.0,
        notes=tuple(draw(st.lists(NOTES, max_size=2))),
    )
