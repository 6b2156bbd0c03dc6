"""The articles that the HTTP and page tests ask about."""

from __future__ import annotations

from pathlib import Path

BORDER = """---
title: A border under strain
source: Example Courier
author: Ada Reporter
date: 2024-08-26
url: https://news.example/border
---
Kyiv has asked Minsk to pull its troops back. The border between Ukraine and \
Belarus is 1,084 kilometres long. “We will not be drawn into a war,” President \
Alexander Lukashenko said in Minsk on Sunday.

The foreign ministry in Kyiv said that Belarus had sent soldiers to the Gomel region.
"""

BRIDGE = """---
title: Свято на мосту 🎉
source: Міст Today
date: 2024-05-05
---
🎉🚀👩‍👩‍👧 Сьогодні відкрили міст у Зарнові, і всі святкували 🎈. \
The bridge at Zarnow is 312 metres long and cost 40 million crowns. Люди танцювали до ранку.
"""

HOSTILE = """---
title: <img src=x onerror=alert(1)> & <b>bold</b>
source: <script>alert(2)</script>
date: 2023-03-03
url: javascript:alert(3)
---
The hostile page held the words <script>alert(4)</script> in its text. \
It was shown as text, the editor of the hostile page said.
"""

HARBOUR = """---
title: Herring return to Sund Bay
source: Harbour Gazette
date: 2022-07-01
---
Herring have returned to Sund Bay after twenty years. Fishermen landed 90 tonnes in June.
"""

ARTICLES = {
    "border.md": BORDER,
    "bridge.md": BRIDGE,
    "hostile.md": HOSTILE,
    "harbour.md": HARBOUR,
}


def write_articles(folder: Path) -> None:
    """Put the articles into a folder as files."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in ARTICLES.items():
        (folder / name).write_text(text, encoding="utf-8")
