"""How well an article's date suits a question: a preference, bounded, never a filter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from index.store import Filter
from retrieval.time.days import days_after
from retrieval.time.time_expressions import TimeReference

# News speaks of the days before it; a question about "this week" is served by the last two.
RECENT_DAYS = 14
FADING_DAYS = 30.0


@dataclass(frozen=True, slots=True)
class Timeliness:
    """The day of asking, and the time that the question speaks of, if any."""

    asked: date
    reference: TimeReference | None

    def freshness(self, published: date | None) -> float:
        """1 on the day of asking, halved after a month, towards 0 with age; undated counts as old.

        An article from after the day of asking (a time zone ahead apart) is none an asker can
        have meant, and counts as old too.
        """
        if published is None:
            return 0.0
        days = (self.asked - published).days
        if days < -1:
            return 0.0
        return 1.0 / (1.0 + max(days, 0) / FADING_DAYS)

    def suits(self, published: date | None) -> float:
        """1 where the article is from the time asked about, 0 where not, 0.5 where unknown.

        Articles report what happened just before, so those of the week after suit as well.
        """
        if self.reference is None or self.reference.latest or published is None:
            return 0.5
        since, until = self.reference.since, self.reference.until
        early = since is not None and published < since
        late = until is not None and published > days_after(until, 7)
        return 0.0 if early or late else 1.0

    def is_of_its_time(self, published: date | None) -> bool:
        """Whether an article of that date is known to be from the time asked about."""
        return self.suits(published) == 1.0

    def recent(self, where: Filter) -> Filter | None:
        """`where` narrowed to the days the question may speak of; None where it has its own."""
        if where.since or where.until:
            return None
        since, until = self._window()
        return Filter(
            since=since,
            until=until,
            sources=where.sources,
            languages=where.languages,
            article_ids=where.article_ids,
        )

    def _window(self) -> tuple[date | None, date | None]:
        reference = self.reference
        if reference is None or reference.latest or self._is_open(reference):
            return days_after(self.asked, -RECENT_DAYS), days_after(self.asked, 1)
        until = days_after(reference.until, 7) if reference.until else None
        return reference.since, until

    def _is_open(self, reference: TimeReference) -> bool:
        """Whether it leaves out nothing that is written: "Will it be finished by December?"."""
        return reference.since is None and (
            reference.until is None or reference.until >= self.asked
        )


def newer_first(places: Sequence[int], published: Sequence[date | None]) -> list[int]:
    """`places` with the newest first; what has no date comes last, in the order given."""
    return sorted(places, key=lambda place: -(published[place] or date.min).toordinal())
