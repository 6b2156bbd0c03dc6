"""When a page says that its article was published and updated, as it is written there.

Asked in turn: the page's metadata, its structured data, its article's microdata, what stands
between the top of the article and its first paragraph, and its address. A date of which the day
may be the month counts only where none of them has a plain one. What stands beside or below the
article dates other things.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from corpus.cleaning.header_lines import LONGEST, dated, pieces
from corpus.cleaning.lines import folded
from corpus.dates import is_ambiguous, parse_date
from corpus.language import language_code, language_of
from corpus.readers.markup import local_name
from corpus.readers.structured_data import own_node

_PUBLISHED = frozenset({
    "article:published_time", "og:published_time", "og:article:published_time", "article:published",
    "datepublished", "date", "dc.date", "dc:date", "dc.date.issued", "dc.date.created",
    "dcterms.date", "dcterms.issued", "dcterms.created", "pubdate", "publishdate", "publish-date",
    "publish_date", "published", "published-date", "publication_date", "publication-date",
    "publicationdate", "date_published", "date-published", "datecreated", "originalpublicationdate",
    "article_date_original", "sailthru.date", "parsely-pub-date", "cxenseparse:recs:publishtime",
    "citation_publication_date", "citation_date", "bt:pubdate", "article.published",
    "rnews:datepublished", "created", "date.release", "last-publication-date",
})  # fmt: skip
_UPDATED = frozenset({
    "article:modified_time", "og:updated_time", "og:modified_time", "article:modified",
    "article:updated_time", "datemodified", "date_modified", "date-modified", "dc.date.modified",
    "dcterms.modified", "last-modified", "lastmod", "modified", "article.updated", "updated_time",
    "cxenseparse:recs:modifiedtime", "rnews:datemodified",
})  # fmt: skip
_ELSEWHERE = frozenset({"aside", "nav", "footer", "form", "figure", "figcaption", "select"})
_BLOCKS = frozenset(
    {"p", "div", "li", "td", "dd", "dt", "section", "header", "article", "ul", "ol"}
)
_INLINE = frozenset({"span", "time", "small", "em", "strong", "b", "i"})
_IN_PATH = re.compile(r"/((?:19|20)\d\d)[/_-](\d{1,2})[/_-](\d{1,2})(?:[/?#]|\Z)")
_IN_NAME = re.compile(r"/((?:19|20)\d\d)([_-])(\d{1,2})\2(\d{1,2})(?:\2|\.)")
"""In "/2024/07/10-dead-in-crash" the last number begins a headline and is no day."""
_BEGINNING = 40
_LINES_TRIED = 8
_NEAR_TOP = 50
_SHORTEST = 20
"""Code points that a line must have to be found again on the page by its beginning."""


@dataclass(frozen=True, slots=True)
class PageDates:
    """Dates as they are written; what is no date or in the future is not taken."""

    published: str | None = None
    updated: str | None = None


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an article stands on its page: its first paragraph, if it was found, and headlines."""

    paragraph: Any
    headlines: Sequence[Any]


def page_dates(
    page: Any, title: str | None, text: str, url: str | None, language: str | None
) -> PageDates:
    """The dates of the article of a page (its root element), `text` by its extracted title."""
    if page is None:
        return PageDates()
    spoken = language_of(text, language_code(language))
    found = list(_written(page, title, text, url))
    return PageDates(
        _first_date((one for one, is_update in found if not is_update), spoken),
        _first_date((one for one, is_update in found if is_update), spoken),
    )


def date_of_address(url: str | None) -> str | None:
    """The day that the path of an address names ("/2024/07/02/")."""
    if not url:
        return None
    if found := _IN_PATH.search(url):
        return "-".join(found.groups())
    found = _IN_NAME.search(url)
    return "-".join(found.group(1, 3, 4)) if found else None


def _first_date(values: Iterable[object], language: str | None) -> str | None:
    """The first that is a date, else the first of which the day may be the month."""
    texts = [value.strip() for value in values if isinstance(value, str)]
    plain = (one for one in texts if parse_date(one, language=language) is not None)
    return next(plain, None) or next(filter(is_ambiguous, texts), None)


def _written(
    page: Any, title: str | None, text: str, url: str | None
) -> Iterator[tuple[object, bool]]:
    """What may be dates of the article, the surest first, and which are of an update."""
    place = _place(page, title, text)
    yield from _of_names(_metadata(page))
    node = own_node(page, title, url)
    for name in ("datePublished", "dateCreated", "uploadDate"):
        yield node.get(name), False
    yield node.get("dateModified"), True
    yield from _of_names(_microdata(page, place, title))
    yield from _shown_above(place)
    yield date_of_address(url), False


def _of_names(named: Iterable[tuple[str, str]]) -> Iterator[tuple[str, bool]]:
    for name, value in named:
        if name in _PUBLISHED or name in _UPDATED:
            yield value, name in _UPDATED


def _metadata(page: Any) -> Iterator[tuple[str, str]]:
    """Names (in small letters) and values of the metadata of a page, not of parts beside it."""
    for element in page.iter("meta"):
        names = [element.get("property"), element.get("name")]
        if _is_in_head(element):
            names.append(element.get("itemprop"))
        yield from _named(element, names)


