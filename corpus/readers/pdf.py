"""PDF, by PDFium. Running heads, page numbers and line breaks of the layout are taken out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from corpus.cleaning.lines import folded, line_key
from corpus.draft import Draft
from corpus.errors import NoArticleText, UnreadableFile
from corpus.readers.reading import Flaw, Source

MOST_PAGES = 3_000
_LEAST_CHARACTERS = 20
_EDGE_LINES = 3
_PAGE_NUMBER = re.compile(
    r"\W*(?:page|seite|стр\.?|página)?\W*\d{1,4}(?:\s*(?:/|of|von|из|de)\s*\d{1,4})?\W*", re.I
)
_LINE_END_HYPHEN = re.compile(r"(?:\ufffe|\x02)(?:\r?\n)?")


def read_pdf(source: Source) -> Iterator[Draft | Flaw]:
    """One draft. The title of the file's metadata counts only if the first page shows it."""
    pages, metadata = _pages(source.content)
    if sum(len(page.strip()) for page in pages) < _LEAST_CHARACTERS:
        raise NoArticleText(
            "the PDF holds pictures of pages and no text; run it through text recognition (OCR)"
        )
    text = "\n\n".join(without_running_lines([page.split("\n") for page in pages]))
    title = metadata.get("Title", "").strip() or None
    if title and folded(title) not in folded(" ".join(pages[0].split())):
        title = None
    author = metadata.get("Author", "").strip()
    authors = (author,) if author and folded(author) in folded(text[:3_000]) else ()
    yield Draft(text=text, title=title, authors=authors, url=source.url)


def without_running_lines(pages: Sequence[Sequence[str]]) -> list[str]:
    """Pages without page numbers and the lines that stand at the edge of several pages."""
    edges = Counter(
        key
        for page in pages
        for key in {line_key(line) for line in (*page[:_EDGE_LINES], *page[-_EDGE_LINES:])}
    )

    def runs(line: str) -> bool:
        count = edges[line_key(line)]
        return bool(_PAGE_NUMBER.fullmatch(line)) or (count >= 3 and count * 3 >= len(pages))

    return ["\n".join(_between_edges(page, runs)).strip("\n") for page in pages]


def _between_edges(page: Sequence[str], runs: Callable[[str], bool]) -> Sequence[str]:
    """The page from its first to its last line that is none of a running head or foot."""
    first, last = 0, len(page)
    while first < min(_EDGE_LINES, last) and runs(page[first]):
        first += 1
    while last > max(first, len(page) - _EDGE_LINES) and runs(page[last - 1]):
        last -= 1
    return page[first:last]


def _pages(content: bytes) -> tuple[list[str], dict[str, str]]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise UnreadableFile("the PDF has a password; save it without one") from None
        raise UnreadableFile("the PDF is torn or none at all; save it again") from None
    try:
        if len(document) > MOST_PAGES:
            raise UnreadableFile(f"the PDF has more than {MOST_PAGES:,} pages; split it")
        pages = [_page_text(document, number) for number in range(len(document))]
        return pages, {key: str(value) for key, value in document.get_metadata_dict().items()}
    except pypdfium2.PdfiumError:
        raise UnreadableFile("a page of the PDF is damaged; save it again") from None
    finally:
        document.close()


def _page_text(document: object, number: int) -> str:
    page = document[number]  # type: ignore[index]
    text = page.get_textpage()
    try:
        written = str(text.get_text_bounded())
    finally:
        text.close()
        page.close()
    return _LINE_END_HYPHEN.sub("", written).replace("\r\n", "\n").replace("\r", "\n")
