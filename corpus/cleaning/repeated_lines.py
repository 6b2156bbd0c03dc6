"""Lines that an outlet's articles share: addresses, cookie notices, newsletter boxes.

What was seen is counted by outlet and kept between imports, so that a file that comes alone is
cleaned by what the files before it have shown. Only hashes are kept, no text.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Self

from corpus.cleaning.background import tells_of_the_world
from corpus.cleaning.lines import ends_like_sentence, line_key
from corpus.cleaning.notices import speaks_of_site
from corpus.errors import CorpusError

LEAST_ARTICLES = 3
"""An outlet shows no habit before this many of its articles have the line."""
EDGE_SHARE = 0.1
"""Share of the outlet's articles that makes a line at the top or bottom boilerplate."""
INNER_SHARE = 0.3
"""The same for a line between others, and for one that reads as a sentence anywhere."""
LEAST_TOLD = 10
"""The same for a sentence that does not speak of the site: a war's or a trial's coverage says its
background word for word in every report, and a handful of reports may be all of an outlet's."""
KEPT_IN = 3
"""So many articles keep a sentence that tells of the world even then: no other line may tell it,
and one of the articles may be removed or replaced."""
COPY_SHARE = 0.5
"""An article of which more than this repeats is a copy, not boilerplate; it stays whole."""
UNLIKE_TITLES = 3
"""A text under so many titles of one outlet that have little in common is no article."""

_LONGEST = 300
_MOST_LINES = 20_000
_LONGEST_TEXT = 2_000
_LIKE_TITLES = 0.3
_VERSION = 2


@dataclass(slots=True)
class _Outlet:
    articles: set[str] = field(default_factory=set)
    lines: Counter[str] = field(default_factory=Counter)
    titles: dict[str, list[str]] = field(default_factory=dict)
    """By short text, titles that it stands under and that are unlike; both in hashes."""
    tellers: dict[str, list[str]] = field(default_factory=dict)
    """By sentence that became a habit, the articles that keep it; both in hashes."""


class RepeatedLines:
    """Counts of hashed lines for each outlet. Not safe for several threads at once."""

    def __init__(self) -> None:
        self._outlets: dict[str, _Outlet] = {}

    @property
    def articles(self) -> int:
        """The number of articles counted, of all outlets."""
        return sum(len(outlet.articles) for outlet in self._outlets.values())

    def observe(
        self, outlet: str | None, article: str, lines: Sequence[str], title: str | None = None
    ) -> None:
        """Count the lines of one article, once for its key `article`, however often it comes.

        A copy of articles already counted adds nothing: it would make their text a habit.
        """
        known = self._outlets.setdefault(_key(outlet), _Outlet())
        name = _hash(article)
        if name not in known.articles and title:
            _note_title(known.titles, lines, title)
        hashes = {number: _hash(line_key(line)) for number, line in _candidates(lines)}
        if name in known.articles or self._is_copy(known, lines, hashes):
            return
        known.articles.add(name)
        known.lines.update(set(hashes.values()))
        if len(known.lines) > 2 * _MOST_LINES:
            known.lines = Counter(dict(known.lines.most_common(_MOST_LINES)))

    def repeated(self, outlet: str | None, article: str, lines: Sequence[str]) -> dict[int, str]:
        """Numbers of the lines that this outlet's articles share, with the reason.

        The first articles that are asked for by their key keep the sentences that tell something.
        """
        known = self._outlets.get(_key(outlet))
        if known is None or len(known.articles) < LEAST_ARTICLES:
            return {}
        hashes = {number: _hash(line_key(line)) for number, line in _candidates(lines)}
        counts = {number: known.lines[line] for number, line in hashes.items()}
        # Articles that name no outlet come from many: at their edges a number speaks, not a share.
        at_edges = len(known.articles) if _key(outlet) else LEAST_ARTICLES
        found = _at_edges(lines, counts, at_edges) | {
            number
            for number, count in counts.items()
            if _is_habit(lines[number], count, len(known.articles), INNER_SHARE)
        }
        if _characters(lines, found) > COPY_SHARE * _characters(lines, range(len(lines))):
            return {}
        told = {hashes[number] for number in found if tells_of_the_world(lines[number], outlet)}
        kept = {line for line in told if _keeps(known.tellers, line, _hash(article))}
        return {
            number: f"repeated in {counts[number]} articles of the outlet"
            for number in sorted(found)
            if hashes[number] not in kept
        }

    def unlike_titles(self, outlet: str | None, lines: Sequence[str]) -> int:
        """Under how many unlike titles of the outlet these words stand, up to `UNLIKE_TITLES`."""
        known = self._outlets.get(_key(outlet))
        return len(known.titles.get(_hash(_words(lines)), ())) if known else 0

    def to_json(self) -> str:
        """All counts, to be stored between imports."""
        outlets = {
            name: {
                "articles": sorted(known.articles),
                "lines": dict(known.lines),
                "titles": known.titles,
                "tellers": known.tellers,
            }
            for name, known in self._outlets.items()
        }
        return json.dumps({"version": _VERSION, "outlets": outlets}, separators=(",", ":"))

    @classmethod
    def from_json(cls, stored: str) -> Self:
        """The counts that `to_json` gave. Raises CorpusError if they are something else."""
        counts = cls()
        try:
            read = json.loads(stored)
            if read["version"] != _VERSION:
                return counts
            for name, known in read["outlets"].items():
                counts._outlets[str(name)] = _Outlet(
                    set(map(str, known["articles"])),
                    Counter({str(line): int(count) for line, count in known["lines"].items()}),
                    _listed(known["titles"]),
                    _listed(known.get("tellers", {})),
                )
        except (ValueError, TypeError, KeyError, AttributeError):
            raise CorpusError(
                "the counts of repeated lines are damaged; run onrecord index --rebuild"
            ) from None
        return counts

    @staticmethod
    def _is_copy(known: _Outlet, lines: Sequence[str], hashes: dict[int, str]) -> bool:
        seen = [number for number, line in hashes.items() if known.lines[line]]
        return _characters(lines, seen) > COPY_SHARE * _characters(lines, range(len(lines)))


