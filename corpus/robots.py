"""What each site's robots.txt allows (RFC 9309), fetched once for a site and kept for a while."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

ROBOT_NAME = "OnRecord"
KEPT_SECONDS = 3_600.0
"""The RFC allows a day. An hour is long for one import and short for a site that changes it."""
KEPT_SECONDS_FAILED = 60.0
MOST_SITES = 1_000


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one site; `text` is its robots.txt. `failed` where it could not be had."""

    text: str
    failed: bool = False


ALLOW_ALL = Rules("")
FORBID_ALL = Rules("User-agent: *\nDisallow: /", failed=True)


@dataclass(frozen=True, slots=True)
class _Kept:
    parsed: Any
    until: float


class Robots:
    """Rules by site (scheme, host and port). May serve several threads."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._kept: OrderedDict[str, _Kept] = OrderedDict()
        self._changing = threading.Lock()

    def allows(self, url: str, load: Callable[[], Rules]) -> bool:
        """Whether our robot may fetch `url`; `load` fetches the site's rules where none are kept.

        Raises what `load` raises.
        """
        return bool(self._of(url, load).can_fetch(url, ROBOT_NAME))

    def pause(self, url: str) -> float:
        """Seconds that the site asks for between two pages; 0 where it asks for none."""
        kept = self._kept.get(_site(url))
        return float(kept.parsed.crawl_delay(ROBOT_NAME) or 0.0) if kept else 0.0

    def _of(self, url: str, load: Callable[[], Rules]) -> Any:
        from protego import Protego

        site = _site(url)
        kept = self._kept.get(site)
        if kept is not None and self._clock() < kept.until:
            return kept.parsed
        rules = load()
        until = self._clock() + (KEPT_SECONDS_FAILED if rules.failed else KEPT_SECONDS)
        parsed = Protego.parse(rules.text)
        with self._changing:
            self._kept[site] = _Kept(parsed, until)
            self._kept.move_to_end(site)
            while len(self._kept) > MOST_SITES:
                self._kept.popitem(last=False)
        return parsed


def _site(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme.lower()}://{parts.netloc.lower()}"
