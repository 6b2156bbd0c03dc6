"""The composition root: from settings to the parts of one running process."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from bot.conversations import Conversations
from bot.engine import Engine
from bot.settings import Settings
from corpus.errors import IndexMismatch

if TYPE_CHECKING:
    from bot.feedback import Feedback
    from bot.librarian import Librarian
    from bot.removed_articles import RemovedArticles
    from corpus.importer import Importer
    from index.embedded.reader import EmbeddedReader
    from index.embedding.batching import BatchingEmbedder
    from index.embedding.embedder import Embedder
    from retrieval.answerer import Answerer
    from retrieval.reading import Reader
    from retrieval.reranking import Reranker


@dataclass
class Parts:
    """The parts of one process, each made when it is first asked for."""

    settings: Settings

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
    def store(self) -> EmbeddedReader:
        """What is indexed, for reading.

        Raises IndexMissing where nothing is, IndexMismatch where another model made it.
        """
        from index.opening import open_store

        store = open_store(self.settings.data)
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

        return RemovedArticles(self.settings.data / "removed.txt")

    @cached_property
    def importer(self) -> Importer:
        """Reads article files, but not what was removed."""
        from bot.removed_articles import SelectiveImporter
        from corpus.imported import ImportSettings

        settings = ImportSettings(
            url_import=self.settings.url_import,
            repeated_lines=self.settings.data / "repeated_lines.json",
        )
        return SelectiveImporter(settings, self.removed)

    @cached_property
    def answerer(self) -> Answerer:
        """Answers questions from the store."""
        from retrieval.assembling import assemble

        return assemble(
            self.store,
            self.embedder,
            threshold=self.settings.threshold,
            reader=self.reader,
            budget_ms=self.settings.rerank_budget_ms,
            reranker=self.reranker,
        )

    @cached_property
    def reader(self) -> Reader | None:
        """The model that reads the best passages, if the settings name one."""
        from retrieval.readers import load_reader

        return load_reader(self.settings.reader, self.settings.threads)

    @cached_property
    def reranker(self) -> Reranker | None:
        """The cross-encoder that the settings name, if any."""
        from retrieval.reranking import load_reranker

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
        return Engine(
            self.answerer,
            self.store,
            self.conversations,
            max_quotes=self.settings.max_quotes,
            max_question_characters=self.settings.max_question_characters,
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
        for name in ("librarian", "engine", "embedder", "store", "feedback"):
            if name in made:
                made[name].close()


def compose(settings: Settings) -> Parts:
    """The parts of a process; nothing is loaded before it is needed."""
    return Parts(settings)