def _microdata(page: Any, place: _Place, title: str | None) -> Iterator[tuple[str, str]]:
    """The same of the items of the body that hold the article; other items are of other things."""
    titles = [one for one in place.headlines if folded(_words(one)) == folded(title or "")]
    marks = [*titles, *filter(_is_some, [place.paragraph])]
    own = {None, *marks, *(one for mark in marks for one in mark.iterancestors())}
    for element in page.iter("meta"):
        if not _is_in_head(element) and _item(element) in own:
            yield from _named(element, [element.get("itemprop")])


def _named(element: Any, names: Iterable[str | None]) -> Iterator[tuple[str, str]]:
    for name in filter(None, names):
        if element.get("content") and not _is_elsewhere(element):
            yield name.strip().lower(), element.get("content")


def _is_in_head(element: Any) -> bool:
    return any(local_name(one) == "head" for one in element.iterancestors())


def _item(element: Any) -> Any:
    """The smallest item of microdata around an element; None where it is the page."""
    around = element.iterancestors()
    return next((one for one in around if one.get("itemscope") is not None), None)


def _shown_above(place: _Place) -> Iterator[tuple[str, bool]]:
    """Dates between the top of an article and its first paragraph, and which are of an update."""
    for element in _above_text(place):
        if local_name(element) == "time" and element.get("datetime"):
            label = " ".join("".join(element.getparent().itertext()).split())
            named = folded(f"{element.get('itemprop') or ''} {element.get('class') or ''}")
            marked = "modif" in named or "updat" in named
            yield element.get("datetime"), marked or any(map(_is_of_update, pieces(label)))
            continue
        line = " ".join("".join(element.itertext()).split())
        if len(line) <= LONGEST:
            yield from filter(None, map(dated, [line] if dated(line) else pieces(line)))


def _is_of_update(piece: str) -> bool:
    found = dated(piece)
    return found is not None and found[1]


def _place(page: Any, title: str | None, text: str) -> _Place:
    wanted = folded(title or "")
    lines = (folded(line) for line in text.split("\n", _LINES_TRIED)[:_LINES_TRIED])
    begun = [
        line[:_BEGINNING]
        for line in lines
        if len(line) >= _SHORTEST and not _is_headline(line, wanted)
    ]
    paragraph = next(filter(_is_some, (_first(page, one) for one in begun)), None)
    headlines = [one for one in page.iter("h1", "h2") if _is_headline(folded(_words(one)), wanted)]
    return _Place(paragraph, headlines)


def _above_text(place: _Place) -> Iterator[Any]:
    """The smallest elements with words, from the top of the article down to its first paragraph.

    The top is that of the smallest element that holds both the headline and the paragraph, and
    what stands just before it.
    """
    paragraph, headlines = place.paragraph, place.headlines
    if paragraph is None:
        return
    holders = [paragraph, *paragraph.iterancestors()]
    above = set(headlines[0].iterancestors()) if headlines else set()
    whole = next((one for one in holders if local_name(one) in ("article", "main")), None)
    top = next((one for one in holders if one in above), whole)
    if top is None:
        return
    for sibling in reversed(list(top.itersiblings(preceding=True))):
        if isinstance(sibling.tag, str) and local_name(sibling) != "header":
            yield from _leaves(sibling)
    for element in _leaves(top):
        if element is paragraph or paragraph in set(element.iterancestors()):
            return
        yield element


def _is_headline(words: str, title: str) -> bool:
    return bool(words) and (words in title or bool(title and title in words))


def _is_some(element: Any) -> bool:
    return element is not None


def _first(page: Any, begun: str) -> Any:
    """The first of the smallest elements whose words begin so."""
    found = None
    for element in page.iter():
        if found is not None and found not in element.iterancestors():
            return found
        if isinstance(element.tag, str) and _beginning(element).startswith(begun):
            found = element
    return found


def _beginning(element: Any) -> str:
    """The first words of an element, as far as they are compared."""
    words = ""
    for part in element.itertext():
        words = folded(f"{words}{part}") + (" " if part[-1:].isspace() else "")
        if len(words) > _BEGINNING:
            break
    return words


def _leaves(root: Any) -> Iterator[Any]:
    """Elements that may be a line, or a part of one, and hold no others that are lines."""
    for element in root.iter():
        name = local_name(element)
        is_line = name in _BLOCKS and not any(local_name(one) in _BLOCKS for one in element)
        if (is_line or name in _INLINE) and not _is_elsewhere(element):
            yield element


def _is_elsewhere(element: Any) -> bool:
    for one in (element, *element.iterancestors()):
        name = local_name(one)
        # An entry with a link is another article's.
        if name in _ELSEWHERE or (name == "li" and _has_link(one)):
            return True
    return False


def _has_link(entry: Any) -> bool:
    """Whether an entry has a link near its top; a list may be as large as a page."""
    return any(local_name(one) == "a" for one in islice(entry.iter(), _NEAR_TOP))


def _words(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())
