"""Loading a model through sentence-transformers, with the hub switched off."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import structlog

from corpus.errors import ModelError
from index.embedding.model_folder import ModelFolder

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

log = structlog.get_logger(__name__)


def load_sentence_transformer(folder: ModelFolder) -> SentenceTransformer:
    """The model on the CPU, from safetensors only. Raises ModelError where it does not load."""
    # Read by huggingface_hub when it is imported; a local folder needs nothing from the hub.
    os.environ["HF_HUB_OFFLINE"] = "1"
    os.environ["TOKENIZERS_PARALLELISM"] = "false"
    from safetensors import SafetensorError
    from sentence_transformers import SentenceTransformer

    log.debug("loading by sentence-transformers", model=folder.label)
    try:
        model = SentenceTransformer(
            str(folder.path),
            device="cpu",
            local_files_only=True,
            trust_remote_code=False,
            model_kwargs={"attn_implementation": "eager", "use_safetensors": True},
        )
    except (OSError, ValueError, KeyError, RuntimeError, SafetensorError) as error:
        reason = (str(error).splitlines() or [type(error).__name__])[0]
        raise ModelError(
            f"model {folder.label} cannot be loaded ({reason}); fetch it again"
        ) from None
    return model.eval()
