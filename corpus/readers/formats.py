"""Which reader reads which file, and files that are compressed as a whole."""

from __future__ import annotations

import bz2
import gzip
import lzma
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from io import BytesIO
from pathlib import PurePath
from typing import BinaryIO

from corpus.draft import Draft
from corpus.errors import ImportRefused, UnreadableFile
from corpus.imported import ImportSettings
from corpus.readers.damage import damage_told
from corpus.readers.epub import read_epub
from corpus.readers.feeds import read_xml
from corpus.readers.html import read_html
from corpus.readers.json_records import read_json, read_json_lines
from corpus.readers.mail import read_mail
from corpus.readers.markdown import read_markdown
from corpus.readers.office import read_docx, read_odt
from corpus.readers.pdf import read_pdf
from corpus.readers.plain import read_plain
from corpus.readers.reading import Flaw, Reader, Source
from corpus.readers.zipped import read_zip

READERS: Mapping[str, Reader] = {
    ".txt": read_plain,
    ".text": read_plain,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".json": read_json,
    ".jsonl": read_json_lines,
    ".ndjson": read_json_lines,
    ".html": read_html,
    ".htm": read_html,
    ".xhtml": read_html,
    ".pdf": read_pdf,
    ".docx": read_docx,
    ".odt": read_odt,
    ".epub": read_epub,
    ".xml": read_xml,
    ".rss": read_xml,
    ".atom": read_xml,
    ".zip": lambda source: read_zip(source, drafts_of),
    ".eml": lambda source: read_mail(source, drafts_of),
    ".mhtml": lambda source: read_mail(source, drafts_of),
    ".mht": lambda source: read_mail(source, drafts_of),
}
KNOWN = ", ".join(sorted(READERS))
COMPRESSIONS = frozenset({".gz", ".xz", ".bz2"})


def drafts_of(source: Source) -> Iterator[Draft | Flaw]:
    """The drafts of a file by the reader that its name and its first bytes call for.

    Raises UnreadableFile where there is no such reader or the file is empty, ImportRefused where
    it unpacks to too much, and what the reader raises.
    """
    name = uncompressed_name(source.name)
    reader = READERS.get(PurePath(name).suffix.lower())
    if reader is None:
        ending = PurePath(name).suffix or "without ending"
        raise UnreadableFile(f"the format {ending} is not known; convert it to one of {KNOWN}")
    if not source.content.strip():
        raise UnreadableFile("the file is empty; save it again or remove it")
    content = unpacked(source.name, source.content, source.settings)
    with damage_told(name):
        yield from reader(replace(source, name=name, content=content))


def uncompressed_name(name: str) -> str:
    """`news.jsonl` for `news.jsonl.xz`; other names as they are."""
    path = PurePath(name)
    return path.stem if path.suffix.lower() in COMPRESSIONS else path.name


def unpacked(name: str, content: bytes, settings: ImportSettings) -> bytes:
    """The bytes, unpacked if the name says they are packed, up to the limit.

    Raises ImportRefused above the limit and UnreadableFile where the packing is torn.
    """
    suffix = PurePath(name).suffix.lower()
    if suffix not in COMPRESSIONS:
        return content
    limit = settings.largest_unpacked
    try:
        with _opened(suffix, content) as stream:
            plain = stream.read(limit + 1)
    except (OSError, EOFError, lzma.LZMAError, zlib.error):
        raise UnreadableFile("the packed file is torn or of another kind; pack it anew") from None
    if len(plain) > limit:
        raise ImportRefused(f"unpacks to more than {limit:,} bytes; split it into smaller files")
    return plain


def _opened(suffix: str, content: bytes) -> BinaryIO:
    stream = BytesIO(content)
    if suffix == ".gz":
        return gzip.GzipFile(fileobj=stream)  # type: ignore[return-value]
    if suffix == ".xz":
        return lzma.LZMAFile(stream)  # type: ignore[return-value]
    return bz2.BZ2File(stream)  # type: ignore[return-value]
