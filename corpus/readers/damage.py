"""What is said where a reader trips over a file: that the file is damaged, or that we are at fault.

The libraries of the formats raise all kinds of errors, beside their own, on files that are damaged.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import structlog

from corpus.errors import UnreadableFile

logger = structlog.get_logger(__name__)

_DAMAGE = (ValueError, AssertionError, ArithmeticError, RecursionError, SyntaxError)
_DAMAGE_OR_FAULT = (TypeError, LookupError, AttributeError)
"""Where a library raises these, it tells of damage too; where a line of ours does, of its fault."""
_OWN = __name__.partition(".")[0]


@contextmanager
def damage_told(file: str) -> Iterator[None]:
    """Errors of reading as UnreadableFile, whose cause is logged."""
    try:
        yield
    except _DAMAGE as error:
        raise _damaged(file, error) from error
    except _DAMAGE_OR_FAULT as error:
        if not _is_our_own(error):
            raise _damaged(file, error) from error
        logger.exception("a reader failed", file=file)
        raise UnreadableFile(
            "the program failed on it; please report this with the file"
        ) from error


def _damaged(file: str, error: Exception) -> UnreadableFile:
    logger.warning("a file is damaged", file=file, cause=repr(error)[:300])
    return UnreadableFile("it is damaged inside; open and save it again")


def _is_our_own(error: Exception) -> bool:
    """Whether the line that raised an error is one of this package."""
    frame = error.__traceback__
    while frame is not None and frame.tb_next is not None:
        frame = frame.tb_next
    raised_in = str(frame.tb_frame.f_globals.get("__name__", "")) if frame else ""
    return raised_in.partition(".")[0] == _OWN
