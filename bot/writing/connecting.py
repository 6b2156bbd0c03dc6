"""What may stand around a quote: words that only connect, and who speaks."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.own_words import in_own_words
from retrieval.answer import Quote

SAYING = frozenset({"reported", "reports", "said", "say", "says", "writes", "wrote"})
CONNECTING = SAYING | frozenset(
    {"a", "according", "and", "article", "articles", "as", "in", "outlet", "source", "that"}
    | {"the", "to"}
)
"""Words that connect quotes and assert nothing themselves.

No negation, cause, hedge or order in time is among them, nothing that turns round who speaks ("was
told"), and nothing that leans on the sentence before: who "he" is and what "also" goes on from
depends on what stands there.
"""

PUNCTUATION = frozenset(" \t\n\u00a0\u202f.,:;-–—")
"""All else could say something: "?" doubts, "≠" denies, a mark of direction turns words round."""

_TURNED_ROUND = re.compile(r"(?<!A)t|A(?!t)|V.*Atw*S|Atw*S.*V|V.*S.*V|S.*V.*V|V.*V.*S")
"""Where it would be doubtful who speaks, in the letters of `_outline`: "to" without "according",
somebody saying something according to the speaker, and the speaker's words said twice over."""

_PLACE_OF_PRINT = re.compile(r"[ti]w*O")
"""An outlet that is only where it stands: "according to" it, "in" it."""

_WORD = re.compile(r"\w+(?:[-’']\w+)*")
_NAMED = re.compile("\x01(\\d+)\x01")
_TOKEN = re.compile(f"{_NAMED.pattern}|{_WORD.pattern}")


@dataclass(frozen=True, slots=True)
class Names:
    """What speakers and outlets may be called, in the places of a text that name them.

    A place is written as its number between two \\x01, so that no name is cut up or read as
    several words. Longer names stand first: "Ukraine Today" is not "Ukraine".
    """

    phrases: tuple[str, ...]

    @classmethod
    def of(cls, quotes: Iterable[Quote]) -> Names:
        """All names of the speakers and outlets of these quotes."""
        phrases = {name for quote in quotes for name in (*speakers(quote), *outlets(quote))}
        return cls(tuple(sorted(phrases, key=lambda name: (-len(name), name))))

    def placed(self, text: str) -> str:
        """The text with every name replaced by its place."""
        if not self.phrases:
            return text
        either = "|".join(map(re.escape, self.phrases))
        numbers = {name.casefold(): number for number, name in enumerate(self.phrases)}
        return re.sub(
            rf"(?<!\w)(?:{either})(?!\w)",
            lambda found: f"\x01{numbers.get(found.group().casefold(), -1)}\x01",
            text,
            flags=re.IGNORECASE,
        )

    def written_out(self, text: str) -> str:
        """The text with its names again."""
        return _NAMED.sub(lambda place: self.phrases[int(place.group(1))], text)


def speakers(quote: Quote) -> frozenset[str]:
    """What the speaker of a quote may be called: the name, or a person's last names.

    Nobody is named for words that an article says about them. Of "Bank of Oland" no part will do.
    """
    if quote.speaker is None or not in_own_words(quote):
        return frozenset()
    words = quote.speaker.split()
    if any(word[0].islower() for word in words):
        return _usable([quote.speaker])
    return _usable(" ".join(words[place:]) for place in range(len(words)))


def outlets(quote: Quote) -> frozenset[str]:
    """What the outlet of a quote may be called."""
    return _usable([quote.article.source] if quote.article.source else [])


def connects(text: str, quote: Quote, names: Names) -> bool:
    """Whether what stands around a quote only says who said it, and where.

    `text` has its names placed.
    """
    if not PUNCTUATION.issuperset(_TOKEN.sub("", text)):
        return False
    outline = _outline(text, quote, names)
    if "?" in outline or _TURNED_ROUND.search(outline):
        return False
    return "S" not in outline or "O" not in _PLACE_OF_PRINT.sub("", outline)


def _outline(text: str, quote: Quote, names: Names) -> str:
    """A letter for each word: speaker, outlet, verb of saying, "according", "to", "in", others."""
    letters = dict.fromkeys(CONNECTING, "w") | dict.fromkeys(SAYING, "V")
    letters |= {"according": "A", "to": "t", "in": "i"}
    called = dict.fromkeys(outlets(quote), "O") | dict.fromkeys(speakers(quote), "S")
    return "".join(
        called.get(names.phrases[int(found.group(1))], "?")
        if found.group(1)
        else letters.get(found.group().casefold(), "?")
        for found in _TOKEN.finditer(text)
    )


def _usable(names: Iterable[str]) -> frozenset[str]:
    return frozenset(name for name in names if _WORD.search(name) and not {*name} & {*"\0\1"})
