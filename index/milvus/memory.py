"""What a reader remembers of the states that it has read."""

from __future__ import annotations

from collections import OrderedDict

from index.milvus.catalogue import Catalogue
from index.milvus.documents import Document
from index.milvus.keywords import TermShares

REMEMBERED_DOCUMENTS = 512
REMEMBERED_CHARACTERS = 20_000_000


class Memory:
    """Of one history of the log: in another one the same numbers are other rows' (`log.Entry`).

    Documents never change, so those used lately are kept; the catalogue and the shares of terms
    are of the newest state that was asked for.
    """

    def __init__(self, history: int, shares: TermShares) -> None:
        self.history = history
        self.shares = shares
        self.catalogue: Catalogue | None = None
        self._documents: OrderedDict[int, Document] = OrderedDict()

    def document(self, version: int) -> Document | None:
        """A document that was read lately."""
        return self._documents.get(version)

    def remember(self, document: Document) -> None:
        """Keep a document, unless it is very long."""
        if len(document.article.text) > REMEMBERED_CHARACTERS // REMEMBERED_DOCUMENTS:
            return
        self._documents[document.version] = document
        while len(self._documents) > REMEMBERED_DOCUMENTS:
            try:
                self._documents.popitem(last=False)
            except KeyError:
                break
