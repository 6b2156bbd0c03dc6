"""How long tests wait for what works: no outcome depends on how fast the machine is."""

from __future__ import annotations

PATIENCE = 240.0
"""Seconds, for one request or one program to end: far longer than it takes."""
