"""Above the seam nobody knows which store it is."""

from __future__ import annotations

from tests.test_architecture import FILES, ROOT, imported

IMPLEMENTATIONS = ("index.embedded", "index.milvus")
ALLOWED = {"bot/store_place.py"}
"""Where the settings become a place."""


def test_only_the_settings_name_an_implementation() -> None:
    above = [path for path in FILES if not path.is_relative_to(ROOT / "index")]
    knowing = {
        path.relative_to(ROOT).as_posix()
        for path in above
        if any(name.startswith(IMPLEMENTATIONS) for name in imported(path))
    }
    assert knowing == ALLOWED
