from __future__ import annotations

from hypothesis import settings

# How long an example takes on a busy machine says nothing of whether it is right.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
