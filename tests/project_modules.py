"""Every module of the project, for tests that look at all of them."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from types import ModuleType

ROOMS = ("corpus", "index", "retrieval", "bot")


def project_modules() -> Iterator[ModuleType]:
    """The modules that run in use: no entry points, and not what trains the packaged models."""
    for room in ROOMS:
        package = importlib.import_module(room)
        for found in pkgutil.walk_packages(package.__path__, f"{room}."):
            if not found.name.endswith("__main__") and ".training" not in found.name:
                yield importlib.import_module(found.name)
