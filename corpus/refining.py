"""From a draft to an article: clean, find what metadata the text shows, date, name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from corpus.article import Article, content_hash
from corpus.cleaning.captions import captions
from corpus.cleaning.doubled import doubled_lines, doubled_title
from corpus.cleaning.lines import without_lines
from corpus.cleaning.masthead import contact_lines, read_masthead
from corpus.dates import day_order, parse_date
from corpus.decoding import clean_characters
from corpus.draft import Draft
from corpus.errors import NoArticleText
from corpus.identity import article_id, canonical_url
from corpus.imported import Dropped
from corpus.language import detect_language, language_code
from corpus.sentences import split_sentences

_LONGEST_TITLE = 300


@dataclass(frozen=True, slots=True)
class Refined:
    """An article and the lines that did not make it into its text."""

    article: Article
    dropped: tuple[Dropped, ...]


def refine(draft: Draft) -> Refined:
    """The article of a draft. Raises NoArticleText where nothing is left."""
    text = clean_characters(draft.text)
    title = _one_line(draft.title)
    authors, published, updated = draft.authors, draft.published, draft.updated
    dropped: list[tuple[str, str]] = []

    def drop(numbers: Mapping[int, str]) -> None:
        nonlocal text
        lines = text.split("\n")
        dropped.extend((lines[number], why) for number, why in sorted(numbers.items()))
        text = without_lines(text, numbers)

    drop(contact_lines(text.split("\n")))
    if not draft.as_given:
        masthead = read_masthead(text.split("\n"), title)
        title = title or _one_line(masthead.title)
        authors = authors or masthead.authors
        published = published or masthead.published
        updated = updated or masthead.updated
        drop(masthead.dropped)
    drop(doubled_title(text.split("\n"), title))
    drop(captions(text.split("\n")))
    drop(doubled_lines(text.split("\n")))
    if not text.strip():
        raise NoArticleText("there is no text in it; give an article with a text")
    return _article(draft, text, title, authors, (published, updated), dropped)


def _article(
    draft: Draft,
    text: str,
    title: str | None,
    authors: tuple[str, ...],
    dates: tuple[object, object],
    dropped: list[tuple[str, str]],
) -> Refined:
    language = language_code(draft.language) or detect_language(text)
    url = canonical_url(draft.url)
    title = title or _first_sentence(text, language)
    written = [day for day in dates if isinstance(day, str)]
    order = day_order(text, written) if written else None
    published, updated = (parse_date(day, order=order, language=language) for day in dates)  # type: ignore[arg-type]
    name = article_id(draft.id, url, title, text)
    article = Article(
        id=name,
        title=title,
        text=text,
        content_hash=content_hash(title, text),
        author=_one_line(", ".join(authors)),
        source=_one_line(draft.source) or _outlet_of(url),
        published=published,
        updated=updated,
        url=url,
        language=language,
    )
    return Refined(article, tuple(Dropped(line, why, name) for line, why in dropped))


def _outlet_of(url: str | None) -> str | None:
    host = urlsplit(url).hostname if url else None
    return host.removeprefix("www.") if host else None


def _first_sentence(text: str, language: str | None) -> str:
    """The first sentence, as the title of a text that has none."""
    sentences = split_sentences(text[: 4 * _LONGEST_TITLE], language)
    first = sentences[0].of(text) if sentences else ""
    return first if len(first) <= _LONGEST_TITLE else first[: _LONGEST_TITLE - 1].rstrip() + "…"


def _one_line(text: str | None) -> str | None:
    if not text:
        return None
    return " ".join(clean_characters(text).split()) or None
