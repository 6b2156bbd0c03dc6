"""Every version that an article ever had, so that a quote of any of them can be proven."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from corpus.importer import Importer
from retrieval.proof.claimed_quotes import answer_of_text, claimed_quotes


class Versions:
    """Texts by their content hash, read from the files themselves: no server is asked."""

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}

    def add(self, name: str, content: bytes) -> None:
        """Know the articles of a file, before it is handed to a server."""
        for article in Importer().read_content(name, content).articles:
            self._texts[article.content_hash] = article.text

    def faults(self, reply: str) -> tuple[int, list[str]]:
        """How many quotes a reply of any face has, and what is wrong with those that do not hold.

        Raises ValueError where the reply is no answer.
        """
        claims = [claim.quote for claim in claimed_quotes(answer_of_text(reply))]
        return len(claims), list(self._wrong(claims))

    def _wrong(self, claims: Iterable[object]) -> Iterable[str]:
        for claim in claims:
            assert isinstance(claim, Mapping)
            text = self._texts.get(claim["article"]["content_hash"])
            if text is None:
                yield f"no version {claim['article']['content_hash'][:12]} was ever written"
            elif text[claim["start"] : claim["end"]] != claim["text"]:
                yield f"{claim['text'][:60]!r} does not stand at {claim['start']}"
