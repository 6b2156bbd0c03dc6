"""What an import leaves out of an article's text, and why, for `onrecord add --explain`."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from corpus.imported import ImportedFile


def explain(console: Console, file: ImportedFile) -> None:
    """Show what one file became."""
    for article in file.articles:
        console.print(Text(f"{article.id}  {article.title}", style="bold"))
        facts = {
            "author": article.author,
            "outlet": article.source,
            "published": article.published,
            "updated": article.updated,
            "url": article.url,
            "language": article.language,
        }
        for name, value in facts.items():
            console.print(Text(f"  {name}: {value if value is not None else 'unknown'}"))
        for dropped in file.dropped:
            if dropped.article_id in {"", article.id}:
                console.print(Text(f"  dropped ({dropped.reason}): {dropped.text}", style="dim"))
    for skipped in file.skipped:
        console.print(Text(f"skipped {skipped}", style="yellow"))
