"""Fuzzes one target with atheris, which seeks out input that reaches new code.

    python -m tests.fuzzing.fuzz TARGET [-max_total_time=600] [CORPUS_FOLDER]

Other arguments are libFuzzer's. Input that breaks a promise is written to `crash-…`.
"""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(
    include=["corpus", "retrieval", "bot"], enable_loader_override=False
):
    from tests.fuzzing.targets import TARGETS


def main() -> None:
    """Fuzz until libFuzzer's limits are reached."""
    name = sys.argv.pop(1) if len(sys.argv) > 1 else ""
    if name not in TARGETS:
        sys.exit(f"give a target: {', '.join(TARGETS)}")
    atheris.Setup(sys.argv, TARGETS[name])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
