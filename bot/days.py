"""The days between which articles are wanted."""

from __future__ import annotations

from datetime import date

from corpus.errors import QuestionError


def in_order(since: date | None, until: date | None) -> None:
    """Raise QuestionError where no day can be within both."""
    if since is not None and until is not None and since > until:
        raise QuestionError(
            f"no day is from {since} on and up to {until}: exchange the two days, or leave one out"
        )
