"""What an import brought, as an administrator reads it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.librarian import Added
from bot.telegram.guide import article_line
from bot.telegram.rich_text import RichText, joined, plain
from bot.telegram.texts import Texts
from corpus.article import Article

ARTICLES_SHOWN = 5
SKIPPED_SHOWN = 5


def added_blocks(added: Added, articles: Sequence[Article], texts: Texts) -> list[RichText]:
    """How many articles came, the first of them, and what was left out and why.

    One file or link may bring many: an archive, a mailbox, a feed, a sitemap. `articles` are the
    first `ARTICLES_SHOWN` of them.
    """
    own = texts.administration
    blocks = []
    if added.article_ids:
        seconds = texts.tenths(added.seconds)
        blocks.append(plain(own.added.format(count=len(added.article_ids), seconds=seconds)))
        blocks += [article_line(article, texts) for article in articles]
        others = len(added.article_ids) - len(articles)
        if others > 0:
            blocks.append(plain(own.others_added.format(count=others)))
    if not added.article_ids and not added.already_there:
        blocks.append(plain(own.nothing_found))
    if added.already_there:
        blocks.append(plain(own.already_there.format(count=len(added.already_there))))
    skipped = [
        own.skipped.format(reason=texts.reason(reason)) for reason in added.skipped[:SKIPPED_SHOWN]
    ]
    if len(added.skipped) > SKIPPED_SHOWN:
        skipped.append(own.others_skipped.format(count=len(added.skipped) - SKIPPED_SHOWN))
    if skipped:
        blocks.append(joined([plain(line) for line in skipped], "\n"))
    return blocks
