"""The standfirst of a page: the lines between headline and text that tell the story in brief.

Extractors look for the body and often leave it out, though it is the article's own words and holds
its main facts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from corpus.cleaning.lines import ends_like_sentence, folded
from corpus.readers.markup import local_name

SHORTEST = 40
LONGEST = 900
MOST = 2
"""So many blocks stand above a text at most."""

_NAMES = re.compile(
    r"\b(?:lead|lede|leadin|standfirst|teaser|intro|introtext|excerpt|abstract|chapo|chapeau"
    r"|summary|subtitle|subheadline|subhead|dek|deck|vorspann|ingress|entradilla|bajada|sumario"
    r"|sottotitolo|occhiello|lid|zajawka|unterzeile)\b"
)
_NAMES_OF_OTHERS = re.compile(
    r"\b(?:author|authors|autor|bio|comment|comments|newsletter|share|social|related|caption"
    r"|credit|cookie|cookies|paywall|advert|ad|promo|banner)\b"
)
_WORD_EDGES = re.compile(r"[_\-\s]+|(?<=[a-z])(?=[A-Z])")
_BLOCKS = frozenset({"p", "h2", "h3", "div", "strong"})
_INNER = frozenset({"p", "h1", "h2", "h3", "h4", "ul", "ol", "table", "div", "figure", "section"})
_OUTSIDE = frozenset({"aside", "nav", "footer", "figure", "figcaption", "form", "li", "button"})
_ANCESTORS_NAMED = 3
_MOST_LINKED = 0.3
_BEGINNING = 40


def standfirst(page: Any, title: str, text: str) -> list[str]:
    """Blocks between the headline `title` and the `text` that was extracted; often none.

    `page` is its root element, None for a page that cannot be parsed.
    """
    first = folded(text[: 10 * _BEGINNING].partition("\n")[0])[:_BEGINNING]
    if page is None or not first:
        return []
    everything = folded(text)
    found: list[str] = []
    for element in _after_headline(page, folded(title)):
        words = _words(element)
        if folded(words).startswith(first):
            return found
        if _is_standfirst(element, words) and folded(words) not in everything:
            found.append(words)
            if len(found) == MOST:
                return found
    # The text does not follow: the headline was one of a list.
    return []


def _after_headline(root: Any, title: str) -> Iterator[Any]:
    """Blocks that hold no others, from the last headline that is the title on."""
    headlines = [one for one in root.iter("h1") if folded(_words(one)) == title]
    if not headlines:
        headlines = list(root.iter("h1"))
    if len(headlines) != 1:
        return
    passed = False
    for element in root.iter():
        passed = passed or element is headlines[0]
        if (
            passed
            and local_name(element) in _BLOCKS
            and not any(local_name(one) in _INNER for one in element)
        ):
            yield element


def _is_standfirst(element: Any, words: str) -> bool:
    if not SHORTEST <= len(words) <= LONGEST or not ends_like_sentence(words):
        return False
    ancestors = list(element.iterancestors())
    if any(local_name(one) in _OUTSIDE for one in ancestors):
        return False
    linked = sum(len(_words(one)) for one in element.iter("a"))
    if linked > _MOST_LINKED * len(words):
        return False
    near = [element, *ancestors[:_ANCESTORS_NAMED]]
    names = list(map(_name, near))
    if any(map(_NAMES_OF_OTHERS.search, names)):
        return False
    in_header = any(local_name(one) in ("header", "hgroup") for one in near)
    return in_header or any(map(_NAMES.search, names))


def _name(element: Any) -> str:
    """What an element is called, in small words apart; nothing for the page as a whole."""
    if local_name(element) in ("body", "html"):
        return ""
    name = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('itemprop') or ''}"
    return _WORD_EDGES.sub(" ", name).lower()


def _words(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())
