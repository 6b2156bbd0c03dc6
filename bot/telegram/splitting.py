"""Blocks of text packed into as few messages as Telegram's limits allow."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate

from telegram.constants import MessageLimit

from bot.telegram.rich_text import FOLDED_QUOTE, QUOTE, RichText, joined, plain

MAX_UNITS = int(MessageLimit.MAX_TEXT_LENGTH)
MAX_ENTITIES = int(MessageLimit.MESSAGE_ENTITIES)

BETWEEN_BLOCKS = "\n\n"
FOOTER_UNITS = 40

_BREAKS = (re.compile(r"\n"), re.compile(r"[.!?…][»”\"')\]]*\s"), re.compile(r"\s"))


def split(
    blocks: Sequence[RichText], units: int = MAX_UNITS, entities: int = MAX_ENTITIES
) -> list[RichText]:
    """Messages that hold the blocks in order, broken between blocks wherever possible.

    A block that alone exceeds a message is broken between lines, else sentences, else words, and
    outside its marks but for a block quotation, which goes on in the next message. Where there
    are several messages each ends with "1/3": nothing is left out silently.
    """
    whole = joined([block for block in blocks if block.text.strip()], BETWEEN_BLOCKS)
    if whole.units <= units and len(whole.marks) <= entities:
        return [whole] if whole.text else []
    pieces = [piece for block in blocks for piece in _pieces(block, units - FOOTER_UNITS, entities)]
    packed = list(_packed(pieces, units - FOOTER_UNITS, entities))
    return [
        message + plain(f"{BETWEEN_BLOCKS}{number}/{len(packed)}")
        for number, message in enumerate(packed, start=1)
    ]


def _packed(pieces: Sequence[RichText], units: int, entities: int) -> Iterator[RichText]:
    """As many pieces in each message as it holds."""
    message = RichText("")
    for piece in pieces:
        longer = joined([message, piece], BETWEEN_BLOCKS) if message.text else piece
        if longer.units > units or len(longer.marks) > entities:
            yield message
            message = piece
        else:
            message = longer
    if message.text:
        yield message


def _pieces(block: RichText, units: int, entities: int) -> Iterator[RichText]:
    """One block as pieces that each fit a message."""
    rest = block.cut(0, len(block.text))
    # The first test spares counting the units of a long rest for every piece of it.
    while len(rest.text) > units or rest.units > units or len(rest.marks) > entities:
        place = _break(rest, units, entities)
        piece = rest.cut(0, place)
        if piece.text:
            yield piece
        rest = rest.cut(place, len(rest.text))
    if rest.text:
        yield rest


def _break(block: RichText, units: int, entities: int) -> int:
    """The best place, in code points, to break a block that is too long."""
    farthest = _farthest(block.text, units)
    starts = sorted(mark.start for mark in block.marks)
    if len(starts) > entities:
        farthest = max(1, min(farthest, starts[entities]))
    inner = [mark for mark in block.marks if mark.kind not in (QUOTE, FOLDED_QUOTE)]
    for pattern in _BREAKS:
        places = [match.end() for match in pattern.finditer(block.text, 0, farthest)]
        for place in reversed(places):
            if place >= farthest // 2 and not any(m.start < place < m.end for m in inner):
                return place
    around = [mark for mark in inner if 0 < mark.start < farthest < mark.end]
    return min((mark.start for mark in around), default=farthest)


def _farthest(text: str, units: int) -> int:
    """How many code points of `text` fit into `units`, at least one."""
    # No more than so many can fit: a long text is not read to its end for every message of it.
    within = text[:units]
    lengths = accumulate(2 if character > "\uffff" else 1 for character in within)
    return max(1, sum(1 for length in lengths if length <= units))
