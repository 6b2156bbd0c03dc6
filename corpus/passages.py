"""Passages: whole sentences, sized for the window of the embedding model."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from corpus.article import Passage, Span

TARGET_CHARACTERS = 900
"""About what one passage holds: measured to find well, and some 200 tokens of English."""

LARGEST_CHARACTERS = 1_250
"""What it may grow to rather than part a quotation from its speaker."""

_OPENING = ("“", "«", "„")
_CLOSING = ("”", "»")
_OPENERS = ("“", "«", "„", '"')
_CLOSERS = ("”", "»", '"')

CountTokens = Callable[[Sequence[str]], list[int]]


def split_passages(
    text: str,
    sentences: Sequence[Span],
    count_tokens: CountTokens,
    max_tokens: int,
) -> list[Passage]:
    """Passages that tile `text` exactly, each of whole sentences and at most `max_tokens`.

    A sentence that alone is too long for the model becomes several sentences, so that nothing
    is ever cut off unread. An empty text has no passages.
    """
    if not text:
        return []
    pieces, tokens = _fitting_sentences(text, sentences, count_tokens, max_tokens)
    groups = _grouped(text, pieces, tokens, max_tokens)
    return _tiled(text, groups)


def _fitting_sentences(
    text: str, sentences: Sequence[Span], count_tokens: CountTokens, max_tokens: int
) -> tuple[list[Span], list[int]]:
    """Sentences none of which exceeds the window, with the tokens of each."""
    counts = count_tokens([text[start:end] for start, end in sentences]) if sentences else []
    pieces: list[Span] = []
    tokens: list[int] = []
    for sentence, count in zip(sentences, counts, strict=True):
        if count <= max_tokens:
            pieces.append(Span(*sentence))
            tokens.append(count)
            continue
        for piece in _halved(text, Span(*sentence), count_tokens, max_tokens):
            pieces.append(piece)
            tokens.append(count_tokens([piece.of(text)])[0])
    return pieces, tokens


def _halved(text: str, sentence: Span, count_tokens: CountTokens, max_tokens: int) -> list[Span]:
    """The sentence cut in two, again and again, until every piece fits or is one character."""
    waiting, fitting = [sentence], []
    while waiting:
        piece = waiting.pop()
        if piece.end - piece.start <= 1 or count_tokens([piece.of(text)])[0] <= max_tokens:
            fitting.append(piece)
            continue
        cut = _middle(text, piece)
        waiting += [
            part
            for part in (_trimmed(text, cut, piece.end), _trimmed(text, piece.start, cut))
            if part.start < part.end
        ]
    return fitting


def _middle(text: str, piece: Span) -> int:
    """A place near the middle, at white space if there is some in the middle half."""
    middle = (piece.start + piece.end) // 2
    reach = max(1, (piece.end - piece.start) // 4)
    for distance in range(reach):
        for place in (middle - distance, middle + distance):
            if text[place].isspace():
                return place
    return middle


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _grouped(
    text: str, sentences: Sequence[Span], tokens: Sequence[int], max_tokens: int
) -> list[list[Span]]:
    groups: list[list[Span]] = []
    used = 0
    for sentence, count in zip(sentences, tokens, strict=True):
        # One token more than the sum: joining two pieces may tokenise the seam differently.
        if groups and _belongs(text, groups[-1], sentence) and used + count + 1 <= max_tokens:
            groups[-1].append(sentence)
            used += count + 1
        else:
            groups.append([sentence])
            used = count
    return groups


def _belongs(text: str, group: Sequence[Span], sentence: Span) -> bool:
    """Whether a sentence still goes into the passage begun by `group`."""
    size = group[-1].end - group[0].start
    longer = sentence.end - group[0].start
    if longer <= TARGET_CHARACTERS:
        return True
    if longer <= LARGEST_CHARACTERS and quotation_goes_on(text, group[-1], sentence):
        return True
    new_paragraph = "\n" in text[group[-1].end : sentence.start]
    return not new_paragraph and size < TARGET_CHARACTERS // 2


def quotation_goes_on(text: str, left: Span, right: Span) -> bool:
    """Whether a cut between two sentences would part a quotation from the rest or its speaker."""
    before, after = left.of(text), right.of(text)
    opened = sum(map(before.count, _OPENING))
    if opened > sum(map(before.count, _CLOSING)):
        return True
    if before.endswith(":") or (before.count('"') % 2 and not opened):
        return True
    if "\n" in text[left.end : right.start]:
        return False
    # “…,” he said. | “…” and “…” | he added.
    return after.startswith(_OPENERS) or before.endswith(_CLOSERS)


def _tiled(text: str, groups: Sequence[Sequence[Span]]) -> list[Passage]:
    """Passages from groups of sentences; white space between two belongs to the first."""
    if not groups:
        return [Passage(0, len(text), ())]
    starts = [0, *(group[0].start for group in groups[1:])]
    ends = [*starts[1:], len(text)]
    return [
        Passage(start, end, tuple(group))
        for start, end, group in zip(starts, ends, groups, strict=True)
    ]
