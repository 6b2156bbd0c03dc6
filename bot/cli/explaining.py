"""What an import leaves out of an article's text, and why, for `onrecord add --explain`."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from rich.console import Console
from rich.text import Text

from corpus.imported import ImportedFile
from corpus.importer import Importer


def explain_imports(console: Console, importer: Importer, what: Iterable[str]) -> None:
    """Read files once more and show each article's metadata and the lines dropped from it.

    Links are left out: what they gave stands in the article folder already.
    """
    paths = [Path(one) for one in what if not one.startswith(("http://", "https://"))]
    for file in importer.read_all(importer.find(paths)):
        explain(console, file)


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
