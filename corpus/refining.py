"""From a draft to an article: clean, find what metadata the text shows, date, name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from corpus.article import Article, content_hash
from corpus.cleaning.captions import captions
from corpus.cleaning.contact import contact_lines
from corpus.cleaning.doubled import doubled_lines, doubled_title
from corpus.cleaning.furniture import furniture
from corpus.cleaning.given_masthead import given_masthead
from corpus.cleaning.lines import without_lines
from corpus.cleaning.masthead import read_masthead
from corpus.cleaning.notices import is_notice
from corpus.cleaning.repeated_lines import UNLIKE_TITLES, RepeatedLines
from corpus.cleaning.wrapped_lines import unwrapped
from corpus.dates import day_order, is_ambiguous, parse_date
from corpus.decoding import clean_characters
from corpus.draft import Draft
from corpus.errors import NoArticleText
from corpus.identity import article_id, canonical_url
from corpus.imported import Dropped
from corpus.language import language_code, language_of
from corpus.outlets import outlet_of_text, outlet_of_url
from corpus.titles import title_of_text

NOT_THE_BODY = "not part of the article body"


@dataclass(frozen=True, slots=True)
class Refined:
    """An article and the lines that did not make it into its text."""

    article: Article
    dropped: tuple[Dropped, ...]


@dataclass(slots=True)
class _Text:
    """A text that loses lines, and remembers which and why."""

    lines: list[str]
    dropped: list[tuple[str, str]] = field(default_factory=list)

    def drop(self, find: Callable[[Sequence[str]], Mapping[int, str]]) -> None:
        found = find(self.lines)
        if found:
            self.dropped += [(self.lines[number], found[number]) for number in sorted(found)]
            self.lines = without_lines(self.lines, found)


def prepare(draft: Draft) -> Draft:
    """The draft with clean characters and metadata in one form; its lines are all still there."""
    draft.text = clean_characters(draft.text)
    if not draft.as_given:
        draft.text = unwrapped(draft.text.strip("\n"))
    draft.title = one_line(draft.title)
    draft.url = canonical_url(draft.url)
    draft.source = one_line(draft.source) or outlet_of_url(draft.url)
    return draft


def refine(draft: Draft, repeated: RepeatedLines | None = None) -> Refined:
    """The article of a prepared draft.

    Raises NoArticleText where nothing is left, or only a notice of the site it comes from.
    """
    text = _Text(draft.text.split("\n"))
    # The importer has counted the lines before the head of the text could name the outlet.
    observed, key = draft.source, draft.key
    if repeated and repeated.unlike_titles(observed, text.lines) >= UNLIKE_TITLES:
        raise NoArticleText(
            "it is a notice of the site: the same words stand under unlike titles of the outlet;"
            " save the article itself"
        )
    text.drop(contact_lines)
    if not draft.as_given:
        masthead = read_masthead(text.lines, draft.title)
        draft.title = draft.title or one_line(masthead.title)
        draft.authors = draft.authors or masthead.authors
        draft.published = draft.published or masthead.published
        draft.updated = draft.updated or masthead.updated
        draft.url = draft.url or canonical_url(masthead.url)
        draft.source = draft.source or one_line(masthead.source) or outlet_of_url(draft.url)
        text.drop(lambda _: masthead.dropped)
    else:
        given = given_masthead(text.lines, draft)
        draft.authors = draft.authors or given.authors
        draft.published = draft.published or given.published
        draft.updated = draft.updated or given.updated
        text.drop(lambda _: given.dropped)
    text.drop(lambda lines: doubled_title(lines, draft.title))
    outlet = draft.source or outlet_of_text("\n".join(text.lines))
    text.drop(captions)
    text.drop(furniture)
    if repeated is not None:
        text.drop(lambda lines: repeated.repeated(observed, key, lines))
    text.drop(doubled_lines)
    article = _article(draft, "\n".join(text.lines), outlet)
    around = [(block, NOT_THE_BODY) for block in draft.left_out]
    dropped = (Dropped(line, why, article.id) for line, why in (*around, *text.dropped))
    return Refined(article, tuple(dropped))


def _article(draft: Draft, text: str, outlet: str | None) -> Article:
    if not any(mark.isalnum() for mark in text):
        raise NoArticleText("there is no text in it; give an article with a text")
    language = language_of(text, language_code(draft.language))
    if is_notice(text, language):
        raise NoArticleText(
            "it is only a notice of the site (cookies, subscription, log-in, error);"
            " save the article itself"
        )
    title = draft.title or title_of_text(text, language)
    published, updated = _dates(draft, text, language)
    return Article(
        id=article_id(draft.id, draft.url, title, text),
        title=title,
        text=text,
        content_hash=content_hash(title, text),
        author=one_line(", ".join(draft.authors)),
        source=outlet,
        published=published,
        updated=updated if published is None or updated is None or updated > published else None,
        url=draft.url,
        language=language,
    )


def _dates(draft: Draft, text: str, language: str | None) -> tuple[date | None, date | None]:
    """Published and updated; a numeric date is read in the order that the document shows."""
    written = [day for day in (draft.published, draft.updated) if isinstance(day, str)]
    order = day_order(text, written) if any(map(is_ambiguous, written)) else None
    published = parse_date(draft.published, order=order, language=language)
    updated = parse_date(draft.updated, order=order, language=language)
    return published, updated


def one_line(text: str | None) -> str | None:
    """Text without line breaks and doubled spaces; None where nothing is left."""
    if not text:
        return None
    return " ".join(clean_characters(text).split()) or None
