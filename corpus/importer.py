"""Importing: from folders and files to articles, whatever the files are like."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from corpus.cleaning.line_memory import load_lines, save_lines
from corpus.cleaning.repeated_lines import RepeatedLines
from corpus.draft import Draft
from corpus.errors import CorpusError, UnreadableFile
from corpus.files import files_below, read_content, safe_name
from corpus.imported import ImportedFile, ImportSettings, Skipped
from corpus.readers.formats import drafts_of
from corpus.readers.reading import Source
from corpus.refining import Refined, prepare, refine

SHARE_TO_KEEP = 0.05
"""What was learned is kept after reading so many more articles: it is derived, and may be lost."""

_BATCH_CHARACTERS = 50_000_000


class Importer:
    """Reads articles from files. May serve several threads.

    `repeated` is what the outlets' earlier articles have shown; it learns from every article
    that is read. It is kept in the file that the settings name, if any: by `survey` where it has
    grown by `SHARE_TO_KEEP`, so that one article among many does not write all of it, and by
    `close`.
    """

    def __init__(
        self, settings: ImportSettings | None = None, repeated: RepeatedLines | None = None
    ) -> None:
        self._settings = settings or ImportSettings()
        kept = self._settings.repeated_lines
        self.repeated = repeated if repeated is not None else load_lines(kept)
        self._unkept = 0
        self._learning = threading.Lock()

    def find(self, folders: Sequence[Path]) -> Iterator[Path]:
        """Files below the folders (or the files given), sorted; hidden and temporary ones left out.

        Files that `read` will skip, such as unknown formats and links out of their folder, are
        among them, so that their reason is told. Raises UnreadableFile for a path that is not.
        """
        for folder in folders:
            yield from files_below(folder)

    def read(self, path: Path) -> ImportedFile:
        """The articles of one file. What cannot be let in is in `skipped`; nothing is raised."""
        return self._refined(self._opened(path))

    def read_content(
        self, name: str, content: bytes, *, url: str | None = None, encoding: str | None = None
    ) -> ImportedFile:
        """The same for bytes that are in no file yet; `name` tells the format."""
        path = Path(safe_name(name))
        return self._refined(self._drafted(path, content, url, encoding))

    def read_all(self, paths: Iterable[Path]) -> Iterator[ImportedFile]:
        """Each file in turn. Lines that repeat are learned from a whole batch before it is cleaned.

        A batch is as many files as hold 50 million characters, so that memory stays bounded.
        """
        batch: list[_Drafts] = []
        held = 0
        for path in paths:
            opened = self._opened(path)
            batch.append(opened)
            held += sum(len(draft.text) for draft in opened.drafts)
            if held >= _BATCH_CHARACTERS:
                yield from map(self._refined, batch)
                batch, held = [], 0
        yield from map(self._refined, batch)

    def survey(self, paths: Iterable[Path]) -> None:
        """Learn the lines that repeat in files that will be read one by one afterwards.

        A folder's first articles are then cleaned as well as its last.
        """
        for path in paths:
            self._opened(path)
        with self._learning:
            if self._unkept > SHARE_TO_KEEP * self.repeated.articles:
                self._keep()

    def close(self) -> None:
        """Keep what was learned."""
        with self._learning:
            if self._unkept:
                self._keep()

    def content_of(self, path: Path) -> bytes:
        """The bytes of a file within the limits, as `read` takes them.

        Raises ImportRefused, UnreadableFile.
        """
        try:
            return read_content(path, self._settings.largest_file)
        except OSError as error:
            raise UnreadableFile(
                f"cannot be read ({error.strerror}); check that it exists and may be read"
            ) from None

    def _opened(self, path: Path) -> _Drafts:
        try:
            return self._drafted(path, self.content_of(path), None, None)
        except CorpusError as error:
            return _Drafts(path, "", [], [Skipped(path, "", str(error))])

    def _drafted(
        self, path: Path, content: bytes, url: str | None, encoding: str | None
    ) -> _Drafts:
        opened = _Drafts(path, hashlib.sha256(content).hexdigest(), [], [])
        source = Source(path.name, content, self._settings, url, encoding)
        try:
            for draft in drafts_of(source):
                if not isinstance(draft, Draft):
                    opened.skipped.append(Skipped(path, draft.where, draft.reason, draft.torn))
                elif len(draft.text) > self._settings.largest_text:
                    limit = self._settings.largest_text
                    reason = f"longer than {limit:,} characters; split it into articles"
                    opened.skipped.append(Skipped(path, draft.where, reason))
                else:
                    opened.drafts.append(prepare(draft))
        except CorpusError as error:
            opened.skipped.append(Skipped(path, "", str(error)))
        self._learn(opened.drafts)
        return opened

    def _keep(self) -> None:
        save_lines(self._settings.repeated_lines, self.repeated)
        self._unkept = 0

    def _learn(self, drafts: Iterable[Draft]) -> None:
        with self._learning:
            for draft in drafts:
                self._unkept += 1
                lines = draft.text.split("\n")
                self.repeated.observe(draft.source, draft.key, lines, draft.title)

    def _refined(self, opened: _Drafts) -> ImportedFile:
        refined: list[Refined] = []
        with self._learning:
            for draft in opened.drafts:
                try:
                    refined.append(refine(draft, self.repeated))
                except CorpusError as error:
                    opened.skipped.append(Skipped(opened.path, draft.where, str(error)))
        return ImportedFile(
            opened.path,
            opened.digest,
            tuple(one.article for one in refined),
            tuple(opened.skipped),
            tuple(line for one in refined for line in one.dropped),
        )


class _Drafts:
    """A file that was opened, not yet cleaned."""

    def __init__(
        self, path: Path, digest: str, drafts: list[Draft], skipped: list[Skipped]
    ) -> None:
        self.path = path
        self.digest = digest
        self.drafts = drafts
        self.skipped = skipped
