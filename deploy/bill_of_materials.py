"""A CycloneDX bill of materials: every installed package, and every model with its checksum.

python deploy/bill_of_materials.py ENVIRONMENT OUT.json

Run it with a Python that has `cyclonedx-bom`; ENVIRONMENT is the virtual environment of OnRecord.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
MODELS = ("*.onnx", "*.safetensors", "tokenizer.json", "models/*.json")


def packages(environment: Path) -> dict[str, Any]:
    """What `cyclonedx-py` says of a virtual environment."""
    program = Path(sys.executable).with_name("cyclonedx-py")
    done = subprocess.run(  # noqa: S603
        [
            *(str(program), "environment", str(environment / "bin" / "python")),
            *("--pyproject", str(ROOT / "pyproject.toml"), "--output-reproducible"),
            *("--output-format", "JSON"),
        ],
        check=True,
        capture_output=True,
        text=True,
    )
    bill: dict[str, Any] = json.loads(done.stdout)
    return bill


def models(environment: Path) -> list[dict[str, Any]]:
    """The model files of the project and of the installed packages that carry weights."""
    places = [ROOT / "retrieval" / "models", *environment.glob("lib/python*/site-packages/gt_all*")]
    found = {path for place in places for kind in MODELS for path in place.rglob(kind)}
    found.update((ROOT / "retrieval" / "models").glob("*.json"))
    return [_component(path, environment) for path in sorted(found)]


def _component(path: Path, environment: Path) -> dict[str, Any]:
    below = environment if path.is_relative_to(environment) else ROOT
    name = path.relative_to(below).as_posix()
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return {
        "type": "machine-learning-model",
        "bom-ref": f"model:{name}",
        "name": name,
        "hashes": [{"alg": "SHA-256", "content": digest}],
    }


def main() -> None:
    """Write the bill."""
    environment, out = Path(sys.argv[1]).absolute(), Path(sys.argv[2])
    bill = packages(environment)
    for component in bill.get("components", []):
        # Where a wheel lay on the machine that built the release is nobody's business.
        references = component.get("externalReferences", [])
        component["externalReferences"] = [
            one for one in references if not one["url"].startswith("file:")
        ]
    bill["components"] = [*bill.get("components", []), *models(environment)]
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(json.dumps(bill, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
