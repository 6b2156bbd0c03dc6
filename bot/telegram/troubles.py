"""What went wrong, in the words of the person who asked for it."""

from __future__ import annotations

from bot.telegram.texts import Texts
from corpus.errors import (
    ImportRefused,
    IndexDamaged,
    IndexMismatch,
    IndexMissing,
    NoArticleText,
    QuestionError,
    StoreBusy,
    StoreUnavailable,
    UnreadableFile,
)


def in_words(error: Exception, texts: Texts) -> str:
    """The kind of trouble, in the reader's language; never the error's own English words."""
    own = texts.trouble
    named: tuple[tuple[type[Exception], str], ...] = (
        (QuestionError, own.question),
        (IndexMissing, own.index_missing),
        (UnreadableFile, own.unreadable),
        (NoArticleText, own.no_article),
        (ImportRefused, own.import_refused),
        (StoreBusy, own.busy),
        (IndexDamaged, own.index_unusable),
        (IndexMismatch, own.index_unusable),
        (StoreUnavailable, own.unavailable),
    )
    return next((words for kind, words in named if isinstance(error, kind)), own.other)


def in_detail(error: Exception, texts: Texts) -> str:
    """The same for an administrator, with the error's own reason below: it says what to do."""
    return f"{in_words(error, texts)}\n({texts.reason(str(error))})"
