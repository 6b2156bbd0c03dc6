"""A second embedding model, made from the packaged one: its tokenizer, a small network."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from index.embedding.model_folder import find_model

DIMENSION = 96


def make_small_model(folder: Path) -> Path:
    """A SentenceTransformer folder whose vectors have another length; always the same weights."""
    import torch
    from transformers import BertConfig, BertModel

    source = find_model("all-MiniLM-L6-v2", allow_downloads=False).path
    shutil.copytree(source, folder, ignore=shutil.ignore_patterns("model.safetensors", "*.py"))
    config = json.loads((source / "config.json").read_text("utf-8"))
    config |= {"hidden_size": DIMENSION, "intermediate_size": 2 * DIMENSION}
    config |= {"num_hidden_layers": 2, "num_attention_heads": 4}
    torch.manual_seed(1)
    BertModel(BertConfig(**config)).save_pretrained(folder)
    pooling = json.loads((folder / "1_Pooling" / "config.json").read_text("utf-8"))
    pooling["word_embedding_dimension"] = DIMENSION
    (folder / "1_Pooling" / "config.json").write_text(json.dumps(pooling), "utf-8")
    return folder
