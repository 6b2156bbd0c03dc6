"""Sentences that tell of the world, as the background of a story does, however often an outlet
repeats them; not of the outlet, its people, or the article that they stand in.
"""

from __future__ import annotations

import re

from corpus.cleaning.lines import folded, line_key
from corpus.cleaning.notices import speaks_of_site

FEWEST_WORDS = 8
"""A shorter line that is said so often is a slogan or a heading."""

_STATED = re.compile(r"[.…。।][\"'”’»)\]]*\Z")
"""What asks or cries out calls to the reader."""
_ADDRESS = re.compile(r"@|https?://|\bwww\.")
_OF_THE_ARTICLE = re.compile(
    r"\b(?:this (?:story|article|report|post|column|transcript|podcast|video|version|material)"
    r"|diese[rs]? (?:artikel|text|beitrag|bericht|meldung|version)"
    r"|(?:cet|cette|le présent) (?:article|texte|vidéo|version|dépêche)"
    r"|est[ea] (?:artículo|texto|nota|informe|versión|reportaje)"
    r"|(?:это[тй]?|эта|данн\w{2}|настоящ\w{2}) (?:материал|статья|текст|сообщени[ея]|новость)"
    r"|(?:цей|ця|це|дан\w{1,2}) (?:матеріал|стаття|текст|повідомлення|новина)"
    r"|contributed to|additional reporting|all rights reserved|copyright|alle rechte|redaktion"
    r"|rédaction|redacción|редакци[яию]|редакці[яєю]|transcript)\b"
)
_NO_WORD = re.compile(r"[\W_]+")


def tells_of_the_world(line: str, outlet: str | None) -> bool:
    """Whether a line of the outlet states something that is not about itself."""
    if len(line.split()) < FEWEST_WORDS or not _STATED.search(line.rstrip()):
        return False
    if _ADDRESS.search(line) or _OF_THE_ARTICLE.search(folded(line)) or speaks_of_site(line):
        return False
    return not _names(line, outlet)


def _names(line: str, outlet: str | None) -> bool:
    """Whether a line names the outlet, by its name or that of its site ("usatoday.com")."""
    name = line_key(outlet or "").removeprefix("the ")
    if "." in name and " " not in name:
        name = name.partition(".")[0]
    words = _NO_WORD.split(line_key(line))
    joined = _NO_WORD.sub("", name)
    longest = len(words)
    return bool(joined) and any(
        "".join(words[first:last]) == joined
        for first in range(longest)
        for last in range(first + 1, min(first + 6, longest) + 1)
    )
