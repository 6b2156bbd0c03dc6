"""Marks of HTML in a question that was pasted with them: they ask nothing."""

from __future__ import annotations

import re

_TAG = re.compile(
    r"</?(?:a|b|blockquote|br|code|div|em|h[1-6]|i|li|ol|p|pre|span|strong|u|ul)"
    r"(?: [\w-]{1,40}=(?:\"[^\"<>]{0,2000}\"|'[^'<>]{0,2000}'))*\s?/?>",
    re.IGNORECASE,
)


def without_markup(question: str) -> str:
    """The question with a space for every tag that shapes text; unchanged where there is none."""
    plain = _TAG.sub(" ", question)
    return question if plain == question else plain.strip()
