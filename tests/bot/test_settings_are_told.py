"""Every setting stands in the tables that people read."""

from __future__ import annotations

import re
from pathlib import Path

from bot.settings import Settings

PROJECT = Path(__file__).parents[2]
_TOLD = re.compile(r"`([A-Z][A-Z_]+)`|`([A-Z_]+)=")


def test_every_setting_is_told_and_no_other() -> None:
    text = "\n".join(
        line
        for page in (PROJECT / "README.md", PROJECT / "deploy" / "milvus" / "README.md")
        for line in page.read_text(encoding="utf-8").splitlines()
        if line.startswith("| `")
    )
    told = {one or other for one, other in _TOLD.findall(text)}
    settings = {name.upper() for name in Settings.model_fields}
    assert settings <= told
    first_columns = {
        name
        for line in text.splitlines()
        for name in re.findall(r"`([A-Z][A-Z_]+)`", line.split("|")[1])
    }
    assert first_columns - settings <= set()
