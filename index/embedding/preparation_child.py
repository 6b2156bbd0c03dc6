"""Exports one model and compares it with the original: `preparation` starts it.

What to export comes as JSON by standard input; how it went is the one line of standard output.
"""

from __future__ import annotations

import contextlib
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from tokenizers import Tokenizer

from corpus.article import Span
from corpus.errors import ModelError
from index.embedding.embedder import Embedder, PassageText
from index.embedding.encoders import OnnxEncoder
from index.embedding.export import export_model
from index.embedding.late_chunking import Tokens
from index.embedding.local import LocalEmbedder
from index.embedding.model_folder import ModelFolder, Recipe
from index.embedding.sentence_transformer import load_sentence_transformer

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

SAMPLES = (
    "The ministry said on Tuesday that the border would stay closed until further notice.",
    "Prices rose by 3.4% in May, the statistics office reported.",
    "Who won the final?",
    "“We have not seen such a harvest in twenty years,” said the head of the cooperative, "
    "adding that storage was now the problem and that two of the five mills were being repaired.",
    "Le maire a annoncé l'ouverture d'une nouvelle ligne de tramway.",
    "Президент подписал указ о проведении учений на границе.",
    "A 2022 study of 1,204 patients found no difference between the groups.",
    "rain",
)


def main() -> None:
    """Export, compare, tell."""
    asked = json.loads(sys.stdin.read())
    folder = ModelFolder(asked["label"], Path(asked["path"]), Path(asked["weights"]), None)
    with contextlib.redirect_stdout(sys.stderr):  # libraries print; one line is the answer
        told = _prepared(folder, Recipe(**asked["recipe"]), Path(asked["draft"]))
    sys.stdout.write(json.dumps(told) + "\n")


def _prepared(folder: ModelFolder, recipe: Recipe, draft: Path) -> dict[str, object]:
    try:
        model = load_sentence_transformer(folder)
    except ModelError as error:
        return {"fault": str(error)}
    try:
        export_model(model, draft / "model.onnx")
        tokens = Tokens(Tokenizer.from_file(str(draft / "tokenizer.json")), recipe)
        ours = LocalEmbedder("draft", OnnxEncoder(draft / "model.onnx"), tokens, recipe, 1)
        return {"similarity": _similarity(model, ours), "reason": ""}
    except (RuntimeError, ValueError, TypeError, AttributeError, OSError, ModelError) as error:
        return {"similarity": 0.0, "reason": str(error)}


def _similarity(model: SentenceTransformer, embedder: Embedder) -> float:
    """Mean cosine between sentence-transformers' vectors and ours, of questions and passages."""
    questions = np.asarray(model.encode_query(list(SAMPLES), normalize_embeddings=True))
    passages = np.asarray(model.encode_document(list(SAMPLES), normalize_embeddings=True))
    texts = [PassageText("", text, (Span(0, len(text)),)) for text in SAMPLES]
    ours = np.stack([vectors.passage for vectors in embedder.embed_passages(texts)])
    asked = (questions * embedder.embed_questions(SAMPLES)).sum(axis=1)
    return float(np.concatenate([asked, (passages * ours).sum(axis=1)]).mean())


if __name__ == "__main__":
    main()
