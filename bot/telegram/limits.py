"""Which articles a person wants to hear: from when to when, and from which outlets."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.telegram.shortening import LONGEST_OUTLET, shortened
from bot.telegram.texts import Texts


@dataclass(frozen=True, slots=True)
class Limits:
    """Dates are inclusive; None and an empty set do not restrict.

    `in_vain` is an outlet that was asked first and does not say, so that all were asked.
    """

    since: date | None = None
    until: date | None = None
    sources: frozenset[str] = frozenset()
    in_vain: str = ""

    def __bool__(self) -> bool:
        return bool(self.since or self.until or self.sources)

    def in_words(self, texts: Texts) -> str:
        """What a reader should know of them: "Only articles from 1 June 2024 on · Reuters"."""
        own = texts.answer
        lines = []
        if self.in_vain:
            lines.append(own.in_vain.format(outlet=shortened(self.in_vain, LONGEST_OUTLET)))
        if self:
            lines.append(own.only.format(limits=" · ".join(self._parts(texts))))
        return "\n".join(lines)

    def _parts(self, texts: Texts) -> list[str]:
        own = texts.answer
        parts = []
        if self.since and self.until:
            first, last = texts.date(self.since), texts.date(self.until)
            parts.append(own.between.format(first=first, last=last))
        elif self.since:
            parts.append(own.since.format(first=texts.date(self.since)))
        elif self.until:
            parts.append(own.until.format(last=texts.date(self.until)))
        return parts + [shortened(source, LONGEST_OUTLET) for source in sorted(self.sources)]

    def fields(self) -> dict[str, Any]:
        """What restricts, by its name, as JSON takes it; dates that do not are left out."""
        days = {"since": self.since, "until": self.until}
        fields: dict[str, Any] = {name: day.isoformat() for name, day in days.items() if day}
        return fields | {"sources": sorted(self.sources)}

    def written(self) -> str:
        """As JSON."""
        return json.dumps(self.fields() | {"in_vain": self.in_vain})


NO_LIMITS = Limits()


def read_limits(text: str) -> Limits:
    """Limits as `Limits.written` has them."""
    fields = json.loads(text)
    days = {name: date.fromisoformat(fields[name]) for name in ("since", "until") if name in fields}
    sources, in_vain = frozenset(fields.get("sources", ())), fields.get("in_vain", "")
    return Limits(**days, sources=sources, in_vain=in_vain)
