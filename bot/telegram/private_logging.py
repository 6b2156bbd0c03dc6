"""Logs without tokens and without what people write.

The libraries below log request addresses (which hold the token) and updates (which hold
messages). Nothing of what they say is passed on, only that they said it, and where.
"""

from __future__ import annotations

import logging

import structlog

log = structlog.get_logger(__name__)

LIBRARIES = ("telegram", "httpx", "httpcore")


class Discreet(logging.Handler):
    """Passes on which part of a library complained and the kind of error, not the words."""

    def emit(self, record: logging.LogRecord) -> None:
        """Log where a warning comes from."""
        error = record.exc_info[1] if record.exc_info else None
        log.warning(
            "telegram.library",
            part=record.name,
            line=record.lineno,
            kind=type(error).__name__ if error else None,
        )


def silence_libraries() -> None:
    """Keep the libraries' own words out of every log, at any level."""
    for name in LIBRARIES:
        logger = logging.getLogger(name)
        logger.handlers = [Discreet(logging.WARNING)]
        logger.setLevel(logging.WARNING)
        logger.propagate = False
