"""Hashes that tell what has to be done again: equal hashes, equal work."""

from __future__ import annotations

import hashlib

from corpus.article import Article
from index.embedding.embedder import PassageText


def vector_key(embedder_key: str, passage: PassageText) -> str:
    """40 hex digits over the model, the header, the text and where its sentences are."""
    digest = hashlib.blake2b(digest_size=20)
    for part in (embedder_key, passage.header, passage.text):
        encoded = part.encode("utf-8", "surrogatepass")
        digest.update(len(encoded).to_bytes(8, "big"))
        digest.update(encoded)
    for start, end in passage.sentences:
        digest.update(b"%d-%d;" % (start, end))
    return digest.hexdigest()


def fingerprint(article: Article) -> str:
    """40 hex digits over everything that is stored of an article, not only what is quoted."""
    digest = hashlib.blake2b(digest_size=20)
    for part in (
        article.content_hash,
        article.author,
        article.source,
        article.published,
        article.updated,
        article.url,
        article.language,
    ):
        digest.update(f"{part!r}\x00".encode("utf-8", "surrogatepass"))
    return digest.hexdigest()
