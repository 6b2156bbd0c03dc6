"""HTML pages: the article without what surrounds it, by trafilatura."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.cleaning.lines import folded
from corpus.cleaning.notices import has_no_sentence
from corpus.decoding import decode
from corpus.draft import Draft
from corpus.errors import ImportRefused, NoArticleText
from corpus.readers.depth import has_many_blocks, refuse_crowd, refuse_depth
from corpus.readers.left_out import left_out
from corpus.readers.markup import parse_page
from corpus.readers.page_dates import date_of_address, page_dates
from corpus.readers.page_metadata import (
    author_name,
    is_author,
    outlet_name,
    own_address,
    page_title,
    saved_from,
)
from corpus.readers.reading import Flaw, Source
from corpus.readers.standfirst import standfirst

LARGEST_PAGE = 20_000_000
_SEPARATOR = re.compile(r"\s+[-–—|·•:»/]\s+")


def read_html(source: Source) -> Iterator[Draft | Flaw]:
    """One draft: main text and the page's own metadata."""
    if len(source.content) > LARGEST_PAGE:
        raise ImportRefused(f"the page is larger than {LARGEST_PAGE:,} bytes; save the text alone")
    page = decode(source.content, source.encoding)
    refuse_depth(page)
    refuse_crowd(page)
    import trafilatura  # heavy, and most runs read no page
    from trafilatura.settings import Document

    fetched = source.url or saved_from(page)
    document = trafilatura.bare_extraction(
        page,
        url=fetched,
        fast=has_many_blocks(page),
        include_comments=False,
        include_tables=True,
        with_metadata=True,
    )
    if (
        not isinstance(document, Document)
        or not document.text
        or has_no_sentence(document.text.split("\n"))
    ):
        raise NoArticleText(
            "no article was found on the page (a login or an error page?); save the article itself"
        )
    root = parse_page(page)
    whole_title = page_title(root, document.title)
    title = _without_outlet(whole_title, document.sitename)
    text = document.text
    if document.title and whole_title != document.title:
        text = _without_line(text, document.title)
    is_title = folded(document.sitename or "") == folded(title or "")
    outlet = (None if is_title else outlet_name(document.sitename)) or document.hostname
    names = map(author_name, (document.author or "").split(";"))
    above = standfirst(root, title or "", text)
    kept = [*above, text]
    language = document.language or _declared_language(page)
    url = own_address(document.url, fetched)
    dates = page_dates(root, title, "\n".join(kept), url, language)
    told = source.settings.tell_left_out and root is not None
    yield Draft(
        text="\n".join(kept),
        title=title,
        authors=tuple(name for name in names if is_author(name, outlet)),
        source=outlet,
        published=dates.published or date_of_address(url),
        updated=dates.updated,
        url=url,
        language=language,
        as_given=True,
        left_out=tuple(left_out(root, [*kept, title or ""])) if told else (),
    )


def _without_outlet(title: str | None, outlet: str | None) -> str | None:
    """The title without the outlet's name that pages put at its end."""
    if not title or not outlet:
        return title
    parts = _SEPARATOR.split(title)
    if len(parts) < 2 or folded(parts[-1]) not in folded(outlet):
        return title
    return title[: title.rindex(parts[-1])].rstrip(" -–—|·•:»/") or title


def _without_line(text: str, heading: str) -> str:
    """A text without the heading of a menu that was taken for its title."""
    lines = text.split("\n")
    return "\n".join(line for line in lines if folded(line) != folded(heading))


def _declared_language(page: str) -> str | None:
    match = re.search(r"<html[^>]{0,500}?\blang=[\"']?([a-zA-Z]{2,3})\b", page[:5_000], re.I)
    return match[1] if match else None
