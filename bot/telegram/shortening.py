"""Names and titles that are too long to be shown whole. Quotes are never shortened."""

from __future__ import annotations

LONGEST_TITLE = 200
LONGEST_OUTLET = 80
LONGEST_NAME = 120
MOST_OUTLETS = 5
OMITTED = "…"


def shortened(text: str, longest: int = LONGEST_TITLE) -> str:
    """A text in one line of at most so many code points; what was cut off shows as "…".

    It is cut between words where one ends in its second half.
    """
    line = " ".join(text.split())
    if len(line) <= longest:
        return line
    end = line.rfind(" ", longest // 2, longest)
    return line[: end if end > 0 else longest - 1].rstrip() + OMITTED


def outlets_in_line(outlets: list[str]) -> str:
    """The first few outlets, each shortened; more of them show as "…"."""
    names = [shortened(outlet, LONGEST_OUTLET) for outlet in outlets[:MOST_OUTLETS]]
    return ", ".join(names + [OMITTED] * (len(outlets) > MOST_OUTLETS))
