"""Which version of an article is stored, where it is there already or comes from several files."""

from __future__ import annotations

from dataclasses import replace

from corpus.versions import continued, is_newer, is_same_article
from index.reading import ReadArticle
from index.store import Indexed


def choose_version(
    read: ReadArticle, earlier: ReadArticle, *, elsewhere: bool, revised: bool = False
) -> ReadArticle:
    """What to store where `earlier` has the id of what was just read.

    A file may change its article: the new text counts, and an article with an address keeps the
    date on which it was first published. Where only its metadata changed, somebody corrected it,
    and it is taken as given. Where another file gives the article as well (`elsewhere`), the
    version of the later day counts, whichever file is read first; without days the one stored.
    But where the file gave the article before and was changed (`revised`), the stored version may
    be the one that it no longer has: that stays only if it says to be of a later day. An older
    version in the only file is taken with its own days: the later one may follow in the same file.
    """
    if elsewhere and not _goes_before(read, earlier, revised=revised):
        return replace(earlier, article=continued(earlier.article, read.article))
    if not elsewhere and is_newer(earlier.article, read.article):
        return read
    article = continued(read.article, earlier.article)
    is_correction = not elsewhere and article.content_hash == earlier.article.content_hash
    if is_correction and article != earlier.article:
        return read
    return replace(read, article=article)


def _goes_before(read: ReadArticle, earlier: ReadArticle, *, revised: bool) -> bool:
    if revised:
        return not is_newer(earlier.article, read.article)
    return is_newer(read.article, earlier.article)


def is_version(read: ReadArticle, earlier: ReadArticle) -> bool:
    """Whether two articles that files give under one id are versions of the same."""
    return is_same_article(read.article, earlier.article, read.signature, earlier.signature)


def as_read(stored: Indexed) -> ReadArticle:
    """An article of the store, as if it had just been read."""
    return ReadArticle(stored.article, stored.passages, "", stored.signature)
