"""HTML pages: the article without what surrounds it, by trafilatura."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.decoding import decode
from corpus.draft import Draft
from corpus.errors import NoArticleText
from corpus.readers.reading import Flaw, Source


def read_html(source: Source) -> Iterator[Draft | Flaw]:
    """One draft: main text and the page's own metadata."""
    import trafilatura  # heavy, and most runs read no page
    from trafilatura.settings import Document

    page = decode(source.content, source.encoding)
    document = trafilatura.bare_extraction(
        page, url=source.url, include_comments=False, include_tables=True, with_metadata=True
    )
    if not isinstance(document, Document) or not document.text:
        raise NoArticleText("no article was found on the page; save the article itself")
    yield Draft(
        text=document.text,
        title=document.title,
        authors=tuple(part.strip() for part in (document.author or "").split(";") if part.strip()),
        source=document.sitename or document.hostname,
        published=document.date,
        url=document.url or source.url,
        language=document.language,
        as_given=True,
    )
