"""Which articles were found behind the links of feeds and sitemaps that were followed.

A link often leads on to the article's own address: without this memory every visit of the feed
would fetch that page again. And what somebody removed since does not come back with the feed.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

import structlog

MOST_LINKS = 100_000

logger = structlog.get_logger(__name__)


class FollowedLinks:
    """Ids of articles by the canonical address of the link that led to them."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def all(self) -> dict[str, tuple[str, ...]]:
        """Every link as the file has it now; none where it is missing or damaged."""
        try:
            stored = json.loads(self._path.read_text("utf-8"))
            return {str(link): tuple(map(str, ids)) for link, ids in stored.items()}
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, TypeError, AttributeError) as error:
            logger.warning("followed links are learned anew", cause=str(error))
            return {}

    def remember(self, found: Mapping[str, Sequence[str]]) -> None:
        """Add links; of more than `MOST_LINKS` the oldest are forgotten."""
        if not found:
            return
        links = self.all()
        for link, ids in found.items():
            links.pop(link, None)
            links[link] = tuple(ids)
        kept = dict(list(links.items())[-MOST_LINKS:])
        unfinished = self._path.with_name(f".{self._path.name}.{os.getpid()}.part")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            unfinished.write_text(json.dumps(kept), "utf-8")
            unfinished.replace(self._path)
        except OSError as error:
            unfinished.unlink(missing_ok=True)
            logger.warning("followed links are not kept", cause=str(error))
