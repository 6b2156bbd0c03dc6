"""PDF, by PDFium. Running heads, page numbers and line breaks of the layout are taken out."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.cleaning.lines import folded
from corpus.draft import Draft
from corpus.errors import NoArticleText
from corpus.readers.pdf_edges import without_running_lines
from corpus.readers.pdf_paragraphs import joined
from corpus.readers.pdf_process import SHARED
from corpus.readers.reading import Flaw, Source

_LEAST_CHARACTERS = 20


def read_pdf(source: Source) -> Iterator[Draft | Flaw]:
    """One draft. The title of the file's metadata counts only if the first page shows it."""
    read = SHARED.read(source.content)
    pages, metadata = read.pages, read.metadata
    if sum(len(line.text) for page in pages for line in page) < _LEAST_CHARACTERS:
        raise NoArticleText(
            "the PDF holds pictures of pages and no text; run it through text recognition (OCR)"
        )
    text = joined(without_running_lines(pages))
    title = metadata.get("Title", "").strip() or None
    if title and folded(title) not in folded(" ".join(line.text for line in pages[0])):
        title = None
    author = metadata.get("Author", "").strip()
    authors = (author,) if author and folded(author) in folded(text[:3_000]) else ()
    yield Draft(text=text, title=title, authors=authors, url=source.url)
