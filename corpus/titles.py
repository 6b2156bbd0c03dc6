"""The title of an article that has none: its first words, marked as such.

An untitled text is named by how it begins, with an omission in brackets after it, as libraries
do. No title that an outlet gave ends so; what shows or searches titles can tell the two apart.
"""

from __future__ import annotations

from corpus.sentences import split_sentences

OMITTED = " […]"
LONGEST = 120
"""Code points of the words taken."""


def title_of_text(text: str, language: str | None) -> str:
    """The first sentence of `text`, or as many of its words as fit, and the mark."""
    beginning = text.lstrip()[: 4 * LONGEST]
    sentences = split_sentences(beginning, language)
    words = " ".join(sentences[0].of(beginning).split()) if sentences else ""
    if len(words) > LONGEST:
        at_word = words.rfind(" ", LONGEST // 2, LONGEST + 1)
        words = words[: at_word if at_word > 0 else LONGEST].rstrip(" ,;:–—-")
    return words + OMITTED


def is_of_text(title: str) -> bool:
    """Whether a title was taken from the beginning of its article."""
    return title.endswith(OMITTED)