def _listed(read: Mapping[object, Sequence[object]]) -> dict[str, list[str]]:
    return {str(name): [*map(str, hashes)] for name, hashes in read.items()}


def _note_title(titles: dict[str, list[str]], lines: Sequence[str], title: str) -> None:
    """Keep the title of a short text, unless it is like one that the text had before."""
    words = _words(lines)
    if not words or len(words) > _LONGEST_TEXT:
        return
    before = titles.setdefault(_hash(words), [])
    hashed = " ".join(sorted({_hash(word) for word in line_key(title).split()}))
    if len(before) < UNLIKE_TITLES and not any(_alike(hashed, one) for one in before):
        before.append(hashed)


def _alike(one: str, other: str) -> bool:
    first, second = set(one.split()), set(other.split())
    return len(first & second) >= _LIKE_TITLES * len(first | second)


def _words(lines: Sequence[str]) -> str:
    return line_key(" ".join(lines))


def _candidates(lines: Sequence[str]) -> list[tuple[int, str]]:
    return [
        (number, line) for number, line in enumerate(lines) if 1 < len(line.strip()) <= _LONGEST
    ]


def _at_edges(lines: Sequence[str], counts: dict[int, int], total: int) -> set[int]:
    """Runs of repeated lines from the top down and from the bottom up."""
    found: set[int] = set()
    full = [number for number, line in enumerate(lines) if line.strip()]
    for run in (full, full[::-1]):
        for number in run:
            share = INNER_SHARE if ends_like_sentence(lines[number]) else EDGE_SHARE
            if not _is_habit(lines[number], counts.get(number, 0), total, share):
                break
            found.add(number)
    return found


def _is_habit(line: str, count: int, articles: int, share: float) -> bool:
    tells = count < LEAST_TOLD and ends_like_sentence(line) and not speaks_of_site(line)
    return not tells and count >= LEAST_ARTICLES and count >= share * articles


def _keeps(tellers: dict[str, list[str]], line: str, article: str) -> bool:
    """Whether an article keeps a sentence; the first to be asked for do, however often."""
    keeping = tellers.setdefault(line, [])
    if article not in keeping and len(keeping) < KEPT_IN:
        keeping.append(article)
    return article in keeping


def _characters(lines: Sequence[str], numbers: Sequence[int] | set[int] | range) -> int:
    return sum(len(lines[number]) for number in numbers)


def _key(outlet: str | None) -> str:
    return line_key(outlet or "")


def _hash(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()
